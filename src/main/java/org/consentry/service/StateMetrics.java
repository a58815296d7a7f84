package org.consentry.service;

import io.micrometer.core.instrument.Tags;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.consentry.export.RunStep;
import org.consentry.followup.Deadline;
import org.consentry.followup.Register;
import org.consentry.ledger.LedgerFact;
import org.consentry.ledger.RunRecord;
import org.consentry.problem.ProblemException;
import org.consentry.release.Flow;
import org.consentry.release.ManifestView;
import org.consentry.service.StateReader.Snapshot;

/**
 * What a state folder is like: the one definition of its metrics.
 *
 * <p><b>Security promise:</b> of people and rows there are the figures of the manifest for the
 * recipient that are not exact: rounded, and changed only when enough people moved. What the
 * manifest counts exactly or masks is left out, so that no difference of two texts is about one
 * person. All other numbers are of releases, time and exit codes.
 */
final class StateMetrics {

  private static final String JOB = "job";
  private static final String STEP = "step";
  private static final String TABLE = "table";
  private static final String STATE_OK = "Whether ledger and state folder are in order";

  private final StateReader reader;
  private final List<MetricFamily> families = new ArrayList<>();

  private StateMetrics(StateReader reader) {
    this.reader = reader;
  }

  /**
   * All of them. What is damaged has {@code consentry_state_ok 0} and no other metric.
   *
   * @param reader of the state folder
   */
  static List<MetricFamily> of(StateReader reader) {
    StateMetrics metrics = new StateMetrics(reader);
    try {
      metrics.add(reader.snapshot());
      metrics.one("consentry_state_ok", STATE_OK, 1);
      return metrics.families;
    } catch (ProblemException damaged) {
      return List.of(MetricFamily.of("consentry_state_ok", STATE_OK, 0));
    }
  }

  private void add(Snapshot now) {
    one(
        "consentry_ledger_verified_timestamp_seconds",
        "When the ledger was checked",
        now.at().getEpochSecond());
    runs(now);
    releases(now);
    one(
        "consentry_open_recalls",
        "Releases with an open recall",
        now.register().disclosures().stream()
            .filter(one -> one.recall() == Register.Recall.OPEN)
            .count());
    expiry(now);
  }

  private void runs(Snapshot now) {
    Map<Tags, Long> codes = new LinkedHashMap<>();
    Map<Tags, Long> seconds = new LinkedHashMap<>();
    Set<Tags> timed = new HashSet<>();
    for (RunRecord record : now.runs()) {
      Tags job = Tags.of(JOB, record.job());
      if (record.state() != RunRecord.State.RUNNING) {
        codes.putIfAbsent(job, (long) record.exitCode());
      }
      if (record.state() == RunRecord.State.PUBLISHED && timed.add(job)) {
        seconds(record).forEach((step, time) -> seconds.put(job.and(STEP, step), time));
      }
    }
    many("consentry_run_exit_code", "Exit code of the newest run of a job that ended", codes);
    many(
        "consentry_step_seconds",
        "Seconds of each step of the newest run of a job that was published",
        seconds);
  }

  /** That a table was extracted twice shows that people were left out: it is one step. */
  private static Map<String, Long> seconds(RunRecord record) {
    Map<String, Long> seconds = new TreeMap<>(record.seconds());
    Long again = seconds.remove(RunStep.EXTRACT_AGAIN.words());
    if (again != null) {
      seconds.merge(RunStep.EXTRACT.words(), again, Long::sum);
    }
    return seconds;
  }

  private void releases(Snapshot now) {
    Map<Tags, Long> made = new LinkedHashMap<>();
    Map<Tags, Long> people = new LinkedHashMap<>();
    Map<Tags, Long> rows = new LinkedHashMap<>();
    for (Register.Disclosed one : now.register().disclosures()) {
      Tags job = Tags.of(JOB, one.entry().job());
      Instant at = one.entry().disclosedAt();
      if (made.putIfAbsent(job, at.getEpochSecond()) == null) {
        counts(one, job, people, rows);
      }
    }
    many(
        "consentry_newest_release_timestamp_seconds",
        "When the newest release of a job was made; its age is time() minus this",
        made);
    many(
        "consentry_people",
        "People read and left out of the newest release of a job, rounded as its manifest states",
        people);
    many(
        "consentry_rows",
        "Rows read and left out of the newest release of a job, rounded as its manifest states",
        rows);
  }

  private void counts(
      Register.Disclosed one, Tags job, Map<Tags, Long> people, Map<Tags, Long> rows) {
    try {
      ManifestView manifest =
          reader.manifest(
              Path.of(one.fact(LedgerFact.TARGET)), one.fact(LedgerFact.MANIFEST_SHA256));
      for (Flow figure : manifest.counts()) {
        if (figure.countedOn().isEmpty()) {
          continue;
        }
        Tags step = job.and(TABLE, figure.table(), STEP, figure.step());
        if (!figure.table().isEmpty() && figure.reason().isEmpty()) {
          number(step, figure.count(), rows);
        }
        if (figure.table().isEmpty() && isOfPeople(figure)) {
          String reason = figure.reason().isEmpty() ? figure.step() : Flow.label(figure.reason());
          number(job.and("reason", reason), figure.count(), people);
        }
      }
    } catch (ProblemException movedAway) {
      return;
    }
  }

  /** Each person counts once: as read, and for the reason that left them out. */
  private static boolean isOfPeople(Flow figure) {
    return figure.step().equals("read") || !figure.reason().isEmpty();
  }

  /** A number that the manifest masks is no number. */
  private static void number(Tags labels, String count, Map<Tags, Long> numbers) {
    if (count.matches("[0-9]{1,15}")) {
      numbers.put(labels, Long.parseLong(count));
    }
  }

  private void expiry(Snapshot now) {
    LocalDate today = reader.today(now);
    List<Deadline> all = FilePages.ofState(reader, now, new ArrayList<>());
    Map<Tags, Long> next = new LinkedHashMap<>();
    all.stream()
        .map(Deadline::day)
        .filter(day -> !day.isBefore(today))
        .min(LocalDate::compareTo)
        .ifPresent(day -> next.put(Tags.empty(), ChronoUnit.DAYS.between(today, day)));
    many(
        "consentry_next_expiry_days",
        "Days until the next agreement, approval or key ends or data is to be destroyed",
        next);
  }

  private void one(String name, String help, long value) {
    families.add(MetricFamily.of(name, help, value));
  }

  private void many(String name, String help, Map<Tags, Long> values) {
    families.add(new MetricFamily(name, help, values));
  }
}
