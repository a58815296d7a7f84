package org.consentry.connector.csv;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.consentry.config.Encoding;
import org.consentry.connector.Split;
import org.consentry.data.RejectReason;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.Problems;

/**
 * The first record of a CSV file, checked: it names every column once. Messages show positions, not
 * names, because the first line of a file without a header is a patient.
 *
 * @param columns names in file order
 * @param textStart first byte after a byte order mark
 * @param rowsStart first byte after the header record
 * @param rowsLine line number, from 1, at {@code rowsStart}
 * @param size of the file in bytes
 */
record CsvHeader(List<String> columns, int textStart, long rowsStart, long rowsLine, long size) {

  /** Bytes within which the header must end. */
  private static final int LIMIT = 1 << 20;

  private static final byte[] UTF_8_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  /** Marks of four and of two bytes. UTF-32's little mark begins with UTF-16's. */
  private static final Map<String, String> OTHER_MARKS =
      Map.of("fffe", "UTF-16", "feff", "UTF-16", "0000feff", "UTF-32");

  CsvHeader {
    columns = List.copyOf(columns);
  }

  static CsvHeader read(Path path, CsvForm form, CsvProblems problems, ReadSetup setup) {
    if (!Files.isRegularFile(path)) {
      throw problems.unreadable();
    }
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      long size = channel.size();
      if (form == CsvForm.PLAIN) {
        return parse(head(channel, size), size, problems, setup);
      }
      byte[] head = head(path, size, form, problems);
      return parse(head, head.length < LIMIT ? head.length : Long.MAX_VALUE, problems, setup)
          .ofSize(size);
    } catch (IOException unreadable) {
      throw problems.unreadable();
    }
  }

  /** The first bytes of a compressed file, decompressed; all of them when they are fewer. */
  static byte[] head(Path path, long size, CsvForm form, CsvProblems problems) {
    Split all = Split.ofBytes("", 0, 0, size, 1, 0);
    byte[] head = new byte[LIMIT];
    int length = 0;
    try (CompressedBytes bytes =
        new CompressedBytes(SplitBytes.unproven(path, size, all, problems), form, problems)) {
      while (length < LIMIT && !bytes.atEnd()) {
        length += bytes.read(head, length, LIMIT - length);
      }
    }
    return Arrays.copyOf(head, length);
  }

  private CsvHeader ofSize(long bytes) {
    return new CsvHeader(columns, textStart, rowsStart, rowsLine, bytes);
  }

  /**
   * UTF-8 in the place of an encoding of single bytes would be read without an error, and every
   * name in it would be another one.
   */
  private static void requireEncoding(byte[] head, CsvProblems problems, ReadSetup setup) {
    boolean isSingle = setup.encoding() != Encoding.UTF_8;
    if (isSingle && CsvLook.text(wholeLines(head)) == CsvLook.Text.UTF_8) {
      throw problems.invalid(
          "WRONG_ENCODING",
          0,
          "expected " + setup.encoding().word() + " but the characters beyond ASCII are utf-8",
          "set encoding: utf-8");
    }
  }

  private static byte[] wholeLines(byte[] head) {
    int end = head.length;
    while (head.length == LIMIT && end > 0 && head[end - 1] != '\n') {
      end--;
    }
    return Arrays.copyOf(head, end);
  }

  private static byte[] head(FileChannel channel, long size) throws IOException {
    ByteBuffer head = ByteBuffer.allocate((int) Math.min(LIMIT, size));
    while (head.hasRemaining() && channel.read(head, head.position()) >= 0) {
      // Reads on until the head is full or the file ends.
    }
    return Arrays.copyOf(head.array(), head.position());
  }

  private static CsvHeader parse(byte[] head, long size, CsvProblems problems, ReadSetup setup) {
    if (head.length == 0) {
      throw problems.invalid(
          "EMPTY_FILE", 0, "expected a header but the file is empty", "export the table again");
    }
    int textStart = skipMark(head, problems, setup.encoding());
    requireEncoding(head, problems, setup);
    int end = recordEnd(head, textStart, (byte) setup.dialect().quote());
    if (end == head.length && size > head.length) {
      throw problems.invalid(
          "HEADER_TOO_LONG",
          0,
          "the header does not end within " + (LIMIT >> 20) + " MiB",
          "a quote may be missing or the file is not a CSV file");
    }
    boolean plain = setup.dialect().isPlain();
    int length = (plain ? end : head.length) - textStart;
    ByteArrayInputStream text = new ByteArrayInputStream(head, textStart, length);
    List<String> columns;
    try (RecordReader reader = new RecordReader(text, problems, setup, 0, 1, List.of())) {
      Supplier<String> hint =
          () ->
              CsvLook.of(head)
                  .hint(setup.dialect(), setup.encoding())
                  .orElse("set encoding, or export the table again as utf-8");
      columns = names(reader.single(), hint, problems);
    }
    return new CsvHeader(columns, textStart, end, 1 + LineBreaks.count(head, textStart, end), size);
  }

  private static int skipMark(byte[] head, CsvProblems problems, Encoding encoding) {
    boolean marked = head.length >= 3 && Arrays.equals(head, 0, 3, UTF_8_MARK, 0, 3);
    if (marked && encoding != Encoding.UTF_8) {
      throw wrongEncoding(problems, encoding, "UTF-8", "set encoding: utf-8");
    }
    for (int length : new int[] {4, 2}) {
      String first = HexFormat.of().formatHex(head, 0, Math.min(length, head.length));
      Optional<String> other = Optional.ofNullable(OTHER_MARKS.get(first));
      if (other.isPresent()) {
        throw wrongEncoding(problems, encoding, other.get(), "export the table again as utf-8");
      }
    }
    return marked ? 3 : 0;
  }

  private static RuntimeException wrongEncoding(
      CsvProblems problems, Encoding expected, String found, String hint) {
    return problems.invalid(
        "WRONG_ENCODING",
        0,
        "expected " + expected.word() + " but the file begins with the byte order mark of " + found,
        hint);
  }

  /** One past the line break that ends the first record which is no blank line. */
  private static int recordEnd(byte[] head, int from, byte quote) {
    int at = from;
    while (at < head.length && (head[at] == '\r' || head[at] == '\n')) {
      at++;
    }
    boolean inside = false;
    for (; at < head.length; at++) {
      byte b = head[at];
      inside ^= b == quote;
      if (!inside && (b == '\r' || b == '\n')) {
        boolean both = b == '\r' && at + 1 < head.length && head[at + 1] == '\n';
        return at + (both ? 2 : 1);
      }
    }
    return at;
  }

  private static List<String> names(
      Optional<RecordReader.Single> header, Supplier<String> hint, CsvProblems file) {
    if (header.isEmpty()) {
      throw file.invalid(
          "NO_HEADER", 0, "expected a header but the file has no text", "export the table again");
    }
    RecordGuard.Seen seen = header.get().seen();
    if (seen.flaw().isPresent()) {
      throw flawed(seen.flaw().get(), seen.line(), hint.get(), file);
    }
    List<String> names = header.get().values();
    Problems problems = new Problems();
    check(names, Place.of(file.file(), seen.line()), problems);
    problems.throwIfAny(Category.FILES_INVALID);
    return names;
  }

  private static RuntimeException flawed(
      RejectReason flaw, long line, String hint, CsvProblems file) {
    if (flaw == RejectReason.NUL) {
      return file.invalid(
          "HEADER_NUL",
          line,
          "the header contains NUL bytes",
          "the file may be UTF-16 or damaged: export the table again as utf-8");
    }
    return file.invalid(
        "HEADER_ENCODING",
        line,
        "the header contains bytes that are not text in the declared encoding",
        hint);
  }

  private static boolean isTitle(List<String> names) {
    return names.size() > 2
        && !names.get(0).isBlank()
        && names.stream().skip(1).allMatch(String::isBlank);
  }

  private static void check(List<String> names, Place place, Problems problems) {
    if (isTitle(names)) {
      problems.error(
          "HEADER_EMPTY",
          place,
          "only the first of " + names.size() + " columns has a name, as in a line with a title",
          "remove the lines above the header");
      return;
    }
    Map<String, Integer> first = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      int number = i + 1;
      if (name.isBlank()) {
        problems.error(
            "HEADER_EMPTY", place, "column " + number + " has no name", "name every column");
      } else if (!name.strip().equals(name)) {
        problems.error(
            "HEADER_SPACE",
            place,
            "the name of column " + number + " begins or ends with white space",
            "remove it from the header");
      } else if (name.chars().anyMatch(Character::isISOControl)) {
        problems.error(
            "HEADER_CONTROL",
            place,
            "the name of column " + number + " contains a control character",
            "remove it from the header");
      }
      Integer before = first.putIfAbsent(name, number);
      if (before != null && !name.isBlank()) {
        problems.error(
            "HEADER_TWICE",
            place,
            "columns " + before + " and " + number + " have the same name",
            "name every column once");
      }
    }
  }
}
