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
    if (hasSign(text)) {
      String plain = signs(text, false);
      if (!plain.equals(text)) {
        out.add(plain);
      }
    }
    if (text.indexOf('<') >= 0) {
      out.add(signs(text, true));
    }
    int from = -1;
    for (int i = 0; i <= text.length() && out.size() < MOST; i++) {
      boolean in = i < text.length() && isBase64(text.charAt(i));
      if (in && from < 0) {
        from = i;
      } else if (!in && from >= 0) {
        words(text.substring(from, i), out);
        from = -1;
      }
    }
  }

  /** A word as a whole, and the parts of it where it is a path. */
  private static void words(String word, List<String> out) {
    if (word.length() < SHORTEST) {
      return;
    }
    word(word, out);
    String[] parts = word.split("/", -1);
    for (int i = 0; parts.length > 1 && i < parts.length && out.size() < MOST; i++) {
      if (parts[i].length() >= SHORTEST) {
        word(parts[i], out);
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
    byte[] first = Base64.getDecoder().decode(usable.substring(0, SHORTEST));
    int wide = wide(first);
    if (wide >= 0) {
      byte[] bytes = Base64.getDecoder().decode(usable);
      out.add(new String(bytes, wide == 0 ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE));
    } else if (isPrintable(first)) {
      add(Base64.getDecoder().decode(usable), out);
    }
  }

  /** Where the zeros of UTF-16 are: 0 before each letter, 1 behind it, -1 for another encoding. */
  private static int wide(byte[] first) {
    boolean before = first[0] == 0 && first[2] == 0 && first[4] == 0;
    boolean behind = first[1] == 0 && first[3] == 0 && first[5] == 0;
    return before == behind ? -1 : before ? 0 : 1;
  }

  private static void hex(String word, List<String> out) {
    if (word.length() % 2 != 0) {
      return;
    }
    int from = word.startsWith("0x") || word.startsWith("0X") ? 2 : 0;
    byte[] bytes = new byte[(word.length() - from) / 2];
    for (int i = 0; i < bytes.length; i++) {
      int high = Character.digit(word.charAt(from + 2 * i), 16);
      int low = Character.digit(word.charAt(from + 2 * i + 1), 16);
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

  /** Whether a text has a character that {@link #sign} begins with; most words have none. */
  private static boolean hasSign(String text) {
    return text.indexOf('%') >= 0
        || text.indexOf('=') >= 0
        || text.indexOf('&') >= 0
        || text.indexOf('\\') >= 0;
  }

  /** Percent signs, quoted-printable, entities and backslashes replaced; tags perhaps left out. */
  private static String signs(String text, boolean withoutTags) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(text.length());
    boolean changed = false;
    for (int i = 0; i < text.length(); ) {
      int used = withoutTags && text.charAt(i) == '<' ? tag(text, i) : sign(text, i, out);
      changed |= used > 0;
      if (used > 0) {
        i += used;
      } else if (text.charAt(i) < 0x80) {
        out.write(text.charAt(i++));
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
      default -> 0;
    };
  }

  private static int percent(String text, int i, ByteArrayOutputStream out) {
    if (text.startsWith("=\n", i) || text.startsWith("=\r\n", i)) {
      return text.charAt(i + 1) == '\n' ? 2 : 3;
    }
    if (text.startsWith("%u", i)) {
      return escape(text, i, out);
    }
    int code = hexDigits(text, i + 1, 2);
    if (code < 0) {
      return 0;
    }
    out.write(code);
    return 3;
  }

  private static int hexDigits(String text, int from, int count) {
    return digits(text, from, count, 16);
  }

  private static int digits(String text, int from, int count, int base) {
    if (from + count > text.length()) {
      return -1;
    }
    int value = 0;
    for (int i = from; i < from + count; i++) {
      int digit = Character.digit(text.charAt(i), base);
      if (digit < 0 || text.charAt(i) >= 0x80) {
        return -1;
      }
      value = value * base + digit;
    }
    return value;
  }

  private static int entity(String text, int i, ByteArrayOutputStream out) {
    int end = endOfEntity(text, i);
    if (end - i > 12 || end - i < 3) {
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
    return (end < text.length() && text.charAt(end) == ';' ? end + 1 : end) - i;
  }

  /** A number ends where its digits end; browsers need no semicolon there. */
  private static int endOfEntity(String text, int i) {
    int end = i + 1;
    while (end < text.length()
        && (Character.isLetterOrDigit(text.charAt(end))
            || (end == i + 1 && text.charAt(end) == '#'))) {
      end++;
    }
    boolean isNumber = text.startsWith("&#", i);
    return isNumber || (end < text.length() && text.charAt(end) == ';') ? end : i;
  }

  private static String character(int code) {
    return Character.isValidCodePoint(code) ? Character.toString(code) : "";
  }

  private static int escape(String text, int i, ByteArrayOutputStream out) {
    char next = i + 1 < text.length() ? text.charAt(i + 1) : ' ';
    int close = next == 'u' && text.startsWith("{", i + 2) ? text.indexOf('}', i) : -1;
    if (close > i + 3 && close <= i + 9) {
      out.writeBytes(
          character(hexDigits(text, i + 3, close - i - 3)).getBytes(StandardCharsets.UTF_8));
      return close + 1 - i;
    }
    int octal = next <= '3' ? digits(text, i + 1, 3, 8) : -1;
    if (octal >= 0) {
      out.writeBytes(character(octal).getBytes(StandardCharsets.UTF_8));
      return 4;
    }
    int digits = next == 'U' ? 8 : next == 'u' ? 4 : next == 'x' ? 2 : 0;
    int code = digits == 0 ? -1 : hexDigits(text, i + 2, digits);
    if (code >= 0) {
      out.writeBytes(character(code).getBytes(StandardCharsets.UTF_8));
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
    boolean tag = end > i + 1 && end - i < 200 && (isBase64(text.charAt(i + 1)) || isNote(text, i));
    return tag ? end + 1 - i : 0;
  }

  private static boolean isNote(String text, int i) {
    return text.startsWith("<!--", i);
  }
}
