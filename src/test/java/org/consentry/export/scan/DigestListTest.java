package org.consentry.export.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DigestListTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 1023, 1024, 1025, 5_000, 70_000, 1_100_000, 2_500_000})
  void sortsEvenlySpreadDigestsAndTakesEachOnce(int count) {
    check(count, LongUnaryOperator.identity());
  }

  @ParameterizedTest
  @ValueSource(ints = {1024, 5_000, 70_000})
  void sortsDigestsThatAreNotEvenlySpread(int count) {
    check(count, number -> number & 0xFF);
    check(count, number -> number >> 40);
    check(count, number -> Long.MAX_VALUE - (number & 0x3));
    check(count, number -> (number & 1) == 0 ? Long.MIN_VALUE : Long.MAX_VALUE);
    check(count, number -> (number & 15) == 0 ? number : 7);
  }

  private static void check(int count, LongUnaryOperator of) {
    Random random = new Random(count);
    DigestList list = new DigestList();
    TreeSet<Long> expected = new TreeSet<>();
    for (int i = 0; i < count; i++) {
      long digest = of.applyAsLong(random.nextLong());
      list.add(digest);
      expected.add(digest);
      if (random.nextInt(4) == 0) {
        list.add(digest);
      }
    }

    assertThat(numbers(list.view())).as("seed %d", count).isEqualTo(List.copyOf(expected));
    assertThat(numbers(list.sorted())).isEqualTo(List.copyOf(expected));
  }

  @Test
  void isEmptyWhenItWasCleared() {
    DigestList list = new DigestList();
    for (int i = 0; i < 2000; i++) {
      list.add(i);
    }

    list.clear();
    list.add(3);

    assertThat(numbers(list.view())).containsExactly(3L);
  }

  @Test
  void joinsFilesWithAndWithoutTheSameDigests(@TempDir Path folder) throws IOException {
    long seed = 20261129;
    Random random = new Random(seed);
    TreeSet<Long> expected = new TreeSet<>();
    List<Path> files = new ArrayList<>();
    for (int file = 0; file < 12; file++) {
      DigestList list = new DigestList();
      for (int i = 0; i < 3_000 * file; i++) {
        long digest = random.nextInt(3) == 0 ? random.nextInt(5_000) - 2_500 : random.nextLong();
        list.add(digest);
        expected.add(digest);
      }
      list.add(Long.MIN_VALUE);
      list.add(Long.MAX_VALUE);
      files.add(folder.resolve("part-" + file));
      DigestFile.write(files.get(file), list.view());
    }
    expected.add(Long.MIN_VALUE);
    expected.add(Long.MAX_VALUE);

    DigestFile.merge(folder.resolve("all"), files);

    assertThat(numbers(DigestFile.map(folder.resolve("all"))))
        .as("seed %d", seed)
        .isEqualTo(List.copyOf(expected));
  }

  private static List<Long> numbers(LongBuffer buffer) {
    List<Long> all = new ArrayList<>();
    for (int i = 0; i < buffer.limit(); i++) {
      all.add(buffer.get(i));
    }
    return all;
  }
}
