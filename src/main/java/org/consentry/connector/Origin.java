package org.consentry.connector;

/**
 * What a column is by the element that it reads, whatever it is called.
 *
 * @param words what it is, for messages
 * @param shows what it may show of a person
 */
public record Origin(String words, Shows shows) {

  /** What an element may show of a person. */
  public enum Shows {
    /** A name, an address or another way to find the person. */
    NAME,
    /**
     * A trait, such as race or a time of birth, which points to the person together with others.
     */
    TRAIT
  }
}
