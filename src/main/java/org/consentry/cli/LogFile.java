package org.consentry.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;

/**
 * A log of what commands report, for the owner alone. A file of 10 MB is renamed to {@code FILE.1},
 * the one before to {@code FILE.2}, up to {@code FILE.9}; the oldest is removed. It contains steps,
 * counts and problems, and none of them has a cell value, a patient id or a key; for programs as
 * the events that {@code --json} prints, without progress and results. Each line is appended by
 * itself, so several commands may share a file. Any thread may write.
 */
final class LogFile {

  private static final long MOST_BYTES = 10_000_000;
  private static final int FILES = 10;
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  /** How a line is written. */
  enum Form {
    text,
    /** An event, one JSON object a line. */
    json
  }

  private final Path file;
  private final Form form;
  private final long mostBytes;
  private boolean hasFailed;

  private LogFile(Path file, Form form, long mostBytes) {
    this.file = file;
    this.form = form;
    this.mostBytes = mostBytes;
  }

  /**
   * Opens a log, and creates it when there is none.
   *
   * @throws ProblemException category USAGE when it is no file that only this user can read, its
   *     lines are of the other form, or nothing can be appended to it
   */
  static LogFile open(Path file, Form form) {
    return open(file, form, MOST_BYTES);
  }

  /** The same with files of another size, in bytes. */
  static LogFile open(Path file, Form form, long mostBytes) {
    Path whole = file.toAbsolutePath().normalize();
    LogFile log = new LogFile(whole, form, mostBytes);
    if (Files.exists(whole, LinkOption.NOFOLLOW_LINKS)
        && !Files.isRegularFile(whole, LinkOption.NOFOLLOW_LINKS)) {
      throw refused(file, "it is not a regular file", "name a file");
    }
    Path folder = whole.getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw refused(file, "its folder does not exist", "create the folder, or name another file");
    }
    try {
      log.append("");
      if (!OWNER_ONLY.containsAll(Files.getPosixFilePermissions(whole))) {
        throw refused(file, "it is open to others", "chmod 600 " + file);
      }
      if (log.isOfOtherForm()) {
        throw refused(
            file, "its lines are of the other --log-format", "name another file, or that format");
      }
    } catch (IOException cannotWrite) {
      throw refused(file, "nothing can be written to it", "check its permissions and free space");
    }
    return log;
  }

  private static ProblemException refused(Path file, String why, String hint) {
    return ProblemException.of(
        Category.USAGE, "LOG_FILE", Place.of(file), "no log can be kept here: " + why, hint);
  }

  /** An event begins with a brace, and a line of text with a moment. */
  private boolean isOfOtherForm() throws IOException {
    try (InputStream lines = Files.newInputStream(file)) {
      int first = lines.read();
      return first >= 0 && isForPrograms() != (first == '{');
    }
  }

  /** Whether its lines are events. */
  boolean isForPrograms() {
    return form == Form.json;
  }

  /**
   * Appends a line; of text with the moment in front of it. A log that fails ends no run.
   *
   * @return the problem when this is the first line that cannot be written; empty otherwise
   */
  synchronized Optional<Problem> write(String text) {
    try {
      rotate();
      append((isForPrograms() ? "" : moment() + " ") + oneLine(text) + "\n");
      return Optional.empty();
    } catch (IOException cannotWrite) {
      boolean isFirst = !hasFailed;
      hasFailed = true;
      return isFirst ? Optional.of(failed()) : Optional.empty();
    }
  }

  private Problem failed() {
    return Problem.warning(
        "LOG_FILE",
        Place.of(file),
        "the log cannot be written any more; the command goes on",
        "check its permissions and free space");
  }

  private static String moment() {
    return ZonedDateTime.now(ZoneId.systemDefault())
        .truncatedTo(ChronoUnit.SECONDS)
        .format(DateTimeFormatter.ISO_OFFSET_DATE_TIME);
  }

  /** A name of a file may have a line break, and no name begins a line of the log. */
  private static String oneLine(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }

  private void append(String text) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            Set.of(
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS),
            PosixFilePermissions.asFileAttribute(OWNER_ONLY))) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    }
  }

  private void rotate() throws IOException {
    if (!Files.exists(file) || Files.size(file) < mostBytes) {
      return;
    }
    for (int number = FILES - 2; number >= 0; number--) {
      Path from = number == 0 ? file : numbered(number);
      if (Files.exists(from)) {
        Files.move(from, numbered(number + 1), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private Path numbered(int number) {
    return file.resolveSibling(file.getFileName() + "." + number);
  }
}
