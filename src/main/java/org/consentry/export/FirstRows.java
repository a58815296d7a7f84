package org.consentry.export;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.consentry.config.ConsentRule;
import org.consentry.config.Job;
import org.consentry.config.JobFile;
import org.consentry.connector.SourceTable;
import org.consentry.export.decide.ConsentLines;
import org.consentry.plan.ConsentForm;
import org.consentry.plan.MappedSource;
import org.consentry.plan.Planner;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;
import org.consentry.problem.Problems;

/**
 * Looks at the first rows of what a job reads, so that its mistakes are known before a run. Needs
 * no key and writes nothing.
 *
 * <p><b>Security promise:</b> no problem contains a cell or a patient.
 */
public final class FirstRows {

  /** How many rows of each table, and of the consent lines, are looked at. */
  public static final int MOST = 1000;

  private FirstRows() {}

  /** The header and the first consent lines of a job; nothing where they cannot be found. */
  public static List<Problem> ofConsent(Path job, LocalDate today) {
    Problems reportedByThePlan = new Problems();
    Optional<Job> read =
        JobFile.readPartly(job, Place.name(job), reportedByThePlan).map(JobFile::job);
    if (read.isEmpty()) {
      return List.of();
    }
    ConsentRule rule = read.get().consent();
    Problems ofForm = new Problems();
    ConsentForm form = ConsentForm.of(rule, ofForm);
    return ofForm.hasErrors()
        ? List.of()
        : Planner.consents(job, today)
            .map(origin -> ConsentLines.look(origin, form, MOST))
            .orElse(List.of());
  }

  /** The first rows of the tables of a job; nothing where job, mapping or source is not usable. */
  public static List<Problem> ofTables(Path job, LocalDate today) {
    MappedSource source;
    try {
      source = Planner.source(job, today);
    } catch (ProblemException reportedByThePlan) {
      return List.of();
    }
    List<Problem> problems = new ArrayList<>();
    for (SourceTable table : source.tables()) {
      problems.addAll(
          TableLook.of(
              table,
              Objects.requireNonNull(source.mapping().tables().get(table.name())),
              source.mapping().subjects(),
              source.tolerated()));
    }
    return problems;
  }
}
