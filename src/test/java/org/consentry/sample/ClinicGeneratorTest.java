package org.consentry.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class ClinicGeneratorTest {
  private static final Path COMMITTED = Path.of("sample-data", "clinic");

  @Test
  void committedFilesAreWhatTheGeneratorMakes() throws IOException {
    Map<String, byte[]> made = ClinicGenerator.files();

    for (Map.Entry<String, byte[]> file : made.entrySet()) {
      assertThat(Files.readAllBytes(COMMITTED.resolve(file.getKey())))
          .as("%s; sample-data/README.md explains how to make it again", file.getKey())
          .isEqualTo(file.getValue());
    }
  }

  @Test
  void nothingElseIsCommittedBesideThem() throws IOException {
    try (Stream<Path> files = Files.list(COMMITTED)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(ClinicGenerator.files().keySet());
    }
  }

  @Test
  void twoRunsMakeTheSameBytes() {
    Map<String, byte[]> first = ClinicGenerator.files();
    Map<String, byte[]> second = ClinicGenerator.files();

    assertThat(first.keySet()).isEqualTo(second.keySet());
    first.forEach((name, bytes) -> assertThat(bytes).as(name).isEqualTo(second.get(name)));
  }
}
