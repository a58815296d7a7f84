package org.consentry.consent;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.consentry.consent.ConsentLine.Decision;
import org.consentry.consent.ConsentLine.Status;
import org.consentry.data.Exclusion;
import org.consentry.data.SubjectKeys;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;

/**
 * Decides consent for every subject, from lines given in any order, in one pass. Deny by default: a
 * subject without a line stays out. What a line alone can decide is decided when it is added, so
 * that some thirty bytes of it remain. Not thread-safe; decides once.
 *
 * <p><b>Promise:</b> no restriction that is added, whatever it says, lets in a subject or a record
 * that stayed out without it; and the order of lines never matters.
 */
public final class ConsentDecider implements ConsentSink {

  private final LineChecks tests;
  private final SubjectKeys keys;
  private final int[] birthDays;
  private final byte[] forced;
  private final LineStore store;
  private final LineRefs refs = new LineRefs();
  private final IntPool reaches = new IntPool();
  private final ProblemCounts.Collector reported = new ProblemCounts.Collector();
  private final Map<LineOutcome, Long> outcomes = new EnumMap<>(LineOutcome.class);
  private final int[] words = new int[LineScope.WORDS];
  private final List<Revocation> revocations = new ArrayList<>();
  private long lines;
  private final Map<Integer, Optional<LocalDate>> moratoria = new HashMap<>();
  private Optional<LineRecorder> witness = Optional.empty();
  private boolean decided;

  /** A line that a restriction of a subject, or of nobody at -1, revokes by the hash of its id. */
  private record Revocation(int subject, long line) {}

  /**
   * A decider for one request.
   *
   * @param keys all subjects; no subject may be added from now on
   * @param birthDays days since 1970-01-01 by subject, or {@link
   *     org.consentry.data.SubjectIndex#UNKNOWN_DAY}; read, never changed
   */
  public ConsentDecider(ConsentRequest request, SubjectKeys keys, int[] birthDays) {
    if (birthDays.length < keys.size()) {
      throw new IllegalArgumentException("every subject has a birth day or an unknown one");
    }
    this.tests = new LineChecks(request);
    this.keys = keys;
    this.birthDays = birthDays;
    this.forced = new byte[keys.size()];
    this.store = new LineStore(keys.size());
  }

  /** Keeps a subject out because its id describes more than one person. */
  public void ambiguous(int subject) {
    forced[subject] = Exclusion.PATIENT_AMBIGUOUS.code();
  }

  /** Remembers one subject's lines so that the decisions can explain it. Call it first. */
  public void watch(int subject) {
    if (lines > 0) {
      throw new IllegalStateException("lines were added already");
    }
    witness = Optional.of(new LineRecorder(subject));
  }

  @Override
  public void line(int subject, ConsentLine line) {
    if (subject < 0) {
      count(LineOutcome.UNKNOWN_SUBJECT);
      enter(store.addOfNobody(line.id()), line.file(), line.line());
      takesBack(subject, line);
      return;
    }
    boolean permit = line.decision() == Decision.PERMIT && line.status() != Status.REJECTED;
    int flags = permit ? SubjectDecision.IS_PERMIT : SubjectDecision.IS_RESTRICTION;
    int number = store.add(subject, line.id(), flags);
    enter(number, line.file(), line.line());
    takesBack(subject, line);
    Optional<LineOutcome> outcome = outcome(number, subject, line, permit);
    outcome.ifPresentOrElse(this::count, () -> lines++);
    witnessOf(subject).ifPresent(seen -> seen.saw(number, line, outcome));
  }

  @Override
  public void badPermit(int subject, String lineId, String file, long line) {
    count(LineOutcome.BAD_PERMIT_ROW);
    if (!lineId.isEmpty()) {
      boolean known = subject >= 0;
      int number =
          known ? store.add(subject, lineId, SubjectDecision.IS_PERMIT) : store.addOfNobody(lineId);
      enter(number, file, line);
    }
    witnessOf(subject)
        .ifPresent(seen -> seen.sawBad(LineStore.NONE, file, line, LineOutcome.BAD_PERMIT_ROW));
  }

  @Override
  public void restrictionOf(int[] subjects, ConsentLine line) {
    enter(store.addOfNobody(line.id()), line.file(), line.line());
    takesBack(-1, line);
    badRestriction(subjects, line.file(), line.line());
  }

