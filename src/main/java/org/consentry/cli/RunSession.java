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
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.consentry.batch.BatchEngine;
import org.consentry.batch.StopRequest;
import org.consentry.data.IdRule;
import org.consentry.export.ApprovedRelease;
import org.consentry.export.Export;
import org.consentry.export.Publication;
import org.consentry.export.RunContext;
import org.consentry.export.RunKeys;
import org.consentry.keys.Codes;
import org.consentry.keys.OneTimeKey;
import org.consentry.keys.SigningKey;
import org.consentry.keys.SshSignature;
import org.consentry.keys.StudyKey;
import org.consentry.ledger.Ledger;
import org.consentry.ledger.LedgerEntry;
import org.consentry.ledger.LedgerFact;
import org.consentry.ledger.Memberships;
import org.consentry.ledger.RunLock;
import org.consentry.ledger.RunRecord;
import org.consentry.ledger.RunRecords;
import org.consentry.ledger.Staging;
import org.consentry.ledger.StateFolder;
import org.consentry.plan.ExportPlan;
import org.consentry.plan.Planner;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;
import org.consentry.release.Approvals;
import org.consentry.release.LedgerCheck;
import org.consentry.release.PublishedReleases;
import org.consentry.release.Publisher;
import org.jspecify.annotations.Nullable;

/**
 * One process working on one run: takes the lock, opens the ledger, settles what an earlier crash
 * left, works, and keeps the run record true whatever happens. Spring is started for work alone.
 */
final class RunSession implements AutoCloseable {

  /** Exit code of a release that left tolerated bad rows out. */
  static final int RELEASED_WITH_REJECTS = 3;

  /** Exit code of a run whose release waits for approvals. */
  static final int STAGED = 4;

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** By how much clocks are set back in ordinary life. */
  private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(5);

  private static final int MOST_CODES = 20;

  private final String operator = OperatorName.name();
  private final StateFolder state;
  private final Console console;
  private final Supplier<Instant> clock;
  private final RunRecords records;
  private final RunLock lock;
  private final int threads;
  private final Ledger ledger;
  private final Publisher door;
  private Optional<String> acceptedMissing = Optional.empty();
  private @Nullable Engine engine;

  /** What a session is opened for. */
  private enum Purpose {
    WORK,
    /** Something is asked of releases that are out, so a state folder must be there. */
    ASK,
    /** Nothing is settled and nothing written. */
    LOOK
  }

  private RunSession(
      StateFolder state,
      Console console,
      int threads,
      Consumer<Publisher.Step> hinge,
      Supplier<Instant> clock,
      Purpose purpose) {
    this.clock = clock;
    this.state = state;
    this.console = console;
    this.records = new RunRecords(state);
    this.threads = threads;
    if (purpose != Purpose.WORK) {
      Ledger.requireThere(state);
    }
    if (purpose != Purpose.LOOK) {
      state.prepare();
    }
    this.lock = RunLock.take(state);
    try {
      this.ledger = purpose == Purpose.LOOK ? Ledger.read(state) : Ledger.open(state, clock);
      this.door = new Publisher(ledger, clock, hinge);
      if (purpose != Purpose.LOOK) {
        ledger.repairs().forEach(console::remark);
        LedgerCheck.require(ledger, state, SignersFile.trusted(state));
        settle();
      }
    } catch (RuntimeException | Error failed) {
      lock.close();
      throw failed;
    }
  }

  private BatchEngine batch(int workers) {
    return engine().batch(workers);
  }

  private Engine engine() {
    if (engine == null) {
      engine = Engine.start(state, threads, console::remark);
    }
    return engine;
  }

  /** Begins work on a state folder. */
  static RunSession open(StateFolder state, Console console, int threads) {
    return open(state, console, threads, step -> {});
  }

  /** Begins work with a door whose hinge is told of every step. */
  static RunSession open(
      StateFolder state, Console console, int threads, Consumer<Publisher.Step> hinge) {
    return open(state, console, threads, hinge, Instant::now);
  }

