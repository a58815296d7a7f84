package org.consentry.export.select;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.consentry.data.LongSet;
import org.consentry.plan.TableExtract;

/**
 * Which rows of the tables on lower levels are released, so that no row is released that refers to
 * one that is not. Read-only; safe for any number of threads.
 *
 * @param subjects numbers of subjects whose own row is released; empty when the subjects table is
 *     not part of the release, and then no row needs it
 * @param keys hashes of released keys by table
 */
public record ReleasedRows(Optional<LongSet> subjects, Map<String, LongSet> keys) {

  /** No table on a lower level is released. */
  public static final ReleasedRows NONE = new ReleasedRows(Optional.empty(), Map.of());

  public ReleasedRows {
    keys = Map.copyOf(keys);
  }

  /** These rows and those of one more table, if other tables refer to its rows. */
  public ReleasedRows with(TableExtract table, LongSet released) {
    if (table.isSubjects()) {
      return new ReleasedRows(Optional.of(released), keys);
    }
    if (table.key().isEmpty()) {
      return this;
    }
    Map<String, LongSet> all = new HashMap<>(keys);
    all.put(table.name(), released);
    return new ReleasedRows(subjects, all);
  }

  boolean containsSubject(int subject) {
    return subjects.isEmpty() || subjects.get().contains(subject);
  }

  LongSet of(String table) {
    LongSet set = keys.get(table);
    if (set == null) {
      throw new IllegalStateException("no released keys known of table " + table);
    }
    return set;
  }
}
