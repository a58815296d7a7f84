package org.consentry.release;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.consentry.data.EnumWord;
import org.consentry.data.SmallCounts;
import org.consentry.problem.CountWords;
import org.consentry.release.ColumnFigures.Bar;
import org.consentry.release.ColumnFigures.Shape;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Figures of a column as words and as JSON. */
public final class FigureWords {

  private FigureWords() {}

  /** A number as it is shown, with blanks between thousands. */
  public static String number(OptionalLong number) {
    return number.isPresent() ? number(number.getAsLong()) : SmallCounts.FEW;
  }

  /** A number with narrow blanks between thousands. */
  public static String number(long number) {
    StringBuilder digits = new StringBuilder(Long.toString(number));
    for (int at = digits.length() - 3; at > 0; at -= 3) {
      digits.insert(at, '\u202f');
    }
    return digits.toString();
  }

  /** Rows and value or range of every bar, such as {@code 600 F; 390 M; 20 other values}. */
  public static String bars(ColumnFigures figures) {
    List<String> words = new ArrayList<>();
    figures.bars().forEach(bar -> words.add(bar.rows() + " " + bar.label()));
    figures.other().ifPresent(rows -> words.add(CountWords.of(rows, "other value")));
    return String.join("; ", words);
  }

  /** The quantiles, such as {@code 5 %: 21; 25 %: 40}. */
  public static String quantiles(ColumnFigures figures) {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < figures.quantiles().size(); i++) {
      words.add(ColumnFigures.QUANTILES.get(i) + " %: " + figures.quantiles().get(i));
    }
    return String.join("; ", words);
  }

  /** Writes figures into a field of the data package. */
  static void put(ObjectNode node, ColumnFigures figures, EmptyCells empty) {
    put(node, "filled", figures.filled());
    put(node, "empty", figures.empty());
    empty.byReason().forEach((absence, figure) -> put(node, EnumWord.of(absence), figure));
    put(node, "distinct", figures.distinct());
    boolean areValues = figures.shape() == Shape.VALUES;
    ArrayNode bars = node.putArray(areValues ? "values" : "ranges");
    for (Bar bar : figures.bars()) {
      bars.addObject().put(areValues ? "value" : "range", bar.label()).put("rows", bar.rows());
    }
    if (areValues) {
      put(node, "otherValues", figures.other());
    }
    if (!figures.quantiles().isEmpty()) {
      ObjectNode quantiles = node.putObject("quantiles");
      for (int i = 0; i < figures.quantiles().size(); i++) {
        quantiles.put(ColumnFigures.QUANTILES.get(i) + "%", figures.quantiles().get(i));
      }
    }
  }

  private static void put(ObjectNode node, String name, OptionalLong number) {
    put(node, name, ColumnFigures.shown(number));
  }

  private static void put(ObjectNode node, String name, String figure) {
    if (figure.equals(SmallCounts.FEW)) {
      node.put(name, figure);
    } else {
      node.put(name, Long.parseLong(figure));
    }
  }
}
