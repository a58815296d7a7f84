package org.consentry.plan;

import java.util.List;
import org.consentry.config.ScanRule;
import org.consentry.connector.SourceTable;
import org.consentry.data.ReleaseDetail;

/**
 * What the finished files are searched for, bound to the source.
 *
 * @param rule the rule of the job
 * @param detail how finely the target lets dates and places be released
 * @param tables the tables of the source whose identifiers are searched for, released or not; none
 *     when the job searches for none
 * @param absent tables of the mapping that the source does not have
 */
public record ScanPlan(
    ScanRule rule, ReleaseDetail detail, List<ScannedTable> tables, List<String> absent) {

  public ScanPlan {
    tables = List.copyOf(tables);
    absent = List.copyOf(absent);
  }

  /** The identifying columns of a table; empty when it has none. */
  public java.util.Optional<ScannedTable> of(String table) {
    return tables.stream().filter(one -> one.source().name().equals(table)).findFirst();
  }

  /**
   * A table with identifying columns.
   *
   * @param subject position in {@code source.columns()} of the subject's id
   * @param columns the identifying columns, in the order of the source; at least one
   */
  public record ScannedTable(SourceTable source, int subject, List<ScannedColumn> columns) {
    public ScannedTable {
      columns = List.copyOf(columns);
    }
  }

  /**
   * An identifying column.
   *
   * @param position in {@code source.columns()}
   * @param content what its values are
   */
  public record ScannedColumn(int position, Content content) {}

  /** What the values of an identifying column are. */
  public enum Content {
    /** They name a person: role {@code direct-identifier}. */
    IDENTIFIER,
    /** They name a person: role {@code linkage-key}. */
    KEY,
    /**
     * They name the row's subject, whose key is searched for with the table of subjects. Those of
     * no subject there are not.
     */
    SUBJECT,
    /** They name a record, such as a visit: role {@code linkage-key}. */
    RECORD_KEY,
    /** They are dropped and may be anything; what detectors take for an identifier is one. */
    UNKNOWN,
    /** They are dates of the row's subject that are not released as they are. */
    DATE
  }
}
