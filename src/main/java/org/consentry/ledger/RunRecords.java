package org.consentry.ledger;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.consentry.data.DurableFiles;
import org.consentry.data.Prf;
import org.consentry.keys.LedgerKey;
import org.consentry.problem.Category;
import org.consentry.problem.DiskFailure;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * The run records of a state folder, one small JSON file each, readable while a run goes on. Each
 * has an HMAC-SHA-256 of its content ({@code mac}) under a key derived from the ledger's key, so
 * the ledger's key must be there before the first record is written. Not thread-safe.
 *
 * <p><b>Security promise:</b> without the ledger's key, a change of a record, or its use for
 * another run, is an error at the next read. An earlier record of the same run that is put back is
 * not detected here: the ledger decides what was published or abandoned.
 */
public final class RunRecords {

  private final StateFolder state;
  private @Nullable Prf mac;

  /**
   * The content of a file.
   *
   * @param mac of the record as JSON without line breaks, in hexadecimal digits
   */
  private record Authenticated(RunRecord record, String mac) {}

  /** The records of a state folder. */
  public RunRecords(StateFolder state) {
    this.state = state;
  }

  /** Writes a record at once and durably. */
  public void write(RunRecord record) {
    try {
      DurableFiles.replace(file(record.run()), text(record));
    } catch (IOException cannotWrite) {
      throw ProblemException.of(
          DiskFailure.category(cannotWrite),
          "RUN_RECORD",
          Place.of(file(record.run())),
          "the run record cannot be written",
          "check free space and permissions of the state folder");
    }
  }

  /**
   * Removes the record of a run.
   *
   * @throws ProblemException category TEMPORARY when the disk refuses
   */
  public void remove(String run) {
    try {
      Files.deleteIfExists(file(RunRecord.requireId(run)));
      DurableFiles.sync(state.runs());
    } catch (IOException refused) {
      throw ProblemException.of(
          DiskFailure.category(refused),
          "RUN_RECORD",
          Place.of(file(run)),
          "the run record cannot be removed",
          "check the permissions of the state folder");
    }
  }

  /**
   * The record of a run; empty when there is none.
   *
   * @throws ProblemException category VERIFY when it is damaged or was changed, KEY when the
   *     ledger's key cannot be read
   */
  public Optional<RunRecord> find(String run) {
    if (!RunRecord.isId(run) || !Files.isRegularFile(file(run))) {
      return Optional.empty();
    }
    return Optional.of(read(file(run)));
  }

  /**
   * All records, the newest first.
   *
   * @throws ProblemException category VERIFY when one is damaged or was changed, KEY when the
   *     ledger's key cannot be read
   */
  public List<RunRecord> all() {
    if (!Files.isDirectory(state.runs())) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(state.runs())) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .map(this::read)
          .sorted(Comparator.comparing(RunRecord::started).thenComparing(RunRecord::run).reversed())
          .toList();
    } catch (IOException cannotList) {
      throw ProblemException.of(
          DiskFailure.category(cannotList),
          "RUN_RECORD",
          Place.of(state.runs()),
          "the folder of run records cannot be read",
          "check the permissions of the state folder");
    }
  }

  /** Removes what a crash left of records that were being written. */
  public void removeUnfinished() {
    try (Stream<Path> files = Files.list(state.runs())) {
      for (Path file : files.filter(file -> file.toString().endsWith(".json.new")).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException cannotRemove) {
      throw ProblemException.of(
          DiskFailure.category(cannotRemove),
          "RUN_RECORD",
          Place.of(state.runs()),
          "what a crash left of a run record cannot be removed",
          "check the permissions of the state folder");
    }
  }

  private String text(RunRecord record) {
    Authenticated content = new Authenticated(record, mac(record));
    return StrictJson.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(content) + "\n";
  }

  private String mac(RunRecord record) {
    if (mac == null) {
      mac = LedgerKey.read(state.ledgerKey()).runs();
    }
    byte[] bytes = StrictJson.MAPPER.writeValueAsBytes(record);
    byte[] answer = new byte[Prf.SIZE];
    mac.compute(bytes, 0, bytes.length, answer, 0);
    return HexFormat.of().formatHex(answer);
  }

  /** A file is read only if it is what would be written, byte for byte. */
  private RunRecord read(Path file) {
    try {
      byte[] found = Files.readAllBytes(file);
      Authenticated content = StrictJson.MAPPER.readValue(found, Authenticated.class);
      if (content != null
          && file(content.record().run()).equals(file)
          && MessageDigest.isEqual(
              found, text(content.record()).getBytes(StandardCharsets.UTF_8))) {
        return content.record();
      }
    } catch (IOException | JacksonException damaged) {
      throw unreadable(file);
    }
    throw unreadable(file);
  }

  private static ProblemException unreadable(Path file) {
    return ProblemException.of(
        Category.VERIFY,
        "RUN_RECORD",
        Place.of(file),
        "the run record cannot be read, or is not as it was written",
        "restore it from a backup of the state folder and find out who changed it");
  }

  private Path file(String run) {
    return state.runs().resolve(run + ".json");
  }
}
