package org.consentry.export.scan;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.xerial.snappy.Snappy;

/** Decompressors of Parquet pages that need no Hadoop installation. */
final class PageDecompressors implements CompressionCodecFactory {

  @Override
  public BytesInputCompressor getCompressor(CompressionCodecName codec) {
    throw new UnsupportedOperationException("the scan only reads");
  }

  @Override
  public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
    return new Decompressor(codec);
  }

  @Override
  public void release() {}

  private record Decompressor(CompressionCodecName codec) implements BytesInputDecompressor {

    @Override
    public BytesInput decompress(BytesInput bytes, int decompressedSize) throws IOException {
      ByteArrayOutputStream compressed = new ByteArrayOutputStream();
      bytes.writeAllTo(compressed);
      byte[] plain = plain(compressed.toByteArray(), decompressedSize);
      if (plain.length != decompressedSize) {
        throw new IOException("a page has another size than its header");
      }
      return BytesInput.from(plain);
    }

    private byte[] plain(byte[] compressed, int size) throws IOException {
      return switch (codec) {
        case UNCOMPRESSED -> compressed;
        case ZSTD -> Zstd.decompress(compressed, size);
        case SNAPPY -> Snappy.uncompress(compressed);
        case GZIP -> new GZIPInputStream(new ByteArrayInputStream(compressed)).readNBytes(size + 1);
        default -> throw new IOException("pages are compressed by a codec that is not read here");
      };
    }

    @Override
    public void decompress(
        ByteBuffer input, int compressedSize, ByteBuffer output, int decompressedSize) {
      throw new UnsupportedOperationException("heap pages only");
    }

    @Override
    public void release() {}
  }
}
