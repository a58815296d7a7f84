package org.consentry.connector;

import java.io.IOException;
import org.consentry.problem.Category;
import org.consentry.problem.DiskFailure;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;

/**
 * What can be wrong with a file that is read, whatever its format. No message contains anything of
 * the file's content or of the operating system's words.
 */
public interface FileProblems {

  /** The file as people know it. */
  String file();

  /** The file cannot be opened: FILES_INVALID. */
  default ProblemException unreadable() {
    return invalid(
        "UNREADABLE", 0, "the file cannot be read", "check that it is a file and its permissions");
  }

  /**
   * The file was open and could not be read on: TEMPORARY where another try may succeed, RUN_FAILED
   * where a person must change something.
   *
   * @see DiskFailure#category
   */
  default ProblemException interrupted(IOException failure) {
    Category category = DiskFailure.category(failure);
    return ProblemException.of(
        category,
        "READ_FAILED",
        Place.of(file()),
        "the file system failed while the file was read",
        category == Category.TEMPORARY
            ? "try again"
            : "check the file, its permissions and the disk");
  }

  /** The file has another size or other bytes than before: STALE. */
  default ProblemException changed() {
    return ProblemException.of(
        Category.STALE,
        "SOURCE_CHANGED",
        Place.of(file()),
        "the file is not the one that was looked at when the run was planned",
        "do not write to the source while it is read, then start a new run");
  }

  /**
   * The content is not what the format asks for: FILES_INVALID.
   *
   * @param line from 1, or 0 when the whole file is meant
   */
  default ProblemException invalid(String code, long line, String message, String hint) {
    return ProblemException.of(
        Category.FILES_INVALID, code, new Place(file(), line, 0), message, hint);
  }
}
