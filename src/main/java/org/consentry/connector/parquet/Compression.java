package org.consentry.connector.parquet;

import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** How the pages of a Parquet file are compressed. */
public enum Compression {
  NONE(CompressionCodecName.UNCOMPRESSED),
  SNAPPY(CompressionCodecName.SNAPPY),
  GZIP(CompressionCodecName.GZIP),
  /** Zstandard at level 1: smaller than Snappy at about its price. */
  ZSTD(CompressionCodecName.ZSTD);

  private final CompressionCodecName codec;

  Compression(CompressionCodecName codec) {
    this.codec = codec;
  }

  /** The name that Parquet's footer knows it by. */
  public CompressionCodecName codec() {
    return codec;
  }

  /** A new compressor; it belongs to one thread and is closed by its owner. */
  public PageCompressor open() {
    return switch (this) {
      case NONE -> new PageCompressor.None();
      case SNAPPY -> new PageCompressor.Snap();
      case GZIP -> new PageCompressor.Gzip();
      case ZSTD -> new PageCompressor.Zstd();
    };
  }
}
