package org.consentry.consent;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.consentry.data.BirthDays;
import org.consentry.data.BirthRange;
import org.consentry.data.Exclusion;
import org.consentry.data.LongSet;
import org.consentry.data.SubjectKeys;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;

/**
 * Decides consent for every subject, from lines given in any order, in one pass. Deny by default: a
 * subject without a line stays out. What a line alone can decide is decided when it is added, so
 * that some twenty bytes of it remain. Not thread-safe but for the ranges of subjects; decides
 * once.
 *
 * <p><b>Promise:</b> no restriction that is added, whatever it is about, includes a subject or a
 * record that was excluded without it; and the order of lines never matters.
 */
public final class ConsentDecider implements ConsentSink {

  /** Subjects of a range. */
  private static final int RANGE = 1 << 15;

  private final LineChecks checks;
  private final SubjectKeys keys;
  private final BirthDays births;
  private final byte[] forced;
  private final LineStore store;
  private final ProblemCounts.Collector reported = new ProblemCounts.Collector();
  private final Map<LineOutcome, Long> outcomes = new EnumMap<>(LineOutcome.class);
  private final LongSet takenBack = new LongSet();
  private long lines;
  private Optional<LineRecorder> recorder = Optional.empty();

  /** By subject: what was decided, as of {@link SubjectRange}. */
  private int[] answers = new int[0];

  private boolean isComplete;

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
      store.addOfUnknown(line.id(), line.place());
      takesBack(line);
      return;
    }
    int number = store.add(subject, line);
    boolean waits = line.outcome().filter(LineOutcome.LATER_THAN_NOW::equals).isPresent();
    if (!line.has(LineFacts.DROPPED) && !waits) {
      store.names(number, line);
    }
    line.outcome().ifPresentOrElse(this::count, () -> lines++);
    recorderOf(subject).ifPresent(recorder -> recorder.saw(number, line));
  }

  @Override
  public void badPermit(int subject, OptionalLong id, Place place) {
    count(LineOutcome.BAD_PERMIT_ROW);
    if (id.isPresent()) {
      if (subject >= 0) {
        store.add(subject, id.getAsLong(), SubjectDecision.IS_PERMIT, place);
      } else {
        store.addOfUnknown(id.getAsLong(), place);
      }
    }
    recorderOf(subject).ifPresent(recorder -> recorder.sawBad(place, LineOutcome.BAD_PERMIT_ROW));
  }

  @Override
  public void restrictionOf(int[] subjects, LineFacts line) {
    store.addOfUnknown(line.id(), line.place());
    takesBack(line);
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

  /** Decides all subjects on the calling thread. */
  public ConsentDecisions decide() {
    List<SubjectRange> ranges = ranges();
    ranges.forEach(SubjectRange::decide);
    return decisions(ranges);
  }

  /** All subjects, to be decided range by range, on any threads. No line is added from now on. */
  public List<SubjectRange> ranges() {
    return ranges(RANGE);
  }

  /** The same with ranges of another size, on which nothing else depends. */
  List<SubjectRange> ranges(int subjects) {
    if (isComplete) {
      throw new IllegalStateException("already decided");
    }
    isComplete = true;
    LineIds ids = new LineIds(store);
    ids.duplicates(this::duplicated);
    takeBackFromOthers(ids);
    answers = new int[keys.size()];
    List<SubjectRange> ranges = new ArrayList<>();
    for (int from = 0; from < answers.length; from += subjects) {
      int to = Math.min(answers.length, from + subjects);
      ranges.add(new SubjectRange(store, forced, answers, from, to, recorder));
    }
    return ranges;
  }

  /** The decisions, when all ranges are decided. */
  public ConsentDecisions decisions(List<SubjectRange> ranges) {
    IntPool profiles = new IntPool();
    long[] excluded = new long[Byte.MAX_VALUE + 1];
    long[] failed = new long[Byte.MAX_VALUE + 1];
    Moratorium moratorium = Moratorium.NONE;
    BitSet represented = new BitSet(keys.size());
    Optional<ConsentExplanation> explanation = Optional.empty();
    for (SubjectRange range : ranges) {
      range.moveInto(profiles);
      range.addRepresented(represented);
      range.addOutcomes(outcomes);
      range.addReasons(excluded, failed);
      reported.addAll(range.reported());
      moratorium = moratorium.and(range.moratorium());
      explanation = explanation.or(range::explanation);
    }
    ConsentFlow flow =
        new ConsentFlow(
            answers.length, excluded[0], byReason(excluded), lines, outcomes, byReason(failed));
    return new ConsentDecisions(
        keys,
        new ConsentDecisions.Answers(answers, profiles.trimmed(), represented),
        flow,
        reported.reported(),
        moratorium,
        explanation);
  }

  /**
   * Remembers what a line of an unknown patient takes back by the ids of lines, a permit too, with
   * what it replaces.
   */
  private void takesBack(LineFacts line) {
    if (line.has(LineFacts.EFFECTIVE)) {
      line.names().revoked().forEach(takenBack::add);
      line.names().superseded().forEach(takenBack::add);
    }
  }

  /**
   * Ids of lines are unique in the file. So where the patient of a restriction has no line that it
   * revokes, its patient id is what is wrong: the permit it names is taken back all the same.
   */
  private void takeBackFromOthers(LineIds ids) {
    if (!store.refs().isEmpty()) {
      for (int subject = 0; subject < keys.size(); subject++) {
        for (int line = store.head(subject); line != LineStore.NONE; line = store.next(line)) {
          int names = store.refs(line);
          if (names != LineStore.NONE) {
            takesBackFromOthers(subject, line, names);
          }
        }
      }
    }
    if (takenBack.size() > 0) {
      ids.first(takenBack, line -> store.mark(line, SubjectDecision.TAKEN_BACK));
    }
  }

  private void takesBackFromOthers(int subject, int line, int names) {
    boolean restricts =
        store.has(line, LineFacts.EFFECTIVE) && !store.has(line, SubjectDecision.IS_PERMIT);
    for (int i = 0; restricts && i < store.refs().revokes(names); i++) {
      long id = store.refs().revoked(names, i);
      if (!store.has(subject, id)) {
        takenBack.add(id);
      }
    }
  }

  private Optional<LineRecorder> recorderOf(int subject) {
    return recorder.filter(watching -> watching.subject() == subject);
  }

  private void duplicated(int line, int first) {
    store.mark(line, SubjectDecision.DUPLICATED);
    store.mark(first, SubjectDecision.DUPLICATED);
    reported.add(
        Problem.warning(
            "DUPLICATE_LINE_ID",
            store.place(line),
            "line_id is on an earlier line too",
            "neither permits anything, restrictions count; give every line its own id"));
  }

  private void count(LineOutcome outcome) {
    lines++;
    outcomes.merge(outcome, 1L, Long::sum);
  }

  private static Map<Exclusion, Long> byReason(long[] counts) {
    Map<Exclusion, Long> byReason = new EnumMap<>(Exclusion.class);
    for (Exclusion reason : Exclusion.values()) {
      byReason.put(reason, counts[reason.code()]);
    }
    return byReason;
  }
}
