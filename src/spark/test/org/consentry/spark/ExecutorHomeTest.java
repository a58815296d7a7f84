package org.consentry.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who makes the folder of executors removes it, and removes no other. */
final class ExecutorHomeTest {

  @TempDir Path folder;

  private Path home;
  private Path jars;

  @BeforeEach
  void nameTheFolder() throws Exception {
    home = folder.resolve("home");
    jars = Files.createDirectory(folder.resolve("jars"));
    Files.writeString(jars.resolve("spark.jar"), "");
    System.setProperty(ExecutorHome.PROPERTY, home.toString());
  }

  @AfterEach
  void forgetTheName() {
    System.clearProperty(ExecutorHome.PROPERTY);
  }

  @Test
  void removesWhatItMadeAndNotWhatIsLinked() throws Exception {
    ExecutorHome made = ExecutorHome.make(jars);
    Files.createDirectories(home.resolve("work/app"));
    assertThat(home.resolve("jars/spark.jar")).exists();

    made.remove();

    assertThat(home).doesNotExist();
    assertThat(jars.resolve("spark.jar")).exists();
  }

  @Test
  void leavesAFolderOfTheNameAsItIs() throws Exception {
    Files.createDirectory(home);
    Files.writeString(home.resolve("of-another"), "");

    assertThatThrownBy(() -> ExecutorHome.make(jars))
        .isInstanceOf(FileAlreadyExistsException.class);

    assertThat(home).isDirectoryContaining("glob:**of-another");
  }

  @Test
  void makesAndRemovesNothingWithoutAName() throws Exception {
    System.clearProperty(ExecutorHome.PROPERTY);

    ExecutorHome.make(jars).remove();

    assertThat(home).doesNotExist();
    assertThat(jars).exists();
  }
}
