package org.consentry.problem;

import java.util.regex.Pattern;

/**
 * Addresses of databases and servers, which people paste where a path is expected. Such a text may
 * contain a password: what refuses it does not repeat it.
 */
public final class Address {

  /** A word, a colon, and a sign of a host, user or setting; {@code C:} is a disk. */
  private static final Pattern FORM = Pattern.compile("(?is)jdbc:.*|[a-z][a-z0-9+.-]+:.*[/@?;=].*");

  private Address() {}

  /** Whether a text may be an address, as {@code postgresql://host/db}, and not only a path. */
  public static boolean is(String text) {
    return FORM.matcher(text).matches();
  }
}
