package org.consentry.service;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.consentry.data.Sha256;
import org.consentry.followup.Deadline;
import org.consentry.followup.Runs;
import org.consentry.ledger.Ledger;
import org.consentry.ledger.LedgerEntry;
import org.consentry.ledger.LedgerFact;
import org.consentry.ledger.Recalls;
import org.consentry.ledger.RunRecord;
import org.consentry.service.History.Event;
import org.consentry.service.History.What;
import org.consentry.service.StateReader.Snapshot;
import org.consentry.service.notice.Notice;

/**
 * Finds what people want to know of in the state folder: runs of the service, of a person and of a
 * crontab alike. What ends is looked for once a day. Not thread-safe.
 */
final class DueNotices {

  /** Something that ends in at most so many days is noticed. */
  static final int DAYS = 30;

  private static final int STAGED = 4;
  private static final int TEMPORARY = 75;

  private final StateReader reader;
  private final Supplier<List<Deadline>> calendar;
  private final Supplier<List<Event>> history;
  private final Supplier<List<JobEntry>> jobs;
  private Optional<LocalDate> looked = Optional.empty();
  private List<Notice> ending = List.of();

  /**
   * Finds notices.
   *
   * @param calendar what ends
   * @param history what became of due times
   * @param jobs the job files
   */
  DueNotices(
      StateReader reader,
      Supplier<List<Deadline>> calendar,
      Supplier<List<Event>> history,
      Supplier<List<JobEntry>> jobs) {
    this.reader = reader;
    this.calendar = calendar;
    this.history = history;
    this.jobs = jobs;
  }

  /**
   * All notices, also those that were sent before.
   *
   * @param since of runs that ended from here on
   */
  List<Notice> find(Instant since) {
    Snapshot now = reader.snapshot();
    List<Notice> found = new ArrayList<>();
    for (RunRecord record : now.runs()) {
      ofRun(now, record, since).ifPresent(found::add);
    }
    now.ledger().ifPresent(ledger -> released(ledger, since, found));
    now.ledger().ifPresent(ledger -> recalls(ledger, found));
    history.get().stream()
        .filter(event -> isWithoutRun(event) && !Instant.parse(event.at()).isBefore(since))
        .map(DueNotices::failed)
        .forEach(found::add);
    jobs.get().stream()
        .filter(job -> !job.problems().isEmpty())
        .map(this::invalid)
        .forEach(found::add);
    found.addAll(ending(now));
    return found;
  }

  private Optional<Notice> ofRun(Snapshot now, RunRecord record, Instant since) {
    if (Instant.parse(record.updated()).isBefore(since)) {
      return Optional.empty();
    }
    return switch (record.state()) {
      case STAGED -> staged(now, record);
      case FAILED -> Optional.of(failed(record, record.exitCode()));
      case RUNNING -> wasKilled(record) ? Optional.of(killed(record)) : Optional.empty();
      case STOPPED, PUBLISHED, UNCHANGED, ABANDONED -> Optional.empty();
    };
  }

  /** The ledger's entry distinguishes one staging of a run from the next. */
  private static Optional<Notice> staged(Snapshot now, RunRecord record) {
    return now.entries(record.run()).stream()
        .filter(entry -> entry.kind() == LedgerEntry.Kind.STAGED)
        .reduce((older, newer) -> newer)
        .map(
            entry ->
                new Notice(
                    Notice.What.STAGED,
                    entry.run() + "/" + entry.number(),
                    entry.moment(),
                    facts(entry),
                    "consentry approve " + entry.run() + " --signature FILE"));
  }

  /** A failure that may pass is tried again, and noticed once. */
  private static Notice failed(RunRecord record, int exitCode) {
    String about = record.run() + "/" + exitCode;
    Map<String, String> facts = facts(record);
    facts.put("exitCode", Integer.toString(exitCode));
    return new Notice(
        Notice.What.FAILED,
        exitCode == TEMPORARY ? about : about + "/" + record.updated(),
        Instant.parse(record.updated()),
        facts,
        "consentry status " + record.run());
  }

  private static Notice killed(RunRecord record) {
    return new Notice(
        Notice.What.FAILED,
        record.run() + "/killed/" + record.updated(),
        Instant.parse(record.updated()),
        facts(record),
        "consentry resume " + record.run());
  }

