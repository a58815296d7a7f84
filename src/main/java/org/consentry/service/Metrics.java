package org.consentry.service;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.consentry.export.RunStep;
import org.consentry.followup.Deadline;
import org.consentry.followup.Register;
import org.consentry.ledger.LedgerFact;
import org.consentry.ledger.RunRecord;
import org.consentry.ledger.StateFolder;
import org.consentry.problem.ProblemException;
import org.consentry.release.Flow;
import org.consentry.release.ManifestView;
import org.consentry.service.StateReader.Snapshot;

/**
 * What a state folder is like, in the text format of Prometheus, version 0.0.4: the one definition
 * of all metrics.
 *
 * <p><b>Security promise:</b> of people and rows there are the figures of the manifest for the
 * recipient that are not exact: rounded, and changed only when enough people moved. What the
 * manifest counts exactly or masks is left out, so that no difference of two texts is about one
 * person. All other numbers are of releases, time and exit codes.
 */
public final class Metrics {

  private static final String JOB = "job";
  private static final String STEP = "step";
  private static final String TABLE = "table";

  private final StateReader reader;
  private final StringBuilder text = new StringBuilder();

  private Metrics(StateReader reader) {
    this.reader = reader;
  }

  /**
   * The metrics of a state folder. What is damaged has {@code consentry_state_ok 0} and no other
   * metric of it.
   *
   * @param exitCode of the command that writes them; empty for none
   */
  public static String text(StateFolder state, Instant now, OptionalInt exitCode) {
    return text(new StateReader(state, () -> now), exitCode);
  }

  /** The same of what a reader has read. */
  static String text(StateReader reader, OptionalInt exitCode) {
    Instant now = reader.now();
    Metrics metrics = new Metrics(reader);
    exitCode.ifPresent(
        code ->
            metrics.one(
                "consentry_last_exit_code", "Exit code of the command that wrote this", code));
    metrics.one(
        "consentry_written_timestamp_seconds", "When this was written", now.getEpochSecond());
    try {
      Snapshot snapshot = metrics.reader.snapshot();
      String all = metrics.of(snapshot);
      metrics.one("consentry_state_ok", "Whether ledger and state folder are in order", 1);
      return metrics.text.append(all).toString();
    } catch (ProblemException damaged) {
      metrics.one("consentry_state_ok", "Whether ledger and state folder are in order", 0);
      return metrics.text.toString();
    }
  }

  private String of(Snapshot now) {
    Metrics metrics = new Metrics(reader);
    metrics.one(
        "consentry_ledger_verified_timestamp_seconds",
        "When the ledger was checked",
        now.at().getEpochSecond());
    metrics.runs(now);
    metrics.releases(now);
    metrics.one(
        "consentry_open_recalls",
        "Releases with an open recall",
        now.register().disclosures().stream()
            .filter(one -> one.recall() == Register.Recall.OPEN)
            .count());
    metrics.expiry(now);
    return metrics.text.toString();
  }

  private void runs(Snapshot now) {
    Map<String, Long> codes = new LinkedHashMap<>();
    Map<String, Long> seconds = new LinkedHashMap<>();
    Set<String> timed = new HashSet<>();
    for (RunRecord record : now.runs()) {
      String job = label(JOB, record.job());
      if (record.state() != RunRecord.State.RUNNING) {
        codes.putIfAbsent(job, (long) record.exitCode());
      }
      if (record.state() == RunRecord.State.PUBLISHED && timed.add(job)) {
        seconds(record).forEach((step, time) -> seconds.put(job + "," + label(STEP, step), time));
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
    Map<String, Long> made = new LinkedHashMap<>();
    Map<String, Long> people = new LinkedHashMap<>();
    Map<String, Long> rows = new LinkedHashMap<>();
    for (Register.Disclosed one : now.register().disclosures()) {
      String job = one.entry().job();
      Instant at = one.entry().disclosedAt();
      if (made.putIfAbsent(label(JOB, job), at.getEpochSecond()) == null) {
        counts(one, label(JOB, job), people, rows);
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
      Register.Disclosed one, String job, Map<String, Long> people, Map<String, Long> rows) {
    try {
      ManifestView manifest =
          reader.manifest(
              Path.of(one.fact(LedgerFact.TARGET)), one.fact(LedgerFact.MANIFEST_SHA256));
      for (Flow figure : manifest.counts()) {
        if (figure.countedOn().isEmpty()) {
          continue;
        }
        String step = job + "," + label(TABLE, figure.table()) + "," + label(STEP, figure.step());
        if (!figure.table().isEmpty() && figure.reason().isEmpty()) {
          number(step, figure.count(), rows);
        }
        if (figure.table().isEmpty() && isOfPeople(figure)) {
          String reason = figure.reason().isEmpty() ? figure.step() : Flow.label(figure.reason());
          number(job + "," + label("reason", reason), figure.count(), people);
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
  private static void number(String labels, String count, Map<String, Long> numbers) {
    if (count.matches("[0-9]{1,15}")) {
      numbers.put(labels, Long.parseLong(count));
    }
  }

  private void expiry(Snapshot now) {
    LocalDate today = reader.today(now);
    List<Deadline> all = FilePages.ofState(reader, now, new ArrayList<>());
    Map<String, Long> next = new LinkedHashMap<>();
    all.stream()
        .map(Deadline::day)
        .filter(day -> !day.isBefore(today))
        .min(LocalDate::compareTo)
        .ifPresent(day -> next.put("", ChronoUnit.DAYS.between(today, day)));
    many(
        "consentry_next_expiry_days",
        "Days until the next agreement, approval or key ends or data is to be destroyed",
        next);
  }

  private void one(String name, String help, long value) {
    many(name, help, Map.of("", value));
  }

  /** Values by their labels. */
  private void many(String name, String help, Map<String, Long> values) {
    if (values.isEmpty()) {
      return;
    }
    text.append("# HELP ").append(name).append(' ').append(help).append('\n');
    text.append("# TYPE ").append(name).append(" gauge\n");
    values.forEach(
        (labels, value) -> {
          text.append(name);
          if (!labels.isEmpty()) {
            text.append('{').append(labels).append('}');
          }
          text.append(' ').append(value).append('\n');
        });
  }

  private static String label(String name, String value) {
    String escaped = value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    return name + "=\"" + escaped + "\"";
  }
}
