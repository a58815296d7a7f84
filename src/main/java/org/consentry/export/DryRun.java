package org.consentry.export;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.consentry.connector.Split;
import org.consentry.connector.UnreadElements;
import org.consentry.data.Exclusion;
import org.consentry.export.decide.CohortRows;
import org.consentry.export.decide.ConsentProblems;
import org.consentry.export.decide.ConsentStep;
import org.consentry.export.decide.DecisionStep;
import org.consentry.export.decide.Decisions;
import org.consentry.export.decide.NoKeys;
import org.consentry.export.decide.TableSplits;
import org.consentry.plan.DecidePlan;
import org.consentry.plan.ExportPlan;
import org.consentry.plan.PeopleAsked;
import org.consentry.plan.PeopleAsked.Named;
import org.consentry.problem.Problem;

/**
 * What a run would decide, found without keys, without staging and without writing anything.
 *
 * @param subjects subjects the subjects table describes
 * @param released how many of them would be released
 * @param excluded the others, by reason
 * @param problems what is wrong with consent lines and birth dates
 * @param notes what else people must know of them
 * @param tables how every table is split, in the order of the mapping
 * @param unread what the records of the source have and no table reads
 */
public record DryRun(
    long subjects,
    long released,
    Map<Exclusion, Long> excluded,
    List<Problem> problems,
    List<String> notes,
    List<TableShare> tables,
    List<UnreadElements> unread) {

  /**
   * How a table is split.
   *
   * @param table its name
   * @param splits how many splits it has
   * @param bytes bytes of all of them
   */
  public record TableShare(String table, int splits, long bytes) {}

  public DryRun {
    excluded = Collections.unmodifiableMap(new TreeMap<>(excluded));
    problems = List.copyOf(problems);
    notes = List.copyOf(notes);
    tables = List.copyOf(tables);
    unread = List.copyOf(unread);
  }

  /** Elements that no table reads, with the number of records that have each, by their records. */
  public Map<String, SortedMap<String, Long>> unreadElements() {
    Map<String, SortedMap<String, Long>> elements = new TreeMap<>();
    unread.forEach(each -> elements.put(each.records(), each.counts()));
    return elements;
  }

  /** Numbers of excluded subjects by the word of the reason, in alphabetical order. */
  public Map<String, Long> reasons() {
    Map<String, Long> reasons = new TreeMap<>();
    excluded.forEach((reason, count) -> reasons.put(reason.name(), count));
    return reasons;
  }

  /**
   * Decides as a run would at a moment.
   *
   * @param now the moment of decision, local to the clinic
   */
  public static DryRun of(ExportPlan plan, LocalDateTime now) {
    TableSplits splits = new TableSplits();
    DecisionStep deciding = new DecisionStep(keyless(plan.decide()), splits);
    deciding.checkSpans(plan.tables(), Parallel.onCallingThread());
    deciding.checkKeys(plan.tables(), plan.foldedTables());
    Decisions decided =
        complete(deciding, ConsentStep.decide(plan, deciding, plan.request(now), keys -> -1));
    ConsentProblems consents = ConsentProblems.of(decided, plan.consentName());
    return new DryRun(
        decided.index().size(),
        decided.cohort(),
        decided.excluded(),
        consents.problems(),
        notes(plan, consents),
        plan.tables().stream()
            .map(table -> splits.apply(table.source()))
            .filter(parts -> !parts.isEmpty())
            .map(DryRun::share)
            .toList(),
        UnreadElements.byNone(
            plan.tables().stream().flatMap(table -> table.source().unread().stream()).toList()));
  }

  private static List<String> notes(ExportPlan plan, ConsentProblems consents) {
    List<String> notes = new ArrayList<>(consents.notes());
    plan.decide()
        .people()
        .filter(people -> people.named() == Named.CODE)
        .ifPresent(
            people ->
                notes.add(
                    "codes of a release are looked up by a run alone; here who permits to be"
                        + " contacted is counted as "
                        + Exclusion.NOT_ASKED));
    return notes;
  }

  private static TableShare share(List<Split> splits) {
    long bytes = splits.stream().mapToLong(split -> split.range().size()).sum();
    return new TableShare(splits.get(0).table(), splits.size(), bytes);
  }

  /** The same decisions without codes and shifts, which alone need keys. */
  static DecidePlan keyless(DecidePlan plan) {
    return keyless(plan, plan.people());
  }

  /** The same of some people. */
  static DecidePlan keyless(DecidePlan plan, Optional<PeopleAsked> people) {
    return new DecidePlan(
        plan.subjects(),
        plan.key(),
        plan.births(),
        plan.deathDate(),
        plan.cohort(),
        plan.timeless(),
        List.of(),
        List.of(),
        plan.dates(),
        plan.consents(),
        plan.consent(),
        people);
  }

  /** Adds the cohort on the calling thread. */
  static Decisions complete(DecisionStep keyless, DecisionStep.ConsentResult consented) {
    return keyless.complete(
        consented, new NoKeys(), Parallel.onCallingThread(), CohortRows.UNWATCHED);
  }
}