  /** The same by another clock. */
  static RunSession open(
      StateFolder state,
      Console console,
      int threads,
      Consumer<Publisher.Step> hinge,
      Supplier<Instant> clock) {
    return new RunSession(state, console, threads, hinge, clock, Purpose.WORK);
  }

  /**
   * Begins to answer a question about releases that are out.
   *
   * @throws ProblemException category USAGE when there is no state folder, VERIFY when its ledger
   *     was changed, cut or lost
   */
  static RunSession ask(StateFolder state, Console console) {
    return new RunSession(state, console, 1, step -> {}, Instant::now, Purpose.ASK);
  }

  /**
   * Opens a state folder to check it, whatever its condition. Makes nothing.
   *
   * @throws ProblemException category USAGE when there is no state folder, VERIFY when its ledger
   *     was changed, cut or lost
   */
  static RunSession look(StateFolder state, Console console) {
    return new RunSession(state, console, 1, step -> {}, Instant::now, Purpose.LOOK);
  }

  /** Settles ledger, folders and records after a crash, and removes what it left half done. */
  private void settle() {
    door.reconcile();
    records.removeUnfinished();
    for (RunRecord record : records.all()) {
      switch (record.state()) {
        case RUNNING, FAILED, STOPPED, STAGED -> settle(record);
        case PUBLISHED -> removeStaging(record);
        case ABANDONED -> {}
      }
    }
  }

  /** A run may have been published or abandoned before its record was written. */
  private void settle(RunRecord record) {
    Optional<LedgerEntry> release = door.publication(record.run());
    if (release.isPresent()) {
      discard(record);
      records.write(
          record.published(
              now(),
              release.get().fact(LedgerFact.TARGET).orElse(""),
              codeOf(release.get().fact(LedgerFact.REJECTED))));
    } else if (isAbandoned(record.run())) {
      discard(record);
      records.write(abandoned(record));
    } else if (record.state() == RunRecord.State.RUNNING) {
      records.write(
          record.with(
              RunRecord.State.FAILED,
              now(),
              "the process ended before the run did",
              Category.TEMPORARY.exitCode()));
    }
  }

  private boolean isAbandoned(String run) {
    return ledger.entries(LedgerEntry.Kind.ABANDONED).stream()
        .anyMatch(entry -> entry.run().equals(run));
  }

  private RunRecord abandoned(RunRecord record) {
    return record.with(RunRecord.State.ABANDONED, now(), "abandoned", 0);
  }

  private static int codeOf(Optional<String> rejected) {
    return rejected.filter(number -> !number.equals("0")).isPresent() ? RELEASED_WITH_REJECTS : 0;
  }

  /** What a published run left in staging must not keep another run from working. */
  private void removeStaging(RunRecord record) {
    try {
      if (Staging.of(Path.of(record.output()), record.run()).exists()) {
        discard(record);
      }
    } catch (ProblemException notRemoved) {
      notRemoved.problems().forEach(problem -> console.remark(problem.toString()));
    }
  }

  /** From now on runs go on where restrictions are missing, for this reason. */
  RunSession acceptingMissing(Optional<String> reason) {
    acceptedMissing = reason;
    return this;
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
    requireKnownReleases(plan);
    requireReplaced(plan, replaces);
    try {
      RunKeys.require(plan.studyKey(), plan.signingKey());
      requireVaults(plan, "");
      requireSigner(plan);
      memberships().key();
      requireApprovers(plan, List.of(operator));
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
            Map.of(),
            List.of(operator));
    return work(record, plan, threads);
  }

  /**
   * The plan of a run that began earlier. What refuses it by now is kept in the ledger.
   *
   * @throws ProblemException category FILES_INVALID or AUTHORITY, as {@link Planner} says
   */
  ExportPlan plan(RunRecord record) {
    try {
      Path job = Path.of(record.jobFile());
      ZoneId zone = ClinicZone.of(job, state);
      return Planner.plan(
          job, today(zone), LocalDate.parse(record.referenceDate()), Optional.of(zone));
    } catch (ProblemException refused) {
      refused(record.run(), record.job(), record.study(), refused);
      throw refused;
    }
  }

