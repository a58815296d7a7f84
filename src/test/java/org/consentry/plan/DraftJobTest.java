package org.consentry.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.consentry.config.Job;
import org.consentry.config.JobFile;
import org.consentry.connector.CsvFolderForm;
import org.consentry.policy.Policies;
import org.consentry.problem.Problem;
import org.consentry.problem.Problems;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** First jobs are refused for their placeholders, and are read without a mistake when filled. */
final class DraftJobTest {

  private static final Pattern PLACEHOLDER =
      Pattern.compile("<(?:[^<>]*such as ([^<>]+)|([a-zA-Z'][^<>]*))>");

  @TempDir private Path folder;

  static List<String> targets() {
    return DraftJob.targets();
  }

  private static DraftJob.Files files(String folder) {
    return new DraftJob.Files(folder, CsvFolderForm.RFC_4180);
  }

  private static DraftJob.Consents consents(String path) {
    return new DraftJob.Consents(path, List.of());
  }

  private static DraftMapping.Draft mapping(String... identity) {
    return new DraftMapping.Draft("", List.of(identity), DraftMapping.Adults.BY_BIRTHS);
  }

  private static String draft(String target, String source) {
    return Objects.requireNonNull(
        DraftJob.all(files(source), consents(source + "/consents.csv"), mapping("patients.sex"))
            .get(target));
  }

  /** What a person writes: the example of a placeholder, or its words. */
  private static String filled(String draft) {
    return PLACEHOLDER
        .matcher(draft)
        .replaceAll(
            found ->
                found.group().equals("<...>")
                    ? found.group()
                    : found.group(1) == null ? found.group(2) : found.group(1));
  }

  private Job read(String text, Problems problems) throws IOException {
    Path file = Files.writeString(folder.resolve("first.yaml"), text);
    return JobFile.read(file, "first.yaml", problems).orElseThrow().job();
  }

  @ParameterizedTest
  @ValueSource(strings = {"../clinic", "../a clinic", "../clinic: new", "../\"x\"", "no"})
  void namesTheFoldersItWasGiven(String source) throws IOException {
    Job job = read(filled(draft("safe-harbor", source)), new Problems());

    assertThat(job.source().settings().entry("path").orElseThrow().value().toString())
        .contains(source);
    assertThat(job.consent().path().orElseThrow().value())
        .isEqualTo(Path.of(source + "/consents.csv"));
  }

  @ParameterizedTest
  @MethodSource("targets")
  void isReadWithoutAMistakeWhenItIsFilled(String target) throws IOException {
    Problems problems = new Problems();

    Job job = read(filled(draft(target, "../clinic")), problems);

    assertThat(problems.list()).isEmpty();
    assertThat(job.target().value()).isEqualTo(target);
    assertThat(Policies.SHIPPED.named(target).orElseThrow().target().bases())
        .contains(job.legalBasis().value());
    assertThat(job.output().format().value()).isEqualTo("parquet");
    assertThat(job.mapping().value()).isEqualTo(Path.of("../mappings/first.yaml"));
  }

  @ParameterizedTest
  @MethodSource("targets")
  void isRefusedForEachPlaceholder(String target) throws IOException {
    Problems problems = new Problems();
    Path file = Files.writeString(folder.resolve("first.yaml"), draft(target, "../clinic"));

    JobFile.read(file, "first.yaml", problems);

    assertThat(problems.list())
        .extracting(Problem::code)
        .hasSizeGreaterThanOrEqualTo(8)
        .containsOnly("PLACEHOLDER");
  }

  @Test
  void listsEveryTarget() {
    assertThat(DraftJob.all(files("a"), consents("b"), mapping()).keySet())
        .containsExactlyElementsOf(Policies.SHIPPED.targets());
  }

  @Test
  void theRiskIsMeasuredWhereTheTargetIsAVerySmallRisk() throws IOException {
    Job job = read(filled(draft("expert-determination", "a")), new Problems());

    assertThat(job.risk()).isPresent();
    assertThat(draft("safe-harbor", "a")).doesNotContain("risk:");
    assertThat(DraftJob.all(files("a"), consents("b"), mapping()).get("expert-determination"))
        .contains("    - <released column, such as patients.birth_year>\n");
  }
}
