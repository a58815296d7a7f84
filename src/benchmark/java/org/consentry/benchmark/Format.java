package org.consentry.benchmark;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What is written: in the job's word, in DuckDB's words, and how DuckDB reads it. */
enum Format {
  CSV("csv", "FORMAT csv, HEADER", "read_csv([%s], header = true, all_varchar = true)"),
  PARQUET("parquet", "FORMAT parquet, COMPRESSION zstd", "read_parquet([%s])");

  private final String word;
  private final String copy;
  private final String reading;

  Format(String word, String copy, String reading) {
    this.word = word;
    this.copy = copy;
    this.reading = reading;
  }

  /** The job's word, which is also how names of files end. */
  String word() {
    return word;
  }

  /** Options of DuckDB's {@code COPY}. */
  String copy() {
    return copy;
  }

  /** DuckDB's table of some files. */
  String reads(List<Path> files) {
    String quoted = files.stream().map(file -> "'" + file + "'").collect(Collectors.joining(", "));
    return String.format(Locale.ROOT, reading, quoted);
  }
}
