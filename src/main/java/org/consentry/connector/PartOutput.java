package org.consentry.connector;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import org.consentry.connector.PartWriter.PartFile;
import org.consentry.data.DurableFiles;
import org.consentry.data.Sha256;

/**
 * The bytes of one part file on their way to the disk: buffered, counted and digested. The file is
 * created, never opened over another, and belongs to its owner alone (mode 600) where the file
 * system knows modes. Not thread-safe.
 *
 * <p>A writer may put bytes straight into {@link #buffer()} from {@link #position()} on, after
 * {@link #reserve} made room, and record it by {@link #position(int)}.
 */
public final class PartOutput implements AutoCloseable {

  /** Bytes that are always free after {@link #reserve} beyond those asked for. */
  public static final int SLACK = 16;

  private final FileChannel channel;
  private final MessageDigest digest;
  private byte[] buffer;
  private int position;
  private long drained;

  private PartOutput(FileChannel channel, int capacity) {
    this.channel = channel;
    digest = Sha256.begin();
    buffer = new byte[capacity];
  }

  /**
   * Creates the file.
   *
   * @param capacity bytes of the buffer
   * @throws org.consentry.problem.ProblemException when it exists or cannot be created
   */
  public static PartOutput create(Path file, int capacity) {
    try {
      return new PartOutput(DurableFiles.openNew(file), capacity);
    } catch (IOException e) {
      throw WriteFailure.of(file, e);
    }
  }

  /** The buffer; {@link #reserve} may replace it. */
  public byte[] buffer() {
    return buffer;
  }

  /** Where the next byte goes. */
  public int position() {
    return position;
  }

  /** Records how far the buffer is filled now. */
  public void position(int newPosition) {
    position = newPosition;
  }

  /** Makes room for that many bytes and {@link #SLACK} after the position. */
  public void reserve(int bytes) throws IOException {
    if (buffer.length - position - SLACK < bytes) {
      drain();
      if (buffer.length - SLACK < bytes) {
        buffer = Arrays.copyOf(buffer, Math.addExact(bytes, SLACK));
      }
    }
  }

  /** Appends a byte. */
  public void write(int b) throws IOException {
    reserve(1);
    buffer[position++] = (byte) b;
  }

  /** Appends bytes; more than the buffer takes go straight to the disk. */
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (length > buffer.length - SLACK) {
      drain();
      put(bytes, offset, length);
      return;
    }
    reserve(length);
    System.arraycopy(bytes, offset, buffer, position, length);
    position += length;
  }

  /** Bytes written so far, those in the buffer included. */
  public long size() {
    return drained + position;
  }

  private void drain() throws IOException {
    put(buffer, 0, position);
    position = 0;
  }

  private void put(byte[] bytes, int offset, int length) throws IOException {
    digest.update(bytes, offset, length);
    DurableFiles.writeFully(channel, ByteBuffer.wrap(bytes, offset, length));
    drained += length;
  }

  /**
   * Writes what is left, syncs file and length to the disk, closes, and returns what was written.
   */
  public PartFile finish(long rows) throws IOException {
    drain();
    channel.force(true);
    channel.close();
    return new PartFile(rows, drained, Sha256.hex(digest));
  }

  /** Closes the file as it is; whether that works does not matter to an unfinished file. */
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // Finishing reports what matters; an unfinished file is thrown away.
      return;
    }
  }
}
