package org.consentry.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Parquet files, which DuckDB writes, with types. */
final class ParquetFiles implements Origin {

  private Path csv = Path.of("");
  private Path parquet = Path.of("");

  @Override
  public String title() {
    return "Parquet";
  }

  @Override
  public void fill(Programs programs, Work work) throws IOException, SQLException {
    csv = programs.clinic(work);
    parquet = programs.emptied("parquet");
    for (String table : tables(work)) {
      Path file = csv.resolve(table + ".csv");
      String columns =
          Origin.columns(file).entrySet().stream()
              .map(column -> column.getKey() + "::" + column.getValue() + " AS " + column.getKey())
              .collect(Collectors.joining(", "));
      Reference.run(
          "COPY (SELECT "
              + columns
              + " FROM "
              + Format.CSV.reads(List.of(file))
              + ") TO '"
              + parquet.resolve(table + ".parquet")
              + "' (FORMAT parquet)");
    }
  }

  private static List<String> tables(Work work) {
    List<String> tables = new ArrayList<>(work.tables());
    tables.add("patients");
    return tables;
  }

  @Override
  public Records records() {
    return new Records("{type: parquet, path: " + parquet + "}", Records.lines(csv));
  }

  @Override
  public Exported export(Programs programs, Work work) {
    return new Exported(0, csv);
  }

  /** The files stay. */
  @Override
  public void close() {}
}
