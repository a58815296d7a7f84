package org.consentry.data;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Prints how many processor nanoseconds a value costs that is checked to be a code, for values of
 * several lengths. The best of several rounds counts. Argument: rounds.
 */
public final class CodeLimitsBenchmark {

  private static final int ROWS = 1 << 15;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private CodeLimitsBenchmark() {}

  /** Measures columns of values of one length, and one of all lengths. */
  public static void main(String[] arguments) {
    run(arguments.length > 0 ? Integer.parseInt(arguments[0]) : 2_000, System.out);
  }

  /** The same with another place to print to. */
  public static void run(int rounds, PrintStream out) {
    for (int length : List.of(1, 5, 8, 12, 32)) {
      print("length " + length, column(length, length), rounds, out);
    }
    print("lengths 1 to 32", column(1, 32), rounds, out);
  }

  private static void print(String title, BytesColumn column, int rounds, PrintStream out) {
    long best = Long.MAX_VALUE;
    int flawed = 0;
    for (int round = 0; round < rounds; round++) {
      long start = THREADS.getCurrentThreadCpuTime();
      flawed += CodeLimits.USUAL.flawed(column).cardinality();
      best = Math.min(best, THREADS.getCurrentThreadCpuTime() - start);
    }
    if (flawed > 0) {
      throw new IllegalStateException("every value is a code");
    }
    out.printf(Locale.ROOT, "%-16s %5.1f ns a value%n", title, best / (double) ROWS);
  }

  private static BytesColumn column(int shortest, int longest) {
    SplittableRandom random = new SplittableRandom(16_404);
    byte[] buffer = new byte[ROWS * longest];
    int[] starts = new int[ROWS];
    int[] ends = new int[ROWS];
    int at = 0;
    for (int row = 0; row < ROWS; row++) {
      starts[row] = at;
      for (int left = random.nextInt(shortest, longest + 1); left > 0; left--) {
        buffer[at++] = (byte) random.nextInt('0', 'Z' + 1);
      }
      ends[row] = at;
    }
    return new BytesColumn(ROWS, buffer, starts, ends);
  }
}
