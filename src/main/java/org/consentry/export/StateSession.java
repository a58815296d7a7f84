package org.consentry.export;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.consentry.ledger.Ledger;
import org.consentry.ledger.Memberships;
import org.consentry.ledger.RunLock;
import org.consentry.ledger.RunRecord;
import org.consentry.ledger.RunRecords;
import org.consentry.ledger.StateFolder;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;
import org.consentry.release.LedgerCheck;
import org.consentry.release.Publisher;

/**
 * Work of one process on a state folder: has the installation's lock, an open ledger and true run
 * records. Not thread-safe.
 */
public final class StateSession implements AutoCloseable {

  /** By how much clocks are set back in ordinary life. */
  private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(5);

  private final Environment environment;
  private final RunLock lock;
  private final Ledger ledger;
  private final Publisher publisher;

  /**
   * What surrounds a session.
   *
   * @param state the installation's state folder
   * @param operator who works, as the operating system names the person
   * @param askedBy for whom the operator works; empty where that is one person
   * @param clock the only clock there is
   * @param steps receives every step of a publication
   * @param progress receives how the work proceeds, and remarks
   */
  public record Environment(
      StateFolder state,
      String operator,
      Optional<String> askedBy,
      Supplier<Instant> clock,
      Consumer<Publisher.Step> steps,
      Progress progress) {}

  /** What a session is opened for. */
  private enum Purpose {
    WORK,
    /** A question about published releases, so a state folder must exist. */
    ASK,
    /** A check that repairs and writes nothing. */
    LOOK
  }

  private StateSession(Environment environment, Purpose purpose) {
    this.environment = environment;
    StateFolder state = environment.state();
    if (purpose != Purpose.WORK) {
      Ledger.requireThere(state);
    }
    if (purpose != Purpose.LOOK) {
      state.prepare();
    }
    this.lock = RunLock.take(state);
    try {
      this.ledger =
          purpose == Purpose.LOOK ? Ledger.read(state) : Ledger.open(state, environment.clock());
      this.publisher = new Publisher(ledger, environment.clock(), environment.steps());
      if (purpose != Purpose.LOOK) {
        ledger.repairs().forEach(this::remark);
        LedgerCheck.require(ledger, state, SignersFile.trusted(state));
        new CrashRecovery(this).recover();
      }
    } catch (RuntimeException | Error failed) {
      lock.close();
      throw failed;
    }
  }

  /** Begins work, after what a crash left is settled. */
  public static StateSession open(Environment environment) {
    return new StateSession(environment, Purpose.WORK);
  }

  /**
   * Begins to answer a question about published releases.
   *
   * @throws ProblemException category USAGE when there is no state folder, VERIFY when its ledger
   *     was changed, cut or lost
   */
  public static StateSession ask(Environment environment) {
    return new StateSession(environment, Purpose.ASK);
  }

  /**
   * Opens a state folder to check it, whatever its condition. Writes nothing.
   *
   * @throws ProblemException category USAGE when there is no state folder, VERIFY when its ledger
   *     was changed, cut or lost
   */
  public static StateSession look(Environment environment) {
    return new StateSession(environment, Purpose.LOOK);
  }

  Environment environment() {
    return environment;
  }

  /** The state folder. */
  public StateFolder state() {
    return environment.state();
  }

  /** Who works in this session and for whom, as the ledger names them: {@code ann for bob}. */
  public String operator() {
    return environment
        .askedBy()
        .map(person -> environment.operator() + " for " + person)
        .orElse(environment.operator());
  }

  /** The persons who work in this session: none of them approves what they make. */
  List<String> operators() {
    return Stream.concat(Stream.of(environment.operator()), environment.askedBy().stream())
        .toList();
  }

  /** The moment by the session's clock. */
  public Instant instant() {
    return environment.clock().get();
  }

  String now() {
    return instant().toString();
  }

  void remark(String words) {
    environment.progress().note(words);
  }

  RunRecords records() {
    return new RunRecords(state());
  }

  Publisher publisher() {
    return publisher;
  }

  /** The record of disclosures. */
  public Ledger ledger() {
    return ledger;
  }

  /** Who is in the published releases. */
  public Memberships memberships() {
    return new Memberships(state(), ledger);
  }

  /** Records what was asked and refused. */
  public AuditLog audit() {
    return new AuditLog(publisher, operator(), this::remark);
  }

  /** Whether the study has ever released. */
  public boolean hasReleased(String study) {
    return ledger.lastPublished(study).isPresent();
  }

  /** Abandons a run: its staging is removed; what the ledger and the vault contain stays. */
  public void abandon(RunRecord record) {
    CrashRecovery.removeStaging(record);
    audit().abandoned(record);
    records().write(record.with(RunRecord.State.ABANDONED, now(), "abandoned", 0));
  }

  /**
   * Refuses a clock that is behind the ledger: consents, agreements and withdrawals would be judged
   * for a day that is over.
   *
   * @throws ProblemException category TEMPORARY when the clock is behind the ledger
   */
  public void requireClock() {
    Instant now = instant();
    latestAhead(now)
        .ifPresent(
            latest -> {
              throw ProblemException.of(
                  Category.TEMPORARY,
                  "CLOCK",
                  Place.of(state().ledger()),
                  "the clock reads " + now + ", before the latest entry of the ledger, " + latest,
                  "set the machine's clock right, then try again; if it is right and was ahead"
                      + " before, add --accept-clock REASON");
            });
  }

  /** The latest moment of the ledger, when a clock is behind it. */
  private Optional<Instant> latestAhead(Instant now) {
    return ledger.latest().filter(latest -> now.isBefore(latest.minus(CLOCK_TOLERANCE)));
  }

  /** Records that a person accepts the clock; does nothing when it is not behind the ledger. */
  public void acceptClock(String reason) {
    if (latestAhead(instant()).isPresent()) {
      audit().clockAccepted(reason);
    } else {
      remark("--accept-clock: the clock is not behind the ledger, nothing was recorded");
    }
  }

  @Override
  public void close() {
    lock.close();
  }
}
