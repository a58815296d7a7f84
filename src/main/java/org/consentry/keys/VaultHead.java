package org.consentry.keys;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a code vault begins and ends with at one moment. It shows later whether the vault still has
 * every code it had then.
 *
 * @param domain the domain of the codes, a plain word
 * @param codes how many codes the vault had; at least 1
 * @param first seal of the first block, 64 hexadecimal digits
 * @param newest seal of the newest block, 64 hexadecimal digits
 */
public record VaultHead(String domain, long codes, String first, String newest) {

  private static final Pattern TEXT =
      Pattern.compile("(\\S+) ([1-9][0-9]{0,17}) ([0-9a-f]{64}) ([0-9a-f]{64})");

  /** One line: domain, number of codes, first and newest seal, with blanks between them. */
  public String text() {
    return domain + " " + codes + " " + first + " " + newest;
  }

  /** Reads what {@link #text} wrote; empty when it is something else. */
  public static Optional<VaultHead> parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    return matcher.matches()
        ? Optional.of(
            new VaultHead(
                matcher.group(1),
                Long.parseLong(matcher.group(2)),
                matcher.group(3),
                matcher.group(4)))
        : Optional.empty();
  }
}
