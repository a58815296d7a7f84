package org.consentry.export.scan;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Other readings of a text: base64 of both alphabets, hexadecimal, percent signs, quoted-printable,
 * HTML entities, backslash escapes; two levels deep. Stateless.
 */
final class Encodings {

  private static final int LEVELS = 2;
  private static final int SHORTEST = 8;
  private static final int MOST = 64;

  private static final Map<String, String> ENTITIES =
      Map.ofEntries(
          Map.entry("amp", "&"),
          Map.entry("lt", "<"),
          Map.entry("gt", ">"),
          Map.entry("quot", "\""),
          Map.entry("apos", "'"),
          Map.entry("nbsp", " "),
          Map.entry("shy", ""),
          Map.entry("zwj", ""),
          Map.entry("zwnj", ""),
          Map.entry("commat", "@"),
          Map.entry("period", "."),
          Map.entry("hyphen", "-"),
          Map.entry("auml", "ä"),
          Map.entry("ouml", "ö"),
          Map.entry("uuml", "ü"),
          Map.entry("Auml", "Ä"),
          Map.entry("Ouml", "Ö"),
          Map.entry("Uuml", "Ü"),
          Map.entry("szlig", "ß"),
          Map.entry("eacute", "é"),
          Map.entry("Eacute", "É"),
          Map.entry("egrave", "è"),
          Map.entry("aacute", "á"),
          Map.entry("iacute", "í"),
          Map.entry("oacute", "ó"),
          Map.entry("uacute", "ú"),
          Map.entry("ntilde", "ñ"),
          Map.entry("ccedil", "ç"),
          Map.entry("rsquo", "'"),
          Map.entry("lsquo", "'"),
          Map.entry("ndash", "-"),
          Map.entry("num", "#"),
          Map.entry("lowbar", "_"));

  private Encodings() {}

  /** The readings of a text, the text itself not among them. */
  static List<String> readings(String text) {
    if (!mayBeEncoded(text)) {
      return List.of();
    }
    List<String> all = new ArrayList<>();
    List<String> last = List.of(text);
    for (int level = 0; level < LEVELS && !last.isEmpty(); level++) {
      List<String> next = new ArrayList<>();
      for (String one : last) {
        read(one, next);
      }
      all.addAll(next);
      last = next;
    }
    return all;
  }

