package org.consentry.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.consentry.batch.BatchEngine;
import org.consentry.batch.StopRequest;
import org.consentry.custody.Export;
import org.consentry.custody.RunContext;
import org.consentry.custody.RunKeys;
import org.consentry.data.IdRule;
import org.consentry.keys.Codes;
import org.consentry.keys.OneTimeKey;
import org.consentry.keys.StudyKey;
import org.consentry.plan.ExportPlan;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;
import org.consentry.release.Door;
import org.consentry.release.Ledger;
import org.consentry.release.LedgerCheck;
import org.consentry.release.LedgerEntry;
import org.consentry.release.Memberships;
import org.consentry.release.OpenRecalls;
import org.consentry.release.RunLock;
import org.consentry.release.RunRecord;
import org.consentry.release.RunRecords;
import org.consentry.release.Staging;
import org.consentry.release.StateFolder;

/**
 * One process working on one run: takes the lock, starts Spring, settles what an earlier crash
 * left, works, and keeps the run record true whatever happens.
 */
final class RunSession implements AutoCloseable {

  /** Exit code of a release that left tolerated bad rows out. */
  static final int RELEASED_WITH_REJECTS = 3;

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** By how much clocks are set back in ordinary life. */
  private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(5);

  private static final int MOST_CODES = 20;

  private final StateFolder state;
  private final Console console;
  private final Supplier<Instant> clock = Instant::now;
  private final ZoneId zone = ZoneId.systemDefault();
  private final RunRecords records;
  private final RunLock lock;
  private final Engine engine;
  private final Ledger ledger;
  private final Door door;
  private final CountDownLatch closed = new CountDownLatch(1);

  /** What a session is opened for. */
  private enum Purpose {
    WORK,
    /** Nothing is settled and nothing written. */
    LOOK
  }

  private RunSession(
      StateFolder state, Console console, int threads, Consumer<Door.Step> hinge, Purpose purpose) {
    this.state = state;
    this.console = console;
    this.records = new RunRecords(state);
    state.prepare();
    this.lock = RunLock.take(state);
    Engine started = null;
    try {
      started = Engine.start(state, threads);
      this.ledger = new Ledger(started.database());
      this.door = new Door(ledger, clock, hinge);
      this.engine = started;
      if (purpose == Purpose.WORK) {
        LedgerCheck.require(ledger, state);
        settle();
      }
    } catch (RuntimeException failed) {
      if (started != null) {
        started.close();
      }
      lock.close();
      throw failed;
    }
  }

  /** Begins work on a state folder. */
  static RunSession open(StateFolder state, Console console, int threads) {
    return open(state, console, threads, step -> {});
  }

  /** Begins work with a door whose hinge is told of every step. */
  static RunSession open(
      StateFolder state, Console console, int threads, Consumer<Door.Step> hinge) {
    return new RunSession(state, console, threads, hinge, Purpose.WORK);
  }

  /** Opens a state folder to look at its ledger, whatever its condition. */
  static RunSession look(StateFolder state, Console console) {
    return new RunSession(state, console, 1, step -> {}, Purpose.LOOK);
  }

  /** Settles ledger, folders and records after a crash. */
  private void settle() {
    door.reconcile();
    for (RunRecord record : records.all()) {
      switch (record.state()) {
        case RUNNING, FAILED, STOPPED, STAGED -> settle(record);
        case PUBLISHED, ABANDONED -> {}
      }
    }
    OpenRecalls.refresh(state, ledger);
  }

  /** A run may have failed on its way out, when its release was in its place already. */
  private void settle(RunRecord record) {
    Optional<String> release = door.publishedAs(record.run());
    if (release.isPresent()) {
      discard(record);
      records.write(record.published(now(), release.get(), 0));
    } else if (record.state() == RunRecord.State.RUNNING) {
      records.write(
          record.with(
              RunRecord.State.FAILED,
              now(),
              "the process ended before the run did",
              Category.TEMPORARY.exitCode()));
    }
  }

  Ledger ledger() {
    return ledger;
  }

  /** Who is in the releases that are out. */
  Memberships memberships() {
    return new Memberships(state, ledger);
  }

  private static void discard(RunRecord record) {
    Staging staging = Staging.of(Path.of(record.output()), record.run());
    OneTimeKey.destroy(RunKeys.oneTimeFile(staging));
    staging.discard();
  }

  /** Whether the study has ever released. */
  boolean hasReleased(String study) {
    return ledger.lastPublished(study).isPresent();
  }

  /** Starts a new run of a plan. Returns the exit code. */
  int start(ExportPlan plan, int threads) {
    return start(plan, threads, "");
  }

