package org.consentry.consent;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.consentry.data.BytesColumn;
import org.consentry.data.Column;
import org.consentry.data.Placeholder;
import org.consentry.data.RowBatch;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;

/**
 * Lines of a file of consent lines that have a {@linkplain Placeholder placeholder} in place of a
 * value: examples that a person has not replaced. They are consents of no patient. Not thread-safe.
 */
public final class ExampleLines {

  private long lines;
  private long first = Long.MAX_VALUE;

  /** Looks at the cells of a batch. */
  public void add(RowBatch batch) {
    boolean[] examples = in(batch);
    for (int row = 0; row < examples.length; row++) {
      if (examples[row]) {
        lines++;
        first = Math.min(first, batch.lines().applyAsLong(row));
      }
    }
  }

  /** Which rows of a batch are examples. */
  static boolean[] in(RowBatch batch) {
    boolean[] examples = new boolean[batch.rows()];
    for (Column column : batch.columns()) {
      mark((BytesColumn) column, examples);
    }
    return examples;
  }

  private static void mark(BytesColumn column, boolean[] examples) {
    byte[] bytes = column.buffer();
    for (int row = 0; row < examples.length; row++) {
      int start = column.starts()[row];
      int end = column.ends()[row];
      boolean isBracketed = start >= 0 && bytes[start] == '<' && bytes[end - 1] == '>';
      if (isBracketed && !examples[row]) {
        String text = new String(bytes, start, end - start, StandardCharsets.UTF_8);
        examples[row] = Placeholder.in(text).isPresent();
      }
    }
  }

  void addAll(ExampleLines others) {
    lines += others.lines;
    first = Math.min(first, others.first);
  }

  /** An error at the first of them; empty when there is none. */
  public Optional<Problem> problem(String file) {
    if (lines == 0) {
      return Optional.empty();
    }
    String found =
        lines == 1 ? "the line is an example" : lines + " lines are examples, the first is here";
    return Optional.of(
        Problem.error(
            "CONSENT_EXAMPLE",
            Place.of(file, first),
            found + ": cells in <...> are placeholders, so it is no patient's",
            "write the consent lines of your patients, and remove the examples"));
  }
}
