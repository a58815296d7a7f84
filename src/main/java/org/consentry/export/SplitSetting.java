package org.consentry.export;

import java.util.Optional;
import org.consentry.export.extract.Parts;
import org.consentry.export.extract.RejectLimit;
import org.consentry.export.select.KeyHashes;
import org.consentry.export.sort.SortSizes;
import org.consentry.ledger.Staging;
import org.consentry.operator.OperatorKeys;
import org.consentry.plan.ExportPlan;
import org.consentry.plan.RiskPlan;

/**
 * What the extract of every split of a run needs besides the decisions.
 *
 * @param keys the functions of the run's keys
 * @param parts where results are stored
 * @param hashes follow references between tables
 * @param rejects how many bad rows are tolerated
 * @param identifiers collects the identifiers of the source
 */
record SplitSetting(
    ExportPlan plan,
    OperatorKeys keys,
    Progress progress,
    SortSizes sizes,
    Parts parts,
    KeyHashes hashes,
    RejectLimit rejects,
    SourceIdentifiers identifiers) {

  static SplitSetting of(
      ExportPlan plan, OperatorKeys keys, Staging staging, Progress progress, SortSizes sizes) {
    return new SplitSetting(
        plan,
        keys,
        progress,
        sizes,
        new Parts(staging, plan.sinks()),
        new KeyHashes(keys.oneTime(RunKeys.REFERENCES), plan.foldedTables()),
        new RejectLimit(plan),
        new SourceIdentifiers(plan, keys, staging));
  }

  Optional<RiskPlan> risk() {
    return plan.risk();
  }
}
