package org.consentry.manifest;

import java.util.Map;
import java.util.stream.Stream;
import org.consentry.data.Tally;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * For whom a manifest is written. The recipient's edition hides small counts; the internal edition
 * is exact and stays in the clinic.
 *
 * <p><b>Security promise</b> of the recipient's edition: a count of excluded or rejected rows or
 * subjects from 1 to 10 reads {@code <11}, and no masked count can be computed from the others. As
 * soon as one is masked anywhere in the manifest, every number of rows or subjects read, and every
 * total of excluded or rejected ones, is withheld everywhere: a table's rows and the subjects, or
 * two tables of one row per person, may share a number read, so withholding only the table's own
 * would not be enough. Counts of cells left empty below 11, zero included, read {@code <11}: empty
 * cells can be counted in the data, so that one from 1 to 10 could be told from none. Cells in
 * which a code stands for what is withheld are counted exactly, as released rows are: the code can
 * be counted in the data, and a mapping chose to tell them.
 */
public enum Edition {
  RECIPIENT,
  INTERNAL;

  /** What stands for a count from 1 to 10, or of cells left empty from 0 to 10. */
  static final String MASKED = "<11";

  /** What stands for a number that would give a masked count away. */
  static final String WITHHELD = "withheld";

  private static final long SMALLEST_SHOWN = 11;

  String word() {
    return this == RECIPIENT ? "recipient" : "internal";
  }

  /** Whether this edition must withhold all numbers read and all totals. */
  boolean withholdsTotals(Disclosure disclosure) {
    Stream<Tally> tallies =
        Stream.concat(
            Stream.of(disclosure.consent().subjects()),
            disclosure.tables().stream().map(Disclosure.Table::rows));
    return this == RECIPIENT && tallies.anyMatch(Edition::hasSmallCount);
  }

  private static boolean hasSmallCount(Tally tally) {
    return Stream.concat(tally.excluded().values().stream(), tally.rejected().values().stream())
        .anyMatch(count -> count > 0 && count < SMALLEST_SHOWN);
  }

  /**
   * What became of rows or subjects, as this edition shows it.
   *
   * @param withhold whether numbers read and totals are withheld
   */
  ObjectNode counts(Tally tally, boolean withhold) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    putTotal(node, "read", tally.read(), withhold);
    node.put("released", tally.released());
    putTotal(node, "excludedTotal", tally.excludedTotal(), withhold);
    putCounts(node.putObject("excluded"), tally.excluded());
    putTotal(node, "rejectedTotal", tally.rejectedTotal(), withhold);
    putCounts(node.putObject("rejected"), tally.rejected());
    return node;
  }

  private static void putTotal(ObjectNode node, String name, long count, boolean withhold) {
    if (withhold) {
      node.put(name, WITHHELD);
    } else {
      node.put(name, count);
    }
  }

  private void putCounts(ObjectNode node, Map<? extends Enum<?>, Long> counts) {
    counts.forEach(
        (reason, count) -> {
          if (this == RECIPIENT && count < SMALLEST_SHOWN) {
            node.put(reason.name(), MASKED);
          } else {
            node.put(reason.name(), count.longValue());
          }
        });
  }

  /** Puts a count of cells left empty. */
  void putCells(ObjectNode node, String name, long count) {
    if (this == RECIPIENT && count < SMALLEST_SHOWN) {
      node.put(name, MASKED);
    } else {
      node.put(name, count);
    }
  }
}
