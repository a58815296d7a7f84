package org.consentry.problem;

import java.util.ArrayList;
import java.util.List;

/** A process whose memory runs out, and that reports how it goes on. */
final class MemoryEater {

  private MemoryEater() {}

  /** How the failure arrives: as it is, or as what caused another one. */
  public static void main(String[] words) {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("a hook ran")));
    try {
      eat();
    } catch (OutOfMemoryError full) {
      OutOfMemory.endIfItIs(new IllegalArgumentException("no memory here"));
      System.out.println("before");
      OutOfMemory.endIfItIs(
          words[0].equals("wrapped")
              ? new IllegalStateException(new IllegalStateException(full))
              : full);
    }
    System.out.println("after");
  }

  private static void eat() {
    List<byte[]> eaten = new ArrayList<>();
    while (!eaten.isEmpty() || System.nanoTime() != 0) {
      eaten.add(new byte[1 << 20]);
    }
  }
}
