package org.consentry.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.consentry.config.ConsentRule.Minors;
import org.consentry.config.ConsentRule.UnknownRestrictions;
import org.consentry.config.Job.KeyText;
import org.consentry.config.Job.Zone;
import org.consentry.config.TableRule.TableReference;
import org.consentry.data.RecordCategory;
import org.consentry.problem.Problems;
import org.consentry.testing.ProblemSpec;
import org.consentry.testing.Specs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What files mean that leave something out: always the strict choice. */
final class JobDefaultsTest {

  @TempDir private Path folder;

  private static String base(String file) throws IOException {
    ProblemSpec spec =
        Objects.requireNonNull(Specs.read("config", ProblemSpec.class).byFile().get(file));
    return Objects.requireNonNull(spec.files().get(spec.edits()));
  }

  private Job job(String... changes) throws IOException {
    Path file = Files.writeString(folder.resolve("job.yaml"), changed(base("job.yaml"), changes));
    Problems problems = new Problems();
    Job job = JobFile.read(file, "job.yaml", problems).orElseThrow().job();
    assertThat(problems.list()).isEmpty();
    return job;
  }

  private Mapping mapping(String... changes) throws IOException {
    Path file =
        Files.writeString(folder.resolve("map.yaml"), changed(base("mapping.yaml"), changes));
    Problems problems = new Problems();
    Mapping mapping = MappingFile.read(file, "map.yaml", problems).orElseThrow().mapping();
    assertThat(problems.list()).isEmpty();
    return mapping;
  }

  /** Words and what replaces them, in turn. */
  private static String changed(String text, String... changes) {
    String answer = text;
    for (int i = 0; i < changes.length; i += 2) {
      assertThat(answer).contains(changes[i]);
      answer = answer.replace(changes[i], changes[i + 1]);
    }
    return answer;
  }

  @Test
  void nothingIsToleratedWithoutAWordForIt() throws IOException {
    Job job = job("rejects: {share: 0.001}\n", "");

    assertThat(job.rejects()).isEmpty();
    assertThat(Job.Rejects.NONE.share()).isZero();
    assertThat(job.quality()).isEmpty();
    assertThat(job.approval()).isEmpty();
    assertThat(job.tables()).isEmpty();
    assertThat(job.output().csv()).isEmpty();
  }

  @Test
  void aRecipientWorksNeitherForProfitNorWithoutWithoutAWordForIt() throws IOException {
    Recipient recipient = job().recipient();

    assertThat(recipient.profit()).isEmpty();
    assertThat(recipient.use()).isEmpty();
    assertThat(recipient.classes()).isEmpty();
  }

  @Test
  void consentOfParentsEndsWithMajorityWithoutAWordForIt() throws IOException {
    ConsentRule rule = job(", majority: {default: 18, AL: 19}", "").consent();

    assertThat(rule.minors()).isEqualTo(Minors.RECONSENT);
    assertThat(rule.unknownRestrictions()).isEqualTo(UnknownRestrictions.STOP);
    assertThat(rule.stewardDecision()).isEmpty();
    assertThat(rule.assentAge()).isEqualTo(7);
    assertThat(rule.ages())
        .isEqualTo(Map.of("default", 18, "AL", 19, "NE", 19, "MS", 21, "PR", 21));
  }

  @Test
  void oneAgeOfMajorityDoesNotForgetTheOthers() throws IOException {
    assertThat(job("AL: 19", "AL: 20, TX: 17").consent().ages())
        .isEqualTo(Map.of("default", 18, "AL", 20, "NE", 19, "MS", 21, "PR", 21, "TX", 17));
  }

  @ParameterizedTest
  @CsvSource({"14, 25", "25, 14"})
  void theOldestAndTheYoungestAgeOfMajorityAreTaken(int otherwise, int alabama) throws IOException {
    assertThat(
            job("{default: 18, AL: 19}", "{default: " + otherwise + ", AL: " + alabama + "}")
                .consent()
                .ages())
        .containsEntry("default", otherwise)
        .containsEntry("AL", alabama);
  }

  @Test
  void aShareOfNoneIsTaken() throws IOException {
    assertThat(job("share: 0.001", "share: 0").rejects().orElseThrow().share()).isZero();
  }

  @Test
  void pathsAreRelativeToTheFolderOfTheJob() throws IOException {
    job();
    Path file = folder.resolve("job.yaml");

    JobFile read = JobFile.read(file, "job.yaml", new Problems()).orElseThrow();

    assertThat(read.folder()).isEqualTo(folder);
    assertThat(read.job().mapping().value()).isEqualTo(Path.of("map.yaml"));
    assertThat(read.name()).isEqualTo("job.yaml");
  }

  @Test
  void aReferenceToAKeyIsNotShown() throws IOException {
    Job job = job();

    assertThat(job.keys().study().value().text()).isEqualTo("file:study.key");
    assertThat(job.keys()).asString().doesNotContain("study.key").contains("file:...");
  }

