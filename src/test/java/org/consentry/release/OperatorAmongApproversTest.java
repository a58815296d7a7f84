package org.consentry.release;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.consentry.keys.AllowedSigners;
import org.consentry.keys.SigningKey;
import org.consentry.keys.SshSignature;
import org.consentry.ledger.Ledger;
import org.consentry.ledger.StateFolder;
import org.consentry.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who works on a run cannot approve it, so pinned approvers who do are none of it. */
final class OperatorAmongApproversTest {

  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

  @TempDir Path home;

  @ParameterizedTest
  @ValueSource(strings = {"ann", "Ann@Clinic", "ANN"})
  void anOperatorWhoIsPinnedAsApproverCannotMakeARunPossible(String operator) {
    assertThatThrownBy(
            () -> approvals().requirePossible(2, "steward", List.of("nightly", operator)))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining(
            "error APPROVERS_MISSING the job asks for 2 approvals and the installation pins 1"
                + " approver beside requester and operators");
  }

  @Test
  void theRunIsPossibleForOtherOperators() {
    approvals().requirePossible(2, "steward", List.of("nightly", "anna"));
    assertThatThrownBy(() -> approvals().requirePossible(3, "steward", List.of("nightly")))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("pins 2 approvers");
  }

  private Approvals approvals() {
    StateFolder state = new StateFolder(home);
    state.prepare();
    return new Approvals(
        Ledger.open(state, () -> NOON),
        new AllowedSigners(List.of(entry("ann@clinic"), entry("bob@clinic"))),
        () -> NOON);
  }

  private static AllowedSigners.Entry entry(String name) {
    return new AllowedSigners.Entry(
        name,
        SigningKey.generate().publicKey(),
        List.of(SshSignature.APPROVAL),
        Instant.MIN,
        Instant.MAX);
  }
}
