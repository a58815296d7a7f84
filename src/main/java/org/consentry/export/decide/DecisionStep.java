package org.consentry.export.decide;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.LocalDateTime;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.consentry.connector.SourceTable;
import org.consentry.connector.Split;
import org.consentry.consent.ConsentDecider;
import org.consentry.consent.ConsentDecisions;
import org.consentry.consent.ConsentReadResult;
import org.consentry.consent.ConsentRequest;
import org.consentry.consent.LineOutcome;
import org.consentry.consent.RecordConsent;
import org.consentry.consent.RestrictionDigest;
import org.consentry.consent.SubjectRange;
import org.consentry.data.BirthDays;
import org.consentry.data.BytesColumn;
import org.consentry.data.Exclusion;
import org.consentry.data.Sha256;
import org.consentry.data.SubjectIndex;
import org.consentry.data.SubjectKeys;
import org.consentry.export.Parallel;
import org.consentry.keys.DateShifts;
import org.consentry.plan.CohortCondition;
import org.consentry.plan.ConsentOrigin;
import org.consentry.plan.DecidePlan;
import org.consentry.plan.TableExtract;

/**
 * Decides every subject once: who the subjects table describes, what their consent lines permit,
 * whether the study needs them, and under which codes and shifts they leave.
 */
public final class DecisionStep {

  private final DecidePlan plan;
  private final Function<SourceTable, List<Split>> splits;
  private final PeopleFinder finder;

  /** A pass over a plan, given the splits of its tables. */
  public DecisionStep(DecidePlan plan, Function<SourceTable, List<Split>> splits) {
    this(plan, splits, PeopleFinder::byId);
  }

  /**
   * A pass over a plan, given the splits of its tables.
   *
   * @param finder finds the people that a request names
   */
  public DecisionStep(
      DecidePlan plan, Function<SourceTable, List<Split>> splits, PeopleFinder finder) {
    this.plan = plan;
    this.splits = splits;
    this.finder = finder;
  }

  /** A pass over a plan, whose tables it cuts into splits itself. */
  public DecisionStep(DecidePlan plan) {
    this(plan, new TableSplits());
  }

  /**
   * What consent is decided on.
   *
   * @param splits the splits of the subjects table
   * @param subjects who the subjects table describes
   * @param lines the file of consent lines; empty when consent is not asked
   */
  public record Sources(List<Split> splits, Subjects subjects, Optional<ConsentLines> lines) {
    public Sources {
      splits = List.copyOf(splits);
    }
  }

  /**
   * Reads the subjects table and opens the consent lines.
   *
   * @param lines where the consent lines are
   */
  public Sources sources(ConsentOrigin lines, Parallel parallel) {
    Supplier<Optional<ConsentLines>> opened =
        parallel.begin(
            () ->
                plan.asksConsent()
                    ? Optional.of(ConsentLines.open(lines, plan.consents()))
                    : Optional.empty());
    List<Split> subjectSplits = splits.apply(plan.subjects());
    return new Sources(subjectSplits, Subjects.read(plan, subjectSplits), opened.get());
  }

  /** How many pieces of work reading the lines and finding the cohort are. */
  public long pieces(Sources sources) {
    long scans =
        plan.cohort().stream()
            .flatMap(cohort -> cohort.conditions().stream())
            .mapToLong(condition -> splits.apply(condition.table().source()).size())
            .sum();
    return sources.lines().map(ConsentLines::pieces).orElse(0L) + scans;
  }

  /**
   * Who may be released to this request, by consent alone.
   *
   * @param subjects who the subjects table describes
   * @param decisions what their consent lines permit
   * @param reading what was found in the consent lines
   * @param inputs what was decided on
   */
  public record ConsentResult(
      Subjects subjects,
      ConsentDecisions decisions,
      ConsentReadResult reading,
      ConsentInputs inputs) {}

