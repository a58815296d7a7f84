package org.consentry.service.notice;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.consentry.data.DurableFiles;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What was sent, one JSON object a line, on the disk before the next step. A line that a crash cut
 * off counts nothing: what it was about was not begun, or has an unknown outcome. A large file is
 * copied to a file with a number, and goes on with what may still count. Not thread-safe; the
 * caller has the lock.
 */
final class SentNotices {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int MOST_BYTES = 64 << 20;
  private static final long USUAL_BYTES = 8 << 20;

  /** Releases and failures of longer ago are not noticed any more. */
  private static final Duration REMEMBERED = Duration.ofDays(366);

  private static final Set<Notice.What> PASSING =
      EnumSet.of(Notice.What.RELEASED, Notice.What.FAILED);

  private final Path file;
  private final long largest;
  private final Map<String, State> states = new HashMap<>();
  private Optional<Instant> since = Optional.empty();
  private long read;
  private long rotated;

  SentNotices(Path file) {
    this(file, USUAL_BYTES);
  }

  /** The same with a file that is copied at another size, in bytes. */
  SentNotices(Path file, long largest) {
    this.file = file;
    this.largest = largest;
  }

  /** What a line is about. */
  enum Step {
    /** Notices are sent of what happens from here. */
    SINCE,
    /** An attempt is about to be made. */
    BEGUN,
    SENT,
    REFUSED,
    UNKNOWN
  }

  /**
   * A line.
   *
   * @param at when, ISO 8601 UTC
   * @param notice its id; empty of SINCE
   * @param channel the word for it; empty of SINCE
   * @param reason in words; may be empty
   */
  record Line(String at, Step step, String notice, String channel, String reason) {}

  /**
   * What is known of a notice on a channel.
   *
   * @param last the last step
   * @param at when that was
   * @param refusals how many attempts were refused
   */
  record State(Step last, Instant at, int refusals) {}

  /** Reads what others wrote meanwhile. */
  void update() throws IOException {
    long size = Files.exists(file) ? Files.size(file) : 0;
    if (size == read) {
      return;
    }
    if (size > MOST_BYTES) {
      throw new IOException("the record of notices is too large");
    }
    states.clear();
    since = Optional.empty();
    byte[] bytes = Files.readAllBytes(file);
    new String(bytes, StandardCharsets.UTF_8).lines().forEach(this::read);
    read = bytes.length;
  }

  /**
   * Copies the file when it is large, and begins it again with what may still count. A crash in
   * between leaves the file as it was, and a copy more.
   */
  void rotate(Instant now) throws IOException {
    if (read < rotated + largest) {
      return;
    }
    Instant from = now.minus(REMEMBERED);
    Instant begin = since.filter(from::isBefore).orElse(from);
    StringBuilder text = new StringBuilder();
    write(new Line(begin.toString(), Step.SINCE, "", "", ""), text);
    states.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .filter(entry -> !isPassed(entry.getKey(), entry.getValue(), begin))
        .forEach(entry -> lines(entry.getKey(), entry.getValue(), text));
    copy();
    DurableFiles.replace(file, text.toString());
    read = -1;
    update();
    rotated = read;
  }

  private void copy() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    for (int number = 1; ; number++) {
      Path copy = file.resolveSibling(name.substring(0, dot) + "-" + number + name.substring(dot));
      if (!Files.exists(copy)) {
        DurableFiles.create(copy, whole);
        return;
      }
    }
  }

  private static boolean isPassed(String name, State state, Instant begin) {
    String notice = name.substring(name.indexOf('\n') + 1);
    return state.at().isBefore(begin)
        && PASSING.stream().anyMatch(what -> notice.startsWith(what.word() + "/"));
  }

  /** The lines from which the same state is read. */
  private static void lines(String name, State state, StringBuilder text) {
    int end = name.indexOf('\n');
    String channel = name.substring(0, end);
    String notice = name.substring(end + 1);
    String at = state.at().toString();
    for (int i = 0; i < state.refusals(); i++) {
      write(new Line(at, Step.REFUSED, notice, channel, ""), text);
    }
    if (state.last() != Step.REFUSED) {
      write(new Line(at, state.last(), notice, channel, ""), text);
    }
  }

  private static void write(Line line, StringBuilder text) {
    text.append(JSON.writeValueAsString(line)).append('\n');
  }

  private void read(String line) {
    try {
      take(JSON.readValue(line, Line.class));
    } catch (JacksonException | NullPointerException tornByACrash) {
      return;
    }
  }

  private void take(Line line) {
    Instant at = Instant.parse(line.at());
    if (line.step() == Step.SINCE) {
      since = since.or(() -> Optional.of(at));
      return;
    }
    String name = name(line.notice(), line.channel());
    int before = find(line.notice(), line.channel()).map(State::refusals).orElse(0);
    states.put(name, new State(line.step(), at, line.step() == Step.REFUSED ? before + 1 : before));
  }

  private static String name(String notice, String channel) {
    return channel + "\n" + notice;
  }

  /** From when notices are sent; empty before the first look. */
  Optional<Instant> since() {
    return since;
  }

  /** What is known of a notice; empty when it was never tried. */
  Optional<State> find(String notice, String channel) {
    return Optional.ofNullable(states.get(name(notice, channel)));
  }

  /** Adds a line. It begins on a line of its own also after one that was cut off. */
  void add(Line line) throws IOException {
    try (FileChannel channel = DurableFiles.open(file)) {
      long end = channel.size();
      String text = (endsOpen(channel, end) ? "\n" : "") + JSON.writeValueAsString(line) + "\n";
      channel.position(end);
      DurableFiles.writeFully(channel, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
      channel.force(true);
      read = channel.size();
    }
    take(line);
  }

  private static boolean endsOpen(FileChannel channel, long end) throws IOException {
    ByteBuffer last = ByteBuffer.allocate(1);
    return end > 0 && channel.read(last, end - 1) == 1 && last.get(0) != '\n';
  }
}
