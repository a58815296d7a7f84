package org.consentry.export;

import java.time.LocalDateTime;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;
import org.consentry.data.BytesColumn;
import org.consentry.data.CodeForm;
import org.consentry.data.Prf;
import org.consentry.data.SubjectKeys;
import org.consentry.export.decide.ConsentStep;
import org.consentry.export.decide.DecisionStep;
import org.consentry.export.decide.Decisions;
import org.consentry.export.decide.SubjectKeysOfRun;
import org.consentry.export.decide.TableSplits;
import org.consentry.export.extract.RejectLimit;
import org.consentry.export.extract.ReleasedBatches;
import org.consentry.keys.OneTimeKey;
import org.consentry.operator.OperatorKeys;
import org.consentry.plan.ExportPlan;

/**
 * The rows that a run would release, read without a run: consent is decided and the source is read
 * with the operators of the mapping, under a key that is in no file. Nothing is written, no code is
 * drawn from a vault, and no ledger is opened.
 */
final class DryRows {

  private final ExportPlan plan;

  DryRows(ExportPlan plan) {
    this.plan = plan;
  }

  /** Reads all rows that a run would release, and returns how many subjects there are. */
  int read(LocalDateTime now, ReleasedBatches.Receiver receiver) {
    return read(now, people -> {}, receiver);
  }

  /**
   * Reads them.
   *
   * @param begin receives how many subjects there are, released or not, before the first row
   */
  int read(LocalDateTime now, IntConsumer begin, ReleasedBatches.Receiver receiver) {
    TableSplits splits = new TableSplits();
    DryKeys keys = new DryKeys(OneTimeKey.inMemory());
    DecisionStep deciding = new DecisionStep(plan.decide(), splits);
    deciding.checkSpans(plan.tables(), Parallel.onCallingThread());
    deciding.checkKeys(plan.tables(), plan.foldedTables());
    Decisions decided =
        deciding.complete(
            ConsentStep.decide(plan, deciding, plan.request(now), ids -> -1),
            keys,
            Parallel.onCallingThread(),
            new RejectLimit(plan)::requireFew);
    SealStage.requireSubjects(plan, decided);
    begin.accept(decided.index().size());
    new ReleasedBatches(plan, splits, keys).read(decided, receiver);
    return decided.index().size();
  }

  /** Codes and shifts like those of a run, under a key that is forgotten. */
  private record DryKeys(OneTimeKey key) implements SubjectKeysOfRun, OperatorKeys {

    @Override
    public BytesColumn random(
        String domain, CodeForm form, SubjectKeys subjects, IntPredicate selected) {
      return form.keyed(key.prf("random." + domain), subjects, selected);
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
