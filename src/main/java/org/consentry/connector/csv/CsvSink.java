package org.consentry.connector.csv;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.consentry.connector.PartWriter;
import org.consentry.connector.Sink;
import org.consentry.data.PartContent;
import org.consentry.data.Schema;

/**
 * Comma-separated values as RFC 4180 describes them: UTF-8 without a byte order mark, a header
 * line, CRLF after every record, quotes only around a field that contains a comma, a quote, CR or
 * LF. A missing value is an empty field; where a table has one column only, it is {@code ""},
 * because readers skip empty lines. Dates and timestamps are ISO 8601 without a zone.
 *
 * <p>A value is written as it is, unless the job asks for texts that a spreadsheet would run as a
 * formula to be escaped: research reads the data, and a changed value is a wrong one.
 */
public final class CsvSink implements Sink {

  private final Formulas formulas;

  /** Writes every text as it is. */
  public CsvSink() {
    this(Formulas.UNCHANGED);
  }

  private CsvSink(Formulas formulas) {
    this.formulas = formulas;
  }

  @Override
  public String format() {
    return "csv";
  }

  @Override
  public String extension() {
    return "csv";
  }

  @Override
  public String mediaType() {
    return "text/csv";
  }

  /** {@inheritDoc} CSV carries no metadata; the map is ignored. */
  @Override
  public PartWriter open(Path file, Schema schema, Map<String, String> metadata) {
    return new CsvPart(file, schema, formulas);
  }

  @Override
  public Optional<Sink> escapingFormulas() {
    return Optional.of(new CsvSink(Formulas.ESCAPED));
  }

  /** {@inheritDoc} CSV has no types. commons-csv reads it. */
  @Override
  public Optional<PartContent> content(Path file) {
    CSVFormat format = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();
    try (CSVParser parser =
        CSVParser.builder()
            .setPath(file)
            .setCharset(StandardCharsets.UTF_8)
            .setFormat(format)
            .get()) {
      return Optional.of(
          new PartContent(parser.stream().count(), parser.getHeaderNames(), List.of()));
    } catch (IOException | RuntimeException unreadable) {
      return Optional.empty();
    }
  }
}