  /**
   * Starts a new run of a plan that corrects an earlier release. Returns the exit code.
   *
   * @param replaces name of the job's earlier release; empty when it corrects none
   */
  int start(ExportPlan plan, int threads, String replaces) {
    requireClock();
    requireReplaced(plan, replaces);
    try {
      RunKeys.require(plan.studyKey(), plan.signingKey());
      memberships().key();
    } catch (ProblemException refused) {
      refused("", plan.job().name(), plan.job().study().id(), refused);
      throw refused;
    }
    String run = plan.job().name() + "-" + STAMP.format(clock.get()) + "-" + randomSuffix();
    RunRecord record =
        new RunRecord(
            run,
            plan.job().name(),
            plan.job().study().id(),
            plan.jobFile().toAbsolutePath().toString(),
            plan.output().toString(),
            RunRecord.State.RUNNING,
            now(),
            now(),
            plan.referenceDate().toString(),
            replaces,
            plan.digest(),
            "",
            "",
            0,
            Map.of());
    return work(record, plan, threads);
  }

  /** Takes up a run again. Returns the exit code. */
  int resume(RunRecord record, ExportPlan plan, int threads) {
    requireClock();
    if (!plan.digest().equals(record.basis())) {
      ProblemException changed =
          ProblemException.of(
              Category.STALE,
              "PLAN_CHANGED",
              Place.of(plan.jobFile().toString()),
              "job, mapping, lists or source columns changed since the run was started",
              "restore them, or abandon run " + record.run() + " and start another");
      refused(record.run(), record.job(), record.study(), changed);
      throw changed;
    }
    RunRecord again = record.with(RunRecord.State.RUNNING, now(), "", 0);
    return work(again, plan, threads);
  }

  private int work(RunRecord record, ExportPlan plan, int threads) {
    records.write(record);
    console.remark("run " + record.run());
    StopRequest stop = new StopRequest();
    Thread hook = stopOnSignal(stop);
    try {
      return work(record, plan, threads, stop);
    } catch (ProblemException failed) {
      records.write(
          record.with(
              RunRecord.State.FAILED,
              now(),
              failed.problems().get(0).toString(),
              failed.category().exitCode()));
      refused(record.run(), record.job(), record.study(), failed);
      throw failed;
    } finally {
      forget(hook);
    }
  }

  private int work(RunRecord record, ExportPlan plan, int threads, StopRequest stop) {
    Staging staging = Staging.of(plan.output(), record.run());
    staging.prepare();
    RunKeys keys =
        RunKeys.open(
            state.home(),
            plan.job().study().id(),
            plan.studyKey(),
            plan.signingKey(),
            RunKeys.oneTimeFile(staging));
    RunContext context =
        new RunContext(
            record.run(),
            Optional.of(record.replaces()).filter(name -> !name.isEmpty()),
            state,
            staging,
            ledger,
            door,
            clock,
            zone,
            Version.text(),
            new ConsoleProgress(console, clock, Boolean.getBoolean("consentry.terminal")));
    Export export = new Export(plan, keys, context);
    BatchEngine.Outcome outcome = engine.batch(threads).run(record.run(), export, stop);
    return switch (outcome) {
      case PUBLISHED -> published(record, export);
      case STOPPED -> stopped(record);
    };
  }

  private int published(RunRecord record, Export export) {
    int code = export.rejected() > 0 ? RELEASED_WITH_REJECTS : 0;
    records.write(
        record
            .with(now(), export.counts())
            .published(now(), export.releaseFolder().toString(), code));
    tellRecalls();
    console.line("released " + export.releaseFolder());
    export.counts().forEach((name, count) -> console.line("  " + name + ": " + count));
    console.object(
        Map.of(
            "run", record.run(),
            "release", export.releaseFolder().toString(),
            "counts", export.counts(),
            "exitCode", code));
    return code;
  }

  /** A release may replace a recalled one. It is out, whether the file can say so now or later. */
  private void tellRecalls() {
    try {
      OpenRecalls.refresh(state, ledger);
    } catch (ProblemException later) {
      later.problems().forEach(problem -> console.remark(problem.toString()));
    }
  }

  private int stopped(RunRecord record) {
    int code = 143;
    records.write(record.with(RunRecord.State.STOPPED, now(), "stopped by a signal", code));
    console.remark("stopped; consentry resume " + record.run() + " takes it up again");
    return code;
  }

