package org.consentry.operator;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.consentry.data.Column;
import org.consentry.data.FieldType;
import org.consentry.data.Prf;
import org.consentry.data.SubjectIndex;
import org.consentry.keys.StudyKey;
import org.consentry.operator.text.DateReader;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Nanoseconds per value of every operator, over batches of the engine's size. {@code hmac} is the
 * yardstick: the keyed function alone, per value. {@code distinct} is how many different values a
 * batch has.
 *
 * <p>Compile with {@code mvn -Pbenchmark test-compile} and run {@code org.openjdk.jmh.Main
 * OperatorBenchmark} on the test class path, on a machine that does nothing else.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class OperatorBenchmark {

  private static final int ROWS = 32_768;
  private static final int SUBJECTS = 2_000;
  private static final long SEED = 7;

  @Param({
    "hmac",
    "keep text",
    "keep integer",
    "keep decimal",
    "keep date",
    "keep timestamp",
    "redact",
    "substitute",
    "mask",
    "recode",
    "keyed codes",
    "one-time codes",
    "year",
    "quarter",
    "month",
    "week",
    "zip3",
    "ranges",
    "rounding",
    "age",
    "birth-year",
    "dateShift",
    "interval"
  })
  public String operator = "";

  @Param({"500", "32768"})
  public int distinct;

  private Transformer transformer = input -> List.of(input.source());
  private TransformInput input = empty();

  /** Makes the batch. */
  @Setup
  public void prepare() {
    SplittableRandom random = new SplittableRandom(SEED);
    List<String> pool = new ArrayList<>();
    for (int i = 0; i < distinct; i++) {
      pool.add(value(i, random));
    }
    List<Optional<String>> values = new ArrayList<>();
    int[] rows = new int[ROWS];
    int[] subjects = new int[ROWS];
    for (int i = 0; i < ROWS; i++) {
      values.add(Optional.of(pool.get(distinct == ROWS ? i : random.nextInt(distinct))));
      rows[i] = i;
      subjects[i] = random.nextInt(SUBJECTS);
    }
    transformer = transformer(operator);
    TransformInput.Values cells = new TransformInput.Values.Cells(Batch.column(values));
    input =
        new TransformInput(
            List.of(cells, cells), rows, ROWS, subjects, subjects(random), (i, which, e) -> {});
  }

  /** One batch. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public List<Column> transform() {
    return transformer.transform(input);
  }

  private static Transformer transformer(String operator) {
    return switch (operator) {
      case "hmac" -> PerValue.bytes("anything", OperatorBenchmark::hmac);
      case "keyed codes" -> codes(Pseudonymize.Code.KEYED);
      case "one-time codes" -> codes(Pseudonymize.Code.ONE_TIME);
      case "interval" -> interval();
      default -> Optional.ofNullable(OperatorFixtures.all().get(operator)).orElseThrow();
    };
  }

  private static Transformer codes(Pseudonymize.Code code) {
    return OperatorFixtures.open(
        new Pseudonymize(),
        new Pseudonymize.Config("visit", code),
        Context.of(FieldType.CODE),
        new StudyKeys());
  }

  /** Days from one date to itself. */
  private static Transformer interval() {
    return PerTuple.of(
        List.of(FieldType.INTEGER),
        PerTuple.Memory.NO_MEMORY,
        (tuple, answer) ->
            answer.number(0, tuple.day(1, DateReader.ISO) - tuple.day(0, DateReader.ISO)));
  }

  private String value(int i, SplittableRandom random) {
    LocalDate day = LocalDate.of(1995, 1, 1).plusDays(random.nextInt(11_000));
    Map<String, Function<Integer, String>> kinds = new LinkedHashMap<>();
    kinds.put("keep text", n -> "Upper eyelid, side " + n);
    kinds.put("mask", n -> "4556-7375-" + n);
    kinds.put("keep integer", Object::toString);
    kinds.put("keep decimal", n -> n + ".25");
    kinds.put("ranges", n -> Integer.toString(n % 2000));
    kinds.put("rounding", n -> n + ".5");
    kinds.put("zip3", n -> Integer.toString(100_501 + n * 2).substring(1));
    kinds.put("keep timestamp", n -> day + "T10:15:30");
    kinds.put("hmac", n -> "V-" + (10_000_000 + n));
    kinds.put("keyed codes", n -> "V-" + (10_000_000 + n));
    kinds.put("one-time codes", n -> "V-" + (10_000_000 + n));
    return kinds.getOrDefault(operator, n -> day.toString()).apply(i);
  }

  private static PerValue.ToBytes hmac() {
    Prf prf = new StudyKeys().keyed("visit");
    byte[] answer = new byte[Prf.SIZE];
    return (buffer, start, end, output) -> {
      prf.compute(buffer, start, end, answer, 0);
      output.append(answer, 0, Prf.SIZE);
      return PerValue.Answer.GIVEN;
    };
  }

  private static SubjectIndex subjects(SplittableRandom random) {
    Subjects subjects = new Subjects();
    for (int i = 0; i < SUBJECTS; i++) {
      LocalDate birth = LocalDate.of(1930, 1, 1).plusDays(random.nextInt(22_000));
      subjects.add("P-" + i, Optional.of(birth), 1 + random.nextInt(300), "code" + i);
    }
    return subjects.index();
  }

  /** Keys as a run has them. */
  private static final class StudyKeys implements OperatorKeys {

    private final StudyKey key = StudyKey.generate();

    @Override
    public Prf keyed(String domain) {
      return key.pseudonyms("benchmark", domain);
    }

    @Override
    public Prf oneTime(String domain) {
      return key.pseudonyms("benchmark", domain);
    }
  }

  private static TransformInput empty() {
    TransformInput.Values cells = new TransformInput.Values.Cells(Batch.column(List.of()));
    return new TransformInput(
        List.of(cells, cells),
        new int[0],
        0,
        new int[0],
        new Subjects().index(),
        (i, which, e) -> {});
  }
}
