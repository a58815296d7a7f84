package org.consentry.export.extract;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import org.consentry.consent.RecordConsent;
import org.consentry.data.BytesColumn;
import org.consentry.data.CodeLimits;
import org.consentry.data.Column;
import org.consentry.data.Effect;
import org.consentry.data.Field;
import org.consentry.data.MissingCells;
import org.consentry.data.OnInvalid;
import org.consentry.data.PlannedColumn;
import org.consentry.data.RecordCategory;
import org.consentry.data.RejectReason;
import org.consentry.data.RowBatch;
import org.consentry.data.RowBatch.Rejection;
import org.consentry.data.SubjectIndex;
import org.consentry.data.Tally;
import org.consentry.export.decide.RecordSpans;
import org.consentry.export.select.CountedSubjects;
import org.consentry.export.select.KeyHashes;
import org.consentry.export.select.ReleasedRows;
import org.consentry.export.select.RowSelector;
import org.consentry.export.select.SpanLog;
import org.consentry.export.select.TallyCounter;
import org.consentry.operator.Operator;
import org.consentry.operator.TransformInput;
import org.consentry.operator.Transformer;
import org.consentry.plan.ReleasedColumns;
import org.consentry.plan.TableExtract;
import org.consentry.problem.CountWords;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;

/**
 * Turns batches of source rows into batches of released rows, column by column. The answer depends
 * on the rows, the plan, the decisions and the keys alone. Not thread-safe: one a split.
 *
 * <p><b>Security promise:</b> a row leaves only if its subject is not excluded and consent covers
 * the record; a cell of a category of its own is released only if consent covers it too, and its
 * value decides nothing otherwise. A withheld cell is empty, like one without a value.
 */
public final class Extractor {

  private final TableExtract table;
  private final List<Field> fields;
  private final SubjectIndex index;
  private final List<Transformer> transformers;
  private final RowSelector selector;
  private final LongConsumer releasedKeys;
  private final Map<String, Set<RecordCategory>> ownCategories;
  private final TallyCounter counter = new TallyCounter();
  private final SpanLog spans = new SpanLog();
  private final ContentCounter contents;
  private final FilledCells filled;
  private final StoppedValues stopped = new StoppedValues();

  /**
   * Prepares the extract of one split.
   *
   * @param transformers those of {@link TableExtract#operators()}, opened with the run's keys
   * @param releasedKeys receives for every released row the subject's number in the subjects table,
   *     the hash of its key in a table others refer to; nothing otherwise
   */
  public Extractor(
      TableExtract table,
      SubjectIndex index,
      RecordConsent consent,
      ReleasedRows released,
      KeyHashes hashes,
      List<Transformer> transformers,
      LongConsumer releasedKeys) {
    this.table = table;
    this.fields = table.schema().fields();
    this.index = index;
    this.transformers = List.copyOf(transformers);
    this.selector = new RowSelector(table, index, consent, released, hashes);
    this.releasedKeys = releasedKeys;
    this.ownCategories = table.ownCategories();
    this.contents = new ContentCounter(table);
    this.filled = new FilledCells(table.columns());
  }

  /**
   * Extracts one batch.
   *
   * @return the released rows, possibly none, with the columns of the table's schema, and the rows
   *     that have no key or that an operator rejected
   * @throws ProblemException for a value an operator cannot take under {@code onInvalid: stop};
   *     names file, line and column
   */
  public RowBatch extract(RowBatch batch) {
    selector.select(batch, counter);
    List<Rejection> refused = new ArrayList<>();
    reject(batch, selector.withoutKey(batch), RejectReason.NO_KEY, refused);
    BitSet rejected = new BitSet();
    List<Column> columns = transform(batch, rejected);
    if (!rejected.isEmpty()) {
      reject(batch, rejected, RejectReason.INVALID_VALUE, refused);
      columns = transform(batch, new BitSet());
    }
    columns = withhold(batch, columns);
    count(columns);
    filled.add(columns, counter);
    counter.released(selector.count());
    selector.addTo(spans, counter.people().of(CountedSubjects.LINES));
    selector.forEachKey(batch, releasedKeys);
    int[] rows = selector.rows();
    contents.add(batch, rows, selector.count(), columns);
    return new RowBatch(
        selector.count(), columns, refused, position -> batch.lines().applyAsLong(rows[position]));
  }

  private void reject(
      RowBatch batch, BitSet positions, RejectReason reason, List<Rejection> refused) {
    positions.stream()
        .mapToObj(
            position -> new Rejection(reason, batch.lines().applyAsLong(selector.rows()[position])))
        .forEach(refused::add);
    selector.reject(positions, reason, counter);
  }

