package org.consentry.connector.csv;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToLongFunction;
import org.consentry.config.Encoding;
import org.consentry.connector.BatchReader;
import org.consentry.data.Blanks;
import org.consentry.data.BytesColumn;
import org.consentry.data.Column;
import org.consentry.data.RejectReason;
import org.consentry.data.RowBatch;

/**
 * Reads plain dialects ({@link CsvDialect#isPlain}) from a slab of bytes that the batches share:
 * nothing is copied per field. Only the wanted columns are looked at beyond the {@link SlabIndex};
 * a doubled quote is undone in place, other encodings than UTF-8 are rewritten behind the slab, and
 * only where there is a byte over 7F.
 *
 * <p>Whether a row is rejected depends on the whole record, so it is the same whatever columns are
 * asked for.
 */
final class SlabReader implements BatchReader {

  /** Rows of a batch at most. */
  static final int MAX_ROWS = 1 << 16;

  private static final int WINDOW = 1 << 15;
  private static final int SLACK = 2 * Long.SIZE;

  private final CsvBytes source;
  private final CsvProblems problems;
  private final ReadSetup setup;
  private final SlabIndex index;
  private final Transcoder transcoder;
  private final byte quote;

  /** The wanted columns, each once, and where each asked-for column is among them. */
  private final int[] wanted;

  private final int[] slots;
  private final int[][] starts;
  private final int[][] ends;
  private final long[] emptyTexts;

  private byte[] slab;
  private int capacity;
  private int loaded;
  private int scanned;

  /** First byte of the first record that was not taken. */
  private int record;

  private boolean ended;
  private int rows;
  private int[] rowStarts = new int[1 << 10];
  private int[] bases = new int[1 << 8];

  /** Rows of the window that have bytes over 7F, and how many there are. */
  private int[] foreign = new int[1 << 4];

  private int foreigners;

  /** Where the next rewritten value goes; behind the bytes that were read. */
  private int spill;

  private List<RowBatch.Rejection> rejections = new ArrayList<>();
  private LineCursor lines;
  private long line;

  SlabReader(
      CsvBytes source,
      CsvProblems problems,
      ReadSetup setup,
      long firstLine,
      List<Integer> columns) {
    this.source = source;
    this.problems = problems;
    this.setup = setup;
    this.quote = (byte) setup.dialect().quote();
    this.index = new SlabIndex((byte) setup.dialect().delimiter().charAt(0), quote);
    this.transcoder = new Transcoder(setup.encoding());
    this.wanted = columns.stream().mapToInt(Integer::intValue).distinct().toArray();
    this.slots = columns.stream().mapToInt(c -> indexOf(wanted, c)).toArray();
    this.starts = new int[wanted.length][1 << 10];
    this.ends = new int[wanted.length][1 << 10];
    this.emptyTexts = new long[wanted.length];
    this.capacity = setup.slab();
    this.slab = new byte[capacity + SLACK];
    this.line = firstLine;
    this.lines = new LineCursor(slab, 0, firstLine);
  }

  private static int indexOf(int[] values, int value) {
    int i = 0;
    while (values[i] != value) {
      i++;
    }
    return i;
  }

