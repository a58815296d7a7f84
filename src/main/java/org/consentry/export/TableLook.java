package org.consentry.export;

import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.consentry.config.Mapping.SubjectsTable;
import org.consentry.config.TableRule;
import org.consentry.config.WithPlace;
import org.consentry.connector.BatchReader;
import org.consentry.connector.SourceTable;
import org.consentry.data.Blanks;
import org.consentry.data.BytesColumn;
import org.consentry.data.ClinicDates;
import org.consentry.data.IsoDates;
import org.consentry.data.RejectReason;
import org.consentry.data.RowBatch;
import org.consentry.export.extract.RejectLimit;
import org.consentry.problem.CountWords;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;

/**
 * Looks at the first rows of one table: rows that cannot be read, keys and ids of patients that are
 * missing, dates that cannot be read. Each kind of mistake in a column is one problem.
 */
final class TableLook {

  /** Readability alone is asked, which no zone changes. */
  private static final ClinicDates DATES = new ClinicDates(Optional.of(ZoneOffset.UTC));

  /** What a column of the mapping is for. */
  private enum Use {
    SUBJECT(
        "subject",
        "ROWS_WITHOUT_PATIENT",
        "has no patient id",
        "correct the source: rows without one are not released"),
    KEY("key", "KEY_MISSING_IN_ROWS", "is empty", "name columns that every row has"),
    DATE(
        "", "SOME_NO_DATES", "cannot be read as a date", "or state how it is written with format:");

    private final String word;
    private final String code;
    private final String flaw;
    private final String hint;

    Use(String word, String code, String flaw, String hint) {
      this.word = word;
      this.code = code;
      this.flaw = flaw;
      this.hint = hint;
    }
  }

  private record Looked(int position, String column, String word, Use use) {}

  private final SourceTable table;
  private final boolean isSubjects;
  private final List<Looked> looked = new ArrayList<>();
  private final Map<Looked, List<Long>> found = new LinkedHashMap<>();
  private final Map<RejectReason, List<Long>> bad = new EnumMap<>(RejectReason.class);
  private int rows;
  private boolean isWhole;

  private TableLook(SourceTable table, TableRule rule, SubjectsTable subjects) {
    this.table = table;
    this.isSubjects = subjects.table().value().equals(table.name());
    if (isSubjects) {
      add(subjects.key(), Use.SUBJECT.word, Use.SUBJECT);
      subjects.birthDate().ifPresent(column -> add(column, "birthDate", Use.DATE));
      subjects.deathDate().ifPresent(column -> add(column, "deathDate", Use.DATE));
    } else {
      add(rule.subject(), Use.SUBJECT.word, Use.SUBJECT);
      rule.key().forEach(column -> add(column, Use.KEY.word, Use.KEY));
    }
    rule.recordDate().forEach(column -> add(column, "recordDate", Use.DATE));
  }

  private void add(WithPlace<String> column, String word, Use use) {
    int position = table.columns().indexOf(column.value());
    if (position >= 0) {
      looked.add(new Looked(position, column.value(), word, use));
    }
  }

  /**
   * What is wrong with the first rows.
   *
   * @param tolerated the share of the rows that a run may reject
   */
  static List<Problem> of(
      SourceTable table, TableRule rule, SubjectsTable subjects, double tolerated) {
    TableLook look = new TableLook(table, rule, subjects);
    List<Problem> problems = new ArrayList<>();
    try {
      look.read();
    } catch (ProblemException unreadable) {
      problems.addAll(unreadable.problems());
    }
    look.found.forEach((column, lines) -> problems.add(look.problem(column, lines)));
    problems.addAll(look.isSubjects ? look.badSubjects() : look.badRows(tolerated));
    return problems;
  }

  private void read() {
    List<Integer> columns = looked.stream().map(Looked::position).distinct().toList();
    try (BatchReader reader = table.first(columns)) {
      Optional<RowBatch> batch = reader.next();
      while (batch.isPresent() && rows < FirstRows.MOST) {
        add(batch.get(), columns);
        batch = reader.next();
      }
      isWhole = batch.isEmpty() && rows < FirstRows.MOST;
    }
  }

