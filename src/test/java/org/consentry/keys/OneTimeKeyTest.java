package org.consentry.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import org.consentry.data.Codes;
import org.consentry.problem.Category;
import org.consentry.problem.ProblemException;
import org.consentry.testing.KillingFiles;
import org.consentry.testing.PowerLoss;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OneTimeKeyTest {

  private static final byte[] ID = "V-1".getBytes(StandardCharsets.US_ASCII);

  @TempDir Path folder;

  @Test
  void makesTheSameCodesAfterAResume() {
    Path file = folder.resolve("one-time.key");
    OneTimeKey key = OneTimeKey.create(file);

    OneTimeKey again = OneTimeKey.read(file);

    assertThat(Codes.keyed(again.prf("visit"), ID)).isEqualTo(Codes.keyed(key.prf("visit"), ID));
  }

  @Test
  void isMadeAgainAfterACrashWhileItWasMade() throws IOException {
    Path file = folder.resolve("one-time.key");
    Files.writeString(folder.resolve("one-time.key.8142.new"), "half of a k");

    OneTimeKey key = OneTimeKey.create(file);

    assertThat(folder).isDirectoryNotContaining("glob:**.new");
    assertThat(Codes.keyed(OneTimeKey.read(file).prf("visit"), ID))
        .isEqualTo(Codes.keyed(key.prf("visit"), ID));
  }

  @Test
  void linksNothingBetweenRunsOrDomains() {
    OneTimeKey first = OneTimeKey.create(folder.resolve("1.key"));
    OneTimeKey second = OneTimeKey.create(folder.resolve("2.key"));

    assertThat(
            new String[] {
              Codes.keyed(first.prf("visit"), ID),
              Codes.keyed(second.prf("visit"), ID),
              Codes.keyed(first.prf("procedure"), ID)
            })
        .doesNotHaveDuplicates();
  }

  @Test
  void isOverwrittenBeforeItIsDeleted() throws IOException {
    Path file = folder.resolve("one-time.key");
    OneTimeKey.create(file);
    Path otherName = Files.createLink(folder.resolve("other-name"), file);

    OneTimeKey.destroy(file);
    OneTimeKey.destroy(file);

    assertThat(file).doesNotExist();
    assertThat(Files.readAllBytes(otherName)).containsOnly(0);
  }

  @Test
  void whatCannotBeOverwrittenIsReportedAndLeft() throws IOException {
    Path secret = folder.resolve("one-time.key");
    OneTimeKey.create(secret);
    Path link = Files.createSymbolicLink(folder.resolve("link"), secret);
    Path inTheWay = Files.createDirectory(folder.resolve("a-folder"));

    for (Path file : new Path[] {link, inTheWay}) {
      ProblemException refused =
          catchThrowableOfType(ProblemException.class, () -> OneTimeKey.destroy(file));

      assertThat(refused.category()).isEqualTo(Category.RUN_FAILED);
      assertThat(refused)
          .hasMessage(
              file
                  + ": error KEY_NOT_DESTROYED the one-time key of the run cannot be destroyed;"
                  + " make the folder writable and run again");
      assertThat(file).exists();
    }
    OneTimeKey.read(secret);
  }

  @Test
  void codesNoDomainThatCouldMeanAnotherPurpose() {
    OneTimeKey key = OneTimeKey.create(folder.resolve("one-time.key"));

    assertThatThrownBy(() -> key.prf("visit/patient"))
        .hasMessage("a domain is a word of letters, digits and . _ -");
    assertThat(key).hasToString("OneTimeKey");
  }

  @Test
  void doesNotComeBackOnceDestroyed() {
    Path file = folder.resolve("one-time.key");
    OneTimeKey.create(file);
    Path disk = new KillingFiles(FileSystems.getDefault().provider()).getPath(file.toUri());
    PowerLoss.begin(folder);
    OneTimeKey.destroy(disk);
    PowerLoss.strike();

    assertThat(file).doesNotExist();
  }

  @Test
  void cannotBeReadOnceDestroyed() {
    Path file = folder.resolve("one-time.key");
    OneTimeKey.create(file);

    OneTimeKey.destroy(file);

    assertThatThrownBy(() -> OneTimeKey.read(file))
        .hasMessage(
            file + ": error KEY_MISSING the key is not there; abandon this run and start another");
  }
}
