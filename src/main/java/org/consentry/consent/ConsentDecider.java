package org.consentry.consent;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.consentry.data.BirthDays;
import org.consentry.data.BirthRange;
import org.consentry.data.Exclusion;
import org.consentry.data.SubjectKeys;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;

/**
 * Decides consent for every subject, from lines given in any order, in one pass. Deny by default: a
 * subject without a line stays out. What a line alone can decide is decided when it is added, so
 * that some thirty bytes of it remain. Not thread-safe; decides once.
 *
 * <p><b>Promise:</b> no restriction that is added, whatever it is about, includes a subject or a
 * record that was excluded without it; and the order of lines never matters.
 */
public final class ConsentDecider implements ConsentSink {

  private final LineChecks checks;
  private final SubjectKeys keys;
  private final BirthDays births;
  private final byte[] forced;
  private final LineStore store;
  private final LineRefs refs = new LineRefs();
  private final IntPool scopes = new IntPool();
  private final ProblemCounts.Collector reported = new ProblemCounts.Collector();
  private final Map<LineOutcome, Long> outcomes = new EnumMap<>(LineOutcome.class);
  private final int[] words = new int[LineScope.WORDS];
  private final List<Revocation> revocations = new ArrayList<>();
  private long lines;
  private final Map<Integer, Optional<LocalDate>> moratoria = new HashMap<>();
  private Optional<LineRecorder> recorder = Optional.empty();
  private boolean decided;

  /**
   * A line that a restriction of a subject, or of an unknown patient at -1, revokes by the hash of
   * its id.
   */
  private record Revocation(int subject, long line) {}

  /**
   * A decider for one request.
   *
   * @param keys all subjects; no subject may be added from now on
   * @param births when each of them may have been born; read, never changed
   */
  public ConsentDecider(ConsentRequest request, SubjectKeys keys, BirthDays births) {
    if (births.size() < keys.size()) {
      throw new IllegalArgumentException("every subject has a birth day or an unknown one");
    }
    this.checks = new LineChecks(request);
    this.keys = keys;
    this.births = births;
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
    recorder = Optional.of(new LineRecorder(subject));
  }

  @Override
  public LineFacts facts(int subject, ConsentLine line) {
    BirthRange born = subject < 0 ? BirthRange.UNKNOWN : births.of(subject);
    LineFacts facts = LineFacts.of(line, checks, born);
    return recorderOf(subject).isPresent() ? facts.with(line) : facts;
  }

  @Override
  public void line(int subject, LineFacts line) {
    if (subject < 0) {
      count(LineOutcome.UNKNOWN_SUBJECT);
      enter(store.addOfUnknown(line.id()), line.place());
      takesBack(subject, line);
      return;
    }
    int number = store.add(subject, line);
    enter(number, line.place());
    takesBack(subject, line);
    boolean waits = line.outcome().filter(LineOutcome.LATER_THAN_NOW::equals).isPresent();
    if (!line.has(LineFacts.DROPPED) && !waits) {
      store.refs(number, refs.add(line));
    }
    if (line.has(SubjectDecision.PERMITS | SubjectDecision.DENIES)) {
      words[0] = line.scope().categories();
      words[1] = line.scope().from();
      words[2] = line.scope().to();
      store.scope(number, scopes.intern(words));
    }
    line.moratorium().ifPresent(until -> moratoria.put(number, until));
    line.outcome().ifPresentOrElse(this::count, () -> lines++);
    recorderOf(subject).ifPresent(recorder -> recorder.saw(number, line));
  }

  @Override
  public void badPermit(int subject, OptionalLong id, Place place) {
    count(LineOutcome.BAD_PERMIT_ROW);
    if (id.isPresent()) {
      int number =
          subject >= 0
              ? store.add(subject, id.getAsLong(), SubjectDecision.IS_PERMIT)
              : store.addOfUnknown(id.getAsLong());
      enter(number, place);
    }
    recorderOf(subject).ifPresent(recorder -> recorder.sawBad(place, LineOutcome.BAD_PERMIT_ROW));
  }

  @Override
  public void restrictionOf(int[] subjects, LineFacts line) {
    enter(store.addOfUnknown(line.id()), line.place());
    takesBack(-1, line);
    badRestriction(subjects, line.place());
  }

  @Override
  public void badRestriction(int[] subjects, Place place) {
    count(LineOutcome.BAD_RESTRICTION_ROW);
    for (int subject : subjects) {
      if (forced[subject] == 0) {
        forced[subject] = Exclusion.BAD_RESTRICTION_ROW.code();
      }
      recorderOf(subject)
          .ifPresent(recorder -> recorder.sawBad(place, LineOutcome.BAD_RESTRICTION_ROW));
    }
  }

