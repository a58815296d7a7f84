package org.consentry.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.consentry.config.Job;
import org.consentry.config.JobFile;
import org.consentry.policy.Policies;
import org.consentry.problem.Problem;
import org.consentry.problem.Problems;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A first job is read without a mistake, and releases nothing before a person completes it. */
final class DraftJobTest {

  @TempDir private Path folder;

  private Job read(String source, String consent) throws IOException {
    Files.createDirectories(folder.resolve("jobs"));
    Path file = Files.writeString(folder.resolve("jobs/first.yaml"), DraftJob.of(source, consent));
    Problems problems = new Problems();
    Job job = JobFile.read(file, "first.yaml", problems).orElseThrow().job();
    assertThat(problems.list()).isEmpty();
    return job;
  }

  @ParameterizedTest
  @ValueSource(strings = {"../clinic", "../a clinic", "../clinic: new", "../\"x\"", "no"})
  void namesTheFoldersItWasGiven(String source) throws IOException {
    Job job = read(source, source + "/consents.csv");

    assertThat(job.source().settings().entry("path").orElseThrow().value().toString())
        .contains(source);
    assertThat(job.consent().path().value()).isEqualTo(Path.of(source + "/consents.csv"));
  }

  @Test
  void isOfSafeHarborAndParquet() throws IOException {
    Job job = read("../clinic", "../clinic/consents.csv");

    assertThat(job.name()).isEqualTo("first");
    assertThat(job.target().value()).isEqualTo("safe-harbor");
    assertThat(job.output().format().value()).isEqualTo("parquet");
    assertThat(job.mapping().value()).isEqualTo(Path.of("../mappings/first.yaml"));
  }

  @Test
  void listsEveryTarget() {
    assertThat(DraftJob.of("a", "b")).contains(String.join(" | ", Policies.SHIPPED.targets()));
  }

  @Test
  void lacksTheWordOfAPersonThatSafeHarborNeeds() throws IOException {
    read("../clinic", "../clinic/consents.csv");
    Files.createDirectories(folder.resolve("clinic"));
    Files.createDirectories(folder.resolve("mappings"));
    Files.writeString(folder.resolve("clinic/consents.csv"), "line_id\n");
    Files.writeString(folder.resolve("clinic/patients.csv"), "patient_id,date_of_birth\n");
    Files.writeString(
        folder.resolve("mappings/first.yaml"),
        DraftMapping.of(Map.of("patients", List.of("patient_id", "date_of_birth"))).orElseThrow());

    List<Problem> problems =
        Planner.check(folder.resolve("jobs/first.yaml"), LocalDate.of(2026, 11, 23));

    assertThat(problems)
        .extracting(Problem::code)
        .containsExactly("NOTHING_RELEASED", "ATTESTATION_MISSING");
  }
}
