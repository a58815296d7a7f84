package org.consentry.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.consentry.data.Exclusion;
import org.consentry.data.RejectReason;
import org.consentry.data.Tally;
import org.consentry.ledger.Attacker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole sealed releases against a reader who has all their files and wants the exact counts. */
class ReleaseMaskingTest {

  private static final long SEED = 20261127;

  @TempDir Path place;

  @Test
  void noCountCanBeComputedFromAllFilesOfARelease() throws IOException {
    SplittableRandom random = new SplittableRandom(SEED);
    int unknowns = 0;
    int computed = 0;
    for (int run = 0; run < 30; run++) {
      SampleRelease release = sealed(random, run);

      for (Attacker.Unknown unknown : Attacker.attack(release.folder)) {
        unknowns++;
        computed += unknown.high() == unknown.low() && unknown.high() > 0 ? 1 : 0;
      }
    }
    System.out.println(
        "attack on the counts of all files: " + computed + " of " + unknowns + " computed");
    assertThat(unknowns).isGreaterThan(400);
    assertThat(computed).as("seed %d", SEED).isZero();
  }

  /** An exact number of the clinic's edition is in no file, not in a text either. */
  @Test
  void noExactCountIsInAnyFile() throws IOException {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int run = 0; run < 5; run++) {
      SampleRelease release = sealed(random, run);
      String internal = Files.readString(release.internal.resolve("manifest.internal.json"));

      Set<String> exact = numbers(internal);
      exact.removeAll(numbers(release.text("manifest.json")));
      exact.removeIf(number -> number.length() < 5);

      assertThat(exact).as("seed %d, run %d", SEED, run).hasSizeGreaterThan(2);
      for (String file : ReleaseFiles.list(release.folder).files.keySet()) {
        String text = release.text(file).replaceAll("(\\d),(\\d{3})", "$1$2");
        assertThat(numbers(text)).as(file).doesNotContainAnyElementsOf(exact);
      }
    }
  }

  /** The attacker is able: a count beside the manifest is enough. */
  @Test
  void theAttackerReadsEveryFile() throws IOException {
    SampleRelease release = new SampleRelease(place);
    release.seal();
    release.write(
        "more.csv",
        """
        level,table,step,reason,count
        rows,visits,read,,98
        rows,visits,excluded,NOT_PERMITTED,100
        rows,visits,excluded,NOT_USABLE,<11
        rows,visits,released,,3
        """);

    assertThat(Attacker.attack(release.folder))
        .contains(new Attacker.Unknown("release:more.csv/rows/visits/NOT_PERMITTED", 95, 95));
  }

  private SampleRelease sealed(SplittableRandom random, int run) throws IOException {
    Path folder = Files.createDirectory(place.resolve("run-" + run));
    Tally subjects = tally(random, 5);
    SampleRelease release = SampleRelease.of(folder, subjects, tally(random, 7));
    release.seal();
    return release;
  }

  private static Tally tally(SplittableRandom random, int reasons) {
    Map<Exclusion, Long> excluded = new EnumMap<>(Exclusion.class);
    excluded.put(Exclusion.NO_CONSENT, random.nextLong(10_000, 100_000));
    excluded.put(Exclusion.WITHDRAWN, random.nextLong(1, 11));
    for (int i = 0; i < reasons; i++) {
      excluded.put(Exclusion.ofCode(5 + random.nextInt(20)), random.nextLong(1, 20));
    }
    Map<RejectReason, Long> rejected = Map.of(RejectReason.RAGGED, random.nextLong(1, 20));
    long released = random.nextLong(0, 40);
    long read = released;
    read += excluded.values().stream().mapToLong(Long::longValue).sum();
    read += rejected.values().stream().mapToLong(Long::longValue).sum();
    long empty = (released + 2) / 3; // as SampleRelease.of writes them
    Map<String, Long> cells = Map.of("birth_year", random.nextLong(0, empty + 1));
    return new Tally(read, released, excluded, rejected, cells, Map.of());
  }

  private static Set<String> numbers(String text) {
    String plain = text.replaceAll("[0-9a-f]{64}|[A-Za-z0-9+/]{40,}", " ");
    return new TreeSet<>(List.of(plain.split("\\D+", -1)));
  }
}
