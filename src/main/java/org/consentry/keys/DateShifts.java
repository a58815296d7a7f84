package org.consentry.keys;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.function.ToIntFunction;
import org.consentry.data.Prf;
import org.consentry.data.SubjectKeys;

/**
 * Shifts of dates, one per subject, so that intervals within a subject survive. Uniform by
 * rejection sampling over the allowed shifts; never zero.
 *
 * <p>The function of {@code id || 00 || counter} (four bytes, big-endian, from 0) is read as eight
 * big-endian 32-bit numbers; the first number below the largest multiple of the count of allowed
 * shifts chooses among them in ascending order. Shifts by whole weeks have 01 in the place of 00,
 * so that one shift of a subject reveals nothing of the other.
 */
public final class DateShifts {

  private static final int DAYS_IN_WEEK = 7;

  private DateShifts() {}

  /**
   * A shift in days.
   *
   * @param id the subject's id in normal form
   * @param maxDays at least 1
   * @return -maxDays to maxDays, not 0
   */
  public static int days(Prf prf, byte[] id, int maxDays) {
    requireAtLeast(maxDays, 1);
    return draw(prf, id, (byte) 0, maxDays);
  }

  /**
   * A shift in days that keeps the day of the week: a multiple of seven.
   *
   * @param id the subject's id in normal form
   * @param maxDays at least 7
   * @return -maxDays to maxDays, not 0
   */
  public static int wholeWeeks(Prf prf, byte[] id, int maxDays) {
    requireAtLeast(maxDays, DAYS_IN_WEEK);
    return DAYS_IN_WEEK * draw(prf, id, (byte) 1, maxDays / DAYS_IN_WEEK);
  }

  /**
   * The {@link #days} of many subjects.
   *
   * @param selected whose shift is wanted
   * @return one shift per subject, 0 for those not selected
   */
  public static int[] days(Prf prf, SubjectKeys keys, IntPredicate selected, int maxDays) {
    return ofAll(keys, selected, id -> days(prf, id, maxDays));
  }

  /**
   * The {@link #wholeWeeks} of many subjects.
   *
   * @param selected whose shift is wanted
   * @return one shift per subject, 0 for those not selected
   */
  public static int[] wholeWeeks(Prf prf, SubjectKeys keys, IntPredicate selected, int maxDays) {
    return ofAll(keys, selected, id -> wholeWeeks(prf, id, maxDays));
  }

  private static int[] ofAll(SubjectKeys keys, IntPredicate selected, ToIntFunction<byte[]> shift) {
    int[] shifts = new int[keys.size()];
    for (int subject = 0; subject < shifts.length; subject++) {
      if (selected.test(subject)) {
        shifts[subject] = shift.applyAsInt(keys.key(subject));
      }
    }
    return shifts;
  }

  /** Draws from -max to max without 0. */
  private static int draw(Prf prf, byte[] id, byte kind, int max) {
    long count = 2L * max;
    long limit = (1L << 32) / count * count;
    byte[] input = Arrays.copyOf(id, id.length + 1 + Integer.BYTES);
    input[id.length] = kind;
    byte[] answer = new byte[Prf.SIZE];
    for (int counter = 0; ; counter++) {
      ByteBuffer.wrap(input).putInt(id.length + 1, counter);
      prf.compute(input, 0, input.length, answer, 0);
      ByteBuffer words = ByteBuffer.wrap(answer);
      while (words.hasRemaining()) {
        long word = Integer.toUnsignedLong(words.getInt());
        if (word < limit) {
          int position = (int) (word % count);
          return position < max ? position - max : position - max + 1;
        }
      }
    }
  }

  private static void requireAtLeast(int maxDays, int least) {
    if (maxDays < least || maxDays > 36_500) {
      throw new IllegalArgumentException(
          "maxDays must be " + least + " to 36500 but was " + maxDays);
    }
  }
}