  /**
   * Reads the consent lines of sources and decides, remembering the lines of one subject so that
   * the decisions can explain it.
   *
   * @param request what is asked, at which moment
   * @param watched the number of that subject, given all ids; -1 for none
   * @param digests identifies restrictions for the check
   * @param check looks at what was read while it is decided on; afterwards the restrictions are
   *     forgotten
   */
  public ConsentResult consent(
      ConsentRequest request,
      Sources sources,
      ToIntFunction<SubjectKeys> watched,
      RestrictionDigest digests,
      Consumer<ConsentReadResult> check,
      Parallel parallel) {
    Subjects subjects = sources.subjects();
    if (sources.lines().isEmpty()) {
      return notAsked(request, sources);
    }
    ConsentDecider decider = new ConsentDecider(request, subjects.keys(), subjects.signers());
    int watch = watched.applyAsInt(subjects.keys());
    if (watch >= 0) {
      decider.watch(watch);
    }
    subjects.ambiguous().stream().forEach(decider::ambiguous);
    ConsentReadResult reading =
        sources.lines().get().read(subjects.keys(), decider, digests, parallel);
    List<Supplier<SubjectRange>> ranges =
        decider.ranges().stream().map(range -> parallel.begin(range::decide)).toList();
    check.accept(reading);
    ConsentDecisions decisions = decider.decisions(ranges.stream().map(Supplier::get).toList());
    long waiting = decisions.flow().outcomes().getOrDefault(LineOutcome.LATER_THAN_NOW, 0L);
    ConsentInputs inputs =
        new ConsentInputs(request.now(), reading.sha256(), sources.splits(), waiting);
    return new ConsentResult(subjects, decisions, reading.forgetting(), inputs);
  }

  private static ConsentResult notAsked(ConsentRequest request, Sources sources) {
    Subjects subjects = sources.subjects();
    ConsentReadResult reading = ConsentReadResult.NOTHING_READ;
    return new ConsentResult(
        subjects,
        ConsentDecisions.notAsked(subjects.keys(), subjects.ambiguous()),
        reading,
        new ConsentInputs(request.now(), reading.sha256(), sources.splits(), 0));
  }

  /**
   * What consent would be decided on now, looked at without deciding.
   *
   * @param moment the moment it would be decided at
   * @param lines where the consent lines are
   * @param parallel reads the lines beside the subjects table
   */
  public ConsentInputs inputs(LocalDateTime moment, ConsentOrigin lines, Parallel parallel) {
    Supplier<String> digest =
        parallel.begin(
            () ->
                plan.asksConsent()
                    ? ConsentLines.digest(lines)
                    : ConsentReadResult.NOTHING_READ.sha256());
    List<Split> subjects = splits.apply(plan.subjects());
    return new ConsentInputs(moment, digest.get(), subjects, 0);
  }

  /**
   * Adds cohort, codes and shifts.
   *
   * @param rows receives what was read to find the cohort
   * @throws org.consentry.problem.ProblemException when a timeless table has two rows of a subject
   */
  public Decisions complete(
      ConsentResult consented, SubjectKeysOfRun keys, Parallel parallel, CohortRows rows) {
    Subjects subjects = consented.subjects();
    ConsentDecisions decisions = consented.decisions();
    for (DecidePlan.Timeless table : plan.timeless()) {
      OneRowPerSubject.check(table, subjects.keys(), splits.apply(table.source()));
    }
    byte[] exclusions = decisions.exclusionCodes();
    SubjectIndex bare = index(consented, subjects.births(), exclusions, List.of(), List.of());
    Optional<AskedRecords> asked =
        plan.people().map(people -> AskedRecords.of(people, finder, subjects.keys(), decisions));
    asked.ifPresent(people -> people.leaveOthersOut(exclusions));
    RecordConsent records = asked.<RecordConsent>map(people -> people).orElse(decisions);
    keepCohort(bare, records, parallel, rows);
    IntPredicate selected = subject -> exclusions[subject] == 0;
    Supplier<String> consentDigest = parallel.begin(decisions::digest);
    BirthDays births = OldSubjects.hide(plan.births(), bare, records, splits, parallel);
    List<Supplier<int[]>> drawn =
        plan.shiftSlots().stream()
            .map(slot -> parallel.begin(() -> shifts(slot, subjects.keys(), selected, keys)))
            .toList();
    List<BytesColumn> codes =
        plan.codeSlots().stream()
            .map(slot -> codes(slot, subjects.keys(), selected, keys))
            .toList();
    List<int[]> shifts = drawn.stream().map(Supplier::get).toList();
    String decided = consentDigest.get();
    Map<Exclusion, Long> counts = count(exclusions);
    long kept = exclusions.length - counts.values().stream().mapToLong(Long::longValue).sum();
    SubjectIndex index = index(consented, births, exclusions, codes, shifts);
    return new Decisions(
        index,
        decisions.flow(),
        consented.reading(),
        decisions.reported(),
        subjects.reported(),
        decisions.moratorium(),
        counts,
        kept,
        decided,
        digest(decided, index),
        decisions,
        asked);
  }

