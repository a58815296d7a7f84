package org.consentry.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.consentry.data.Prf;
import org.consentry.keys.KeyReference;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;
import org.consentry.problem.Problems;
import org.consentry.testing.SmallClinic;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The keys of a run come from their references, and the one-time key lives with the run. */
final class RunKeysTest {

  @TempDir private Path root;

  @BeforeEach
  void clinic() throws IOException {
    assertThat(new SmallClinic(root).state().home()).isDirectory();
    Files.createDirectories(root.resolve("work"));
  }

  private KeyReference reference(String name) {
    return KeyReference.parse("file:keys/" + name, root, Place.of("job.yaml"), new Problems())
        .orElseThrow();
  }

  private RunKeys open(String run) {
    return RunKeys.open(
        root.resolve("state"),
        "S-A",
        reference("a.key"),
        reference("signing.pem"),
        root.resolve("work/" + run + ".key"));
  }

  private static byte[] code(Prf prf) {
    byte[] code = new byte[Prf.SIZE];
    prf.compute(new byte[] {1, 2, 3}, 0, 3, code, 0);
    return code;
  }

  @Test
  void hasTheSameOneTimeKeyWhenARunIsResumed() {
    byte[] first = code(open("one").oneTime("visit"));

    assertThat(code(open("one").oneTime("visit"))).isEqualTo(first);
    assertThat(code(open("two").oneTime("visit"))).isNotEqualTo(first);
  }

  @Test
  void hasAnotherOneTimeFunctionForEachDomain() {
    RunKeys keys = open("one");

    assertThat(code(keys.oneTime("visit"))).isNotEqualTo(code(keys.oneTime("patient")));
    assertThat(code(keys.references())).isNotEqualTo(code(keys.oneTime("visit")));
  }

  @Test
  void hasTheSameKeyedCodesInEveryRun() {
    assertThat(code(open("one").keyed("patient"))).isEqualTo(code(open("two").keyed("patient")));
  }

  @Test
  void refusesAStudyKeyThatIsMissing() throws IOException {
    Files.delete(root.resolve("keys/a.key"));

    assertThatThrownBy(() -> RunKeys.require(reference("a.key"), reference("signing.pem")))
        .isInstanceOf(ProblemException.class)
        .extracting(refused -> ((ProblemException) refused).category())
        .isEqualTo(Category.KEY);
    assertThat(root.resolve("work/one.key")).doesNotExist();
  }

  @Test
  void showsNoKey() {
    assertThat(open("one")).hasToString("RunKeys");
  }
}
