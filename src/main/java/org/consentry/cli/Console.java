package org.consentry.cli;

import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consentry.problem.Problem;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a command prints. For people, answers go to standard output and everything else to standard
 * error. For programs everything is an event, one JSON object a line on standard output, as {@code
 * consentry schema events} describes; the first event is {@code start}, the last one {@code end}.
 * Any thread may call it.
 */
final class Console {

  /** Names the schema of events; a change of meaning is a new name. */
  static final String SCHEMA = "consentry-events-1";

  /** Answers of commands may be about a patient; of progress there is much. */
  private static final List<String> NOT_LOGGED = List.of("result", "progress");

  /** More lines than these are not remembered for a quiet command that fails. */
  private static final int MOST_REMEMBERED = 10_000;

  private final PrintWriter out;
  private final PrintWriter err;
  private final Form form;
  private final Volume volume;
  private final Optional<LogFile> log;
  private final List<Runnable> remembered = new ArrayList<>();
  private String command = "";
  private final JsonMapper json =
      JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();
  private int transientWidth;

  /** For whom the answer is. */
  enum Form {
    TEXT,
    JSON
  }

  /** How much is printed. */
  enum Volume {
    NORMAL,
    /** Nothing of a command that ends with exit code 0; of any other, what it had to report. */
    QUIET
  }

  /** A console of normal volume without a log, for a command of no name. */
  Console(PrintWriter out, PrintWriter err, Form form) {
    this(out, err, form, Volume.NORMAL, Optional.empty());
  }

  Console(PrintWriter out, PrintWriter err, Form form, Volume volume, Optional<LogFile> log) {
    this.out = out;
    this.err = err;
    this.form = form;
    this.volume = volume;
    this.log = log;
  }

  /** Whether everything is an event. */
  boolean isForPrograms() {
    return form == Form.JSON;
  }

  /** The command begins. */
  void start(String name) {
    command = name;
    event(
        "start",
        Map.of("schema", SCHEMA, "command", name, "software", Version.text(), "at", now()));
    log("start " + name + ", " + Version.text());
  }

  /** The command ends; nothing is printed afterwards. */
  synchronized void end(int exitCode) {
    clear();
    event("end", Map.of("exitCode", exitCode, "at", now()));
    log("end, exit code " + exitCode);
    if (exitCode != 0) {
      remembered.forEach(Runnable::run);
    }
    remembered.clear();
    out.flush();
    err.flush();
  }

  /** A line for people; programs do not see it. */
  void line(String text) {
    if (form == Form.TEXT) {
      print(out, text);
    }
  }

  /** A line of the result of a run, for people and the log; it has nothing of a patient. */
  void report(String text) {
    line(text);
    if (isLogForPrograms()) {
      append(json.writeValueAsString(now(Map.of("event", "note", "text", text))));
    } else {
      log(text);
    }
  }

  /**
   * An answer for programs, its members sorted by name; people do not see it.
   *
   * @param shape what the schema calls its members
   * @param fields its members; an empty text and an empty {@link Optional} are left out
   */
  void result(String shape, Map<String, ?> fields) {
    Map<String, Object> all = new LinkedHashMap<>();
    fields.forEach((name, value) -> value(value).ifPresent(known -> all.put(name, known)));
    all.put("command", command);
    all.put("shape", shape);
    event("result", all);
  }

  private static Optional<?> value(Object value) {
    return value instanceof Optional<?> maybe
        ? maybe
        : Optional.of(value).filter(known -> !known.equals(""));
  }

  /** An event for programs; people do not see it. */
  void event(String name, Map<String, ?> fields) {
    boolean isLogged = isLogForPrograms() && !NOT_LOGGED.contains(name);
    if (form == Form.JSON || isLogged) {
      Map<String, Object> all = new LinkedHashMap<>(fields);
      all.put("event", name);
      String text = json.writeValueAsString(all);
      if (isLogged) {
        append(text);
      }
      if (form == Form.JSON) {
        print(out, text);
      }
    }
  }

  /** A remark beside the answer. */
  void remark(String text) {
    log(text);
    event("note", Map.of("text", text, "at", now()));
    if (form == Form.TEXT) {
      print(err, text);
    }
  }

  /** Something that is wrong, as a line of standard error or an event. */
  void problem(Problem problem) {
    log(problem.toString());
    problemEvent(problem);
    if (form == Form.TEXT) {
      print(err, problem.toString());
    }
  }

  /** All that is wrong, as lines of standard error with a summary, or an event each. */
  void problems(List<Problem> problems) {
    List<Problem> inOrder = ProblemLines.inOrder(problems);
    inOrder.forEach(problem -> log(problem.toString()));
    inOrder.forEach(this::problemEvent);
    if (form == Form.TEXT) {
      ProblemLines.text(problems).forEach(text -> print(err, text));
      if (problems.size() > 1) {
        print(err, ProblemLines.summary(problems));
      }
    }
  }

  /** Problems that are the answer of a command: lines of standard output, or an event each. */
  void findings(List<Problem> problems) {
    ProblemLines.text(problems).forEach(this::line);
    ProblemLines.inOrder(problems).forEach(this::problemEvent);
  }

  private void problemEvent(Problem problem) {
    event("problem", now(fields(problem)));
  }

  /** The members of a problem. */
  static Map<String, Object> fields(Problem problem) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("file", problem.place().file());
    fields.put("line", problem.place().line());
    fields.put("column", problem.place().column());
    fields.put("severity", problem.severity().word());
    fields.put("code", problem.code());
    fields.put("message", problem.message());
    fields.put("hint", problem.hint());
    return fields;
  }

  /** A line about progress, for people who watch and for the log. */
  void progress(String text) {
    log(text);
    if (form == Form.TEXT && volume == Volume.NORMAL) {
      print(err, text);
    }
  }

  /** A line about progress that the next line of any kind writes over; on a terminal only. */
  synchronized void overwrite(String text) {
    if (form == Form.TEXT && volume == Volume.NORMAL) {
      err.print("\r" + text + " ".repeat(Math.max(0, transientWidth - text.length())));
      err.flush();
      transientWidth = text.length();
    }
  }

  private void clear() {
    if (transientWidth > 0) {
      err.print("\r" + " ".repeat(transientWidth) + "\r");
      err.flush();
      transientWidth = 0;
    }
  }

  private synchronized void print(PrintWriter to, String text) {
    clear();
    if (volume == Volume.NORMAL) {
      to.println(text);
      to.flush();
    } else if (remembered.size() < MOST_REMEMBERED) {
      remembered.add(() -> to.println(text));
    }
  }

  private boolean isLogForPrograms() {
    return log.filter(LogFile::isForPrograms).isPresent();
  }

  /** A line of a log for people; one for programs has the event beside it. */
  private void log(String text) {
    if (!isLogForPrograms()) {
      append(text);
    }
  }

  private void append(String text) {
    log.flatMap(file -> file.write(text)).ifPresent(failure -> print(err, failure.toString()));
  }

  /** The members of an event and its moment. */
  static Map<String, Object> now(Map<String, ?> fields) {
    Map<String, Object> all = new LinkedHashMap<>(fields);
    all.put("at", now());
    return all;
  }

  private static String now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
