package org.consentry.sample;

import java.util.LinkedHashMap;
import java.util.Map;

/** What the consent forms of the sample's patients were written to lead to, for tests of others. */
public final class SampleStories {

  private SampleStories() {}

  /**
   * By patient id: {@code IN}, or the reason code that keeps the patient or some of the rows out of
   * the study IRB-2026-014, from November 2026 to the end of 2031.
   */
  public static Map<String, String> outcomes() {
    Map<String, String> outcomes = new LinkedHashMap<>();
    for (Patient patient : Roster.patients()) {
      outcomes.put(patient.id(), patient.story().outcome());
    }
    return outcomes;
  }

  /** By patient id: the name of the story of the patient's forms. */
  public static Map<String, String> names() {
    Map<String, String> names = new LinkedHashMap<>();
    for (Patient patient : Roster.patients()) {
      names.put(patient.id(), patient.story().name());
    }
    return names;
  }
}
