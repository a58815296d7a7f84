package org.consentry.data;

/**
 * One difference between an earlier and a later release, job or mapping.
 *
 * @param part what kind of thing changed
 * @param weight whether programs that load the data notice it
 * @param place what changed, such as {@code visits.zip3}
 * @param what what of it changed, such as {@code type}
 * @param before how it was; empty when it was not there
 * @param after how it is; empty when it is not there any more
 */
public record Change(
    Part part, Weight weight, String place, String what, String before, String after) {

  /** What kind of thing changed, in the order in which people read it. */
  public enum Part {
    STRUCTURE("Tables and columns"),
    VALUES("Meaning of values"),
    RULES("What was done to columns"),
    COUNTS("Rows and people"),
    AUTHORITY("Study, recipient, consent and terms"),
    RISK("Risk and scan"),
    ORIGIN("Mapping, lists, keys and software");

    private final String title;

    Part(String title) {
      this.title = title;
    }

    /** The heading above changes of this kind. */
    public String title() {
      return title;
    }
  }

  /** Whether programs that load the data notice a change. */
  public enum Weight {
    /** A program that loaded the earlier data may fail or go wrong on the later. */
    BREAKING,
    COMPATIBLE
  }

  public Change {
    if (before.equals(after)) {
      throw new IllegalArgumentException("nothing changed");
    }
  }

  /** Whether a program that loaded the earlier data may fail or go wrong on the later. */
  public boolean isBreaking() {
    return weight == Weight.BREAKING;
  }

  /** One line, such as {@code visits.zip3: type code -> text}. */
  public String text() {
    String head = place + ": " + what + " ";
    if (before.isEmpty()) {
      return head + "added: " + after;
    }
    return after.isEmpty() ? head + "removed: " + before : head + before + " -> " + after;
  }
}
