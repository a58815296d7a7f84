package org.consentry.consent;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;

/**
 * What the decider keeps of each line: twenty bytes in pages of flat arrays, chained per subject.
 * What many lines have in common is in a pool, each different one once. Filled by one thread; then
 * any number of threads may read, and each may mark lines of other subjects than the others do.
 *
 * <p>Line ids are kept as 64-bit hashes. Two different ids that meet under one hash look like one
 * duplicated id, which refuses; a hash never makes a restriction miss its line.
 */
final class LineStore {

  /** No line. */
  static final int NONE = -1;

  /** A line without a moratorium. */
  static final int NO_MORATORIUM = Integer.MIN_VALUE;

  /** A moratorium without a last day. */
  static final int NO_LAST_DAY = Integer.MIN_VALUE + 1;

  private static final int PAGE_BITS = 14;
  private static final int PAGE_LINES = 1 << PAGE_BITS;
  private static final int IN_PAGE = PAGE_LINES - 1;

  /** Marks of a line, beside the offset of what it has in common with others. */
  private static final int DUPLICATED = 1 << 31;

  private static final int WITHDRAWS = 1 << 30;
  private static final int TAKEN_BACK = 1 << 29;
  private static final int HAS_REFS = 1 << 28;
  private static final int COMMON = HAS_REFS - 1;

  /** What lines have in common, by position: flags, code of the check that failed, ... */
  private static final int FAILED = 1;

  private static final int SCOPE = 2;
  private static final int MORATORIUM = SCOPE + LineScope.WORDS;
  private static final int SPAN = MORATORIUM + 1;
  private static final int WORDS = SPAN + 2;

  /** The lines of one page, column by column. */
  private static final class Page {
    final int[] next = new int[PAGE_LINES];
    final long[] id = new long[PAGE_LINES];
    final int[] common = new int[PAGE_LINES];

    /** Where the signatures of all lines are whole seconds of the time that four bytes have. */
    int[] seconds = new int[PAGE_LINES];

    /** The signatures of a page that has another one. */
    long[] micros = new long[0];
  }

  private static final long SECOND = 1_000_000;

  /** The first second is in the year 1931, the last one in 2068. */
  private static final long YEAR_2000 = 946_684_800;

  private static final int NO_SECOND = Integer.MIN_VALUE;

  private final List<Page> pages = new ArrayList<>();
  private final IntPool pool = new IntPool();
  private final int[] words = new int[WORDS];
  private final int[] heads;
  private final LineRefs refs = new LineRefs();
  private String file = "";
  private int size;

  /** Numbers of lines whose place is not the line after that of the one before, and the place. */
  private int[] leaps = new int[8];

  private int leapsKnown;
  private long expected = -1;

  LineStore(int subjects) {
    heads = new int[subjects];
    Arrays.fill(heads, NONE);
  }

  /** Adds a line of a subject and returns its number. */
  int add(int subject, LineFacts line) {
    words[0] = line.flags();
    words[FAILED] = line.failed();
    words[SCOPE] = line.scope().categories();
    words[SCOPE + 1] = line.scope().from();
    words[SCOPE + 2] = line.scope().to();
    words[MORATORIUM] =
        line.moratorium()
            .map(until -> until.map(day -> (int) day.toEpochDay()).orElse(NO_LAST_DAY))
            .orElse(NO_MORATORIUM);
    long span = line.signedTo() - line.signedFrom();
    words[SPAN] = (int) (span >>> Integer.SIZE);
    words[SPAN + 1] = (int) span;
    return add(subject, line.id(), line.place(), line.signedFrom());
  }

  /** Adds a line of which only id and flags count. */
  int add(int subject, long id, int flags, Place place) {
    Arrays.fill(words, 0);
    words[0] = flags;
    words[MORATORIUM] = NO_MORATORIUM;
    return add(subject, id, place, ConsentLine.NO_TIME);
  }

  /** Adds a line of an unknown patient: only its id counts. */
  int addOfUnknown(long id, Place place) {
    return add(NONE, id, 0, place);
  }

  private int add(int subject, long id, Place place, long signed) {
    if ((size & IN_PAGE) == 0) {
      pages.add(new Page());
    }
    int line = size++;
    Page page = page(line);
    int at = line & IN_PAGE;
    page.id[at] = id;
    page.common[at] = common(pool.intern(words), place);
    sign(page, at, signed);
    page.next[at] = NONE;
    if (subject != NONE) {
      page.next[at] = heads[subject];
      heads[subject] = line;
    }
    place(line, place);
    return line;
  }

  /**
   * What a page has of where the words of a line are.
   *
   * @throws ProblemException category FILES_INVALID when lines before it differ in so many ways
   *     that there is no room for more
   */
  static int common(int offset, Place place) {
    if (offset > COMMON) {
      throw ProblemException.of(
          Category.FILES_INVALID,
          "TOO_MANY_CONSENT_LINES",
          place,
          "the consent lines up to here differ in more ways than one run can decide on",
          "divide the patients among several jobs, each with a source and consent lines of its own");
    }
    return offset;
  }

