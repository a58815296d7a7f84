package org.consentry.connector.csv;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import org.consentry.connector.Split;

/**
 * The bytes of one split, read once from its first to its last, and proven to be those the split
 * was cut from: a file of another size, or bytes with another digest, end in category STALE.
 */
final class SplitBytes implements CsvBytes {

  private static final int CHUNK = 1 << 18;

  private final CsvProblems problems;
  private final FileChannel channel;
  private final ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK);
  private final CRC32C crc = new CRC32C();
  private final Split split;
  private final Proof proof;
  private long position;

  private enum Proof {
    DIGEST,
    NONE
  }

  SplitBytes(Path path, long size, Split split, CsvProblems problems) {
    this(path, size, split, problems, Proof.DIGEST);
  }

  /** Bytes whose digest is not known yet. */
  static SplitBytes unproven(Path path, long size, Split split, CsvProblems problems) {
    return new SplitBytes(path, size, split, problems, Proof.NONE);
  }

  private SplitBytes(Path path, long size, Split split, CsvProblems problems, Proof proof) {
    this.problems = problems;
    this.proof = proof;
    this.split = split;
    this.position = split.bytes().start();
    try {
      channel = FileChannel.open(path, StandardOpenOption.READ);
      if (channel.size() != size) {
        channel.close();
        throw problems.changed();
      }
    } catch (IOException unreadable) {
      throw problems.unreadable();
    }
  }

  @Override
  public long done() {
    return position - split.bytes().start();
  }

  @Override
  public boolean atEnd() {
    return position == split.bytes().end();
  }

  @Override
  public int read(byte[] into, int at, int atMost) {
    int wanted = (int) Math.min(Math.min(CHUNK, atMost), split.bytes().end() - position);
    chunk.clear().limit(wanted);
    try {
      while (chunk.position() == 0 && wanted > 0) {
        if (channel.read(chunk, position) < 0) {
          throw problems.changed();
        }
      }
    } catch (IOException failed) {
      throw problems.interrupted(failed);
    }
    int count = chunk.position();
    chunk.flip();
    chunk.get(into, at, count);
    crc.update(into, at, count);
    position += count;
    if (atEnd() && proof == Proof.DIGEST && digest() != split.digest()) {
      throw problems.changed();
    }
    return count;
  }

  /** CRC-32C of the bytes read so far. */
  int digest() {
    return (int) crc.getValue();
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException failed) {
      throw problems.interrupted(failed);
    }
  }
}
