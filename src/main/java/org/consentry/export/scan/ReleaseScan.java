package org.consentry.export.scan;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.consentry.export.Parallel;
import org.consentry.export.scan.Finding.Evidence;
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
    List<Path> files = files(folder);
    if (files.isEmpty()) {
      throw problem(
          String.valueOf(folder.getFileName()),
          "SCAN_EMPTY",
          "the folder has no file to search",
          "check the path");
    }
    List<Callable<FileScan>> pieces = new ArrayList<>();
    Searched what = new Searched(identifiers, rules);
    for (int i = 0; i < files.size(); i++) {
      int number = i + 1;
      pieces.add(() -> scan(folder, number, files.get(number - 1), what));
    }
    List<Finding> findings = new ArrayList<>();
    List<String> searched = new ArrayList<>();
    List<String> notSearched = new ArrayList<>();
    long cells = 0;
    for (FileScan one : parallel.all(pieces)) {
      findings.addAll(one.findings);
      (one.searched ? searched : notSearched).add(one.name);
      cells += one.cells;
    }
    findings.sort(
        Comparator.comparing(Finding::file)
            .thenComparing(Finding::column)
            .thenComparing(Finding::evidence)
            .thenComparing(Finding::kind));
    return new ScanResult(findings, searched, notSearched, cells);
  }

  private record FileScan(String name, boolean searched, List<Finding> findings, long cells) {}

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

  private static FileScan scan(Path folder, int number, Path file, Searched what) {
    String name = folder.relativize(file).toString().replace('\\', '/');
    TextScan names = new TextScan(what.set, what.rules, "", CellSearch.Place.TEXT);
    names.line("(name)", name);
    List<Finding> found = names.findings();
    String shown = found.isEmpty() ? name : "(file " + number + ")";
    List<Finding> findings = new ArrayList<>();
    for (Finding one : found) {
      findings.add(new Finding(shown, one.column(), one.evidence(), one.kind(), 1, 0));
    }
    if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
      return new FileScan(shown, true, findings, 0);
    }
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      findings.add(new Finding(shown, "", Evidence.NOT_SEARCHED, "link", 1, 0));
      return new FileScan(shown, false, findings, 0);
    }
    FileSearch search = new FileSearch(what.set, what.rules, name, shown);
    try {
      search.search(file);
    } catch (CsvReader.TooLong tooLong) {
      throw problem(
          shown,
          "SCAN_TOO_LONG",
          "a record is longer than " + (CsvReader.LONGEST_RECORD >> 20) + " MiB",
          "look for a quote that is not closed");
    } catch (IOException unreadable) {
      throw problem(
          shown,
          "SCAN_UNREADABLE",
          "the file cannot be read whole: it is damaged, cut off, encrypted or closed to this user",
          "write the folder again");
    }
    findings.addAll(search.findings());
    return new FileScan(shown, search.searched(), findings, search.cells());
  }

  private record Searched(IdentifierSet set, ScanRules rules) {}

  private static ProblemException problem(String file, String code, String message, String hint) {
    return ProblemException.of(Category.DISCLOSURE_CHECK, code, Place.of(file), message, hint);
  }
}