  @ParameterizedTest
  @ValueSource(strings = {"file:a", "env:A", "exec:a b", "file:\nx"})
  void aReferenceBeginsWithWhereTheKeyIs(String text) {
    assertThat(KeyText.parse(text)).contains(new KeyText(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"file:", "env", "FILE:a", " file:a", "vault:a", "c2VjcmV0"})
  void aKeyItselfIsNoReference(String text) {
    assertThat(KeyText.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTC", "America/Phoenix", "Europe/Berlin", "America/Argentina/Salta"})
  void aZoneIsARegion(String word) {
    assertThat(Zone.parse(word).orElseThrow().id().getId()).isEqualTo(word);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Z", "GMT", "MST", "CET", "UTC+1", "+01:00", "Etc/GMT+1", "america/phoenix", "x"})
  void whatDependsOnADayOrIsAnOffsetIsNoZone(String word) {
    assertThat(Zone.parse(word)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"visits.visit_id, visits, visit_id", "a.b.c, a, b.c", "a.b c, a, b c"})
  void aReferenceIsATableAndAColumn(String word, String table, String column) {
    assertThat(TableReference.parse(word)).contains(new TableReference(table, column));
  }

  @ParameterizedTest
  @ValueSource(strings = {"visits", ".visit_id", "visits.", ".", ""})
  void aWordWithoutBothIsNoReference(String word) {
    assertThat(TableReference.parse(word)).isEmpty();
  }

  private static TableRule table(Mapping mapping, String name) {
    return Objects.requireNonNull(mapping.tables().get(name));
  }

  @Test
  void aColumnWithoutARuleStopsTheRunWithoutAWordForIt() throws IOException {
    assertThat(mapping("unmapped: stop\n", "").unmapped().value())
        .isEqualTo(Mapping.UnmappedColumns.STOP);
  }

  @Test
  void keysAreComparedByteByByteWithoutAWordForIt() throws IOException {
    assertThat(table(mapping(), "visits").compareKeys().value())
        .isEqualTo(TableRule.KeyComparison.EXACT);
  }

  @Test
  void aColumnHasTheCategoryOfItsTableUnlessItHasItsOwn() throws IOException {
    TableRule visits = table(mapping(), "visits");

    assertThat(visits.categories("day")).isEqualTo(Set.of(RecordCategory.VISIT));
    assertThat(visits.categories("note")).isEqualTo(Set.of(RecordCategory.NOTE));
    assertThat(visits.categories("unknown")).isEqualTo(Set.of(RecordCategory.VISIT));
  }

  @Test
  void oneRuleAndAListOfOneAreTheSame() throws IOException {
    String rule = "{role: free-text, category: NOTE, do: keep, type: text}";

    OutputRule alone = outputs(mapping()).get(0);
    OutputRule listed = outputs(mapping("note: " + rule, "note: [" + rule + "]")).get(0);

    assertThat(listed.operator().value()).isEqualTo(alone.operator().value());
    assertThat(listed.texts()).isEqualTo(alone.texts());
    assertThat(listed.category().map(WithPlace::value))
        .isEqualTo(alone.category().map(WithPlace::value));
  }

  private static List<OutputRule> outputs(Mapping mapping) {
    return Objects.requireNonNull(table(mapping, "visits").columns().get("note")).outputs();
  }

  @Test
  void aDerivedColumnReadsAsARuleOfOneColumn() throws IOException {
    DeriveRule rule =
        table(
                mapping(
                    "release: {as: span, role: quasi-identifier, type: integer}",
                    "onInvalid: blank\n        release: {as: span, role: quasi-identifier, type: integer,"
                        + " why: age, label: Age, unit: years, category: LAB}"),
                "visits")
            .derive()
            .get(0);

    OutputRule output = rule.outputs().get(0);

    assertThat(output.as().orElseThrow().value()).isEqualTo("span");
    assertThat(output.operator().value()).isEqualTo("interval");
    assertThat(output.role().value()).isEqualTo(OutputRule.Role.QUASI_IDENTIFIER);
    assertThat(output.onInvalid()).isEqualTo(rule.onInvalid()).isPresent();
    assertThat(output.label()).contains("Age");
    assertThat(output.texts().why()).isEqualTo("age");
    assertThat(output.texts().unit()).isEqualTo("years");
    assertThat(output.category().orElseThrow().value()).isEqualTo(RecordCategory.LAB);
    assertThat(rule.inputs())
        .extracting(WithPlace::value)
        .containsExactly("subject.birthDate", "day");
  }

  @Test
  void whatPeopleWroteIsEmptyWhereTheyWroteNothing() throws IOException {
    OutputRule note = outputs(mapping()).get(0);

    assertThat(note.texts().why()).isEmpty();
    assertThat(note.texts().unit()).isEmpty();
    assertThat(note.acknowledge()).isEmpty();
  }
}
