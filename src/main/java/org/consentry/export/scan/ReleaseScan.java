package org.consentry.export.scan;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
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
    for (Path file : files) {
      pieces.add(() -> scan(folder, file, identifiers, rules));
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
          });
    } catch (IOException e) {
      throw problem(
          String.valueOf(folder.getFileName()),
          "SCAN_UNREADABLE",
          "the folder cannot be read",
          "check its permissions");
    }
    files.sort(Comparator.naturalOrder());
    return files;
  }

  private static FileScan scan(Path folder, Path file, IdentifierSet set, ScanRules rules) {
    String name = folder.relativize(file).toString().replace('\\', '/');
    try {
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        return notSearched(name, "link");
      }
      String lower = name.toLowerCase(Locale.ROOT);
      if (lower.endsWith(".csv")) {
        return csv(name, file, set, rules);
      }
      if (lower.endsWith(".parquet")) {
        return notSearched(name, "parquet");
      }
      return text(name, file, set, rules);
    } catch (IOException e) {
      throw problem(name, "SCAN_UNREADABLE", "the file cannot be read", "check its permissions");
    }
  }

  private static FileScan notSearched(String name, String kind) {
    return new FileScan(
        name, false, List.of(new Finding(name, "", Evidence.NOT_SEARCHED, kind, 1, 0)), 0);
  }

  private static FileScan csv(String name, Path file, IdentifierSet set, ScanRules rules)
      throws IOException {
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      CsvReader reader = new CsvReader(in);
      TableScan table = new TableScan(set, rules, name, reader.header());
      for (CellBatch batch = reader.next(); batch.rows > 0; batch = reader.next()) {
        table.scan(batch);
      }
      return new FileScan(name, true, table.findings(), table.cells());
    }
  }

  private static FileScan text(String name, Path file, IdentifierSet set, ScanRules rules)
      throws IOException {
    CellSearch search = new CellSearch(set, rules);
    ColumnScan text = new ColumnScan(set, search, CellSearch.Place.TEXT);
    try (InputStream in =
            new BufferedInputStream(Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS));
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      long row = 0;
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        row++;
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        text.cell(bytes, 0, bytes.length, row, 0, any -> 0);
      }
    }
    return new FileScan(name, true, text.findings(name, "text", rules), 0);
  }

  private static ProblemException problem(String file, String code, String message, String hint) {
    return ProblemException.of(Category.DISCLOSURE_CHECK, code, Place.of(file), message, hint);
  }
}
