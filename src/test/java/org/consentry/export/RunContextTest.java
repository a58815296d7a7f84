package org.consentry.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.consentry.ledger.LedgerEntry;
import org.consentry.ledger.LedgerEvent;
import org.consentry.ledger.LedgerFact;
import org.consentry.ledger.Staging;
import org.consentry.release.Publisher;
import org.consentry.testing.SmallClinic;
import org.consentry.testing.SmallClinic.Basis;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run finds in its surroundings: the clinic's clock, and releases of the past. */
final class RunContextTest {

  @TempDir private Path root;
  private SmallClinic clinic;

  @BeforeEach
  void clinic() {
    clinic = new SmallClinic(root).patients(1, 20);
  }

  private RunContext context(ZoneId zone, String replaces) {
    return new RunContext(
        "run-1",
        "operator",
        List.of("operator"),
        Optional.of(replaces).filter(name -> !name.isEmpty()),
        Accepted.NOTHING,
        clinic.state(),
        Staging.of(root.resolve("releases"), "run-1"),
        clinic.ledger(),
        new Publisher(clinic.ledger(), clinic::instant),
        clinic::instant,
        zone,
        "test",
        Environments.of(clinic).progress());
  }

  private RunContext context() {
    return context(ZoneId.of("UTC"), "");
  }

  private void released(String study, String rules) {
    clinic
        .ledger()
        .append(
            clinic.instant(),
            new LedgerEvent(
                LedgerEntry.Kind.PUBLISHED,
                "run-0",
                "visits",
                study,
                Map.of(LedgerFact.RULES, rules)));
  }

  @Test
  void theMomentIsThatOfTheClinicsClock() {
    assertThat(context().now()).isEqualTo(LocalDateTime.of(2026, 11, 23, 12, 0));
    assertThat(context(ZoneId.of("America/Phoenix"), "").now())
        .isEqualTo(LocalDateTime.of(2026, 11, 23, 5, 0));
    assertThat(context(ZoneId.of("Pacific/Auckland"), "").now())
        .isEqualTo(LocalDateTime.of(2026, 11, 24, 1, 0));
  }

  @Test
  void aStudyThatNeverReleasedPinsNoKey() {
    assertThat(context().pinnedStudyKey("S-A")).isEmpty();
    assertThat(context().releases("S-A")).isZero();
    assertThat(context().previous("S-A", "uni")).isEmpty();
    assertThat(context().ledgerHead()).isEmpty();
  }

  @Test
  void theNewestReleaseOfAStudyPinsItsKey() {
    clinic.release(clinic.job("visits", "a", "uni", Basis.DE_IDENTIFIED));
    clinic.release(clinic.job("other", "b", "uni", Basis.DE_IDENTIFIED));

    assertThat(context().pinnedStudyKey("S-A")).isPresent();
    assertThat(context().pinnedStudyKey("S-A")).isNotEqualTo(context().pinnedStudyKey("S-B"));
  }

  @Test
  void releasesOfAStudyAreCountedForAllRecipients() {
    clinic.release(clinic.job("visits", "a", "uni", Basis.DE_IDENTIFIED));
    clinic.release(clinic.job("other", "a", "lab", Basis.DE_IDENTIFIED));
    clinic.release(clinic.job("third", "b", "uni", Basis.DE_IDENTIFIED));

    assertThat(context().releases("S-A")).isEqualTo(2);
    assertThat(context().previous("S-A", "uni").orElseThrow().job()).isEqualTo("visits");
    assertThat(context().previous("S-A", "lab").orElseThrow().job()).isEqualTo("other");
    assertThat(context().previous("S-A", "else")).isEmpty();
  }

  @Test
  void adoptedReleasesOfAStudyAreCounted() {
    clinic.release(clinic.job("visits", "a", "uni", Basis.DE_IDENTIFIED));
    clinic
        .ledger()
        .append(
            clinic.instant(),
            new LedgerEvent(LedgerEntry.Kind.ADOPTED, "run-9", "visits", "S-A", Map.of()));

    assertThat(context().releases("S-A")).isEqualTo(2);
  }

  @Test
  void aCorrectedReleaseIsFoundByItsJobAndName() {
    clinic.release(clinic.job("visits", "a", "uni", Basis.DE_IDENTIFIED));

    assertThat(context(ZoneId.of("UTC"), "2026-11-23-r1").replaced("visits")).isPresent();
    assertThat(context(ZoneId.of("UTC"), "2026-11-23-r1").replaced("other")).isEmpty();
    assertThat(context(ZoneId.of("UTC"), "2026-11-23-r2").replaced("visits")).isEmpty();
    assertThat(context().replaced("visits")).isEmpty();
  }

  @Test
  void manifestsNameTheNewestEntryOfTheLedger() {
    released("S-A", "");

    assertThat(context().ledgerHead().orElseThrow().entry()).isEqualTo(1);
    assertThat(context().ledgerHead().orElseThrow().sha256()).hasSize(64);
  }

  @Test
  void ruleSetsAreWrittenOneALine() {
    assertThat(
            RunContext.rules(
                new TreeMap<>(Map.of("b version 1", "sha256:b", "a version 2", "sha256:a"))))
        .isEqualTo("sha256:a a version 2\nsha256:b b version 1");
    assertThat(RunContext.rules(Map.of())).isEmpty();
  }

  @Test
  void theNewestReleaseThatUsedARuleSetPinsIt() {
    released("S-A", "sha256:1 a version 1\nsha256:2 b version 1");
    released("S-A", "sha256:3 a version 1");
    released("S-A", "");
    released("S-B", "sha256:4 a version 1");

    assertThat(context().pinnedRules("S-A", "a version 1")).contains("sha256:3");
    assertThat(context().pinnedRules("S-A", "b version 1")).contains("sha256:2");
    assertThat(context().pinnedRules("S-A", "a version 2")).isEmpty();
    assertThat(context().pinnedRules("S-A", "version 1")).isEmpty();
    assertThat(context().pinnedRules("S-C", "a version 1")).isEmpty();
  }

  @Test
  void anAdoptedReleasePinsItsRuleSetsToo() {
    released("S-A", "sha256:1 a version 1");
    clinic
        .ledger()
        .append(
            clinic.instant().plusSeconds(1),
            new LedgerEvent(
                LedgerEntry.Kind.ADOPTED,
                "adopted",
                "visits",
                "S-A",
                Map.of(LedgerFact.RULES, "sha256:9 a version 1")));

    assertThat(context().pinnedRules("S-A", "a version 1")).contains("sha256:9");
  }
}
