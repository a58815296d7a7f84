package org.consentry.export.scan;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.consentry.data.LongSet;
import org.consentry.data.SmallCounts;
import org.consentry.export.scan.Candidate.Count;
import org.consentry.export.scan.CellHits.Mark;
import org.consentry.export.scan.CellSearch.Place;
import org.consentry.export.scan.Finding.Evidence;
import org.consentry.export.scan.SearchedCells.Content;

/**
 * One column of a data file while it is searched: each different cell is searched once as long as
 * it is remembered. For one thread.
 */
final class ColumnScan {

  /** A column with more different cells is no list of codes. */
  private static final int MOST_OF_LIST = 1000;

  private static final int MOST_CANDIDATES = 4096;
  private static final int LONGEST_OF_LIST = 200;

  /** No kind: the cell was not searched before. */
  static final byte FRESH = -1;

  /** No kind: the cell contains something. */
  private static final byte FOUND = -2;

  /** No kind: each cell with this value of a dictionary is looked at. */
  private static final byte EACH = -3;

  private final IdentifierSet set;
  private final CellSearch search;
  private final Place place;
  private final QuickLook quick;
  private SearchedCells cells = new SearchedCells();
  private final LongSet different = new LongSet();
  private final Map<Long, Candidate> candidates = new HashMap<>();
  private final Map<Long, Candidate> words = new HashMap<>();
  private final Map<Mark, Count> marks = new LinkedHashMap<>();
  private final OwnDates dates;
  private final Count overflow = new Count();
  private final long[] looked = new long[Token.CLASSES];

  /** Rows that follow in loops of their own, and what their cells have as far as it is known. */
  private int[] rest = new int[0];

  private byte[] kindsOfRest = new byte[0];
  private CellHits[] hitsOfRest = new CellHits[0];
  private long[] digestsOfRest = new long[0];

  /** What the cell has that was found last; {@link CellHits#NONE} where it is a number. */
  private byte foundKind;

  private CellHits foundHits = CellHits.NONE;

  /** The digest of a number of the source, in place of hits; else 0. */
  private long foundDigest;

  private boolean isText;

  /** The column has codes of the program, which are not counted. */
  private boolean manyDifferent;

  ColumnScan(IdentifierSet set, CellSearch search, Place place) {
    this.set = set;
    this.search = search;
    this.place = place;
    quick = new QuickLook(set);
    dates = new OwnDates(set);
  }

  /** Adds what the same column has so many rows later. */
  void merge(ColumnScan later, long rows) {
    later.marks.forEach(
        (mark, count) -> marks.computeIfAbsent(mark, first -> new Count()).addAll(count, rows));
    Candidate.merge(candidates, later.candidates, rows);
    Candidate.merge(words, later.words, rows);
    overflow.addAll(later.overflow, rows);
    isText |= later.isText;
    manyDifferent |= later.manyDifferent;
    dates.merge(later.dates, rows);
    mergeLooked(later);
  }

  /** Numbers that both looked up count once, as far as they are known to be the same. */
  private void mergeLooked(ColumnScan later) {
    int fresh = 0;
    for (long cell : later.different.sorted()) {
      fresh += different.add(cell) ? 1 : 0;
    }
    double share = (double) fresh / Math.max(1, later.different.size());
    for (int i = 0; i < looked.length; i++) {
      looked[i] += Math.round(later.looked[i] * share);
    }
  }

  /** The subject of a row, asked only where it matters. */
  interface Subjects {

    /** No row has one. */
    Subjects NONE = row -> 0;

    long of(int row);
  }

  /**
   * Searches the cells of a column of a batch. What most are is decided in a short loop. Others
   * follow in loops of their own. Each loop is a method, so that its code is compiled by itself,
   * once and only where it runs.
   *
   * @param before rows before the batch
   * @param kinds receives the kind of each cell for {@link SplitCells}
   * @return how many cells there are
   */
  int cells(CellBatch batch, int column, long before, byte[] kinds, Subjects subjects) {
    if (rest.length < batch.rows) {
      rest = new int[batch.rows];
      kindsOfRest = new byte[batch.rows];
      hitsOfRest = new CellHits[batch.rows];
      digestsOfRest = new long[batch.rows];
    }
    long filled = dates.filled;
    int others =
        batch.hasIds(column)
            ? cleanById(batch, column, before, kinds)
            : clean(batch, column, before, kinds);
    if (others > 0) {
      int fresh = found(before, kinds, others, subjects);
      fresh(batch, column, before, kinds, fresh, subjects);
    }
    return (int) (dates.filled - filled);
  }

