package org.consentry.data;

/**
 * A named, typed column of what is released.
 *
 * @param name the released name; never empty
 * @param type what its values are
 * @param description plain words for the recipient; may be empty
 */
public record Field(String name, FieldType type, String description) {

  public Field {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("name must not be empty");
    }
  }
}