  /**
   * Keeps in the ledger that a run was refused: what, when, which study, which exit code. What may
   * pass when it is tried again is no refusal. A ledger that cannot be written must not hide why
   * the run was refused, so that is told beside it.
   *
   * @param run id of the run; empty when it was refused before it had one
   */
  void refused(String run, String job, String study, ProblemException why) {
    if (why.category() == Category.TEMPORARY || why.category() == Category.LOCKED) {
      return;
    }
    Map<String, String> facts = new TreeMap<>();
    facts.put("askedBy", operator());
    facts.put("exitCode", Integer.toString(why.category().exitCode()));
    facts.put(
        "codes",
        why.problems().stream()
            .filter(problem -> problem.severity().refuses())
            .map(Problem::code)
            .distinct()
            .limit(MOST_CODES)
            .collect(Collectors.joining(" ")));
    try {
      door.note(LedgerEntry.Kind.REFUSED, run, job, study, facts);
    } catch (ProblemException unwritten) {
      console.remark(unwritten.problems().get(0).toString());
    }
  }

  /** A run that corrects a release names one that this study released to this recipient. */
  private void requireReplaced(ExportPlan plan, String replaces) {
    boolean known =
        replaces.isEmpty()
            || ledger
                .release(plan.job().name(), replaces)
                .filter(entry -> entry.study().equals(plan.job().study().id()))
                .flatMap(entry -> entry.fact("recipient"))
                .filter(recipient -> recipient.equals(plan.job().recipient().id()))
                .isPresent();
    if (!known) {
      throw ProblemException.of(
          Category.USAGE,
          "UNKNOWN_RELEASE",
          Place.of("--replaces"),
          "the job has no release of that name for this study and recipient",
          "consentry list shows the releases of this state folder");
    }
  }

  /**
   * A clock that jumped back would let consents, papers and withdrawals be judged for a day that is
   * over.
   */
  private void requireClock() {
    Instant now = clock.get();
    ledger
        .head()
        .filter(head -> now.isBefore(Instant.parse(head.at()).minus(CLOCK_TOLERANCE)))
        .ifPresent(
            head -> {
              throw ProblemException.of(
                  Category.TEMPORARY,
                  "CLOCK",
                  Place.of("ledger", head.number()),
                  "the clock reads " + now + ", before the ledger's newest entry of " + head.at(),
                  "set the machine's clock right, then try again");
            });
  }

  static String operator() {
    return System.getProperty("user.name", "unknown");
  }

  /** Gives a run up: its staging goes, what the ledger and the vault know stays. */
  void abandon(RunRecord record) {
    discard(record);
    door.note(LedgerEntry.Kind.ABANDONED, record.run(), record.job(), record.study(), Map.of());
    records.write(record.with(RunRecord.State.ABANDONED, now(), "abandoned", 0));
  }

  /**
   * Keeps in the ledger that somebody asked about a patient; about whom only under the study's key.
   */
  void explained(ExportPlan plan, String patient) {
    StudyKey key = StudyKey.read(plan.studyKey());
    String study = plan.job().study().id();
    byte[] id = IdRule.normalize(patient).getBytes(StandardCharsets.UTF_8);
    Map<String, String> facts = new TreeMap<>();
    facts.put("askedBy", operator());
    facts.put("subject", Codes.keyed(key.pseudonyms(study, "ledger"), id));
    door.note(LedgerEntry.Kind.EXPLAINED, "", plan.job().name(), study, facts);
  }

  /**
   * Keeps in the ledger that somebody asked to whom a patient's records went; about whom only under
   * the ledger's key.
   */
  void accounted(String subject, LocalDate since) {
    Map<String, String> facts = new TreeMap<>();
    facts.put("askedBy", operator());
    facts.put("subject", subject);
    facts.put("since", since.toString());
    door.note(LedgerEntry.Kind.ACCOUNTED, "", "", "", facts);
  }

  /** The day in the clinic's time zone. */
  static LocalDate today() {
    return LocalDate.now(ZoneId.systemDefault());
  }

  /** The moment in the clinic's time zone. */
  static LocalDateTime localNow() {
    return LocalDateTime.now(ZoneId.systemDefault());
  }

  private String now() {
    return clock.get().toString();
  }

  private static String randomSuffix() {
    byte[] bytes = new byte[2];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /**
   * Asks the run to stop on a signal, and holds the end of the process back until the session is
   * closed. It does not wait for the thread at work, because that one ends in System.exit, which
   * waits for the hooks.
   */
  private Thread stopOnSignal(StopRequest stop) {
    Thread hook =
        new Thread(
            () -> {
              stop.ask();
              try {
                if (!closed.await(120, TimeUnit.SECONDS)) {
                  console.remark("the run does not stop; resume takes it up again");
                }
              } catch (InterruptedException givenUp) {
                Thread.currentThread().interrupt();
              }
            },
            "stop");
    Runtime.getRuntime().addShutdownHook(hook);
    return hook;
  }

  private static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException shuttingDown) {
      // The hook runs already and waits for this thread.
      hook.setName("stopping");
    }
  }

  @Override
  public void close() {
    try {
      engine.close();
    } finally {
      lock.close();
      closed.countDown();
    }
  }
}
