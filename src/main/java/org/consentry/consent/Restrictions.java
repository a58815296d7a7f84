package org.consentry.consent;

import java.util.ArrayList;
import java.util.List;

/**
 * The lines that may restrict, in the order of the file, in sixteen bytes each. Filled by one
 * thread, then read-only.
 *
 * <p><b>Security promise:</b> it has digests and line numbers, and its text form shows how many.
 */
public final class Restrictions {

  /** What a restriction counts for. */
  public enum Force {
    /** It restricts a patient of the subjects table. */
    COUNTS,
    /** The subjects table knows no patient with a similar id. */
    OF_UNKNOWN,
    /** Its status takes its force away. */
    WITHOUT_FORCE
  }

  private static final int PAGE_BITS = 12;
  private static final int PAGE = 1 << PAGE_BITS;

  /** Some restrictions, column by column. */
  private static final class Page {
    final long[] digest = new long[PAGE];
    final int[] line = new int[PAGE];
    final Force[] force = new Force[PAGE];
  }

  private final List<Page> pages = new ArrayList<>();
  private int size;

  /**
   * Adds the next one.
   *
   * @param digest as of a {@link RestrictionDigest}
   * @param line where the line is, from 1
   */
  public void add(long digest, long line, Force force) {
    int at = size++ & (PAGE - 1);
    if (at == 0) {
      pages.add(new Page());
    }
    Page page = pages.get(pages.size() - 1);
    page.digest[at] = digest;
    page.line[at] = Math.toIntExact(line);
    page.force[at] = force;
  }

  /** How many there are. */
  public int size() {
    return size;
  }

  /** The digest of one, by its number from 0. */
  public long digest(int number) {
    return page(number).digest[number & (PAGE - 1)];
  }

  /** Where the line of one is, from 1. */
  public int line(int number) {
    return page(number).line[number & (PAGE - 1)];
  }

  /** What one counts for. */
  public Force force(int number) {
    return page(number).force[number & (PAGE - 1)];
  }

  private Page page(int number) {
    return pages.get(number >>> PAGE_BITS);
  }

  @Override
  public String toString() {
    return "Restrictions[" + size + "]";
  }
}
