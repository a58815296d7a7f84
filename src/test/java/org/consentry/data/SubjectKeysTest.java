package org.consentry.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every id has one number, and no two ids have the same. */
class SubjectKeysTest {

  static Stream<Arguments> ids() {
    long seed = 20_261_123;
    SplittableRandom random = new SplittableRandom(seed);
    return Stream.of(
        Arguments.of("numbered", by(i -> "P-" + i)),
        Arguments.of("each several times, seed " + seed, by(i -> "P-" + random.nextInt(5_000))),
        Arguments.of("of any length", by(i -> "A".repeat(i % 700) + i % 50)),
        Arguments.of("prefixes of each other", by("B"::repeat)),
        Arguments.of("one letter, seed " + seed, by(i -> "" + (char) ('A' + random.nextInt(26)))),
        Arguments.of("accented", by(i -> "É".repeat(1 + i % 3) + i)));
  }

  private static IntFunction<String> by(IntFunction<String> id) {
    return id;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("ids")
  void agreesWithTheMapOfTheJdk(String name, IntFunction<String> id) {
    SubjectKeys keys = new SubjectKeys();
    Map<String, Integer> reference = new LinkedHashMap<>();
    int count = name.startsWith("prefixes") ? 2_000 : 30_000;
    for (int i = 0; i < count; i++) {
      String next = id.apply(i);
      Integer known = reference.putIfAbsent(next, reference.size());
      int expected = known == null ? reference.size() - 1 : -1 - known;
      assertThat(add(keys, next)).as("%s %d", name, i).isEqualTo(expected);
    }

    assertThat(keys.size()).isEqualTo(reference.size());
    reference.forEach(
        (key, number) -> {
          assertThat(find(keys, key)).as(name).isEqualTo(number);
          assertThat(new String(keys.key(number), StandardCharsets.UTF_8)).isEqualTo(key);
        });
    assertThat(find(keys, "Z-unknown")).isEqualTo(-1);
  }

  @Test
  void findsManyAtOnceAsOneByOne() {
    long seed = 20_261_127;
    SplittableRandom random = new SplittableRandom(seed);
    SubjectKeys keys = new SubjectKeys();
    for (int i = 0; i < 5_000; i++) {
      add(keys, IdRule.normalize("p-" + random.nextInt(9_000) + "é".repeat(i % 2)));
    }
    List<String> shapes = List.of("P-%d", "p-%d", " P-%dé", "P-%dÉ", "Q-%d", "");
    List<String> raw =
        random
            .ints(20_000, 0, 9_000)
            .mapToObj(i -> String.format(Locale.ROOT, shapes.get(i % shapes.size()), i))
            .toList();
    byte[] buffer = String.join("", raw).getBytes(StandardCharsets.UTF_8);
    int[] starts = new int[raw.size()];
    int[] ends = new int[raw.size()];
    int at = 0;
    for (int row = 0; row < raw.size(); row++) {
      int length = raw.get(row).getBytes(StandardCharsets.UTF_8).length;
      starts[row] = length == 0 ? BytesColumn.MISSING : at;
      ends[row] = at += length;
    }
    int[] found = new int[raw.size()];

    keys.findRaw(new BytesColumn(raw.size(), buffer, starts, ends), found, new int[raw.size()]);

    int[] oneByOne = raw.stream().mapToInt(id -> find(keys, IdRule.normalize(id))).toArray();
    assertThat(found).as("seed %d", seed).isEqualTo(oneByOne);
    assertThat(Arrays.stream(found).filter(number -> number >= 0).count()).isGreaterThan(1_000);
  }

  @Test
  void numbersIdsLikeAHashMapInTheOrderOfTheirFirstAppearance() {
    long seed = 17;
    SplittableRandom random = new SplittableRandom(seed);
    SubjectKeys keys = new SubjectKeys();
    Map<String, Integer> reference = new HashMap<>();

    for (int i = 0; i < 50_000; i++) {
      String id = "P" + random.nextInt(20_000);
      byte[] bytes = ("<" + id + ">").getBytes(StandardCharsets.US_ASCII);
      int known = reference.getOrDefault(id, -1);
      assertThat(keys.find(bytes, 1, bytes.length - 1)).as("seed %d", seed).isEqualTo(known);

      int added = keys.add(bytes, 1, bytes.length - 1);

      assertThat(added).isEqualTo(known < 0 ? reference.size() : -1 - known);
      reference.putIfAbsent(id, reference.size());
    }

    assertThat(keys.size()).isEqualTo(reference.size());
    reference.forEach(
        (id, number) ->
            assertThat(keys.key(number)).isEqualTo(id.getBytes(StandardCharsets.US_ASCII)));
  }

  @Test
  void isEmptyAtFirst() {
    SubjectKeys keys = new SubjectKeys();

    assertThat(keys.size()).isZero();
    assertThat(find(keys, "P-1")).isEqualTo(-1);
    assertThat(find(keys, "")).isEqualTo(-1);
  }

  @Test
  void findsAPersonHoweverTheIdIsTyped() {
    SubjectKeys keys = new SubjectKeys();
    add(keys, "P-1");
    add(keys, "É-2");

    assertThat(findRaw(keys, "P-1")).isZero();
    assertThat(findRaw(keys, " p-1\t")).isZero();
    assertThat(findRaw(keys, "e\u0301-2")).isEqualTo(1);
    assertThat(findRaw(keys, "P-11")).isEqualTo(-1);
    assertThat(findRaw(keys, "P-")).isEqualTo(-1);
    assertThat(findRaw(keys, "")).isEqualTo(-1);
  }

  @Test
  void handsOutCopies() {
    SubjectKeys keys = new SubjectKeys();
    add(keys, "P-1");

    keys.key(0)[0] = 'X';

    assertThat(find(keys, "P-1")).isZero();
  }

  @Test
  void showsNoPatient() {
    SubjectKeys keys = new SubjectKeys();
    add(keys, "CANARY-4711");
    SubjectIndex index =
        new SubjectIndex(
            keys, new byte[1], BirthDays.on(new int[1]), new int[1], List.of(), List.of());

    assertThat(index).hasToString("SubjectIndex[1 subjects]");
  }

  private static int add(SubjectKeys keys, String id) {
    byte[] bytes = ("<" + id + ">").getBytes(StandardCharsets.UTF_8);
    return keys.add(bytes, 1, bytes.length - 1);
  }

  private static int find(SubjectKeys keys, String id) {
    byte[] bytes = ("<" + id + ">").getBytes(StandardCharsets.UTF_8);
    return keys.find(bytes, 1, bytes.length - 1);
  }

  private static int findRaw(SubjectKeys keys, String id) {
    byte[] bytes = ("<" + id + ">").getBytes(StandardCharsets.UTF_8);
    return keys.findRaw(bytes, 1, bytes.length - 1);
  }
}
