package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.consentry.export.RunKeys;
import org.consentry.export.sort.SortSizes;
import org.consentry.keys.SigningKey;
import org.consentry.keys.StudyKey;
import org.consentry.ledger.Ledger;
import org.consentry.ledger.Staging;
import org.consentry.ledger.StateFolder;
import org.consentry.plan.ExportPlan;
import org.consentry.plan.Planner;
import org.consentry.testing.ExportDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The bytes of the data files are a function of the content of the source. Its order, the cut into
 * splits and the number of threads leave no trace.
 */
class PermutationTest {

  private static final String SPLIT_BYTES = "consentry.splitBytes";
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 23);
  private static final int PERMUTATIONS = 6;
  private static final List<String> TABLES =
      List.of("patients", "visits", "procedures", "proms", "photos", "consents");

  /** Small ranges, and several parts of every table but the smallest. */
  private static final SortSizes SMALL = new SortSizes(20_000, 15_000, 40_000, 250);

  @TempDir private Path root;

  @AfterEach
  void usualSplits() {
    System.clearProperty(SPLIT_BYTES);
  }

  @ParameterizedTest
  @ValueSource(strings = {"eyelid-outcomes", "outcomes-limited-data-set"})
  void noPermutationCutOrNumberOfThreadsChangesAByte(String job) throws IOException {
    Installation place = Installation.in(root);
    StateFolder state = new StateFolder(place.home());
    state.prepare();
    Files.createDirectories(root.resolve("keys"));
    StudyKey.generate().writeNew(root.resolve("keys/" + job + ".key"));
    SigningKey.generate().writeNew(root.resolve("keys/manifest-signing.pem"));
    Ledger ledger = Ledger.open(state, () -> Instant.parse("2026-11-23T12:00:00Z"));
    ExportDriver driver =
        new ExportDriver(state, ledger, () -> Instant.parse("2026-11-23T12:00:00Z"));
    ExportPlan plan = Planner.plan(place.job(job), TODAY);
    driver.with(1, SMALL).extract(plan, "run-0", Optional.empty());
    Map<String, String> first = data(plan, "run-0");
    assertThat(first.keySet()).anyMatch(name -> name.contains("visits/part-00001"));

    Random random = new Random(20_261_123);
    for (int permutation = 1; permutation <= PERMUTATIONS; permutation++) {
      for (String table : TABLES) {
        shuffle(place.clinic(table), random);
      }
      int splitBytes = List.of(1 << 20, 30_000, 4_000).get(permutation % 3);
      System.setProperty(SPLIT_BYTES, Integer.toString(splitBytes));
      int threads = 1 + permutation % 4;
      String run = "run-" + permutation;
      sameOneTimeKey(plan, run);

      ExportPlan again = Planner.plan(place.job(job), TODAY);
      driver.with(threads, SMALL).extract(again, run, Optional.empty());

      assertThat(data(plan, run))
          .as("permutation %d, splits of %d bytes, %d threads", permutation, splitBytes, threads)
          .isEqualTo(first);
    }
    System.out.printf(
        Locale.ROOT,
        "%s: %d data files of %,d source bytes equal in %d permutations with 1 to 4 threads%n",
        job,
        first.size(),
        bytes(place),
        PERMUTATIONS);
  }

  @Test
  void theRecordsOfASourceAreFoundWhateverTheyQuote() {
    assertThat(records("a,b\n\"x\ny\",1\n\"\"\"\n\",2\nlast"))
        .containsExactly("a,b\n", "\"x\ny\",1\n", "\"\"\"\n\",2\n", "last\n");
  }

  private static long bytes(Installation place) throws IOException {
    long bytes = 0;
    for (String table : TABLES) {
      bytes += Files.size(place.clinic(table));
    }
    return bytes;
  }

  private static void sameOneTimeKey(ExportPlan plan, String run) throws IOException {
    Staging staging = Staging.of(plan.output(), run);
    staging.prepare();
    Files.copy(
        RunKeys.oneTimeFile(Staging.of(plan.output(), "run-0")), RunKeys.oneTimeFile(staging));
  }

  private static void shuffle(Path table, Random random) throws IOException {
    List<String> records =
        new ArrayList<>(records(Files.readString(table, StandardCharsets.UTF_8)));
    Collections.shuffle(records.subList(1, records.size()), random);
    Files.writeString(table, String.join("", records), StandardCharsets.UTF_8);
  }

  /** The records of a file, each with a line end: a line break inside quotes ends none. */
  private static List<String> records(String text) {
    List<String> records = new ArrayList<>();
    boolean quoted = false;
    int start = 0;
    for (int at = 0; at < text.length(); at++) {
      quoted ^= text.charAt(at) == '"';
      if (!quoted && text.charAt(at) == '\n') {
        records.add(text.substring(start, at + 1));
        start = at + 1;
      }
    }
    if (start < text.length()) {
      records.add(text.substring(start) + '\n');
    }
    return records;
  }

  private static Map<String, String> data(ExportPlan plan, String run) throws IOException {
    Path release = Staging.of(plan.output(), run).release();
    Map<String, String> files = new TreeMap<>();
    for (Path file : Installation.files(release.resolve("data"))) {
      files.put(release.relativize(file).toString(), sha256(file));
    }
    return files;
  }

  private static String sha256(Path file) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(Files.readAllBytes(file)));
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException(missing);
    }
  }
}
