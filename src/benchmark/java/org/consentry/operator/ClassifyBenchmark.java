package org.consentry.operator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.consentry.config.YamlFile;
import org.consentry.data.Prf;
import org.consentry.keys.StudyKey;
import org.consentry.operator.rules.Classifier;
import org.consentry.operator.rules.PlainTable;
import org.consentry.problem.Problems;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Nanoseconds per distinct input tuple of the shipped rules, beside the yardstick: the keyed hash
 * of the same bytes. The promise is that {@code classify} costs no more than {@code hmac}.
 *
 * <p>Compile with {@code mvn -Pbenchmark test-compile} and run {@code org.openjdk.jmh.Main
 * ClassifyBenchmark} on the test class path from the project's folder, on a machine that does
 * nothing else.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ClassifyBenchmark {

  private static final int TUPLES = 4_096;
  private static final long SEED = 7;

  private final byte[][][] tuples = new byte[TUPLES][][];
  private final byte[][] joined = new byte[TUPLES][];
  private final byte[] code = new byte[Prf.SIZE];
  private final Prf prf = StudyKey.generate().pseudonyms("benchmark", "tuple");
  private final Classifier classifier = shippedRules();

  private static Classifier shippedRules() {
    Problems problems = new Problems();
    return YamlFile.read(Path.of("mappings/clinic-service-class.yaml"), "rules", problems)
        .flatMap(yaml -> RuleFile.read(yaml, problems))
        .orElseThrow()
        .classifier();
  }

  /** Makes tuples like those of the sample clinic: one to three diagnoses, some cells empty. */
  @Setup
  public void prepare() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < TUPLES; i++) {
      String procedure = PlainTable.anyProcedure(random);
      StringBuilder diagnoses = new StringBuilder(PlainTable.anyDiagnosis(random));
      for (int more = random.nextInt(3); more > 0; more--) {
        diagnoses.append('|').append(PlainTable.anyDiagnosis(random));
      }
      String functional = List.of("yes", "no", "unknown", "not documented").get(random.nextInt(4));
      List<String> cells =
          List.of(procedure, diagnoses.toString(), functional, "AZ", "function-only");
      tuples[i] = cells.stream().map(cell -> cell.getBytes(UTF_8)).toArray(byte[][]::new);
      joined[i] = String.join("\0", cells).getBytes(UTF_8);
    }
  }

  /** Every tuple, from its bytes to the number of its label. */
  @Benchmark
  @OperationsPerInvocation(TUPLES)
  public int classify() {
    int sum = 0;
    for (byte[][] cells : tuples) {
      Classifier.Row row = classifier.row();
      row.procedure(cells[0], 0, cells[0].length);
      row.diagnoses(cells[1], 0, cells[1].length, (byte) '|');
      row.functional(cells[2], 0, cells[2].length);
      row.state(cells[3], 0, cells[3].length);
      row.benefits(cells[4], 0, cells[4].length);
      sum += row.decide();
    }
    return sum;
  }

  /** The keyed hash of every tuple. */
  @Benchmark
  @OperationsPerInvocation(TUPLES)
  public int hmac() {
    int sum = 0;
    for (byte[] bytes : joined) {
      prf.compute(bytes, 0, bytes.length, code, 0);
      sum += code[0];
    }
    return sum;
  }
}
