package org.consentry.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What a whole process took.
 *
 * @param exit its exit code
 * @param seconds from its start to its end
 * @param cpuSeconds of all its threads, and of processes that it started; on a machine with other
 *     work the fairer number
 * @param anonymousBytes the most memory that belongs to no file (RssAnon of {@code
 *     /proc/PID/status}), sampled every 20 ms, and of its processes every second; -1 where the
 *     system does not show it
 * @param othersShare share of all processors' time that other processes took meanwhile; -1 where
 *     the system does not show it
 * @param lines what it wrote to standard output and error, with the second in which each line was
 *     first seen
 */
record Measured(
    int exit,
    double seconds,
    double cpuSeconds,
    long anonymousBytes,
    double othersShare,
    Map<String, Double> lines) {

  private static final long SAMPLE_MILLIS = 20;
  private static final int EVERY = 50;

  /**
   * Runs a program as a process, on the Java runtime of this one.
   *
   * @see Starter
   */
  static Measured run(List<String> command, Path log, Starter.Watch watch)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(log.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    double others = Machine.othersSeconds();
    Log written = new Log(log);
    long start = System.nanoTime();
    Process process = builder.start();
    long most = -1;
    double own = 0;
    Children children = new Children();
    do {
      children.look(process);
      most = Math.max(most, anonymous(process.pid()) + children.bytes);
      own = Math.max(own, cpuSeconds(process.info()));
      written.read(start);
      watch.look(process.pid(), Collections.unmodifiableSet(written.lines.keySet()));
    } while (!process.waitFor(SAMPLE_MILLIS, TimeUnit.MILLISECONDS));
    double seconds = (System.nanoTime() - start) / 1e9;
    double cpu = own + children.cpuSeconds();
    double share =
        others < 0
            ? -1
            : Math.max(0, Machine.othersSeconds() - others - cpu) / seconds / Machine.PROCESSORS;
    written.read(start);
    return new Measured(process.exitValue(), seconds, cpu, most, share, written.lines);
  }

  /** What the program wrote. */
  String output() {
    return String.join("\n", lines.keySet());
  }

  private static double cpuSeconds(ProcessHandle.Info info) {
    return info.totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1e3;
  }

  /** Processes that the program started, looked at once a second, which is seldom enough. */
  private static final class Children {

    private final Map<Long, Double> cpu = new HashMap<>();
    private long bytes;
    private int looks;

    void look(Process parent) {
      if (looks++ % EVERY == 0) {
        bytes = 0;
        parent.descendants().forEach(this::add);
      }
    }

    private void add(ProcessHandle child) {
      cpu.merge(child.pid(), Measured.cpuSeconds(child.info()), Math::max);
      bytes += Math.max(0, anonymous(child.pid()));
    }

    double cpuSeconds() {
      return cpu.values().stream().mapToDouble(Double::doubleValue).sum();
    }
  }

  /** The lines of a file that grows. */
  private static final class Log {

    private final Path file;
    private final Map<String, Double> lines = new LinkedHashMap<>();
    private long size;

    Log(Path file) {
      this.file = file;
    }

    void read(long start) throws IOException {
      if (Files.size(file) == size) {
        return;
      }
      double now = (System.nanoTime() - start) / 1e9;
      byte[] bytes = Files.readAllBytes(file);
      size = bytes.length;
      for (String line : new String(bytes, StandardCharsets.UTF_8).split("\n", -1)) {
        if (!line.isEmpty()) {
          lines.putIfAbsent(line, now);
        }
      }
    }
  }

  private static long anonymous(long pid) {
    Path status = Path.of("/proc/" + pid + "/status");
    try (Stream<String> lines = Files.lines(status, StandardCharsets.UTF_8)) {
      return lines
          .filter(line -> line.startsWith("RssAnon:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
          .findFirst()
          .orElse(-1);
    } catch (IOException | UncheckedIOException ended) {
      return -1;
    }
  }
}
