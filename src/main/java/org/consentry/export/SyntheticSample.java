package org.consentry.export;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.consentry.data.BirthDays;
import org.consentry.data.BytesColumn;
import org.consentry.data.Column;
import org.consentry.data.FieldType;
import org.consentry.data.PlannedColumn;
import org.consentry.data.Prf;
import org.consentry.data.SubjectIndex;
import org.consentry.data.SubjectKeys;
import org.consentry.keys.DateShifts;
import org.consentry.keys.OneTimeKey;
import org.consentry.operator.OperatorKeys;
import org.consentry.operator.TransformInput;
import org.consentry.operator.Transformer;
import org.consentry.plan.DecidePlan;
import org.consentry.plan.ExportPlan;
import org.consentry.plan.ReleasedColumns;
import org.consentry.plan.TableExtract;

/**
 * Rows as they would leave, made of synthetic values by the operators of the plan.
 *
 * <p><b>Security promise:</b> no row of the source is read. Values are made of the words that the
 * mapping and its lists contain and of a generator with a fixed seed; codes and shifts come from a
 * key that is drawn for the sample and forgotten.
 */
public final class SyntheticSample {

  private final ExportPlan plan;
  private final int rows;
  private final OneTimeKey key = OneTimeKey.inMemory();
  private final SubjectIndex index;

  private SyntheticSample(ExportPlan plan, int rows) {
    this.plan = plan;
    this.rows = rows;
    this.index = index(plan.decide());
  }

  /**
   * Makes rows of every table.
   *
   * @param rows how many of each, 1 to {@link SampleRows#MOST}
   */
  public static List<SampleRows> of(ExportPlan plan, int rows) {
    SyntheticSample sample = new SyntheticSample(plan, rows);
    return plan.tables().stream().map(sample::table).toList();
  }

  private SubjectIndex index(DecidePlan decide) {
    SubjectKeys keys = new SubjectKeys();
    int[] births = new int[SampleRows.MOST];
    int[] deaths = new int[SampleRows.MOST];
    Arrays.fill(deaths, SubjectIndex.UNKNOWN_DAY);
    for (int subject = 0; subject < SampleRows.MOST; subject++) {
      byte[] id = SyntheticValues.id(subject).getBytes(StandardCharsets.UTF_8);
      keys.addWritten(id, 0, id.length);
      births[subject] = SyntheticValues.birthDay(subject);
    }
    List<BytesColumn> codes =
        decide.codeSlots().stream()
            .map(slot -> slot.form().keyed(key.prf(slot.domain()), keys, subject -> true))
            .toList();
    List<int[]> shifts =
        decide.shiftSlots().stream()
            .map(slot -> DateShifts.days(key.prf("shift"), keys, subject -> true, slot.maxDays()))
            .toList();
    return new SubjectIndex(
        keys, new byte[SampleRows.MOST], BirthDays.on(births), deaths, codes, shifts);
  }

  private SampleRows table(TableExtract table) {
    Map<Integer, List<String>> cells = new TreeMap<>();
    cells.put(table.subject(), IntStream.range(0, rows).mapToObj(SyntheticValues::id).toList());
    for (int at = 0; at < table.sourceColumns().size(); at++) {
      int position = at;
      List<ReleasedColumns> alone =
          table.released().stream().filter(made -> isOfOnly(made, position)).toList();
      cells.computeIfAbsent(position, column -> values(table, column, alone));
    }
    List<ReleasedColumns> released = table.released();
    List<List<String>> columns = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (ReleasedColumns made : released) {
      Made answer = make(made, cells);
      for (int i = 0; i < made.columns().size(); i++) {
        names.add(made.names().get(i));
        FieldType type = made.columns().get(i).field().type();
        Column column = answer.columns().get(i);
        columns.add(
            IntStream.range(0, rows)
                .mapToObj(
                    row -> answer.invalid().get(row) ? "" : SampleRows.text(type, column, row))
                .toList());
      }
    }
    return new SampleRows(
        table.name(),
        names,
        IntStream.range(0, rows)
            .mapToObj(row -> columns.stream().map(column -> column.get(row)).toList())
            .toList());
  }

