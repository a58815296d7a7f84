package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.consentry.ledger.StateFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Spring Boot is needed for whatever a person sets of it, and for nothing else. */
class JobDatabaseTest {

  @TempDir private Path home;

  @Test
  void nothingOfSpringIsSetInANewStateFolder() {
    assertThat(isAnySet()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "spring.datasource.url=jdbc:x, true",
    "spring.datasource.hikari.maximum-pool-size=3, true",
    "SPRING_DATASOURCE_URL=jdbc:x, true",
    "spring.batch.jdbc.table-prefix=CLINIC_, true",
    "zone=America/Phoenix, false",
    "# spring.datasource.url=jdbc:x, false"
  })
  void seesWhatTheStateFolderSets(String line, boolean isOfSpring) throws IOException {
    Files.writeString(state().properties(), "zone=Europe/Berlin\n" + line + "\n");

    assertThat(isAnySet()).isEqualTo(isOfSpring);
  }

  @Test
  void seesWhatTheRuntimeSets() {
    System.setProperty("Spring.Datasource.Url", "jdbc:x");
    try {
      assertThat(isAnySet()).isTrue();
    } finally {
      System.clearProperty("Spring.Datasource.Url");
    }
  }

  @Test
  void seesWhatTheEnvironmentSets() {
    assertThat(JobDatabase.isAnySet(state(), Map.of("SPRING_DATASOURCE_URL", "jdbc:x"))).isTrue();
    assertThat(JobDatabase.isAnySet(state(), Map.of("PATH", "spring"))).isFalse();
  }

  private boolean isAnySet() {
    return JobDatabase.isAnySet(state(), Map.of());
  }

  private StateFolder state() {
    return new StateFolder(home);
  }
}