  /** Takes up a run again. Returns the exit code. */
  int resume(RunRecord record, ExportPlan plan, int threads) {
    requireSamePlan(record, plan);
    RunRecord again = record.with(RunRecord.State.RUNNING, now(), "", 0).by(operator);
    try {
      requireVaults(plan, "");
      requireSigner(plan);
      requireApprovers(plan, again.operators());
    } catch (ProblemException refused) {
      refused(record.run(), record.job(), record.study(), refused);
      throw refused;
    }
    return work(again, plan, threads);
  }

  /**
   * Publishes a run that was staged, when enough approvals hold. Returns the exit code.
   *
   * <p>What approvers would have to look at again, a release of other decisions or a staging area
   * that was changed, makes the run a failed one: resuming it makes the release anew. Anything else
   * leaves it staged, with the approvals it has.
   */
  int publish(RunRecord record, ExportPlan plan) {
    requireSamePlan(record, plan);
    StopRequest stop = new StopRequest();
    Thread hook = stopOnSignal(stop);
    try {
      requireVaults(plan, record.run());
      requireSigner(plan);
      ApprovedRelease release = new ApprovedRelease(plan, context(record, plan), approvals());
      return batch(1)
          .publish(record.run(), release, stop)
          .map(done -> published(record, done.folder(), done.rejected()))
          .orElse(ExitCode.STOPPED);
    } catch (ProblemException failed) {
      RunRecord.State next =
          failed.category() == Category.STALE ? RunRecord.State.FAILED : RunRecord.State.STAGED;
      records.write(
          record.with(
              next, now(), failed.problems().get(0).toString(), failed.category().exitCode()));
      refused(record.run(), record.job(), record.study(), failed);
      throw failed;
    } finally {
      forget(hook);
    }
  }

  /**
   * Keeps an approval of a staged run.
   *
   * @param signing makes the signature of the staged manifest's bytes
   */
  void approve(RunRecord record, Function<byte[], SshSignature> signing) {
    requireClock();
    byte[] manifest = ApprovedRelease.manifest(Staging.of(Path.of(record.output()), record.run()));
    Approvals approvals = approvals();
    Approvals.Standing standing =
        approvals.approve(approvals.staged(record.run()), manifest, signing.apply(manifest));
    records.write(record.with(RunRecord.State.STAGED, now(), waiting(standing), STAGED));
    console.line(standing.words());
    if (standing.isEnough()) {
      console.line("consentry publish " + record.run() + " publishes it");
    }
    console.object(
        Map.of(
            "run", record.run(),
            "approvals", standing.held().size(),
            "required", standing.required()));
  }

  private static String waiting(Approvals.Standing standing) {
    return standing.isEnough()
        ? standing.words() + "; waits to be published"
        : standing.words() + "; waits for more";
  }

  private Approvals approvals() {
    return new Approvals(ledger, SignersFile.approvers(state), clock);
  }

  private void requireApprovers(ExportPlan plan, List<String> operators) {
    plan.job()
        .approval()
        .ifPresent(
            approval ->
                approvals()
                    .requirePossible(approval.required(), plan.job().requestedBy(), operators));
  }

  private void requireKnownReleases(ExportPlan plan) {
    PublishedReleases.requireKnown(
        ledger, state, plan.output(), plan.job().name(), plan.job().study().id());
  }

  private void requireVaults(ExportPlan plan, String run) {
    RunKeys.requireVaults(state.home(), ledger, plan.job().study().id(), run, plan.studyKey());
  }