  private static boolean isOfOnly(ReleasedColumns made, int position) {
    return positions(made).equals(List.of(position));
  }

  private static List<Integer> positions(ReleasedColumns made) {
    return made.inputs().stream()
        .filter(ReleasedColumns.Input.OfRow.class::isInstance)
        .map(input -> ((ReleasedColumns.Input.OfRow) input).position())
        .distinct()
        .toList();
  }

  /** Values that every operator of a column alone takes; of those the one that gives most. */
  private List<String> values(TableExtract table, int position, List<ReleasedColumns> alone) {
    String source = table.source().columns().get(table.sourceColumns().get(position));
    boolean isBirthDate =
        plan.mapping().subjects().birthDate().filter(one -> one.value().equals(source)).isPresent();
    if (table.isSubjects() && isBirthDate) {
      return Arrays.stream(index.births().last(), 0, rows)
          .mapToObj(day -> LocalDate.ofEpochDay(day).toString())
          .toList();
    }
    List<List<String>> kinds = SyntheticValues.kinds(plan, table.name(), source, rows);
    List<String> best = kinds.get(0);
    int most = -1;
    for (List<String> kind : kinds) {
      int taken = alone.stream().mapToInt(made -> taken(made, Map.of(position, kind))).sum();
      if (taken > most) {
        most = taken;
        best = kind;
      }
    }
    return best;
  }

  /** How many cells an operator makes of values that it can take. */
  private int taken(ReleasedColumns made, Map<Integer, List<String>> cells) {
    Made answer = make(made, cells);
    int taken = 0;
    for (Column column : answer.columns()) {
      for (int row = 0; row < rows; row++) {
        taken += column.isMissing(row) || answer.invalid().get(row) ? 0 : 1;
      }
    }
    return taken;
  }

  /** What an operator made, and the rows that it could not take. */
  private record Made(List<Column> columns, BitSet invalid) {}

  private Made make(ReleasedColumns made, Map<Integer, List<String>> cells) {
    int[] all = IntStream.range(0, rows).toArray();
    BitSet invalid = new BitSet();
    Map<Integer, BytesColumn> columns = new HashMap<>();
    List<TransformInput.Values> values = new ArrayList<>();
    for (ReleasedColumns.Input input : made.inputs()) {
      if (input instanceof ReleasedColumns.Input.OfRow row) {
        values.add(
            new TransformInput.Values.Cells(
                columns.computeIfAbsent(
                    row.position(), at -> BytesColumn.of(cells.getOrDefault(at, List.of())))));
      } else {
        values.add(
            new TransformInput.Values.Days(
                switch (((ReleasedColumns.Input.OfSubject) input).attribute()) {
                  case BIRTH_DATE -> index.births().last();
                  case DEATH_DATE -> index.deathDays();
                }));
      }
    }
    Transformer transformer = made.operator().open(keys());
    List<Column> answer =
        transformer.transform(
            new TransformInput(
                values,
                all,
                rows,
                all,
                index,
                (position, input, expected) -> invalid.set(position)));
    for (int i = 0; i < answer.size(); i++) {
      Column column = answer.get(i);
      made.columns()
          .get(i)
          .released()
          .flatMap(PlannedColumn.Released::limits)
          .ifPresent(limits -> invalid.or(limits.flawed((BytesColumn) column)));
    }
    return new Made(answer, invalid);
  }

  private OperatorKeys keys() {
    return new OperatorKeys() {
      @Override
      public Prf keyed(String domain) {
        return key.prf(domain);
      }

      @Override
      public Prf oneTime(String domain) {
        return key.prf(domain);
      }
    };
  }
}
