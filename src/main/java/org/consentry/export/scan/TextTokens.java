package org.consentry.export.scan;

import java.util.Set;

/**
 * The tokens of a text that may equal an identifier: every word of four letters, words joined by
 * apostrophe, hyphen or particle, letters that are spread out, numbers whatever is between their
 * digits, numbers with letters, e-mail addresses, house numbers with streets. Not thread-safe.
 */
final class TextTokens {

  /** Receives tokens. */
  interface Sink {
    void token(int tokenClass, String token);
  }

  static final int SHORTEST_NAME = 4;

  private static final int SHORTEST_RECORD = 6;
  private static final int LONGEST_RECORD = 40;
  private static final int WORDS_OF_STREET = 5;
  private static final int PIECES = 24;
  private static final int CHUNKS_OF_RECORD = 6;

  private static final Set<String> PARTICLES =
      Set.of(
          "O", "D", "L", "MC", "MAC", "DE", "DI", "DA", "DO", "DU", "DOS", "DAS", "LA", "LE", "LO",
          "ST", "VAN", "VON", "DEL", "DELA", "DER", "DEN", "DELLA", "EL", "AL", "BIN", "BEN", "SAN",
          "TEN", "TER", "ZU", "ZUM", "FITZ", "SAINT");

  private final Segments s = new Segments();
  private final Sink sink;

  /** The run that is the name now given to the sink; -1 when it is made of several. */
  int nameRun = -1;

  TextTokens(Sink sink) {
    this.sink = sink;
  }

  Segments segments() {
    return s;
  }

  /** Reads a text in normal form. */
  void read(String normal) {
    s.read(normal);
    names();
    numbers();
    records();
    streets();
    if (normal.indexOf('@') >= 0) {
      emails();
    }
  }

  void names() {
    for (int i = 0; i < s.runs; i = s.chunkEnd(i)) {
      int end = s.chunkEnd(i);
      int letters = lettersOf(i, end);
      if (letters >= 0) {
        namesOfChunk(letters >>> 16, letters & 0xFFFF);
      }
      if (letters >= 0 && letters == (i << 16 | end)) {
        joinedNames(i, end);
      }
      spreadLetters(i);
    }
  }

  /**
   * The runs of letters of a chunk that has letters at one end and perhaps digits at the other,
   * packed; -1 for a chunk in which they alternate, such as a code, or that has none.
   */
  private int lettersOf(int first, int end) {
    if (end > 0xFFFE) {
      return -1;
    }
    int from = first;
    int to = end;
    if (s.digits[first]) {
      from++;
    } else if (s.digits[end - 1]) {
      to--;
    }
    for (int i = from; i < to; i++) {
      if (s.digits[i]) {
        return -1;
      }
    }
    return from < to ? from << 16 | to : -1;
  }

  private void namesOfChunk(int from, int to) {
    for (int i = from; i < to; i++) {
      name(i, i + 1);
    }
    if (to - from > 1) {
      name(from, to);
    }
  }

  private void name(int from, int to) {
    int size = s.to[to - 1] - s.from[from];
    if (size >= SHORTEST_NAME || (size >= 2 && Character.isIdeographic(s.text[s.from[from]]))) {
      nameRun = to == from + 1 ? from : -1;
      sink.token(Token.NAME, s.joined(from, to));
      nameRun = -1;
    }
  }

  /** Joins a chunk with the next two that a sign or a particle makes one name with it. */
  private void joinedNames(int first, int end) {
    int to = end;
    for (int more = 0; more < 2 && to < s.runs; more++) {
      boolean particle = s.size(to - 1) <= 5 && PARTICLES.contains(s.text(to - 1));
      boolean one =
          s.gap[to] == Segments.JOINED
              || (s.gap[to] == Segments.NEAR && particle)
              || s.isBroken(to);
      int next = s.chunkEnd(to);
      if (!one || lettersOf(to, next) != (to << 16 | next)) {
        return;
      }
      to = next;
      String joined = s.joined(first, to);
      if (joined.length() >= SHORTEST_NAME) {
        sink.token(Token.NAME, joined);
      }
    }
  }

  /** J o h n, J.O.H.N. */
  private void spreadLetters(int first) {
    if (s.size(first) != 1 || s.digits[first]) {
      return;
    }
    int end = first + 1;
    while (end < s.runs
        && end - first < PIECES
        && s.size(end) == 1
        && !s.digits[end]
        && s.gap[end] != Segments.FAR) {
      end++;
      if (end - first >= SHORTEST_NAME) {
        sink.token(Token.NAME, s.joined(first, end));
      }
    }
  }

  void numbers() {
    for (int i = 0; i < s.runs; i++) {
      if (s.digits[i] && !s.isOfCode(i)) {
        numbersFrom(i);
      }
    }
  }

