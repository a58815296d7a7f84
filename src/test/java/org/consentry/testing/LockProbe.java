package org.consentry.testing;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Another process that tries to lock a file, because a process cannot test its own lock. */
public final class LockProbe {

  private LockProbe() {}

  /** Prints whether the file named is locked: {@code free} or {@code locked}. */
  public static void main(String[] arguments) throws IOException {
    try (FileChannel channel = FileChannel.open(Path.of(arguments[0]), StandardOpenOption.WRITE)) {
      System.out.print(channel.tryLock() == null ? "locked" : "free");
    }
  }

  /** What a process of its own finds. */
  public static String ask(Path file) throws IOException, InterruptedException {
    return Program.java(
            List.of("-XX:TieredStopAtLevel=1"), LockProbe.class, List.of(file.toString()))
        .run()
        .out();
  }
}
