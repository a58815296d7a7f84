package org.consentry.connector.csv;

import org.consentry.connector.FileProblems;
import org.consentry.problem.ProblemException;

/**
 * What can be wrong with a CSV file, in words. No message contains anything of the file's content.
 *
 * @param file the file as people know it
 */
public record CsvProblems(String file) implements FileProblems {

  ProblemException bareQuote(long line) {
    return invalid(
        "BARE_QUOTE",
        line,
        "a quote is inside a field that does not begin with one",
        "put quotes around the field and double every quote inside it");
  }

  ProblemException textAfterQuote(long line) {
    return invalid(
        "TEXT_AFTER_QUOTE",
        line,
        "expected a delimiter or the end of the line after a closing quote but found more text",
        "double every quote inside a quoted field");
  }

  ProblemException unclosedQuote(long line) {
    return invalid(
        "UNCLOSED_QUOTE",
        line,
        "a field begins with a quote here and is still open at the end of the file",
        "close the quote; the file may have been cut off");
  }

  ProblemException danglingEscape(long line) {
    return invalid(
        "DANGLING_ESCAPE",
        line,
        "the file ends with an escape character",
        "the file may have been cut off");
  }

  ProblemException recordTooLong(long line, int limit) {
    return invalid(
        "RECORD_TOO_LONG",
        line,
        "a record begins here that is longer than " + limit + " bytes",
        "a quote may be missing or the file may use another delimiter");
  }

  ProblemException unparsable(long line) {
    return invalid(
        "NOT_CSV", line, "the record cannot be read as CSV", "check delimiter, quote and escape");
  }
}
