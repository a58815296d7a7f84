package org.consentry.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class ZipPopulationsTest {

  private static final ZipPopulations LIST = ZipPopulations.census2020();

  /** Prefixes with a count. */
  static List<Integer> prefixes() {
    return IntStream.range(0, 1000)
        .filter(prefix -> LIST.people(prefix) != ZipPopulations.UNKNOWN)
        .boxed()
        .toList();
  }

  @Test
  void isTheListOfItsName() {
    assertThat(LIST.id()).isEqualTo("census-2020");
    assertThat(LIST.year()).isEqualTo(2020);
    assertThat(LIST.sha256())
        .isEqualTo("79526ce20855933b90ce32542f136308fa1d223af826dfc43a422764170e4fdf");
  }

  @Test
  void countsEveryoneInATabulationArea() {
    assertThat(prefixes()).hasSize(894);
    assertThat(prefixes().stream().mapToLong(LIST::people).sum()).isEqualTo(334_726_586L);
  }

  @Test
  void restrictsEighteenPrefixes() {
    assertThat(prefixes().stream().filter(prefix -> !LIST.isReleasable(prefix)))
        .containsExactly(
            36, 59, 102, 202, 203, 204, 205, 369, 556, 692, 753, 772, 821, 823, 878, 879, 884, 893);
  }

  @Test
  void releasesNoPrefixWithoutACount() {
    assertThat(Stream.of(0, 8, 90, 98, 340, 962, 966, 969).filter(LIST::isReleasable)).isEmpty();
  }

  @Test
  void agreesWithTheCensusFile() throws IOException {
    Path file =
        Path.of(System.getProperty("consentry.shared.data", "../shared/data"))
            .resolve("geo-names/zip2020/zip-code-population.csv");
    assumeTrue(Files.exists(file), "the census file of the data collection is not here");
    Map<Integer, Integer> sums = new TreeMap<>();
    try (Stream<String> lines = Files.lines(file)) {
      lines
          .skip(1)
          .forEach(
              line ->
                  sums.merge(
                      Integer.valueOf(line.substring(0, 3)),
                      Integer.valueOf(line.substring(6)),
                      Integer::sum));
    }

    assertThat(prefixes()).containsExactlyElementsOf(sums.keySet());
    assertThat(sums).allSatisfy((prefix, sum) -> assertThat(LIST.people(prefix)).isEqualTo(sum));
  }
}
