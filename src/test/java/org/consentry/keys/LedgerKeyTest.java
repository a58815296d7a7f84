package org.consentry.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.consentry.data.Prf;
import org.consentry.problem.Category;
import org.consentry.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LedgerKeyTest {

  @TempDir Path folder;

  @Test
  void isTheSameKeyWhenReadAgain() throws IOException {
    Path file = folder.resolve("ledger.key");
    LedgerKey key = LedgerKey.generate();

    key.writeNew(file);
    LedgerKey again = LedgerKey.read(file);

    assertThat(again.fingerprint()).isEqualTo(key.fingerprint());
    assertThat(digest(again)).isEqualTo(digest(key));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void filesPatientsAsNoStudyWithTheSameBytesWould() {
    byte[] bytes = new byte[32];
    LedgerKey ledger = LedgerKey.ofBytes(bytes.clone());
    StudyKey study = StudyKey.ofBytes(bytes.clone());
    byte[] answer = new byte[Prf.SIZE];
    byte[] id = "P1".getBytes(StandardCharsets.US_ASCII);

    study.pseudonyms("ledger", "subjects").compute(id, 0, id.length, answer, 0);

    assertThat(digest(ledger)).isNotEqualTo(HexFormat.of().formatHex(answer));
  }

  /** One function's answers reveal nothing of another's, so none may be another's. */
  @Test
  void hasAFunctionOfItsOwnForEachPurpose() {
    LedgerKey key = LedgerKey.ofBytes(new byte[32]);
    byte[] id = "P1".getBytes(StandardCharsets.US_ASCII);
    List<String> answers = new ArrayList<>();
    for (Prf function :
        List.of(key.subjects(), key.entries(), key.head(), key.runs(), key.restrictions())) {
      byte[] answer = new byte[Prf.SIZE];
      function.compute(id, 0, id.length, answer, 0);
      answers.add(HexFormat.of().formatHex(answer));
    }

    assertThat(answers).doesNotHaveDuplicates();
    assertThat(LedgerKey.ofBytes(new byte[32]).fingerprint())
        .isEqualTo(key.fingerprint())
        .matches("sha256:[0-9a-f]{64}");
  }

  @Test
  void aMissingKeyIsReportedWithWhatIsLost() {
    Path file = folder.resolve("ledger.key");

    ProblemException refused =
        catchThrowableOfType(ProblemException.class, () -> LedgerKey.read(file));

    assertThat(refused.category()).isEqualTo(Category.KEY);
    assertThat(refused.problems().get(0))
        .hasToString(
            file
                + ": error KEY_MISSING the key is not there; restore it from its backup: without it"
                + " no earlier release can be searched");
  }

  @Test
  void showsNothingOfItself() {
    assertThat(LedgerKey.generate()).hasToString("LedgerKey");
  }

  private static String digest(LedgerKey key) {
    byte[] answer = new byte[Prf.SIZE];
    byte[] id = "P1".getBytes(StandardCharsets.US_ASCII);
    key.subjects().compute(id, 0, id.length, answer, 0);
    return HexFormat.of().formatHex(answer);
  }
}
