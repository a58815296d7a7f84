package org.consentry.export;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.consentry.connector.BatchReader;
import org.consentry.connector.Split;
import org.consentry.data.Exclusion;
import org.consentry.data.LongSet;
import org.consentry.data.RejectReason;
import org.consentry.data.RowBatch;
import org.consentry.data.Sha256;
import org.consentry.export.decide.Decisions;
import org.consentry.export.select.KeyHashes;
import org.consentry.export.select.ReleasedRows;
import org.consentry.export.select.RowSelector;
import org.consentry.export.select.TallyCounter;
import org.consentry.plan.TableExtract;
import org.consentry.plan.TableExtract.ParentReference;
import org.jspecify.annotations.Nullable;

/**
 * Finds whether the extract would exclude single rows of one table, by its own selection. The
 * tables below, which may decide about such a row, are selected too, in order and in full, but
 * nothing of them is transformed, written or kept. So two things are not seen: a row that an
 * operator rejects for a value of it, and, without keys, a row whose shifted date is too near an
 * end of the records. Not thread-safe.
 */
public final class RowOutcomes {

  private final List<TableExtract> tables;
  private final TableExtract table;
  private final Decisions decided;
  private final KeyHashes hashes;
  private @Nullable RowSelector selector;

  /**
   * What becomes of a row. It is released when there is neither an exclusion nor a rejection.
   *
   * @param exclusion why it is excluded
   * @param rejection why it cannot be used, though it is not excluded
   * @param parents tables of which this row names a row or person that is not released; may be
   *     empty for {@link Exclusion#PARENT_EXCLUDED}, when it is the subject's own row that is not
   */
  public record Outcome(
      Optional<Exclusion> exclusion, Optional<RejectReason> rejection, List<String> parents) {

    public Outcome {
      parents = List.copyOf(parents);
    }

    /** The word of the reason why the row is not released; empty when it is. */
    public Optional<String> reason() {
      return exclusion.<Enum<?>>map(out -> out).or(() -> rejection).map(Enum::name);
    }
  }

  /**
   * Prepares for one table; the others are read when a row first needs them.
   *
   * @param tables every table of the release
   * @param table one of them
   * @param folded names of tables whose keys are compared like patient ids
   */
  public RowOutcomes(
      List<TableExtract> tables, TableExtract table, Decisions decided, Set<String> folded) {
    this.hashes = new KeyHashes(Sha256::digest, folded);
    this.tables = List.copyOf(tables);
    this.table = table;
    this.decided = decided;
  }

  /**
   * The outcome of a row.
   *
   * @param batch rows of the table, its columns in the order of {@code sourceColumns}; more may
   *     follow
   * @param row the row's number in it
   */
  public Outcome of(RowBatch batch, int row) {
    RowSelector own = ownSelector();
    own.select(batch, new TallyCounter());
    int reason = own.reasonOf(row);
    return new Outcome(
        reason == 0 ? Optional.empty() : Optional.of(Exclusion.ofCode(reason)),
        isWithoutKey(own, batch, row) ? Optional.of(RejectReason.NO_KEY) : Optional.empty(),
        reason == Exclusion.PARENT_EXCLUDED.code() ? own.unreleasedParents(batch, row) : List.of());
  }

  private static boolean isWithoutKey(RowSelector selector, RowBatch batch, int row) {
    return selector.withoutKey(batch).stream()
        .anyMatch(position -> selector.rows()[position] == row);
  }

  private RowSelector ownSelector() {
    if (selector == null) {
      selector = selector(table, below());
    }
    return selector;
  }

  private RowSelector selector(TableExtract of, ReleasedRows released) {
    return new RowSelector(of, decided.index(), decided.records(), released, hashes);
  }

  /** The released rows of the subjects table and of every table that this one refers to. */
  private ReleasedRows below() {
    Set<String> needed = new TreeSet<>();
    addParents(table, needed);
    ReleasedRows released = ReleasedRows.NONE;
    for (TableExtract lower :
        tables.stream()
            .filter(other -> other.level() < table.level())
            .filter(other -> other.isSubjects() || needed.contains(other.name()))
            .sorted(Comparator.comparingInt(TableExtract::level))
            .toList()) {
      released = released.with(lower, releasedOf(lower, released));
    }
    return released;
  }

  private void addParents(TableExtract child, Set<String> needed) {
    for (ParentReference parent : child.parents()) {
      if (needed.add(parent.table())) {
        tables.stream()
            .filter(other -> other.name().equals(parent.table()))
            .forEach(other -> addParents(other, needed));
      }
    }
  }

  private LongSet releasedOf(TableExtract lower, ReleasedRows released) {
    LongSet keys = new LongSet();
    RowSelector select = selector(lower, released);
    for (Split split : lower.source().splits()) {
      try (BatchReader reader = lower.source().open(split, lower.sourceColumns())) {
        for (Optional<RowBatch> next = reader.next(); next.isPresent(); next = reader.next()) {
          TallyCounter counter = new TallyCounter();
          select.select(next.get(), counter);
          select.reject(select.withoutKey(next.get()), RejectReason.NO_KEY, counter);
          select.forEachKey(next.get(), keys::add);
        }
      }
    }
    return keys;
  }
}
