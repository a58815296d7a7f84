package org.consentry.connector;

import java.util.List;
import java.util.Optional;
import org.consentry.connector.csv.CsvSink;
import org.consentry.connector.parquet.Compression;
import org.consentry.connector.parquet.PageLayout;
import org.consentry.connector.parquet.ParquetSink;

/** The formats of part files this house can write. To add one, write its file and a line here. */
public final class Sinks {

  private static final List<Sink> ALL =
      List.of(
          new CsvSink(Formulas.UNCHANGED), new ParquetSink(Compression.ZSTD, PageLayout.DEFAULT));

  private Sinks() {}

  /** Every format, in the order people are shown. */
  public static List<Sink> all() {
    return ALL;
  }

  /** The sink of CSV files that escapes formulas, or not. */
  public static Sink csv(Formulas formulas) {
    return new CsvSink(formulas);
  }

  /** The sink of a format such as {@code csv}, or empty when there is none of that name. */
  public static Optional<Sink> of(String format) {
    return ALL.stream().filter(sink -> sink.format().equals(format)).findFirst();
  }
}
