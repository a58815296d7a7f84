package org.consentry.export;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.consentry.export.decide.AskedRecords;
import org.consentry.export.decide.ConsentProblems;
import org.consentry.export.decide.ConsentStep;
import org.consentry.export.decide.DecisionStep;
import org.consentry.export.decide.Decisions;
import org.consentry.export.decide.TableSplits;
import org.consentry.export.extract.RejectLimit;
import org.consentry.export.seal.KeyedSubjects;
import org.consentry.export.select.KeyHashes;
import org.consentry.keys.LedgerKey;
import org.consentry.ledger.KeyedPeople;
import org.consentry.plan.ExportPlan;
import org.consentry.plan.PeopleAsked.Ask;
import org.consentry.problem.CountWords;
import org.consentry.problem.OutOfMemory;
import org.consentry.problem.ProblemException;

/** Decides consent, cohort, codes and shifts of every subject, as of now. */
final class DecideStage {

  private final ExportPlan plan;
  private final RunKeys keys;
  private final RunContext context;
  private final TableSplits splits = new TableSplits();
  private final DecisionStep step;
  private Optional<DecisionStep.Sources> read = Optional.empty();

  DecideStage(ExportPlan plan, RunKeys keys, RunContext context) {
    this.plan = plan;
    this.keys = keys;
    this.context = context;
    this.step = new DecisionStep(plan.decide(), splits, new ReleaseCodes(context.memberships()));
  }

  /**
   * Reads the subjects table and opens the consent lines, unless that is done. Whatever fails is
   * left to {@link #run}, which reads again then.
   */
  synchronized void readAhead() {
    try {
      sources(Parallel.onThreads(2));
    } catch (RuntimeException | Error again) {
      OutOfMemory.endIfItIs(again);
      read = Optional.empty();
    }
  }

  private synchronized DecisionStep.Sources sources(Parallel parallel) {
    DecisionStep.Sources sources = read.orElseGet(() -> step.sources(plan.consents(), parallel));
    read = Optional.of(sources);
    return sources;
  }

  /**
   * Decides.
   *
   * @throws ProblemException category KEY when the study released under another key, FILES_INVALID
   *     when consent lines, the subjects table or a rule set cannot be used
   */
  RunDecisions run(Parallel parallel) {
    requireKeyOfStudy();
    plan.requireRules(name -> context.pinnedRules(plan.job().study().id(), name));
    context.progress().step(RunStep.DECIDE);
    DecisionStep.Sources sources = sources(parallel);
    context.progress().total(step.pieces(sources));
    Parallel reported =
        new ReportedParallel(parallel, context.progress(), ReportedParallel.Total.GIVEN);
    DecisionStep.ConsentResult consented =
        ConsentStep.decide(plan, step, sources, context, reported);
    LedgerKey ledgerKey = context.memberships().key();
    Supplier<KeyedPeople> people =
        parallel.begin(
            () -> new KeyedPeople(new KeyedSubjects(consented.subjects().keys(), ledgerKey)));
    step.checkSpans(plan.tables(), parallel);
    step.checkKeys(plan.tables(), plan.foldedTables());
    RejectLimit rejects = new RejectLimit(plan);
    List<ColumnReadings> cohort = new ArrayList<>();
    Decisions decisions =
        step.complete(
            consented,
            keys,
            reported,
            (table, tally, first) -> {
              rejects.requireFew(table, tally, first);
              cohort.addAll(ColumnReadings.of(table, tally));
            });
    report(decisions);
    return new RunDecisions(
        decisions, people.get(), consented.inputs(), splits, cohort, basis(decisions));
  }

  private void report(Decisions decisions) {
    if (plan.decide().asksConsent()) {
      ConsentProblems problems = ConsentProblems.of(decisions, plan.consentName());
      problems.problems().forEach(context.progress()::problem);
      problems.notes().forEach(context.progress()::note);
    }
    decisions.asked().flatMap(this::unknown).ifPresent(context.progress()::note);
    String people =
        CountWords.of(decisions.cohort())
            + " of "
            + CountWords.of(decisions.index().size(), "subject")
            + " may be released";
    context
        .progress()
        .note(
            decisions.excluded().isEmpty()
                ? people
                : people + "; excluded: " + CountWords.of(decisions.excluded()));
  }

  /** For the clinic: lines that name no one here, by number and without an id. */
  private Optional<String> unknown(AskedRecords asked) {
    List<Ask> asks = plan.decide().people().orElseThrow().asks();
    List<String> lines = new ArrayList<>();
    for (int line = 0; line < asks.size(); line++) {
      if (asked.subjects().get(line) < 0) {
        lines.add(Long.toString(asks.get(line).line()));
      }
    }
    return lines.isEmpty()
        ? Optional.empty()
        : Optional.of(
            CountWords.of(lines.size(), "line")
                + " of "
                + asks.size()
                + " in the file of people "
                + (lines.size() == 1 ? "names" : "name")
                + " no one in the source: "
                + (lines.size() == 1 ? "line " : "lines ")
                + String.join(", ", lines));
  }

  private void requireKeyOfStudy() {
    RunGate.requireStudyKey(plan, context.pinnedStudyKey(plan.studyId()), keys.studyFingerprint());
  }

  /** The software is part of it: another version may transform or sort otherwise. */
  private String basis(Decisions decisions) {
    byte[] word = "basis".getBytes(StandardCharsets.UTF_8);
    KeyHashes hashes = new KeyHashes(keys.references(), plan.foldedTables());
    return RunDecisions.digest(
        plan.digest(),
        decisions.digest(),
        keys.studyFingerprint(),
        Long.toHexString(hashes.of(word, 0, word.length)),
        context.software());
  }
}
