package org.consentry.export.scan;

/**
 * The tokens by which a value of the source is recognised in a release; the counterpart of {@link
 * TextTokens}. Not thread-safe.
 */
final class SourceTokens {

  /** A value with more words is a text, of which no word is a name. */
  private static final int WORDS_OF_NAME = 6;

  private static final int DIGITS_BEHIND_NAME = 4;

  private final TextTokens.Sink sink;
  private final TextTokens tokens;
  private final Segments s;

  SourceTokens(TextTokens.Sink sink) {
    this.sink = sink;
    tokens = new TextTokens(sink);
    s = tokens.segments();
  }

  void read(String value) {
    String normal = NormalText.of(value).strip();
    s.read(normal);
    if (normal.indexOf('@') > 0) {
      tokens.emails();
      return;
    }
    int digits = 0;
    for (int i = 0; i < s.runs; i++) {
      digits += s.digits[i] ? 1 : 0;
    }
    if (digits < s.runs) {
      names(value);
    }
    if (digits > 0 && DateForms.whole(normal).length == 0) {
      numbers();
      if (digits < s.runs && !street()) {
        tokens.record(0, s.runs, sink);
      }
    }
  }

  private void names(String value) {
    int words = 0;
    for (int i = 0; i < s.runs; i = s.chunkEnd(i)) {
      words++;
      int end = s.chunkEnd(i);
      boolean plain = !s.digits[i];
      for (int j = i + 1; j < end; j++) {
        plain &= !s.digits[j] || (j == end - 1 && s.size(j) <= DIGITS_BEHIND_NAME);
      }
      if (!plain) {
        return;
      }
    }
    if (words > WORDS_OF_NAME || s.gap.length == 0) {
      return;
    }
    tokens.names();
    String spelled = spelledOut(value);
    if (!spelled.equals(value)) {
      new SourceTokens(sink).read(spelled);
    }
  }

  /** German letters as they are written where there are none. */
  private static String spelledOut(String value) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < value.length(); i++) {
      int at = "äöüÄÖÜ".indexOf(value.charAt(i));
      out.append(at < 0 ? value.substring(i, i + 1) : "aeoeueAEOEUE".substring(2 * at, 2 * at + 2));
    }
    return out.toString();
  }

  private void numbers() {
    for (int i = 0; i < s.runs; ) {
      int end = i + 1;
      int total = s.size(i);
      while (s.digits[i] && end < s.runs && s.digits[end] && s.gap[end] != Segments.FAR) {
        total += s.size(end);
        end++;
      }
      if (s.digits[i] && total >= Token.SHORTEST) {
        sequence(i, end, total);
      }
      i = end;
    }
  }

  private void sequence(int first, int end, int total) {
    if (total <= Token.LONGEST) {
      String digits = s.joined(first, end);
      TextTokens.number(digits, sink);
      local(digits);
      return;
    }
    for (int i = first; i < end; i++) {
      if (s.size(i) >= Token.SHORTEST && s.size(i) <= Token.LONGEST) {
        TextTokens.number(s.text(i), sink);
      }
    }
  }

  /** Ten digits, of which neither area nor exchange begins with 0 or 1 (NANP). */
  private void local(String digits) {
    String national =
        digits.length() == 11 && digits.charAt(0) == '1' ? digits.substring(1) : digits;
    if (national.length() == 10 && national.charAt(0) > '1' && national.charAt(3) > '1') {
      sink.token(Token.LOCAL_PHONE, national.substring(3));
    }
  }

  /** House number and words up to the flat; false when the value is no such address. */
  private boolean street() {
    int at = s.chunkEnd(0);
    if (!s.digits[0] || s.size(0) > 6 || at == s.runs || s.gap[at] != Segments.NEAR) {
      return false;
    }
    if (s.digits[at] && s.chunkEnd(at) == at + 1) {
      return false; // A telephone number, such as 1 520 555 0134.
    }
    StringBuilder street = new StringBuilder(s.joined(0, at));
    String withoutSuffix = "";
    int words = 0;
    while (at < s.runs && words < 5 && s.gap[at] != Segments.FAR) {
      int next = s.chunkEnd(at);
      String word = s.joined(at, next);
      if (StreetWords.isUnit(word) || (words > 0 && s.digits[at])) {
        break;
      }
      if (words > 0 && StreetWords.isSuffix(word)) {
        withoutSuffix = street.toString();
      }
      street.append(' ').append(StreetWords.canonical(word));
      words++;
      at = next;
    }
    if (words == 0) {
      return false;
    }
    sink.token(Token.STREET, street.toString());
    if (!withoutSuffix.isEmpty() && s.size(0) >= 3) {
      sink.token(Token.STREET, withoutSuffix);
    }
    return true;
  }
}
