package org.consentry.data;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;

/**
 * Normalised subject ids to dense numbers 0, 1, 2, ... in the order of their first appearance, and
 * how the subjects table writes them. Open addressing over one shared byte buffer: no object per
 * subject. Adding is single-threaded; once filled and safely published it may be read by any number
 * of threads.
 */
public final class SubjectKeys {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** The width of ids that are not all of one width. */
  private static final int DIFFERENT = -1;

  private byte[] bytes = new byte[1 << 12];
  private int[] ends = new int[1 << 8];

  /**
   * Number plus one in the low half, hash in the high half, 0 where free. The hash settles almost
   * every slot of another subject without a look at its id, which is seldom in the cache.
   */
  private long[] table = new long[1 << 9];

  private int size;

  /** Bytes of every id, or {@link #DIFFERENT}. */
  private int width;

  /** Ids that the subjects table does not write in normal form; empty while there is none. */
  private Optional<Spellings> spellings = Optional.empty();

  /** Subjects of whom no row writes the id in normal form. */
  private final BitSet otherwise = new BitSet();

  /** Ids as they are written, and whose they are. */
  private static final class Spellings {
    private final SubjectKeys texts;
    private int[] subjects;

    Spellings() {
      this(new SubjectKeys(), new int[1 << 4]);
    }

    Spellings(SubjectKeys texts, int[] subjects) {
      this.texts = texts;
      this.subjects = subjects;
    }

    void add(byte[] raw, int start, int end, int subject) {
      int number = texts.add(raw, start, end);
      if (number == subjects.length) {
        subjects = Arrays.copyOf(subjects, number * 2);
      }
      if (number >= 0) {
        subjects[number] = subject;
      }
    }

    int find(byte[] raw, int start, int end) {
      int number = texts.find(raw, start, end);
      return number < 0 ? -1 : subjects[number];
    }
  }

  /** Number of subjects. */
  public int size() {
    return size;
  }

  /**
   * Adds an id in normal form.
   *
   * @return the subject's number, or {@code -1 - number} when it was there already
   */
  public int add(byte[] key, int start, int end) {
    int slot = slotOf(key, start, end);
    if (table[slot] != 0) {
      return -(int) table[slot];
    }
    int from = size == 0 ? 0 : ends[size - 1];
    int to = Math.addExact(from, end - start);
    if (to > bytes.length) {
      bytes =
          Arrays.copyOf(
              bytes, (int) Math.min(Integer.MAX_VALUE - 8, Math.max(to, bytes.length * 3L / 2)));
    }
    if (size == ends.length) {
      ends = Arrays.copyOf(ends, ends.length + (ends.length >> 1) + 1);
    }
    System.arraycopy(key, start, bytes, from, end - start);
    ends[size] = to;
    width = size == 0 || width == end - start ? end - start : DIFFERENT;
    table[slot] = entry(hash(key, start, end), size++);
    if (size * 3L > table.length * 2L) {
      grow();
    }
    return size - 1;
  }

  /**
   * Adds an id as the subjects table writes it, which must not be blank.
   *
   * @return as {@link #add} of its normal form
   */
  public int addWritten(byte[] raw, int from, int to) {
    int start = Blanks.start(raw, from, to);
    int end = Blanks.end(raw, start, to);
    return IdRule.isPlain(raw, start, end)
        ? addNormal(raw, start, end)
        : addNormalized(raw, start, end);
  }

  /** Writes all ids, for a process of the same run. */
  void write(FlatOutput out) {
    out.bytes(bytes, size == 0 ? 0 : ends[size - 1]);
    out.ints(ends, size);
    out.bits(otherwise);
    out.number(spellings.isPresent() ? 1 : 0);
    spellings.ifPresent(
        written -> {
          written.texts.write(out);
          out.ints(written.subjects, written.texts.size);
        });
  }

  /** Reads what {@link #write} wrote; numbers are the same. */
  static SubjectKeys read(FlatInput in) {
    SubjectKeys keys = new SubjectKeys();
    byte[] ids = in.bytes();
    int start = 0;
    for (int end : in.ints()) {
      keys.add(ids, start, end);
      start = end;
    }
    keys.trim();
    keys.otherwise.or(in.bits());
    if (in.number() == 1) {
      keys.spellings = Optional.of(new Spellings(read(in), in.ints()));
    }
    return keys;
  }

  /** Gives back the memory that was there for more subjects. */
  public void trim() {
    bytes = Arrays.copyOf(bytes, size == 0 ? 0 : ends[size - 1]);
    ends = Arrays.copyOf(ends, size);
  }

  private int addNormalized(byte[] raw, int start, int end) {
    byte[] key = IdRule.normalize(raw, start, end);
    if (Arrays.equals(key, 0, key.length, raw, start, end)) {
      return addNormal(raw, start, end);
    }
    int added = add(key, 0, key.length);
    int subject = added < 0 ? -1 - added : added;
    if (added >= 0) {
      otherwise.set(subject);
    }
    if (spellings.isEmpty()) {
      spellings = Optional.of(new Spellings());
    }
    spellings.get().add(raw, start, end, subject);
    return added;
  }

  /** Adds an id that is written in normal form. */
  private int addNormal(byte[] key, int start, int end) {
    int added = add(key, start, end);
    otherwise.clear(added < 0 ? -1 - added : added);
    return added;
  }

