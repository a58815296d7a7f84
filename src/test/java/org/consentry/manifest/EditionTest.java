package org.consentry.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.consentry.data.Exclusion;
import org.consentry.data.RejectReason;
import org.consentry.data.Tally;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class EditionTest {

  @Test
  void theRecipientSeesNoSmallCountAndNothingThatGivesOneAway() {
    JsonNode predicate = recipient(SampleRelease.SUBJECTS, SampleRelease.VISITS);

    assertThat(predicate.path("consent").path("subjects").toString())
        .isEqualTo(
            "{\"read\":\"withheld\",\"released\":2,\"excludedTotal\":\"withheld\",\"excluded\":"
                + "{\"NO_CONSENT\":31,\"WITHDRAWN\":\"<11\"},\"rejectedTotal\":\"withheld\","
                + "\"rejected\":{}}");
    assertThat(predicate.path("tables").get(1).path("rows").toString())
        .isEqualTo(
            "{\"read\":\"withheld\",\"released\":3,\"excludedTotal\":\"withheld\",\"excluded\":"
                + "{\"NO_CONSENT\":80,\"WITHDRAWN\":12,\"RECORD_DATE\":\"<11\"},"
                + "\"rejectedTotal\":\"withheld\",\"rejected\":{\"RAGGED\":\"<11\"}}");
  }

  @Test
  void theInternalEditionIsExact() {
    JsonNode predicate =
        Statement.of(
                SampleRelease.disclosure(SampleRelease.SUBJECTS, SampleRelease.VISITS),
                Edition.INTERNAL,
                new TreeMap<>())
            .path("predicate");

    assertThat(predicate.path("tables").get(1).path("rows").toString())
        .isEqualTo(
            "{\"read\":100,\"released\":3,\"excludedTotal\":96,\"excluded\":{\"NO_CONSENT\":80,"
                + "\"WITHDRAWN\":12,\"RECORD_DATE\":4},\"rejectedTotal\":1,\"rejected\":"
                + "{\"RAGGED\":1}}");
    assertThat(predicate.path("inputs").path("sources").toString()).contains("patients.csv");
  }

  @Test
  void oneMaskedCountAnywhereWithholdsEveryTotal() {
    Tally large = tally(500, Map.of(Exclusion.NO_CONSENT, 90L));
    Tally small = tally(500, Map.of(Exclusion.NO_CONSENT, 10L));

    assertThat(recipient(large, large).toString()).doesNotContain("\"withheld\",").contains("590");
    assertThat(recipient(large, small).toString()).doesNotContain("590");
    assertThat(recipient(small, large).toString()).doesNotContain("590");
  }

  @Test
  void cellsBelowElevenAreMaskedEvenWhenThereIsNone() {
    JsonNode released =
        recipient(SampleRelease.SUBJECTS, SampleRelease.VISITS)
            .path("tables")
            .get(0)
            .path("columns")
            .get(1)
            .path("released");

    assertThat(released.path("withheldCells").asString()).isEqualTo("<11");
    assertThat(released.path("blankedCells").asString()).isEqualTo("<11");
  }

  @Test
  void namesNoSourceFileToTheRecipient() {
    assertThat(recipient(SampleRelease.SUBJECTS, SampleRelease.VISITS).toString())
        .doesNotContain("4".repeat(64));
  }

  /**
   * An attacker writes down every equation the manifest allows (read = released + excluded +
   * rejected per table, groups that look alike are one) and narrows every unknown as far as it
   * goes.
   */
  @Test
  void noMaskedCountCanBeComputedFromTheOthers() {
    long seed = 20261123;
    SplittableRandom random = new SplittableRandom(seed);
    int masked = 0;
    for (int run = 0; run < 3_000; run++) {
      Tally subjects = randomTally(random, 4);
      JsonNode predicate = recipient(subjects, randomTally(random, 6));

      for (Attacker.Unknown unknown : Attacker.narrow(predicate)) {
        masked++;
        long least = unknown.name().endsWith("Cells") ? 0 : 1;
        assertThat(unknown.low())
            .as("seed %d, run %d, %s", seed, run, unknown.name())
            .isEqualTo(least);
        assertThat(unknown.high()).isEqualTo(10);
      }
    }
    assertThat(masked).isGreaterThan(9_000);
  }

  /** The attacker is able: with totals shown, or withheld in one table only, it succeeds. */
  @Test
  void theAttackerWouldSucceedAgainstPartialMasking() {
    ObjectNode all = recipient(SampleRelease.SUBJECTS, SampleRelease.VISITS);
    ((ObjectNode) all.path("tables").get(1).path("rows")).put("excludedTotal", 96);
    assertThat(Attacker.narrow(all))
        .contains(new Attacker.Unknown("/tables/1/rows/excluded/RECORD_DATE", 4, 4));

    ObjectNode shared = recipient(SampleRelease.SUBJECTS, SampleRelease.VISITS);
    ((ObjectNode) shared.path("tables").get(0).path("rows")).put("read", 40);
    assertThat(Attacker.narrow(shared))
        .contains(new Attacker.Unknown("/consent/subjects/excluded/WITHDRAWN", 7, 7));
  }

  /** No bound gives 5 away, but the difference of two sums with an unknown in common does. */
  @Test
  void theAttackerEliminatesWhatTwoSumsShare() {
    ObjectNode node = Json.object();
    ObjectNode one = node.putObject("one").put("read", "withheld").put("released", 90);
    one.putObject("excluded").put("A", "<11").put("B", 20);
    ObjectNode other = node.putObject("other").put("read", "withheld").put("released", 90);
    other.putObject("excluded").put("A", "<11").put("B", 20);
    ObjectNode sum = node.putObject("third").put("read", 115);
    sum.put("released", 90).putObject("excluded").put("B", 20).put("A", "<11");

    assertThat(Attacker.narrow(node))
        .containsExactly(
            new Attacker.Unknown("/one/excluded/A", 5, 5),
            new Attacker.Unknown("/other/excluded/A", 5, 5),
            new Attacker.Unknown("/third/excluded/A", 5, 5));
  }

  private static ObjectNode recipient(Tally subjects, Tally visits) {
    return (ObjectNode)
        Statement.of(SampleRelease.disclosure(subjects, visits), Edition.RECIPIENT, new TreeMap<>())
            .path("predicate");
  }

  private static Tally tally(long released, Map<Exclusion, Long> excluded) {
    long read = released + excluded.values().stream().mapToLong(Long::longValue).sum();
    return new Tally(read, released, excluded, Map.of(), Map.of(), Map.of());
  }

  private static Tally randomTally(SplittableRandom random, int reasons) {
    Map<Exclusion, Long> excluded = new EnumMap<>(Exclusion.class);
    Map<RejectReason, Long> rejected = new EnumMap<>(RejectReason.class);
    for (int i = 0; i < reasons; i++) {
      excluded.put(Exclusion.ofCode(1 + random.nextInt(32)), (long) random.nextInt(1, 25));
    }
    if (random.nextInt(3) == 0) {
      rejected.put(RejectReason.RAGGED, (long) random.nextInt(1, 25));
    }
    long released = random.nextInt(0, 30);
    long read = released;
    read += excluded.values().stream().mapToLong(Long::longValue).sum();
    read += rejected.values().stream().mapToLong(Long::longValue).sum();
    return new Tally(read, released, excluded, rejected, Map.of(), Map.of());
  }
}
