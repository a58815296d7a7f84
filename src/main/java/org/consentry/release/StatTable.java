package org.consentry.release;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.consentry.data.CodeLimits;
import org.consentry.data.FieldType;
import org.consentry.data.PlannedColumn;
import org.consentry.data.PlannedColumn.Released;
import org.consentry.release.Disclosure.DataFile;
import org.consentry.release.Disclosure.Format;

/**
 * A table of CSV files as Stata, SPSS and SAS read it.
 *
 * @param name its name
 * @param legal its name in these programs
 * @param files its CSV files; those without rows are left out where others have some
 * @param rows how many rows the files have
 * @param variables its columns
 */
record StatTable(
    String name, String legal, List<String> files, long rows, List<Variable> variables) {

  /** Bytes of a text at most, so that a table fits in memory; scripts write it at their top. */
  static final int LONGEST_TEXT = 8000;

  /** Bytes of a character of UTF-8 at most. */
  private static final int CHARACTER = 4;

  /** The tables that have files; a table of Parquet files alone has none here. */
  static List<StatTable> of(Disclosure disclosure) {
    List<Disclosure.Table> released =
        disclosure.tables().stream().filter(table -> !table.files().isEmpty()).toList();
    List<String> names = LoadNames.of(released.stream().map(Disclosure.Table::name).toList());
    List<StatTable> tables = new ArrayList<>();
    for (int i = 0; i < released.size(); i++) {
      tables.add(of(released.get(i), names.get(i)));
    }
    return tables;
  }

  private static StatTable of(Disclosure.Table table, String legal) {
    List<PlannedColumn> columns =
        table.released().stream().filter(column -> column.released().isPresent()).toList();
    List<String> names =
        LoadNames.of(columns.stream().map(column -> column.field().name()).toList());
    List<Variable> variables = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      variables.add(new Variable(names.get(i), columns.get(i)));
    }
    List<DataFile> files =
        table.files().stream().filter(file -> file.format().equals(Format.CSV)).toList();
    long rows = files.stream().mapToLong(DataFile::rows).sum();
    List<String> paths =
        files.stream().filter(file -> file.rows() > 0).map(DataFile::plainPath).toList();
    List<String> all = files.stream().map(DataFile::plainPath).limit(1).toList();
    return new StatTable(table.name(), legal, rows > 0 ? paths : all, rows, variables);
  }

  /**
   * A column.
   *
   * @param legal its name in these programs
   * @param column what is released
   */
  record Variable(String legal, PlannedColumn column) {

    Released output() {
      return column.released().orElseThrow();
    }

    FieldType.Kind kind() {
      return output().type().kind();
    }

    boolean isText() {
      return output().type().isBytes();
    }

    /** Bytes that the values have at most. */
    int width() {
      int characters = output().limits().map(CodeLimits::maxLength).orElse(LONGEST_TEXT);
      return Math.min(LONGEST_TEXT, CHARACTER * characters);
    }

    String label() {
      String unit = column.texts().unit().isEmpty() ? "" : " (" + column.texts().unit() + ")";
      return output().field().description() + unit;
    }

    /** Meanings of values, of those that the type has and that every program can label. */
    Map<String, String> labels() {
      return column.note().labels().entrySet().stream()
          .filter(one -> isText() || one.getKey().matches("-?[0-9]{1,9}"))
          .collect(
              Collectors.toMap(
                  Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, LinkedHashMap::new));
    }

    /** All values, where they can be listed; an empty text otherwise. */
    String values() {
      return String.join("; ", column.listed());
    }

    /** Why a cell may be empty; empty text when none is. */
    String absences() {
      return String.join("; or ", ManifestStatement.absenceWords(output()));
    }
  }

  /** A text in one line of at most so many bytes. */
  static String line(String text, int most) {
    String line = text.replaceAll("[\\p{Cc}\\p{Zl}\\p{Zp}]+", " ").strip();
    while (line.getBytes(StandardCharsets.UTF_8).length > most) {
      line = line.substring(0, line.offsetByCodePoints(line.length(), -1));
    }
    return line;
  }

  /** A string of SPSS and SAS: in single quotes nothing is run. */
  static String quoted(String text, int most) {
    return "'" + line(text, most).replace("'", "''") + "'";
  }
}
