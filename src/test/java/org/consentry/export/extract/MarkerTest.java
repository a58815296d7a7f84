package org.consentry.export.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.consentry.connector.Split;
import org.consentry.data.Exclusion;
import org.consentry.data.MissingCells;
import org.consentry.data.RejectReason;
import org.consentry.data.RowBatch.Rejection;
import org.consentry.data.Tally;
import org.consentry.export.sort.SpillResult;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A split is done again unless its marker is whole and speaks of it. */
class MarkerTest {

  private static final String BASIS = "sha256:abc";
  private static final Split SPLIT = Split.ofBytes("visits", 3, 1_000, 2_000, 17, -5);

  @RepeatedTest(100)
  void readsWhatItWrote(RepetitionInfo repetition) {
    long seed = repetition.getCurrentRepetition();
    Marker marker = marker(new SplittableRandom(seed));

    Marker read = Marker.parse(marker.toText(), BASIS, SPLIT).orElseThrow();

    assertThat(read.basis()).as("seed %d", seed).isEqualTo(BASIS);
    assertThat(read.split()).as("seed %d", seed).isEqualTo(SPLIT);
    assertThat(read.result().tally()).as("seed %d", seed).isEqualTo(marker.result().tally());
    assertThat(read.result().spill()).as("seed %d", seed).isEqualTo(marker.result().spill());
    assertThat(read.result().keys()).as("seed %d", seed).isEqualTo(marker.result().keys());
    assertThat(read.result().rejections())
        .as("seed %d", seed)
        .isEqualTo(marker.result().rejections());
    assertThat(read.releasedKeys()).as("seed %d", seed).isEqualTo(marker.releasedKeys());
    assertThat(read.toText()).as("seed %d", seed).isEqualTo(marker.toText());
  }

  @Test
  void countsForNothingWhenItIsCutOffAnywhere() {
    String whole = marker(new SplittableRandom(1)).toText();

    for (int length = 0; length < whole.length(); length++) {
      assertThat(Marker.parse(whole.substring(0, length), BASIS, SPLIT))
          .as("cut off at %d", length)
          .isEmpty();
    }
  }

  @Test
  void countsForNothingWhenAnySingleCharacterChanged() {
    String whole = marker(new SplittableRandom(2)).toText();

    for (int at = 0; at < whole.length(); at++) {
      for (char other : new char[] {'0', '9', 'a', ' ', '\n', '-'}) {
        if (whole.charAt(at) != other) {
          String damaged = whole.substring(0, at) + other + whole.substring(at + 1);
          assertThat(Marker.parse(damaged, BASIS, SPLIT)).as("%c at %d", other, at).isEmpty();
        }
      }
    }
  }

  @Test
  void countsForNothingWhenALineIsLostOrTwice() {
    List<String> lines = marker(new SplittableRandom(3)).toText().lines().toList();

    for (int at = 0; at < lines.size(); at++) {
      int line = at;
      String lost = text(lines, i -> i == line ? 0 : 1);
      String twice = text(lines, i -> i == line ? 2 : 1);
      assertThat(Marker.parse(lost, BASIS, SPLIT)).as("line %d lost", at).isEmpty();
      assertThat(Marker.parse(twice, BASIS, SPLIT)).as("line %d twice", at).isEmpty();
    }
  }

  private static String text(List<String> lines, java.util.function.IntUnaryOperator times) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < lines.size(); i++) {
      text.append((lines.get(i) + "\n").repeat(times.applyAsInt(i)));
    }
    return text.toString();
  }

  @Test
  void countsForNothingUnderOtherDecisions() {
    String text = marker(new SplittableRandom(4)).toText();

    assertThat(Marker.parse(text, "sha256:abd", SPLIT)).isEmpty();
    assertThat(Marker.parse(text, "", SPLIT)).isEmpty();
  }

  @Test
  void countsForNothingForAnotherSplitOrChangedBytes() {
    String text = marker(new SplittableRandom(5)).toText();

    assertThat(
            List.of(
                Split.ofBytes("visit", 3, 1_000, 2_000, 17, -5),
                Split.ofBytes("visits", 4, 1_000, 2_000, 17, -5),
                Split.ofBytes("visits", 3, 1_001, 2_000, 17, -5),
                Split.ofBytes("visits", 3, 1_000, 2_001, 17, -5),
                Split.ofBytes("visits", 3, 1_000, 2_000, 18, -5),
                Split.ofBytes("visits", 3, 1_000, 2_000, 17, 5)))
        .allMatch(other -> Marker.parse(text, BASIS, other).isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "consentry-marker-1\n",
        """
        consentry-marker-1
        basis sha256:abc
        split visits 3 -5 bytes 1000 2000 17
        rows 0 0
        end 0
        """,
        """
        consentry-marker-1
        basis sha256:abc
        split visits 3 -5 bytes 1 2 17
        rows 0 0
        end 2147483647 0
        """,
        "consentry-marker-1\nbasis sha256:abc\nsplit visits 3 -5 bytes 1 2 17\nrows 0 0\nend -1 0\n"
      })
  void countsForNothingWhenItIsNoMarkerOfOurs(String text) {
    assertThat(Marker.parse(text, BASIS, SPLIT)).isEmpty();
  }

  private static Marker marker(SplittableRandom random) {
    Map<Exclusion, Long> excluded = new EnumMap<>(Exclusion.class);
    for (Exclusion reason : Exclusion.values()) {
      if (random.nextInt(4) == 0) {
        excluded.put(reason, random.nextLong(1, 1_000_000));
      }
    }
    Map<RejectReason, Long> rejected =
        Map.of(RejectReason.RAGGED, 1L, RejectReason.INVALID_VALUE, random.nextLong(1, 50));
    Map<String, Long> withheld = new TreeMap<>();
    withheld.put("a name with spaces", random.nextLong(1, 50));
    withheld.put("note", random.nextLong(1, 50));
    long released = random.nextLong(1_000);
    long read =
        released
            + excluded.values().stream().mapToLong(Long::longValue).sum()
            + rejected.values().stream().mapToLong(Long::longValue).sum();
    Tally tally =
        new Tally(
            read,
            released,
            excluded,
            rejected,
            withheld,
            Map.of("zip3", 4L),
            Map.of("a class", Map.of("COSMETIC", 3L, "Z41.1", 4L)),
            Map.of("a name with spaces", 5L),
            Map.of("a date", new Tally.Readings(7, 2), "day", new Tally.Readings(1, 0)),
            Map.of("a name with spaces", new MissingCells(6, random.nextLong(9))));
    SpillResult spill =
        new SpillResult(released, random.nextLong(1_000_000), random.nextInt(), random.nextInt());
    return new Marker(
        BASIS,
        SPLIT,
        new SplitResult(
            tally,
            spill,
            released % 2 == 0 ? Optional.empty() : Optional.of(spill),
            List.of(new Rejection(RejectReason.RAGGED, random.nextLong(1, 9_999))),
            new ContentSum(random.nextLong(), random.nextLong()),
            Map.of("a name with spaces", released, "note", 0L),
            new long[(int) released]));
  }
}
