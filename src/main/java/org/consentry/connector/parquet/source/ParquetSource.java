package org.consentry.connector.parquet.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.consentry.config.Doc;
import org.consentry.connector.Source;
import org.consentry.connector.SourceFactory;
import org.consentry.connector.SourceTable;
import org.consentry.problem.Address;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;

/**
 * A directory of Parquet files: the table {@code visits} is the file {@code visits.parquet} in it,
 * or all files that end so in the directory {@code visits} or {@code visits.parquet}, in the order
 * of their names.
 */
public final class ParquetSource implements Source {

  /** Makes Parquet sources. */
  public static final SourceFactory<Config> FACTORY = new Factory();

  private static final String SUFFIX = ".parquet";

  /**
   * What people may set.
   *
   * @param path the directory; relative to the file that names it
   */
  public record Config(
      @Doc("the directory of the Parquet files; a table is a file or a directory of its name")
          String path) {

    public Config {
      if (path.isBlank() || Address.is(path)) {
        throw new IllegalArgumentException("path must name a directory");
      }
    }
  }

  private static final class Factory implements SourceFactory<Config> {

    @Override
    public String name() {
      return "parquet";
    }

    @Override
    public Class<Config> config() {
      return Config.class;
    }

    @Override
    public Source open(Config config, Path baseDirectory) {
      return new ParquetSource(baseDirectory.resolve(config.path()));
    }
  }

  private final Path directory;
  private final String shown;

  private ParquetSource(Path directory) {
    this.directory = directory;
    this.shown = Place.name(directory);
    if (!Files.isDirectory(directory)) {
      throw invalid(
          "NO_DIRECTORY",
          shown,
          "expected a directory of Parquet files but found none",
          "check source.path");
    }
  }

  private static ProblemException invalid(String code, String file, String message, String hint) {
    return ProblemException.of(Category.FILES_INVALID, code, Place.of(file), message, hint);
  }

  @Override
  public Optional<SourceTable> table(String table) {
    if (!table.matches("[^/\\\\\\p{Cntrl}]+") || table.startsWith(".")) {
      throw invalid(
          "TABLE_NAME",
          shown,
          "expected a table name but found one with a path, a leading dot or a control character",
          "name the file in the directory, without .parquet");
    }
    List<String> found =
        Stream.of(table + SUFFIX, table)
            .filter(name -> Files.exists(directory.resolve(name)))
            .filter(name -> name.endsWith(SUFFIX) || Files.isDirectory(directory.resolve(name)))
            .toList();
    if (found.size() > 1) {
      throw invalid(
          "TWO_FORMS",
          shown + "/" + found.get(0),
          "the table is here and in the directory " + found.get(1) + " too",
          "remove the one that is not current");
    }
    return found.stream().findFirst().map(name -> open(table, name));
  }

  private SourceTable open(String table, String name) {
    String place = shown + "/" + name;
    Path path = directory.resolve(name);
    if (!Files.isDirectory(path)) {
      return new ParquetTable(table, place, List.of(ParquetFile.open(path, place)));
    }
    List<ParquetFile> files =
        names(path, place).stream()
            .map(file -> ParquetFile.open(path.resolve(file), place + "/" + file))
            .toList();
    return new ParquetTable(table, place, files);
  }

  private static List<String> names(Path path, String place) {
    List<String> names;
    try (Stream<Path> list = Files.list(path)) {
      names =
          list.map(file -> String.valueOf(file.getFileName()))
              .filter(name -> !name.startsWith(".") && !name.startsWith("_"))
              .sorted()
              .toList();
    } catch (IOException unreadable) {
      throw invalid("UNREADABLE", place, "the directory cannot be read", "check its permissions");
    }
    if (names.isEmpty() || !names.stream().allMatch(name -> name.endsWith(SUFFIX))) {
      throw invalid(
          "OTHER_FILES",
          place,
          names.isEmpty()
              ? "the directory has no Parquet file"
              : "the directory has files or directories that are no part of the table",
          "store the table's files, which end with .parquet, and nothing else in it");
    }
    return names;
  }
}
