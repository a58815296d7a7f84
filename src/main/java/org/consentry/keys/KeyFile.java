package org.consentry.keys;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import org.consentry.problem.Place;

/**
 * A kind of file with a secret of 32 random bytes. It is text: lines that begin with {@code #} are
 * remarks, one line has the name of the format, a blank and the bytes in base64. Only its owner may
 * read it.
 */
enum KeyFile {
  STUDY(
      "consentry-study-key-1",
      """
      # A Consentry study key. Keep a backup in another place: without it, codes of this study
      # cannot be made again. Never release it and never put it under version control.
      """,
      "restore it from its backup; a study that never released may make one: consentry keys new"),
  LEDGER(
      "consentry-ledger-key-1",
      """
      # The key of a Consentry disclosure ledger. Keep a backup in another place: without it the
      # releases of a patient cannot be found. Never release it or put it under version control.
      """,
      "restore it from its backup: without it no earlier release can be searched"),
  ONE_TIME(
      "consentry-one-time-key-1",
      "# Destroyed when the release is published.\n",
      "abandon this run and start another");

  static final int SIZE = Derivation.KEY_SIZE;

  private final String format;
  private final String remark;
  final String whenMissing;

  KeyFile(String format, String remark, String whenMissing) {
    this.format = format;
    this.remark = remark;
    this.whenMissing = whenMissing;
  }

  /** Draws a new secret. */
  static Secret generate() {
    byte[] bytes = new byte[SIZE];
    new SecureRandom().nextBytes(bytes);
    return secret(bytes);
  }

  /** Copies the 32 bytes and wipes the array. */
  static Secret secret(byte[] bytes) {
    if (bytes.length != SIZE) {
      throw new IllegalArgumentException("a key has 32 bytes but was given " + bytes.length);
    }
    return Secret.take(bytes);
  }

  /**
   * Reads a file.
   *
   * @throws org.consentry.problem.ProblemException of category KEY when it is absent, open to
   *     others, of another format or not exactly 32 bytes long
   */
  Secret read(Path file) {
    try (Secret content = OwnerOnlyFiles.read(file, whenMissing)) {
      return parse(content, Place.of(file));
    }
  }

  /** As {@link #read(Path)}, for what is given as a file, a variable or a command. */
  Secret read(KeyReference reference) {
    try (Secret content = reference.read()) {
      return parse(content, reference.place());
    }
  }

  /**
   * Writes a secret to a new file that only its owner can read, and waits until it is on the disk.
   *
   * @throws org.consentry.problem.ProblemException of category KEY when the file exists or cannot
   *     be written
   */
  void create(Path file, Secret secret) {
    OwnerOnlyFiles.create(
        file, secret.use(key -> Secret.wiping(Base64.getEncoder().encode(key), this::text)));
  }

  /** As {@link #read(Path)}, for the content of a file that is elsewhere; wipes the array. */
  Secret parse(byte[] content, Place place) {
    try (Secret secret = Secret.take(content)) {
      return parse(secret, place);
    }
  }

  private byte[] text(byte[] base64) {
    byte[] start = (remark + format + " ").getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(start.length + base64.length + 1)
        .put(start)
        .put(base64)
        .put((byte) '\n')
        .array();
  }

  /** Never makes a String of the content, which could not be wiped. */
  private Secret parse(Secret content, Place place) {
    return content.use(
        text -> secret(Secret.wiping(onlyLine(text, place), line -> decode(line, place))));
  }

  /** The one line of a key file that is no remark; empty when there is none. */
  static byte[] onlyLine(byte[] text, Place place) {
    byte[] found = new byte[0];
    int start = 0;
    for (int i = 0; i <= text.length; i++) {
      if (i == text.length || text[i] == '\n') {
        int end = i > start && text[i - 1] == '\r' ? i - 1 : i;
        if (end > start && text[start] != '#') {
          if (found.length > 0) {
            throw malformed(place, "one line but found more", "");
          }
          found = Arrays.copyOfRange(text, start, end);
        }
        start = i + 1;
      }
    }
    return found;
  }

  private byte[] decode(byte[] line, Place place) {
    byte[] word = (format + " ").getBytes(StandardCharsets.UTF_8);
    if (line.length < word.length || !Arrays.equals(line, 0, word.length, word, 0, word.length)) {
      throw malformed(
          place, "a line that begins with " + format, "check that this is the right file");
    }
    byte[] base64 = Arrays.copyOfRange(line, word.length, line.length);
    byte[] key;
    try {
      key = Secret.wiping(base64, Base64.getDecoder()::decode);
    } catch (IllegalArgumentException e) {
      throw malformed(place, "base64 after " + format, "restore the file from its backup");
    }
    if (key.length != SIZE) {
      throw malformed(
          place,
          SIZE + " bytes after " + format + " but found " + key.length,
          "restore the file from its backup");
    }
    return key;
  }

  private static RuntimeException malformed(Place place, String expected, String hint) {
    return OwnerOnlyFiles.problem("KEY_FORMAT", place, "expected " + expected, hint);
  }
}
