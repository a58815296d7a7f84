package org.consentry.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.consentry.keys.AllowedSigners;
import org.consentry.keys.SigningKey;
import org.consentry.problem.Category;
import org.consentry.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFolderTest {

  @TempDir Path folder = Path.of("");

  @Test
  void isOpenToItsOwnerAlone() throws IOException {
    StateFolder state = new StateFolder(folder.resolve("a/home"));

    state.prepare();

    try (Stream<Path> all = Files.walk(folder.resolve("a"))) {
      assertThat(all.toList()).hasSize(9).allSatisfy(StateFolderTest::isShut);
    }
  }

  @Test
  void shutsInnerFoldersThatOthersMayOnlyRead() throws IOException {
    StateFolder state = new StateFolder(folder);
    Files.createDirectory(state.vault());
    Files.setPosixFilePermissions(state.vault(), PosixFilePermissions.fromString("rwxr-xr-x"));

    state.prepare();
    state.prepare();

    isShut(state.vault());
    isShut(state.runs());
  }

  @Test
  void reportsWhichFolderCannotBeMade() throws IOException {
    StateFolder state = new StateFolder(Files.writeString(folder.resolve("file"), "no folder"));

    assertThatThrownBy(state::prepare)
        .isInstanceOf(ProblemException.class)
        .hasMessage(
            state.home()
                + ": error STATE_FOLDER the state folder cannot be created or written;"
                + " check its permissions and free space")
        .extracting(failure -> ((ProblemException) failure).category())
        .isEqualTo(Category.RUN_FAILED);
  }

  @Test
  void setsADamagedDatabaseAsideUnderTheMomentAndMakesRoomForAnother() throws IOException {
    StateFolder state = new StateFolder(folder);
    state.prepare();
    Files.writeString(state.database("script"), "damaged");
    Instant now = Instant.parse("2026-11-23T12:00:05.5Z");

    Path first = state.setDatabaseAside(now);
    Path second = state.setDatabaseAside(now);
    Path third = state.setDatabaseAside(now);

    assertThat(first).isEqualTo(folder.resolve("db.damaged-20261123T120005Z"));
    assertThat(second).isEqualTo(folder.resolve("db.damaged-20261123T120005Z-2"));
    assertThat(third).isEqualTo(folder.resolve("db.damaged-20261123T120005Z-3"));
    assertThat(first.resolve("consentry.script")).hasContent("damaged");
    assertThat(state.database("script").getParent()).isEmptyDirectory();
    isShut(folder.resolve("db"));
  }

  @Test
  void removesTheDatabasesThatWereSetAsideBeforeAMoment() throws IOException {
    StateFolder state = new StateFolder(folder);
    state.prepare();
    Instant noon = Instant.parse("2026-11-23T12:00:00Z");
    Path old = state.setDatabaseAside(noon.minusSeconds(1));
    Files.writeString(old.resolve("consentry.data"), "damaged");
    Path kept = state.setDatabaseAside(noon);

    assertThat(state.removeDamagedDatabases(noon)).isEqualTo(1);

    assertThat(old).doesNotExist();
    assertThat(kept).isDirectory();
    assertThat(folder.resolve("db")).isDirectory();
    assertThat(state.removeDamagedDatabases(noon)).isZero();
  }

  @Test
  void reportsADatabaseThatCannotBeSetAsideOrRemoved() {
    StateFolder state = new StateFolder(folder.resolve("missing"));

    assertThatThrownBy(() -> state.setDatabaseAside(Instant.EPOCH))
        .isInstanceOfSatisfying(
            ProblemException.class,
            thrown -> assertThat(thrown.category()).isEqualTo(Category.TEMPORARY))
        .hasMessage(
            folder.resolve("missing/db")
                + ": error JOB_DATABASE the damaged job repository cannot be set aside; check the"
                + " permissions of the state folder");
    assertThatThrownBy(() -> state.removeDamagedDatabases(Instant.EPOCH))
        .hasMessage(
            folder.resolve("missing")
                + ": error JOB_DATABASE job repositories that were set aside cannot be removed;"
                + " check the permissions of the state folder");
  }

  @Test
  void trustsOneSignerMoreAndForgetsNone() throws IOException {
    StateFolder state = new StateFolder(folder);
    state.prepare();
    AllowedSigners.Entry first =
        AllowedSigners.Entry.forManifests("a@b", SigningKey.generate().publicKey());
    AllowedSigners.Entry second =
        AllowedSigners.Entry.forManifests("c@d", SigningKey.generate().publicKey());

    state.trust(first);
    state.trust(second);

    assertThat(state.trustedSigners())
        .hasContent(new AllowedSigners(List.of(first, second)).text());
    Files.delete(state.trustedSigners());
    Files.createDirectories(state.trustedSigners().resolve("inside"));
    assertThatThrownBy(() -> state.trust(first))
        .hasMessage(
            state.trustedSigners()
                + ": error TRUSTED_SIGNERS the file of trusted signers cannot be written; check"
                + " the permissions of the state folder");
  }

  /** These names are the ones that people back up, and that the documentation has. */
  @Test
  void hasItsPartsUnderTheNamesOfTheDocumentation() {
    StateFolder state = new StateFolder(folder);

    assertThat(
            Stream.of(
                    state.properties(),
                    state.vault(),
                    state.runs(),
                    state.manifests("run-1"),
                    state.ledger(),
                    state.membership("run-1"),
                    state.figures("run-1"),
                    state.restrictions(),
                    state.ledgerKey(),
                    state.recalls(),
                    state.database(),
                    state.database("lck"),
                    state.trustedSigners(),
                    state.approvers(),
                    state.lock())
                .map(path -> folder.relativize(path).toString()))
        .containsExactly(
            "application.properties",
            "vault",
            "runs",
            "manifests/run-1",
            "ledger",
            "members/run-1.members",
            "members/run-1.figures",
            "restrictions",
            "ledger.key",
            "recalls",
            "db/consentry",
            "db/consentry.lck",
            "trusted_signers",
            "approvers",
            "lock");
    assertThatThrownBy(() -> state.membership("../x"))
        .hasMessage("a run id is letters, digits, dots, dashes and underscores");
    assertThatThrownBy(() -> state.figures("../x"))
        .hasMessage("a run id is letters, digits, dots, dashes and underscores");
  }

  private static void isShut(Path path) {
    try {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
          .isEqualTo("rwx------");
    } catch (IOException failed) {
      throw new AssertionError(failed);
    }
  }
}
