package org.consentry.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class OmopGeneratorTest {
  private static final Path COMMITTED = Path.of("sample-data", "omop");

  @Test
  void committedTablesAreWhatTheGeneratorMakes() throws IOException {
    Map<String, byte[]> made = OmopGenerator.files();

    for (Map.Entry<String, byte[]> file : made.entrySet()) {
      assertThat(Files.readAllBytes(COMMITTED.resolve(file.getKey())))
          .as("%s; sample-data/README.md explains how to make it again", file.getKey())
          .isEqualTo(file.getValue());
    }
    try (Stream<Path> files = Files.list(COMMITTED)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(made.keySet());
    }
  }
}