  /** Decides the cells without anything to find; those that are left are noted. */
  private int clean(CellBatch batch, int column, long before, byte[] kinds) {
    int[] starts = batch.starts[column];
    int[] ends = batch.ends[column];
    int others = 0;
    for (int row = 0; row < batch.rows; row++) {
      if (starts[row] != CellBatch.MISSING) {
        dates.filled++;
        kinds[row] = cleanKind(batch.bytes, starts[row], ends[row], before + row + 1);
        if (kinds[row] < 0) {
          note(others++, row);
        }
      }
    }
    return others;
  }

  private void note(int at, int row) {
    rest[at] = row;
    kindsOfRest[at] = foundKind;
    hitsOfRest[at] = foundHits;
    digestsOfRest[at] = foundDigest;
  }

  /** The same of cells with ids: a value of a dictionary is decided once. */
  private int cleanById(CellBatch batch, int column, long before, byte[] kinds) {
    int[] starts = batch.starts[column];
    int[] ids = batch.ids[column];
    DecidedValues decided = batch.decided[column];
    int others = 0;
    for (int row = 0; row < batch.rows; row++) {
      if (starts[row] != CellBatch.MISSING) {
        dates.filled++;
        int id = ids[row];
        byte kind = id == CellBatch.NO_ID ? EACH : decided.kinds[id];
        if (kind < 0) {
          kind = undecided(batch, column, row, before + row + 1, kind);
        } else if (kind >= DecidedValues.WITH_HITS) {
          kind = found((byte) (kind - DecidedValues.WITH_HITS), decided.hits[id]);
        }
        kinds[row] = kind;
        if (kind < 0) {
          note(others++, row);
        }
      }
    }
    return others;
  }

  /** The kind of a cell whose value is looked at for the first time, or at each cell. */
  private byte undecided(CellBatch batch, int column, int row, long rowOfTable, byte known) {
    int start = batch.starts[column][row];
    int end = batch.ends[column][row];
    byte kind = cleanKind(batch.bytes, start, end, rowOfTable);
    if (known == FRESH && kind != FRESH) {
      decide(batch.decided[column], batch.ids[column][row], kind, batch.bytes, start, end);
    }
    return kind;
  }

  /** Numbers are counted as they are looked up, so they are never decided. */
  private void decide(DecidedValues decided, int id, byte kind, byte[] bytes, int start, int end) {
    if (QuickLook.plainNumber(bytes, start, end) >= 0) {
      decided.kinds[id] = EACH;
    } else if (kind == FOUND) {
      decided.kinds[id] = (byte) (DecidedValues.WITH_HITS + foundKind);
      decided.hits[id] = foundHits;
    } else if (countsNothing(bytes, start, end)) {
      decided.kinds[id] = kind;
    }
  }

  /** Whether a cell contains nothing that is counted; it is no number. */
  private boolean countsNothing(byte[] bytes, int start, int end) {
    if (place == Place.CELL && quick.isClean(bytes, start, end)) {
      return true;
    }
    int slot = cells.slot(CellKeys.of(bytes, start, end));
    return slot != SearchedCells.NONE && cells.content(slot) == Content.NOTHING;
  }

  /** Counts what is found in cells that are known; those that are left are noted. */
  private int found(long before, byte[] kinds, int rows, Subjects subjects) {
    int fresh = 0;
    for (int i = 0; i < rows; i++) {
      int row = rest[i];
      if (kinds[row] == FRESH) {
        rest[fresh++] = row;
      } else {
        count(hitsOfRest[i], digestsOfRest[i], before + row + 1, row, subjects);
        kinds[row] = kindsOfRest[i];
      }
    }
    return fresh;
  }

  /** Searches cells that were not searched before. */
  private void fresh(
      CellBatch batch, int column, long before, byte[] kinds, int rows, Subjects subjects) {
    for (int i = 0; i < rows; i++) {
      int row = rest[i];
      int start = batch.starts[column][row];
      kinds[row] =
          fresh(batch.bytes, start, batch.ends[column][row], before + row + 1, row, subjects);
    }
  }

  private byte fresh(
      byte[] bytes, int start, int end, long row, int rowInBatch, Subjects subjects) {
    int number = number(bytes, start, end);
    if (number >= 0) {
      byte kind = unmatched(number, bytes, start, end);
      return kind == FOUND ? countFound(row, rowInBatch, subjects) : kind;
    }
    int slot = slot(bytes, start, end);
    if (cells.content(slot) != Content.NOTHING) {
      count(cells.hits(slot), row, rowInBatch, subjects);
    }
    return cells.kind(slot);
  }

