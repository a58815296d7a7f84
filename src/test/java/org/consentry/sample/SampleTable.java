package org.consentry.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** A committed table of the sample clinic, read back by commons-csv and not by the product. */
record SampleTable(List<CSVRecord> rows) {
  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();

  static SampleTable read(String file) {
    String text = text(file);
    try (CSVParser parser = CSVParser.parse(text, FORMAT)) {
      return new SampleTable(parser.getRecords());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String text(String file) {
    try {
      return Files.readString(Path.of("sample-data", "clinic", file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The values of a column; rows cut short before it have none. */
  Stream<String> column(String name) {
    return rows.stream().filter(row -> row.isSet(name)).map(row -> row.get(name));
  }

  /** How many values of a column satisfy a claim. */
  long count(String column, Predicate<String> claim) {
    return column(column).filter(claim).count();
  }

  /** How many values of a column match a pattern from end to end, line breaks included. */
  long matching(String column, String pattern) {
    return count(column, value -> value.matches("(?s)" + pattern));
  }

  /** The day a text names, if it names one. */
  static Optional<LocalDate> day(String text) {
    try {
      return Optional.of(LocalDate.parse(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Whether there is something in the place of a day that is on no calendar. */
  static boolean impossibleDay(String text) {
    return !text.isEmpty() && day(text).isEmpty();
  }
}