  @Override
  public Optional<RowBatch> next() {
    beginBatch();
    while (rows < MAX_ROWS && (scannable() > 0 || load())) {
      scanWindow();
      takeRecords();
    }
    if (rows == 0 && rejections.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(endBatch());
  }

  @Override
  public long done() {
    return source.done();
  }

  /**
   * How many cells of a column were empty between quotes so far.
   *
   * @param column its position among the columns that were asked for
   */
  long emptyTexts(int column) {
    return emptyTexts[slots[column]];
  }

  private void beginBatch() {
    rows = 0;
    rejections = new ArrayList<>();
    if (loaded - record < capacity / 2 || record == loaded) {
      compact();
    }
    restart();
  }

  /** Moves what was not taken to the front. */
  private void compact() {
    System.arraycopy(slab, record, slab, 0, loaded - record);
    loaded -= record;
    record = 0;
  }

  private void restart() {
    spill = capacity + SLACK;
    scanned = record;
    index.begin(record);
    lines = new LineCursor(slab, record, line);
  }

  /** Bytes that may be scanned now: whole blocks and one byte to look ahead, or all at the end. */
  private int scannable() {
    int ready = loaded - scanned;
    return ended ? ready : Math.max(0, ready - 1) / Long.SIZE * Long.SIZE;
  }

  /** Gets more bytes; false when the slab is full or there are none. */
  private boolean load() {
    if (ended) {
      return false;
    }
    if (loaded == capacity) {
      if (rows > 0 || !rejections.isEmpty()) {
        return false;
      }
      makeRoom();
    }
    loaded += source.read(slab, loaded, capacity - loaded);
    if (source.atEnd()) {
      // Ends a last record without a line break; after a line break it is a blank line.
      slab[loaded++] = '\n';
      ended = true;
    }
    return true;
  }

  private void makeRoom() {
    advanceLine();
    if (record > 0) {
      compact();
    } else if (capacity >= setup.longestRecord()) {
      source.readToEnd();
      throw problems.recordTooLong(line, setup.longestRecord());
    } else {
      capacity = Math.min(capacity * 2, setup.longestRecord());
      slab = Arrays.copyOf(slab, capacity + SLACK);
    }
    restart();
  }

  private void scanWindow() {
    int to = scanned + Math.min(WINDOW, scannable());
    index.scan(slab, scanned, to);
    scanned = to;
    if (index.misplacedQuote != SlabIndex.NONE) {
      source.readToEnd();
      long at = lines.line(index.misplacedQuote);
      throw index.misplacedOpens ? problems.bareQuote(at) : problems.textAfterQuote(at);
    }
    if (ended && scanned == loaded && index.insideQuotes()) {
      throw problems.unclosedQuote(lines.line(index.separators[index.count - 1] + 1));
    }
  }

  private void takeRecords() {
    foreigners = 0;
    int accepted = acceptRecords();
    ensureRows(rows + accepted);
    for (int slot = 0; slot < wanted.length; slot++) {
      if (index.quotes || index.carriageReturns) {
        extractQuoted(slot, accepted);
      } else {
        extract(slot, accepted);
      }
    }
    if (setup.encoding() != Encoding.UTF_8) {
      transcodeForeign();
    }
    rows += accepted;
    index.forgetRecords(scanned);
  }

  /** Decides which records of the window become rows. Returns their number. */
  private int acceptRecords() {
    int[] separators = index.separators;
    int room = Math.min(index.records, MAX_ROWS - rows);
    if (bases.length < room) {
      bases = new int[Math.max(room, bases.length * 2)];
    }
    if (rowStarts.length < rows + room) {
      rowStarts = Arrays.copyOf(rowStarts, Math.max(rows + room, rowStarts.length * 2));
    }
    int accepted = 0;
    int special = 0;
    int base = 0;
    for (int r = 0; r < index.records && accepted < room; r++) {
      int terminator = index.terminators[r];
      int start = separators[base] + 1;
      int end = separators[terminator];
      while (special < index.specials && index.special[special] + Long.SIZE <= start) {
        special++;
      }
      boolean suspect = special < index.specials && index.special[special] < end;
      int fields = terminator - base;
      boolean usual = fields == setup.columns() && fields > 1 && !suspect;
      if (usual || accepts(start, end, fields, suspect)) {
        if (suspect) {
          noteForeign(accepted);
        }
        bases[accepted] = base;
        rowStarts[rows + accepted] = start;
        accepted++;
      }
      base = terminator;
    }
    record = separators[base] + 1;
    return accepted;
  }

  private boolean accepts(int start, int end, int fields, boolean suspect) {
    if (fields == 1 && LineBreaks.isBlankLine(slab, start, end)) {
      return false;
    }
    if (suspect && index.nuls && Transcoder.hasNul(slab, start, end)) {
      return reject(RejectReason.NUL, start, end, fields);
    }
    if (suspect && !transcoder.accepts(slab, start, end)) {
      return reject(RejectReason.ENCODING, start, end, fields);
    }
    return fields == setup.columns() || reject(RejectReason.RAGGED, start, end, fields);
  }

  private boolean reject(RejectReason reason, int start, int end, int fields) {
    RejectReason why = isCutOff(end) ? RejectReason.TRUNCATED : reason;
    boolean showsNothing = fields == 1 && Blanks.start(slab, start, end) == end;
    boolean empty = showsNothing && reason != RejectReason.NUL;
    rejections.add(new RowBatch.Rejection(why, lines.line(start), empty ? 0 : fields));
    return false;
  }

  /** Whether the line break at the end of a record is the one that {@link #load} added. */
  private boolean isCutOff(int end) {
    return ended && end == loaded - 1 && slab[end - 1] != '\r';
  }

  private void noteForeign(int accepted) {
    if (foreigners == foreign.length) {
      foreign = Arrays.copyOf(foreign, foreigners * 2);
    }
    foreign[foreigners++] = rows + accepted;
  }

  private void ensureRows(int needed) {
    for (int slot = 0; slot < wanted.length; slot++) {
      if (starts[slot].length < needed) {
        int length = Math.max(needed, Math.min(MAX_ROWS, starts[slot].length * 2));
        starts[slot] = Arrays.copyOf(starts[slot], length);
        ends[slot] = Arrays.copyOf(ends[slot], length);
      }
    }
  }

  private void extract(int slot, int accepted) {
    int[] separators = index.separators;
    int[] from = starts[slot];
    int[] to = ends[slot];
    int column = wanted[slot];
    for (int i = 0; i < accepted; i++) {
      int entry = bases[i] + column;
      int start = separators[entry] + 1;
      int end = separators[entry + 1];
      from[rows + i] = start == end ? BytesColumn.MISSING : start;
      to[rows + i] = end;
    }
  }

  private void extractQuoted(int slot, int accepted) {
    int[] separators = index.separators;
    int[] from = starts[slot];
    int[] to = ends[slot];
    int column = wanted[slot];
    boolean last = column == setup.columns() - 1;
    for (int i = 0; i < accepted; i++) {
      int entry = bases[i] + column;
      int start = separators[entry] + 1;
      int end = separators[entry + 1];
      if (last && end > start && slab[end] == '\n' && slab[end - 1] == '\r') {
        end--;
      }
      if (start < end && slab[start] == quote) {
        start++;
        end--;
        if (index.doubledQuotes) {
          end = undouble(start, end);
        }
        emptyTexts[slot] += start == end ? 1 : 0;
      }
      from[rows + i] = start == end ? BytesColumn.MISSING : start;
      to[rows + i] = end;
    }
  }

  /**
   * Makes one quote of two, in place. What is left over is filled with quotes, so that lines can
   * still be counted.
   *
   * @return the new end
   */
  private int undouble(int start, int end) {
    int read = start;
    while (read < end && slab[read] != quote) {
      read++;
    }
    int write = read;
    while (read < end) {
      byte b = slab[read++];
      slab[write++] = b;
      if (b == quote) {
        read++;
      }
    }
    Arrays.fill(slab, write, end, quote);
    return write;
  }

  private void transcodeForeign() {
    for (int i = 0; i < foreigners; i++) {
      int row = foreign[i];
      for (int slot = 0; slot < wanted.length; slot++) {
        int start = starts[slot][row];
        int end = ends[slot][row];
        if (start != BytesColumn.MISSING && Transcoder.isForeign(slab, start, end)) {
          transcode(slot, row, start, end);
        }
      }
    }
  }

  private void transcode(int slot, int row, int start, int end) {
    int most = Transcoder.MOST_BYTES * (end - start);
    if (spill + most > slab.length) {
      slab = Arrays.copyOf(slab, Math.max(spill + most, slab.length + slab.length / 4));
    }
    starts[slot][row] = spill;
    spill = transcoder.write(slab, start, end, spill);
    ends[slot][row] = spill;
  }

  private void advanceLine() {
    line += index.lineBreaks - LineBreaks.count(slab, record, scanned);
  }

  private RowBatch endBatch() {
    advanceLine();
    List<BytesColumn> distinct = new ArrayList<>();
    for (int slot = 0; slot < wanted.length; slot++) {
      distinct.add(new BytesColumn(rows, slab, starts[slot], ends[slot]));
    }
    List<Column> columns = new ArrayList<>();
    for (int slot : slots) {
      columns.add(distinct.get(slot));
    }
    LineCursor cursor = lines;
    int[] at = rowStarts;
    IntToLongFunction lineOfRow = row -> cursor.line(at[row]);
    return new RowBatch(rows, columns, rejections, lineOfRow);
  }

  @Override
  public void close() {
    source.close();
  }
}
