package org.consentry.release;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.consentry.data.FieldType;
import org.consentry.data.PlannedColumn.Released;
import org.consentry.release.Disclosure.DataFile;
import org.consentry.release.Disclosure.Format;

/**
 * Scripts that load a release in R, pandas and DuckDB, and in the programs of {@link StatScripts};
 * each is run inside the release folder. Base R reads CSV; Parquet needs the package arrow. Tables
 * are entries of one list or dictionary, because a table may be called {@code class} or {@code
 * 2024_visits}.
 *
 * @param tables the tables, in order
 * @param encrypted whether the files must be decrypted before
 */
record LoadScripts(List<LoadedTable> tables, boolean encrypted) {

  /** What a script has about files that are encrypted. */
  static final String DECRYPT_FIRST =
      "The files are encrypted: decrypt them first, by the command in README.md";

  /** The scripts by path; they load CSV and Parquet files and no other format. */
  static Map<String, byte[]> of(Disclosure disclosure) {
    LoadScripts scripts =
        new LoadScripts(
            disclosure.tables().stream()
                .map(LoadedTable::of)
                .filter(table -> !table.paths().isEmpty())
                .toList(),
            disclosure.isEncrypted());
    Map<String, byte[]> texts = new TreeMap<>(StatScripts.of(disclosure));
    texts.put("load/load.R", TextTemplates.render("release/load-r.jte", scripts));
    texts.put("load/load.py", TextTemplates.render("release/load-pandas.jte", scripts));
    texts.put("load/load.sql", TextTemplates.render("release/load-duckdb.jte", scripts));
    return texts;
  }

  /** Lines that each script begins with. */
  List<String> notes() {
    return encrypted ? List.of(DECRYPT_FIRST) : List.of();
  }

  /** Why a file may be missing. */
  String missing() {
    return encrypted ? ", and decrypt the files" : "";
  }

  boolean hasParquet() {
    return tables.stream().anyMatch(LoadedTable::isParquet);
  }

  boolean hasCsv() {
    return !tables.stream().allMatch(LoadedTable::isParquet);
  }

  /** The first file, as a string of R and Python. */
  String first() {
    return quoted(
        tables.stream()
            .flatMap(table -> table.paths().stream())
            .findFirst()
            .orElse(ReleaseFiles.PACKAGE));
  }

  /**
   * A table as a script reads it: from its Parquet files where it has some.
   *
   * @param name its name
   * @param format of the files
   * @param paths of the files
   * @param columns its released columns
   */
  record LoadedTable(String name, Format format, List<String> paths, List<Released> columns) {

    private static LoadedTable of(Disclosure.Table table) {
      boolean parquet =
          table.files().stream().anyMatch(file -> file.format().equals(Format.PARQUET));
      Format format = parquet ? Format.PARQUET : Format.CSV;
      return new LoadedTable(
          table.name(),
          format,
          table.files().stream()
              .filter(file -> file.format().equals(format))
              .map(DataFile::plainPath)
              .toList(),
          table.released().stream().flatMap(column -> column.released().stream()).toList());
    }

    boolean isParquet() {
      return format.equals(Format.PARQUET);
    }

    /** The name as a string of R and Python. */
    String quoted() {
      return LoadScripts.quoted(name);
    }

    /** The files as strings of R and Python; a path has plain letters. */
    String files() {
      return paths.stream().map(path -> '"' + path + '"').collect(Collectors.joining(", "));
    }

    String sqlFiles() {
      return files().replace('"', '\'');
    }

    /** Columns of a CSV file that are not text, each with the function that converts it. */
    List<Conversion> conversions() {
      return columns.stream().flatMap(Conversion::of).toList();
    }

    String pythonConversions() {
      return conversions().stream()
          .map(column -> column.quoted() + ": " + column.function())
          .collect(Collectors.joining(", "));
    }

    String sqlTypes() {
      return columns.stream()
          .map(
              column ->
                  "'" + column.name().replace("'", "''") + "': '" + sqlType(column.type()) + "'")
          .collect(Collectors.joining(", "));
    }

    private static String sqlType(FieldType type) {
      return switch (type.kind()) {
        case TEXT, CODE -> "VARCHAR";
        case INTEGER -> "BIGINT";
        case DECIMAL -> type.toString().toUpperCase(Locale.ROOT);
        case DATE -> "DATE";
        case TIMESTAMP -> "TIMESTAMP";
      };
    }
  }

  /**
   * A column that is not text.
   *
   * @param quoted its name as a string of R and Python
   * @param function the function of both scripts that converts it
   */
  record Conversion(String quoted, String function) {

    private static Stream<Conversion> of(Released column) {
      return function(column.type().kind())
          .map(function -> new Conversion(LoadScripts.quoted(column.name()), function))
          .stream();
    }

    /** Codes stay text: 000 is not 0. */
    private static Optional<String> function(FieldType.Kind kind) {
      return switch (kind) {
        case TEXT, CODE -> Optional.empty();
        case INTEGER -> Optional.of("integers");
        case DECIMAL -> Optional.of("decimals");
        case DATE -> Optional.of("days");
        case TIMESTAMP -> Optional.of("times");
      };
    }
  }

  private static String quoted(String name) {
    return '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
