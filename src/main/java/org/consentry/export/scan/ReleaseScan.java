package org.consentry.export.scan;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.consentry.export.Parallel;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;

/**
 * Searches a finished folder for identifiers of the source, for patterns of identifiers and for
 * what is finer than a release may be. Knows no mapping and no operator, follows no link.
 * Stateless.
 *
 * <p><b>Security promise:</b> neither findings nor problems have a value of the release.
 */
public final class ReleaseScan {

  private static final int MOST_FILES = 100_000;

  private ReleaseScan() {}

  /**
   * Searches every file below a folder, on all threads of the engine.
   *
   * @throws ProblemException of category DISCLOSURE_CHECK when the folder has no file, or a file
   *     cannot be read as what it is: nothing passes that was not searched
   */
  public static ScanResult scan(
      Path folder, IdentifierSet identifiers, ScanRules rules, Parallel parallel) {
    return scan(folder, identifiers, rules, parallel, file -> true);
  }

  /**
   * The same of some files.
   *
   * @param names which, by their path in the folder, parts joined by {@code /}
   */
  public static ScanResult scan(
      Path folder,
      IdentifierSet identifiers,
      ScanRules rules,
      Parallel parallel,
      Predicate<String> names) {
    List<Path> files =
        files(folder).stream().filter(file -> names.test(name(folder, file))).toList();
    if (files.isEmpty()) {
      throw problem(
          String.valueOf(folder.getFileName()),
          "SCAN_EMPTY",
          "the folder has no file to search",
          "check the path");
    }
    List<FileTask> tasks = new ArrayList<>();
    List<Callable<FileSearch>> pieces = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      FileTask task = new FileTask(folder, files.get(i), i + 1, identifiers, rules);
      tasks.add(task);
      pieces.addAll(task.pieces());
    }
    Iterator<FileSearch> answers = parallel.all(pieces).iterator();
    List<Finding> findings = new ArrayList<>();
    List<String> searched = new ArrayList<>();
    List<String> notSearched = new ArrayList<>();
    long cells = 0;
    for (FileTask task : tasks) {
      cells += task.collect(answers, findings);
      (task.searched() ? searched : notSearched).add(task.shown());
    }
    findings.sort(
        Comparator.comparing(Finding::file)
            .thenComparing(Finding::column)
            .thenComparing(Finding::evidence)
            .thenComparing(Finding::kind));
    return new ScanResult(findings, searched, notSearched, cells);
  }

  private static List<Path> files(Path folder) {
    List<Path> files = new ArrayList<>();
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              files.add(file);
              return files.size() > MOST_FILES
                  ? FileVisitResult.TERMINATE
                  : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult preVisitDirectory(Path inner, BasicFileAttributes attributes)
                throws IOException {
              try (Stream<Path> content = Files.list(inner)) {
                if (!inner.equals(folder) && content.findAny().isEmpty()) {
                  files.add(inner);
                }
              }
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw problem(
          String.valueOf(folder.getFileName()),
          "SCAN_UNREADABLE",
          "the folder cannot be read",
          "check its permissions");
    }
    if (files.size() > MOST_FILES) {
      throw problem(
          String.valueOf(folder.getFileName()),
          "SCAN_TOO_MANY",
          "the folder has more than " + MOST_FILES + " files",
          "search its parts one by one");
    }
    files.sort(Comparator.naturalOrder());
    return files;
  }

  private static String name(Path folder, Path file) {
    return folder.relativize(file).toString().replace('\\', '/');
  }

  static ProblemException problem(String file, String code, String message, String hint) {
    return ProblemException.of(Category.DISCLOSURE_CHECK, code, Place.of(file), message, hint);
  }
}
