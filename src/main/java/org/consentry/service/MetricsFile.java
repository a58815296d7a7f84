package org.consentry.service;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.consentry.data.DurableFiles;
import org.consentry.problem.Category;
import org.consentry.problem.DiskFailure;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;

/**
 * A file of metrics for the textfile collector of node_exporter, which is another user: all may
 * read it. A reader sees the content before or the new one.
 *
 * @param file in the folder that the collector reads
 */
public record MetricsFile(Path file) {

  private static final String CODE = "METRICS_FILE";

  /**
   * Finds out whether there is a folder for it.
   *
   * @throws ProblemException category USAGE when there is none
   */
  public void require() {
    if (!Files.isDirectory(DurableFiles.folderOf(file)) || Files.isDirectory(file)) {
      throw ProblemException.of(
          Category.USAGE,
          CODE,
          Place.of(file),
          "there is no folder for the file of metrics, or a folder has its name",
          "name a file in the folder that node_exporter reads, such as consentry.prom");
    }
  }

  /**
   * Writes it.
   *
   * @throws ProblemException category TEMPORARY or RUN_FAILED when the disk refuses
   */
  public void write(String text) {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.deleteIfExists(fresh);
      Files.writeString(fresh, text, StandardCharsets.UTF_8);
      if (Files.getFileStore(fresh).supportsFileAttributeView("posix")) {
        Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-r--r--"));
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException refused) {
      throw ProblemException.of(
          DiskFailure.category(refused),
          CODE,
          Place.of(file),
          "the metrics cannot be written",
          "check free space and permissions of the folder");
    }
  }
}