  private void numbersFrom(int first) {
    int total = 0;
    for (int i = first; i < s.runs && i - first < PIECES && s.digits[i]; i++) {
      if (i > first && s.gap[i] == Segments.FAR) {
        return;
      }
      total += s.size(i);
      if (total > Token.LONGEST) {
        return;
      }
      if (total >= Token.SHORTEST && !isDecimal(first, i)) {
        number(s.joined(first, i + 1), sink);
      }
      if (total == 7 && i == first + 1 && s.size(first) == 3) {
        sink.token(Token.LOCAL_PHONE, s.joined(first, i + 1));
      }
    }
  }

  /** An amount or a measured value of up to eight digits. */
  private boolean isDecimal(int first, int last) {
    return last == first + 1
        && s.gap[last] == Segments.JOINED
        && s.text[s.to[first]] == '.'
        && (first == 0 || !s.digits[first - 1] || s.gap[first] == Segments.FAR)
        && (last + 1 == s.runs || !s.digits[last + 1] || s.gap[last + 1] == Segments.FAR)
        && s.size(first) + s.size(last) < 9;
  }

  /** A number as it is written, without leading zeros, and without the country code 1. */
  static void number(String digits, Sink sink) {
    sink.token(Token.number(digits.length()), digits);
    int zeros = 0;
    while (zeros < digits.length() && digits.charAt(zeros) == '0') {
      zeros++;
    }
    if (zeros > 0 && digits.length() - zeros >= Token.SHORTEST) {
      sink.token(Token.number(digits.length() - zeros), digits.substring(zeros));
    }
    if (digits.length() - zeros == 11 && digits.charAt(zeros) == '1') {
      sink.token(Token.number(10), digits.substring(zeros + 1));
    }
  }

  void records() {
    for (int i = 0; i < s.runs; i = s.chunkEnd(i)) {
      recordsFrom(i);
    }
  }

  private void recordsFrom(int first) {
    int end = first;
    boolean small = true;
    for (int chunks = 0; chunks < CHUNKS_OF_RECORD && end < s.runs; chunks++) {
      int next = s.chunkEnd(end);
      small &= s.to[next - 1] - s.from[end] <= 4;
      boolean joins = chunks == 0 || s.gap[end] == Segments.JOINED;
      if (!joins && !(small && s.gap[end] == Segments.NEAR)) {
        return;
      }
      end = next;
      if (!record(first, end, sink)) {
        return;
      }
    }
  }

  /** A number with letters; false when it is too long, and so is every longer one. */
  boolean record(int first, int end, Sink into) {
    int size = 0;
    int digits = 0;
    for (int i = first; i < end; i++) {
      size += s.size(i);
      digits += s.digits[i] ? s.size(i) : 0;
    }
    if (size > LONGEST_RECORD) {
      return false;
    }
    if (size >= SHORTEST_RECORD && digits >= 2 && digits < size) {
      into.token(Token.RECORD, s.joined(first, end));
    }
    return true;
  }

  private void streets() {
    for (int i = 0; i < s.runs; i++) {
      if (s.digits[i] && s.gap[i] != Segments.GLUED && s.size(i) <= 6) {
        streetsFrom(i);
      }
    }
  }

  private void streetsFrom(int first) {
    int at = s.chunkEnd(first);
    StringBuilder street = new StringBuilder(s.joined(first, at));
    for (int word = 0; word < WORDS_OF_STREET && at < s.runs; word++) {
      if (s.gap[at] == Segments.FAR) {
        return;
      }
      int next = s.chunkEnd(at);
      street.append(' ').append(StreetWords.canonical(s.joined(at, next)));
      sink.token(Token.STREET, street.toString());
      at = next;
    }
  }

  void emails() {
    for (int at = 1; at < s.length - 1; at++) {
      if (s.text[at] == '@') {
        int from = at;
        while (from > 0 && isLocal(s.text[from - 1])) {
          from--;
        }
        int to = at + 1;
        while (to < s.length && isDomain(s.text[to])) {
          to++;
        }
        while (to > at && (s.text[to - 1] == '.' || s.text[to - 1] == '-')) {
          to--;
        }
        while (from < at && s.text[from] == '.') {
          from++;
        }
        if (from < at && to > at + 1) {
          email(new String(s.text, from, at - from), new String(s.text, at, to - at));
        }
      }
    }
  }

  private void email(String local, String domain) {
    sink.token(Token.EMAIL, local + domain);
    int plus = local.indexOf('+');
    if (plus > 0) {
      sink.token(Token.EMAIL, local.substring(0, plus) + domain);
    }
  }

  private static boolean isLocal(char c) {
    return Character.isLetterOrDigit(c) || "._%+-'".indexOf(c) >= 0;
  }

  private static boolean isDomain(char c) {
    return Character.isLetterOrDigit(c) || c == '.' || c == '-';
  }
}
