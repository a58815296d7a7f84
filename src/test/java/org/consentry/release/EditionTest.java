package org.consentry.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.consentry.data.Exclusion;
import org.consentry.data.RejectReason;
import org.consentry.data.Tally;
import org.consentry.ledger.Attacker;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class EditionTest {

  @Test
  void theRecipientSeesThreeGroupsRoundedToTheNearestTenAndNoReason() {
    JsonNode predicate = recipient(SampleRelease.SUBJECTS, SampleRelease.VISITS);

    assertThat(predicate.path("consent").path("subjects").toString())
        .isEqualTo(
            "{\"read\":40,\"released\":2,\"excludedTotal\":40,\"excluded\":{\"NOT_PERMITTED\":40,\"NOT_IN_COHORT\":"
                + "\"<11\",\"NOT_USABLE\":\"<11\"},\"countedOn\":{\"read\":\"2026-11-23\","
                + "\"excludedTotal\":\"2026-11-23\",\"NOT_PERMITTED\":\"2026-11-23\",\"NOT_IN_COHORT\":\"2026-11-23\",\"NOT_USABLE\":"
                + "\"2026-11-23\"}}");
    assertThat(predicate.path("tables").get(1).path("rows").path("excluded").toString())
        .isEqualTo("{\"NOT_PERMITTED\":100,\"NOT_IN_COHORT\":\"<11\",\"NOT_USABLE\":\"<11\"}");
    assertThat(predicate.path("reasons").propertyNames())
        .containsExactly("NOT_PERMITTED", "NOT_IN_COHORT", "NOT_USABLE");
    for (Exclusion reason : Exclusion.values()) {
      if (reason != Exclusion.NOT_IN_COHORT) {
        assertThat(predicate.toString()).doesNotContain('"' + reason.name() + '"');
      }
    }
  }

  @Test
  void theInternalEditionIsExact() {
    JsonNode predicate =
        ManifestStatement.of(
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
  void cellsOfFewPeopleReadLessThanElevenEvenWhenThereIsNone() {
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
   * An attacker writes down every equation the manifest allows (read = released + excluded per
   * table, groups that look alike are one) and narrows every unknown as far as it goes.
   */
  @Test
  void noCountCanBeComputedFromTheOthers() {
    long seed = 20261123;
    SplittableRandom random = new SplittableRandom(seed);
    int unknowns = 0;
    int computed = 0;
    for (int run = 0; run < 3_000; run++) {
      JsonNode predicate = recipient(randomTally(random, 4), randomTally(random, 6));

      for (Attacker.Unknown unknown : Attacker.narrow(predicate)) {
        unknowns++;
        computed += unknown.low() == unknown.high() ? 1 : 0;
      }
    }
    System.out.println(
        "attack on the counts of one manifest: " + computed + " of " + unknowns + " computed");
    assertThat(unknowns).isGreaterThan(30_000);
    assertThat(computed).as("seed %d", seed).isZero();
  }

  /** The attacker is able: an exact number read is enough. */
  @Test
  void theAttackerWouldSucceedAgainstAnExactNumberRead() {
    ObjectNode all = recipient(SampleRelease.SUBJECTS, SampleRelease.VISITS);
    ((ObjectNode) all.path("consent").path("subjects")).put("read", 37).remove("excludedTotal");

    assertThat(Attacker.narrow(all))
        .contains(new Attacker.Unknown("/consent/subjects/excluded/NOT_PERMITTED", 35, 35));
  }

  /** No bound gives 5 away, but a sum that another group seems to share does. */
  @Test
  void theAttackerEliminatesWhatTwoSumsShare() {
    ObjectNode node = Json.object();
    ObjectNode subjects = node.putObject("subjects");
    ObjectNode one = subjects.putObject("one").put("read", 110).put("released", 90);
    one.putObject("excluded").put("A", "<11").put("B", 17);
    ObjectNode other = subjects.putObject("other").put("read", 112).put("released", 90);
    other.putObject("excluded").put("B", 17).put("A", "<11");

    assertThat(Attacker.narrow(node))
        .containsExactly(
            new Attacker.Unknown("/subjects/one/excluded/A", 5, 5),
            new Attacker.Unknown("/subjects/other/excluded/A", 5, 5));
  }

  private static ObjectNode recipient(Tally subjects, Tally visits) {
    return (ObjectNode)
        ManifestStatement.of(
                SampleRelease.disclosure(subjects, visits), Edition.RECIPIENT, new TreeMap<>())
            .path("predicate");
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
