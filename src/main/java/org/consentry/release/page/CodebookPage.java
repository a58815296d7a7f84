package org.consentry.release.page;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.consentry.data.Absence;
import org.consentry.data.EnumWord;
import org.consentry.data.SmallCounts;
import org.consentry.release.ColumnFigures;
import org.consentry.release.ColumnFigures.Shape;
import org.consentry.release.EmptyCells;
import org.consentry.release.FigureWords;
import org.consentry.release.ReleaseFigures;
import tools.jackson.databind.JsonNode;

/**
 * The codebook's page: the words of the statement and the figures of the released columns.
 *
 * @param page the statement
 * @param figures what the columns look like
 */
public record CodebookPage(Page page, ReleaseFigures figures) {

  /** Fewer people than this are behind no number of the page. */
  static final int PEOPLE = SmallCounts.FEWEST;

  /**
   * A column as the page shows it.
   *
   * @param name its released name
   * @param meaning description, type and unit
   * @param chart its picture; empty when it has none
   * @param facts numbers with their words
   * @param note what is there in place of a picture, or the quantiles
   */
  record Card(
      String name, String meaning, Optional<Chart> chart, List<Page.Fact> facts, String note) {

    /** A wide picture takes the width of the page. */
    String layout() {
      return chart.filter(picture -> picture.width() == Chart.Size.WIDE.width()).isPresent()
          ? "whole all"
          : "whole";
    }
  }

  /** A table with more columns has an index of them. */
  private static final int FEW_COLUMNS = 20;

  /** Whether a reader needs an index of the columns of a table. */
  static boolean hasIndex(JsonNode table) {
    return Page.releasedColumns(table).size() > FEW_COLUMNS;
  }

  /** Pictures of births and events by year: one of each table for each of them. */
  List<Card> overview() {
    List<Card> cards = new ArrayList<>();
    for (JsonNode table : page.node("tables")) {
      Set<Shape> shapes = EnumSet.of(Shape.BIRTHS, Shape.EVENTS);
      for (JsonNode output : released(table)) {
        known(table, output)
            .filter(shown -> !shown.bars().isEmpty() && shapes.remove(shown.shape()))
            .ifPresent(shown -> cards.add(wide(table, output, shown, cards.size())));
      }
    }
    return cards;
  }

  private static Card wide(JsonNode table, JsonNode output, ColumnFigures shown, int number) {
    String name = Page.word(table, "name");
    boolean areBirths = shown.shape() == Shape.BIRTHS;
    String title = (areBirths ? "Births by year, " : "Events by year, ") + name;
    Chart.Size size = areBirths ? Chart.Size.WIDE : Chart.Size.HALF;
    Chart chart = Chart.of("overview-" + number, title, shown, size);
    return new Card(title, Page.word(output, "name"), Optional.of(chart), List.of(), "");
  }

  /** The released columns of a table. */
  List<Card> cards(JsonNode table) {
    List<Card> cards = new ArrayList<>();
    for (JsonNode output : released(table)) {
      known(table, output).ifPresent(shown -> cards.add(card(table, output, shown, cards.size())));
    }
    return cards;
  }

  private static List<JsonNode> released(JsonNode table) {
    return Page.releasedColumns(table).stream().map(column -> column.path("released")).toList();
  }

  private Optional<ColumnFigures> known(JsonNode table, JsonNode output) {
    return figures.of(Page.word(table, "name"), Page.word(output, "name"));
  }

  private static Card card(JsonNode table, JsonNode output, ColumnFigures shown, int number) {
    String name = Page.word(output, "name");
    String id = Page.word(table, "name") + "-" + number;
    Optional<Chart> chart =
        shown.bars().isEmpty()
            ? Optional.empty()
            : Optional.of(Chart.of(id, name, shown, Chart.Size.CARD));
    return new Card(name, meaning(output), chart, facts(output, shown), note(output, shown));
  }

  private static String meaning(JsonNode output) {
    String type = (Page.word(output, "type") + " " + Page.word(output, "unit")).strip();
    String description = Page.word(output, "description");
    return description.isEmpty() ? type : description + " (" + type + ")";
  }

  private static List<Page.Fact> facts(JsonNode output, ColumnFigures shown) {
    List<Page.Fact> facts = new ArrayList<>();
    facts.add(new Page.Fact("n", FigureWords.number(shown.filled())));
    facts.add(new Page.Fact("empty", FigureWords.number(shown.empty())));
    Map<Absence, String> reasons = empty(shown, output).byReason();
    if (reasons.size() > 1 || reasons.containsKey(Absence.SUPPRESSED)) {
      reasons.forEach((reason, figure) -> facts.add(new Page.Fact(EnumWord.of(reason), figure)));
    }
    facts.add(new Page.Fact("distinct", FigureWords.number(shown.distinct())));
    return facts;
  }

  private static String note(JsonNode output, ColumnFigures shown) {
    if (Page.mayBe(output, Absence.SUPPRESSED)) {
      return "No value is released, by the risk plan.";
    }
    if (!shown.quantiles().isEmpty()) {
      return Page.plain(FigureWords.quantiles(shown));
    }
    if (!shown.bars().isEmpty()) {
      return "";
    }
    return shown.shape() == Shape.TEXTS
        ? "Texts are not shown."
        : "No picture: too few people share a value.";
  }

  /** The empty cells of a column by reason. */
  public static EmptyCells empty(ColumnFigures shown, JsonNode output) {
    Set<Absence> absences = EnumSet.noneOf(Absence.class);
    Map<Absence, String> counted = new EnumMap<>(Absence.class);
    for (Absence absence : Absence.values()) {
      if (Page.mayBe(output, absence)) {
        absences.add(absence);
      }
      String figure = Page.word(output, EnumWord.of(absence) + "Cells");
      if (!figure.isEmpty()) {
        counted.put(absence, figure);
      }
    }
    return EmptyCells.of(shown, absences, counted);
  }
}
