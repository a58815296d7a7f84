package org.consentry.keys;

import java.util.Arrays;
import java.util.function.Function;

/**
 * Bytes that must not be shown: a key, a passphrase, the content of a key file. Not thread-safe
 * with respect to {@link #close}.
 *
 * <p><b>Security promise:</b> the bytes leave it only for classes of this room; toString shows
 * their number and nothing else; it is not serializable; {@link #close} overwrites them (as far as
 * a garbage-collected heap allows).
 */
public final class Secret implements AutoCloseable {

  private final byte[] bytes;
  private boolean closed;

  private Secret(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Takes bytes over: copies them and wipes the array. */
  static Secret take(byte[] bytes) {
    return wiping(bytes, array -> new Secret(array.clone()));
  }

  /** Gives secret bytes to the work and wipes them when it ends, however it ends. */
  static <T> T wiping(byte[] bytes, Function<byte[], T> work) {
    try {
      return work.apply(bytes);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  /**
   * Gives a copy of the bytes to the work and wipes the copy when it ends, however it ends.
   *
   * @throws IllegalStateException after {@link #close}
   */
  <T> T use(Function<byte[], T> work) {
    if (closed) {
      throw new IllegalStateException("the secret is wiped");
    }
    return wiping(bytes.clone(), work);
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
