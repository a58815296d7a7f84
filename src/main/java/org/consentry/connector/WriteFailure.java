package org.consentry.connector;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;
import org.consentry.problem.Category;
import org.consentry.problem.DiskFailure;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;

/**
 * Turns a failure to write a part file into a problem. It names the file, never its folder, and
 * carries no foreign cause. What an operator can repair by rights is a failed run; what may pass by
 * itself, like a full disk, is temporary.
 */
public final class WriteFailure {

  /** Words of the operating system which are worth repeating and have no content. */
  private static final Set<String> KNOWN =
      Set.of(
          "No space left on device",
          "Disk quota exceeded",
          "File too large",
          "Input/output error",
          "Read-only file system",
          "Stale file handle");

  private WriteFailure() {}

  public static ProblemException of(Path file, IOException e) {
    if (e instanceof FileAlreadyExistsException) {
      return problem(
          Category.RUN_FAILED,
          "FILE_EXISTS",
          file,
          "expected no such part file but there is one",
          "a part file is never overwritten; resume or abandon the run it belongs to");
    }
    if (e instanceof AccessDeniedException) {
      return problem(
          Category.RUN_FAILED,
          "NOT_WRITABLE",
          file,
          "the part file cannot be created: permission denied",
          "give this account the right to write in the staging folder");
    }
    if (e instanceof NoSuchFileException) {
      return problem(
          Category.RUN_FAILED,
          "NOT_WRITABLE",
          file,
          "the part file cannot be created: its folder does not exist",
          "resume the run, or abandon it and start again");
    }
    String message = String.valueOf(e.getMessage());
    String reason = KNOWN.contains(message) ? ": " + message : "";
    return problem(
        DiskFailure.category(e),
        "WRITE_FAILED",
        file,
        "the part file cannot be written" + reason,
        "make room or repair the disk, then resume the run");
  }

  private static ProblemException problem(
      Category category, String code, Path file, String message, String hint) {
    return ProblemException.of(category, code, Place.of(name(file)), message, hint);
  }

  /** The last name of the path: a message does not show the folder of a release. */
  static String name(Path file) {
    Path last = file.getFileName();
    return last == null ? "part file" : last.toString();
  }
}
