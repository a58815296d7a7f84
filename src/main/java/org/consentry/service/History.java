package org.consentry.service;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What became of due times, one JSON object a line. No line is ever removed. Safe for any number of
 * threads and processes.
 */
public final class History {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int MOST_BYTES = 2_000_000;

  private final MonthlyLog log;

  History(MonthlyLog log) {
    this.log = log;
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
    log.add(Instant.parse(event.at()), JSON.writeValueAsString(event));
  }

  /** The newest events, the newest first, of some 2 MB. A line that is damaged is left out. */
  public List<Event> newest() {
    List<Event> events = new ArrayList<>();
    log.newest(MOST_BYTES).forEach(line -> read(line, events));
    return events;
  }

  private static void read(String line, List<Event> events) {
    try {
      events.add(JSON.readValue(line, Event.class));
    } catch (JacksonException | NullPointerException torn) {
      return; // A line that a crash cut off, or an empty one.
    }
  }
}
