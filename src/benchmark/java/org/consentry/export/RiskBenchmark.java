package org.consentry.export;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.consentry.config.RiskRule.OnViolation;
import org.consentry.plan.RiskPlan;

/**
 * Time and heap to measure the risk of many people with six identity columns, and with events. Run
 * it with the heap that must be enough: {@code java -Xmx512m ... RiskBenchmark 10000000}.
 */
public final class RiskBenchmark {

  private static final int SPLIT = 200_000;
  private static final int[] DIFFERENT = {90, 2, 250, 50, 5, 10};
  private static final RiskPlan.Columns IDENTITY =
      new RiskPlan.Columns("patients", IntStream.range(0, DIFFERENT.length).boxed().toList());

  private RiskBenchmark() {}

  /**
   * Measures.
   *
   * @param arguments how many people, and how many events each of them has; without the latter none
   */
  @SuppressWarnings("NullAway") // no table is asked for without sensitive columns
  public static void main(String[] arguments) throws GeneralSecurityException {
    int people = Integer.parseInt(arguments[0]);
    int events = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 0;
    RiskPlan plan =
        new RiskPlan(
            List.of(IDENTITY),
            events == 0 ? Optional.empty() : Optional.of(IDENTITY),
            events == 0 ? 0 : 2,
            11,
            List.of(),
            Optional.empty(),
            OnViolation.SUPPRESS);
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(new byte[32], "HmacSHA256"));
    BitSet released = new BitSet();
    released.set(0, people);
    long begun = System.nanoTime();
    RiskMeasure.Measured found =
        new RiskMeasure(plan, Optional.empty())
            .measure(
                people,
                released,
                reader -> {
                  for (int from = 0; from < people; from += SPLIT) {
                    int to = Math.min(people, from + SPLIT);
                    reader.accept(null, tuples(from, to, events, mac));
                  }
                });
    long seconds = (System.nanoTime() - begun) / 1_000_000_000;
    long peak =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(MemoryPoolMXBean::getPeakUsage)
            .mapToLong(MemoryUsage::getUsed)
            .sum();
    System.out.println(
        people
            + " people, "
            + events
            + " events each: "
            + found.risk().uniques()
            + " alone, "
            + found.small().cardinality()
            + " left out, "
            + seconds
            + " s, peaks of the heap's pools "
            + (peak >> 20)
            + " MiB of "
            + (Runtime.getRuntime().maxMemory() >> 20)
            + " MiB");
  }

  /** What is stored of a split: the same at every call. */
  private static long[] tuples(int from, int to, int events, Mac mac) {
    int rows = to - from;
    long[] all = new long[4 + rows * 3 + rows * events * 2];
    all[0] = rows * 3L;
    all[1] = rows * 2L * events;
    all[3] = 1;
    int at = 4;
    ByteBuffer tuple = ByteBuffer.allocate(DIFFERENT.length);
    for (int subject = from; subject < to; subject++) {
      Random random = new Random(subject);
      tuple.clear();
      for (int different : DIFFERENT) {
        double skewed = random.nextDouble() * random.nextDouble();
        tuple.put((byte) (skewed * different));
      }
      ByteBuffer digest = ByteBuffer.wrap(mac.doFinal(tuple.array()));
      all[at++] = subject;
      all[at++] = digest.getLong();
      all[at++] = digest.getLong();
    }
    for (int subject = from; subject < to; subject++) {
      Random random = new Random(~subject);
      for (int event = 0; event < events; event++) {
        all[at++] = subject;
        all[at++] = (long) (random.nextDouble() * random.nextDouble() * 1000);
      }
    }
    return all;
  }
}
