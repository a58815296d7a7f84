package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.consentry.cli.Installation.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The codes of a study begin with the same letters in all its releases. */
final class ReleasedPrefixTest {

  private static final String JOB = "eyelid-outcomes";

  @TempDir private Path folder;

  @Test
  void refusesAnotherPrefixThanThatOfEarlierReleases() throws IOException {
    Installation place = SmallSample.in(folder.toRealPath());
    Path mapping = place.root().resolve("mappings/clinic-safe-harbor.yaml");
    String before = Installation.read(mapping);
    assertThat(place.run(JOB).exitCode()).isEqualTo(0);

    Installation.write(
        mapping, before.replace("prefixes:\n", "prefixes:\n  patient: PAT\n  visit: VI\n"));
    Answer refused = place.call("run", place.job(JOB).toString());
    Installation.write(mapping, before.replace("prefixes:\n", "prefixes:\n  visit: VI\n"));
    Answer oneTime =
        place.call(
            "run", "--accept-breaking", "visits have other codes", place.job(JOB).toString());

    assertThat(refused.exitCode()).isEqualTo(10);
    assertThat(refused.err())
        .endsWith(
            "clinic-safe-harbor.yaml:7:12: error CODE_PREFIX codes of 'patient' begin with PAT-,"
                + " but in earlier releases of the study they begin with P-; write"
                + " prefixes: {patient: P} at the top of the mapping, or give the study a new id\n");
    assertThat(oneTime.exitCode()).as(oneTime.err()).isEqualTo(0);
    assertThat(place.releases(JOB)).hasSize(2);
    Installation.write(
        mapping,
        before.replace(
            "domain: patient\n        code: random\n        type: code",
            "domain: patient\n        code: random\n        type: integer"));
    Answer integers = place.call("run", place.job(JOB).toString());

    assertThat(integers.exitCode()).isEqualTo(10);
    assertThat(integers.err())
        .endsWith(
            "clinic-safe-harbor.yaml: error CODE_PREFIX codes of 'patient' are integers, but in"
                + " earlier releases of the study they begin with P-; declare type: code and write"
                + " prefixes: {patient: P} at the top of the mapping, or give the study a new id\n");
  }
}
