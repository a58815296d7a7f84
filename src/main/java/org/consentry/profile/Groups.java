package org.consentry.profile;

/**
 * The groups of digits from one place of a text on, with what separates them: {@code 480-555-0165}
 * has three groups and the separator {@code -} twice. At most nine groups of at most forty digits
 * are read, so that reading from every place of a text stays linear. Reused; not thread-safe.
 */
final class Groups {

  private static final int MOST = 9;
  private static final int LONGEST = 40;

  /** No separator: the text goes on with something else. */
  static final char END = 0;

  private final int[] starts = new int[MOST];
  private final int[] ends = new int[MOST];
  private final char[] separators = new char[MOST];
  private int count;
  private CharSequence text = "";

  /**
   * Reads the groups that begin at a digit.
   *
   * <p>A separator is one blank, hyphen, dot, slash or colon. Parentheses around a group belong to
   * the separator: {@code (} before it and {@code )} behind it.
   */
  void read(CharSequence of, int start) {
    text = of;
    count = 0;
    int at = start;
    while (count < MOST) {
      int end = at;
      while (end < of.length() && end - at < LONGEST && Chars.isDigit(of.charAt(end))) {
        end++;
      }
      if (end == at) {
        break;
      }
      starts[count] = at;
      ends[count] = end;
      int next = separatorEnd(end);
      separators[count] = next == end ? END : separator(of, end, next);
      count++;
      if (next == end) {
        break;
      }
      at = next;
    }
  }

  int count() {
    return count;
  }

  int start(int group) {
    return starts[group];
  }

  int end(int group) {
    return ends[group];
  }

  int length(int group) {
    return ends[group] - starts[group];
  }

  /** What follows a group: blank, {@code - . / : ( )}, or {@link #END}. */
  char separator(int group) {
    return separators[group];
  }

  /** The number that a group is; at most nine digits of it. */
  int number(int group) {
    return Chars.number(text, starts[group], Math.min(ends[group], starts[group] + 9));
  }

  /** Whether the first groups have exactly these lengths and nothing like them follows. */
  boolean shaped(int... lengths) {
    if (count < lengths.length) {
      return false;
    }
    for (int i = 0; i < lengths.length; i++) {
      if (length(i) != lengths[i]) {
        return false;
      }
    }
    return endsAfter(lengths.length);
  }

  /** Whether the first groups are separated by one and the same of these characters. */
  boolean separatedBy(String allowed, int groups) {
    for (int i = 0; i < groups - 1; i++) {
      if (separators[i] != separators[0] || allowed.indexOf(separators[i]) < 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether a number of so many groups ends there: no letter follows, and no further group with the
   * separator that its own groups have.
   */
  boolean endsAfter(int groups) {
    char after = separators[groups - 1];
    if (after == END) {
      int end = ends[groups - 1];
      char next = Chars.at(text, end);
      boolean joined = Chars.isHyphen(next) && Chars.isLetter(Chars.at(text, end + 1));
      boolean extension = (next | 32) == 'x' && Chars.isDigit(Chars.at(text, end + 1));
      return (!Chars.isLetter(next) || extension) && !joined;
    }
    return after != '-'
        && after != '/'
        && after != ':'
        && (after != '.' || groups < 2 || separators[0] != '.');
  }

  /** Whether {@code T} and a digit follow a group, as between a date and a time. */
  boolean isTimeAfter(int group) {
    char t = Chars.at(text, ends[group]);
    return (t == 'T' || t == 't') && Chars.isDigit(Chars.at(text, ends[group] + 1));
  }

  /** The digits of the first groups, one after the other. */
  int digits(int groups, byte[] into) {
    int n = 0;
    for (int g = 0; g < groups; g++) {
      for (int i = starts[g]; i < ends[g]; i++) {
        if (n == into.length) {
          return into.length + 1;
        }
        into[n++] = (byte) (text.charAt(i) - '0');
      }
    }
    return n;
  }

  private int separatorEnd(int from) {
    int at = from;
    if (Chars.at(text, at) == ')') {
      at++;
    }
    char c = Chars.at(text, at);
    if (Chars.isBlank(c) || Chars.isHyphen(c) || c == '.' || c == '/' || c == ':') {
      at++;
    }
    if (Chars.at(text, at) == '(') {
      at++;
    }
    return at > from && Chars.isDigit(Chars.at(text, at)) ? at : from;
  }

  private static char separator(CharSequence text, int start, int end) {
    char first = text.charAt(start);
    if (first == ')' || text.charAt(end - 1) == '(') {
      return first == ')' ? ')' : '(';
    }
    if (Chars.isBlank(first)) {
      return ' ';
    }
    return Chars.isHyphen(first) ? '-' : first;
  }
}
