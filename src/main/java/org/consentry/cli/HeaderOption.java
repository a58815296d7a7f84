package org.consentry.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.consentry.plan.CsvFolder;
import org.consentry.plan.CsvFolder.FirstLine;
import picocli.CommandLine.Option;

/** What a person knows of first lines that may be records. */
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

  /** Reads the heads of a folder of CSV files. */
  CsvFolder read(Path folder) {
    return CsvFolder.read(folder, firstLine());
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