  private static void sign(Page page, int at, long signed) {
    long second = Math.floorDiv(signed, SECOND) - YEAR_2000;
    boolean isShort =
        signed == ConsentLine.NO_TIME
            || (second * SECOND + YEAR_2000 * SECOND == signed
                && second > NO_SECOND
                && second <= Integer.MAX_VALUE);
    if (!isShort && page.micros.length == 0) {
      long[] micros = new long[PAGE_LINES];
      for (int i = 0; i < at; i++) {
        micros[i] = micros(page.seconds[i]);
      }
      page.micros = micros;
      page.seconds = new int[0];
    }
    if (page.micros.length > 0) {
      page.micros[at] = signed;
    } else {
      page.seconds[at] = signed == ConsentLine.NO_TIME ? NO_SECOND : (int) second;
    }
  }

  private static long micros(int second) {
    return second == NO_SECOND ? ConsentLine.NO_TIME : (second + YEAR_2000) * SECOND;
  }

  private void place(int line, Place place) {
    file = place.file();
    if (place.line() != expected) {
      if (2 * leapsKnown == leaps.length) {
        leaps = Arrays.copyOf(leaps, leaps.length * 2);
      }
      leaps[2 * leapsKnown] = line;
      leaps[2 * leapsKnown++ + 1] = Math.toIntExact(place.line());
    }
    expected = place.line() + 1;
  }

  /** Where a line is. */
  Place place(int line) {
    int low = 0;
    int high = leapsKnown - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (leaps[2 * middle] <= line) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return Place.of(file, leaps[2 * low + 1] + (long) line - leaps[2 * low]);
  }

  /** Remembers which lines a line names. */
  void names(int line, LineFacts facts) {
    if (!facts.names().isEmpty()) {
      refs.add(line, facts.names());
      page(line).common[line & IN_PAGE] |= HAS_REFS;
    }
  }

  /** Where {@link #refs()} has what a line names, or {@link #NONE}. */
  int refs(int line) {
    return (page(line).common[line & IN_PAGE] & HAS_REFS) == 0 ? NONE : refs.of(line);
  }

  /** What lines name. */
  LineRefs refs() {
    return refs;
  }

  /** Number of lines. */
  int size() {
    return size;
  }

  /** Whether a subject has a line under an id. */
  boolean has(int subject, long id) {
    for (int line = heads[subject]; line != NONE; line = next(line)) {
      if (id(line) == id) {
        return true;
      }
    }
    return false;
  }

  /** Marks a line as DUPLICATED, WITHDRAWS or TAKEN_BACK. */
  void mark(int line, int flag) {
    page(line).common[line & IN_PAGE] |=
        switch (flag) {
          case SubjectDecision.DUPLICATED -> DUPLICATED;
          case SubjectDecision.WITHDRAWS -> WITHDRAWS;
          case SubjectDecision.TAKEN_BACK -> TAKEN_BACK;
          default -> throw new IllegalArgumentException("no mark");
        };
  }

  int head(int subject) {
    return heads[subject];
  }

  int next(int line) {
    return page(line).next[line & IN_PAGE];
  }

  long id(int line) {
    return page(line).id[line & IN_PAGE];
  }

  /** Whether a line has one of some flags. */
  boolean has(int line, int flags) {
    int common = page(line).common[line & IN_PAGE];
    int marks =
        (common < 0 ? SubjectDecision.DUPLICATED : 0)
            | ((common & WITHDRAWS) == 0 ? 0 : SubjectDecision.WITHDRAWS)
            | ((common & TAKEN_BACK) == 0 ? 0 : SubjectDecision.TAKEN_BACK);
    return ((pool.word(common & COMMON) | marks) & flags) != 0;
  }

  byte failed(int line) {
    return (byte) pool.word(commonOf(line) + FAILED);
  }

  /**
   * The last day of a permit's moratorium, since 1970-01-01; {@link #NO_LAST_DAY} or, as the
   * smallest number, {@link #NO_MORATORIUM}.
   */
  int moratorium(int line) {
    return pool.word(commonOf(line) + MORATORIUM);
  }

  /** The words of a line's {@link LineScope}. */
  int[] scope(int line) {
    int at = commonOf(line) + SCOPE;
    return new int[] {pool.word(at), pool.word(at + 1), pool.word(at + 2)};
  }

  /** A positive number, the same for lines that are equal but for ids, time and what they name. */
  int commonOf(int line) {
    return page(line).common[line & IN_PAGE] & COMMON;
  }

  /** Earliest moment of the signature, or {@link ConsentLine#NO_TIME}. */
  long signedFrom(int line) {
    Page page = page(line);
    int at = line & IN_PAGE;
    return page.micros.length > 0 ? page.micros[at] : micros(page.seconds[at]);
  }

  /** Latest moment of the signature, or {@link ConsentLine#NO_TIME}. */
  long signedTo(int line) {
    long from = signedFrom(line);
    int at = commonOf(line) + SPAN;
    return from == ConsentLine.NO_TIME
        ? from
        : from + ((long) pool.word(at) << Integer.SIZE | Integer.toUnsignedLong(pool.word(at + 1)));
  }

  /** The hash under which a line id is kept. */
  static long hash(String id) {
    long h = id.length() * 0x9E3779B97F4A7C15L;
    for (int i = 0; i < id.length(); i++) {
      h = (h ^ id.charAt(i)) * 0xBF58476D1CE4E5B9L;
      h ^= h >>> 29;
    }
    h *= 0x94D049BB133111EBL;
    return h ^ (h >>> 31);
  }

  private Page page(int line) {
    return pages.get(line >>> PAGE_BITS);
  }
}
