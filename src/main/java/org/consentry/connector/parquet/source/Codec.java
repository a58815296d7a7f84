package org.consentry.connector.parquet.source;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import java.io.IOException;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.xerial.snappy.Snappy;

/**
 * How pages are compressed, in the order of the format's numbers. A page becomes exactly the bytes
 * that its header declares, or is damaged.
 */
enum Codec {
  UNCOMPRESSED,
  SNAPPY,
  GZIP,
  LZO,
  BROTLI,
  /** Hadoop's framing of LZ4, which the format gave up for {@link #LZ4_RAW}. */
  LZ4,
  ZSTD,
  LZ4_RAW;

  static Codec of(int number) {
    if (number < 0 || number >= values().length) {
      throw new Damage("has a column of an unknown compression");
    }
    return values()[number];
  }

  /** Whether pages of it can be read here. */
  boolean isRead() {
    return this != LZO && this != BROTLI && this != LZ4;
  }

  /**
   * Fills {@code out} from {@code to} on, to its end.
   *
   * @throws Damage when the bytes do not fill it, or are more
   */
  void decompress(byte[] in, int from, int length, byte[] out, int to) {
    int size =
        switch (this) {
          case UNCOMPRESSED -> copy(in, from, length, out, to);
          case SNAPPY -> snappy(in, from, length, out, to);
          case GZIP -> gzip(in, from, length, out, to);
          case ZSTD -> zstd(in, from, length, out, to);
          case LZ4_RAW -> Lz4.decompress(in, from, from + length, out, to);
          case LZO, BROTLI, LZ4 -> throw new Damage("has a page compressed with " + name());
        };
    if (size != out.length - to) {
      throw notAsDeclared();
    }
  }

  private static Damage notAsDeclared() {
    return new Damage("has a compressed page of another size than its header declares");
  }

  private static int copy(byte[] in, int from, int length, byte[] out, int to) {
    if (length != out.length - to) {
      throw notAsDeclared();
    }
    System.arraycopy(in, from, out, to, length);
    return length;
  }

  private static int snappy(byte[] in, int from, int length, byte[] out, int to) {
    try {
      if (length == 0 || Snappy.uncompressedLength(in, from, length) != out.length - to) {
        throw notAsDeclared();
      }
      return Snappy.uncompress(in, from, length, out, to);
    } catch (IOException damaged) {
      throw new Damage("has a page that is no snappy");
    }
  }

  private static int zstd(byte[] in, int from, int length, byte[] out, int to) {
    try {
      long size = Zstd.decompressByteArray(out, to, out.length - to, in, from, length);
      return Zstd.isError(size) ? -1 : (int) size;
    } catch (ZstdException damaged) {
      throw new Damage("has a page that is no zstd");
    }
  }

  /** One or more gzip members, of which the format asks for one. */
  private static int gzip(byte[] in, int from, int length, byte[] out, int to) {
    Inflater inflater = new Inflater(true);
    CRC32 crc = new CRC32();
    try {
      int start = GzipHeader.end(in, from, from + length);
      inflater.setInput(in, start, from + length - start);
      int size = 0;
      while (!inflater.finished() && size < out.length - to) {
        int count = inflater.inflate(out, to + size, out.length - to - size);
        if (count == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
          throw notAsDeclared();
        }
        size += count;
      }
      if (!inflater.finished() && inflater.inflate(new byte[1]) > 0) {
        throw notAsDeclared();
      }
      crc.update(out, to, size);
      int trailer = from + length - inflater.getRemaining();
      if (!inflater.finished()
          || inflater.getRemaining() != 8
          || GzipHeader.int32(in, trailer) != (int) crc.getValue()) {
        throw notAsDeclared();
      }
      return size;
    } catch (DataFormatException damaged) {
      throw new Damage("has a page that is no gzip");
    } finally {
      inflater.end();
    }
  }
}
