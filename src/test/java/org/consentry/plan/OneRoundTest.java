package org.consentry.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import org.consentry.problem.Problem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person finds every mistake in one round, whatever kind it is of and wherever it is. */
final class OneRoundTest {

  private static final LocalDate TODAY = LocalDate.of(2026, 11, 23);
  private static final Path JOB = Path.of("jobs", "eyelid-outcomes.yaml");
  private static final Path MAPPING = Path.of("mappings", "clinic-safe-harbor.yaml");

  @TempDir private Path folder;

  @BeforeEach
  void copySample() throws IOException {
    for (Path part : List.of(Path.of("jobs"), Path.of("mappings"), Path.of("sample-data/clinic"))) {
      Files.createDirectories(folder.resolve(part));
      try (var files = Files.list(part)) {
        for (Path file : files.toList()) {
          Files.copy(file, folder.resolve(file));
        }
      }
    }
  }

  @Test
  void reportsMistakesOfTenKindsTogether() throws IOException {
    edit(
        JOB,
        "title: Outcomes of upper eyelid surgery",
        "titel: Outcomes of upper eyelid surgery",
        "purpose: CLINTRCH",
        "purpose: CLINTRHC",
        "  name: Dr. A. Example\n",
        "",
        "legalBasis: de-identified",
        "legalBasis: deidentified",
        "state: open",
        "state: open: yes",
        "consents.csv",
        "consent.csv",
        "tables: [patients, visits,",
        "tables: [patients, visit,",
        "patients.zip3]",
        "patients.zip]");
    edit(MAPPING, "version: 1", "version: three", "list: census-2020", "list: census-2021");

    assertThat(found())
        .containsExactly(
            "jobs/eyelid-outcomes.yaml:12:14: error YAML_SYNTAX found ': ' inside a value, which"
                + " makes a key of it; quote the value: \"...\"",
            "jobs/eyelid-outcomes.yaml:10:3: error UNKNOWN_KEY unknown key 'titel'; did you mean"
                + " 'title'?",
            "jobs/eyelid-outcomes.yaml:16:1: error MISSING_KEY the key 'name' is missing; name: the"
                + " person who answers for the data",
            "jobs/eyelid-outcomes.yaml:24:13: error UNKNOWN_WORD expected one of authorization,"
                + " waiver, limited-data-set, de-identified, gdpr-consent but found 'deidentified';"
                + " did you mean 'de-identified'?",
            "mappings/clinic-safe-harbor.yaml:3:10: error WRONG_TYPE expected a whole number but"
                + " found 'three'",
            "jobs/eyelid-outcomes.yaml:11:12: error PURPOSE 'CLINTRHC' is no purpose of use; did"
                + " you mean 'CLINTRCH'?",
            "jobs/eyelid-outcomes.yaml:35:9: error NO_SUCH_FILE there is no readable file of"
                + " consent lines at '../sample-data/clinic/consent.csv'; paths are relative to the"
                + " folder of this file",
            "jobs/eyelid-outcomes.yaml:41:20: error UNKNOWN_TABLE the mapping has no table 'visit';"
                + " did you mean 'visits'?",
            "mappings/clinic-safe-harbor.yaml:59:15: error UNKNOWN_WORD expected one of census-2020"
                + " but found 'census-2021'; did you mean 'census-2020'?",
            "jobs/eyelid-outcomes.yaml:46:70: error RISK_COLUMN no released column is named"
                + " 'patients.zip'; did you mean 'patients.zip3'?");
  }

  @Test
  void reportsAWrongKeyOnce() throws IOException {
    edit(MAPPING, "do: birth-year", "dorp: birth-year");

    assertThat(found())
        .hasSize(1)
        .first()
        .asString()
        .contains("unknown key 'dorp'; did you mean 'do'?");
  }

  @Test
  void readsWhatIsLeftOfAnyText() throws IOException {
    long seed = 20261129;
    Random random = new Random(seed);
    for (int round = 0; round < 60; round++) {
      Path file = folder.resolve(random.nextBoolean() ? JOB : MAPPING);
      String before = Files.readString(file);
      StringBuilder text = new StringBuilder(before);
      for (int i = 0; i <= random.nextInt(6); i++) {
        int at = random.nextInt(text.length());
        switch (random.nextInt(4)) {
          case 0 -> text.deleteCharAt(at);
          case 1 -> text.insert(at, "{}[]:,'\"-#&*!\t\n x".charAt(random.nextInt(17)));
          case 2 -> text.setCharAt(at, "{}[]:,'\"x0".charAt(random.nextInt(10)));
          default -> text.delete(at, Math.min(text.length(), at + random.nextInt(30)));
        }
      }
      Files.writeString(file, text);
      int number = round;
      assertThatCode(this::found).as("seed %d round %d", seed, number).doesNotThrowAnyException();
      Files.writeString(file, before);
    }
  }

  private List<String> found() {
    String top = folder + "/";
    return Planner.check(folder.resolve(JOB), TODAY).stream()
        .map(Problem::toString)
        .map(line -> line.replace(top, ""))
        .toList();
  }

  private void edit(Path file, String... pairs) throws IOException {
    String text = Files.readString(folder.resolve(file));
    for (int i = 0; i < pairs.length; i += 2) {
      assertThat(text).contains(pairs[i]);
      text = text.replace(pairs[i], pairs[i + 1]);
    }
    Files.writeString(folder.resolve(file), text);
  }
}
