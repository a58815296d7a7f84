package org.consentry.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.consentry.testing.Program;

/**
 * One process that executes the commands of a shell, one after the other, so that a page of
 * commands starts one Java runtime and not one for each. A script in place of the launcher passes
 * its words on, and gives back output and exit code. It refuses a command of another working folder
 * or with another {@code CONSENTRY_HOME} than those of the process, and does not read its input.
 */
final class CommandServer implements AutoCloseable {

  /** Where the launcher is below the working folder of the commands. */
  private static final String LAUNCHER = "target/consentry/bin/consentry";

  /** Exit code of a command that the process could not execute. */
  private static final int FAILED = 98;

  /** To fill in: working folder, home, folder of the calls. */
  private static final String SCRIPT =
      """
      #!/bin/sh
      if [ "$(pwd -P)" != '%1$s' ] || [ "${CONSENTRY_HOME-}" != '%2$s' ]; then
        echo 'these commands have one working folder and one CONSENTRY_HOME' >&2
        exit 99
      fi
      call=$(mktemp -d '%3$s/XXXXXX')
      mkfifo "$call/code"
      printf '%%s\\0' "$@" > "$call/words"
      if [ /dev/fd/1 -ef /dev/fd/2 ]; then : > "$call/one"; fi
      echo "$call" > '%3$s/calls'
      read -r code < "$call/code"
      cat "$call/out"
      cat "$call/err" >&2
      exit "$code"
      """;

  private final Process process;
  private final Path root;

  private CommandServer(Process process, Path root) {
    this.process = process;
    this.root = root;
  }

  /**
   * Starts the process, and puts the launcher where the build puts it.
   *
   * @param root working folder of all commands, without symbolic links
   * @param home the {@code CONSENTRY_HOME} of all commands, or empty where they have none
   * @param calls an empty folder, outside the working folder
   */
  static CommandServer start(Path root, String home, Path calls)
      throws IOException, InterruptedException {
    Path fifo = calls.resolve("calls");
    if (Program.of("mkfifo", fifo.toString()).run().exitCode() != 0) {
      throw new IOException("no named pipe can be made");
    }
    Path launcher = root.resolve(LAUNCHER);
    Installation.write(launcher, SCRIPT.formatted(root, home, calls));
    if (!launcher.toFile().setExecutable(true)) {
      throw new IOException("the launcher cannot be made executable");
    }
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.remove("CONSENTRY_HOME");
    if (!home.isEmpty()) {
      environment.put("CONSENTRY_HOME", home);
    }
    return new CommandServer(
        Program.java(
                List.of("-Xmx512m", "-XX:+UseSerialGC"),
                CommandServer.class,
                List.of(fifo.toString()))
            .in(root)
            .withOnly(environment)
            .start(calls.resolve("log")),
        root);
  }

  /** Runs a shell in the working folder. */
  Program.Ended run(Program shell) throws IOException, InterruptedException {
    return shell.in(root).run();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  /** Executes the commands of all calls until it is killed; its word is the pipe of the calls. */
  public static void main(String[] words) throws IOException {
    // Open for writing as well, so that it never is at its end.
    try (RandomAccessFile calls = new RandomAccessFile(words[0], "rw")) {
      while (true) {
        execute(Path.of(calls.readLine()));
      }
    }
  }

  private static void execute(Path call) throws IOException {
    int code;
    try (PrintStream out = stream(call.resolve("out"));
        PrintStream err = stream(call.resolve("err"))) {
      System.setOut(out);
      System.setErr(Files.exists(call.resolve("one")) ? out : err);
      code = code(words(call.resolve("words")), err);
    }
    Files.writeString(call.resolve("code"), code + "\n");
  }

  private static int code(String[] words, PrintStream err) {
    try {
      return Main.execute(Main.commandLine(words), words);
    } catch (RuntimeException | Error failed) {
      failed.printStackTrace(err); // The shell that waits for an answer shows it.
      return FAILED;
    }
  }

  private static PrintStream stream(Path file) throws IOException {
    OutputStream bytes = Files.newOutputStream(file);
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  /** Every word ends with the byte 0. */
  private static String[] words(Path file) throws IOException {
    String text = Files.readString(file, StandardCharsets.UTF_8);
    List<String> words = new ArrayList<>();
    for (int from = 0; from < text.length(); from = text.indexOf('\0', from) + 1) {
      words.add(text.substring(from, text.indexOf('\0', from)));
    }
    return words.toArray(String[]::new);
  }
}