  /** The subject of each row that {@link #extract} gave last, by number. */
  int[] subjects() {
    return selector.subjects();
  }

  /** The subject of each row that {@link #extract} was given last, -1 where there is none. */
  int[] found() {
    return selector.found();
  }

  /** What became of the rows so far; balances by construction. */
  public Tally tally() {
    return counter.tally();
  }

  /**
   * The same with the cells that have no value in the source.
   *
   * @param missing by position in the batches; none where the source does not distinguish them
   */
  Tally tally(List<MissingCells> missing) {
    Map<String, MissingCells> cells = new HashMap<>();
    for (int i = 0; i < missing.size() && i < table.sourceColumns().size(); i++) {
      cells.put(table.source().columns().get(table.sourceColumns().get(i)), missing.get(i));
    }
    return tally().with(cells);
  }

  /**
   * Whose records were released so far, and of which days, as {@link RecordSpans} reads it; and who
   * is behind what was left out, as {@link CountedSubjects} reads it.
   */
  public byte[] spans() {
    return CountedSubjects.join(spans.toBytes(), counter.people());
  }

  /** The sum over the rows so far; none where the files of the table can be compared. */
  ContentSum contents() {
    return contents.sum();
  }

  private List<Column> transform(RowBatch batch, BitSet rejected) {
    List<Column> columns = new ArrayList<>();
    List<Blanks> blanks = new ArrayList<>();
    for (int i = 0; i < transformers.size(); i++) {
      ReleasedColumns made = table.released().get(i);
      Blanks blank = new Blanks(batch, made, rejected);
      blanks.add(blank);
      List<TransformInput.Values> values =
          made.inputs().stream().map(input -> values(input, batch)).toList();
      columns.addAll(blank.codes(transformers.get(i).transform(input(values, blank))));
    }
    stopped.throwIfAny();
    if (rejected.isEmpty()) {
      blanks.forEach(Blanks::count);
    }
    return columns;
  }

  private TransformInput input(List<TransformInput.Values> values, Blanks blanks) {
    return new TransformInput(
        values, selector.rows(), selector.count(), selector.subjects(), index, blanks);
  }

  private TransformInput.Values values(ReleasedColumns.Input input, RowBatch batch) {
    if (input instanceof ReleasedColumns.Input.OfRow column) {
      return new TransformInput.Values.Cells((BytesColumn) batch.columns().get(column.position()));
    }
    return new TransformInput.Values.Days(
        switch (((ReleasedColumns.Input.OfSubject) input).attribute()) {
          case BIRTH_DATE -> index.births().last();
          case DEATH_DATE -> index.deathDays();
        });
  }

  private List<Column> withhold(RowBatch batch, List<Column> columns) {
    List<Column> answer = new ArrayList<>(columns);
    int at = 0;
    for (ReleasedColumns made : table.released()) {
      for (String name : made.names()) {
        Set<RecordCategory> needed = ownCategories.getOrDefault(name, Set.of());
        if (!needed.isEmpty()) {
          answer.set(at, withhold(batch, columns.get(at), name, made, needed));
        }
        at++;
      }
    }
    return answer;
  }

  /** Counts the words of columns whose words are the operator's own. */
  private void count(List<Column> columns) {
    int at = 0;
    for (Operator operator : table.operators()) {
      for (int output = 0; output < operator.notes().size(); output++) {
        if (operator.counted().contains(output)) {
          count(fields.get(at).name(), (BytesColumn) columns.get(at));
        }
        at++;
      }
    }
  }

  /** Released cells with a value so far, by released column. */
  Map<String, Long> filled() {
    return filled.byColumn();
  }

  private void count(String name, BytesColumn column) {
    Map<Integer, int[]> cells = new HashMap<>();
    for (int position = 0; position < column.rows(); position++) {
      if (!column.isMissing(position)) {
        int end = column.ends()[position];
        cells.computeIfAbsent(column.starts()[position], start -> new int[] {end, 0})[1]++;
      }
    }
    cells.forEach(
        (start, found) ->
            counter.answered(
                name,
                new String(column.buffer(), start, found[0] - start, StandardCharsets.UTF_8),
                found[1]));
  }

