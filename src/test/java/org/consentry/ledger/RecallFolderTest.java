package org.consentry.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.consentry.data.Sha256;
import org.consentry.keys.AllowedSigners;
import org.consentry.keys.SigningKey;
import org.consentry.keys.SshSignature;
import org.consentry.problem.Category;
import org.consentry.problem.ProblemException;
import org.consentry.problem.Problems;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RecallFolderTest {

  @TempDir Path place;

  @Test
  void isCheckedByItsSumsAndItsSignature() throws IOException {
    Path folder = place.resolve("list");
    SigningKey key = SigningKey.generate();

    write(folder, key);

    assertThat(folder.resolve("recall.csv")).hasBinaryContent("code\r\n".getBytes(UTF_8));
    byte[] sums = Files.readAllBytes(folder.resolve("SHA256SUMS"));
    assertThat(new String(sums, UTF_8))
        .isEqualTo(
            Sha256.hex("# Recall\n")
                + "  README.md\n"
                + Sha256.hex(Files.readAllBytes(folder.resolve("allowed_signers")))
                + "  allowed_signers\n"
                + Sha256.hex("code\r\n")
                + "  recall.csv\n");
    SshSignature signature =
        SshSignature.parse(Files.readAllBytes(folder.resolve("SHA256SUMS.sig"))).orElseThrow();
    assertThat(signature.verifies(SshSignature.RECALL, sums)).isTrue();
    AllowedSigners signers =
        AllowedSigners.parse(
            "allowed_signers", Files.readString(folder.resolve("allowed_signers")), new Problems());
    assertThat(signers.principal(signature.signer(), SshSignature.RECALL, Instant.EPOCH))
        .contains("clinic-releases");
    assertThat(signers.everPrincipal(signature.signer(), SshSignature.MANIFEST)).isEmpty();
    assertThat(RecallFolder.commands())
        .containsExactly(
            "ssh-keygen -Y verify -f allowed_signers -I clinic-releases -n consentry-recall -s"
                + " SHA256SUMS.sig < SHA256SUMS");
  }

  @Test
  void replacesWhatAnInterruptedCommandLeft() throws IOException {
    Path folder = Files.createDirectory(place.resolve("list"));
    Files.writeString(folder.resolve("old.csv"), "old");
    Files.createDirectory(place.resolve(".list.new"));
    Files.writeString(place.resolve(".list.new").resolve("half.csv"), "hal");

    write(folder, SigningKey.generate());

    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> String.valueOf(file.getFileName())))
          .containsExactlyInAnyOrder(
              "README.md", "SHA256SUMS", "SHA256SUMS.sig", "allowed_signers", "recall.csv");
    }
    assertThat(place.resolve(".list.new")).doesNotExist();
  }

  @Test
  void isNotThereWhenTheDiskRefuses() throws IOException {
    Path folder = Files.createFile(place.resolve("file")).resolve("list");

    assertThatThrownBy(() -> write(folder, SigningKey.generate()))
        .isInstanceOfSatisfying(
            ProblemException.class,
            thrown -> assertThat(thrown.category()).isEqualTo(Category.RUN_FAILED))
        .hasMessage(
            folder
                + ": error RECALL_LIST the recall list cannot be written; check free space and"
                + " permissions, then run consentry recall again");
  }

  private static void write(Path folder, SigningKey key) {
    RecallFolder.write(
        folder,
        Map.of("recall.csv", "code\r\n", "README.md", "# Recall\n"),
        Instant.parse("2026-11-23T10:11:12.987Z"),
        "clinic-releases",
        key);
  }

  @Test
  void everyFileHasTheTimeStampOfTheRecall() throws IOException {
    Path folder = place.resolve("uni-x/list");
    Files.createDirectories(place.resolve("uni-x"));

    write(folder, SigningKey.generate());

    try (Stream<Path> walk = Files.walk(folder)) {
      List<Path> all = walk.toList();
      assertThat(all).hasSize(6);
      for (Path each : all) {
        assertThat(Files.getLastModifiedTime(each).toInstant()).isEqualTo("2026-11-23T10:11:12Z");
      }
    }
  }
}
