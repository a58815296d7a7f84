package org.consentry.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The most bytes of objects in use during one phase of the program. A look lets the program collect
 * all garbage and count what remains ({@code jcmd GC.class_histogram}). The program runs without
 * looks for as long as the last one took.
 */
final class LiveHeap implements Starter.Watch {

  private final String phase;
  private final String next;
  private long most = -1;
  private int looks;
  private long due = System.nanoTime();

  /**
   * Looks during one phase.
   *
   * @param phase the line that the program prints when the phase begins
   * @param next the line that it prints when the next one begins
   */
  LiveHeap(String phase, String next) {
    this.phase = phase;
    this.next = next;
  }

  @Override
  public void look(long process, Set<String> lines) throws IOException, InterruptedException {
    long now = System.nanoTime();
    if (now - due >= 0 && lines.contains(phase) && !lines.contains(next)) {
      most = Math.max(most, bytes(process));
      looks++;
      due = 2 * System.nanoTime() - now;
    }
  }

  /** Bytes of objects in use; -1 when no look found the phase. */
  long most() {
    return most;
  }

  /** How often it looked. */
  int looks() {
    return looks;
  }

  /** Bytes of objects in use of a Java process; -1 when it has ended. */
  static long bytes(long process) throws IOException, InterruptedException {
    Path histogram = Files.createTempFile("heap", ".txt");
    try {
      String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
      new ProcessBuilder(jcmd, Long.toString(process), "GC.class_histogram")
          .redirectErrorStream(true)
          .redirectOutput(histogram.toFile())
          .start()
          .waitFor();
      try (Stream<String> lines = Files.lines(histogram, StandardCharsets.UTF_8)) {
        return lines
            .filter(line -> line.startsWith("Total "))
            .mapToLong(line -> Long.parseLong(line.strip().split(" +", -1)[2]))
            .findFirst()
            .orElse(-1);
      }
    } finally {
      Files.delete(histogram);
    }
  }
}
