package org.consentry.keys;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;
import org.consentry.problem.Problems;

/**
 * Where a key is kept. People write a reference into a job file, never a key.
 *
 * <p><b>Security promise:</b> no message, not even about a reference that cannot be read, repeats
 * what was written: it might be the key.
 */
public sealed interface KeyReference {

  /**
   * Reads the content of the key file, variable or command output.
   *
   * @throws ProblemException of category KEY when there is none
   */
  Secret read();

  /** What to call the reference in messages: its kind and name. */
  Place place();

  /**
   * A file only its owner can read.
   *
   * @param path absolute, or relative to the working folder
   */
  record InFile(Path path) implements KeyReference {

    @Override
    public Secret read() {
      return OwnerOnlyFiles.read(path, KeyFile.STUDY.whenMissing);
    }

    @Override
    public Place place() {
      return Place.of(path);
    }
  }

  /**
   * An environment variable with the content of a key file.
   *
   * @param variable name of the variable
   */
  record InEnvironment(String variable) implements KeyReference {

    @Override
    public Secret read() {
      String value = System.getenv(variable);
      if (value == null || value.isBlank()) {
        throw OwnerOnlyFiles.problem(
            "KEY_MISSING",
            place(),
            "the environment variable is not set",
            "set it, then run again");
      }
      return Secret.take(value.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Place place() {
      return Place.of("env:" + variable);
    }
  }

  /**
   * A command whose standard output is the content of a key file: the client of any vault or key
   * service. It is started directly, not through a shell, and has half a minute.
   *
   * @param command program and arguments; not empty
   */
  record FromCommand(List<String> command) implements KeyReference {

    private static final int MAX_BYTES = 64 * 1024;
    private static final int SECONDS = 30;

    public FromCommand {
      command = List.copyOf(command);
      if (command.isEmpty()) {
        throw new IllegalArgumentException("command must not be empty");
      }
    }

    @Override
    public Secret read() {
      Process process = start();
      try {
        process.getOutputStream().close();
        // Killing the process ends the read, so the watch must run beside it.
        process.onExit().orTimeout(SECONDS, TimeUnit.SECONDS).exceptionally(late -> kill(process));
        byte[] output = readOutput(process);
        int exitCode = process.waitFor();
        if (exitCode != 0 || output.length == 0) {
          throw failed("the command ended without a key");
        }
        return Secret.take(output);
      } catch (IOException e) {
        throw failed("the output of the command cannot be read");
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw failed("waiting for the command was interrupted");
      } finally {
        process.destroyForcibly();
      }
    }

    private static Process kill(Process process) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      return process.destroyForcibly();
    }

    private Process start() {
      try {
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      } catch (IOException e) {
        throw failed("the command cannot be started");
      }
    }

    private byte[] readOutput(Process process) throws IOException {
      try (InputStream in = process.getInputStream()) {
        byte[] output = in.readNBytes(MAX_BYTES + 1);
        if (output.length > MAX_BYTES) {
          throw failed("the command printed more than a key");
        }
        return output;
      }
    }

    private ProblemException failed(String message) {
      return OwnerOnlyFiles.problem(
          "KEY_COMMAND", place(), message, "run the command by hand and look at its messages");
    }

    @Override
    public Place place() {
      return Place.of("exec:" + command.get(0));
    }

    /** Shows the program only: an argument may be a token. */
    @Override
    public String toString() {
      return "FromCommand[" + command.get(0) + "]";
    }
  }

  /**
   * Reads {@code file:PATH}, {@code env:NAME} or {@code exec:PROGRAM ARGUMENTS}. A relative path is
   * relative to the folder of the file that has the reference. Arguments are separated by blanks;
   * single or double quotes keep blanks together.
   *
   * @param text what was written
   * @param folder folder of the file it was written in
   * @param place where it was written
   * @param problems receives what is wrong
   * @return the reference, or nothing after a problem was added
   */
  static Optional<KeyReference> parse(String text, Path folder, Place place, Problems problems) {
    int colon = text.indexOf(':');
    String kind = colon < 0 ? "" : text.substring(0, colon);
    String rest = text.substring(colon + 1).strip();
    boolean known = kind.equals("file") || kind.equals("env") || kind.equals("exec");
    if (!known) {
      problems.error(
          "KEY_REFERENCE",
          place,
          "expected a reference to a key (file:, env: or exec:) but found a bare value",
          "put the key into a file only its owner can read and write file:PATH; if a key was"
              + " here, replace it");
      return Optional.empty();
    }
    Optional<KeyReference> reference =
        switch (kind) {
          case "file" -> file(rest, folder);
          case "env" -> environment(rest);
          default -> command(rest);
        };
    if (reference.isEmpty()) {
      problems.error("KEY_REFERENCE", place, "nothing usable follows " + kind + ":", hintFor(kind));
    }
    return reference;
  }

  private static String hintFor(String kind) {
    return switch (kind) {
      case "file" -> "write the path of a file";
      case "env" -> "write the name of an environment variable: letters, digits and _";
      default -> "write a program and its arguments, quotes closed";
    };
  }

  private static Optional<KeyReference> file(String path, Path folder) {
    if (path.isEmpty() || path.indexOf('\0') >= 0) {
      return Optional.empty();
    }
    return Optional.of(new InFile(folder.resolve(path).normalize()));
  }

  private static Optional<KeyReference> environment(String name) {
    return name.matches("[A-Za-z_][A-Za-z0-9_]*")
        ? Optional.of(new InEnvironment(name))
        : Optional.empty();
  }

  private static Optional<KeyReference> command(String line) {
    return words(line).filter(words -> !words.isEmpty()).map(FromCommand::new);
  }

  /** Parts a line at blanks outside quotes; nothing when a quote stays open. */
  private static Optional<List<String>> words(String line) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean inWord = false;
    char quote = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quote != 0 ? c == quote : c == '"' || c == '\'') {
        quote = quote == 0 ? c : 0;
        inWord = true;
      } else if (quote == 0 && Character.isWhitespace(c)) {
        if (inWord) {
          words.add(word.toString());
        }
        word.setLength(0);
        inWord = false;
      } else {
        word.append(c);
        inWord = true;
      }
    }
    if (inWord) {
      words.add(word.toString());
    }
    return quote == 0 ? Optional.of(words) : Optional.empty();
  }
}
