package org.consentry.service;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.consentry.problem.ProblemException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What people asked for, as durable files until the service takes it into its timetable: by a
 * command beside the service or without one, and by a button.
 */
final class Requests {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final SmallFile<Request> files;

  Requests(ServiceFolder folder) {
    this.files = new SmallFile<>(folder.asked(), Request.class);
  }

  /** What a person may ask for. Each is a command of the program. */
  enum Act {
    RUN,
    RESUME,
    PUBLISH,
    ABANDON;

    /** The command. */
    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What a person asked for.
   *
   * @param at when, ISO 8601 UTC
   * @param by who
   * @param subject a run; of RUN the job
   * @param tries how often it was tried before
   */
  record Request(String at, String by, Act act, String subject, int tries) {

    /** What was not tried before. */
    Request(String at, String by, Act act, String subject) {
      this(at, by, act, subject, 0);
    }

    Request again() {
      return new Request(at, by, act, subject, tries + 1);
    }

    /** As it is in the timetable. */
    String text() {
      return JSON.writeValueAsString(this);
    }

    Instant moment() {
      return Instant.parse(at);
    }

    /** The command, of all acts but RUN. */
    List<String> words() {
      return List.of(act.word(), subject);
    }
  }

  /**
   * Asks.
   *
   * @throws ProblemException category TEMPORARY or RUN_FAILED when the disk refuses
   */
  void ask(Request request) {
    byte[] random = new byte[8];
    new SecureRandom().nextBytes(random);
    files.write(request.act().word() + "-" + HexFormat.of().formatHex(random), request);
  }

  /** Gives every request to a timetable, then forgets it. */
  void take(BiConsumer<String, String> timetable) {
    for (String id : files.names()) {
      Optional<Request> request = files.find(id);
      request.ifPresent(known -> timetable.accept(id, known.text()));
      files.remove(id);
    }
  }

  /** A request from the text in the timetable. */
  static Request parse(String text) {
    return JSON.readValue(text, Request.class);
  }
}
