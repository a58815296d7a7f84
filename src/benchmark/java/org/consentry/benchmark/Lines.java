package org.consentry.benchmark;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.consentry.benchmark.Clinic.Visitors;
import org.consentry.benchmark.People.Consents;

/** The lines of the benchmark, in order. */
final class Lines {

  private Lines() {}

  /**
   * Those that the system property {@code benchmark.lines} names, at first all, at the sizes of
   * {@code benchmark.rows} (one or two) and {@code benchmark.patients}.
   */
  static List<Line> ofProperties() {
    List<Long> rows =
        names(System.getProperty("benchmark.rows", "5000000,20000000")).stream()
            .map(Long::valueOf)
            .toList();
    int patients = Integer.getInteger("benchmark.patients", 500_000);
    List<Line> all =
        all(
            rows,
            new People(patients, Consents.FEW),
            new Sizes(100_000, 1_000, 200, 2_000_000, 1_000_000, 50));
    String chosen = System.getProperty("benchmark.lines", "");
    return chosen.isBlank() ? all : chosen(all, names(chosen));
  }

  /**
   * Sizes of the lines beside visits.
   *
   * @param wideRows rows of the table with 1,000 columns
   * @param narrowRows rows of each of many tables
   * @param tables how many of them
   * @param patients how many people have three consent lines each; twice as few visits
   * @param resources resources of FHIR, of which a tenth are patients
   * @param viewers how many people look at pages of the service
   */
  record Sizes(
      int wideRows, int narrowRows, int tables, int patients, int resources, int viewers) {}

  /** All lines. */
  static List<Line> all(List<Long> rows, People people, Sizes sizes) {
    Clinic threeLines =
        new Clinic(sizes.patients / 2, new People(sizes.patients, Consents.THREE), Visitors.EVEN);
    return List.of(
        new Race(
            "visits",
            rows.stream().<Work>map(size -> new Clinic(size, people, Visitors.EVEN)).toList()),
        new Race("one-patient", List.of(new Clinic(rows.get(0), people, Visitors.ONE_FIFTH))),
        new Race("columns", List.of(new Grid(1, 1_000, sizes.wideRows, people))),
        new Race("tables", List.of(new Grid(sizes.tables, 10, sizes.narrowRows, people))),
        new Race("patients", List.of(threeLines)),
        new Deciding("memory", threeLines),
        new Scanned("scan", new Clinic(rows.get(0), people, Visitors.EVEN)),
        new Sourced("parquet", new Clinic(rows.get(0), people, Visitors.EVEN), ParquetFiles::new),
        new BulkExport("fhir", new Resources(sizes.resources / 10, sizes.resources * 3 / 10)),
        new Viewed(
            "viewers", new Clinic(rows.get(rows.size() - 1), people, Visitors.EVEN), sizes.viewers),
        new Sample("sample"),
        new Clustered("spark", new Clinic(rows.get(rows.size() - 1), people, Visitors.EVEN)),
        new Sourced("postgres", new Clinic(rows.get(0), people, Visitors.EVEN), Postgres::start));
  }

  /** Those that are named, in their order. */
  static List<Line> chosen(List<Line> all, List<String> names) {
    List<Line> lines = all.stream().filter(line -> names.contains(line.name())).toList();
    if (lines.size() != names.size()) {
      throw new IllegalArgumentException(
          "benchmark.lines has an unknown name in "
              + names
              + "; known are "
              + all.stream().map(Line::name).collect(Collectors.joining(",")));
    }
    return lines;
  }

  private static List<String> names(String list) {
    return Arrays.stream(list.split(",", -1)).map(String::strip).toList();
  }
}
