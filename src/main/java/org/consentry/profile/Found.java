package org.consentry.profile;

/**
 * A place in a text, without the text itself.
 *
 * @param kind what is there
 * @param start index of its first character
 * @param end index after its last character
 */
public record Found(ContentKind kind, int start, int end) {

  /** Checks the range. */
  public Found {
    if (start < 0 || end <= start) {
      throw new IllegalArgumentException("not a range: " + start + ".." + end);
    }
  }
}
