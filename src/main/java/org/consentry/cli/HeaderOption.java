package org.consentry.cli;

import java.nio.file.Path;
import java.util.Map;
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
      description = "What separates fields, or tab; default as each file looks.")
  private Optional<String> delimiter = Optional.empty();

  @Option(
      names = "--encoding",
      paramLabel = "WORD",
      description = "Encoding of the files; default as each file looks.")
  private Optional<String> encoding = Optional.empty();

  /** Reads the heads of a folder of CSV files, and shows how they look to be written. */
  CsvFolder read(Path folder, Console console) {
    OtherForms.refuse(folder);
    CsvFolder found = CsvFolder.read(folder, firstLine(), delimiter, encoding);
    for (String line : found.recognised()) {
      console.line("recognised: " + line);
      console.result("recognised", Map.of("text", line));
    }
    return found;
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
