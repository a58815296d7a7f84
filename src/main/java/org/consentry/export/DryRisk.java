package org.consentry.export;

import java.time.LocalDateTime;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntPredicate;
import org.consentry.data.BytesColumn;
import org.consentry.data.Codes;
import org.consentry.data.Prf;
import org.consentry.data.RowBatch;
import org.consentry.data.SubjectKeys;
import org.consentry.export.decide.ConsentStep;
import org.consentry.export.decide.DecisionStep;
import org.consentry.export.decide.Decisions;
import org.consentry.export.decide.SubjectKeysOfRun;
import org.consentry.export.decide.TableSplits;
import org.consentry.export.extract.KnownTuples;
import org.consentry.export.extract.RejectLimit;
import org.consentry.export.extract.ReleasedBatches;
import org.consentry.keys.OneTimeKey;
import org.consentry.operator.OperatorKeys;
import org.consentry.plan.ExportPlan;
import org.consentry.plan.RiskPlan;
import org.consentry.plan.TableExtract;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;
import org.consentry.release.Disclosure;

/**
 * The risk of what a run would release, measured without a release: consent is decided and the
 * source is read with the operators of the mapping, under a key that is in no file. Nothing is
 * written, no code is drawn from a vault, and no ledger is opened.
 */
public final class DryRisk {

  private final ExportPlan plan;
  private final RiskPlan risk;
  private final RiskGate gate;
  private final Prf prf = OneTimeKey.inMemory().prf("known");

  /**
   * The risk of a plan.
   *
   * @throws ProblemException category FILES_INVALID when the job has no risk
   */
  public DryRisk(ExportPlan plan, Progress progress) {
    this.plan = plan;
    this.risk =
        plan.risk()
            .orElseThrow(
                () ->
                    ProblemException.of(
                        Category.FILES_INVALID,
                        "RISK_MISSING",
                        Place.of(plan.jobFile().toString()),
                        "the job has no risk",
                        "add risk: with the released columns that an adversary may know, and k"));
    this.gate = new RiskGate(plan, progress, prf);
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
        read(
            now,
            (table, rows, subjects) -> {
              known
                  .computeIfAbsent(table, of -> new KnownTuples(of, risk, prf))
                  .add(rows, subjects);
              add(rows, subjects, released);
            });
    Map<TableExtract, long[]> tuples = new LinkedHashMap<>();
    known.forEach((table, collected) -> tuples.put(table, collected.toArray()));
    return gate.disclosure(risk, gate.measure(risk, people, released, tuples::forEach));
  }

  /**
   * Ends as the gate of a run would.
   *
   * @throws ProblemException category DISCLOSURE_CHECK when the job blocks what was measured
   */
  public void gate(Disclosure.Risk measured) {
    gate.check(risk, measured);
  }

  private static void add(RowBatch rows, int[] subjects, BitSet released) {
    for (int row = 0; row < rows.rows(); row++) {
      released.set(subjects[row]);
    }
  }

  /** Reads all rows that a run would release, and returns how many subjects there are. */
  private int read(LocalDateTime now, ReleasedBatches.Receiver receiver) {
    TableSplits splits = new TableSplits();
    DryKeys keys = new DryKeys(OneTimeKey.inMemory());
    DecisionStep deciding = new DecisionStep(plan.decide(), splits);
    deciding.checkSpans(plan.tables(), Parallel.onCallingThread());
    deciding.checkKeys(plan.tables(), plan.foldedTables());
    Decisions decided =
        deciding.complete(
            ConsentStep.decide(plan, deciding, now, ids -> -1),
            keys,
            Parallel.onCallingThread(),
            new RejectLimit(plan)::requireFew);
    SealStage.requireSubjects(plan, decided);
    new ReleasedBatches(plan, splits, keys).read(decided, receiver);
    return decided.index().size();
  }

  /** Codes and shifts like those of a run, under a key that is forgotten. */
  private record DryKeys(OneTimeKey key) implements SubjectKeysOfRun, OperatorKeys {

    @Override
    public BytesColumn random(String domain, SubjectKeys subjects, IntPredicate selected) {
      return Codes.keyed(key.prf("random." + domain), subjects, selected);
    }

    @Override
    public Prf keyed(String domain) {
      return key.prf("keyed." + domain);
    }

    @Override
    public Prf oneTime(String domain) {
      return key.prf("one-time." + domain);
    }

    @Override
    public Prf dateShifts() {
      return key.prf("date-shifts");
    }
  }
}
