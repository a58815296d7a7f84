package org.consentry.plan;

import java.nio.file.Path;
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
  static void check(Path file, String name, ConsentForm form, Problems problems) {
    try {
      SourceTable table = form.open(file, name, SPLIT_BYTES, LONGEST_ROW).table();
      Optional<Split> first = table.splits().stream().findFirst();
      if (first.isPresent()) {
        read(table, first.get()).problem(name).ifPresent(problems::add);
      }
    } catch (ProblemException unreadable) {
      return; // The reader of the file reports it.
    }
  }

  private static ExampleLines read(SourceTable table, Split split) {
    ExampleLines examples = new ExampleLines();
    try (BatchReader reader =
        table.open(split, IntStream.range(0, table.columns().size()).boxed().toList())) {
      for (Optional<RowBatch> batch = reader.next(); batch.isPresent(); batch = reader.next()) {
        examples.add(batch.get());
      }
    }
    return examples;
  }
}
