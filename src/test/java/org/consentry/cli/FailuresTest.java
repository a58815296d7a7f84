package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Failures of Java and its libraries, as a person gets to see them. */
final class FailuresTest {

  @Test
  void namesTheFolderOfALibraryThatCannotBeLoaded() {
    Throwable failure =
        new IllegalStateException(new NoClassDefFoundError("com/github/luben/zstd/Zstd"));

    assertThat(Failures.problem(failure).toString())
        .isEqualTo(
            System.getProperty("java.io.tmpdir")
                + ": error NOT_LOADED a library of the program cannot be loaded; check that this"
                + " folder has room and lets programs run (no mount option noexec), or name another"
                + " by CONSENTRY_JAVA_OPTS=-Djava.io.tmpdir=DIR; check that a process may open 256"
                + " files (ulimit -n); then resume the run");
    assertThat(Failures.codeOf(failure)).as("no repetition helps").isEqualTo(1);
  }

  @Test
  void repeatsNoMessageThatMayQuoteARecord() {
    Throwable failure = new NumberFormatException("For input string: CANARY");

    assertThat(Failures.problem(failure).toString())
        .startsWith(FailuresTest.class.getName() + ":")
        .endsWith(
            ": error INTERNAL an unexpected NumberFormatException ended the command; report it with"
                + " this line");
    assertThat(Failures.codeOf(failure)).isEqualTo(1);
  }
}