  /** As {@link QuickLook#plainNumber}, in a column that is no list. */
  private int number(byte[] bytes, int start, int end) {
    return place == Place.CELL && different.size() > MOST_OF_LIST
        ? QuickLook.plainNumber(bytes, start, end)
        : -1;
  }

  /** The kind of a cell that has nothing to find, as its bytes or an earlier search show. */
  private byte cleanKind(byte[] bytes, int start, int end, long row) {
    if (place == Place.CELL) {
      int digits = Amount.digits(bytes, start, end);
      if (digits != Amount.NONE) {
        return SplitCells.digits(digits);
      }
      if (quick.isCleanCode(bytes, start, end)) {
        manyDifferent = true;
        return SplitCells.OTHER;
      }
      int number = number(bytes, start, end);
      if (number >= 0) {
        return unmatched(number, bytes, start, end);
      }
    }
    int slot = cells.slot(CellKeys.of(bytes, start, end));
    if (slot == SearchedCells.NONE) {
      return FRESH;
    }
    Content content = cells.content(slot);
    if (content == Content.DAYS && !dates.areLookedUp(row)) {
      dates.dated++;
      return cells.kind(slot);
    }
    return content == Content.NOTHING
        ? cells.kind(slot)
        : found(cells.kind(slot), cells.hits(slot));
  }

  /** Notes what the cell has that was looked at last. */
  private byte found(byte kind, CellHits hits) {
    foundKind = kind;
    foundHits = hits;
    foundDigest = 0;
    return FOUND;
  }

  private byte unmatched(int number, byte[] bytes, int start, int end) {
    looked[number]++;
    byte kind = SplitCells.digits(end - start);
    long digest = quick.match(number, bytes, start, end);
    if (digest != 0) {
      found(kind, CellHits.NONE);
      foundDigest = digest;
      return FOUND;
    }
    return kind;
  }

  /**
   * Searches a cell.
   *
   * @return its kind for {@link SplitCells}
   */
  byte cell(byte[] bytes, int start, int end, long row, int rowInBatch, Subjects subjects) {
    dates.filled++;
    byte kind = cleanKind(bytes, start, end, row);
    if (kind == FRESH) {
      return fresh(bytes, start, end, row, rowInBatch, subjects);
    }
    return kind == FOUND ? countFound(row, rowInBatch, subjects) : kind;
  }

  /** Counts what the cell has that was looked at last. */
  private byte countFound(long row, int rowInBatch, Subjects subjects) {
    count(foundHits, foundDigest, row, rowInBatch, subjects);
    return foundKind;
  }

  /** Counts a number of the source by its digest, or what else a cell has. */
  private void count(CellHits hits, long digest, long row, int rowInBatch, Subjects subjects) {
    if (digest == 0) {
      count(hits, row, rowInBatch, subjects);
    } else {
      candidate(candidates, digest, row, true, rowInBatch, subjects);
    }
  }

  /** Where a cell is remembered, which was searched if it was not. */
  private int slot(byte[] bytes, int start, int end) {
    long key = CellKeys.of(bytes, start, end);
    int slot = cells.slot(key);
    return slot == SearchedCells.NONE
        ? cells.add(key, searched(bytes, start, end, key), SplitCells.kind(bytes, start, end))
        : slot;
  }

  private CellHits searched(byte[] bytes, int start, int end, long key) {
    isText |= end - start > LONGEST_OF_LIST;
    boolean fresh = different.size() <= MOST_OF_LIST && different.add(key);
    if (different.size() > MOST_OF_LIST) {
      fresh = true;
    }
    Arrays.fill(search.looked, 0);
    CellHits hits = search.search(bytes, start, end, place);
    if (fresh) {
      for (int i = 0; i < looked.length; i++) {
        looked[i] += search.looked[i];
      }
    }
    return hits;
  }

  /**
   * Searches a value that is of no row or was counted in its rows before, such as one of a
   * dictionary; counts what no row has.
   */
  void extra(byte[] value) {
    if (place == Place.CELL && quick.isClean(value, 0, value.length)) {
      return;
    }
    CellHits hits = cells.hits(slot(value, 0, value.length));
    for (Mark mark : hits.marks()) {
      marks.computeIfAbsent(mark, first -> Count.ofNoRow());
    }
    for (long digest : hits.words()) {
      words.computeIfAbsent(digest, first -> Candidate.ofNoRow());
    }
    for (long digest : hits.candidates()) {
      if (!candidates.containsKey(digest)) {
        candidate(candidates, digest, 0, true, 0, Subjects.NONE);
      }
    }
  }