  private void add(RowBatch batch, List<Integer> columns) {
    int some = Math.min(batch.rows(), FirstRows.MOST - rows);
    long end = some == batch.rows() ? Long.MAX_VALUE : batch.lines().applyAsLong(some);
    for (RowBatch.Rejection row : batch.rejections()) {
      if (row.line() < end && row.fields() != 0) {
        rows++;
        bad.computeIfAbsent(row.reason(), none -> new ArrayList<>()).add(row.line());
      }
    }
    for (Looked column : looked) {
      BytesColumn cells = (BytesColumn) batch.columns().get(columns.indexOf(column.position()));
      IntPredicate isFlawed =
          column.use() == Use.DATE ? row -> isNoDate(cells, row) : row -> isBlank(cells, row);
      for (int row = 0; row < some; row++) {
        if (isFlawed.test(row)) {
          note(column, batch.lines().applyAsLong(row));
        }
      }
    }
    rows += some;
  }

  private void note(Looked column, long line) {
    found.computeIfAbsent(column, none -> new ArrayList<>()).add(line);
  }

  private static boolean isBlank(BytesColumn cells, int row) {
    int end = cells.ends()[row];
    return cells.isMissing(row) || Blanks.start(cells.buffer(), cells.starts()[row], end) >= end;
  }

  private static boolean isNoDate(BytesColumn cells, int row) {
    return !isBlank(cells, row)
        && DATES.day(cells.buffer(), cells.starts()[row], cells.ends()[row]) == IsoDates.INVALID;
  }

  private List<Problem> badSubjects() {
    return bad.isEmpty()
        ? List.of()
        : List.of(
            Problem.error(
                "SUBJECT_ROW", // as a run calls it
                Place.of(table.file(), badLines().get(0)),
                RejectLimit.bad(badCounts(), "the first " + CountWords.of(rows, "row"), badLines()),
                RejectLimit.hint(
                    table, badCounts(), "repair the rows, or export the table again")));
  }

  /** As a run judges them where the first rows are all, or where one bad row is too many. */
  private List<Problem> badRows(double tolerated) {
    List<Problem> problems = new ArrayList<>();
    List<Long> cut = bad.getOrDefault(RejectReason.TRUNCATED, List.of());
    if (!cut.isEmpty()) {
      problems.add(RejectLimit.cutOff(table.file(), cut));
    }
    Map<RejectReason, Long> counts = badCounts();
    List<Long> lines = badLines();
    if (lines.size() == cut.size()) {
      return problems;
    }
    boolean stops = tolerated == 0 || (isWhole && lines.size() > tolerated * rows);
    problems.add(
        stops
            ? RejectLimit.tooMany(table, counts, rows, lines, tolerated)
            : Problem.warning(
                RejectLimit.REJECTED_ROWS,
                Place.of(table.file(), lines.get(0)),
                RejectLimit.bad(counts, "the first " + CountWords.of(rows, "row"), lines),
                RejectLimit.hint(
                    table,
                    counts,
                    "repair the rows; a run leaves them out, and stops where they are more than a"
                        + " share of "
                        + BigDecimal.valueOf(tolerated).stripTrailingZeros().toPlainString())));
    return problems;
  }

  private Map<RejectReason, Long> badCounts() {
    Map<RejectReason, Long> counts = new EnumMap<>(RejectReason.class);
    bad.forEach((reason, lines) -> counts.put(reason, (long) lines.size()));
    return counts;
  }

  private List<Long> badLines() {
    return bad.values().stream().flatMap(List::stream).sorted().toList();
  }

  private Problem problem(Looked column, List<Long> lines) {
    return Problem.warning(
        column.use().code,
        Place.of(table.file(), lines.get(0)),
        "in "
            + lines.size()
            + " of the first "
            + CountWords.of(rows, "row")
            + " ("
            + CountWords.lines(lines)
            + ") column '"
            + column.column()
            + "' ("
            + column.word()
            + ") "
            + column.use().flaw,
        column.use() == Use.DATE
            ? "write it as " + table.datePattern(column.position()) + ", " + column.use().hint
            : column.use().hint);
  }
}
