package org.consentry.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.consentry.cli.Installation.Answer;
import org.consentry.ledger.RunRecord;
import org.consentry.ledger.RunRecords;
import org.consentry.ledger.StateFolder;
import org.consentry.testing.SmallClinic;
import org.consentry.testing.SmallClinic.Basis;

/** A small clinic with a job that may ask for approvals, and commands given in this process. */
final class StagedClinic {

  private final Path root;
  private final Path job;
  private final StateFolder state;

  private StagedClinic(Path root, Path job, StateFolder state) {
    this.root = root;
    this.job = job;
    this.state = state;
  }

  /** In an empty folder, before its first run. */
  static StagedClinic in(Path root) {
    return in(root, "approval: {required: 1}");
  }

  /** The same with another line of the job in place of the approval. */
  static StagedClinic in(Path root, String line) {
    try {
      Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
      SmallClinic clinic = new SmallClinic(root).patients(1, 12);
      Path job = clinic.job("approved", "a", "R1", Basis.WAIVER);
      Files.writeString(job, Files.readString(job) + line + "\nzone: America/Phoenix\n");
      StagedClinic staged = new StagedClinic(root, job, clinic.state());
      staged.pin("ann");
      return staged;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Pins one approver with a new key. */
  void pin(String name) {
    try {
      Files.deleteIfExists(keyOf(name));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    Approvers.pin(state, this::keyOf, name);
  }

  private Path keyOf(String name) {
    return root.resolve("approvers/" + name + ".pem");
  }

  StateFolder state() {
    return state;
  }

  Path job() {
    return job;
  }

  Answer call(String... words) {
    List<String> all = new ArrayList<>(Arrays.asList(words));
    all.addAll(List.of("--home", state.home().toString()));
    return Installation.execute(all);
  }

  /** Approves the newest run. */
  Answer approve(String name, String... more) {
    List<String> words = new ArrayList<>(List.of("approve", run().run()));
    words.addAll(List.of("--key", "file:" + keyOf(name)));
    words.addAll(Arrays.asList(more));
    return call(words.toArray(String[]::new));
  }

  /** The newest run. */
  RunRecord run() {
    return new RunRecords(state).all().get(0);
  }
}
