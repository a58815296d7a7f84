package org.consentry.connector.parquet.source;

import java.util.Arrays;
import org.consentry.connector.parquet.source.FileFooter.Chunk;
import org.consentry.data.BytesColumn;
import org.jspecify.annotations.Nullable;

/**
 * Reads one column of a row group as text. Texts of the dictionary are made once and come first in
 * the buffer of every batch, so that a row of it costs eight bytes. Not thread-safe.
 *
 * <p>Rows are decoded from the pages that are there, and pages that are small are read ahead: a
 * batch ends early at the border of a large page, so that memory is a page and what is made of it.
 */
final class ColumnReader {

  /** Pages up to this size are read ahead. */
  private static final int SMALL_PAGE = 1 << 20;

  /** Bytes of a large page that one batch takes, on average. */
  private static final long LARGE_STEP = 1 << 23;

  /** The most bytes of text that one column has in a batch. */
  private static final int MOST_TEXT = 1 << 30;

  private final SourceColumn column;
  private final Codec codec;
  private final ChunkBytes bytes;
  private final PageMemory memory;
  private final CellText text;
  private long valuesLeft;

  private final PageQueue ahead = new PageQueue();
  private @Nullable Runs levels;
  private @Nullable Runs ids;
  private @Nullable LongValues longs;
  private @Nullable ByteValues raw;
  private int pageBytes;
  private int pageRows;
  private int pageLeft;

  private int[] dictionaryStarts = new int[0];
  private int[] dictionaryEnds = new int[0];
  private boolean hasDictionary;

  private byte[] buffer = new byte[0];
  private int prefix;
  private int used;
  private int[] starts = new int[0];
  private int[] ends = new int[0];
  private int[] numbers = new int[0];
  private long[] values = new long[0];

  ColumnReader(SourceColumn column, Chunk chunk, FileBytes file, PageMemory memory) {
    this.column = column;
    this.codec = chunk.codec();
    this.bytes = new ChunkBytes(file, chunk);
    this.memory = memory;
    this.valuesLeft = chunk.values();
    this.text = column.text().orElseThrow();
  }

  SourceColumn column() {
    return column;
  }

  /** CRC-32C of all bytes of the column; none is read afterwards. */
  int digest() {
    return bytes.digest();
  }

  /** How many rows can be read at once, at least one. */
  int ready(int most) {
    while (pageLeft == 0) {
      while (ahead.rows() == 0) {
        readAhead();
      }
      nextPage();
    }
    if (pageBytes > SMALL_PAGE) {
      long step = Math.max(1, (long) pageRows * LARGE_STEP / pageBytes);
      return (int) Math.min(Math.min(most, pageLeft), step);
    }
    while (pageLeft + ahead.rows() < most && mayReadAhead()) {
      readAhead();
    }
    return (int) Math.min(pageLeft + ahead.rows(), most);
  }

  private boolean mayReadAhead() {
    return valuesLeft > 0
        && ahead.bytes() < SMALL_PAGE
        && ahead.next(bytes).uncompressed() <= SMALL_PAGE;
  }

  private void readAhead() {
    if (valuesLeft <= 0) {
      throw new Damage("has a column with fewer values than rows");
    }
    PageHeader header = ahead.next(bytes);
    ahead.take(bytes);
    switch (header.kind()) {
      case DICTIONARY -> dictionary(header, ahead.removeLast());
      case INDEX -> ahead.removeLast();
      case DATA, DATA_2 -> {
        valuesLeft -= header.values();
        if (valuesLeft < 0) {
          throw new Damage("has a column with more values than rows");
        }
      }
    }
  }

  /** The next rows; so many are ready. The column is valid until the next call. */
  BytesColumn read(int rows) {
    if (starts.length < rows) {
      starts = new int[rows];
      ends = new int[rows];
    }
    used = prefix;
    for (int done = 0; done < rows; ) {
      if (pageLeft == 0) {
        nextPage();
      }
      int count = Math.min(rows - done, pageLeft);
      decode(done, count);
      pageLeft -= count;
      done += count;
    }
    return new BytesColumn(rows, buffer, starts, ends);
  }

