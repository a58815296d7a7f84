package org.consentry.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.consentry.data.DurableFiles;
import org.consentry.problem.DiskFailure;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;
import tools.jackson.core.JacksonException;

/**
 * What the state folder records of the newest backup that was made of it. It is no part of a
 * backup, so that a state folder that was restored has none.
 *
 * @param made when, ISO 8601 UTC
 * @param file the file, absolute
 * @param entries how many entries the ledger had
 */
public record LastBackup(String made, String file, long entries) {

  /** The record; empty when no backup was made, or the record is damaged. */
  public static Optional<LastBackup> read(StateFolder state) {
    try {
      byte[] content = Files.readAllBytes(state.lastBackup());
      LastBackup last = StrictJson.MAPPER.readValue(content, LastBackup.class);
      Instant.parse(last.made());
      return Optional.of(last);
    } catch (NoSuchFileException | JacksonException | java.time.DateTimeException none) {
      return Optional.empty();
    } catch (IOException unreadable) {
      throw failed(state.lastBackup(), unreadable);
    }
  }

  void write(StateFolder state) {
    try {
      DurableFiles.replace(state.lastBackup(), StrictJson.MAPPER.writeValueAsBytes(this));
    } catch (IOException refused) {
      throw failed(state.lastBackup(), refused);
    }
  }

  private static ProblemException failed(Path file, IOException why) {
    return ProblemException.of(
        DiskFailure.category(why),
        "LAST_BACKUP",
        Place.of(Place.name(file)),
        "the record of the newest backup cannot be read or written",
        "check the permissions of the state folder");
  }
}
