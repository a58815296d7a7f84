package org.consentry.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A program in place of ours: it writes what it was asked for and ends with the exit code that it
 * finds, or does so when a file is there.
 */
final class FakeProgram {

  private static final String SCRIPT =
      """
      echo "${CONSENTRY_ASKED_BY--}" >> "%1$s/asked"
      echo "begin $1 $(basename "$2" .yaml)" >> "%1$s/calls"
      while [ -e "%1$s/wait" ]; do sleep 0.05; done
      sleep 0.2
      echo "end $1 $(basename "$2" .yaml)" >> "%1$s/calls"
      code=$(head -n 1 "%1$s/codes" 2>/dev/null || echo 0)
      sed -i 1d "%1$s/codes" 2>/dev/null
      exit "${code:-0}"
      """;

  private final Path folder;

  FakeProgram(Path folder) {
    this.folder = folder;
    write("program", SCRIPT.replace("%1$s", folder.toString()));
    write("calls", "");
  }

  /** The words that start it. */
  List<String> words() {
    return List.of("sh", folder.resolve("program").toString());
  }

  /** The exit codes of the next calls; 0 of all later ones. */
  void endsWith(String... codes) {
    write("codes", String.join("\n", codes) + "\n");
  }

  /** Lets calls wait. */
  void pause() {
    write("wait", "");
  }

  /** Lets calls go on. */
  void goOn() {
    try {
      Files.delete(folder.resolve("wait"));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** What it was asked for: a line at the begin and one at the end of each call. */
  List<String> calls() {
    try {
      return Files.readAllLines(folder.resolve("calls"), StandardCharsets.UTF_8);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** For whom it was called, a line a call; a dash where no person asked. */
  List<String> askedBy() {
    try {
      return Files.readAllLines(folder.resolve("asked"), StandardCharsets.UTF_8);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private void write(String name, String text) {
    try {
      Files.writeString(folder.resolve(name), text);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
