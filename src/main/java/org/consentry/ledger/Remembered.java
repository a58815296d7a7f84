package org.consentry.ledger;

import java.util.Arrays;
import java.util.BitSet;
import java.util.function.IntPredicate;
import java.util.function.IntToLongFunction;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * What is remembered of restrictions: keyed digests in ascending order, each once, with the line
 * each was last seen on, in twelve bytes. Immutable.
 */
public final class Remembered {

  private final long lines;
  private final long[] digests;
  private final int[] on;

  /** Digests must be in ascending order, each once; the arrays are not copied. */
  Remembered(long lines, long[] digests, int[] on) {
    this.lines = lines;
    this.digests = digests;
    this.on = on;
  }

  /** Nothing, of a file without lines. */
  public static final Remembered NOTHING = new Remembered(0, new long[0], new int[0]);

  /**
   * What was read.
   *
   * @param lines how many consent lines
   * @param numbers those of the restrictions to remember, each time in the same order
   * @param digest the digest of each, by its number
   * @param line the line of each; where digests are equal, that of the last counts
   */
  public static Remembered of(
      long lines, Supplier<IntStream> numbers, IntToLongFunction digest, IntUnaryOperator line) {
    long[] digests = new long[(int) numbers.get().count()];
    int[] end = new int[1];
    numbers.get().forEach(number -> digests[end[0]++] = digest.applyAsLong(number));
    Arrays.sort(digests);
    int size = 0;
    for (int i = 0; i < digests.length; i++) {
      if (i == 0 || digests[i] != digests[i - 1]) {
        digests[size++] = digests[i];
      }
    }
    long[] distinct = size == digests.length ? digests : Arrays.copyOf(digests, size);
    Remembered sorted = new Remembered(lines, distinct, new int[size]);
    numbers
        .get()
        .forEach(
            number -> sorted.on[sorted.find(digest.applyAsLong(number))] = line.applyAsInt(number));
    return sorted;
  }

  /** Consent lines that the last run read. */
  public long lines() {
    return lines;
  }

  /** How many restrictions. */
  public int size() {
    return digests.length;
  }

  /** The digest at a place in the order. */
  public long digest(int place) {
    return digests[place];
  }

  /** The line on which the restriction at a place was last seen. */
  public int on(int place) {
    return on[place];
  }

  /** The place of a digest, or a negative number. */
  private int find(long digest) {
    return Arrays.binarySearch(digests, digest);
  }

  /**
   * The restrictions that are not among others.
   *
   * @param count how many others
   * @param digest the digest of each of them
   */
  public Remembered without(int count, IntToLongFunction digest) {
    BitSet there = new BitSet(size());
    for (int i = 0; i < count; i++) {
      int place = find(digest.applyAsLong(i));
      if (place >= 0) {
        there.set(place);
      }
    }
    return only(place -> !there.get(place));
  }

  /**
   * The same lines and the restrictions of both; where both have one, its line is that of these.
   */
  public Remembered and(Remembered others) {
    Remembered more = others.only(place -> find(others.digest(place)) < 0);
    int both = size() + more.size();
    return of(
        lines,
        () -> IntStream.range(0, both),
        i -> i < size() ? digests[i] : more.digests[i - size()],
        i -> i < size() ? on[i] : more.on[i - size()]);
  }

  /** The same restrictions of another number of lines. */
  public Remembered ofLines(long number) {
    return new Remembered(number, digests, on);
  }

  private Remembered only(IntPredicate wanted) {
    long[] some = new long[size()];
    int[] someOn = new int[size()];
    int found = 0;
    for (int place = 0; place < size(); place++) {
      if (wanted.test(place)) {
        some[found] = digests[place];
        someOn[found++] = on[place];
      }
    }
    return found == size()
        ? this
        : new Remembered(lines, Arrays.copyOf(some, found), Arrays.copyOf(someOn, found));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Remembered same
        && lines == same.lines
        && Arrays.equals(digests, same.digests)
        && Arrays.equals(on, same.on);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(digests);
  }

  /** Shows how many there are and nothing else. */
  @Override
  public String toString() {
    return "Remembered[" + size() + " of " + lines + " lines]";
  }
}
