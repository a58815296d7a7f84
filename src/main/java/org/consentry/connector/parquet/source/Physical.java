package org.consentry.connector.parquet.source;

/** How the values of a column are stored, in the order of the format's numbers. */
enum Physical {
  BOOLEAN(0),
  INT32(4),
  INT64(8),
  INT96(12),
  FLOAT(4),
  DOUBLE(8),
  BYTE_ARRAY(0),
  FIXED_LEN_BYTE_ARRAY(0);

  private final int width;

  Physical(int width) {
    this.width = width;
  }

  /** Bytes of a value, or 0 when that is not the same for all. */
  int width() {
    return width;
  }

  /** Whether values are read as bytes, not as numbers of up to 64 bits. */
  boolean isBytes() {
    return this == INT96 || this == BYTE_ARRAY || this == FIXED_LEN_BYTE_ARRAY;
  }

  static Physical of(int number) {
    if (number < 0 || number >= values().length) {
      throw new Damage("has a column of an unknown physical type");
    }
    return values()[number];
  }
}
