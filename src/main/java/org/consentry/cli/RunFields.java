package org.consentry.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.consentry.followup.Moments;
import org.consentry.followup.Runs;
import org.consentry.ledger.RunRecord;
import org.consentry.ledger.StateFolder;

/** A run record as programs see it. */
final class RunFields {

  private RunFields() {}

  /** A record for programs. */
  static Map<String, ?> of(StateFolder state, RunRecord record) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("stateFolder", state.home().toString());
    fields.put("run", record.run());
    fields.put("job", record.job());
    fields.put("study", record.study());
    fields.put("state", Runs.state(state, record));
    fields.put("started", Moments.iso(record.started()));
    fields.put("updated", Moments.iso(record.updated()));
    fields.put("referenceDate", record.referenceDate());
    fields.put("releaseFolder", record.release());
    fields.put("message", record.message());
    fields.put("exitCode", record.exitCode());
    fields.put("tables", new ResultTable(record.counts()).objects());
    return fields;
  }
}
