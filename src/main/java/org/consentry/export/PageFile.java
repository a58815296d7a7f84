package org.consentry.export;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.consentry.data.DurableFiles;
import org.consentry.problem.Category;
import org.consentry.problem.DiskFailure;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;

/** A page that a command writes into a new file. */
public final class PageFile {

  private PageFile() {}

  /**
   * Writes a page for its owner only, whole or not at all.
   *
   * @throws ProblemException category USAGE when the file exists, TEMPORARY when the disk refuses
   */
  public static void write(Path file, byte[] page) {
    requireNew(file);
    try {
      DurableFiles.create(file.toAbsolutePath().normalize(), page);
    } catch (FileAlreadyExistsException taken) {
      throw taken(file);
    } catch (IOException refused) {
      throw ProblemException.of(
          DiskFailure.category(refused),
          "PAGE",
          Place.of(file),
          "the page cannot be written",
          "check free space and permissions of the folder");
    }
  }

  /**
   * Refuses a name that is taken, before anything is asked.
   *
   * @throws ProblemException category USAGE
   */
  public static void requireNew(Path file) {
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw taken(file);
    }
  }

  private static ProblemException taken(Path file) {
    return ProblemException.of(
        Category.USAGE,
        "PAGE_EXISTS",
        Place.of(file),
        "a file is there already",
        "choose another name");
  }
}
