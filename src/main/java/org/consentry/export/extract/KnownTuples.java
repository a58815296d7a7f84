package org.consentry.export.extract;

import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.consentry.data.BytesColumn;
import org.consentry.data.Column;
import org.consentry.data.LongColumn;
import org.consentry.data.Prf;
import org.consentry.data.RowBatch;
import org.consentry.plan.RiskPlan;
import org.consentry.plan.TableExtract;

/**
 * What an adversary may know of the released rows of one split, as keyed digests by subject: of the
 * identity columns 128 bits a row, of the columns of events 64 bits; and the values of sensitive
 * columns. A missing value is a value of its own. The key dies with the run. Not thread-safe: one a
 * split.
 */
public final class KnownTuples {

  /** Numbers before the tuples: how many are of identity, of events, of columns and in a row. */
  private static final int HEAD = 4;

  /** The digest of a missing value of a column. */
  public static final long MISSING = 0;

  private static final byte IDENTITY = 1;
  private static final byte EVENT = 2;
  private static final byte COLUMN = 3;

  private final byte[] table;
  private final List<Integer> identity;
  private final List<Integer> events;
  private final SensitiveValues sensitive;
  private final Prf prf;
  private final byte[] digest = new byte[Prf.SIZE];
  private ByteBuffer tuple = ByteBuffer.allocate(1 << 10);
  private long[] ofIdentity = new long[0];
  private int identityEnd;
  private long[] ofEvents = new long[0];
  private int eventsEnd;

  /** Of a table of persons, each row's subject and its identity columns one by one. */
  private final List<Integer> columns;

  private long[] ofColumns = new long[0];
  private int columnsEnd;

  /** Collects for one split of a table. */
  public KnownTuples(TableExtract table, RiskPlan plan, Prf prf) {
    this.table = table.name().getBytes(StandardCharsets.UTF_8);
    this.identity = plan.identityOf(table);
    this.events = plan.eventsOf(table);
    this.columns = table.isSubjects() ? identity : List.of();
    this.sensitive = new SensitiveValues(plan.sensitiveOf(table));
    this.prf = prf;
  }

  /**
   * Adds released rows.
   *
   * @param subjects the number of each row's subject
   */
  public void add(RowBatch released, int[] subjects) {
    sensitive.add(released, subjects);
    for (int row = 0; row < released.rows() && !identity.isEmpty(); row++) {
      ByteBuffer mac = digest(IDENTITY, identity, released, row);
      ofIdentity = room(ofIdentity, identityEnd + 3);
      ofIdentity[identityEnd++] = subjects[row];
      ofIdentity[identityEnd++] = mac.getLong();
      ofIdentity[identityEnd++] = mac.getLong();
    }
    for (int row = 0; row < released.rows() && !columns.isEmpty(); row++) {
      addColumns(released, row, subjects[row]);
    }
    for (int row = 0; row < released.rows() && !events.isEmpty(); row++) {
      ByteBuffer mac = digest(EVENT, events, released, row);
      ofEvents = room(ofEvents, eventsEnd + 2);
      ofEvents[eventsEnd++] = subjects[row];
      ofEvents[eventsEnd++] = mac.getLong();
    }
  }

  private void addColumns(RowBatch released, int row, int subject) {
    ofColumns = room(ofColumns, columnsEnd + 1 + columns.size());
    ofColumns[columnsEnd++] = subject;
    for (int position : columns) {
      boolean isMissing = released.columns().get(position).isMissing(row);
      long value = isMissing ? MISSING : digest(COLUMN, List.of(position), released, row).getLong();
      ofColumns[columnsEnd++] = isMissing || value != MISSING ? value : 1;
    }
  }

  private static long[] room(long[] numbers, int needed) {
    return numbers.length >= needed
        ? numbers
        : Arrays.copyOf(numbers, Math.max(needed, 2 * numbers.length));
  }

  private ByteBuffer digest(byte kind, List<Integer> positions, RowBatch released, int row) {
    tuple.clear().put(kind).put(table);
    if (kind == COLUMN) {
      tuple.putInt(positions.get(0));
    }
    for (int position : positions) {
      Column column = released.columns().get(position);
      if (column.isMissing(row)) {
        put(new byte[0], 0, 0, -1);
      } else if (column instanceof BytesColumn texts) {
        int start = texts.starts()[row];
        int length = texts.ends()[row] - start;
        put(texts.buffer(), start, length, length);
      } else {
        put(new byte[0], 0, 0, 0);
        tuple.putLong(((LongColumn) column).values()[row]);
      }
    }
    prf.compute(tuple.array(), 0, tuple.position(), digest, 0);
    return ByteBuffer.wrap(digest);
  }

