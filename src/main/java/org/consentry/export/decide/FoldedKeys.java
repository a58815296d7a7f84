package org.consentry.export.decide;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.consentry.connector.BatchReader;
import org.consentry.connector.SourceTable;
import org.consentry.connector.Split;
import org.consentry.data.BytesColumn;
import org.consentry.data.LongSet;
import org.consentry.data.RowBatch;
import org.consentry.data.Sha256;
import org.consentry.export.select.KeyHashes;
import org.consentry.plan.TableExtract;
import org.consentry.problem.Category;
import org.consentry.problem.CountWords;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;

/**
 * Finds keys of a table that are written differently and meet when they are folded: it is not known
 * which of the records a reference means, and one may be another patient's. Every row counts,
 * released or not. Keeps two numbers of 64 bits a row of the tables that ask for folding.
 */
final class FoldedKeys {

  private static final int SHOWN = 5;

  private final TableExtract table;
  private final KeyHashes exact = new KeyHashes(Sha256::digest);
  private final KeyHashes folded;
  private final LongSet exactSeen = new LongSet();
  private final LongSet foldedSeen = new LongSet();
  private final List<Problem> first = new ArrayList<>();
  private long meeting;

  private FoldedKeys(TableExtract table) {
    this.table = table;
    this.folded = new KeyHashes(Sha256::digest, Set.of(table.name()));
  }

  public static void check(
      List<TableExtract> tables, Set<String> folded, Function<SourceTable, List<Split>> splits) {
    for (TableExtract table : tables) {
      if (folded.contains(table.name()) && table.key().isPresent()) {
        new FoldedKeys(table).check(splits.apply(table.source()), table.key().get());
      }
    }
  }

  private void check(List<Split> splits, int key) {
    List<Integer> columns = List.of(table.sourceColumns().get(key));
    for (Split split : splits) {
      try (BatchReader reader = table.source().open(split, columns)) {
        for (Optional<RowBatch> batch = reader.next(); batch.isPresent(); batch = reader.next()) {
          look(batch.get());
        }
      }
    }
    if (meeting > 0) {
      List<Problem> problems = new ArrayList<>(first);
      problems.add(
          Problem.error(
              "RECORD_KEYS_MEET",
              Place.of(table.source().file()),
              CountWords.of(meeting, "key")
                  + " of table '"
                  + table.name()
                  + (meeting == 1 ? "' meets" : "' meet")
                  + " an earlier one when folded",
              "repair the keys, or remove compareKeys: folded from the mapping"));
      throw new ProblemException(Category.FILES_INVALID, problems);
    }
  }

  private void look(RowBatch batch) {
    BytesColumn keys = (BytesColumn) batch.columns().get(0);
    for (int row = 0; row < batch.rows(); row++) {
      if (keys.isMissing(row)) {
        continue;
      }
      int start = keys.starts()[row];
      int end = keys.ends()[row];
      long asWritten = exact.of(keys.buffer(), start, end);
      long asFolded = folded.of(table.name(), keys.buffer(), start, end);
      if (!exactSeen.contains(asWritten) && foldedSeen.contains(asFolded)) {
        meet(batch.lines().applyAsLong(row));
      }
      exactSeen.add(asWritten);
      foldedSeen.add(asFolded);
    }
  }

  private void meet(long line) {
    meeting++;
    if (first.size() < SHOWN) {
      first.add(
          Problem.error(
              "RECORD_KEYS_MEET",
              Place.of(table.source().file(), line),
              "the key meets an earlier one that is written differently",
              "repair the key, or remove compareKeys: folded from the mapping"));
    }
  }
}
