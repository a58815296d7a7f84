package org.consentry.export.extract;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import org.consentry.data.Sha256;

/** Bytes in a file of staging behind a digest over the basis and them. */
final class CheckedBytes {

  private CheckedBytes() {}

  /** The digest and, behind it, the content. */
  static byte[] with(String basis, byte[] content) {
    MessageDigest digest = Sha256.begin();
    digest.update(basis.getBytes(StandardCharsets.UTF_8));
    byte[] head = digest.digest(content);
    return ByteBuffer.allocate(head.length + content.length).put(head).put(content).array();
  }

  /** The content that {@link #with} got; empty when any of it, or the basis, is another. */
  static Optional<byte[]> whole(String basis, byte[] bytes) {
    int digest = Sha256.begin().getDigestLength();
    byte[] content = Arrays.copyOfRange(bytes, Math.min(digest, bytes.length), bytes.length);
    return Arrays.equals(bytes, with(basis, content)) ? Optional.of(content) : Optional.empty();
  }
}
