package org.consentry.service;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Who gets metrics.
 *
 * @param file the file into which they are written; empty means none
 * @param token who has it reads the page of metrics; empty means that there is no page
 */
record MetricsSettings(Optional<MetricsFile> file, Optional<MetricsToken> token) {

  private static final String FILE = "consentry.metrics.file";
  private static final String TOKEN = "consentry.metrics.token";

  /** All keys. */
  static final List<String> KEYS = List.of(FILE, TOKEN);

  /**
   * What a file of settings states; what is wrong is added to its problems.
   *
   * @param folder relative paths are relative to it
   */
  static MetricsSettings read(SettingsFile file, Path folder) {
    Optional<MetricsToken> token =
        file.value(TOKEN)
            .flatMap(reference -> file.secret(TOKEN, folder))
            .map(secret -> new MetricsToken(secret.text()));
    if (token.filter(one -> !one.isLong()).isPresent()) {
      file.problem(
          TOKEN,
          "expected a token of " + MetricsToken.LEAST + " characters or more",
          "openssl rand -hex 32 makes one");
    }
    return new MetricsSettings(file.value(FILE).map(folder::resolve).map(MetricsFile::new), token);
  }
}
