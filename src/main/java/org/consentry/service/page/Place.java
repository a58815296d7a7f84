package org.consentry.service.page;

/** A page of the navigation. */
public enum Place {
  OVERVIEW("Overview", "/", ""),
  RUNS("Runs", "/runs", ""),
  REGISTER("Releases", "/register", "index.html"),
  CALENDAR("Calendar", "/calendar", "calendar.html"),
  LEDGER("Ledger", "/ledger", "ledger.html"),
  JOBS("Jobs and mappings", "/jobs", ""),
  ASK("Questions", "/questions", ""),
  /** A page beside the navigation. */
  NONE("", "", "");

  private final String label;
  private final String path;
  private final String file;

  Place(String label, String path, String file) {
    this.label = label;
    this.path = path;
    this.file = file;
  }

  String label() {
    return label;
  }

  String path() {
    return path;
  }

  /** Its name as a file; empty when it is for a server only. */
  String file() {
    return file;
  }
}
