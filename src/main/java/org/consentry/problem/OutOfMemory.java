package org.consentry.problem;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * The end of a process whose memory ran out. What other threads and libraries do afterwards cannot
 * be known, so the process ends at once, without shutdown hooks, as if it was killed; what it had
 * announced is on the disk.
 */
public final class OutOfMemory {

  /** Exit code of the process, that of a process that the operating system kills for memory. */
  public static final int EXIT_CODE = 137;

  private static final byte[] WORDS =
      ("consentry: error OUT_OF_MEMORY memory ran out and the process ended at once. Give it more"
              + " with CONSENTRY_JAVA_OPTS=-Xmx1g, then see consentry status.\n")
          .getBytes(StandardCharsets.UTF_8);

  private OutOfMemory() {}

  /** Ends the process when a failure, or what caused it, is that memory ran out. */
  public static void endIfItIs(Throwable failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof OutOfMemoryError) {
        end();
      }
    }
  }

  private static void end() {
    try {
      write();
    } finally {
      Runtime.getRuntime().halt(EXIT_CODE);
    }
  }

  @SuppressWarnings("resource") // Standard error stays open to the end.
  private static void write() {
    try {
      new FileOutputStream(FileDescriptor.err).write(WORDS);
    } catch (IOException cannotWrite) {
      return;
    }
  }
}
