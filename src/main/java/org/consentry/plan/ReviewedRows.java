package org.consentry.plan;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.consentry.config.Suggestion;
import org.consentry.connector.BatchReader;
import org.consentry.connector.Connectors;
import org.consentry.connector.Source;
import org.consentry.connector.SourceTable;
import org.consentry.connector.Split;
import org.consentry.data.BytesColumn;
import org.consentry.data.RowBatch;
import org.consentry.operator.ServiceClass;
import org.consentry.operator.ServiceInput;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;
import org.consentry.problem.Problems;

/**
 * Reads procedure lines that people or a payer labelled, from CSV as the engine reads it: RFC 4180,
 * UTF-8, with a header. Never shows a cell.
 */
public final class ReviewedRows {

  /**
   * One labelled line.
   *
   * @param place where it is
   * @param family the group it is counted in; empty when there is no such column or no word
   * @param label the class that a person gave it
   * @param input what is known of it
   */
  public record Reviewed(Place place, String family, ServiceClass label, ServiceInput input) {}

  private static final int LABEL = 0;
  private static final int FAMILY = 1;
  private static final int PROCEDURE = 2;
  private static final int DIAGNOSES = 3;
  private static final int FUNCTIONAL = 4;
  private static final int STATE = 5;
  private static final int BENEFITS = 6;

  private final SourceTable table;
  private final String name;
  private final ReviewedColumns columns;
  private final Problems problems = new Problems();

  public ReviewedRows(Path file, ReviewedColumns columns) {
    this.name = file.toString();
    this.columns = columns;
    this.table = open(file);
  }

  private static SourceTable open(Path file) {
    String fileName = String.valueOf(file.getFileName());
    Path folder = Optional.ofNullable(file.getParent()).orElse(Path.of("."));
    if (!fileName.endsWith(".csv")) {
      throw ProblemException.of(
          Category.USAGE,
          "REVIEWED_FILE",
          Place.of(file),
          "expected a CSV file with a header",
          "name a file that ends with .csv");
    }
    Source source = Connectors.csvFolder(folder);
    return source
        .table(fileName.substring(0, fileName.length() - ".csv".length()))
        .orElseThrow(
            () ->
                ProblemException.of(
                    Category.FILES_INVALID,
                    "NO_SUCH_FILE",
                    Place.of(file),
                    "there is no such file",
                    "check the path"));
  }

  /**
   * Reads every line.
   *
   * @throws ProblemException of {@link Category#FILES_INVALID} when a column is missing, or a line
   *     is ragged, not UTF-8 or labelled with another word than a class
   */
  public List<Reviewed> read() {
    List<Integer> positions = positions();
    problems.throwIfAny(Category.FILES_INVALID);
    List<Reviewed> rows = new ArrayList<>();
    for (Split split : table.splits()) {
      try (BatchReader reader = table.open(split, positions)) {
        for (Optional<RowBatch> batch = reader.next(); batch.isPresent(); batch = reader.next()) {
          take(batch.get(), rows::add);
        }
      }
    }
    problems.throwIfAny(Category.FILES_INVALID);
    return rows;
  }

  /** Positions of label, family, and the inputs; the family may be absent. */
  private List<Integer> positions() {
    List<Integer> positions = new ArrayList<>();
    for (String column : columns.inOrder()) {
      int position = table.columns().indexOf(column);
      if (position < 0 && !column.equals(columns.family())) {
        problems.error(
            "UNKNOWN_COLUMN",
            Place.of(name, 1),
            "there is no column '" + column + "'",
            Suggestion.nearest(column, table.columns())
                .map(near -> "did you mean '" + near + "'?")
                .orElse("name it with the option of that input"));
      }
      positions.add(position < 0 ? table.columns().indexOf(columns.label()) : position);
    }
    return positions;
  }

  private void take(RowBatch batch, Consumer<Reviewed> rows) {
    for (RowBatch.Rejection rejection : batch.rejections()) {
      problems.error(
          "BAD_LINE",
          Place.of(name, rejection.line()),
          "the line cannot be read: " + rejection.reason(),
          "repair it");
    }
    boolean families = table.columns().contains(columns.family());
    for (int row = 0; row < batch.rows(); row++) {
      Place place = Place.of(name, batch.lines().applyAsLong(row));
      Optional<ServiceClass> label = cell(batch, LABEL, row).flatMap(ServiceClass::parse);
      if (label.isEmpty()) {
        problems.error(
            "UNKNOWN_CLASS",
            place,
            "the label is none of the classes",
            "write COSMETIC, RECONSTRUCTIVE_MEDICALLY_NECESSARY, RECONSTRUCTIVE_BY_BENEFIT or"
                + " INDETERMINATE");
        continue;
      }
      String family = families ? cell(batch, FAMILY, row).orElse("") : "";
      rows.accept(new Reviewed(place, family, label.get(), input(batch, row)));
    }
  }

  private ServiceInput input(RowBatch batch, int row) {
    List<String> diagnoses =
        cell(batch, DIAGNOSES, row)
            .map(cell -> List.of(cell.split(Pattern.quote(columns.separator()))))
            .orElse(List.of());
    return new ServiceInput(
        cell(batch, PROCEDURE, row),
        diagnoses,
        cell(batch, FUNCTIONAL, row),
        cell(batch, STATE, row),
        cell(batch, BENEFITS, row));
  }

  private static Optional<String> cell(RowBatch batch, int slot, int row) {
    BytesColumn column = (BytesColumn) batch.columns().get(slot);
    if (column.isMissing(row)) {
      return Optional.empty();
    }
    int start = column.starts()[row];
    int length = column.ends()[row] - start;
    return Optional.of(new String(column.buffer(), start, length, StandardCharsets.UTF_8));
  }
}
