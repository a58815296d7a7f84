package org.consentry.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What a whole process took.
 *
 * @param exit its exit code
 * @param seconds from its start to its end
 * @param cpuSeconds of all its threads; on a machine with other work the fairer number
 * @param anonymousBytes the most memory that belongs to no file (RssAnon of {@code
 *     /proc/PID/status}), sampled every 20 ms; -1 where the system does not show it
 * @param othersShare share of all processors' time that other processes took meanwhile; -1 where
 *     the system does not show it
 * @param output standard output and error
 */
record Measured(
    int exit,
    double seconds,
    double cpuSeconds,
    long anonymousBytes,
    double othersShare,
    String output) {

  private static final long SAMPLE_MILLIS = 20;

  static Measured run(List<String> command, Map<String, String> environment, Path log)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    double others = Machine.othersSeconds();
    long start = System.nanoTime();
    Process process = builder.start();
    long most = -1;
    double cpu = 0;
    do {
      most = Math.max(most, anonymous(process.pid()));
      cpu = Math.max(cpu, process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1e3);
    } while (!process.waitFor(SAMPLE_MILLIS, TimeUnit.MILLISECONDS));
    double seconds = (System.nanoTime() - start) / 1e9;
    double share =
        others < 0
            ? -1
            : Math.max(0, Machine.othersSeconds() - others - cpu) / seconds / Machine.PROCESSORS;
    return new Measured(process.exitValue(), seconds, cpu, most, share, Files.readString(log));
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
