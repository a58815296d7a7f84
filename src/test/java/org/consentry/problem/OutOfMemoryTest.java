package org.consentry.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.consentry.testing.Program;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A process whose memory runs out ends at once, with an exit code of its own. */
final class OutOfMemoryTest {

  @ParameterizedTest
  @ValueSource(strings = {"plain", "wrapped"})
  void endsTheProcessAtOnce(String how) throws Exception {
    Program.Ended ended =
        Program.java(List.of("-Xmx16m", "-XX:+UseSerialGC"), MemoryEater.class, List.of(how)).run();

    assertThat(ended.exitCode()).isEqualTo(OutOfMemory.EXIT_CODE).isEqualTo(137);
    assertThat(ended.out()).isEqualTo("before\n");
    assertThat(ended.err())
        .isEqualTo(
            "consentry: error OUT_OF_MEMORY memory ran out and the process ended at once. Give it"
                + " more with CONSENTRY_JAVA_OPTS=-Xmx1g, then see consentry status.\n");
  }
}
