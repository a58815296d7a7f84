package org.consentry.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.consentry.cli.Main;
import org.consentry.connector.SinkBenchmark;
import org.consentry.consent.ConsentBenchmark;
import org.consentry.operator.ClassifyBenchmark;
import org.consentry.operator.OperatorBenchmark;
import org.consentry.testing.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jmh.annotations.Param;

/** All benchmarks at a toy size: that they work, and that the results are equal. No times. */
final class BenchmarkTest {

  private static final List<Long> SIZES = List.of(2_000L, 6_000L);
  private static final int PATIENTS = 300;

  @TempDir Path folder = Path.of("");

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  @Test
  void theProgramAndDuckDbReleaseEqualRows() throws Exception {
    List<String> options =
        List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-Dconsentry.splitBytes=" + (256 << 10));
    List<String> program = Program.java(options, Main.class, List.of()).words();

    new Benchmark(new Benchmark.Settings(folder, program, SIZES, PATIENTS, 1, 2), out).run();

    assertThat(printed().filter(line -> line.startsWith("  compared ")))
        .hasSize(4)
        .allMatch(line -> line.contains(" unpaired=0 different=0 "));
    assertThat(printed().filter(line -> line.contains(" fixed "))).hasSize(4);
    assertThat(printed().filter(line -> line.contains("load before it began"))).hasSize(1);
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

  private Stream<String> printed() {
    return bytes.toString(StandardCharsets.UTF_8).lines();
  }
}
