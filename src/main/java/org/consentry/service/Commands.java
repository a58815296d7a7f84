package org.consentry.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.consentry.problem.ProblemException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Starts commands of the program as processes of their own, one at a time. What they print is in
 * files and not in pipes: a command works on when the service is killed.
 */
final class Commands {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int MOST_FILES = 200;
  private static final long MOST_BYTES = 16L << 20;
  private static final int NOT_STARTED = 1;
  private static final String NEW_RUN = "run";

  /** The variable by which a command gets to know who asked for it. */
  private static final String ASKED_BY = "CONSENTRY_ASKED_BY";

  private final List<String> program;
  private final Path home;
  private final Path printed;

  private Optional<Work> atWork = Optional.empty();
  private Optional<String> runAtWork = Optional.empty();
  private boolean isEnding;

  /**
   * Commands of a program over a state folder.
   *
   * @param program the words that start it
   * @param printed folder of the files with what they print
   */
  Commands(List<String> program, Path home, Path printed) {
    this.program = List.copyOf(program);
    this.home = home;
    this.printed = printed;
  }

  /**
   * How a command ended.
   *
   * @param exitCode its exit code
   * @param run id of the run it was about; empty when it named none
   * @param reason the first error that it reported, in one line; empty when it reported none
   */
  record Ended(int exitCode, String run, String reason) {}

  /**
   * A command at work.
   *
   * @param words the command, without the state folder
   * @param out the file with what it prints
   */
  private record Work(Process process, List<String> words, Path out) {

    /** The run it is about; of a new run it is known once the command has printed it. */
    private Optional<String> run() {
      if (!words.get(0).equals(NEW_RUN)) {
        return Optional.of(words.get(1));
      }
      try (Stream<String> lines = Files.lines(out, StandardCharsets.UTF_8)) {
        return lines
            .map(line -> event(line).path("run").asString(""))
            .filter(run -> !run.isEmpty())
            .findFirst();
      } catch (IOException | UncheckedIOException unreadable) {
        return Optional.empty();
      }
    }
  }

  /**
   * Runs a command to its end.
   *
   * @param name of the file with what it prints
   * @param words the command, without the state folder
   * @param by who asked for it; empty for a due time
   * @throws ProblemException category TEMPORARY or RUN_FAILED when the disk refuses
   */
  Ended run(String name, List<String> words, Optional<String> by) {
    removeOld();
    Path out = printed.resolve(name + ".jsonl");
    Path err = printed.resolve(name + ".err");
    try {
      Optional<Process> process = start(words, by, out, err);
      return process.isPresent()
          ? ended(process.get().waitFor(), out)
          : new Ended(NOT_STARTED, "", "the service is ending");
    } catch (IOException refused) {
      throw ServiceFolder.refused(out, refused);
    } catch (InterruptedException givenUp) {
      Thread.currentThread().interrupt();
      return new Ended(NOT_STARTED, "", "the service is ending");
    } finally {
      forget();
    }
  }

  /** A name as people sign in by; the operating system may have other characters in it. */
  private static String word(String person) {
    return person.replaceAll("[^A-Za-z0-9@._-]", "_");
  }

  private synchronized Optional<Process> start(
      List<String> words, Optional<String> by, Path out, Path err) throws IOException {
    if (isEnding) {
      return Optional.empty();
    }
    List<String> all = new ArrayList<>(program);
    all.addAll(words);
    all.addAll(List.of("--home", home.toString(), "--json"));
    ProcessBuilder builder =
        new ProcessBuilder(all).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().remove(ASKED_BY);
    by.ifPresent(person -> builder.environment().put(ASKED_BY, word(person)));
    Process process = builder.start();
    atWork = Optional.of(new Work(process, List.copyOf(words), out));
    process.getOutputStream().close();
    return Optional.of(process);
  }

  private synchronized void forget() {
    atWork = Optional.empty();
    runAtWork = Optional.empty();
  }

  /** The run that the command at work is about; empty when there is none, or it is not known. */
  synchronized Optional<String> runAtWork() {
    if (runAtWork.isEmpty()) {
      runAtWork = atWork.flatMap(Work::run);
    }
    return runAtWork;
  }

  /** Asks the command at work to stop, when it is about this run; gives whether it is. */
  synchronized boolean stop(String run) {
    boolean isAboutIt = runAtWork().filter(run::equals).isPresent();
    if (isAboutIt) {
      atWork.map(Work::process).ifPresent(Process::destroy);
    }
    return isAboutIt;
  }

  /** Starts no other command, and asks the one at work to stop. */
  synchronized void end() {
    isEnding = true;
    atWork.map(Work::process).ifPresent(Process::destroy);
  }

  /** Whether no other command is started. */
  synchronized boolean isEnding() {
    return isEnding;
  }

  private static Ended ended(int exitCode, Path out) throws IOException {
    String run = "";
    String reason = "";
    if (Files.size(out) <= MOST_BYTES) {
      for (String line : Files.readAllLines(out, StandardCharsets.UTF_8)) {
        JsonNode event = event(line);
        run = event.path("run").asString(run);
        if (reason.isEmpty() && event.path("severity").asString("").equals("error")) {
          reason = event.path("code").asString("") + " " + event.path("message").asString("");
        }
      }
    }
    return new Ended(exitCode, run, reason);
  }

  private static JsonNode event(String line) {
    try {
      return JSON.readTree(line);
    } catch (JacksonException cutOff) {
      return JSON.createObjectNode();
    }
  }

  private void removeOld() {
    try (Stream<Path> list = Files.list(printed)) {
      List<Path> newestFirst =
          list.sorted(Comparator.comparing(Commands::modified).reversed()).toList();
      for (Path old :
          newestFirst.subList(Math.min(MOST_FILES, newestFirst.size()), newestFirst.size())) {
        Files.deleteIfExists(old);
      }
    } catch (IOException refused) {
      throw ServiceFolder.refused(printed, refused);
    }
  }

  private static long modified(Path file) {
    return file.toFile().lastModified();
  }
}