  private void nextPage() {
    memory.free(pageBytes);
    pageBytes = 0;
    PageQueue.Page page = ahead.removeFirst();
    PageHeader header = page.header();
    memory.take(header.uncompressed());
    pageBytes = header.uncompressed();
    byte[] body = header.decompress(page.bytes(), codec);
    pageRows = header.values();
    pageLeft = pageRows;
    int at = header.kind() == PageHeader.Kind.DATA ? levels(header, body) : levels2(header, body);
    Encoding encoding = Encoding.of(header.encoding());
    ids = null;
    longs = null;
    raw = null;
    if (encoding.isDictionary()) {
      ids = ids(body, at);
    } else if (column.physical().isBytes()) {
      raw = ByteValues.of(column.physical(), column.length(), encoding, body, at);
    } else {
      longs = LongValues.of(column.physical(), encoding, body, at);
    }
  }

  private int levels(PageHeader header, byte[] body) {
    levels = null;
    if (column.level() == SourceColumn.Level.REQUIRED || header.values() == 0) {
      return 0;
    }
    if (Encoding.of(header.levelEncoding()) != Encoding.RLE) {
      throw new Damage("has levels in the encoding " + Encoding.of(header.levelEncoding()));
    }
    int length = body.length < Integer.BYTES ? -1 : Plain.int32(body, 0);
    if (length < 0 || length > body.length - Integer.BYTES) {
      throw Plain.fewer();
    }
    int end = Integer.BYTES + length;
    levels = new Runs(body, Integer.BYTES, end, 1);
    return end;
  }

  private int levels2(PageHeader header, byte[] body) {
    boolean required = column.level() == SourceColumn.Level.REQUIRED;
    levels = required ? null : new Runs(body, 0, header.levels(), 1);
    return header.levels();
  }

  private Runs ids(byte[] body, int at) {
    if (!hasDictionary) {
      throw new Damage("has a page of a dictionary that is not there");
    }
    return at == body.length
        ? new Runs(body, at, at, 0)
        : new Runs(body, at + 1, body.length, body[at] & 0xFF);
  }

  private void decode(int from, int count) {
    int present = count;
    if (levels != null) {
      reserveNumbers(count);
      present = (int) levels.read(numbers, 0, count);
    }
    if (ids != null) {
      decodeIds(ids, from, present, count);
    } else if (longs != null) {
      decodeLongs(longs, from, present);
    } else if (raw != null) {
      decodeBytes(raw, from, present);
    }
    if (present < count) {
      scatter(from, present, count);
    }
  }

  /** Moves values from the first places to those whose level is 1, from the last one on. */
  private void scatter(int from, int present, int count) {
    int value = from + present;
    for (int row = count - 1; row >= 0; row--) {
      if (numbers[row] != 0) {
        value--;
        starts[from + row] = starts[value];
        ends[from + row] = ends[value];
      } else {
        starts[from + row] = BytesColumn.MISSING;
      }
    }
  }

  private void reserveNumbers(int count) {
    if (numbers.length < count) {
      numbers = new int[count];
    }
  }

  /** Levels are in the first places of {@link #numbers}, ids behind them. */
  private void decodeIds(Runs places, int from, int present, int count) {
    int at = levels == null ? 0 : count;
    if (numbers.length < at + present) {
      numbers = Arrays.copyOf(numbers, at + present);
    }
    places.read(numbers, at, present);
    for (int i = 0; i < present; i++) {
      int id = numbers[at + i];
      if (id < 0 || id >= dictionaryStarts.length) {
        throw new Damage("has a value that is not in its dictionary");
      }
      starts[from + i] = dictionaryStarts[id];
      ends[from + i] = dictionaryEnds[id];
    }
  }

  private void decodeLongs(LongValues page, int from, int present) {
    if (values.length < present) {
      values = new long[present];
    }
    page.read(values, present);
    CellText.OfLong words = (CellText.OfLong) text;
    reserve((long) present * words.longest());
    int at = used;
    for (int i = 0; i < present; i++) {
      starts[from + i] = at;
      at = words.write(values[i], buffer, at);
      ends[from + i] = at;
    }
    used = at;
  }

