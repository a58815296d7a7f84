package org.consentry.benchmark;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What figures are measured on, as far as the system shows it. */
final class Machine {

  static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

  /** Parts of a second in which Linux counts processor time. */
  private static final double TICKS = 100;

  private Machine() {}

  /** System, processors and memory. */
  static String describe() {
    return String.format(
        Locale.ROOT,
        "%s %s %s, %d processors%s%s",
        System.getProperty("os.name"),
        System.getProperty("os.version"),
        System.getProperty("os.arch"),
        PROCESSORS,
        first("/proc/cpuinfo", "model name").map(" (%s)"::formatted).findFirst().orElse(""),
        first("/proc/meminfo", "MemTotal")
            .map(kib -> gibibytes(Long.parseLong(kib.replaceAll("\\D", ""))))
            .findFirst()
            .orElse(""));
  }

  private static String gibibytes(long kibibytes) {
    return String.format(Locale.ROOT, ", %.1f GiB", kibibytes / (double) (1 << 20));
  }

  /** The Java runtime of this process and of those it starts. */
  static String jdk() {
    return System.getProperty("java.vm.name") + " " + Runtime.version();
  }

  /** How many threads wanted a processor during the last minute, on average; -1 when unknown. */
  static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }

  /**
   * Processor seconds since the start that belong to other processes than this one, or that the
   * host of a virtual machine gave to others; -1 when unknown.
   */
  static double othersSeconds() {
    double own =
        ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1e3;
    return lines("/proc/stat")
        .filter(line -> line.startsWith("cpu "))
        .mapToDouble(line -> busyTicks(line) / TICKS - own)
        .findFirst()
        .orElse(-1);
  }

  /** Everything but idle and waiting for disks; guests are part of user and nice. */
  private static long busyTicks(String line) {
    long[] ticks =
        Arrays.stream(line.substring(3).strip().split(" +", -1))
            .mapToLong(Long::parseLong)
            .limit(8)
            .toArray();
    return Arrays.stream(ticks).sum() - ticks[3] - ticks[4];
  }

  private static Stream<String> first(String file, String name) {
    return lines(file)
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .limit(1);
  }

  private static Stream<String> lines(String file) {
    try {
      return Files.readAllLines(Path.of(file)).stream();
    } catch (IOException absent) {
      return List.<String>of().stream();
    }
  }
}
