package org.consentry.export.scan;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.consentry.data.IsoDates;
import org.consentry.export.scan.CellHits.Mark;
import org.consentry.export.scan.ScanRules.FinestDate;
import org.consentry.profile.Detectors;

/** Searches one text after the other. For one thread. */
final class CellSearch {

  private final IdentifierSet set;
  private final ScanRules rules;
  private final FewNumbers candidates = new FewNumbers();
  private final FewNumbers words = new FewNumbers();
  private final FewNumbers days = new FewNumbers();
  private final Set<Mark> marks = new LinkedHashSet<>();
  private final TextTokens tokens = new TextTokens(this::look);
  private byte[] bytes = new byte[64];
  private String normal = "";
  private Place place = Place.CELL;

  /** So many numbers on either side of a number show whether it is one of a series. */
  private static final int BESIDE = 10;

  private static final int MOST_DIGITS = 18;

  private static final int SIZE_OF_DAY = "2021-04-03".length();

  /** A time as manifests have it (ISO 8601), or the time in the name of a run. */
  private static final Pattern TIME_OF_RUN =
      Pattern.compile(
          "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,9})?)?Z?"
              + "|-[0-9]{8}-[0-9]{6}-[0-9a-f]{4}");

  /** How many numbers of each class were looked up since it was last taken. */
  final long[] looked = new long[Token.CLASSES];

  CellSearch(IdentifierSet set, ScanRules rules) {
    this.set = set;
    this.rules = rules;
  }

  /**
   * Searches a cell. A day as ISO 8601 writes it and a short number are looked up as what they are;
   * the search of their text finds the same.
   */
  CellHits search(byte[] cell, int start, int end, Place where) {
    if (where == Place.CELL && rules.numbers() == ScanRules.Numbers.ALL) {
      int number = QuickLook.plainNumber(cell, start, end);
      if (number >= 0) {
        clear();
        look(number, cell, start, end);
        return hits();
      }
      if (isDay(cell, start, end)) {
        return day(cell, start);
      }
    }
    return search(Texts.of(cell, start, end), where);
  }

  private static boolean isDay(byte[] cell, int start, int end) {
    return end - start == SIZE_OF_DAY
        && IsoDates.day(cell, start, end) != IsoDates.INVALID
        && DateForms.isYear(number(cell, start, 4));
  }

  private CellHits day(byte[] cell, int start) {
    clear();
    int year = number(cell, start, 4);
    int month = number(cell, start + 5, 2);
    int day = number(cell, start + 8, 2);
    for (long one : DateForms.days(year, month, day, day)) {
      days.add(one);
    }
    if (rules.finestDate() != FinestDate.DAY) {
      marks.add(Limits.DATE);
    }
    System.arraycopy(cell, start, bytes, 0, 4);
    System.arraycopy(cell, start + 5, bytes, 4, 2);
    System.arraycopy(cell, start + 8, bytes, 6, 2);
    look(Token.number(6), bytes, 0, 6);
    look(Token.number(8), bytes, 0, 8);
    return hits();
  }

  private static int number(byte[] cell, int from, int size) {
    int number = 0;
    for (int i = from; i < from + size; i++) {
      number = 10 * number + cell[i] - '0';
    }
    return number;
  }

  /**
   * Searches a text as it is and as each encoding of text reads it.
   *
   * @param place what the limits depend on
   */
  CellHits search(String text, Place place) {
    this.place = place;
    clear();
    one(text);
    for (String decoded : Encodings.readings(text)) {
      one(decoded);
    }
    return hits();
  }

  private void clear() {
    candidates.clear();
    words.clear();
    days.clear();
    marks.clear();
  }

  private CellHits hits() {
    CellHits hits =
        new CellHits(candidates.toArray(), words.toArray(), days.toArray(), Set.copyOf(marks));
    return hits.isEmpty() ? CellHits.NONE : hits;
  }

  /** Of how many digits the source has numbers: a bit for each length. */
  long lengthsOfNumbers() {
    long lengths = 0;
    for (int digits = Token.SHORTEST; digits <= Token.LONGEST; digits++) {
      lengths |= set.sizeOf(Token.number(digits)) > 0 ? 1L << digits : 0;
    }
    return lengths;
  }

  /** Whether digits are a number of the source, in a form that {@link TextTokens#number} has. */
  boolean isNumber(byte[] digits, int size) {
    int zeros = 0;
    while (zeros < size && digits[zeros] == '0') {
      zeros++;
    }
    return isNumber(digits, 0, size)
        || (zeros > 0 && isNumber(digits, zeros, size))
        || (size - zeros == 11 && digits[zeros] == '1' && isNumber(digits, zeros + 1, size));
  }

