package org.consentry.followup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.consentry.export.ClinicZone;
import org.consentry.export.Differences;
import org.consentry.export.FirstRows;
import org.consentry.ledger.StateFolder;
import org.consentry.plan.Planner;
import org.consentry.problem.DiskFailure;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;

/**
 * A job, mapping, rules or risk plan, and what {@code validate} finds in it.
 *
 * @param file where it is
 * @param name how messages name it
 * @param kind whether it is a job
 * @param findings errors and warnings, in the order found
 */
public record CheckedFile(Path file, String name, Kind kind, List<Problem> findings) {

  private static final String ENDING = ".yaml";

  /** What a file is. */
  public enum Kind {
    JOB,
    /** A mapping, rules or a risk plan. */
    MAPPING;

    /** In a word. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public CheckedFile {
    findings = List.copyOf(findings);
  }

  /**
   * Checks a file as {@code validate} does: its own words, the files it names, heads and first rows
   * of tables.
   *
   * @param state finds the state folder, when it is needed
   */
  public static CheckedFile of(Path file, LocalDate today, Supplier<StateFolder> state) {
    return of(file, today, state, job -> FirstRows.ofTables(job, today));
  }

  /**
   * The same with another look at the tables of a job.
   *
   * @param tables finds what is wrong with the tables of a job file
   */
  public static CheckedFile of(
      Path file,
      LocalDate today,
      Supplier<StateFolder> state,
      Function<Path, List<Problem>> tables) {
    boolean isJob = Planner.isJob(file);
    List<Problem> problems = new ArrayList<>(Planner.check(file, today));
    problems.addAll(ClinicZone.check(file, state));
    if (isJob) {
      if (problems.stream().noneMatch(problem -> problem.severity().refuses())) {
        problems.addAll(Differences.breaking(Planner.plan(file, today), state.get()));
      }
      problems.addAll(FirstRows.ofConsent(file, today));
      problems.addAll(tables.apply(file));
    }
    return new CheckedFile(
        file,
        Place.name(file),
        isJob ? Kind.JOB : Kind.MAPPING,
        problems.stream().distinct().toList());
  }

  /**
   * The files of a folder that people write, sorted; none where there is no such folder.
   *
   * @throws ProblemException category TEMPORARY when it cannot be read
   */
  public static List<Path> in(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> list = Files.list(folder)) {
      return list.filter(file -> file.toString().endsWith(ENDING)).sorted().toList();
    } catch (IOException unreadable) {
      throw ProblemException.of(
          DiskFailure.category(unreadable),
          "FOLDER",
          Place.of(folder),
          "the folder cannot be read",
          "check its permissions");
    }
  }

  /** The name of the file without its ending, by which pages name it. */
  public String id() {
    String last = String.valueOf(file.getFileName());
    return last.endsWith(ENDING) ? last.substring(0, last.length() - ENDING.length()) : last;
  }

  /** Whether a run would be refused. */
  public boolean isRefused() {
    return errors() > 0;
  }

  /** How many findings refuse it. */
  public long errors() {
    return findings.stream().filter(one -> one.severity().refuses()).count();
  }
}
