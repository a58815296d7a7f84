package org.consentry.sample;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The rows of one event table, written in the order of their days as the clinic's system would. */
final class EventRows {
  private final String idPrefix;
  private final List<Event> events = new ArrayList<>();

  EventRows(String idPrefix) {
    this.idPrefix = idPrefix;
  }

  /** Adds a row; {@code cells} follow the id, which is made here and returned. */
  String add(LocalDate day, String... cells) {
    String id = "%s%06d".formatted(idPrefix, events.size() + 1);
    List<String> row = new ArrayList<>();
    row.add(id);
    row.addAll(List.of(cells));
    events.add(new Event(day, row, Shape.WHOLE));
    return id;
  }

  /** Adds a row as it is, with its id and with any number of cells. */
  void addRagged(LocalDate day, String... cells) {
    events.add(new Event(day, List.of(cells), Shape.RAGGED));
  }

  /**
   * Writes all rows into {@code csv}; rows of one day stay in the order in which they were added.
   */
  CsvText into(CsvText csv) {
    events.stream()
        .sorted(Comparator.comparing(Event::day))
        .forEach(
            event -> {
              if (event.shape == Shape.RAGGED) {
                csv.ragged(event.cells);
              } else {
                csv.row(event.cells.toArray(String[]::new));
              }
            });
    return csv;
  }

  private enum Shape {
    WHOLE,
    RAGGED
  }

  private record Event(LocalDate day, List<String> cells, Shape shape) {}
}