  private Column withhold(
      RowBatch batch,
      Column column,
      String name,
      ReleasedColumns made,
      Set<RecordCategory> categories) {
    BitSet hidden = new BitSet();
    for (RecordCategory category : categories) {
      for (int position = 0; position < selector.count(); position++) {
        if (!selector.covers(position, category)) {
          hidden.set(position);
        }
      }
    }
    for (int position = hidden.nextSetBit(0);
        position >= 0;
        position = hidden.nextSetBit(position + 1)) {
      if (column.isMissing(position) && !isGiven(batch, made, position)) {
        hidden.clear(position);
      }
    }
    counter.withheld(name, hidden, selector.subjects());
    return hidden.isEmpty() ? column : WithheldCells.empty(column, hidden);
  }

  /** Whether the clinic recorded a value, be it one that the operator could not take. */
  private boolean isGiven(RowBatch batch, ReleasedColumns made, int position) {
    return made.isOfColumn()
        && !batch.columns().get(made.sourceColumn()).isMissing(selector.rows()[position]);
  }

  private boolean covers(int position, Set<RecordCategory> categories) {
    for (RecordCategory category : categories) {
      if (!selector.covers(position, category)) {
        return false;
      }
    }
    return true;
  }

  /** What happens to invalid values of one operator in one batch. */
  private final class Blanks implements TransformInput.Invalid {
    private final RowBatch batch;
    private final ReleasedColumns made;
    private final List<String> names;
    private final BitSet rejected;
    private final BitSet blanked = new BitSet();
    private final Map<String, BitSet> noCodes = new HashMap<>();

    Blanks(RowBatch batch, ReleasedColumns made, BitSet rejected) {
      this.batch = batch;
      this.made = made;
      this.names = made.names();
      this.rejected = rejected;
    }

    @Override
    public void at(int position, int input, String expected) {
      if (isWithheld(position)) {
        return; // what consent does not cover decides nothing
      }
      switch (made.onInvalid()) {
        case STOP -> stopped.add(place(position), made.inputNames().get(input), expected, names);
        case BLANK -> blanked.set(position);
        case REJECT_ROW -> rejected.set(position);
      }
    }

    @Override
    public void unreleased(int position) {
      if (!isWithheld(position)) {
        blanked.set(position);
      }
    }

    private boolean isWithheld(int position) {
      return names.stream().allMatch(name -> isWithheld(name, position));
    }

    private boolean isWithheld(String name, int position) {
      return !covers(position, ownCategories.getOrDefault(name, Set.of()));
    }

    /** Looks at the values of codes, whatever made them. */
    List<Column> codes(List<Column> columns) {
      List<Column> checked = new ArrayList<>(columns);
      for (int output = 0; output < columns.size(); output++) {
        PlannedColumn planned = made.columns().get(output);
        Optional<CodeLimits> limits = planned.released().orElseThrow().limits();
        if (limits.isPresent() && columns.get(output) instanceof BytesColumn texts) {
          boolean areMade = planned.effect() instanceof Effect.Code;
          if (!areMade || !limits.get().fitsFirst(texts)) {
            checked.set(output, codes(planned.name().orElseThrow(), limits.get(), texts));
          }
        }
      }
      return checked;
    }

    private Column codes(String name, CodeLimits limits, BytesColumn column) {
      BitSet flawed = limits.flawed(column);
      if (flawed.isEmpty()) {
        return column;
      }
      flawed.stream()
          .filter(position -> isWithheld(name, position))
          .boxed()
          .toList()
          .forEach(flawed::clear);
      if (!flawed.isEmpty() && made.onInvalid() == OnInvalid.STOP) {
        stopped.add(noCodes(name, limits, column, flawed));
        return column;
      }
      if (made.onInvalid() == OnInvalid.REJECT_ROW) {
        rejected.or(flawed);
        return column;
      }
      noCodes.put(name, flawed);
      return WithheldCells.empty(column, flawed);
    }

    private Problem noCodes(String name, CodeLimits limits, BytesColumn column, BitSet flawed) {
      return Problem.error(
          "NO_CODE",
          place(flawed.nextSetBit(0)),
          "column '"
              + name
              + "' is released as type: code, but "
              + flawed.cardinality()
              + " of "
              + CountWords.of(selector.count(), "value")
              + " read together "
              + (flawed.cardinality() == 1 ? "is no code" : "are no codes")
              + ": "
              + limits.flaws(column, flawed),
          "a code is "
              + limits.words()
              + ": repair the rows, set onInvalid: blank or reject-row, allow longer codes by"
              + " maxLength, or declare type: text");
    }

    void count() {
      for (String name : names) {
        BitSet all = (BitSet) blanked.clone();
        all.or(noCodes.getOrDefault(name, new BitSet()));
        counter.blanked(name, all, selector.subjects());
      }
    }

    private Place place(int position) {
      return Place.of(table.source().file(), batch.lines().applyAsLong(selector.rows()[position]));
    }
  }
}
