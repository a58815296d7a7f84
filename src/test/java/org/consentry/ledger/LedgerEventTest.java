package org.consentry.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The facts of each kind of event. */
final class LedgerEventTest {

  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

  @Test
  void namesTheOperatorAndTheProblemsOfARefusal() {
    LedgerEvent event = LedgerEvent.refused("run-1", "job", "IRB-1", "steward", 12, "EXPIRED");

    assertThat(event)
        .isEqualTo(
            new LedgerEvent(
                LedgerEntry.Kind.REFUSED,
                "run-1",
                "job",
                "IRB-1",
                Map.of(
                    LedgerFact.ASKED_BY, "steward",
                    LedgerFact.EXIT_CODE, "12",
                    LedgerFact.CODES, "EXPIRED")));
  }

  @Test
  void belongsToNoRunWhenAPatientsDisclosuresWereAccountedFor() {
    LedgerEvent event =
        LedgerEvent.accounted("steward", "00ff", LocalDate.of(2020, 11, 23), Optional.empty());

    assertThat(event.run() + event.job() + event.study()).isEmpty();
    assertThat(event.facts())
        .containsOnly(
            Map.entry(LedgerFact.ASKED_BY, "steward"),
            Map.entry(LedgerFact.SUBJECT, "00ff"),
            Map.entry(LedgerFact.SINCE, "2020-11-23"));
  }

  @Test
  void recordsTheMomentBeforeWhichRecordsWerePurged() {
    assertThat(LedgerEvent.purged(NOON, "steward").facts())
        .containsOnly(
            Map.entry(LedgerFact.BEFORE, "2026-11-23T12:00:00Z"),
            Map.entry(LedgerFact.ASKED_BY, "steward"));
  }

  private static LedgerEntry entry(LedgerEntry.Kind kind, Map<LedgerFact, String> facts) {
    return new LedgerEntry(
        7,
        NOON.toString(),
        new LedgerEvent(kind, "run-1", "job", "IRB-1", facts),
        LedgerEntry.ROOT,
        "",
        "");
  }

  private static LedgerEvent event(LedgerEntry.Kind kind, Map<LedgerFact, String> facts) {
    return new LedgerEvent(kind, "run-1", "job", "IRB-1", facts);
  }

  @Test
  void theOutcomeOfAReleaseHasTheFactsItWasPreparedWith() {
    Map<LedgerFact, String> facts = Map.of(LedgerFact.RELEASE, "r1", LedgerFact.ROWS, "5");
    LedgerEntry prepared = entry(LedgerEntry.Kind.PREPARED, facts);

    assertThat(LedgerEvent.outcome(prepared, LedgerEntry.Kind.NOT_PUBLISHED))
        .isEqualTo(event(LedgerEntry.Kind.NOT_PUBLISHED, facts));
  }

  @Test
  void namesTheApproverTheKeyAndTheManifestOfAnApproval() {
    LedgerEntry staged = entry(LedgerEntry.Kind.STAGED, Map.of(LedgerFact.RELEASE, "r1"));

    assertThat(LedgerEvent.approved(staged, "ann@clinic", "SHA256:k", "ab", "a signature"))
        .isEqualTo(
            event(
                LedgerEntry.Kind.APPROVED,
                Map.of(
                    LedgerFact.APPROVER, "ann@clinic",
                    LedgerFact.KEY, "SHA256:k",
                    LedgerFact.MANIFEST_SHA256, "ab",
                    LedgerFact.SIGNATURE, "a signature")));
  }

  @Test
  void namesWhoAskedWhyAPatientIsIncluded() {
    assertThat(LedgerEvent.explained("job", "IRB-1", "steward", "code"))
        .isEqualTo(
            new LedgerEvent(
                LedgerEntry.Kind.EXPLAINED,
                "",
                "job",
                "IRB-1",
                Map.of(LedgerFact.ASKED_BY, "steward", LedgerFact.SUBJECT, "code")));
  }

