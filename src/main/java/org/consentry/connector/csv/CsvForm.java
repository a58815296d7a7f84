package org.consentry.connector.csv;

import com.github.luben.zstd.ZstdInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How a CSV file is stored: as it is, or compressed. The end of its name shows which. */
public enum CsvForm {
  PLAIN(".csv"),
  GZIP(".csv.gz"),
  ZSTD(".csv.zst");

  private final String suffix;

  CsvForm(String suffix) {
    this.suffix = suffix;
  }

  /** How the names of its files end. */
  public String suffix() {
    return suffix;
  }

  /** The forms in words. */
  public static List<String> suffixes() {
    return Stream.of(values()).map(CsvForm::suffix).toList();
  }

  /** The form of a file; empty when its name has another end. */
  public static Optional<CsvForm> of(String fileName) {
    return Stream.of(values()).filter(form -> fileName.endsWith(form.suffix)).findFirst();
  }

  /** The table of a file whose name has the end of this form. */
  public String table(String fileName) {
    return fileName.substring(0, fileName.length() - suffix.length());
  }

  /** The form of a file of any name. */
  static CsvForm ofAny(String fileName) {
    return Stream.of(GZIP, ZSTD)
        .filter(form -> fileName.endsWith(form.suffix.substring(".csv".length())))
        .findFirst()
        .orElse(PLAIN);
  }

  /** Decompresses bytes. */
  InputStream open(InputStream compressed) throws IOException {
    return switch (this) {
      case PLAIN -> compressed;
      case GZIP -> new GzipStream(compressed);
      case ZSTD -> new ZstdInputStream(compressed);
    };
  }
}
