package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.consentry.keys.AllowedSigners;
import org.consentry.keys.SigningKey;
import org.consentry.keys.SshSignature;
import org.consentry.ledger.Ledger;
import org.consentry.ledger.LedgerEntry;
import org.consentry.ledger.LedgerFact;
import org.consentry.ledger.StateFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two runs of a job wait for approval at the same time. */
final class PromisedNameTest {

  private static final String JOB = "outcomes-limited-data-set";

  @TempDir Path folder;

  @Test
  void aStagedRunIsNotStagedUnderTheNameThatAnotherWasPromised() {
    Installation installation = SmallSample.in(folder);
    installation.replace(installation.job(JOB), "output: {", "approval: {required: 1}\noutput: {");
    AllowedSigners.Entry ann =
        new AllowedSigners.Entry(
            "ann@clinic",
            SigningKey.generate().publicKey(),
            List.of(SshSignature.APPROVAL),
            Instant.MIN,
            Instant.MAX);
    Installation.write(
        installation.home().resolve("approvers"), new AllowedSigners(List.of(ann)).text());

    List<Installation.Answer> answers = List.of(installation.run(JOB), installation.run(JOB));

    assertThat(answers).allSatisfy(one -> assertThat(one.exitCode()).as(one.err()).isEqualTo(4));
    assertThat(Ledger.read(new StateFolder(installation.home())).entries(LedgerEntry.Kind.STAGED))
        .extracting(entry -> entry.fact(LedgerFact.RELEASE).orElse("").replaceAll(".*-r", "r"))
        .containsExactly("r1", "r2");
  }
}
