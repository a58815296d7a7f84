package org.consentry.data;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collection;

/**
 * A SHA-256 over a sequence of texts, each preceded by its length, so that no two different
 * sequences are the same bytes.
 */
public final class Digest {

  private final MessageDigest sha256 = Sha256.begin();

  /** Adds a text. */
  public Digest add(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    sha256.update(bytes);
    return this;
  }

  /** Adds how many texts there are, and each of them. */
  public Digest addAll(Collection<String> texts) {
    add(Integer.toString(texts.size()));
    texts.forEach(this::add);
    return this;
  }

  /** Ends it: {@code sha256:} and 64 lower-case hexadecimal digits. */
  public String text() {
    return Sha256.PREFIX + Sha256.hex(sha256);
  }
}
