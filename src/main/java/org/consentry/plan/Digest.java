package org.consentry.plan;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collection;
import org.consentry.data.Sha256;

/**
 * A SHA-256 over a sequence of texts, each preceded by its length, so that no two different
 * sequences are the same bytes.
 */
final class Digest {

  private final MessageDigest sha256 = Sha256.begin();

  Digest add(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    sha256.update(bytes);
    return this;
  }

  Digest addAll(Collection<String> texts) {
    add(Integer.toString(texts.size()));
    texts.forEach(this::add);
    return this;
  }

  /** Ends it: {@code sha256:} and 64 lower-case hexadecimal digits. */
  String text() {
    return Sha256.PREFIX + Sha256.hex(sha256);
  }
}
