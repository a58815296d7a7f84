package org.consentry.export;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consentry.data.CellFormat;
import org.consentry.data.SmallCounts;
import org.consentry.data.Tally;
import org.consentry.data.WrittenNumbers;
import org.consentry.plan.TableExtract;
import org.consentry.plan.TableExtract.Dating;
import org.consentry.problem.CountWords;

/**
 * How many cells of one source column could be read as what they are read as.
 *
 * @param table the table, as it was read
 * @param column the column, by its position in the table
 * @param cells its cells that are not empty
 */
record ColumnReadings(TableExtract table, int column, Tally.Readings cells) {

  /** Those of a table. */
  static List<ColumnReadings> of(TableExtract table, Tally tally) {
    return table.readColumns().stream()
        .map(TableExtract.ReadColumn::column)
        .filter(column -> tally.readings().containsKey(table.column(column)))
        .map(
            column ->
                new ColumnReadings(
                    table,
                    column,
                    Optional.ofNullable(tally.readings().get(table.column(column))).orElseThrow()))
        .toList();
  }

  /** Of a column that was read more than once, the reading of the most cells. */
  static Collection<ColumnReadings> widest(List<ColumnReadings> all) {
    Map<String, ColumnReadings> widest = new LinkedHashMap<>();
    all.forEach(
        one -> widest.merge(one.name(), one, (a, b) -> b.cells.given() > a.cells.given() ? b : a));
    return widest.values();
  }

  /** The name of the column, {@code table.column}. */
  String name() {
    return table.name() + "." + table.column(column);
  }

  private Optional<WrittenNumbers> numbers() {
    CellFormat format = table.source().format(position());
    return format.dates().isPresent() ? Optional.empty() : format.numbers();
  }

  private int position() {
    return table.sourceColumns().get(column);
  }

  /** How many cells cannot be read, without a number of few that others surround. */
  String words() {
    boolean isShown =
        cells.unreadable() >= SmallCounts.FEWEST || cells.unreadable() == cells.given();
    boolean isRecordDate =
        table.dating() instanceof Dating.ByDates dated && dated.columns().contains(column);
    return (isShown ? CountWords.of(cells.unreadable()) : "fewer than " + SmallCounts.FEWEST)
        + " of "
        + CountWords.of(cells.given(), numbers().isPresent() ? "number" : "date")
        + " of column '"
        + name()
        + "' cannot be read as "
        + numbers().map(WrittenNumbers::words).orElse(table.source().datePattern(position()))
        + (isRecordDate ? ", so that rows with them may be of any day" : "");
  }

  /** What to do about cells that cannot be read. */
  String hint() {
    return (numbers().isPresent()
            ? "state decimal: and thousands: as the column is written"
            : "state format: as the column is written")
        + ", or correct the cells; consentry profile shows what they are";
  }
}
