package org.consentry.operator;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongUnaryOperator;
import java.util.function.UnaryOperator;
import org.consentry.data.BytesColumn;
import org.consentry.data.Column;
import org.consentry.data.LongColumn;
import org.consentry.data.OperatorNote;
import org.consentry.data.ValueList;
import org.consentry.operator.text.ByteOutput;

/**
 * A coarser form of what an operator releases: a function of the released value that joins values
 * and never parts any that a lower level joins. A missing value stays missing. Pure and immutable;
 * safe for any number of threads.
 */
public final class Level {

  /** What releases no value at all: the highest level of every operator that has levels. */
  public static final Level NONE =
      new Level("none", "Not released: every cell is empty.", Map.of(), Level::missing);

  private final String name;
  private final String done;
  private final Map<String, String> labels;

  private final UnaryOperator<Column> coarser;

  private Level(
      String name, String done, Map<String, String> labels, UnaryOperator<Column> coarser) {
    this.name = name;
    this.done = done;
    this.labels = Map.copyOf(labels);
    this.coarser = coarser;
  }

  /**
   * A level of numbers or days.
   *
   * @param name how plan files write it
   * @param done what was done beside what the operator does, one plain sentence
   * @param labels what single values mean
   */
  static Level ofNumbers(
      String name, String done, Map<String, String> labels, LongUnaryOperator coarser) {
    return new Level(name, done, labels, column -> numbers((LongColumn) column, coarser));
  }

  /** A level of codes and texts, as {@link #ofNumbers}. */
  static Level ofTexts(String name, String done, UnaryOperator<String> coarser) {
    return new Level(name, done, Map.of(), column -> texts((BytesColumn) column, coarser));
  }

  /** How plan files write it, such as {@code 10 years}. */
  public String name() {
    return name;
  }

  /** Makes a released column coarser. */
  public Column of(Column released) {
    return coarser.apply(released);
  }

  /** The operator that releases this level instead. */
  public Operator over(Operator operator) {
    return new Coarser(operator, this);
  }

  private OperatorNote note(OperatorNote note) {
    Map<String, String> parameters = new TreeMap<>(note.parameters());
    parameters.put("level", name);
    return new OperatorNote(
        note.technique(),
        note.done() + " " + done,
        this == NONE ? "Nothing." : note.survives() + " As coarse as the level: " + name + ".",
        parameters,
        labels);
  }

  private static Column missing(Column column) {
    int rows = column.rows();
    if (column instanceof BytesColumn) {
      int[] starts = new int[rows];
      Arrays.fill(starts, BytesColumn.MISSING);
      return new BytesColumn(rows, new byte[0], starts, new int[rows]);
    }
    long[] values = new long[rows];
    Arrays.fill(values, LongColumn.MISSING);
    return new LongColumn(rows, values);
  }

  private static Column numbers(LongColumn column, LongUnaryOperator coarser) {
    long[] values = new long[column.rows()];
    for (int row = 0; row < values.length; row++) {
      long value = column.values()[row];
      values[row] = value == LongColumn.MISSING ? value : coarser.applyAsLong(value);
    }
    return new LongColumn(values.length, values);
  }

  /** Once per distinct value. */
  private static Column texts(BytesColumn column, UnaryOperator<String> coarser) {
    Map<String, Range> known = new HashMap<>();
    int rows = column.rows();
    int[] starts = new int[rows];
    int[] ends = new int[rows];
    ByteOutput output = new ByteOutput(64);
    for (int row = 0; row < rows; row++) {
      if (column.isMissing(row)) {
        starts[row] = BytesColumn.MISSING;
        continue;
      }
      int from = column.starts()[row];
      String value =
          new String(column.buffer(), from, column.ends()[row] - from, StandardCharsets.UTF_8);
      Range range = known.computeIfAbsent(value, fine -> Range.of(coarser.apply(fine), output));
      starts[row] = range.start();
      ends[row] = range.end();
    }
    return new BytesColumn(rows, output.buffer(), starts, ends);
  }

  /** Bytes of an output. */
  private record Range(int start, int end) {

    static Range of(String text, ByteOutput output) {
      int start = output.size();
      output.append(text);
      return new Range(start, output.size());
    }
  }

  /** An operator whose one output is made coarser. */
  private record Coarser(Operator operator, Level level) implements Operator {

    @Override
    public String name() {
      return operator.name();
    }

    @Override
    public List<OperatorNote> notes() {
      return operator.notes().stream().map(level::note).toList();
    }

    @Override
    public Set<SubjectAttribute> subjectAttributes() {
      return operator.subjectAttributes();
    }

    @Override
    public Optional<ValueList> listing() {
      return operator.listing();
    }

    @Override
    public Optional<TruncatedSpan> span() {
      return operator.span();
    }

    @Override
    public Optional<RowTest> rowTest() {
      return operator.rowTest();
    }

    @Override
    public boolean releasesNothing() {
      return level == NONE;
    }

    @Override
    public Transformer open(OperatorKeys keys) {
      Transformer fine = operator.open(keys);
      return input -> fine.transform(input).stream().map(level::of).toList();
    }
  }
}
