package org.consentry.sample;

/** The four tables of what happens to patients, while they are being filled. */
record EventTables(EventRows visits, EventRows procedures, EventRows photos, EventRows proms) {

  static EventTables empty() {
    return new EventTables(
        new EventRows("V"), new EventRows("S"), new EventRows("F"), new EventRows("Q"));
  }
}
