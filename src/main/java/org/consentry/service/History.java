package org.consentry.service;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What became of due times, one JSON object a line. A file of 1 MB is renamed, and the one before
 * it removed. Safe for any number of threads and processes.
 */
public final class History {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final long MOST_BYTES = 1_000_000;

  private final Path file;

  History(Path file) {
    this.file = file;
  }

  /** What became of a due time. */
  public enum What {
    BEGUN,
    ENDED,
    MISSED,
    /** What a person asked for about a run was done, or refused. */
    ACT
  }

  /**
   * What became of a due time.
   *
   * @param at when this was written, ISO 8601 UTC
   * @param job name of the job; empty of an act about a run
   * @param due when it was due or asked for, ISO 8601 UTC
   * @param run the run; empty when there is none
   * @param exitCode exit code of the command; -1 when there is none
   * @param reason in words, without anything of a patient; may be empty
   */
  public record Event(
      String at, String job, String due, What what, String run, int exitCode, String reason) {}

  /** Adds a line. */
  synchronized void add(Event event) {
    byte[] line = (JSON.writeValueAsString(event) + "\n").getBytes(StandardCharsets.UTF_8);
    try {
      rotate();
      try (FileChannel channel =
          FileChannel.open(
              file,
              Set.of(
                  StandardOpenOption.CREATE, StandardOpenOption.APPEND, StandardOpenOption.WRITE),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
        channel.write(ByteBuffer.wrap(line));
        channel.force(false);
      }
    } catch (IOException refused) {
      throw ServiceFolder.refused(file, refused);
    }
  }

  private void rotate() throws IOException {
    if (Files.exists(file) && Files.size(file) > MOST_BYTES) {
      Files.move(file, before(), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private Path before() {
    return file.resolveSibling(file.getFileName() + ".1");
  }

  /** All events, the newest first. A line that is damaged is left out. */
  public List<Event> all() {
    List<Event> events = new ArrayList<>();
    for (Path part : List.of(before(), file)) {
      read(part, events);
    }
    Collections.reverse(events);
    return events;
  }

  private static void read(Path part, List<Event> events) {
    try {
      if (Files.exists(part)) {
        for (String line : Files.readAllLines(part, StandardCharsets.UTF_8)) {
          read(line, events);
        }
      }
    } catch (IOException refused) {
      throw ServiceFolder.refused(part, refused);
    }
  }

  private static void read(String line, List<Event> events) {
    try {
      events.add(JSON.readValue(line, Event.class));
    } catch (JacksonException | NullPointerException torn) {
      return; // A line that a crash cut off.
    }
  }
}
