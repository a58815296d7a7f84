package org.consentry.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.consentry.problem.Category;
import org.consentry.problem.DiskFailure;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;

/** A page that a command writes into a new file. */
final class PageFile {

  private PageFile() {}

  /**
   * Writes a page.
   *
   * @throws ProblemException category USAGE when the file exists, TEMPORARY when the disk refuses
   */
  static void write(Path file, byte[] page) {
    try {
      Files.write(file, page, StandardOpenOption.CREATE_NEW);
    } catch (FileAlreadyExistsException taken) {
      throw ProblemException.of(
          Category.USAGE,
          "PAGE_EXISTS",
          Place.of(file.toString()),
          "a file is there already",
          "choose another name");
    } catch (IOException refused) {
      throw ProblemException.of(
          DiskFailure.category(refused),
          "PAGE",
          Place.of(file.toString()),
          "the page cannot be written",
          "check free space and permissions of the folder");
    }
  }
}
