package org.consentry.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.consentry.benchmark.Clinic.Visitors;
import org.consentry.benchmark.People.Consents;
import org.consentry.cli.Main;
import org.consentry.connector.FhirBenchmark;
import org.consentry.connector.SinkBenchmark;
import org.consentry.consent.ConsentBenchmark;
import org.consentry.data.CodeLimitsBenchmark;
import org.consentry.export.scan.ScanBenchmark;
import org.consentry.operator.ClassifyBenchmark;
import org.consentry.operator.OperatorBenchmark;
import org.consentry.testing.PostgresServer;
import org.consentry.testing.Program;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jmh.annotations.Param;

/** All benchmarks at a toy size: that they work, and that the results are equal. No times. */
final class BenchmarkTest {

  private static final List<Long> SIZES = List.of(2_000L, 6_000L);
  private static final Path PROGRAM = Path.of("target/consentry/bin/consentry");
  private static final People PEOPLE = new People(300, Consents.FEW);

  @TempDir Path folder = Path.of("");

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  @Test
  void theProgramAndDuckDbReleaseEqualRows() throws Exception {
    List<String> options =
        List.of(
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Dconsentry.splitBytes=" + (256 << 10));
    List<String> program = Program.java(options, Main.class, List.of()).words();
    Settings settings = new Settings(folder, program, List.of(Format.CSV), 1, 2);
    Line visits = new Race("visits", List.of(new Clinic(2_000, PEOPLE, Visitors.EVEN)));

    new Benchmark(settings, List.of(visits), Measured::run, out).run();

    assertThat(printed().filter(line -> line.startsWith("  compared ")))
        .hasSize(2)
        .allMatch(line -> line.contains(" unpaired=0 different=0 "));
    assertThat(printed().filter(line -> line.contains("without the phase 'sorting'"))).hasSize(1);
    assertThat(printed().filter(line -> line.contains("load before it began"))).hasSize(1);
  }

  @Test
  void everyLineIsMeasuredAndEqual() throws Exception {
    List<Line> lines = Lines.all(SIZES, PEOPLE, new Lines.Sizes(50, 20, 12, 600, 2_000, 4));

    run(lines.subList(0, 1), Format.CSV);
    run(lines.subList(1, lines.size() - 2), Format.PARQUET);

    assertThat(printed().filter(line -> line.startsWith("  compared ")))
        .hasSize(13)
        .allMatch(line -> line.contains(" unpaired=0 different=0 "));
    assertThat(printed().filter(line -> line.startsWith("| ")))
        .extracting(line -> line.split(" \\| ", -1)[0])
        .containsExactly(
            "| Whole process",
            "| 2,000 visits of 300 patients",
            "| 6,000 visits of 300 patients",
            "| slope, a million rows",
            "| fixed",
            "| Whole process",
            "| 2,000 visits, 20 % of one patient",
            "| 1 table of 1,000 columns and 50 rows",
            "| 12 tables of 10 columns and 20 rows",
            "| 300 visits of 600 patients with 1,800 consent lines",
            "| 600 patients with 1,800 consent lines, memory a patient while deciding",
            "| 2,000 visits of 300 patients, CPU s with a scan and without",
            "| 2,000 visits of 300 patients, from Parquet and as CSV files",
            "| 2,000 resources of 200 patients, from FHIR",
            "| 6,000 visits of 300 patients, alone and beside 4 viewers",
            "| sample release of 1,000 patients");
  }

  @Test
  void executorsAndSparkSqlAreMeasuredAndEqual() throws Exception {
    Assumptions.assumeTrue(
        Clustered.isBuilt() && Files.exists(PROGRAM),
        "skipped: target/consentry-spark is not built; run mvn -P spark verify");
    List<String> program = List.of(PROGRAM.toAbsolutePath().toString());
    Settings settings = new Settings(folder, program, List.of(Format.CSV), 1, 2);
    Line line = new Clustered("spark", new Clinic(2_000, PEOPLE, Visitors.EVEN));

    new Benchmark(settings, List.of(line), Measured::run, out).run();

    assertThat(printed().filter(printed -> printed.startsWith("  compared with Spark SQL")))
        .singleElement()
        .asString()
        .contains(" unpaired=0 different=0 ");
    assertThat(printed().filter(printed -> printed.startsWith("| 2,000")))
        .singleElement()
        .asString()
        .startsWith("| 2,000 visits of 300 patients, with threads and with executors of Spark | ");
  }

  /** The last line, apart because a server does not start everywhere. */
  @Test
  void theDatabaseIsMeasuredAndEqual() throws Exception {
    List<Line> lines = Lines.all(SIZES, PEOPLE, new Lines.Sizes(50, 20, 12, 600, 2_000, 4));

    run(lines.subList(lines.size() - 1, lines.size()), Format.PARQUET);

    assertThat(printed().filter(line -> line.startsWith("  compared ")))
        .hasSize(1)
        .allMatch(line -> line.contains(" unpaired=0 different=0 "));
    assertThat(printed().filter(line -> line.startsWith("  export "))).hasSize(1);
    assertThat(printed().filter(line -> line.startsWith("| 2,000")))
        .singleElement()
        .asString()
        .startsWith("| 2,000 visits of 300 patients, from PostgreSQL and as CSV files | ");
  }

  @Test
  void theDriverExportsWherePsqlIsAbsent() throws Exception {
    PostgresServer.Database database = PostgresServer.database();
    database.execute("CREATE TABLE t (id int, note text)", "INSERT INTO t VALUES (1, 'a,b')");

    PostgresExport.main(new String[] {database.url(), folder.toString(), "t"});

    assertThat(folder.resolve("t.csv")).hasContent("id,note\n1,\"a,b\"\n");
  }

  @Test
  void phasesLastUntilTheNextBegins() {
    Series series = new Series();
    Map<String, Double> lines = new LinkedHashMap<>();
    lines.put("deciding consent", 1.0);
    lines.put("extracting", 3.0);
    lines.put("sorting", 6.0);
    lines.put("sealing", 10.0);
    lines.put("deciding consent again", 15.0);
    lines.put("publishing", 21.0);

    series.add(new Measured(0, 28, 40, 5 << 20, 0, lines));

    assertThat(series.phases().values())
        .extracting(Spread::median)
        .containsExactly(1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0);
    assertThat(series.withoutSorting().median()).isEqualTo(24);
    assertThat(series.mebibytes()).isEqualTo(5);
  }

  @Test
  void aSpreadHasTheMiddleAndTheExtremes() {
    assertThat(Spread.of(List.of(5.0, 1.0, 2.0))).isEqualTo(new Spread(2, 1, 5));
    assertThat(Spread.of(List.of(5.0, 1.0, 2.0, 4.0))).isEqualTo(new Spread(3, 1, 5));
  }

  @Test
  void slopeAndFixedPartFollowFromTwoSizes() {
    List<Work> sizes =
        List.of(
            new Clinic(1_000_000, PEOPLE, Visitors.EVEN),
            new Clinic(3_000_000, PEOPLE, Visitors.EVEN));
    Map<Race.Key, Series> series = new HashMap<>();
    Map.of(Engine.CONSENTRY, 1.0, Engine.SORTED, 2.0, Engine.UNSORTED, 3.0)
        .forEach(
            (engine, slope) ->
                sizes.forEach(
                    work -> {
                      double seconds = 5 + slope * work.rows() / 1e6;
                      Series one = new Series();
                      one.add(new Measured(0, seconds, seconds, 1 << 20, 0, Map.of()));
                      series.put(new Race.Key(work, Format.CSV, engine), one);
                    }));
    Settings settings = new Settings(folder, List.of(), List.of(Format.CSV), 1, 2);
    Programs programs = new Programs(settings, Measured::run, out);

    assertThat(new RaceReport(programs, sizes, series).rows())
        .extracting(Line.TableRow::csv)
        .containsExactly(
            "6.00 (6.00 to 6.00) s, 1 MiB; 0.86 / 0.75",
            "8.00 (8.00 to 8.00) s, 1 MiB; 0.73 / 0.57",
            "1.000 s; 0.50 / 0.33",
            "5.00 s");
  }

  @Test
  void unknownLinesAreRefused() {
    List<Line> all = Lines.all(SIZES, PEOPLE, new Lines.Sizes(1, 1, 1, 2, 10, 1));

    assertThat(Lines.chosen(all, List.of("sample", "visits")))
        .extracting(Line::name)
        .containsExactly("visits", "sample");
    assertThatThrownBy(() -> Lines.chosen(all, List.of("visits", "visit")))
        .hasMessage(
            "benchmark.lines has an unknown name in [visits, visit]; known are"
                + " visits,one-patient,columns,tables,patients,memory,scan,parquet,fhir,viewers,"
                + "sample,spark,postgres");
  }

  @Test
  void theHeapOfAProcessIsSeen() throws Exception {
    byte[] used = new byte[32 << 20];

    assertThat(LiveHeap.bytes(ProcessHandle.current().pid())).isGreaterThan(used.length);
  }

  static List<String> operators() throws NoSuchFieldException {
    return List.of(OperatorBenchmark.class.getField("operator").getAnnotation(Param.class).value());
  }

  @ParameterizedTest
  @MethodSource("operators")
  void everyOperatorGivesAColumn(String operator) {
    OperatorBenchmark benchmark = new OperatorBenchmark();
    benchmark.operator = operator;
    benchmark.distinct = 500;
    benchmark.prepare();

    assertThat(benchmark.transform().get(0).rows()).isPositive();
  }

  @Test
  void theRulesOfTheServiceClassAreAnswered() {
    ClassifyBenchmark benchmark = new ClassifyBenchmark();
    benchmark.prepare();

    assertThat(benchmark.classify()).isNotZero();
    assertThat(benchmark.hmac()).isNotZero();
  }

  @Test
  void consentLinesAreReadAndDecided() throws IOException {
    ConsentBenchmark.run(1_000, out);

    assertThat(printed()).first().asString().startsWith("patients 1,000, lines 3,000, ");
  }

  @Test
  void everyWriterWritesEveryColumn() throws IOException {
    SinkBenchmark.run(1_000, 1, out);

    assertThat(printed()).hasSize(13);
  }

  @Test
  void resourcesOfFourTypesAreRead() throws IOException {
    FhirBenchmark.run(400, 20, 1, out);

    assertThat(printed())
        .hasSize(7)
        .anyMatch(line -> line.matches("all four +[0-9.]+ MB, [0-9]+ MB a CPU second"));
  }

  @Test
  void codesOfEveryLengthAreChecked() {
    CodeLimitsBenchmark.run(1, out);

    assertThat(printed()).hasSize(6).allMatch(line -> line.endsWith(" ns a value"));
  }

  @Test
  void bothFormatsOfAReleaseAreSearched() throws IOException {
    ScanBenchmark.run(1_000, 50, out);

    assertThat(printed()).hasSize(3);
  }

  private void run(List<Line> lines, Format format) throws Exception {
    Settings settings = new Settings(folder, List.of("consentry"), List.of(format), 1, 2);
    new Benchmark(settings, lines, InThisProcess::run, out).run();
  }

  private Stream<String> printed() {
    return bytes.toString(StandardCharsets.UTF_8).lines();
  }
}
