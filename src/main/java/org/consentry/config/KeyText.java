package org.consentry.config;

import java.util.Optional;

/**
 * A reference to a key as it was written.
 *
 * <p><b>Security promise:</b> only what begins like a reference is taken, and toString shows
 * nothing of it.
 *
 * @param text begins with {@code file:}, {@code env:} or {@code exec:}
 */
@Doc(
    value = "a reference to a key, file:PATH, env:NAME or exec:PROGRAM, never the key itself",
    pattern = "(file|env|exec):.+")
public record KeyText(String text) {

  /** Reads a reference. */
  public static Optional<KeyText> parse(String word) {
    return word.matches("(?s)(file|env|exec):.+")
        ? Optional.of(new KeyText(word))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return "KeyText[" + text.substring(0, text.indexOf(':')) + ":...]";
  }
}
