package org.consentry.export;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.consentry.data.Field;
import org.consentry.data.RowBatch;
import org.consentry.plan.ExportPlan;
import org.consentry.plan.TableExtract;
import org.consentry.problem.ProblemException;

/**
 * The first rows of each table that a run would release now, for the person who asks. Consent,
 * cohort, restrictions and operators apply as in a run; codes are not those of a run, and people in
 * small groups are not left out.
 *
 * <p><b>Security promise:</b> who asked, and how many rows there are, is in the ledger before any
 * of them is returned. They are written nowhere.
 */
public final class RealSample {

  private final int most;
  private final Map<String, List<List<String>>> rows = new HashMap<>();

  private RealSample(int most) {
    this.most = most;
  }

  /**
   * Reads rows of every table.
   *
   * @param most how many of each, 1 to {@link SampleRows#MOST}
   * @throws ProblemException what would end a run, or when the ledger cannot be written
   */
  public static List<SampleRows> of(ExportPlan plan, int most, StateSession session) {
    session.requireClock();
    LocalDateTime now = LocalDateTime.ofInstant(session.instant(), plan.zone().orElseThrow());
    CurrentConsent.decide(plan, now, new RestrictionMemory(session.state(), session.ledger()))
        .requireKnown();
    RealSample sample = new RealSample(most);
    new DryRows(plan).read(now, (table, released, subjects) -> sample.take(table, released));
    List<SampleRows> tables =
        plan.tables().stream()
            .map(
                table ->
                    new SampleRows(
                        table.name(),
                        table.schema().fields().stream().map(Field::name).toList(),
                        sample.rows.getOrDefault(table.name(), List.of())))
            .toList();
    session.audit().sampled(plan, tables.stream().mapToInt(table -> table.rows().size()).sum());
    return tables;
  }

  private void take(TableExtract table, RowBatch released) {
    List<List<String>> taken = rows.computeIfAbsent(table.name(), name -> new ArrayList<>());
    for (int row = 0; row < released.rows() && taken.size() < most; row++) {
      taken.add(cells(table.schema().fields(), released, row));
    }
  }

  private static List<String> cells(List<Field> fields, RowBatch released, int row) {
    List<String> cells = new ArrayList<>();
    for (int column = 0; column < fields.size(); column++) {
      cells.add(SampleRows.text(fields.get(column).type(), released.columns().get(column), row));
    }
    return cells;
  }
}
