package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.consentry.cli.Installation.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Releases that stay in a folder of the clinic's own office. */
final class InternalReleaseTest {

  @TempDir private Path folder;
  private StagedClinic clinic;
  private Path output;

  @BeforeEach
  void begin() throws IOException {
    clinic = StagedClinic.in(folder.toRealPath());
    Installation.write(
        clinic.job(),
        Installation.read(clinic.job()).replace("recipient: {", "recipient: {internal: yes, "));
    output = folder.toRealPath().resolve("releases");
  }

  private static void permit(Path folder, String permissions) throws IOException {
    Files.createDirectories(folder);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(permissions));
  }

  @Test
  void theFolderIsMadeForItsOwnerAndTheManifestStatesIt() throws IOException {
    done(clinic.call("run", clinic.job().toString()), 4);
    done(clinic.approve("ann"), 0);
    done(clinic.call("publish", clinic.run().run()), 0);

    Path release = Path.of(clinic.run().release());
    for (Path made : List.of(output, output.resolve("approved"), release)) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
          .as("%s", made)
          .isEqualTo("rwx------");
    }
    assertThat(Installation.read(release.resolve("manifest.json")))
        .contains(
            "\"internal\" : \"yes: the release stays in a folder of the clinic's own office\"");
    assertThat(Installation.read(release.resolve("README.md")))
        .contains("- For: University; internal, for the clinic's own office\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rwxr-xr-x", "rwx-----x", "rwxrwx-w-", "rwx---r--"})
  void nothingRunsWhereOthersMayUseTheFolder(String permissions) throws IOException {
    permit(output, permissions);
    String message =
        ": error RECIPIENT_INTERNAL the release is internal, and other users may use the folder "
            + output
            + ", whose permissions are "
            + permissions
            + "; run: chmod o-rwx '"
            + output
            + "'\n";

    for (String command : new String[] {"validate", "run"}) {
      Answer answer = clinic.call(command, clinic.job().toString());

      assertThat(answer.exitCode()).isEqualTo(10);
      assertThat(answer.out() + answer.err()).contains(message);
    }
    assertThat(output).isEmptyDirectory();
  }

  @Test
  void theFolderOfTheJobIsLookedAtToo() throws IOException {
    permit(output, "rwx------");
    permit(output.resolve("approved"), "rwx---r-x");

    assertThat(clinic.call("validate", clinic.job().toString()).exitCode()).isEqualTo(10);
  }

  @Test
  void aGroupMayRead() throws IOException {
    permit(output, "rwxr-x---");

    done(clinic.call("run", clinic.job().toString()), 4);
  }

  @Test
  void nothingIsPublishedIntoAFolderThatWasOpenedMeanwhile() throws IOException {
    done(clinic.call("run", clinic.job().toString()), 4);
    done(clinic.approve("ann"), 0);
    permit(output, "rwxr-xr-x");

    Answer refused = clinic.call("publish", clinic.run().run());

    assertThat(refused.exitCode()).isEqualTo(10);
    assertThat(refused.err()).contains("error RECIPIENT_INTERNAL ");
    assertThat(Installation.files(output.resolve("approved"))).isEmpty();
    permit(output, "rwxr-x---");
    done(clinic.call("publish", clinic.run().run()), 0);
  }

  /** The staged folder becomes the release. */
  @Test
  void nothingIsPublishedFromAStagedFolderThatWasOpened() throws IOException {
    done(clinic.call("run", clinic.job().toString()), 4);
    done(clinic.approve("ann"), 0);
    Path staged = output.resolve(".staging").resolve(clinic.run().run()).resolve("release");
    permit(staged, "rwxr-xr-x");

    Answer refused = clinic.call("publish", clinic.run().run());

    assertThat(refused.exitCode()).isEqualTo(10);
    assertThat(refused.err()).contains("may use the folder " + staged);
  }

  private static void done(Answer answer, int exitCode) {
    assertThat(answer.exitCode()).as(answer.err()).isEqualTo(exitCode);
  }
}
