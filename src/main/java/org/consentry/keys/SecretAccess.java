package org.consentry.keys;

/**
 * The token without which a {@link Secret} does not open. It guards nothing at run time; it makes
 * every place that touches the bytes of a key findable by its name.
 */
public final class SecretAccess {

  private static final SecretAccess GRANTED = new SecretAccess();

  private SecretAccess() {}

  /** Returns the token. The caller is about to have bytes that must not be shown. */
  public static SecretAccess granted() {
    return GRANTED;
  }
}
