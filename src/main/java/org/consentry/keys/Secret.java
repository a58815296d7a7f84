package org.consentry.keys;

import java.util.Arrays;

/**
 * Bytes that must not be shown: a key, a passphrase, the content of a key file. Not thread-safe
 * with respect to {@link #close}.
 *
 * <p><b>Security promise:</b> the bytes leave it only for the holder of a {@link SecretAccess};
 * toString shows their number and nothing else; it is not serializable; {@link #close} overwrites
 * them (as far as a garbage-collected heap allows).
 */
public final class Secret implements AutoCloseable {

  private final byte[] bytes;
  private boolean closed;

  private Secret(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Keeps a copy; the caller wipes its own array. */
  public static Secret copyOf(byte[] bytes, SecretAccess access) {
    return new Secret(bytes.clone());
  }

  /**
   * Returns a copy of the bytes; the caller wipes it after use.
   *
   * @throws IllegalStateException after {@link #close}
   */
  public byte[] open(SecretAccess access) {
    if (closed) {
      throw new IllegalStateException("the secret is wiped");
    }
    return bytes.clone();
  }

  /** Overwrites the bytes. Closing twice does nothing. */
  @Override
  public void close() {
    closed = true;
    Arrays.fill(bytes, (byte) 0);
  }

  /** Shows the number of bytes and nothing else. */
  @Override
  public String toString() {
    return "Secret[" + bytes.length + " bytes]";
  }
}
