package org.consentry.connector.parquet;

import com.github.luben.zstd.ZstdCompressCtx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.xerial.snappy.Snappy;

/**
 * Compresses pages from array to array, without Hadoop's codecs, which need a Hadoop installation.
 * The same bytes give the same result whatever was compressed before. One thread at a time.
 */
public abstract sealed class PageCompressor implements AutoCloseable {

  private byte[] scratch = new byte[0];

  /** The compressed form of a range, in an array of its own. */
  public abstract byte[] compress(byte[] in, int offset, int length) throws IOException;

  @Override
  public void close() {}

  /** An array of at least that many bytes, reused from page to page. */
  final byte[] scratch(int length) {
    if (scratch.length < length) {
      scratch = new byte[length];
    }
    return scratch;
  }

  /** Leaves bytes as they are. */
  static final class None extends PageCompressor {

    @Override
    public byte[] compress(byte[] in, int offset, int length) {
      return Arrays.copyOfRange(in, offset, offset + length);
    }
  }

  /** Snappy's raw format, as Parquet asks. */
  static final class Snap extends PageCompressor {

    @Override
    public byte[] compress(byte[] in, int offset, int length) throws IOException {
      byte[] out = scratch(Snappy.maxCompressedLength(length));
      return Arrays.copyOf(out, Snappy.compress(in, offset, length, out, 0));
    }
  }

  /** One gzip member a page; its header has no time. */
  static final class Gzip extends PageCompressor {

    @Override
    public byte[] compress(byte[] in, int offset, int length) throws IOException {
      ByteArrayOutputStream out = new ByteArrayOutputStream(length / 2 + 64);
      try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
        gzip.write(in, offset, length);
      }
      return out.toByteArray();
    }
  }

  /** One Zstandard frame a page, through one context that is used again and again. */
  static final class Zstd extends PageCompressor {

    private static final int LEVEL = 1;

    private final ZstdCompressCtx context = new ZstdCompressCtx().setLevel(LEVEL);

    @Override
    public byte[] compress(byte[] in, int offset, int length) {
      byte[] out = scratch((int) com.github.luben.zstd.Zstd.compressBound(length));
      int size = context.compressByteArray(out, 0, out.length, in, offset, length);
      return Arrays.copyOf(out, size);
    }

    @Override
    public void close() {
      context.close();
    }
  }
}
