package org.consentry.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.consentry.config.Recipient;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.consentry.problem.Problems;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a kind of disclosure asks of the recipient of identified records. */
final class HandoverTest {

  private static final Place KIND = Place.of("job.yaml");
  private static final String KEY =
      "age1tkdyy2tyknt56q6v9f83zdqe8uxg8xa00vrf2eszx9vtlj0wfexq60pgva";

  @TempDir private Path folder;

  private Recipient recipient(String more) throws IOException {
    return new SmallPlans(folder)
        .edit("job.yaml", "recipient: {", "recipient: {" + more)
        .plan()
        .job()
        .recipient();
  }

  private static List<String> required(Recipient recipient) {
    Problems problems = new Problems();
    Handover.require(recipient, KIND, problems);
    return problems.list().stream().map(Problem::toString).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"key: " + KEY + ", ", "internal: yes, "})
  void aKeyOrTheOwnOfficeIsEnough(String closed) throws IOException {
    assertThat(required(recipient(closed))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "internal: no, "})
  void otherwiseItIsAnErrorAtTheKind(String open) throws IOException {
    assertThat(required(recipient(open)))
        .containsExactly(
            "job.yaml: error RECIPIENT_KEY this release has records of people who can be"
                + " identified, so it is encrypted to its recipient, or stays in a folder of the"
                + " clinic's own office; add recipient.key with the recipient's public key of age,"
                + " or recipient.internal: yes");
  }

  /** A secret key may be in its place by mistake. */
  @Test
  void aJobInAMessageDoesNotShowTheKey() throws IOException {
    assertThat(recipient("key: " + KEY + ", ").toString())
        .contains("AgeKey")
        .doesNotContain("age1");
  }
}
