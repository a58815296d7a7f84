package org.consentry.keys;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/** The data types of SSH (RFC 4251 section 5) and their armour in lines of base64. */
final class SshWire {

  /** Bytes that are not what they should be; shows nothing of them. */
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    Malformed(String message) {
      super(message);
    }
  }

  /** Puts values one after another. */
  static final class Writer {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream(256);

    Writer raw(byte[] bytes) {
      out.writeBytes(bytes);
      return this;
    }

    Writer raw(String text) {
      return raw(text.getBytes(StandardCharsets.UTF_8));
    }

    Writer number(int value) {
      return raw(ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
    }

    Writer string(byte[] bytes) {
      return number(bytes.length).raw(bytes);
    }

    Writer string(String text) {
      return string(text.getBytes(StandardCharsets.UTF_8));
    }

    int size() {
      return out.size();
    }

    byte[] bytes() {
      return out.toByteArray();
    }
  }

  /** Takes values one after another and trusts no length. */
  static final class Reader {

    private final ByteBuffer in;

    Reader(byte[] bytes) {
      this.in = ByteBuffer.wrap(bytes);
    }

    private Reader(ByteBuffer in) {
      this.in = in;
    }

    byte[] raw(int length) throws Malformed {
      requireLength(length);
      byte[] bytes = new byte[length];
      in.get(bytes);
      return bytes;
    }

    private void requireLength(int length) throws Malformed {
      if (length < 0 || length > in.remaining()) {
        throw new Malformed("it ends early");
      }
    }

    /** Takes a string that has values of its own; copies nothing of it. */
    Reader inner() throws Malformed {
      int length = number();
      requireLength(length);
      ByteBuffer inner = in.slice(in.position(), length);
      in.position(in.position() + length);
      return new Reader(inner);
    }

    int number() throws Malformed {
      return ByteBuffer.wrap(raw(Integer.BYTES)).getInt();
    }

    byte[] string() throws Malformed {
      return raw(number());
    }

    String text() throws Malformed {
      return new String(string(), StandardCharsets.UTF_8);
    }

    /** Takes a number above zero in its one shortest form (mpint of RFC 4251). */
    BigInteger positive() throws Malformed {
      byte[] bytes = string();
      BigInteger number = bytes.length == 0 ? BigInteger.ZERO : new BigInteger(bytes);
      if (number.signum() <= 0 || !Arrays.equals(number.toByteArray(), bytes)) {
        throw new Malformed("it is no positive number in shortest form");
      }
      return number;
    }

    /** Takes bytes that can only be these. */
    void expect(byte[] expected, String what) throws Malformed {
      if (!Arrays.equals(raw(Math.min(expected.length, in.remaining())), expected)) {
        throw new Malformed("it is not " + what);
      }
    }

    void expectText(String expected, String what) throws Malformed {
      if (!text().equals(expected)) {
        throw new Malformed("it is not " + what);
      }
    }

    void expectEnd() throws Malformed {
      if (in.hasRemaining()) {
        throw new Malformed("something follows its end");
      }
    }
  }

  private static final int LINE = 70;

  private SshWire() {}

  /** Lines of 70 characters between {@code -----BEGIN word-----} and {@code -----END word-----}. */
  static String armor(String word, byte[] bytes) {
    String base64 = Base64.getEncoder().encodeToString(bytes);
    StringBuilder text = new StringBuilder(base64.length() + 128);
    text.append("-----BEGIN ").append(word).append("-----\n");
    for (int i = 0; i < base64.length(); i += LINE) {
      text.append(base64, i, Math.min(i + LINE, base64.length())).append('\n');
    }
    return text.append("-----END ").append(word).append("-----\n").toString();
  }

  /** The bytes of an armour, or nothing when the text is not exactly one. */
  static Optional<byte[]> unarmor(String word, byte[] text) {
    String all = new String(text, StandardCharsets.ISO_8859_1).strip();
    String begin = "-----BEGIN " + word + "-----";
    String end = "-----END " + word + "-----";
    if (!all.startsWith(begin)
        || !all.endsWith(end)
        || all.length() < begin.length() + end.length()) {
      return Optional.empty();
    }
    String body = all.substring(begin.length(), all.length() - end.length());
    try {
      String base64 = body.replaceAll("[\\r\\n]", "");
      byte[] bytes = Base64.getDecoder().decode(base64);
      // Bits behind the last byte must be zero: one signature has one text.
      boolean canonical = Base64.getEncoder().encodeToString(bytes).equals(base64);
      return canonical ? Optional.of(bytes) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
