package org.consentry.release.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.consentry.release.ColumnFigures.Bar;
import tools.jackson.databind.JsonNode;

/**
 * What the pages show of the risk in a statement: people by the size of their group as a table and
 * as a picture. Shares are those of the statement's numbers.
 */
public final class RiskPage {

  private static final String BANDS = "risk/subjectsBySizeOfGroup";

  private final Page page;

  private RiskPage(Page page) {
    this.page = page;
  }

  /** The risk of a statement. */
  public static RiskPage of(Page page) {
    return new RiskPage(page);
  }

  /** Whether it was measured, and may be shown to the reader of the statement. */
  boolean hasGroups() {
    return page.has(BANDS);
  }

  /** Whether the smallest group has fewer people than the job asks for. */
  boolean isBelowGoal() {
    return page.has("risk/smallestGroup")
        && page.node("risk/smallestGroup").asLong(0) < page.node("risk/k").asLong(0);
  }

  /**
   * People whose group has some size.
   *
   * @param size such as {@code 2-4}
   * @param risk one divided by the size, such as {@code 1/4 to 1/2}
   * @param people how many
   * @param share of all people, such as {@code 12.5 %}
   */
  record Band(String size, String risk, long people, String share) {}

  List<Band> bands() {
    JsonNode bands = page.node(BANDS);
    long all = bands.valueStream().mapToLong(JsonNode::asLong).sum();
    List<Band> shown = new ArrayList<>();
    for (Map.Entry<String, JsonNode> band : bands.properties()) {
      long people = band.getValue().asLong();
      shown.add(new Band(band.getKey(), risk(band.getKey()), people, share(people, all)));
    }
    return shown;
  }

  private static String risk(String size) {
    if (size.endsWith("+")) {
      return "at most 1/" + size.substring(0, size.length() - 1);
    }
    String[] ends = size.split("-", 2);
    return ends.length == 1 ? "1/" + size : "1/" + ends[1] + " to 1/" + ends[0];
  }

  private static String share(long people, long all) {
    return String.format(Locale.ROOT, "%.1f %%", all == 0 ? 0 : 100.0 * people / all);
  }

  /** The same as a picture. */
  Chart chart() {
    List<Bar> bars =
        bands().stream()
            .map(band -> new Bar("groups of " + band.size(), 1, band.people()))
            .toList();
    String words =
        bands().stream()
            .map(band -> band.people() + " (" + band.share() + ") in groups of " + band.size())
            .collect(Collectors.joining("; "));
    return Chart.counts("risk-groups", "People by the size of their group", words, bars);
  }
}
