package org.consentry.export;

import java.util.BitSet;
import java.util.Optional;
import org.consentry.connector.Split;
import org.consentry.export.decide.RecordSpans;
import org.consentry.export.extract.Parts;
import org.consentry.plan.ExportPlan;
import org.consentry.plan.RiskPlan;
import org.consentry.plan.TableExtract;
import org.consentry.problem.ProblemException;
import org.consentry.release.Disclosure;

/**
 * Extracts what may be released, measures how many subjects share what an adversary may know of
 * them, and blocks or leaves out what the job does not allow.
 *
 * <p>Leaving out is extracting again under decisions that exclude these subjects, so that every row
 * of theirs is counted, and rows of others that need them are left out as well. Whom it leaves out
 * is in staging before it extracts again: a run that is resumed goes on from there.
 */
final class RiskStage {

  private final ExportPlan plan;
  private final RunKeys keys;
  private final ExtractStage extract;
  private final RiskGate gate;
  private final Parts parts;

  RiskStage(ExportPlan plan, RunKeys keys, RunContext context, ExtractStage extract) {
    this.plan = plan;
    this.keys = keys;
    this.extract = extract;
    this.gate = new RiskGate(plan, context.progress(), keys.references());
    this.parts = new Parts(context.staging(), plan.sinks());
  }

  /**
   * Extracts, and measures when the job has what an adversary may know.
   *
   * @throws ProblemException category DISCLOSURE_CHECK when fewer subjects than the job asks for
   *     share it, and the job blocks that or no subject is left
   */
  Extraction run(RunDecisions decided, Workers workers) {
    Optional<RiskPlan> risk = plan.risk();
    return risk.isEmpty()
        ? extract.run(decided, workers, ExtractStage.FIRST)
        : run(risk.get(), decided, workers);
  }

  private Extraction run(RiskPlan risk, RunDecisions decided, Workers workers) {
    BitSet out = parts.small(decided.basis());
    for (int round = 1; ; round++) {
      String step = round == 1 ? ExtractStage.FIRST : "extract-again-" + round;
      Extraction extraction = extract.run(decided.without(out), workers, step);
      RiskMeasure.Measured found = measure(risk, extraction.decided());
      BitSet more = gate.leftOut(risk, found);
      if (more.isEmpty()) {
        Disclosure.Risk measured = gate.disclosure(risk, found);
        gate.check(risk, measured);
        return extraction.with(
            out.isEmpty()
                ? measured
                : measured.withLeftOut(LeftOutPeople.of(plan, risk, keys, decided, out)));
      }
      gate.requireFew(
          out.cardinality() + more.cardinality(), out.cardinality() + found.risk().subjects());
      out.or(more);
      parts.storeSmall(decided.basis(), out);
    }
  }

  private RiskMeasure.Measured measure(RiskPlan risk, RunDecisions decided) {
    int people = decided.decisions().index().size();
    return gate.measure(
        risk,
        people,
        released(people, decided),
        reader -> {
          for (TableExtract table : plan.tables()) {
            for (Split split : decided.splits().apply(table.source())) {
              reader.accept(table, parts.knownOf(decided.basis(), split));
            }
          }
        });
  }

  private BitSet released(int people, RunDecisions decided) {
    BitSet released = new BitSet();
    for (TableExtract table : plan.tables()) {
      RecordSpans spans = new RecordSpans(people);
      for (Split split : decided.splits().apply(table.source())) {
        spans.add(parts.spansOf(decided.basis(), split));
      }
      for (int subject = 0; subject < people; subject++) {
        if (spans.contains(subject)) {
          released.set(subject);
        }
      }
    }
    return released;
  }
}