  private static boolean mayBeEncoded(String text) {
    int word = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      word = isBase64(c) ? word + 1 : 0;
      if (word == SHORTEST || c == '%' || c == '&' || c == '\\' || c == '=' || c == '<') {
        return true;
      }
    }
    return false;
  }

  private static void read(String text, List<String> out) {
    String plain = signs(text);
    if (!plain.equals(text)) {
      out.add(plain);
    }
    int from = -1;
    for (int i = 0; i <= text.length() && out.size() < MOST; i++) {
      boolean in = i < text.length() && isBase64(text.charAt(i));
      if (in && from < 0) {
        from = i;
      } else if (!in && from >= 0) {
        if (i - from >= SHORTEST) {
          word(text.substring(from, i), out);
        }
        from = -1;
      }
    }
  }

  private static boolean isBase64(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '+'
        || c == '/'
        || c == '-'
        || c == '_';
  }

  private static void word(String word, List<String> out) {
    hex(word, out);
    String standard = word.replace('-', '+').replace('_', '/');
    int whole = standard.length() / 4 * 4;
    int rest = standard.length() - whole;
    String usable = rest == 1 ? standard.substring(0, whole) : standard;
    if (!isPrintable(Base64.getDecoder().decode(usable.substring(0, SHORTEST)))) {
      return;
    }
    add(Base64.getDecoder().decode(usable), out);
  }

  private static void hex(String word, List<String> out) {
    if (word.length() % 2 != 0) {
      return;
    }
    byte[] bytes = new byte[word.length() / 2];
    for (int i = 0; i < bytes.length; i++) {
      int high = Character.digit(word.charAt(2 * i), 16);
      int low = Character.digit(word.charAt(2 * i + 1), 16);
      if (high < 0 || low < 0) {
        return;
      }
      bytes[i] = (byte) (high << 4 | low);
    }
    add(bytes, out);
  }

  private static boolean isPrintable(byte[] bytes) {
    for (byte b : bytes) {
      if (b >= 0 && ((b < ' ' && b != '\n' && b != '\t' && b != '\r') || b == 0x7F)) {
        return false;
      }
    }
    return true;
  }

  private static void add(byte[] bytes, List<String> out) {
    String text = isPrintable(bytes) ? utf8(bytes) : null;
    if (text != null) {
      out.add(text);
    }
  }

  private static @Nullable String utf8(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException noText) {
      return null;
    }
  }

  /** Percent signs, quoted-printable, entities and backslashes replaced; tags left out. */
  private static String signs(String text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(text.length());
    boolean changed = false;
    for (int i = 0; i < text.length(); ) {
      int used = sign(text, i, out);
      changed |= used > 0;
      if (used > 0) {
        i += used;
      } else {
        int c = text.codePointAt(i);
        out.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
        i += Character.charCount(c);
      }
    }
    return changed ? out.toString(StandardCharsets.UTF_8) : text;
  }

  private static int sign(String text, int i, ByteArrayOutputStream out) {
    return switch (text.charAt(i)) {
      case '%', '=' -> percent(text, i, out);
      case '&' -> entity(text, i, out);
      case '\\' -> escape(text, i, out);
      case '<' -> tag(text, i);
      default -> 0;
    };
  }

  private static int percent(String text, int i, ByteArrayOutputStream out) {
    if (text.charAt(i) == '=' && i + 1 < text.length() && text.charAt(i + 1) == '\n') {
      return 2;
    }
    int code = hexDigits(text, i + 1, 2);
    if (code < 0) {
      return 0;
    }
    out.write(code);
    return 3;
  }

  private static int hexDigits(String text, int from, int count) {
    if (from + count > text.length()) {
      return -1;
    }
    int value = 0;
    for (int i = from; i < from + count; i++) {
      int digit = Character.digit(text.charAt(i), 16);
      if (digit < 0 || text.charAt(i) >= 0x80) {
        return -1;
      }
      value = value << 4 | digit;
    }
    return value;
  }

  private static int entity(String text, int i, ByteArrayOutputStream out) {
    int end = text.indexOf(';', i);
    if (end < 0 || end - i > 12 || end - i < 3) {
      return 0;
    }
    String name = text.substring(i + 1, end);
    String value = ENTITIES.get(name);
    if (value == null && name.matches("#\\d{1,7}")) {
      value = character(Integer.parseInt(name.substring(1)));
    } else if (value == null && name.matches("#[xX][0-9a-fA-F]{1,6}")) {
      value = character(Integer.parseInt(name.substring(2), 16));
    }
    if (value == null) {
      return 0;
    }
    out.writeBytes(value.getBytes(StandardCharsets.UTF_8));
    return end + 1 - i;
  }

  private static String character(int code) {
    return Character.isValidCodePoint(code) ? Character.toString(code) : "";
  }

  private static int escape(String text, int i, ByteArrayOutputStream out) {
    char next = i + 1 < text.length() ? text.charAt(i + 1) : ' ';
    int digits = next == 'u' ? 4 : next == 'x' ? 2 : 0;
    int code = digits == 0 ? -1 : hexDigits(text, i + 2, digits);
    if (code >= 0) {
      out.writeBytes(Character.toString(code).getBytes(StandardCharsets.UTF_8));
      return digits + 2;
    }
    int plain = "ntr\"/".indexOf(next);
    if (plain < 0) {
      return 0;
    }
    out.write("\n\t\r\"/".charAt(plain));
    return 2;
  }

  /** A tag in the middle of a word is left out. */
  private static int tag(String text, int i) {
    int end = text.indexOf('>', i);
    boolean tag = end > i + 1 && end - i < 200 && isBase64(text.charAt(i + 1));
    return tag ? end + 1 - i : 0;
  }
}