  private void requireSigner(ExportPlan plan) {
    Optional<String> released =
        ledger
            .releases()
            .reduce((older, newer) -> newer)
            .flatMap(entry -> entry.fact(LedgerFact.SIGNING_KEY));
    SignersFile.requirePinned(
        state, SigningKey.read(plan.signingKey()).publicKey(), released, clock.get());
  }

  private void requireSamePlan(RunRecord record, ExportPlan plan) {
    requireClock();
    requireKnownReleases(plan);
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
  }

  private int work(RunRecord record, ExportPlan plan, int threads) {
    records.write(record);
    console.remark("run " + record.run());
    console.remark("state folder " + state.home());
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
    staging.requireRename(plan.output().resolve(plan.job().name()));
    RunKeys keys =
        RunKeys.open(
            state.home(),
            plan.job().study().id(),
            plan.studyKey(),
            plan.signingKey(),
            RunKeys.oneTimeFile(staging));
    Export export = new Export(plan, keys, context(record, plan));
    Optional<Publication> done = batch(threads).run(record.run(), export, stop);
    if (done.isEmpty()) {
      return stopped(record);
    }
    RunRecord counted = record.with(now(), done.get().counts());
    return switch (done.get().state()) {
      case PUBLISHED -> published(counted, done.get().folder(), done.get().rejected());
      case STAGED -> staged(counted);
    };
  }

  private RunContext context(RunRecord record, ExportPlan plan) {
    return new RunContext(
        record.run(),
        operator,
        record.operators(),
        Optional.of(record.replaces()).filter(name -> !name.isEmpty()),
        acceptedMissing,
        state,
        Staging.of(plan.output(), record.run()),
        ledger,
        door,
        clock,
        plan.zone().orElseThrow(),
        Version.text(),
        new ConsoleProgress(console, clock, Boolean.getBoolean("consentry.terminal")));
  }

  private int published(RunRecord record, Path folder, long rejected) {
    RunRecord published =
        record.published(now(), folder.toString(), rejected > 0 ? RELEASED_WITH_REJECTS : 0);
    records.write(published);
    return showRelease(published);
  }

  /** Shows where the release of a published run is. Returns the exit code of the run. */
  int showRelease(RunRecord published) {
    console.line("released " + published.release());
    published.counts().forEach((name, count) -> console.line("  " + name + ": " + count));
    console.object(
        Map.of(
            "run", published.run(),
            "release", published.release(),
            "counts", published.counts(),
            "exitCode", published.exitCode()));
    return published.exitCode();
  }

  private int staged(RunRecord record) {
    Approvals approvals = approvals();
    Approvals.Standing standing =
        approvals.standing(
            approvals.staged(record.run()),
            ApprovedRelease.manifest(Staging.of(Path.of(record.output()), record.run())));
    records.write(record.with(RunRecord.State.STAGED, now(), waiting(standing), STAGED));
    console.line("staged " + record.run() + "; " + waiting(standing));
    record.counts().forEach((name, count) -> console.line("  " + name + ": " + count));
    console.line("consentry status " + record.run() + " shows what there is to sign");
    console.object(
        Map.of(
            "run", record.run(),
            "approvals", standing.held().size(),
            "required", standing.required(),
            "counts", record.counts(),
            "exitCode", STAGED));
    return STAGED;
  }

