package org.consentry.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The run records of a state folder, one small JSON file each, readable while a run goes on. */
public final class RunRecords {

  private final StateFolder state;
  private final JsonMapper json =
      JsonMapper.builder()
          .enable(
              DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
              DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
              DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
              DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** The records of a state folder. */
  public RunRecords(StateFolder state) {
    this.state = state;
  }

  /** Writes a record at once and durably. */
  public void write(RunRecord record) {
    try {
      Folders.replace(
          file(record.run()),
          json.writerWithDefaultPrettyPrinter().writeValueAsString(record) + "\n");
    } catch (IOException cannotWrite) {
      throw ProblemException.of(
          Category.TEMPORARY,
          "RUN_RECORD",
          Place.of(file(record.run()).toString()),
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
      Folders.sync(state.runs());
    } catch (IOException refused) {
      throw ProblemException.of(
          Category.TEMPORARY,
          "RUN_RECORD",
          Place.of(file(run).toString()),
          "the run record cannot be removed",
          "check the permissions of the state folder");
    }
  }

  /** The record of a run; empty when there is none. */
  public Optional<RunRecord> find(String run) {
    if (!RunRecord.isId(run) || !Files.isRegularFile(file(run))) {
      return Optional.empty();
    }
    return Optional.of(read(file(run)));
  }

  /** All records, the newest first. */
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
      throw unreadable(state.runs());
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
          Category.TEMPORARY,
          "RUN_RECORD",
          Place.of(state.runs().toString()),
          "what a crash left of a run record cannot be removed",
          "check the permissions of the state folder");
    }
  }

  private RunRecord read(Path file) {
    try {
      RunRecord record = json.readValue(Files.readAllBytes(file), RunRecord.class);
      if (record == null || !file(record.run()).equals(file)) {
        throw unreadable(file);
      }
      return record;
    } catch (IOException | JacksonException cannotRead) {
      throw unreadable(file);
    }
  }

  private static ProblemException unreadable(Path file) {
    return ProblemException.of(
        Category.RUN_FAILED,
        "RUN_RECORD",
        Place.of(file.toString()),
        "the run record cannot be read",
        "restore it from a backup, or move it away and abandon the run");
  }

  private Path file(String run) {
    return state.runs().resolve(run + ".json");
  }
}
