package org.consentry.benchmark;

/** What is measured side by side. */
enum Engine {
  /** This program. */
  CONSENTRY("consentry", ""),
  /** DuckDB that sorts rows by what they release, patient's code first, as this program does. */
  SORTED("DuckDB sorted", "ORDER BY ALL"),
  /** DuckDB that writes rows in any order. */
  UNSORTED("DuckDB unsorted", "");

  private final String title;
  private final String order;

  Engine(String title, String order) {
    this.title = title;
    this.order = order;
  }

  String title() {
    return title;
  }

  /** The clause of the query that sorts. */
  String order() {
    return order;
  }
}
