package org.consentry.operator;

import java.util.List;
import org.consentry.data.BytesColumn;
import org.consentry.operator.text.ByteOutput;

/** A fixed set of short texts in one buffer, which released columns point into. Immutable. */
final class Labels {

  private final byte[] buffer;
  private final int[] starts;

  /** The texts, none empty, numbered from 0 in this order. */
  Labels(List<String> texts) {
    ByteOutput out = new ByteOutput(64);
    starts = new int[texts.size() + 1];
    for (int i = 0; i < texts.size(); i++) {
      out.append(texts.get(i));
      starts[i + 1] = out.size();
    }
    buffer = out.buffer();
  }

  /** A column whose every row is a label, or missing where the number is negative. */
  BytesColumn column(int count, int[] numbers) {
    int[] from = new int[count];
    int[] to = new int[count];
    for (int i = 0; i < count; i++) {
      int number = numbers[i];
      from[i] = number < 0 ? BytesColumn.MISSING : starts[number];
      to[i] = number < 0 ? BytesColumn.MISSING : starts[number + 1];
    }
    return new BytesColumn(count, buffer, from, to);
  }
}
