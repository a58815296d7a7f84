package org.consentry.connector;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * A piece of a table that begins and ends on record boundaries: the unit of work and of restart.
 * Small and serializable on purpose. Split sizes never depend on the number of cores.
 *
 * @param table name of the table
 * @param number from 0, in the order of the table
 * @param range which records of the table
 * @param digest CRC-32C over the split's bytes or records, to notice a source that changes between
 *     planning, extracting and resuming
 */
public record Split(String table, int number, Range range, int digest) implements Serializable {

  private static final long serialVersionUID = 1L;

  /** Which records of a table, in the terms of the source. */
  public sealed interface Range extends Serializable {

    /** How much work it is, for progress: bytes, or what the source counts instead. */
    long size();

    /** The range in words without spaces, see {@link Split#range(List)}. */
    List<String> words();
  }

  /**
   * A range of bytes of a file.
   *
   * @param start first byte
   * @param end one past the last byte
   * @param firstLine line number, from 1, at {@code start}
   */
  public record Bytes(long start, long end, long firstLine) implements Range {

    private static final long serialVersionUID = 1L;

    @Override
    public long size() {
      return end - start;
    }

    @Override
    public List<String> words() {
      return List.of("bytes", Long.toString(start), Long.toString(end), Long.toString(firstLine));
    }
  }

  /**
   * Row groups of columnar files, one after the other.
   *
   * @param first the first one, from 0
   * @param count how many
   * @param size bytes that their rows have as text, about
   */
  public record RowGroups(int first, int count, long size) implements Range {

    private static final long serialVersionUID = 1L;

    @Override
    public List<String> words() {
      return List.of(
          "row-groups", Integer.toString(first), Integer.toString(count), Long.toString(size));
    }
  }

  /**
   * The records between two keys of an ordered table.
   *
   * <p><b>Security promise:</b> keys may be ids of patients; the text form does not show them.
   *
   * @param snapshot name of the snapshot of a database that has the records; empty where none is
   * @param from first key
   * @param to last key
   * @param size number of records, or of bytes
   */
  public record Keys(String snapshot, String from, String to, long size) implements Range {

    private static final long serialVersionUID = 1L;

    /** Records of a source without snapshots. */
    public Keys(String from, String to, long size) {
      this("", from, to, size);
    }

    @Override
    public List<String> words() {
      List<String> words = List.of("keys", hex(from), hex(to), Long.toString(size));
      return snapshot.isEmpty()
          ? words
          : Stream.concat(words.stream(), Stream.of(hex(snapshot))).toList();
    }

    private static String hex(String key) {
      return HexFormat.of().formatHex(key.getBytes(StandardCharsets.UTF_8)) + "-";
    }

    private static String key(String hex) {
      if (!hex.endsWith("-")) {
        throw new IllegalArgumentException("a key ends with a dash");
      }
      byte[] bytes = HexFormat.of().parseHex(hex, 0, hex.length() - 1);
      return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
      return "Keys[" + size + "]";
    }
  }

  /** A range of bytes. */
  public static Split ofBytes(
      String table, int number, long start, long end, long firstLine, int digest) {
    return new Split(table, number, new Bytes(start, end, firstLine), digest);
  }

  /**
   * The range that {@link Range#words()} wrote.
   *
   * @throws IllegalArgumentException when these are not such words
   */
  public static Range range(List<String> words) {
    String kind = words.isEmpty() ? "" : words.get(0);
    if (kind.equals("bytes") && words.size() == 4) {
      return new Bytes(number(words, 1), number(words, 2), number(words, 3));
    }
    if (kind.equals("row-groups") && words.size() == 4) {
      return new RowGroups(
          Math.toIntExact(number(words, 1)), Math.toIntExact(number(words, 2)), number(words, 3));
    }
    if (kind.equals("keys") && words.size() == 4) {
      return new Keys(Keys.key(words.get(1)), Keys.key(words.get(2)), number(words, 3));
    }
    if (kind.equals("keys") && words.size() == 5) {
      return new Keys(
          Keys.key(words.get(4)), Keys.key(words.get(1)), Keys.key(words.get(2)), number(words, 3));
    }
    throw new IllegalArgumentException("these are not the words of a range");
  }

  private static long number(List<String> words, int at) {
    return Long.parseLong(words.get(at));
  }

  /** The same range of another table that is made of the same records. */
  public Split of(String other) {
    return new Split(other, number, range, digest);
  }

  /**
   * The range of a source that cuts files into ranges of bytes.
   *
   * @throws IllegalArgumentException when the range is another one
   */
  public Bytes bytes() {
    if (range instanceof Bytes bytes) {
      return bytes;
    }
    throw new IllegalArgumentException("the split is no range of bytes");
  }
}
