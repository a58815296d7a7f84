package org.consentry.service.notice;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import org.consentry.keys.KeyReference;
import org.consentry.keys.SharedSecret;

/** A notice and a secret for tests. */
final class Sample {

  static final Notice NOTICE =
      new Notice(
          Notice.What.RELEASED,
          "run-1",
          Instant.parse("2026-11-29T07:12:00Z"),
          Map.of("job", "outcomes"),
          "");

  private Sample() {}

  static SharedSecret secret(Path folder, String text) throws IOException {
    Path file = folder.resolve("secret");
    Files.writeString(file, text + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return SharedSecret.read(new KeyReference.InFile(file));
  }
}
