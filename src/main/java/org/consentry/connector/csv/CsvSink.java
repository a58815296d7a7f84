package org.consentry.connector.csv;

import java.nio.file.Path;
import java.util.Map;
import org.consentry.connector.Formulas;
import org.consentry.connector.PartWriter;
import org.consentry.connector.Sink;
import org.consentry.data.Schema;

/**
 * Comma-separated values as RFC 4180 describes them: UTF-8 without a byte order mark, a header
 * line, CRLF after every record, quotes only around a field that holds a comma, a quote, CR or LF.
 * A missing value is an empty field; where a table has one column only, it is {@code ""}, because
 * readers skip empty lines. Dates and timestamps are ISO 8601 without a zone.
 *
 * <p>A value is written as it is, unless the job asks for texts that a spreadsheet would run as a
 * formula to be escaped: research reads the data, and a changed value is a wrong one.
 */
public final class CsvSink implements Sink {

  private final Formulas formulas;

  public CsvSink(Formulas formulas) {
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
}
