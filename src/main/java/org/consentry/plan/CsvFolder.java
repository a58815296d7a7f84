package org.consentry.plan;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.consentry.config.CsvWords;
import org.consentry.config.CsvWords.Delimiter;
import org.consentry.config.Encoding;
import org.consentry.connector.BatchReader;
import org.consentry.connector.Connectors;
import org.consentry.connector.CsvFolderForm;
import org.consentry.connector.CsvFolderForm.Stated;
import org.consentry.connector.Source;
import org.consentry.connector.SourceTable;
import org.consentry.connector.Split;
import org.consentry.data.BytesColumn;
import org.consentry.data.Column;
import org.consentry.data.RowBatch;
import org.consentry.problem.Category;
import org.consentry.problem.CountWords;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;
import org.consentry.problem.Problems;

/**
 * The tables of a folder of CSV files.
 *
 * <p><b>Security promise:</b> of the rows it looks at the form alone, to see whether the first line
 * is a header, and it stores nothing of them. A file whose first line may be a patient is refused,
 * and no word of it is shown.
 */
public final class CsvFolder {

  /** So many rows are compared with the first line. */
  private static final int ROWS = 200;

  private static final String TABLE = "[A-Za-z0-9][A-Za-z0-9_-]{0,62}";
  private static final List<String> CONSENT_LINES = List.of("line_id", "decision", "signer_role");

  /** What becomes of a first line that may be a header or a record. */
  public enum FirstLine {
    /** It is refused. */
    UNCLEAR,
    /** A person looked, and it is a header. */
    HEADER,
    /** A person looked, and it is a record. */
    RECORD
  }

  /**
   * A file of consent lines, or one that looks like it.
   *
   * @param file its name
   * @param table its columns and rows
   * @param csv how it is written
   */
  public record Consents(String file, SourceTable table, CsvWords csv) {

    /** Its table alone. */
    public List<SourceTable> tables() {
      return List.of(table);
    }

    /** Whether it has the documented columns of consent lines. */
    public boolean isDocumented() {
      return table.columns().containsAll(CONSENT_LINES);
    }

    private boolean isRecognised() {
      return isDocumented() || ConsentNames.of(table.name(), table.columns()).isPresent();
    }

    private boolean isNamed() {
      return ConsentNames.isNamed(table.name(), table.columns());
    }
  }

  private final Path folder;
  private final FirstLine firstLine;
  private final Map<String, SourceTable> tables = new TreeMap<>();
  private List<Consents> consents = List.of();
  private final CsvFolderForm form;
  private final Stated stated;
  private final Problems problems;

  private CsvFolder(
      Path folder, FirstLine firstLine, CsvFolderForm form, Stated stated, Problems problems) {
    this.folder = folder;
    this.stated = stated;
    this.firstLine = firstLine;
    this.form = form;
    this.problems = problems;
  }

  /**
   * Looks at a folder.
   *
   * @param firstLine what a person knows of the first line of the files
   * @throws ProblemException of category FILES_INVALID with everything that is wrong
   */
  public static CsvFolder read(Path folder, FirstLine firstLine) {
    return read(folder, firstLine, Optional.empty(), Optional.empty());
  }

  /**
   * Looks at a folder of which a person knows something.
   *
   * @param firstLine what a person knows of the first line of the files
   * @param delimiter what a person knows to separate fields, or the word {@code tab}
   * @param encoding the word of the encoding that a person knows
   * @throws ProblemException of category FILES_INVALID with everything that is wrong; of category
   *     USAGE when one of these words is unknown
   */
  public static CsvFolder read(
      Path folder, FirstLine firstLine, Optional<String> delimiter, Optional<String> encoding) {
    Stated stated =
        new Stated(
            delimiter.map(text -> Delimiter.parse(text).orElseThrow(() -> unknown("delimiter"))),
            encoding.map(word -> Encoding.of(word).orElseThrow(() -> unknown("encoding"))));
    Problems problems = new Problems();
    List<String> files = files(folder, problems);
    CsvFolder found =
        new CsvFolder(
            folder, firstLine, Connectors.csvForm(folder, files, stated), stated, problems);
    Source source = Connectors.csvFolder(folder, found.form);
    Map<String, SourceTable> heads = new TreeMap<>();
    files.forEach(
        file -> found.head(folder, file, source).ifPresent(head -> heads.put(file, head)));
    found.consents = found.consents(heads);
    if (found.consents.size() == 1) {
      found.consents.forEach(only -> heads.remove(only.file()));
    }
    heads.forEach((file, head) -> found.table(Place.of(folder.resolve(file)), head));
    if (found.tables.isEmpty() && !found.problems.hasErrors()) {
      found.problems.error(
          "NO_TABLES",
          Place.of(folder),
          "the folder has no CSV file of records",
          "name the folder of patients.csv and the other tables");
    }
    found.problems.throwIfAny(Category.FILES_INVALID);
    return found;
  }

