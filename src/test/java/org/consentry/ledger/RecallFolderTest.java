package org.consentry.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.consentry.keys.SigningKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RecallFolderTest {

  @TempDir Path place;

  @Test
  void everyFileHasTheTimeStampOfTheRecall() throws IOException {
    Path folder = place.resolve("uni-x/list");
    Files.createDirectories(place.resolve("uni-x"));

    RecallFolder.write(
        folder,
        Map.of("recall.csv", "code\r\n", "README.md", "# Recall\n"),
        Instant.parse("2026-11-23T10:11:12.987Z"),
        "clinic-releases",
        SigningKey.generate());

    try (Stream<Path> walk = Files.walk(folder)) {
      List<Path> all = walk.toList();
      assertThat(all).hasSize(6);
      for (Path each : all) {
        assertThat(Files.getLastModifiedTime(each).toInstant()).isEqualTo("2026-11-23T10:11:12Z");
      }
    }
  }
}