  /**
   * Checks the spans that mappings declare for shifted dates against the dates there are.
   *
   * @param tables every table of the release
   * @throws org.consentry.problem.ProblemException when a declared span is wider than the records
   */
  public void checkSpans(List<TableExtract> tables, Parallel parallel) {
    new SpanCheck(splits, parallel).check(tables);
  }

  /**
   * Checks that no two keys of a table meet because they are compared like patient ids.
   *
   * @param tables every table of the release
   * @param folded names of tables whose keys are compared so
   * @throws org.consentry.problem.ProblemException when two keys that are written differently meet
   */
  public void checkKeys(List<TableExtract> tables, Set<String> folded) {
    FoldedKeys.check(tables, folded, splits);
  }

  private static SubjectIndex index(
      ConsentResult consented,
      BirthDays births,
      byte[] exclusions,
      List<BytesColumn> codes,
      List<int[]> shifts) {
    Subjects subjects = consented.subjects();
    return new SubjectIndex(
        subjects.keys(),
        exclusions,
        births,
        subjects.deathDays(),
        codes,
        shifts,
        consented.decisions().represented());
  }

  private void keepCohort(
      SubjectIndex index, RecordConsent consent, Parallel parallel, CohortRows rows) {
    if (plan.cohort().isEmpty()) {
      return;
    }
    DecidePlan.Cohort cohort = plan.cohort().get();
    BitSet in = null;
    for (CohortCondition condition : cohort.conditions()) {
      BitSet found =
          new CohortScan(condition, index, consent)
              .scan(splits.apply(condition.table().source()), parallel, rows);
      in = in == null ? found : combine(cohort.match(), in, found);
    }
    for (int subject = 0; subject < index.size(); subject++) {
      if (index.exclusions()[subject] == 0 && (in == null || !in.get(subject))) {
        index.exclusions()[subject] = Exclusion.NOT_IN_COHORT.code();
      }
    }
  }

  private static BitSet combine(DecidePlan.Match match, BitSet in, BitSet found) {
    switch (match) {
      case ANY -> in.or(found);
      case ALL -> in.and(found);
    }
    return in;
  }

  private static BytesColumn codes(
      DecidePlan.CodeSlot slot,
      SubjectKeys subjects,
      IntPredicate selected,
      SubjectKeysOfRun keys) {
    return switch (slot.kind()) {
      case RANDOM -> keys.random(slot.domain(), slot.form(), subjects, selected);
      case KEYED -> slot.form().keyed(keys.keyed(slot.domain()), subjects, selected);
      case ONE_TIME -> slot.form().keyed(keys.oneTime(slot.domain()), subjects, selected);
    };
  }

  private static int[] shifts(
      DecidePlan.ShiftSlot slot,
      SubjectKeys subjects,
      IntPredicate selected,
      SubjectKeysOfRun keys) {
    return switch (slot.unit()) {
      case DAYS -> DateShifts.days(keys.dateShifts(), subjects, selected, slot.maxDays());
      case WEEKS -> DateShifts.wholeWeeks(keys.dateShifts(), subjects, selected, slot.maxDays());
    };
  }

  private static Map<Exclusion, Long> count(byte[] exclusions) {
    long[] ofCode = new long[Byte.MAX_VALUE + 1];
    for (byte code : exclusions) {
      ofCode[code]++;
    }
    Map<Exclusion, Long> counts = new EnumMap<>(Exclusion.class);
    for (byte code = 1; code > 0; code++) {
      if (ofCode[code] > 0) {
        counts.put(Exclusion.ofCode(code), ofCode[code]);
      }
    }
    return counts;
  }

  /** Over everything a part depends on of the decisions: another birth day is another age. */
  private static String digest(String consent, SubjectIndex index) {
    MessageDigest sha = Sha256.begin();
    sha.update(consent.getBytes(StandardCharsets.UTF_8));
    sha.update(index.exclusions());
    update(sha, index.births().first());
    update(sha, index.births().last());
    update(sha, index.deathDays());
    sha.update(index.represented().toByteArray());
    index.codes().forEach(codes -> sha.update(codes.buffer()));
    index.shifts().forEach(shifts -> update(sha, shifts));
    return Sha256.PREFIX + Sha256.hex(sha);
  }

  private static void update(MessageDigest sha, int[] numbers) {
    ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
    for (int number : numbers) {
      if (!bytes.hasRemaining()) {
        sha.update(bytes.flip());
        bytes.clear();
      }
      bytes.putInt(number);
    }
    sha.update(bytes.flip());
  }
}
