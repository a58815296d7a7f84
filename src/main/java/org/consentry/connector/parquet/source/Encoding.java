package org.consentry.connector.parquet.source;

/** How the values of a page are encoded, in the order of the format's numbers. */
enum Encoding {
  PLAIN,
  GROUP_VAR_INT,
  PLAIN_DICTIONARY,
  RLE,
  BIT_PACKED,
  DELTA_BINARY_PACKED,
  DELTA_LENGTH_BYTE_ARRAY,
  DELTA_BYTE_ARRAY,
  RLE_DICTIONARY,
  BYTE_STREAM_SPLIT;

  static Encoding of(int number) {
    if (number < 0 || number >= values().length) {
      throw new Damage("has a page of an unknown encoding");
    }
    return values()[number];
  }

  /** Whether values are places in a dictionary. */
  boolean isDictionary() {
    return this == PLAIN_DICTIONARY || this == RLE_DICTIONARY;
  }

  Damage notFor(Physical physical) {
    return new Damage("has a page of " + physical + " values in the encoding " + name());
  }
}
