package org.consentry.plan;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.consentry.connector.BatchReader;
import org.consentry.connector.SourceTable;
import org.consentry.connector.Split;
import org.consentry.consent.ExampleLines;
import org.consentry.data.RowBatch;
import org.consentry.problem.ProblemException;
import org.consentry.problem.Problems;

/**
 * Finds example lines at the beginning of a file of consent lines before a run does. What else is
 * wrong with the file, its reader reports.
 */
final class ConsentExamples {

  private static final long SPLIT_BYTES = 1 << 20;
  private static final int LONGEST_ROW = 1 << 20;

  private ConsentExamples() {}

  /** Looks at the first batches of the file. */
  static void check(ConsentOrigin origin, ConsentForm form, Problems problems) {
    try {
      SourceTable table = form.open(origin.renewed(), SPLIT_BYTES, LONGEST_ROW).table();
      read(table, origin).problem(origin.name()).ifPresent(problems::add);
    } catch (ProblemException unreadable) {
      return; // The reader of the file reports it.
    }
  }

  /** Of a file the first split, of a table the first batch: a table is one split. */
  private static ExampleLines read(SourceTable table, ConsentOrigin origin) {
    ExampleLines examples = new ExampleLines();
    List<Split> splits = table.splits();
    if (splits.isEmpty()) {
      return examples;
    }
    List<Integer> readable =
        IntStream.range(0, table.columns().size())
            .filter(column -> table.refusal(table.columns().get(column)).isEmpty())
            .boxed()
            .toList();
    try (BatchReader reader = table.open(splits.get(0), readable)) {
      Optional<RowBatch> batch = reader.next();
      while (batch.isPresent()) {
        examples.add(batch.get());
        batch = origin.file().isPresent() ? reader.next() : Optional.empty();
      }
    }
    return examples;
  }
}
