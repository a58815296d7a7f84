package org.consentry.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Messages of libraries may quote what a person asked for, such as a patient. */
final class LibraryMessagesTest {

  private static final String CANARY = "CANARY-4711";

  @TempDir private Path folder;

  /** Spring Boot sets up the log again when it starts. */
  @Test
  void noTextIsPrintedWhileTheServiceWorks() {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream both = new PrintStream(printed, true, StandardCharsets.UTF_8);
    System.setOut(both);
    System.setErr(both);
    try (Site site = Site.start(folder)) {
      Logger log = LoggerFactory.getLogger("org.springframework.web.Example");
      IllegalStateException failure = new IllegalStateException(CANARY);
      log.info("{} {}", CANARY, site.address());
      log.warn(CANARY, failure);
      log.error(CANARY, failure);
    } finally {
      System.setOut(out);
      System.setErr(err);
    }

    assertThat(printed.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            "ERROR Example: an error was logged; its text is withheld because it may quote a"
                + " record\n");
  }
}
