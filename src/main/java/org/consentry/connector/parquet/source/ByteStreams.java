package org.consentry.connector.parquet.source;

/**
 * Values of a fixed width by their bytes: the first bytes of all values, then their second bytes,
 * and so on.
 *
 * @param bytes of a page
 * @param start where the first bytes are
 * @param width bytes of a value
 * @param values how many there are
 */
@SuppressWarnings("ArrayRecordComponent") // the batch path shares arrays on purpose (house style)
record ByteStreams(byte[] bytes, int start, int width, int values) {

  /** The values from {@code at} to the end of the array. */
  static ByteStreams of(byte[] bytes, int at, int width) {
    return new ByteStreams(bytes, at, width, (bytes.length - at) / width);
  }

  /** A byte of a value, the least significant one of a number being the first. */
  byte get(int value, int which) {
    return bytes[start + which * values + value];
  }

  /**
   * Makes sure that there are more values.
   *
   * @throws Damage when there are fewer
   */
  void require(int count, int from) {
    if (count > values - from) {
      throw Plain.fewer();
    }
  }
}
