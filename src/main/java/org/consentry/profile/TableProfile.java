package org.consentry.profile;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consentry.data.RejectReason;

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
}
