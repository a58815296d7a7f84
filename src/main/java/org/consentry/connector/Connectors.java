package org.consentry.connector;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.consentry.config.CsvWords;
import org.consentry.config.WithPlace;
import org.consentry.connector.csv.CsvForm;
import org.consentry.connector.csv.CsvSink;
import org.consentry.connector.csv.CsvSource;
import org.consentry.connector.csv.FolderLook;
import org.consentry.connector.fhir.ConsentResources;
import org.consentry.connector.fhir.FhirSource;
import org.consentry.connector.jdbc.JdbcSource;
import org.consentry.connector.parquet.ParquetSink;
import org.consentry.connector.parquet.source.ParquetSource;
import org.consentry.data.PartContent;
import org.consentry.problem.ProblemException;
import org.consentry.problem.Problems;

/**
 * Every format of the outside world, to read and to write. A new one is a package of its own and a
 * line here. Immutable.
 */
public final class Connectors {

  private static final Sink CSV = new CsvSink();
  private static final Sink PARQUET = new ParquetSink();

  /** The formats that are shipped. */
  public static final Connectors SHIPPED =
      new Connectors(
          List.of(CsvSource.FACTORY, ParquetSource.FACTORY, JdbcSource.FACTORY, FhirSource.FACTORY),
          List.of(
              new Output("parquet", List.of(PARQUET)),
              new Output("csv", List.of(CSV)),
              new Output("both", List.of(CSV, PARQUET))));

  /** What a job's word for its output writes. */
  private record Output(String word, List<Sink> sinks) {}

  private final List<SourceFactory<?>> sources;
  private final List<Output> outputs;

  private Connectors(List<SourceFactory<?>> sources, List<Output> outputs) {
    this.sources = List.copyOf(sources);
    this.outputs = List.copyOf(outputs);
  }

  /** These formats and one more that is read. */
  public Connectors with(SourceFactory<?> source) {
    List<SourceFactory<?>> more = new ArrayList<>(sources);
    more.add(source);
    return new Connectors(more, outputs);
  }

  /** These formats and one more that is written. */
  public Connectors with(Sink sink) {
    List<Output> more = new ArrayList<>(outputs);
    more.add(new Output(sink.format(), List.of(sink)));
    return new Connectors(sources, more);
  }

  /** Every type of source, each with a name of its own. */
  public List<SourceFactory<?>> sources() {
    return sources;
  }

  /** The type of source of a name such as {@code csv}. */
  public Optional<SourceFactory<?>> source(String name) {
    return sources.stream()
        .filter(factory -> factory.name().equals(name))
        .<SourceFactory<?>>map(factory -> factory)
        .findFirst();
  }

  /** The words for what is written, in the order people are shown. */
  public List<String> outputs() {
    return outputs.stream().map(Output::word).toList();
  }

  /** What is written for a word; one format or more. */
  public Optional<List<Sink>> output(String word) {
    return outputs.stream()
        .filter(output -> output.word().equals(word))
        .map(Output::sinks)
        .findFirst();
  }

  /**
   * Reads what a finished part file contains.
   *
   * @param format name of its format
   * @return empty when the format is unknown or the file cannot be read as it
   */
  public Optional<PartContent> content(Path file, String format) {
    return outputs.stream()
        .flatMap(output -> output.sinks().stream())
        .filter(sink -> sink.format().equals(format))
        .findFirst()
        .flatMap(sink -> sink.content(file));
  }

  /** The table that a file of a CSV folder has; empty when its name is not that of such a file. */
  public static Optional<String> csvTable(String fileName) {
    return CsvForm.of(fileName).map(form -> form.table(fileName));
  }

  /** A folder of CSV files, RFC 4180 and UTF-8: a table is a file of its name and {@code .csv}. */
  public static Source csvFolder(Path folder) {
    return CsvSource.FACTORY.open(CsvSource.Config.of(folder.toString()), Path.of(""));
  }

  /** A folder of CSV files that are written in another way. */
  public static Source csvFolder(Path folder, CsvFolderForm form) {
    return CsvSource.FACTORY.open(CsvSource.Config.of(folder.toString(), form), Path.of(""));
  }

  /**
   * How the CSV files of a folder look to be written. A person must see it.
   *
   * @param files their names
   * @param stated what a person knows of all of them
   */
  public static CsvFolderForm csvForm(
      Path folder, List<String> files, CsvFolderForm.Stated stated) {
    return FolderLook.of(folder, files, stated);
  }

  /**
   * One CSV file of any name.
   *
   * @param csv how it is written
   * @param shown the file as messages show it
   * @param splitBytes size at which the next record boundary is cut
   * @param longestRecord bytes of the longest record that is still read
   * @throws org.consentry.problem.ProblemException when it cannot be read or has no header
   */
  public static SourceTable csvFile(
      Path file, CsvWords csv, String shown, long splitBytes, int longestRecord) {
    return CsvSource.file(file, csv, shown, splitBytes, longestRecord);
  }

  /**
   * Consent resources of a folder as consent lines.
   *
   * @param profile name of the profile pack that reads them
   * @param columns names of the columns of consent lines
   * @param zone the clinic's time zone, which decides the day of a moment
   * @param problems receives why there are none, and what the pack does not know
   */
  public static Optional<SourceTable> consentResources(
      Path folder,
      WithPlace<String> profile,
      List<String> columns,
      Optional<ZoneId> zone,
      Problems problems) {
    try {
      ConsentResources found = ConsentResources.open(folder, profile, columns, zone);
      problems.addAll(found.unknown());
      return Optional.of(found);
    } catch (ProblemException refused) {
      problems.addAll(refused.problems());
      return Optional.empty();
    }
  }
}