  /** Decides all subjects. */
  public ConsentDecisions decide() {
    if (decided) {
      throw new IllegalStateException("already decided");
    }
    decided = true;
    revocations.forEach(this::takeBackFromOthers);
    SubjectDecision decision = new SubjectDecision(store, refs, reported);
    Profiles profiles = new Profiles(store, scopes, decision);
    int[] profileOrReason = new int[keys.size()];
    long[] excluded = new long[Byte.MAX_VALUE + 1];
    long[] failed = new long[Byte.MAX_VALUE + 1];
    Optional<ConsentExplanation> explanation = Optional.empty();
    Moratorium moratorium = Moratorium.NONE;
    BitSet represented = new BitSet(keys.size());
    for (int subject = 0; subject < profileOrReason.length; subject++) {
      byte code = decision.decide(subject);
      countPermits(decision, failed);
      byte answer = forced[subject] == 0 ? code : forced[subject];
      if (recorderOf(subject).isPresent()) {
        explanation = recorder.map(watching -> watching.explain(answer, decision, store, scopes));
      }
      if (answer == 0) {
        moratorium = moratorium(moratorium, decision);
        represented.set(subject, decision.isForMinor());
      }
      profileOrReason[subject] = answer == 0 ? profiles.ofPermitted() : -answer;
      excluded[answer]++;
    }
    ConsentFlow flow =
        new ConsentFlow(
            profileOrReason.length,
            excluded[0],
            byReason(excluded),
            lines,
            outcomes,
            byReason(failed));
    return new ConsentDecisions(
        keys,
        new ConsentDecisions.Answers(profileOrReason, profiles.words(), represented),
        flow,
        reported.reported(),
        moratorium,
        explanation);
  }

  /**
   * Remembers what a restriction revokes by its id. Ids of lines are unique in the file, so where
   * the patient of the restriction has no such line, its patient id is what is wrong: the permit it
   * names is taken back all the same. So does a line of an unknown patient, a permit too, with what
   * it replaces.
   */
  private void takesBack(int subject, LineFacts line) {
    boolean isKnown = subject >= 0;
    if (!line.has(LineFacts.EFFECTIVE) || (line.isPermit() && isKnown)) {
      return;
    }
    line.names().revoked().forEach(id -> revocations.add(new Revocation(subject, id)));
    if (!isKnown) {
      line.names().superseded().forEach(id -> revocations.add(new Revocation(subject, id)));
    }
  }

  private void takeBackFromOthers(Revocation revocation) {
    boolean ofOthers =
        revocation.subject() < 0 || !store.has(revocation.subject(), revocation.line());
    int line = store.find(revocation.line());
    if (ofOthers && line != LineStore.NONE) {
      store.mark(line, SubjectDecision.TAKEN_BACK);
    }
  }

  private Optional<LineRecorder> recorderOf(int subject) {
    return recorder.filter(watching -> watching.subject() == subject);
  }

  private void enter(int number, Place place) {
    int before = store.enter(number);
    if (before != LineStore.NONE) {
      store.mark(number, SubjectDecision.DUPLICATED);
      store.mark(before, SubjectDecision.DUPLICATED);
      reported.add(
          Problem.warning(
              "DUPLICATE_LINE_ID",
              place,
              "line_id is on an earlier line too",
              "neither permits anything, restrictions count; give every line its own id"));
    }
  }

  private void count(LineOutcome outcome) {
    lines++;
    outcomes.merge(outcome, 1L, Long::sum);
  }

  private void countPermits(SubjectDecision decision, long[] failed) {
    for (int i = 0; i < decision.count(); i++) {
      int line = decision.line(i);
      if (!store.has(line, SubjectDecision.PERMITS)) {
        continue;
      }
      if (!decision.isLivePermit(line)) {
        outcomes.merge(LineOutcome.DUPLICATE_ID, 1L, Long::sum);
      } else if (decision.failed(i) == 0) {
        outcomes.merge(LineOutcome.PERMIT_PASSED, 1L, Long::sum);
      } else {
        outcomes.merge(LineOutcome.PERMIT_FAILED, 1L, Long::sum);
        failed[decision.failed(i)]++;
      }
    }
  }

  /** The longest of a subject's moratoria counts, each subject once. */
  private Moratorium moratorium(Moratorium sum, SubjectDecision decision) {
    if (moratoria.isEmpty()) {
      return sum;
    }
    Moratorium own = Moratorium.NONE;
    for (int i = 0; i < decision.count(); i++) {
      int line = decision.line(i);
      if (decision.isLivePermit(line) && decision.failed(i) == 0 && moratoria.containsKey(line)) {
        own = own.plus(moratoria.getOrDefault(line, Optional.empty()));
      }
    }
    return own.subjects() == 0 ? sum : sum.plus(own.until());
  }

  private static Map<Exclusion, Long> byReason(long[] counts) {
    Map<Exclusion, Long> byReason = new EnumMap<>(Exclusion.class);
    for (Exclusion reason : Exclusion.values()) {
      byReason.put(reason, counts[reason.code()]);
    }
    return byReason;
  }
}