  private int stopped(RunRecord record) {
    int code = ExitCode.STOPPED;
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
    Map<LedgerFact, String> facts = new EnumMap<>(LedgerFact.class);
    facts.put(LedgerFact.ASKED_BY, operator);
    facts.put(LedgerFact.EXIT_CODE, Integer.toString(why.category().exitCode()));
    facts.put(
        LedgerFact.CODES,
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
                .flatMap(entry -> entry.fact(LedgerFact.RECIPIENT))
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
   *
   * @throws ProblemException category TEMPORARY when the clock is behind the ledger
   */
  void requireClock() {
    Instant now = clock.get();
    aheadOf(now)
        .ifPresent(
            latest -> {
              throw ProblemException.of(
                  Category.TEMPORARY,
                  "CLOCK",
                  Place.of(state.ledger().toString()),
                  "the clock reads " + now + ", before the latest entry of the ledger, " + latest,
                  "set the machine's clock right, then try again; if it is right and was ahead"
                      + " before, add --accept-clock REASON");
            });
  }

  /** The latest moment of the ledger, when a clock is behind it. */
  private Optional<Instant> aheadOf(Instant now) {
    return ledger.latest().filter(latest -> now.isBefore(latest.minus(CLOCK_TOLERANCE)));
  }

  /** Records that a person accepts the clock; does nothing when it is not behind the ledger. */
  void acceptClock(String reason) {
    Instant now = clock.get();
    if (aheadOf(now).isEmpty()) {
      console.remark("--accept-clock: the clock is not behind the ledger, nothing was recorded");
      return;
    }
    Map<LedgerFact, String> facts = new EnumMap<>(LedgerFact.class);
    facts.put(LedgerFact.ACCEPTED, LedgerFact.Accepted.CLOCK.name());
    facts.put(LedgerFact.REASON, reason);
    facts.put(LedgerFact.ASKED_BY, operator);
    door.note(LedgerEntry.Kind.ACCEPTED, "", "", "", facts);
  }

  /** Who works in this session. */
  String operator() {
    return operator;
  }

  /** Removes records of ended runs and what they left, that are older than a time. */
  Purge.Outcome purge(Duration keep) {
    Instant now = clock.get();
    return new Purge(state, ledger, now.minus(keep))
        .run(
            now,
            operator,
            before -> engine().purge(LocalDateTime.ofInstant(before, ZoneId.systemDefault())));
  }

  /** Gives a run up: its staging goes, what the ledger and the vault know stays. */
  void abandon(RunRecord record) {
    discard(record);
    door.note(LedgerEntry.Kind.ABANDONED, record.run(), record.job(), record.study(), Map.of());
    records.write(abandoned(record));
  }

  /**
   * Keeps in the ledger that somebody asked about a patient; about whom only under the study's key.
   */
  void explained(ExportPlan plan, String patient) {
    StudyKey key = StudyKey.read(plan.studyKey());
    String study = plan.job().study().id();
    byte[] id = IdRule.normalize(patient).getBytes(StandardCharsets.UTF_8);
    Map<LedgerFact, String> facts = new EnumMap<>(LedgerFact.class);
    facts.put(LedgerFact.ASKED_BY, operator);
    facts.put(LedgerFact.SUBJECT, Codes.keyed(key.pseudonyms(study, "ledger"), id));
    door.note(LedgerEntry.Kind.EXPLAINED, "", plan.job().name(), study, facts);
  }

  /**
   * Keeps in the ledger that somebody asked to whom a patient's records went; about whom only under
   * the ledger's key.
   */
  void accounted(String subject, LocalDate since) {
    Map<LedgerFact, String> facts = new EnumMap<>(LedgerFact.class);
    facts.put(LedgerFact.ASKED_BY, operator);
    facts.put(LedgerFact.SUBJECT, subject);
    facts.put(LedgerFact.SINCE, since.toString());
    door.note(LedgerEntry.Kind.ACCOUNTED, "", "", "", facts);
  }

  /** The day in the clinic's time zone. */
  static LocalDate today(ZoneId zone) {
    return LocalDate.now(zone);
  }

  /** The moment in the clinic's time zone. */
  static LocalDateTime localNow(ZoneId zone) {
    return LocalDateTime.now(zone);
  }

  /** The moment by the session's clock. */
  Instant instant() {
    return clock.get();
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
   * Asks the run to stop on a signal, and ends the process when its command has ended, with the
   * command's exit code: a release that is published is reported as such.
   */
  private static Thread stopOnSignal(StopRequest stop) {
    Thread hook =
        new Thread(
            () -> {
              stop.ask();
              ExitCode.endProcess();
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
      if (engine != null) {
        engine.close();
      }
    } finally {
      lock.close();
    }
  }
}
