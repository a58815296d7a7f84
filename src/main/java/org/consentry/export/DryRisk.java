package org.consentry.export;

import java.time.LocalDateTime;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import org.consentry.config.RiskRule.OnViolation;
import org.consentry.data.Prf;
import org.consentry.data.RowBatch;
import org.consentry.export.extract.KnownTuples;
import org.consentry.keys.OneTimeKey;
import org.consentry.plan.ExportPlan;
import org.consentry.plan.RiskPlan;
import org.consentry.plan.TableExtract;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;
import org.consentry.release.Disclosure;

/**
 * The risk of what a run would release, measured without a release and without writing anything.
 */
public final class DryRisk {

  private final ExportPlan plan;
  private final RiskPlan risk;
  private final RiskGate gate;
  private final Prf prf = OneTimeKey.inMemory().prf("known");
  private long leftOut;

  /**
   * The risk of a plan.
   *
   * @throws ProblemException category FILES_INVALID when the job has no risk
   */
  public DryRisk(ExportPlan plan, Progress progress) {
    this.plan = plan;
    this.risk = required(plan);
    this.gate = new RiskGate(plan, progress, prf);
  }

  /**
   * The risk that a plan has a rule for.
   *
   * @throws ProblemException category FILES_INVALID when it has none
   */
  static RiskPlan required(ExportPlan plan) {
    return plan.risk()
        .orElseThrow(
            () ->
                ProblemException.of(
                    Category.FILES_INVALID,
                    "RISK_MISSING",
                    Place.of(plan.jobFile()),
                    "the job has no risk",
                    "add risk: with the released columns that an adversary may know, and k"));
  }

  /**
   * Measures as a run would at a moment.
   *
   * @param now the moment of decision, local to the clinic
   * @throws ProblemException for what would end a run before its gate
   */
  public Disclosure.Risk measure(LocalDateTime now) {
    Map<TableExtract, KnownTuples> known = new LinkedHashMap<>();
    BitSet released = new BitSet();
    int people =
        new DryRows(plan)
            .read(
                now,
                (table, rows, subjects) -> {
                  known
                      .computeIfAbsent(table, of -> new KnownTuples(of, risk, prf))
                      .add(rows, subjects);
                  add(rows, subjects, released);
                });
    Map<TableExtract, long[]> tuples = new LinkedHashMap<>();
    known.forEach((table, collected) -> tuples.put(table, collected.toArray()));
    RiskMeasure.Measured found = gate.measure(risk, people, released, tuples::forEach);
    leftOut = found.small().cardinality();
    return gate.disclosure(risk, found);
  }

  /**
   * Ends as the gate of a run would.
   *
   * @param measured what was measured last
   * @throws ProblemException category DISCLOSURE_CHECK when the job blocks what was measured
   */
  public void gate(Disclosure.Risk measured) {
    gate.check(risk, measured);
    if (risk.onViolation() == OnViolation.SUPPRESS) {
      gate.requireSomeone(risk, leftOut, measured.groups().subjects());
      gate.requireFew(leftOut, measured.groups().subjects());
    }
  }

  static void add(RowBatch rows, int[] subjects, BitSet released) {
    for (int row = 0; row < rows.rows(); row++) {
      released.set(subjects[row]);
    }
  }
}