  private void decodeBytes(ByteValues page, int from, int present) {
    int[] valueStarts = from == 0 ? starts : new int[present];
    int[] valueEnds = from == 0 ? ends : new int[present];
    page.read(valueStarts, valueEnds, present);
    for (int i = 0; i < present; i++) {
      starts[from + i] = valueStarts[i];
      ends[from + i] = valueEnds[i];
    }
    used = texts(page.buffer(), starts, ends, from, present);
  }

  /** Makes texts of ranges, behind what is in the buffer. Ranges follow each other. */
  private int texts(byte[] in, int[] from, int[] to, int first, int count) {
    if (count == 0) {
      return used;
    }
    if (text instanceof CellText.OfBytes words) {
      return words(words, in, from, to, first, count);
    }
    CellText.Text plain = (CellText.Text) text;
    int length = to[first + count - 1] - from[first];
    reserve(length);
    System.arraycopy(in, from[first], buffer, used, length);
    int shift = used - from[first];
    for (int i = first; i < first + count; i++) {
      int start = from[i] + shift;
      int end = to[i] + shift;
      if (!plain.accepts(buffer, start, end)) {
        throw new Damage("has a value that is no text in UTF-8, or has a NUL");
      }
      from[i] = start == end ? BytesColumn.MISSING : start;
      to[i] = end;
    }
    return used + length;
  }

  private int words(CellText.OfBytes words, byte[] in, int[] from, int[] to, int first, int count) {
    for (int i = first; i < first + count; i++) {
      byte[] word =
          words
              .text(in, from[i], to[i] - from[i])
              .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
      reserve(word.length);
      System.arraycopy(word, 0, buffer, used, word.length);
      from[i] = word.length == 0 ? BytesColumn.MISSING : used;
      used += word.length;
      to[i] = used;
    }
    return used;
  }

  private void reserve(long more) {
    long needed = used + more;
    if (needed > MOST_TEXT) {
      throw new Damage("has values of more than " + (MOST_TEXT >> 20) + " MiB in few rows");
    }
    if (needed > buffer.length) {
      buffer =
          Arrays.copyOf(buffer, (int) Math.max(needed, Math.min(MOST_TEXT, buffer.length * 2L)));
    }
  }

  private void dictionary(PageHeader header, PageQueue.Page page) {
    Encoding encoding = Encoding.of(header.encoding());
    boolean plain = encoding == Encoding.PLAIN || encoding == Encoding.PLAIN_DICTIONARY;
    if (hasDictionary || !plain || column.physical() == Physical.BOOLEAN) {
      throw new Damage("has a dictionary where none may be");
    }
    hasDictionary = true;
    memory.take(header.uncompressed());
    byte[] body = header.decompress(page.bytes(), codec);
    int count = header.values();
    if (count > body.length) {
      throw Plain.fewer();
    }
    memory.take(count * (column.physical().isBytes() ? 8L : 24L));
    dictionaryStarts = new int[count];
    dictionaryEnds = new int[count];
    used = 0;
    if (column.physical().isBytes()) {
      ByteValues entries =
          ByteValues.of(column.physical(), column.length(), Encoding.PLAIN, body, 0);
      entries.read(dictionaryStarts, dictionaryEnds, count);
      used = texts(entries.buffer(), dictionaryStarts, dictionaryEnds, 0, count);
    } else {
      numbers(LongValues.of(column.physical(), Encoding.PLAIN, body, 0), count);
    }
    prefix = used;
  }

  private void numbers(LongValues entries, int count) {
    CellText.OfLong words = (CellText.OfLong) text;
    long[] one = new long[1];
    for (int i = 0; i < count; i++) {
      entries.read(one, 1);
      reserve(words.longest());
      dictionaryStarts[i] = used;
      used = words.write(one[0], buffer, used);
      dictionaryEnds[i] = used;
    }
  }
}
