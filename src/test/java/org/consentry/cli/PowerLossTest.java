package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.consentry.testing.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Power is lost during a run, and what was not flushed with it. The build tries some moments, other
 * ones each time; {@code -Dconsentry.losses=N} tries more. Flushes that matter are left out one at
 * a time: then something is lost that must not be.
 */
final class PowerLossTest {

  private static final String JOB = "eyelid-outcomes";

  @TempDir Path folder;

  @Test
  void aReleaseIsCompleteAndInTheLedgerAndTheVaultOrIsNotThere() throws Exception {
    long seed = Long.getLong("consentry.seed", System.nanoTime());
    System.out.println("PowerLossTest has seed " + seed);

    Program.Ended ended =
        sweep(seed, List.of(String.valueOf(Integer.getInteger("consentry.losses", 6))));
    System.out.println(ended.out());

    assertThat(ended.exitCode()).as(ended.text()).isZero();
    assertThat(ended.out()).contains("trials {power loss=");
  }

  @Test
  void everyFlushThatMattersIsMade() throws Exception {
    List<String> flushes =
        List.of(
            "state/ledger/entries.jsonl",
            "state/ledger/head.json.new",
            "state/vault/IRB-#-#/patient.vault",
            "keys/eyelid-outcomes.key.ID.new",
            "releases/JOB");

    Program.Ended ended = sweep(1, flushes);

    assertThat(ended.exitCode()).as(ended.text()).isZero();
    assertThat(ended.out().lines())
        .zipSatisfy(
            flushes,
            (line, flush) -> assertThat(line).startsWith(flush + ": ").isNotEqualTo(flush + ": "));
  }

  private Program.Ended sweep(long seed, List<String> what) throws Exception {
    List<String> words =
        new ArrayList<>(List.of(folder.resolve("clinic").toString(), JOB, String.valueOf(seed)));
    words.addAll(what);
    return Program.java(KillAtEveryChangeTest.options(), PowerSweep.class, words).run();
  }
}
