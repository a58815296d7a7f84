package org.consentry.manifest;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole sealed releases against a reader who owns all their files and wants the masked counts. */
class ReleaseMaskingTest {

  private static final long SEED = 20261127;

  @TempDir Path place;

  @Test
  void noMaskedCountCanBeComputedFromAllFilesOfARelease() throws IOException {
    SplittableRandom random = new SplittableRandom(SEED);
    int masked = 0;
    for (int run = 0; run < 30; run++) {
      SampleRelease release = sealed(random, run);

      for (Attacker.Unknown unknown : Attacker.attack(release.folder)) {
        masked++;
        assertThat(unknown.high() > unknown.low() || unknown.high() == 0)
            .as("seed %d, run %d, %s", SEED, run, unknown)
            .isTrue();
      }
    }
    assertThat(masked).isGreaterThan(200);
  }

  /** A number that is withheld in the manifest stands nowhere else, not in a text either. */
  @Test
  void noWithheldNumberStandsInAnyFile() throws IOException {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int run = 0; run < 5; run++) {
      SampleRelease release = sealed(random, run);
      String internal = Files.readString(release.internal.resolve("manifest.internal.json"));

      Set<String> exact = numbers(internal);
      exact.removeAll(numbers(release.text("manifest.json")));
      exact.removeIf(number -> number.length() < 5);

      assertThat(exact).as("seed %d, run %d", SEED, run).hasSizeGreaterThan(2);
      for (String file : ReleaseFiles.list(release.folder).files.keySet()) {
        assertThat(numbers(release.text(file))).as(file).doesNotContainAnyElementsOf(exact);
      }
    }
  }

  /** The attacker is able: a count told beside the manifest is enough. */
  @Test
  void theAttackerReadsEveryFile() throws IOException {
    SampleRelease release = new SampleRelease(place);
    release.seal();
    release.write(
        "more.csv",
        """
        level,table,step,reason,count
        rows,visits,read,,100
        rows,visits,excluded,NO_CONSENT,80
        rows,visits,excluded,WITHDRAWN,12
        rows,visits,excluded,RECORD_DATE,<11
        rows,visits,rejected,RAGGED,1
        rows,visits,released,,3
        """);

    assertThat(Attacker.attack(release.folder))
        .contains(new Attacker.Unknown("more.csv/rows/visits/RECORD_DATE", 4, 4));
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
