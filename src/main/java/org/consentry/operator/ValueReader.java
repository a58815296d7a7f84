package org.consentry.operator;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.consentry.data.Blanks;
import org.consentry.data.BytesColumn;
import org.consentry.data.FieldType;
import org.consentry.operator.text.DateReader;
import org.consentry.operator.text.Numbers;
import org.consentry.problem.CountWords;

/** Reads values as the declared type, keeping what they mean. */
final class ValueReader {

  private ValueReader() {}

  /** A transformer that gives the source's values in the declared type. */
  static Transformer of(FieldType type, DateReader format) {
    if (type.isBytes()) {
      return Transformer.ofOne(input -> select(input, type.kind()));
    }
    boolean time = type.kind() == FieldType.Kind.DATE || type.kind() == FieldType.Kind.TIMESTAMP;
    String expected = expected(type, format) + (time ? DateReader.YEARS : "");
    return PerValue.numbers(expected, function(type, format));
  }

  /** What a value must look like, in words; bounds of dates and times follow. */
  static String expected(FieldType type, DateReader format) {
    return switch (type.kind()) {
      case TEXT -> "text";
      case CODE -> "a code";
      case INTEGER -> "a whole number of at most 18 digits";
      case DECIMAL ->
          "a number of at most "
              + CountWords.of(type.precision(), "digit")
              + ", "
              + type.scale()
              + " of them after the point";
      case DATE -> format.date();
      case TIMESTAMP -> "a date and time (" + format.pattern() + " HH:mm:ss)";
    };
  }

  /** Reads a value that travels as a number. */
  static PerValue.ToLong function(FieldType type, DateReader format) {
    return switch (type.kind()) {
      case TEXT, CODE -> throw new IllegalArgumentException("text travels as bytes");
      case INTEGER -> Numbers::integer;
      case DECIMAL -> {
        int precision = type.precision();
        int scale = type.scale();
        yield (b, start, end) -> Numbers.decimal(b, start, end, precision, scale);
      }
      case DATE -> format::day;
      case TIMESTAMP -> format::micros;
    };
  }

  /** Reads a constant of a mapping; empty when it is not of the type. */
  static Optional<Long> constant(String text, FieldType type) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    long value = function(type, DateReader.ISO).of(utf8, 0, utf8.length);
    return value == PerValue.INVALID ? Optional.empty() : Optional.of(value);
  }

  /**
   * The selected rows of the source column, pointing into the same bytes; a code without the blanks
   * at its ends, so that it is the same code for everyone who joins by it.
   */
  private static BytesColumn select(TransformInput input, FieldType.Kind kind) {
    BytesColumn source = input.source();
    int count = input.count();
    int[] starts = new int[count];
    int[] ends = new int[count];
    for (int i = 0; i < count; i++) {
      int row = input.rows()[i];
      starts[i] = source.starts()[row];
      ends[i] = source.ends()[row];
      if (kind == FieldType.Kind.CODE && !source.isMissing(row)) {
        int start = Blanks.start(source.buffer(), starts[i], ends[i]);
        ends[i] = Blanks.end(source.buffer(), start, ends[i]);
        starts[i] = start == ends[i] ? BytesColumn.MISSING : start;
      }
    }
    return new BytesColumn(count, source.buffer(), starts, ends);
  }
}
