package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.consentry.cli.Installation.Answer;
import org.consentry.keys.BackupKey;
import org.consentry.ledger.Staging;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Approval of a release whose data files are encrypted to the recipient. */
final class EncryptedApprovalTest {

  private static final List<String> ROWS =
      List.of(".spill", ".ranges", ".count", ".spans", ".days");

  @TempDir private Path folder;
  private StagedClinic clinic;

  @BeforeEach
  void stage() throws IOException {
    clinic = StagedClinic.in(Files.createDirectory(folder.toRealPath().resolve("clinic")));
  }

  private void encrypt() {
    String key = BackupKey.generate().publicKey().text();
    Installation.write(
        clinic.job(),
        Installation.read(clinic.job()).replace("recipient: {", "recipient: {key: " + key + ", "));
  }

  private void run() {
    done(clinic.call("run", clinic.job().toString()), 4);
  }

  private Staging staging() {
    return Staging.of(Path.of(clinic.run().output()), clinic.run().run());
  }

  private static List<Path> withRows(Path work) {
    return Installation.files(work).stream()
        .filter(file -> ROWS.stream().anyMatch(file.toString()::endsWith))
        .toList();
  }

  @Test
  void noRowWaitsUnencryptedForTheApproval() {
    run();
    assertThat(withRows(staging().work())).isNotEmpty();
    done(clinic.call("abandon", clinic.run().run()), 0);
    encrypt();

    run();

    assertThat(withRows(staging().work())).isEmpty();
    assertThat(Installation.files(staging().release().resolve("data")))
        .isNotEmpty()
        .allMatch(file -> file.toString().endsWith(".csv.age"));
  }

  @Test
  void approversReadAllButTheData() {
    encrypt();
    run();
    String run = clinic.run().run();
    Path copy = folder.resolve("copy");

    Answer refused = clinic.call("review", run, "--to", copy.toString(), "--with-data");

    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err())
        .contains(
            "error REVIEW_ENCRYPTED the released tables are encrypted to the recipient, so a copy"
                + " of them shows nothing; leave out --with-data");
    assertThat(copy).doesNotExist();
    done(clinic.call("review", run, "--to", copy.toString()), 0);
    assertThat(Installation.read(copy.resolve("statement.json")))
        .contains("\"encryption\" : \"age\"");
    done(clinic.approve("ann"), 0);
    done(clinic.call("publish", run), 0);
    done(clinic.call("verify", clinic.run().release()), 0);
  }

  @Test
  void aStagedReleaseIsMadeAgainWithoutTheRowsThatWereRemoved() {
    encrypt();
    run();
    Installation.remove(staging().release().resolve("manifest.json"));
    assertThat(clinic.call("publish", clinic.run().run()).exitCode()).isEqualTo(15);

    done(clinic.call("resume", clinic.run().run()), 4);

    done(clinic.approve("ann"), 0);
    done(clinic.call("publish", clinic.run().run()), 0);
    done(clinic.call("verify", clinic.run().release()), 0);
  }

  private static void done(Answer answer, int exitCode) {
    assertThat(answer.exitCode()).as(answer.out() + answer.err()).isEqualTo(exitCode);
  }
}
