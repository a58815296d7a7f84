package org.consentry.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
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
    LedgerEvent event = LedgerEvent.accounted("steward", "00ff", LocalDate.of(2020, 11, 23));

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

  @Test
  void keepsItsFactsWhenTheMapChangesLater() {
    Map<LedgerFact, String> facts = new HashMap<>(Map.of(LedgerFact.RELEASE, "2026-11-23-r1"));
    LedgerEvent event = new LedgerEvent(LedgerEntry.Kind.STAGED, "run-1", "job", "IRB-1", facts);

    facts.clear();

    assertThat(event.facts()).containsOnlyKeys(LedgerFact.RELEASE);
  }
}