  /** A live run writes its last record before it gives the lock back: it is read on both sides. */
  private boolean wasKilled(RunRecord known) {
    RunRecord before = Runs.find(reader.state(), known.run());
    boolean isKilled = Runs.state(reader.state(), before).equals("INTERRUPTED");
    return isKilled && Runs.find(reader.state(), known.run()).equals(before);
  }

  private static void released(Ledger ledger, Instant since, List<Notice> found) {
    for (LedgerEntry entry : ledger.entries(LedgerEntry.Kind.PUBLISHED)) {
      if (!entry.moment().isBefore(since)) {
        found.add(new Notice(Notice.What.RELEASED, entry.run(), entry.moment(), facts(entry), ""));
      }
    }
  }

  private static void recalls(Ledger ledger, List<Notice> found) {
    for (Recalls.Open open : new Recalls(ledger).open()) {
      Map<String, String> facts = new LinkedHashMap<>();
      put(facts, "job", open.job());
      put(facts, "release", open.release());
      put(facts, "recipient", open.recipient());
      found.add(
          new Notice(
              Notice.What.RECALL_DUE,
              open.run() + "/" + open.since(),
              Instant.parse(open.since()),
              facts,
              "send the list to the recipient, and release again"));
    }
  }

  private static boolean isWithoutRun(Event event) {
    boolean isFailure = event.exitCode() > 0 && event.exitCode() != STAGED;
    return event.what() == What.ENDED && event.run().isEmpty() && isFailure;
  }

  private static Notice failed(Event event) {
    Map<String, String> facts = new LinkedHashMap<>();
    put(facts, "job", event.job());
    put(facts, "exitCode", Integer.toString(event.exitCode()));
    return new Notice(
        Notice.What.FAILED,
        event.job() + "/" + event.due() + "/" + event.exitCode(),
        Instant.parse(event.at()),
        facts,
        "consentry schedule list");
  }

  private Notice invalid(JobEntry job) {
    Map<String, String> facts = new LinkedHashMap<>();
    put(facts, "job", job.job());
    return new Notice(
        Notice.What.INVALID,
        job.job() + "/" + hash(job.problems().toString()),
        reader.now().truncatedTo(ChronoUnit.SECONDS),
        facts,
        "consentry schedule list");
  }

  private List<Notice> ending(Snapshot now) {
    LocalDate today = reader.today(now);
    if (!looked.equals(Optional.of(today))) {
      ending =
          calendar.get().stream()
              .filter(one -> !one.day().isBefore(today))
              .filter(one -> !one.day().isAfter(today.plusDays(DAYS)))
              .map(this::ends)
              .toList();
      looked = Optional.of(today);
    }
    return ending;
  }

  private Notice ends(Deadline one) {
    Map<String, String> facts = new LinkedHashMap<>();
    put(facts, "what", one.what());
    put(facts, "day", one.day().toString());
    put(facts, "job", one.job());
    put(facts, "release", one.release());
    return new Notice(
        Notice.What.ENDS,
        one.day() + "/" + hash(one.what() + "\n" + one.detail() + "\n" + one.job()),
        reader.now().truncatedTo(ChronoUnit.SECONDS),
        facts,
        "the page Calendar shows all that ends");
  }

  private static String hash(String text) {
    return Sha256.hex(text.getBytes(StandardCharsets.UTF_8)).substring(0, 16);
  }

  private static Map<String, String> facts(RunRecord record) {
    Map<String, String> facts = new LinkedHashMap<>();
    put(facts, "job", record.job());
    put(facts, "run", record.run());
    put(facts, "study", record.study());
    return facts;
  }

  private static Map<String, String> facts(LedgerEntry entry) {
    Map<String, String> facts = new LinkedHashMap<>();
    put(facts, "job", entry.job());
    put(facts, "run", entry.run());
    put(facts, "study", entry.study());
    put(facts, "release", entry.fact(LedgerFact.RELEASE).orElse(""));
    put(facts, "recipient", entry.fact(LedgerFact.RECIPIENT).orElse(""));
    return facts;
  }

  private static void put(Map<String, String> facts, String name, String value) {
    if (!value.isEmpty()) {
      facts.put(name, value);
    }
  }
}