  @Test
  void namesWhatWasRecalledFromWhomAndWhere() {
    Map<LedgerFact, String> facts = Map.of(LedgerFact.RELEASE, "r1", LedgerFact.RECIPIENT, "uni-x");
    LedgerEntry release = entry(LedgerEntry.Kind.PUBLISHED, facts);

    assertThat(LedgerEvent.recalled(release, "steward", 3, "ab", "/recalls/1"))
        .isEqualTo(
            event(
                LedgerEntry.Kind.RECALLED,
                Map.of(
                    LedgerFact.ASKED_BY, "steward",
                    LedgerFact.RELEASE, "r1",
                    LedgerFact.RECIPIENT, "uni-x",
                    LedgerFact.PATIENTS, "3",
                    LedgerFact.LIST_SHA256, "ab",
                    LedgerFact.FOLDER, "/recalls/1")));
    assertThat(LedgerEvent.recallClosed(entry(LedgerEntry.Kind.RECALLED, facts), "officer"))
        .isEqualTo(
            event(
                LedgerEntry.Kind.RECALLED,
                Map.of(
                    LedgerFact.RELEASE, "r1",
                    LedgerFact.RECIPIENT, "uni-x",
                    LedgerFact.CLOSED_BY, "officer")));
  }

  @Test
  void namesWhyAClockWasAcceptedAndWhatWasSetAside() {
    assertThat(LedgerEvent.clockAccepted("steward", "a new battery").facts())
        .isEqualTo(
            Map.of(
                LedgerFact.ASKED_BY, "steward",
                LedgerFact.ACCEPTED, "CLOCK",
                LedgerFact.REASON, "a new battery"));
    assertThat(LedgerEvent.repaired("torn-4-ab", "cd"))
        .isEqualTo(
            new LedgerEvent(
                LedgerEntry.Kind.REPAIRED,
                "",
                "",
                "",
                Map.of(LedgerFact.TORN_FILE, "torn-4-ab", LedgerFact.TORN_SHA256, "cd")));
  }

  @Test
  void wasDisclosedWhenItsReleaseWasReadyNotWhenTheNextStartRecordedIt() {
    assertThat(entry(LedgerEntry.Kind.PUBLISHED, Map.of()).disclosedAt()).isEqualTo(NOON);
    assertThat(
            entry(
                    LedgerEntry.Kind.PUBLISHED,
                    Map.of(LedgerFact.PREPARED_AT, "2026-11-22T08:00:00Z"))
                .disclosedAt())
        .isEqualTo("2026-11-22T08:00:00Z");
  }

  @Test
  void anEmptyFactIsNone() {
    LedgerEntry entry = entry(LedgerEntry.Kind.PUBLISHED, Map.of(LedgerFact.REPLACES, ""));

    assertThat(entry.fact(LedgerFact.REPLACES)).isEmpty();
    assertThat(entry.facts()).containsOnlyKeys(LedgerFact.REPLACES);
  }

  /** The words of the file are a closed list; people read them and other programs may. */
  @Test
  void everyFactHasAWordInLowerCamelCase() {
    assertThat(LedgerFact.LEGAL_BASIS.word()).isEqualTo("legalBasis");
    assertThat(LedgerFact.INTERNAL_MANIFEST_SHA256.word()).isEqualTo("internalManifestSha256");
    assertThat(LedgerFact.KEY.word()).isEqualTo("key");
    for (LedgerFact fact : LedgerFact.values()) {
      assertThat(fact.word()).matches("[a-z]+([A-Z][a-z0-9]*)*");
      assertThat(LedgerFact.of(fact.word())).contains(fact);
    }
    assertThat(LedgerFact.of("LEGAL_BASIS")).isEmpty();
    assertThat(
            LedgerFact.words(
                Map.of(LedgerFact.ROWS, "5", LedgerFact.KEY, "k", LedgerFact.PLAN, "p")))
        .containsExactly(Map.entry("key", "k"), Map.entry("plan", "p"), Map.entry("rows", "5"));
  }

  @Test
  void keepsItsFactsWhenTheMapChangesLater() {
    Map<LedgerFact, String> facts = new HashMap<>(Map.of(LedgerFact.RELEASE, "2026-11-23-r1"));
    LedgerEvent event = new LedgerEvent(LedgerEntry.Kind.STAGED, "run-1", "job", "IRB-1", facts);

    facts.clear();

    assertThat(event.facts()).containsOnlyKeys(LedgerFact.RELEASE);
  }
}