  @Override
  public void badRestriction(int[] subjects, String file, long line) {
    count(LineOutcome.BAD_RESTRICTION_ROW);
    for (int subject : subjects) {
      if (forced[subject] == 0) {
        forced[subject] = Exclusion.BAD_RESTRICTION_ROW.code();
      }
      witnessOf(subject)
          .ifPresent(
              seen -> seen.sawBad(LineStore.NONE, file, line, LineOutcome.BAD_RESTRICTION_ROW));
    }
  }

  /** Decides all subjects. */
  public ConsentDecisions decide() {
    if (decided) {
      throw new IllegalStateException("already decided");
    }
    decided = true;
    revocations.forEach(this::takeBackFromOthers);
    SubjectDecision verdict = new SubjectDecision(store, refs, reported);
    Profiles profiles = new Profiles(store, reaches, verdict);
    int[] verdicts = new int[keys.size()];
    long[] excluded = new long[Byte.MAX_VALUE + 1];
    long[] failed = new long[Byte.MAX_VALUE + 1];
    Optional<ConsentExplanation> explanation = Optional.empty();
    Moratorium moratorium = Moratorium.NONE;
    for (int subject = 0; subject < verdicts.length; subject++) {
      byte code = verdict.decide(subject);
      countPermits(verdict, failed);
      byte answer = forced[subject] == 0 ? code : forced[subject];
      if (witnessOf(subject).isPresent()) {
        explanation = witness.map(seen -> seen.explain(answer, verdict, store, reaches));
      }
      if (answer == 0) {
        moratorium = moratorium(moratorium, verdict);
      }
      verdicts[subject] = answer == 0 ? profiles.ofPermitted() : -answer;
      excluded[answer]++;
    }
    ConsentFlow flow =
        new ConsentFlow(
            verdicts.length, excluded[0], byReason(excluded), lines, outcomes, byReason(failed));
    return new ConsentDecisions(
        keys, verdicts, profiles.words(), flow, reported.reported(), moratorium, explanation);
  }

  /**
   * Remembers what a restriction revokes by its id. Ids of lines are unique in the file, so where
   * the patient of the restriction has no such line, its patient id is what is wrong: the permit it
   * names is taken back all the same. So does a line of nobody, a permit too, with what it
   * replaces.
   */
  private void takesBack(int subject, ConsentLine line) {
    boolean permit = line.decision() == Decision.PERMIT && line.status() != Status.REJECTED;
    boolean ofNobody = subject < 0;
    if ((permit && !ofNobody) || LineChecks.isDropped(line.status()) || !tests.hasBegun(line)) {
      return;
    }
    Stream<String> replaced = ofNobody ? line.supersedes().names().stream() : Stream.empty();
    Stream.concat(line.revokes().names().stream(), replaced)
        .forEach(id -> revocations.add(new Revocation(subject, LineStore.hash(id))));
  }

  private void takeBackFromOthers(Revocation revocation) {
    boolean ofOthers =
        revocation.subject() < 0 || !store.has(revocation.subject(), revocation.line());
    int line = store.find(revocation.line());
    if (ofOthers && line != LineStore.NONE) {
      store.mark(line, SubjectDecision.TAKEN_BACK);
    }
  }

  private Optional<LineRecorder> witnessOf(int subject) {
    return witness.filter(seen -> seen.subject() == subject);
  }

  /** What becomes of the line; empty for a permit, which the other lines decide too. */
  private Optional<LineOutcome> outcome(int number, int subject, ConsentLine line, boolean permit) {
    if (LineChecks.isDropped(line.status())) {
      return Optional.of(LineOutcome.valueOf(line.status().name()));
    }
    if (!permit) {
      return Optional.of(restriction(number, line));
    }
    if (!tests.isOfThePast(line)) {
      return Optional.of(LineOutcome.LATER_THAN_NOW);
    }
    permit(number, subject, line);
    return Optional.empty();
  }

  private void permit(int number, int subject, ConsentLine line) {
    store.mark(number, SubjectDecision.PERMITS);
    store.signature(number, line);
    store.failed(number, tests.firstFailure(line, birthDays[subject]));
    LineScope.ofPermit(line, words);
    store.reach(number, reaches.intern(words, LineScope.WORDS));
    store.refs(number, refs.add(line));
    if (tests.hasBegun(line)) {
      replaces(number, line);
    }
    DuoTerms.moratorium(line).ifPresent(until -> moratoria.put(number, until));
  }