  /** The columns of every table, by its name; one file of consent lines is none. */
  public Map<String, List<String>> tables() {
    return tables.entrySet().stream()
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, e -> e.getValue().columns()));
  }

  /** The same tables, to be read by others. */
  public List<SourceTable> heads() {
    return List.copyOf(tables.values());
  }

  /** Files that seem to be of consents; none where there is one alone and it cannot be read. */
  private List<Consents> consents(Map<String, SourceTable> heads) {
    List<Consents> found =
        heads.entrySet().stream()
            .map(
                head ->
                    new Consents(head.getKey(), head.getValue(), form.of(head.getValue().name())))
            .filter(file -> file.isRecognised() || file.isNamed())
            .toList();
    return found.size() > 1 ? found : found.stream().filter(Consents::isRecognised).toList();
  }

  /**
   * The file of consent lines, or what looks like it.
   *
   * @throws ProblemException of category FILES_INVALID when several seem to be of consents or
   *     withdrawals: a job reads one, and those of the others would be missed
   */
  public Optional<Consents> consent() {
    if (consents.size() > 1) {
      throw ProblemException.of(
          Category.FILES_INVALID,
          "SEVERAL_CONSENTS",
          Place.of(folder),
          "a job reads one file of consents, and "
              + CountWords.of(consents.size(), "file")
              + " seem to be of consents or withdrawals: "
              + consents.stream().map(Consents::file).collect(Collectors.joining(", ")),
          "merge them into one file of consent lines; move a file of other records, or rename it");
    }
    return consents.stream().findFirst();
  }

  /** How the files are written, as they look or as a person stated. */
  public CsvFolderForm form() {
    return form;
  }

  /** How the files look to be written, in words; empty where a person stated all of it. */
  public List<String> recognised() {
    return stated.isAll() ? List.of() : form.inWords();
  }

  private static ProblemException unknown(String what) {
    return ProblemException.of(
        Category.USAGE,
        what.toUpperCase(Locale.ROOT),
        Place.of("--" + what),
        "the " + what + " is unknown",
        what.equals("encoding")
            ? "write --encoding utf-8, windows-1252 or iso-8859-1"
            : "write one character or more, or the word tab");
  }

  private static List<String> files(Path folder, Problems problems) {
    try (Stream<Path> list = Files.list(folder)) {
      return list.map(file -> String.valueOf(file.getFileName()))
          .filter(name -> Connectors.csvTable(name).isPresent() && !name.startsWith("."))
          .sorted()
          .toList();
    } catch (IOException unreadable) {
      problems.error("NO_DIRECTORY", Place.of(folder), "the folder cannot be read", "check it");
      return List.of();
    }
  }

  private Optional<SourceTable> head(Path folder, String file, Source source) {
    String name = Connectors.csvTable(file).orElseThrow();
    if (!name.matches(TABLE)) {
      problems.error(
          "TABLE_NAME",
          Place.of(folder.resolve(file)),
          "a table's name becomes a folder's name: letters, digits, _ and -, at most 63",
          "rename the file");
      return Optional.empty();
    }
    try {
      return source.table(name);
    } catch (ProblemException refused) {
      problems.addAll(refused.problems());
      return Optional.empty();
    }
  }

  private void table(Place place, SourceTable table) {
    if (isSeparated(table, place) && isHeader(table, place)) {
      tables.put(table.name(), table);
    }
  }

  /** Another delimiter would make one column of all of them. */
  private boolean isSeparated(SourceTable table, Place place) {
    List<String> line = table.columns();
    Optional<String> look = table.looksLike();
    if (line.size() > 1 || !line.get(0).matches(".*[;|\\t].*")) {
      return true;
    }
    problems.error(
        "DELIMITER",
        place,
        "the first line is one field, and has semicolons, bars or tabs",
        look.map(CsvFolder::options)
            .orElse("state what separates fields, as in --delimiter \";\""));
    return false;
  }

  /** The hint of the connector in the words of the command line. */
  private static String options(String hint) {
    return hint.replace("set delimiter: ", "add --delimiter ")
        .replace("set encoding: ", "add --encoding ")
        .replace("and encoding: ", "--encoding ");
  }

  private boolean isHeader(SourceTable table, Place place) {
    List<String> line = table.columns();
    switch (firstLine == FirstLine.RECORD
        ? HeaderForm.Answer.RECORD
        : HeaderForm.of(line, rows(table))) {
      case HEADER -> {
        return true;
      }
      case RECORD ->
          problems.error(
              "NO_HEADER",
              place,
              "the first line is a record" + where(HeaderForm.values(line)),
              "export the table with a header that has a word for each column");
      case UNCLEAR -> {
        if (firstLine == FirstLine.HEADER) {
          return true;
        }
        problems.error(
            "NO_HEADER",
            place,
            "the first line may be a header or a record: its form is too much like that of the rows"
                + " below it, or there are too few of them",
            "look at the file; if its first line is a header, add --header yes; if not, export the"
                + " table with a header");
      }
    }
    return false;
  }

  private static String where(List<Integer> columns) {
    return columns.isEmpty()
        ? ""
        : ": it has numbers, dates or addresses in place of names in column "
            + columns.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }

  /** Some rows below the first line; none where they cannot be read. */
  private static List<List<String>> rows(SourceTable table) {
    List<Integer> all = IntStream.range(0, table.columns().size()).boxed().toList();
    try {
      Optional<Split> first = table.splits().stream().findFirst();
      if (first.isEmpty()) {
        return List.of();
      }
      try (BatchReader reader = table.open(first.get(), all)) {
        return reader.next().map(CsvFolder::rows).orElse(List.of());
      }
    } catch (ProblemException unreadable) {
      return List.of(); // A run reports what is wrong with the rows.
    }
  }

  private static List<List<String>> rows(RowBatch batch) {
    return IntStream.range(0, Math.min(ROWS, batch.rows()))
        .mapToObj(row -> batch.columns().stream().map(column -> text(column, row)).toList())
        .toList();
  }

  private static String text(Column column, int row) {
    BytesColumn bytes = (BytesColumn) column;
    int start = bytes.starts()[row];
    return bytes.isMissing(row)
        ? ""
        : new String(bytes.buffer(), start, bytes.ends()[row] - start, StandardCharsets.UTF_8);
  }
}
