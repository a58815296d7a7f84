package org.consentry.release;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text of a {@code SHA256SUMS} file, as {@code sha256sum -c} reads it. */
final class Checksums {

  private static final Pattern LINE = Pattern.compile("([0-9a-f]{64})  (.+)");
  private static final Pattern PART = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,254}");

  private Checksums() {}

  /**
   * Whether a name is safe on every system: parts of letters, digits and {@code . _ -} joined by
   * {@code /}, none of which begins with a dot, so that it cannot leave the folder.
   */
  static boolean isPlainPath(String path) {
    for (String part : path.split("/", -1)) {
      if (!PART.matcher(part).matches()) {
        return false;
      }
    }
    return path.length() <= 1024;
  }

  static byte[] write(SortedMap<String, String> digests) {
    StringBuilder text = new StringBuilder();
    digests.forEach((path, digest) -> text.append(digest).append("  ").append(path).append('\n'));
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Digests by path; nothing when a line is malformed, a path is not plain or occurs twice. */
  static Optional<SortedMap<String, String>> read(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    SortedMap<String, String> digests = new TreeMap<>();
    if (!text.endsWith("\n")) {
      return Optional.empty();
    }
    for (String line : text.substring(0, text.length() - 1).split("\n", -1)) {
      Matcher matcher = LINE.matcher(line);
      if (!matcher.matches() || !isPlainPath(matcher.group(2))) {
        return Optional.empty();
      }
      if (digests.put(matcher.group(2), matcher.group(1)) != null) {
        return Optional.empty();
      }
    }
    return Optional.of(digests);
  }
}
