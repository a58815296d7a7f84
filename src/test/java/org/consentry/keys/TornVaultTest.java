package org.consentry.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.consentry.data.BytesColumn;
import org.consentry.data.CodeForm;
import org.consentry.data.CodesTest;
import org.consentry.data.SubjectKeys;
import org.consentry.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A vault whose last block was torn, and which is written again. */
final class TornVaultTest {

  @TempDir Path state;
  private final StudyKey key = StudyKey.generate();

  @Test
  void aShorterBlockReplacesALongerTornOne() throws IOException {
    Path file = state.resolve("vault/STUDY-1/patient.vault");
    List<String> before = codes(0, 3);
    long whole = Files.size(file);
    codes(3, 50);
    byte[] all = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(all, all.length - 1));

    List<String> one = codes(3, 4);

    assertThat(Files.size(file)).isEqualTo(whole + 3 * 32);
    assertThat(codes(0, 3)).isEqualTo(before);
    assertThat(codes(3, 4)).isEqualTo(one);
    assertThat(open().size()).isEqualTo(4);
    List<String> more = codes(4, 60);
    assertThat(codes(4, 60)).isEqualTo(more);
    assertThat(open().size()).isEqualTo(60);
  }

  @Test
  void aBlockReplacesZerosOfAPowerCut() throws IOException {
    Path file = state.resolve("vault/STUDY-1/patient.vault");
    List<String> before = codes(0, 3);
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length + 1000));

    List<String> one = codes(3, 4);

    assertThat(codes(0, 3)).isEqualTo(before);
    assertThat(codes(3, 4)).isEqualTo(one);
    assertThat(open().size()).isEqualTo(4);
  }

  @Test
  void refusesABlockOfWhichOnlyTheBeginningIsZeros() throws IOException {
    Path file = state.resolve("vault/STUDY-1/patient.vault");
    codes(0, 3);
    int whole = (int) Files.size(file);
    codes(3, 5);
    byte[] all = Files.readAllBytes(file);
    Arrays.fill(all, whole, whole + 32, (byte) 0);
    Files.write(file, all);

    assertThatThrownBy(this::open)
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("error VAULT_DAMAGED");
  }

  @Test
  void refusesATornSealThatIsNotTheLast() throws IOException {
    Path file = state.resolve("vault/STUDY-1/patient.vault");
    codes(0, 3);
    codes(3, 5);
    int second = (int) Files.size(file);
    codes(5, 7);
    byte[] all = Files.readAllBytes(file);
    Arrays.fill(all, second - 16, second, (byte) 0);
    Files.write(file, all);

    assertThatThrownBy(this::open)
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("error VAULT_DAMAGED");
  }

  private CodeVault open() {
    return CodeVault.open(state, key, "STUDY-1", "patient");
  }

  private List<String> codes(int from, int to) {
    SubjectKeys keys = new SubjectKeys();
    for (int i = from; i < to; i++) {
      byte[] id = ("MRN-" + i).getBytes(StandardCharsets.US_ASCII);
      keys.add(id, 0, id.length);
    }
    BytesColumn column = open().codes(keys, CodeForm.usual("patient"), subject -> true);
    List<String> codes = new ArrayList<>();
    for (int row = 0; row < column.rows(); row++) {
      codes.add(CodesTest.text(column, row));
    }
    return codes;
  }
}
