package org.consentry.connector.csv;

import java.io.IOException;
import org.consentry.problem.Category;
import org.consentry.problem.DiskFailure;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;

/**
 * What can be wrong with a CSV file, in words. No message contains anything of the file's content.
 *
 * @param file the file as people know it
 */
public record CsvProblems(String file) {

  ProblemException unreadable() {
    return invalid(
        "UNREADABLE", 0, "the file cannot be read", "check that it is a file and its permissions");
  }

  ProblemException interrupted(IOException failure) {
    Category category = DiskFailure.category(failure);
    return ProblemException.of(
        category,
        "READ_FAILED",
        Place.of(file),
        "the file system failed while the file was read",
        category == Category.TEMPORARY
            ? "try again"
            : "check the file, its permissions and the disk");
  }

  ProblemException changed() {
    return ProblemException.of(
        Category.STALE,
        "SOURCE_CHANGED",
        Place.of(file),
        "the file is not the one that was looked at when the run was planned",
        "do not write to the source while it is read, then start a new run");
  }

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

  ProblemException invalid(String code, long line, String message, String hint) {
    return ProblemException.of(
        Category.FILES_INVALID, code, new Place(file, line, 0), message, hint);
  }
}
