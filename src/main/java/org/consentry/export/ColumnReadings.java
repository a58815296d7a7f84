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

  /**
   * Of a column that was read more than once, as for the cohort and for the release, the reading
   * with the greatest share of cells that cannot be read; of equal ones that of the most cells.
   */
  static Collection<ColumnReadings> worst(List<ColumnReadings> all) {
    Map<String, ColumnReadings> worst = new LinkedHashMap<>();
    all.forEach(one -> worst.merge(one.name(), one, (a, b) -> b.isWorseThan(a) ? b : a));
    return worst.values();
  }

  private boolean isWorseThan(ColumnReadings other) {
    int shares =
        Long.compare(
            cells.unreadable() * other.cells.given(), other.cells.unreadable() * cells.given());
    return shares > 0 || (shares == 0 && cells.given() > other.cells.given());
  }

  /** Whether the number of cells that cannot be read is not one of few. */
  boolean isShown() {
    return cells.unreadable() >= SmallCounts.FEWEST;
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
    String noun = numbers().isPresent() ? "number" : "date";
    boolean isRecordDate =
        table.dating() instanceof Dating.ByDates dated && dated.columns().contains(column);
    return unreadableOf(noun)
        + " of column '"
        + name()
        + "' cannot be read as "
        + numbers().map(WrittenNumbers::words).orElse(table.source().datePattern(position()))
        + (isRecordDate ? ", so that rows with them may be of any day" : "");
  }

  private String unreadableOf(String noun) {
    String few = "fewer than " + SmallCounts.FEWEST;
    String given = CountWords.of(cells.given(), noun);
    if (isShown()) {
      return CountWords.of(cells.unreadable()) + " of " + given;
    }
    if (cells.given() >= SmallCounts.FEWEST) {
      return few + " of " + given;
    }
    return (cells.unreadable() == cells.given() ? "all of " : "some of ") + few + " " + noun + "s";
  }

  /** What to do about cells that cannot be read. */
  String hint() {
    return (numbers().isPresent()
            ? "state decimal: and thousands: as the column is written"
            : "state format: as the column is written")
        + ", or correct the cells; consentry profile shows what they are";
  }
}