  private LineOutcome restriction(int number, ConsentLine line) {
    boolean withdrawal = line.decision() == Decision.WITHDRAW;
    boolean denial = !withdrawal || line.status() == Status.REJECTED;
    store.signature(number, line);
    store.refs(number, refs.add(line));
    if (!tests.hasBegun(line)) {
      return LineOutcome.RESTRICTS_LATER;
    }
    boolean here = tests.restrictionReaches(line);
    boolean inForce = !tests.hasEnded(line);
    if (denial && inForce) {
      deny(number, line, here);
    }
    replaces(number, line);
    if (withdrawal && line.revokes().isEmpty() && here) {
      store.mark(number, SubjectDecision.WITHDRAWS);
    }
    return reaching(number, inForce || withdrawal);
  }

  private void deny(int number, ConsentLine line, boolean here) {
    store.mark(number, SubjectDecision.DENIAL_PRESENT);
    if (!here) {
      return;
    }
    store.mark(number, SubjectDecision.DENIES);
    LineScope.ofRestriction(line, words);
    store.reach(number, reaches.intern(words, LineScope.WORDS));
    if (LineScope.isWhole(words)) {
      store.mark(number, SubjectDecision.DENIES_ALL);
    }
  }

  /** Whatever a line revokes or supersedes no longer permits, be the line a permit itself. */
  private void replaces(int number, ConsentLine line) {
    if (line.revokes().everything()) {
      store.mark(number, SubjectDecision.WITHDRAWS);
    }
    if (store.refs(number) != LineStore.NONE) {
      store.mark(number, SubjectDecision.NAMES_OTHERS);
    }
  }

  private LineOutcome reaching(int number, boolean inForce) {
    int reaching =
        SubjectDecision.DENIES | SubjectDecision.WITHDRAWS | SubjectDecision.NAMES_OTHERS;
    if (store.has(number, reaching)) {
      return LineOutcome.RESTRICTS;
    }
    return inForce ? LineOutcome.RESTRICTS_ELSEWHERE : LineOutcome.RESTRICTED_EARLIER;
  }

  private void enter(int number, String file, long line) {
    int before = store.enter(number);
    if (before != LineStore.NONE) {
      store.mark(number, SubjectDecision.DUPLICATED);
      store.mark(before, SubjectDecision.DUPLICATED);
      reported.add(
          Problem.warning(
              "DUPLICATE_LINE_ID",
              Place.of(file, line),
              "line_id stands on an earlier line too",
              "neither permits anything, restrictions count; give every line its own id"));
    }
  }

  private void count(LineOutcome outcome) {
    lines++;
    outcomes.merge(outcome, 1L, Long::sum);
  }

  private void countPermits(SubjectDecision verdict, long[] failed) {
    for (int i = 0; i < verdict.count(); i++) {
      int line = verdict.line(i);
      if (!store.has(line, SubjectDecision.PERMITS)) {
        continue;
      }
      if (!verdict.isLivePermit(line)) {
        outcomes.merge(LineOutcome.DUPLICATE_ID, 1L, Long::sum);
      } else if (verdict.failed(i) == 0) {
        outcomes.merge(LineOutcome.PERMIT_PASSED, 1L, Long::sum);
      } else {
        outcomes.merge(LineOutcome.PERMIT_FAILED, 1L, Long::sum);
        failed[verdict.failed(i)]++;
      }
    }
  }

  /** The longest of a subject's moratoria counts, each subject once. */
  private Moratorium moratorium(Moratorium sum, SubjectDecision verdict) {
    if (moratoria.isEmpty()) {
      return sum;
    }
    Moratorium own = Moratorium.NONE;
    for (int i = 0; i < verdict.count(); i++) {
      int line = verdict.line(i);
      if (verdict.isLivePermit(line) && verdict.failed(i) == 0 && moratoria.containsKey(line)) {
        own = own.plus(moratoria.getOrDefault(line, Optional.empty()));
      }
    }
    return own.subjects() == 0 ? sum : sum.plus(own.until());
  }

  private static Map<Exclusion, Long> byReason(long[] counts) {
    Map<Exclusion, Long> byReason = new EnumMap<>(Exclusion.class);
    Arrays.stream(Exclusion.values())
        .filter(reason -> counts[reason.code()] > 0)
        .forEach(reason -> byReason.put(reason, counts[reason.code()]));
    return byReason;
  }
}
