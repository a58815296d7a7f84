package org.consentry.data;

/** Why a row that was read could not be used at all. Rejected rows are never released. */
public enum RejectReason {
  /** The record has more or fewer fields than the header. */
  RAGGED,
  /** The record has bytes that are not in the declared encoding. */
  ENCODING,
  /** The record has a NUL byte. */
  NUL,
  /**
   * No line break ends the last record of the file, and it cannot be used: the file was cut off. No
   * share of rejects tolerates it.
   */
  TRUNCATED,
  /** All columns of the key that the mapping states for the table are empty. */
  NO_KEY,
  /** An operator with {@code onInvalid: reject-row} met a value it cannot take. */
  INVALID_VALUE
}
