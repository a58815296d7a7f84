package org.consentry.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.consentry.plan.CsvFolder;
import org.consentry.plan.CsvFolder.FirstLine;
import org.consentry.plan.OtherForms;
import picocli.CommandLine.Option;

/** What a person knows of CSV files: how they are written, and whether they have headers. */
final class HeaderOption {

  /** The words of the option. */
  enum Header {
    yes,
    no
  }

  @Option(
      names = "--header",
      paramLabel = "yes|no",
      description = "Whether first lines are headers, where it is not clear.")
  private Optional<Header> header = Optional.empty();

  @Option(
      names = "--delimiter",
      paramLabel = "CHARACTER",
      description = "What separates fields, or tab; default a comma.")
  private String delimiter = ",";

  @Option(
      names = "--encoding",
      paramLabel = "WORD",
      description = "Encoding of the files, such as windows-1252; default utf-8.")
  private String encoding = "utf-8";

  /** Reads the heads of a folder of CSV files. */
  CsvFolder read(Path folder) {
    OtherForms.refuse(folder);
    return CsvFolder.read(folder, firstLine(), delimiter, encoding);
  }

  /** What separates fields, or the word {@code tab}. */
  String delimiter() {
    return delimiter;
  }

  /** The word of the encoding. */
  String encoding() {
    return encoding;
  }

  private FirstLine firstLine() {
    return header
        .map(
            known ->
                switch (known) {
                  case yes -> FirstLine.HEADER;
                  case no -> FirstLine.RECORD;
                })
        .orElse(FirstLine.UNCLEAR);
  }
}
