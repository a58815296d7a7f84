package org.consentry.service.page;

import java.util.Map;

/**
 * A button that changes something: a form sent by POST.
 *
 * @param action where it is sent
 * @param label what it does, a verb
 * @param fields what is sent, by name
 * @param weight how it looks
 */
public record Post(String action, String label, Map<String, String> fields, Weight weight) {

  /** How a button looks. */
  public enum Weight {
    FIRST("first"),
    PLAIN(""),
    /** It cannot be undone, so the page asks once more. */
    GRAVE("grave");

    private final String word;

    Weight(String word) {
      this.word = word;
    }

    /** The class of the style sheet. */
    String word() {
      return word;
    }
  }

  public Post {
    fields = Map.copyOf(fields);
  }

  /** A button that sends nothing beside where it is sent. */
  static Post of(String action, String label, Weight weight) {
    return new Post(action, label, Map.of(), weight);
  }
}
