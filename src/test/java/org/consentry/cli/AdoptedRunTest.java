package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.consentry.cli.Installation.Answer;
import org.consentry.keys.KeyReference;
import org.consentry.keys.SigningKey;
import org.consentry.ledger.Ledger;
import org.consentry.ledger.RunRecord;
import org.consentry.ledger.RunRecords;
import org.consentry.ledger.StateFolder;
import org.consentry.testing.SmallClinic;
import org.consentry.testing.SmallClinic.Basis;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two state folders made two releases of one run, as after a state folder was copied. */
final class AdoptedRunTest {

  @TempDir private Path folder;

  @Test
  void refusesAReleaseOfARunThatTheLedgerHasWithAnotherManifest() throws IOException {
    SmallClinic own = new SmallClinic(Files.createDirectory(folder.toRealPath().resolve("own")));
    SmallClinic copied =
        new SmallClinic(Files.createDirectory(folder.toRealPath().resolve("copy")));
    own.patients(1, 12).release(own.job("visits", "a", "R1", Basis.WAIVER));
    Path foreign = copied.patients(1, 13).release(copied.job("visits", "a", "R1", Basis.WAIVER));
    record(own.state());
    int entries = Ledger.read(own.state()).entries().size();

    Answer answer =
        Installation.execute(
            List.of(
                "adopt",
                foreign.toString(),
                "--fingerprint",
                fingerprint(copied),
                "--home",
                own.state().home().toString()));

    assertThat(answer.exitCode()).isEqualTo(20);
    assertThat(answer.err())
        .isEqualTo(
            foreign
                + ": error RELEASE_DIFFERS the ledger has a release of run visits-1 with another"
                + " manifest; find out which of the two was released; nothing was adopted\n");
    assertThat(Ledger.read(own.state()).entries()).hasSize(entries);
  }

  private static void record(StateFolder state) {
    String then = "2026-11-23T12:00:00Z";
    new RunRecords(state)
        .write(
            new RunRecord(
                "visits-1",
                "visits",
                "S-A",
                "visits.yaml",
                "releases",
                RunRecord.State.PUBLISHED,
                then,
                then,
                "2026-11-23",
                "",
                "",
                "",
                "",
                0,
                Map.of(),
                List.of("operator")));
  }

  private static String fingerprint(SmallClinic clinic) {
    Path key = clinic.root().resolve("keys/signing.pem");
    return SigningKey.read(new KeyReference.InFile(key)).publicKey().fingerprint();
  }
}
