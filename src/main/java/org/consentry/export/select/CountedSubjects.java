package org.consentry.export.select;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.consentry.data.Exclusion;
import org.consentry.data.ExclusionGroup;
import org.consentry.export.extract.SplitExtract;

/**
 * Which people are behind the counts of one table: the rows left out, by {@link ExclusionGroup},
 * and the cells emptied, by column. Rows whose subject is not known add no person, so that there
 * are never fewer people behind a count than counted here. Not thread-safe.
 *
 * <p>A split keeps it behind the log of its released days: the length of that log, the log, and for
 * each set its name, the number of its first word that is not zero, and its words; then a CRC-32C.
 */
public final class CountedSubjects {

  /** The name of the lines of a request, by number in place of people, that ask for a row. */
  public static final String LINES = "lines";

  private final Map<String, BitSet> sets = new TreeMap<>();
  private final BitSet[] byCode = new BitSet[1 + Exclusion.values().length];

  /** No person. */
  public CountedSubjects() {
    for (Exclusion reason : Exclusion.values()) {
      byCode[reason.code()] = of(reason.group().name());
    }
  }

  /** The name of those who have withheld cells in a released column. */
  public static String withheld(String column) {
    return "withheld " + column;
  }

  /** The name of those who have blanked cells in a released column. */
  public static String blanked(String column) {
    return "blanked " + column;
  }

  /** The people of a name, by their numbers: a group, {@link #withheld} or {@link #blanked}. */
  public BitSet of(String name) {
    return sets.computeIfAbsent(name, none -> new BitSet());
  }

  /** A row of a subject is left out for a reason. */
  void leftOut(int code, int subject) {
    byCode[code].set(subject);
  }

  /**
   * Adds what a split kept.
   *
   * @param log what {@link SplitExtract#spans()} gave and {@link #isWhole} knows
   */
  public void add(byte[] log) {
    ByteBuffer bytes = ByteBuffer.wrap(log);
    bytes.position(Integer.BYTES + bytes.getInt());
    while (bytes.remaining() > Integer.BYTES) {
      byte[] name = new byte[bytes.getShort()];
      bytes.get(name);
      int zeros = bytes.getInt();
      long[] words = new long[zeros + bytes.getInt()];
      for (int word = zeros; word < words.length; word++) {
        words[word] = bytes.getLong();
      }
      of(new String(name, StandardCharsets.UTF_8)).or(BitSet.valueOf(words));
    }
  }

  /** The log of released days and this, as a split keeps them. */
  public static byte[] join(byte[] spans, CountedSubjects people) {
    int length = Integer.BYTES + spans.length + Integer.BYTES;
    for (Map.Entry<String, BitSet> set : people.sets.entrySet()) {
      length += Short.BYTES + utf8(set.getKey()).length + 2 * Integer.BYTES;
      length += (set.getValue().toLongArray().length - zeros(set.getValue())) * Long.BYTES;
    }
    ByteBuffer bytes = ByteBuffer.allocate(length).putInt(spans.length).put(spans);
    people.sets.forEach((name, set) -> put(bytes, utf8(name), set));
    return bytes.putInt(crc(bytes.array())).array();
  }

  private static void put(ByteBuffer bytes, byte[] name, BitSet set) {
    long[] words = set.toLongArray();
    int zeros = zeros(set);
    bytes.putShort((short) name.length).put(name).putInt(zeros).putInt(words.length - zeros);
    for (int word = zeros; word < words.length; word++) {
      bytes.putLong(words[word]);
    }
  }

  private static int zeros(BitSet set) {
    return set.isEmpty() ? 0 : set.nextSetBit(0) / Long.SIZE;
  }

  private static byte[] utf8(String name) {
    return name.getBytes(StandardCharsets.UTF_8);
  }

  /** The log of released days in what a split kept. */
  public static byte[] spans(byte[] log) {
    return Arrays.copyOfRange(log, Integer.BYTES, Integer.BYTES + ByteBuffer.wrap(log).getInt());
  }

  /** Whether the bytes are what a split kept, and whole. */
  public static boolean isWhole(byte[] log) {
    int content = log.length - Integer.BYTES;
    return content > Integer.BYTES && ByteBuffer.wrap(log).getInt(content) == crc(log);
  }

  /** Over all but the last four bytes. */
  private static int crc(byte[] log) {
    CRC32C crc = new CRC32C();
    crc.update(log, 0, log.length - Integer.BYTES);
    return (int) crc.getValue();
  }

  /** Shows how many sets there are and nothing of a person. */
  @Override
  public String toString() {
    return "CountedSubjects[" + sets.size() + " counts]";
  }
}
