package org.consentry.ledger;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A small file of the state folder that shows other processes how far the run at work is. It is for
 * the owner alone, has nothing of a patient, and disappears with the run; after a kill it is left
 * over, which the free lock shows. Nothing depends on it, so a disk that refuses it ends no run.
 */
public final class ProgressFile {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  /** A file of more bytes is none of ours. */
  private static final long MOST_BYTES = 1 << 14;

  private final Path file;

  /** The file of a state folder. */
  public ProgressFile(StateFolder state) {
    this.file = state.progress();
  }

  /**
   * How far a run was.
   *
   * @param pid of the process that works on it
   * @param at when this was written
   * @param progress how far it was then
   */
  public record Filed(long pid, Instant at, RunProgress progress) {}

  /** Writes how far the run is; does nothing when the disk refuses that. */
  public void write(RunProgress progress, Instant now) {
    Path next = file.resolveSibling(file.getFileName() + ".new");
    Filed filed =
        new Filed(ProcessHandle.current().pid(), now.truncatedTo(ChronoUnit.SECONDS), progress);
    try {
      Files.deleteIfExists(next);
      Files.createFile(
          next, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(
          next, JSON.writeValueAsString(filed) + "\n", StandardOpenOption.TRUNCATE_EXISTING);
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException refused) {
      return;
    }
  }

  /** Removes it, if the disk permits. */
  public void remove() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException refused) {
      return;
    }
  }

  /** How far a run is; empty when the file is about no such run or is none of ours. */
  public Optional<Filed> read(String run) {
    try {
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > MOST_BYTES) {
        return Optional.empty();
      }
      Filed filed = JSON.readValue(Files.readString(file, StandardCharsets.UTF_8), Filed.class);
      return Optional.of(filed).filter(of -> of.progress().run().equals(run));
    } catch (IOException | JacksonException | NullPointerException none) {
      return Optional.empty();
    }
  }
}
