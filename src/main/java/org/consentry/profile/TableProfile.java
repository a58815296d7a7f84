package org.consentry.profile;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consentry.data.RejectReason;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.consentry.problem.Severity;

/**
 * What a table contains.
 *
 * @param table its name
 * @param file the file as messages show it
 * @param rows how many rows were read
 * @param unread rows that cannot be read, by reason
 * @param columns every column by name, in the order of the table
 */
public record TableProfile(
    String table, String file, long rows, List<Unread> unread, Map<String, ColumnSummary> columns) {

  /**
   * Rows that cannot be read.
   *
   * @param reason why
   * @param rows how many
   * @param firstLine line of the first one, from 1
   */
  public record Unread(RejectReason reason, long rows, long firstLine) {}

  public TableProfile {
    unread = List.copyOf(unread);
    columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
  }

  /** The summary of a column. */
  public Optional<ColumnSummary> column(String name) {
    return Optional.ofNullable(columns.get(name));
  }

  /**
   * Rows that cannot be read, as problems of the file. A record that the end of the file cuts is
   * always an error.
   *
   * @param stops whether a run would stop at them
   */
  public List<Problem> unreadRows(boolean stops) {
    return unread.stream()
        .map(
            each ->
                new Problem(
                    stops || each.reason() == RejectReason.TRUNCATED
                        ? Severity.ERROR
                        : Severity.WARNING,
                    each.reason() == RejectReason.TRUNCATED ? "TABLE_CUT_OFF" : "REJECTED_ROWS",
                    Place.of(file, each.firstLine()),
                    Masked.count(each.rows())
                        + " rows from here on cannot be read: "
                        + each.reason().name(),
                    stops
                        ? "check the encoding and the dialect of the source, or export the table"
                            + " again"
                        : "export the table again; a run counts them as rejected"))
        .toList();
  }
}
