package org.consentry.consent;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the decider keeps of each line: thirty bytes in pages of flat arrays, chained per subject,
 * and a table of line ids. Not thread-safe.
 *
 * <p>Line ids are kept as 64-bit hashes. Two different ids that meet under one hash look like one
 * duplicated id, which refuses; a hash never makes a restriction miss its line.
 */
final class LineStore {

  /** No line. */
  static final int NONE = -1;

  private static final int PAGE_BITS = 14;
  private static final int PAGE_LINES = 1 << PAGE_BITS;
  private static final int IN_PAGE = PAGE_LINES - 1;

  /** The lines of one page, column by column. */
  private static final class Page {
    final int[] next = new int[PAGE_LINES];
    final long[] id = new long[PAGE_LINES];
    final long[] signed = new long[PAGE_LINES];
    final short[] flags = new short[PAGE_LINES];
    final byte[] failed = new byte[PAGE_LINES];
    final byte[] span = new byte[PAGE_LINES];
    final int[] scope = new int[PAGE_LINES];
    final int[] refs = new int[PAGE_LINES];
  }

  private final List<Page> pages = new ArrayList<>();
  private final long[] spans = new long[Byte.MAX_VALUE + 1];
  private final int[] heads;
  private int[] byId;
  private int spansKnown;
  private int size;
  private int entered;

  LineStore(int subjects) {
    heads = new int[subjects];
    Arrays.fill(heads, NONE);
    byId = new int[2 << Math.max(9, Integer.SIZE - Integer.numberOfLeadingZeros(subjects))];
  }

  /** Adds a line and returns its number. */
  int add(int subject, LineFacts line) {
    int number = add(subject, line.id(), line.flags());
    Page page = page(number);
    int at = number & IN_PAGE;
    page.failed[at] = line.failed();
    if (line.signedFrom() != ConsentLine.NO_TIME) {
      page.signed[at] = line.signedFrom();
      page.span[at] = span(line.signedTo() - line.signedFrom());
    }
    return number;
  }

  /** Adds a line of which only the id counts. */
  int add(int subject, long id, int flags) {
    int line = add(id, flags, heads[subject]);
    heads[subject] = line;
    return line;
  }

  /** Adds a line of an unknown patient: only its id counts. */
  int addOfUnknown(long id) {
    return add(id, 0, NONE);
  }

  private int add(long id, int flags, int next) {
    if ((size & IN_PAGE) == 0) {
      pages.add(new Page());
    }
    int line = size++;
    Page page = page(line);
    int at = line & IN_PAGE;
    page.next[at] = next;
    page.id[at] = id;
    page.signed[at] = ConsentLine.NO_TIME;
    page.flags[at] = (short) flags;
    page.refs[at] = NONE;
    return line;
  }

  /**
   * Enters the line under its id.
   *
   * @return the line that had the id before, or {@link #NONE}
   */
  int enter(int line) {
    int slot = slotOf(id(line));
    if (byId[slot] != 0) {
      return byId[slot] - 1;
    }
    byId[slot] = line + 1;
    entered++;
    if (entered * 4L > byId.length * 3L) {
      grow();
    }
    return NONE;
  }

  /** A line that was entered under an id, or {@link #NONE}. */
  int find(long id) {
    return byId[slotOf(id)] - 1;
  }

  /** Where the line under an id is entered, or would be. */
  private int slotOf(long id) {
    int mask = byId.length - 1;
    int slot = (int) (id ^ (id >>> 32)) & mask;
    while (byId[slot] != 0 && id(byId[slot] - 1) != id) {
      slot = (slot + 1) & mask;
    }
    return slot;
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

  private byte span(long micros) {
    int code = 0;
    while (code < spansKnown && spans[code] != micros) {
      code++;
    }
    if (code > Byte.MAX_VALUE) {
      throw new IllegalStateException("more than 128 precisions of a date");
    }
    if (code == spansKnown) {
      spans[spansKnown++] = micros;
    }
    return (byte) code;
  }

  void scope(int line, int offset) {
    page(line).scope[line & IN_PAGE] = offset;
  }

  void refs(int line, int offset) {
    page(line).refs[line & IN_PAGE] = offset;
  }

  void mark(int line, int flag) {
    page(line).flags[line & IN_PAGE] |= (short) flag;
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

  boolean has(int line, int flag) {
    return (page(line).flags[line & IN_PAGE] & flag) != 0;
  }

  byte failed(int line) {
    return page(line).failed[line & IN_PAGE];
  }

  int scope(int line) {
    return page(line).scope[line & IN_PAGE];
  }

  int refs(int line) {
    return page(line).refs[line & IN_PAGE];
  }

  /** Earliest moment of the signature, or {@link ConsentLine#NO_TIME}. */
  long signedFrom(int line) {
    return page(line).signed[line & IN_PAGE];
  }

  /** Latest moment of the signature, or {@link ConsentLine#NO_TIME}. */
  long signedTo(int line) {
    long from = signedFrom(line);
    return from == ConsentLine.NO_TIME ? from : from + spans[page(line).span[line & IN_PAGE]];
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

  private void grow() {
    int[] old = byId;
    byId = new int[Math.multiplyExact(old.length, 2)];
    for (int entry : old) {
      if (entry != 0) {
        byId[slotOf(id(entry - 1))] = entry;
      }
    }
  }
}
