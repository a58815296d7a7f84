package org.consentry.export.sort;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The encoded rows of one split, in segments of one range each. A segment is rows, each behind its
 * length as a number of seven-bit groups. Behind the segments come their index and a check over it.
 */
final class SpillFile {

  private static final int SEGMENT_BYTES = 24;
  private static final int FOOTER_BYTES = 8;

  private final Path file;
  private final List<Segment> segments;

  private SpillFile(Path file, List<Segment> segments) {
    this.file = file;
    this.segments = segments;
  }

  /**
   * Some rows of one range.
   *
   * @param range their range
   * @param offset where they begin in the file
   * @param length their bytes
   * @param rows their number
   * @param check CRC-32C over the bytes
   */
  record Segment(int range, long offset, int length, int rows, int check) {}

  Path file() {
    return file;
  }

  List<Segment> segments() {
    return segments;
  }

  /** The index and the footer, as the writer puts them behind the segments. */
  static byte[] index(List<Segment> segments) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.addExact(segments.size() * SEGMENT_BYTES, FOOTER_BYTES));
    for (Segment segment : segments) {
      bytes
          .putInt(segment.range)
          .putLong(segment.offset)
          .putInt(segment.length)
          .putInt(segment.rows)
          .putInt(segment.check);
    }
    CRC32C crc = new CRC32C();
    crc.update(bytes.array(), 0, bytes.position());
    bytes.putInt(segments.size()).putInt((int) crc.getValue());
    return bytes.array();
  }

  /** The check that {@link #index} ends with. */
  static int check(byte[] index) {
    return ByteBuffer.wrap(index).getInt(index.length - Integer.BYTES);
  }

  /**
   * Opens a file that was finished.
   *
   * @param result what the writer reported of it; empty when the file is another one now
   */
  static Optional<SpillFile> open(Path file, SpillResult result) {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try (FileChannel channel = WorkFiles.open(file)) {
      return read(file, channel, result);
    } catch (java.io.IOException cannotClose) {
      return Optional.empty();
    }
  }

  private static Optional<SpillFile> read(Path file, FileChannel channel, SpillResult result) {
    long size = WorkFiles.size(channel);
    if (size != result.bytes() || size < FOOTER_BYTES) {
      return Optional.empty();
    }
    byte[] footer = new byte[FOOTER_BYTES];
    WorkFiles.read(channel, size - FOOTER_BYTES, footer, 0, FOOTER_BYTES);
    int count = ByteBuffer.wrap(footer).getInt();
    long length = (long) count * SEGMENT_BYTES;
    if (count < 0 || length > size - FOOTER_BYTES || check(footer) != result.check()) {
      return Optional.empty();
    }
    byte[] index = new byte[(int) length];
    WorkFiles.read(channel, size - FOOTER_BYTES - length, index, 0, index.length);
    CRC32C crc = new CRC32C();
    crc.update(index);
    if ((int) crc.getValue() != result.check()) {
      return Optional.empty();
    }
    return Optional.of(new SpillFile(file, segments(ByteBuffer.wrap(index), count)));
  }

  private static List<Segment> segments(ByteBuffer index, int count) {
    List<Segment> segments = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      segments.add(
          new Segment(
              index.getInt(), index.getLong(), index.getInt(), index.getInt(), index.getInt()));
    }
    return List.copyOf(segments);
  }

  /** Whether every segment still is what was written. Reads the whole file. */
  boolean isWhole() {
    try (FileChannel channel = WorkFiles.open(file)) {
      byte[] bytes = new byte[0];
      for (Segment segment : segments) {
        if (bytes.length < segment.length) {
          bytes = new byte[segment.length];
        }
        WorkFiles.read(channel, segment.offset, bytes, 0, segment.length);
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, segment.length);
        if ((int) crc.getValue() != segment.check) {
          return false;
        }
      }
      return true;
    } catch (java.io.IOException cannotClose) {
      return false;
    }
  }

  /** Reads a segment into a buffer that has room for it. */
  static void read(FileChannel channel, Segment segment, byte[] into, int at) {
    WorkFiles.read(channel, segment.offset, into, at, segment.length);
    CRC32C crc = new CRC32C();
    crc.update(into, at, segment.length);
    if ((int) crc.getValue() != segment.check) {
      throw WorkFiles.damaged();
    }
  }

  /** Writes a length before a row. */
  static int putLength(int length, byte[] out, int start) {
    int at = start;
    int rest = length;
    while (rest >= 0x80) {
      out[at++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    out[at++] = (byte) rest;
    return at;
  }

  /** Reads a length. */
  static int length(byte[] in, int start) {
    int length = 0;
    int at = start;
    for (int shift = 0; ; shift += 7) {
      int b = in[at++];
      length |= (b & 0x7F) << shift;
      if (b >= 0) {
        return length;
      }
    }
  }

  /** How many bytes a length takes. */
  static int lengthBytes(int length) {
    return length < 0x80 ? 1 : (38 - Integer.numberOfLeadingZeros(length)) / 7;
  }
}
