package org.consentry.connector;

/**
 * What a column is by the element that it reads, whatever it is called.
 *
 * @param words what it is, for messages
 * @param shows what it may show of a person
 */
public record Origin(String words, Shows shows) {

  /** What an element may show of a person; the one that shows most comes first. */
  public enum Shows {
    /** A name, an address or another way to find the person. */
    NAME,
    /** A number of a person, a record or a thing, which may join rows. */
    NUMBER,
    /**
     * A trait, such as race, a date of birth or a town, which points to the person together with
     * others.
     */
    TRAIT
  }
}
