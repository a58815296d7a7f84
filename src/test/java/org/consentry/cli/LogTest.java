package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What the shipped configuration of the log prints. */
final class LogTest {

  private static final String CANARY = "CANARY-4711";

  @Test
  void printsThatAnErrorWasLoggedButNeverItsText() throws Exception {
    assertThat(printed("org.another.Library"))
        .isEqualTo(
            "ERROR Library: an error was logged; its text is withheld because it may quote a"
                + " record\n");
  }

  @Test
  void printsNothingOfLibrariesWhoseFailuresTheProgramReportsItself() throws Exception {
    assertThat(printed("org.springframework.batch.core.step.AbstractStep")).isEmpty();
    assertThat(printed("com.zaxxer.hikari.pool.HikariPool")).isEmpty();
    assertThat(printed("hsqldb.db.HSQLDB1.ENGINE")).isEmpty();
  }

  /** What is printed when a library logs at every level, with an exception that quotes a cell. */
  private static String printed(String logger) throws Exception {
    URL shipped = Objects.requireNonNull(LogTest.class.getResource("/logback.xml"));
    PrintStream before = System.err;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
    LoggerContext log = new LoggerContext();
    log.setMDCAdapter(new LogbackMDCAdapter());
    try {
      JoranConfigurator configurator = new JoranConfigurator();
      configurator.setContext(log);
      configurator.doConfigure(shipped);
      IllegalStateException failure =
          new IllegalStateException(CANARY, new IllegalStateException(CANARY));
      log.getLogger(logger).error(CANARY, failure);
      log.getLogger(logger).warn(CANARY, failure);
      log.getLogger(logger).info(CANARY);
      log.getLogger(logger).debug(CANARY);
    } finally {
      log.stop();
      System.setErr(before);
    }
    return printed.toString(StandardCharsets.UTF_8);
  }
}