  /**
   * The number of the subject whose id the subjects table writes exactly so, blanks at the ends
   * aside, or -1.
   */
  public int findWritten(byte[] raw, int from, int to) {
    int start = Blanks.start(raw, from, to);
    int end = Blanks.end(raw, start, to);
    int subject = find(raw, start, end);
    if (subject >= 0 && !otherwise.get(subject)) {
      return subject;
    }
    return spellings.isEmpty() ? -1 : spellings.get().find(raw, start, end);
  }

  /** The number of a subject whose normalised id is given, or -1. */
  public int find(byte[] key, int start, int end) {
    return (int) table[slotOf(key, start, end)] - 1;
  }

  /**
   * The number of a subject whose raw id is given, or -1. Ids that are not in normal form are
   * normalised first.
   */
  public int findRaw(byte[] raw, int start, int end) {
    if (IdRule.isPlain(raw, start, end)) {
      return find(raw, start, end);
    }
    byte[] key = IdRule.normalize(raw, start, end);
    return find(key, 0, key.length);
  }

  /**
   * The numbers of many subjects at once, each as of {@link #findRaw(byte[], int, int)}, -1 where
   * no id is given.
   *
   * <p>The table of many subjects is larger than any cache. Every step is a short loop of its own,
   * so that the memory is asked for many rows while it answers the first.
   *
   * @param ids raw ids by row
   * @param found gets the numbers, by row; at least as long as the column has rows
   * @param scratch of the same length; what is in it does not matter
   */
  public void findRaw(BytesColumn ids, int[] found, int[] scratch) {
    byte[] raw = ids.buffer();
    int[] from = ids.starts();
    int[] to = ids.ends();
    int rows = ids.rows();
    for (int row = 0; row < rows; row++) {
      boolean plain = from[row] != BytesColumn.MISSING && IdRule.isPlain(raw, from[row], to[row]);
      found[row] = plain ? 0 : -1;
      scratch[row] = plain ? hash(raw, from[row], to[row]) : 0;
    }
    int mask = table.length - 1;
    for (int row = 0; row < rows; row++) {
      int slot = scratch[row] & mask;
      long entry = table[slot];
      while (entry != 0 && (int) (entry >>> 32) != scratch[row]) {
        slot = (slot + 1) & mask;
        entry = table[slot];
      }
      found[row] |= (int) entry - 1;
    }
    for (int row = 0; row < rows; row++) {
      scratch[row] = found[row] > 0 ? startOf(found[row]) : 0;
    }
    for (int row = 0; row < rows; row++) {
      if (from[row] == BytesColumn.MISSING) {
        found[row] = -1;
      } else if (found[row] < 0 || !isAt(found[row], scratch[row], raw, from[row], to[row])) {
        found[row] = findRaw(raw, from[row], to[row]);
      }
    }
  }

  /** Whether the id of a subject, which begins at {@code from}, is these bytes. */
  private boolean isAt(int subject, int from, byte[] raw, int start, int end) {
    int to = width == DIFFERENT ? ends[subject] : from + width;
    return ByteWords.equal(bytes, from, to, raw, start, end);
  }

  private boolean isAt(int subject, byte[] id, int start, int end) {
    return isAt(subject, startOf(subject), id, start, end);
  }

  /** Where the id of a subject begins; not looked up where all ids have one width. */
  private int startOf(int subject) {
    return width == DIFFERENT ? subject == 0 ? 0 : ends[subject - 1] : subject * width;
  }

  /** A copy of the normalised id of a subject. For key derivation only; never for a message. */
  public byte[] key(int subject) {
    return Arrays.copyOfRange(bytes, startOf(subject), ends[subject]);
  }

  /** Length of the normalised id of a subject. */
  public int length(int subject) {
    return ends[subject] - startOf(subject);
  }

  /** Copies the normalised id of a subject to a position, as {@link #key} does to an array. */
  public void copy(int subject, byte[] into, int at) {
    System.arraycopy(bytes, startOf(subject), into, at, length(subject));
  }

  private static long entry(int hash, int subject) {
    return ((long) hash << 32) | (subject + 1);
  }

  private int slotOf(byte[] key, int start, int end) {
    int mask = table.length - 1;
    int hash = hash(key, start, end);
    int slot = hash & mask;
    for (long entry = table[slot]; entry != 0; entry = table[slot]) {
      if ((int) (entry >>> 32) == hash && isAt((int) entry - 1, key, start, end)) {
        return slot;
      }
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    long[] old = table;
    table = new long[old.length * 2];
    int mask = table.length - 1;
    for (long entry : old) {
      if (entry != 0) {
        int slot = (int) (entry >>> 32) & mask;
        while (table[slot] != 0) {
          slot = (slot + 1) & mask;
        }
        table[slot] = entry;
      }
    }
  }

  private static int hash(byte[] b, int start, int end) {
    long h = (long) end - start;
    int at = start;
    for (; at + Long.BYTES <= end; at += Long.BYTES) {
      h = mixed(h ^ (long) LONGS.get(b, at));
    }
    long rest = 0;
    for (; at < end; at++) {
      rest = rest << 8 | (b[at] & 0xFF);
    }
    return (int) mixed(h ^ rest);
  }

  private static long mixed(long number) {
    long h = number * 0x9E3779B97F4A7C15L;
    return h ^ (h >>> 32);
  }
}
