package org.consentry.consent;

import org.consentry.data.RowBatch.Rejection;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;

/**
 * Problems of single lines: errors where a restriction may be lost, after which no run goes on, and
 * warnings of lines whose outcome is known.
 */
final class ConsentDamage {

  private static final int WIDTH = ConsentColumn.values().length;

  /** What becomes of the patient of a restriction that cannot be read. */
  static final String UNTIL_CORRECTED = "its patient is excluded until it is corrected";

  private ConsentDamage() {}

  /** A permit that cannot be read. */
  static Problem badPermit(String file, long line, String why) {
    return Problem.warning(
        "BAD_PERMIT_ROW", Place.of(file, line), why, "this permit is ignored; correct it");
  }

  /** A line that may restrict and cannot be read. */
  static Problem badRestriction(String file, long line, String why, String hint) {
    return Problem.warning("BAD_RESTRICTION_ROW", Place.of(file, line), why, hint);
  }

  /** A record that is no row. */
  static Problem of(String file, String encoding, Rejection record) {
    return switch (record.reason()) {
      case NUL ->
          error(
              "CONSENT_QUOTING",
              file,
              record.line(),
              "found a NUL character",
              "quote as in RFC 4180");
      case RAGGED -> ragged(file, record.line(), record.fields());
      case TRUNCATED ->
          record.fields() == WIDTH
              ? notUtf8(file, encoding, record)
              : ragged(file, record.line(), record.fields());
      case ENCODING -> notUtf8(file, encoding, record);
      case NO_KEY, INVALID_VALUE ->
          throw new IllegalStateException("no source rejects a single value");
    };
  }

  private static Problem notUtf8(String file, String encoding, Rejection record) {
    return error(
        "CONSENT_ENCODING",
        file,
        record.line(),
        "expected " + encoding + " but found bytes that are not " + encoding,
        "set encoding under consent:, or save it as utf-8");
  }

  /** A line with another number of cells. */
  static Problem ragged(String file, long line, int cells) {
    return error(
        "CONSENT_RAGGED",
        file,
        line,
        "expected " + WIDTH + " fields but found " + cells,
        "a restriction may be lost here; repair the line");
  }

  /** A restriction without a patient. */
  static Problem withoutPatient(String file, long line) {
    return error(
        "CONSENT_NOBODY",
        file,
        line,
        "a restriction names no patient",
        "whom it protects cannot be known; repair the line");
  }

  private static Problem error(String code, String file, long line, String message, String hint) {
    return Problem.error(code, Place.of(file, line), message, hint);
  }
}