  /** Writes how long a value is before it, so that no two tuples are the same bytes. */
  private void put(byte[] bytes, int start, int length, int mark) {
    if (tuple.remaining() < length + Integer.BYTES + Long.BYTES) {
      tuple = ByteBuffer.allocate(2 * (tuple.capacity() + length)).put(tuple.flip());
    }
    tuple.putInt(mark).put(bytes, start, length);
  }

  /** All that was added: the pieces, one behind the other, are what {@link #read} takes. */
  List<LongBuffer> pieces() {
    return List.of(
        LongBuffer.wrap(new long[] {identityEnd, eventsEnd, columnsEnd, 1 + columns.size()}),
        LongBuffer.wrap(ofIdentity, 0, identityEnd),
        LongBuffer.wrap(ofEvents, 0, eventsEnd),
        LongBuffer.wrap(ofColumns, 0, columnsEnd),
        whole(sensitive.toBytes()));
  }

  /** Bytes as numbers; zeros behind them. */
  private static LongBuffer whole(byte[] bytes) {
    int length = (bytes.length + Long.BYTES - 1) / Long.BYTES;
    return ByteBuffer.wrap(Arrays.copyOf(bytes, length * Long.BYTES)).asLongBuffer();
  }

  /** All that was added, as {@link #read} takes it. */
  public long[] toArray() {
    List<LongBuffer> pieces = pieces();
    LongBuffer all = LongBuffer.allocate(pieces.stream().mapToInt(LongBuffer::remaining).sum());
    pieces.forEach(all::put);
    return all.array();
  }

  /** Whether numbers have the form of {@link #pieces}. */
  static boolean isWhole(long[] all) {
    return all.length >= HEAD
        && all[0] >= 0
        && all[0] % 3 == 0
        && all[1] >= 0
        && all[1] % 2 == 0
        && all[2] >= 0
        && all[3] > 0
        && all[2] % all[3] == 0
        && all[0] + all[1] + all[2] <= all.length - HEAD;
  }

  /** Receives a released tuple of identity columns. */
  public interface Identity {
    void add(int subject, long high, long low);
  }

  /** Receives a released tuple of the columns of events. */
  public interface Event {
    void add(int subject, long event);
  }

  /** Receives the identity columns of a row, one by one. */
  public interface Columns {

    /**
     * Adds a row.
     *
     * @param all has the digest of each column from {@code from} to before {@code to}; {@link
     *     #MISSING} for a missing value
     */
    void add(int subject, long[] all, int from, int to);
  }

  /** Receives a value of a sensitive column. */
  public interface Sensitive {

    /**
     * Adds a value.
     *
     * @param position of the column in the schema of the released columns
     * @param value its bytes as characters, in the order of the values; numbers are eight bytes
     */
    void add(int position, int subject, String value);
  }

  /** Reads what {@link #pieces} gave. */
  public static void read(long[] all, Identity identity, Event event) {
    int at = HEAD;
    for (; at < HEAD + all[0]; at += 3) {
      identity.add((int) all[at], all[at + 1], all[at + 2]);
    }
    for (; at < HEAD + all[0] + all[1]; at += 2) {
      event.add((int) all[at], all[at + 1]);
    }
  }

  /** Reads the identity columns of it one by one: those of a table of persons. */
  public static void read(long[] all, Columns columns) {
    int width = (int) all[3];
    int end = (int) (HEAD + all[0] + all[1] + all[2]);
    for (int at = (int) (HEAD + all[0] + all[1]); at < end; at += width) {
      columns.add((int) all[at], all, at + 1, at + width);
    }
  }

  /**
   * Reads the sensitive values of it.
   *
   * @param positions of the sensitive columns, as the plan gives them
   */
  public static void read(long[] all, List<Integer> positions, Sensitive sensitive) {
    int from = (int) (HEAD + all[0] + all[1] + all[2]);
    ByteBuffer bytes = ByteBuffer.allocate((all.length - from) * Long.BYTES);
    bytes.asLongBuffer().put(all, from, all.length - from);
    SensitiveValues.read(bytes.array(), positions, sensitive);
  }
}
