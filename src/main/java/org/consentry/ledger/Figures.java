package org.consentry.ledger;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The figures of a release: what was read and left out, of persons and of rows, and cells emptied.
 *
 * @param byKey figures by what they count
 */
public record Figures(SortedMap<Figure.Key, Figure> byKey) {

  /** No figure is stated: the recipient sees what was released and no other count. */
  public static final Figures NOT_STATED = new Figures(Map.of());

  public Figures {
    byKey = Collections.unmodifiableSortedMap(new TreeMap<>(byKey));
  }

  /** Figures by what they count. */
  public Figures(Map<Figure.Key, Figure> byKey) {
    this(new TreeMap<>(byKey));
  }

  /** Whether the recipient sees figures. */
  public boolean areStated() {
    return !byKey.isEmpty();
  }

  /**
   * The figure of a count.
   *
   * @param table name of the table; empty for persons
   * @throws IllegalArgumentException when the release has no such figure
   */
  public Figure of(String table, String what) {
    return Optional.ofNullable(byKey.get(new Figure.Key(table, what)))
        .orElseThrow(() -> new IllegalArgumentException("no figure of " + table + " " + what));
  }
}