  /** Leaves the cells that are remembered; what was found stays. */
  void forget() {
    cells = new SearchedCells();
  }

  /** Searches a text that is no cell. */
  void text(String text, long row) {
    if (!text.isEmpty()) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      cell(bytes, 0, bytes.length, row, 0, Subjects.NONE);
    }
  }

  /** Counts what a cell, or cells side by side, contain. */
  void count(CellHits hits, long row, int rowInBatch, Subjects subjects) {
    for (Mark mark : hits.marks()) {
      marks.computeIfAbsent(mark, first -> new Count()).add(row);
    }
    int kinds = 0;
    for (long digest : hits.candidates()) {
      int kind = 1 << Math.min(Token.classOf(digest), Token.NUMBER);
      candidate(candidates, digest, row, (kinds & kind) == 0, rowInBatch, subjects);
      kinds |= kind;
    }
    for (long digest : hits.words()) {
      candidate(words, digest, row, true, rowInBatch, Subjects.NONE);
    }
    if (hits.days().length > 0) {
      days(hits, row, rowInBatch, subjects);
    }
  }

  private void days(CellHits hits, long row, int rowInBatch, Subjects subjects) {
    dates.dated++;
    if (dates.areLookedUp(row)) {
      dates.look(hits, row, subjects.of(rowInBatch));
    }
  }

  private void candidate(
      Map<Long, Candidate> into,
      long digest,
      long row,
      boolean first,
      int rowInBatch,
      Subjects subjects) {
    Candidate known = into.get(digest);
    if (known == null) {
      if (into.size() >= MOST_CANDIDATES) {
        overflow.add(row);
        return;
      }
      known = new Candidate();
      into.put(digest, known);
    }
    (first ? known.count : known.also).add(row);
    if (known.subjects.size() < SmallCounts.FEWEST) {
      known.subjects.add(subjects.of(rowInBatch));
    }
  }

  /** What was found, judged now that the whole column is known. */
  List<Finding> findings(String file, String column, ScanRules rules) {
    List<Finding> found = new ArrayList<>();
    marks.forEach(
        (mark, count) -> {
          if (!mark.equals(Limits.COMPACT_DATE)) {
            add(found, file, column, mark.evidence(), mark.kind(), count);
          } else if (2 * count.cells >= dates.filled) {
            add(found, file, column, mark.evidence(), Limits.DATE.kind(), count);
          }
        });
    Count ownDates = dates.found();
    if (ownDates.cells > 0 && rules.ownDates() == ScanRules.OwnDates.FORBIDDEN) {
      add(found, file, column, Evidence.IDENTIFIER, IdentifierSet.Kind.DATE.word(), ownDates);
    }
    boolean mayBeList = !isText && !manyDifferent && different.size() <= MOST_OF_LIST;
    if (!mayBeList && place != Place.TEXT) {
      words.forEach(candidates::putIfAbsent);
    }
    Ordinary ordinary =
        new Ordinary(candidates, mayBeList ? (int) different.size() : 0, rules.numbers());
    Map<IdentifierSet.Kind, Candidate> byKind = new EnumMap<>(IdentifierSet.Kind.class);
    candidates.forEach(
        (digest, candidate) -> {
          if (ordinary.counts(digest, candidate, set, looked)) {
            IdentifierSet.Kind kind = Token.kind(Token.classOf(digest));
            Candidate sum = byKind.computeIfAbsent(kind, first -> new Candidate());
            sum.addAll(candidate, 0);
          }
        });
    byKind.forEach(
        (kind, sum) ->
            add(
                found,
                file,
                column,
                Evidence.IDENTIFIER,
                kind.word(),
                sum.count.cells > 0 ? sum.count : sum.also));
    if (overflow.cells > 0
        && byKind.isEmpty()
        && !ordinary.areByChance(overflow.cells, set, looked)) {
      add(found, file, column, Evidence.IDENTIFIER, "many", overflow);
    }
    return found;
  }

  private static void add(
      List<Finding> to, String file, String column, Evidence evidence, String kind, Count count) {
    to.add(new Finding(file, column, evidence, kind, count.cells, count.firstRow));
  }
}