  private boolean isNumber(byte[] digits, int from, int to) {
    int tokenClass = Token.number(to - from);
    return to - from >= Token.SHORTEST
        && set.sizeOf(tokenClass) > 0
        && set.has(IdentifierSet.digest(set.key(), tokenClass, digits, from, to));
  }

  /** The name or number that cells side by side make together, and no part of it. */
  CellHits split(String joined) {
    candidates.clear();
    Segments s = tokens.segments();
    s.read(NormalText.of(joined));
    String whole = s.joined(0, s.runs);
    boolean digits = s.runs > 0 && s.digits[0];
    if (digits && whole.length() >= Token.SHORTEST && whole.length() <= Token.LONGEST) {
      TextTokens.number(whole, this::look);
    } else if (!digits && whole.length() >= TextTokens.SHORTEST_NAME) {
      look(Token.NAME, whole);
    }
    return candidates.size() == 0
        ? CellHits.NONE
        : new CellHits(candidates.toArray(), new long[0], new long[0], Set.of());
  }

  private void one(String text) {
    boolean unlikely = rules.numbers() == ScanRules.Numbers.UNLIKELY;
    normal = NormalText.of(unlikely ? TIME_OF_RUN.matcher(text).replaceAll(" . ") : text);
    tokens.read(normal);
    Limits.find(tokens.segments(), normal, rules, place, days, marks);
    Patterns.find(normal, rules, place, marks);
  }

  private void look(int tokenClass, String token) {
    looked[tokenClass]++;
    if (set.sizeOf(tokenClass) == 0) {
      return;
    }
    int n = token.length();
    if (bytes.length < n) {
      bytes = new byte[2 * n];
    }
    byte[] input = bytes;
    for (int i = 0; i < n; i++) {
      char c = token.charAt(i);
      if (c >= 0x80) {
        input = token.getBytes(StandardCharsets.UTF_8);
        n = input.length;
        break;
      }
      input[i] = (byte) c;
    }
    long digest = IdentifierSet.digest(set.key(), tokenClass, input, 0, n);
    if (set.has(digest) && !isIgnored(tokenClass, token)) {
      (isWord(tokenClass, token) ? words : candidates).add(digest);
    }
  }

  private void look(int tokenClass, byte[] digits, int from, int to) {
    looked[tokenClass]++;
    if (set.sizeOf(tokenClass) > 0) {
      long digest = IdentifierSet.digest(set.key(), tokenClass, digits, from, to);
      if (set.has(digest)) {
        candidates.add(digest);
      }
    }
  }

  private boolean isIgnored(int tokenClass, String token) {
    return rules.numbers() == ScanRules.Numbers.UNLIKELY
        && tokenClass >= Token.NUMBER
        && token.length() <= MOST_DIGITS
        && isOfSeries(tokenClass, token);
  }

  /** Whether at least half of the numbers beside a number are numbers of the source as well. */
  private boolean isOfSeries(int tokenClass, String digits) {
    long number = Long.parseLong(digits);
    int found = 0;
    for (int step = -BESIDE; step <= BESIDE; step++) {
      String beside = Long.toString(Math.max(number + step, 0));
      beside = "0".repeat(Math.max(digits.length() - beside.length(), 0)) + beside;
      byte[] input = beside.getBytes(StandardCharsets.US_ASCII);
      if (step != 0
          && input.length == digits.length()
          && set.has(IdentifierSet.digest(set.key(), tokenClass, input, 0, input.length))) {
        found++;
      }
    }
    return found >= BESIDE;
  }

  /**
   * Whether a name is written as an ordinary word that it is as well: in small letters, or as the
   * first of several words. In pages and lists of a release every such word is one.
   */
  private boolean isWord(int tokenClass, String token) {
    int run = tokens.nameRun;
    if (tokenClass != Token.NAME || run < 0 || !Detectors.usual().isOrdinaryWord(token)) {
      return false;
    }
    Segments s = tokens.segments();
    return place == Place.TEXT
        || Character.isLowerCase(normal.charAt(s.from[run]))
        || (run == 0 && s.runs > 1 && !s.digits[1]);
  }

  /** Where a text is, as far as the limits depend on it. */
  enum Place {
    /** A cell of a data file. */
    CELL,
    /** A cell of a column of ages. */
    AGE,
    /** A cell of a column of ZIP codes. */
    ZIP,
    /** Another file, a name, a description. */
    TEXT
  }
}
