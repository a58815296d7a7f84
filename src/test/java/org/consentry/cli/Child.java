package org.consentry.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.consentry.testing.Program;

/** The program in a process of its own, which can be killed. */
final class Child {

  /** How many bytes of a source a split has. */
  static final long SPLIT_BYTES = 512 << 10;

  private final Process process;
  private final Path log;

  private Child(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /** Starts the program's main with an installation's state folder. */
  static Child start(Installation installation, String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.add("--home");
    all.add(installation.home().toString());
    return main(Main.class, installation, all);
  }

  /** Starts any main class of these tests. Splits are small, so that there are many. */
  static Child main(Class<?> main, Installation installation, List<String> words) {
    List<String> options =
        List.of(
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Dconsentry.splitBytes=" + SPLIT_BYTES);
    Path log = installation.root().resolve("child.log");
    try {
      return new Child(Program.java(options, main, words).start(log), log);
    } catch (IOException cannotStart) {
      throw new UncheckedIOException(cannotStart);
    }
  }

  /** What it has printed so far. */
  String printed() {
    return Installation.read(log);
  }

  /** Waits for its end and returns the exit code. */
  int end() throws InterruptedException {
    if (!process.waitFor(3, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new IllegalStateException("the process does not end: " + printed());
    }
    return process.exitValue();
  }

  /**
   * Lets it work until something is the case or it has ended.
   *
   * @return whether it still was at work
   */
  boolean until(BooleanSupplier condition) throws InterruptedException {
    while (!condition.getAsBoolean()) {
      if (process.waitFor(2, TimeUnit.MILLISECONDS)) {
        return false;
      }
    }
    return process.isAlive();
  }

  /**
   * Lets it work for a while.
   *
   * @return whether it still was at work
   */
  boolean work(long milliseconds) throws InterruptedException {
    return !process.waitFor(milliseconds, TimeUnit.MILLISECONDS);
  }

  /** Ends it without warning. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Ends it and all processes that it started without warning. */
  void killAll() throws InterruptedException {
    List<ProcessHandle> started = process.descendants().toList();
    kill();
    for (ProcessHandle each : started) {
      each.destroyForcibly();
      each.onExit().join();
    }
  }

  /** Freezes it where it is: however long anything else takes meanwhile, it is still at work. */
  void freeze() throws IOException, InterruptedException {
    signal("STOP");
  }

  /** Lets it go on after it was frozen. */
  void goOn() throws IOException, InterruptedException {
    signal("CONT");
  }

  private void signal(String name) throws IOException, InterruptedException {
    if (Program.shell("kill -" + name + " " + process.pid()).run().exitCode() != 0) {
      throw new IllegalStateException("the process has ended: " + printed());
    }
  }

  /** Asks it to end, as a service manager does. */
  void terminate() {
    process.destroy();
  }
}
