package org.consentry.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recall is open from its list until the release is replaced or a person closes it. */
final class RecallsTest {

  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

  @TempDir Path home;

  private Ledger ledger;
  private Recalls recalls;

  @BeforeEach
  void open() {
    StateFolder state = new StateFolder(home);
    state.prepare();
    ledger = Ledger.open(state, () -> NOON);
    recalls = new Recalls(ledger);
  }

  @Test
  void isOpenFromItsListOnWithWhereAndWhenItWasWritten() {
    LedgerEntry release = release("run-1", "r1");
    assertThat(recalls.open()).isEmpty();
    assertThat(recalls.newest("run-1")).isEmpty();

    LedgerEntry list = list(release, NOON.plusSeconds(1), "/recalls/1");

    assertThat(recalls.open())
        .containsExactly(
            new Recalls.Open("run-1", "job", "r1", "uni-x", "2026-11-23T12:00:01Z", "/recalls/1"));
    assertThat(recalls.newest("run-1")).contains(list);
    assertThat(recalls.newest("run-2")).isEmpty();
  }

  @Test
  void isShownByItsNewestListInTheOrderOfThese() {
    LedgerEntry first = release("run-1", "r1");
    LedgerEntry second = release("run-2", "r2");
    list(first, NOON, "/recalls/1");
    list(second, NOON, "/recalls/2");
    LedgerEntry again = list(first, NOON, "/recalls/3");

    assertThat(recalls.open())
        .extracting(Recalls.Open::folder)
        .containsExactly("/recalls/2", "/recalls/3");
    assertThat(recalls.newest("run-1")).contains(again);
  }

  @Test
  void isClosedByAPersonAndOpenAgainByALaterList() {
    LedgerEntry release = release("run-1", "r1");
    LedgerEntry list = list(release, NOON, "/recalls/1");
    ledger.append(NOON, LedgerEvent.recallClosed(list, "officer"));

    assertThat(recalls.open()).isEmpty();
    assertThat(recalls.newest("run-1")).as("a closing is no list").contains(list);

    list(release, NOON, "/recalls/2");
    assertThat(recalls.open()).extracting(Recalls.Open::folder).containsExactly("/recalls/2");
  }

  @Test
  void isClosedByTheReleaseThatReplacesTheRecalledOne() {
    list(release("run-1", "r1"), NOON, "/recalls/1");
    list(release("run-2", "r2"), NOON, "/recalls/2");
    release("run-3", "r3");
    assertThat(recalls.open()).hasSize(2);

    publish("another-job", "run-4", Map.of(LedgerFact.RELEASE, "r4", LedgerFact.REPLACES, "r1"));
    assertThat(recalls.open()).as("a release of another job").hasSize(2);

    publish("job", "run-5", Map.of(LedgerFact.RELEASE, "r5", LedgerFact.REPLACES, "r1"));
    assertThat(recalls.open()).extracting(Recalls.Open::release).containsExactly("r2");
  }

  private LedgerEntry release(String run, String name) {
    return publish("job", run, Map.of(LedgerFact.RELEASE, name, LedgerFact.RECIPIENT, "uni-x"));
  }

  private LedgerEntry publish(String job, String run, Map<LedgerFact, String> facts) {
    return ledger.append(
        NOON, new LedgerEvent(LedgerEntry.Kind.PUBLISHED, run, job, "IRB-1", facts));
  }

  private LedgerEntry list(LedgerEntry release, Instant at, String folder) {
    return ledger.append(at, LedgerEvent.recalled(release, "steward", 2, "ab", folder));
  }
}
