package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.consentry.problem.Category;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which words name where splits are extracted; nothing is begun under wrong ones. */
final class EngineOptionTest {

  private static final String MASTER = "local-cluster[2,1,600]";

  @TempDir private Path root;

  private Installation place;

  @BeforeEach
  void install() {
    place = Installation.in(root);
  }

  @Test
  void reportsHowToGetTheSparkFolderThatIsNotHere() {
    Installation.Answer answer = run("--engine", "spark", "--master", MASTER);

    assertThat(answer.exitCode()).isEqualTo(Category.USAGE.exitCode());
    assertThat(answer.err())
        .contains("NO_SPARK")
        .contains("mvn -P spark verify")
        .contains("CONSENTRY_SPARK");
    assertThat(root.resolve("keys")).doesNotExist();
    assertThat(root.resolve("releases")).doesNotExist();
  }

  @Test
  void refusesWordsThatDoNotFitTogether() {
    for (List<String> words :
        List.of(
            List.of("--master", MASTER),
            List.of("--spark-conf", "spark.executor.memory=1g"),
            List.of("--engine", "hadoop"),
            List.of("--engine", "spark"))) {
      Installation.Answer answer = run(words.toArray(String[]::new));

      assertThat(answer.exitCode()).as(words.toString()).isEqualTo(Category.USAGE.exitCode());
      assertThat(answer.err()).as(words.toString()).contains("error ENGINE");
    }
  }

  @Test
  void takesNoSecretFromTheCommandLine() {
    assertThat(settings("--spark-conf", "spark.authenticate.secret=s3cret"))
        .satisfies(
            answer -> {
              assertThat(answer.exitCode()).isEqualTo(Category.USAGE.exitCode());
              assertThat(answer.err()).contains("command lines are visible").doesNotContain("s3c");
            });
    assertThat(settings("--spark-conf", "executor.memory=1g").err()).contains("SPARK_SETTINGS");
  }

  @Test
  void takesASecretFromAFileOfItsOwnerAlone() throws IOException {
    Path file = Files.writeString(root.resolve("spark.conf"), "spark.authenticate.secret s3cret\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

    Installation.Answer open = settings("--spark-settings", file.toString());
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    Installation.Answer closed = settings("--spark-settings", file.toString());

    assertThat(open.exitCode()).isEqualTo(Category.KEY.exitCode());
    assertThat(open.err()).contains("open to group or others").doesNotContain("s3cret");
    assertThat(closed.exitCode()).isEqualTo(Category.USAGE.exitCode());
    assertThat(closed.err()).contains("NO_SPARK");
  }

  @Test
  void aPathOfASecretIsNoSecretButTheFileItNamesIsChecked() throws IOException {
    Path secret = Files.writeString(root.resolve("secret"), "s".repeat(32) + "\n");
    Path file =
        Files.writeString(
            root.resolve("spark.conf"),
            "spark.authenticate.secret.file "
                + secret
                + "\nspark.kubernetes.executor.secrets.consentry-spark /run/secrets/spark\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("r--r--r--"));

    Installation.Answer open = settings("--spark-settings", file.toString());
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("r--r-----"));
    Installation.Answer closed = settings("--spark-settings", file.toString());
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
    Files.writeString(secret, "s3cret\n" + " ".repeat(32));
    Installation.Answer tooShort = settings("--spark-settings", file.toString());
    Files.delete(secret);
    Installation.Answer missing = settings("--spark-settings", file.toString());

    assertThat(open.exitCode()).isEqualTo(Category.KEY.exitCode());
    assertThat(open.err()).contains("secret: error").contains("open to others");
    assertThat(closed.exitCode()).isEqualTo(Category.USAGE.exitCode());
    assertThat(closed.err()).contains("NO_SPARK");
    assertThat(tooShort.exitCode()).isEqualTo(Category.USAGE.exitCode());
    assertThat(tooShort.err()).contains("at least 32 characters").doesNotContain("s3c");
    assertThat(missing.exitCode()).isEqualTo(Category.USAGE.exitCode());
    assertThat(missing.err())
        .contains("spark.authenticate.secret.file: error SPARK_SETTINGS")
        .contains("cannot be read");
  }

  private Installation.Answer settings(String... words) {
    List<String> all = new ArrayList<>(List.of("--engine", "spark", "--master", MASTER));
    all.addAll(Arrays.asList(words));
    return run(all.toArray(String[]::new));
  }

  private Installation.Answer run(String... words) {
    List<String> all = new ArrayList<>(List.of("run", "--create-keys"));
    all.addAll(Arrays.asList(words));
    all.add(place.job("eyelid-outcomes").toString());
    return place.call(all.toArray(String[]::new));
  }
}
