package org.consentry.release;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.consentry.keys.BackupPublicKey;
import org.consentry.release.Disclosure.DataFile;

/**
 * The clinic's answer to each line of a request, as a page for the clerk and as CSV for programs.
 *
 * <p><b>Security promise:</b> a line has its number in the file that the requester sent and one of
 * three answers. {@link Answer#NO_CONSENT} is the answer where no record may be disclosed, for
 * whatever reason, and for who is not known: it is not shown whether a person is a patient.
 *
 * @param title what it answers
 * @param sentences what is above the lines, a paragraph each
 * @param lines the lines in the order of the request
 * @param key to which the letter is encrypted, as the data files are; empty when they are not
 */
public record AnswerLetter(
    String title, List<String> sentences, List<Line> lines, Optional<BackupPublicKey> key)
    implements Reply {

  static final String PAGE = "letter.html";
  static final String TABLE = "letter.csv";

  /** What is answered to a line. */
  public enum Answer {
    ENCLOSED("records enclosed"),
    /** Only where consent covers all that the line asks for. */
    NO_RECORDS("no records of the kind and dates asked for"),
    NO_CONSENT("no consent on file");

    private final String words;

    Answer(String words) {
      this.words = words;
    }

    /** In words. */
    public String words() {
      return words;
    }
  }

  /**
   * A line of the request.
   *
   * @param number its number in the file, the header being line 1
   */
  public record Line(long number, Answer answer) {}

  public AnswerLetter {
    sentences = List.copyOf(sentences);
    lines = List.copyOf(lines);
  }

  @Override
  public Map<String, byte[]> files(UnaryOperator<byte[]> sign) {
    Map<String, byte[]> files = new TreeMap<>(Map.of(PAGE, page(), TABLE, csv()));
    if (key.isEmpty()) {
      return files;
    }
    Map<String, byte[]> closed = new TreeMap<>();
    files.forEach((path, plain) -> closed.put(path + DataFile.AGE, encrypted(plain, key.get())));
    return closed;
  }

  private static byte[] encrypted(byte[] plain, BackupPublicKey key) {
    ByteArrayOutputStream closed = new ByteArrayOutputStream();
    try (OutputStream out = BackupPublicKey.encrypt(List.of(key), closed)) {
      out.write(plain);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return closed.toByteArray();
  }

  @Override
  public String about() {
    return "`letter.html` and `.csv` answer each\nline of the request.";
  }

  /** The page in UTF-8. */
  private byte[] page() {
    List<Map.Entry<String, String>> facts = new ArrayList<>();
    lines.forEach(line -> facts.add(Map.entry("Line " + line.number(), line.answer().words())));
    return new PlainPage(title, sentences, List.of(new PlainPage.Section("Answers", facts))).page();
  }

  /** The lines as CSV by RFC 4180. */
  private byte[] csv() {
    Csv csv = new Csv().line(List.of("line", "answer"));
    lines.forEach(line -> csv.line(List.of(Long.toString(line.number()), line.answer().words())));
    return csv.bytes();
  }
}
