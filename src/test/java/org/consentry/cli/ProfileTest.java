package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.consentry.cli.Installation.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What {@code profile} and {@code validate --data} show of the sample clinic, and what they do not.
 */
final class ProfileTest {

  private static final String JOB = "eyelid-outcomes";
  private static final String NOTE = "note: {role: free-text, category: NOTE, do: drop, why: ";

  @TempDir Path folder;

  private Installation place;
  private Path mapping;

  @BeforeEach
  void install() throws IOException {
    place = Installation.in(folder.toRealPath());
    mapping = place.root().resolve("mappings/clinic-safe-harbor.yaml");
  }

  private Answer profile(String... more) {
    String[] words = Arrays.copyOf(new String[] {"profile"}, 2 + more.length);
    System.arraycopy(more, 0, words, 1, more.length);
    words[words.length - 1] = place.job(JOB).toString();
    return place.call(words);
  }

  private List<String> problems(Answer answer) {
    return answer
        .out()
        .replace(place.root() + "/", "")
        .lines()
        .filter(line -> line.contains(": error ") || line.contains(": warning "))
        .toList();
  }

  /** The notes of the sample under another name, declared as codes. */
  private void keepNotes() {
    String text = Installation.read(mapping);
    int from = text.indexOf(NOTE);
    int to = text.indexOf('\n', from);
    Installation.write(
        mapping,
        text.substring(0, from)
            + "item_7: {role: sensitive, do: keep, type: code, onInvalid: blank}"
            + text.substring(to));
    place.replace(place.clinic("visits"), ",note\n", ",item_7\n");
  }

  @Test
  void theSampleHasNoErrorAndItsMistakesAreWarnings() {
    Answer answer = profile();

    assertThat(answer.exitCode()).as(answer.out() + answer.err()).isZero();
    assertThat(answer.out().lines())
        .contains("table visits: 5130 rows", "table patients: 1004 rows")
        .anyMatch(
            line -> line.matches("  visit_id +code +0 % +unique +7 +looks like record-number"))
        .anyMatch(line -> line.matches("  email +code +16 % +all but <11 +21-40 +email 100 %.*"));
    assertThat(problems(answer))
        .contains(
            "mappings/clinic-safe-harbor.yaml:20:11: warning KEY_REPEATS column 'patient_id' of"
                + " table 'patients' is declared as its key, and <11 of its values repeat an"
                + " earlier one; name the columns that make a row unique, or repair the table")
        .noneMatch(line -> line.contains("CONTENT_"));
  }

  @Test
  void notesReleasedAsACodeAreErrorsUnderSafeHarbor() {
    keepNotes();

    Answer answer = profile();

    String at = "mappings/clinic-safe-harbor.yaml:138:37: error SH_CONTENT_";
    String column = " column 'item_7' of table 'visits' is released as it is, and ";
    String remedy = "; drop it, or use an operator that lets nothing of them out";
    assertThat(answer.exitCode()).isEqualTo(10);
    assertThat(problems(answer))
        .contains(
            at
                + "DATE"
                + column
                + "30 % of its values contain dates (45 CFR 164.514(b)(2)(i)(C))"
                + remedy,
            at
                + "NAME"
                + column
                + "41 % of its values contain names of people (45 CFR 164.514(b)(2)(i)(A))"
                + remedy,
            at
                + "PHONE"
                + column
                + "15 % of its values contain telephone numbers (45 CFR 164.514(b)(2)(i)(D))"
                + remedy,
            at
                + "FREE_TEXT"
                + column
                + "82 % of its values contain free text (45 CFR 164.514(b)(2)(i))"
                + remedy);
  }

  @Test
  void validateWithDataFindsTheSameAndWithoutDataDoesNot() {
    keepNotes();
    String job = place.job(JOB).toString();

    Answer words = place.call("validate", job);
    Answer data = place.call("validate", "--data", job);

    assertThat(words.exitCode()).isZero();
    assertThat(data.exitCode()).isEqualTo(10);
    assertThat(problems(data)).containsAll(problems(profile()));
  }

  @Test
  void itNeedsNoKeyAndWritesNothing() {
    Set<Path> before = Set.copyOf(Installation.files(place.root()));

    assertThat(profile().exitCode()).isZero();

    assertThat(Set.copyOf(Installation.files(place.root()))).isEqualTo(before);
    assertThat(place.home()).doesNotExist();
  }

  @Test
  void noValueOfTheClinicIsShown() {
    CanaryClinic.over(place);
    keepNotes();

    Answer text = profile();
    Answer json = profile("--json");
    Answer data = place.call("validate", "--data", place.job(JOB).toString());

    assertThat(text.out()).contains("table visits: <11 rows");
    for (Answer answer : List.of(text, json, data)) {
      assertThat(Leaks.in(answer.out() + answer.err())).isEmpty();
    }
  }

  @Test
  void noCountFromOneToTenIsShown() {
    CanaryClinic.over(place);

    List<JsonNode> columns =
        profile("--json")
            .out()
            .lines()
            .map(line -> JsonMapper.builder().build().readTree(line))
            .filter(line -> line.has("type"))
            .toList();

    assertThat(columns).hasSizeGreaterThan(40);
    for (JsonNode column : columns) {
      for (String field : List.of("rows", "missing", "fitting", "distinct")) {
        assertThat(column.get(field).asString()).doesNotMatch("[1-9]|10");
      }
    }
  }

  @Test
  void programsGetAnObjectAColumnAndAProblem() {
    List<JsonNode> lines =
        profile("--json")
            .out()
            .lines()
            .map(line -> JsonMapper.builder().build().readTree(line))
            .toList();

    assertThat(lines.get(0).get("schema").asString()).isEqualTo("consentry-events-1");
    Map<String, JsonNode> columns = new TreeMap<>();
    lines.stream()
        .filter(line -> line.has("type"))
        .forEach(
            line ->
                columns.put(
                    line.get("table").asString() + "." + line.get("column").asString(), line));
    JsonNode visited = Objects.requireNonNull(columns.get("visits.visited_on"));
    assertThat(visited.get("type").asString()).isEqualTo("date");
    assertThat(visited.get("form").asString()).isEqualTo("yyyy-MM-dd");
    assertThat(visited.get("rows").asString()).isEqualTo("5130");
    JsonNode note = Objects.requireNonNull(columns.get("visits.note"));
    assertThat(note.get("found").get("phone").asString()).isEqualTo("15 %");
    assertThat(lines.stream().filter(line -> line.has("code")))
        .anyMatch(line -> line.get("code").asString().equals("KEY_REPEATS"));
  }

  @Test
  void anyNumberOfThreadsFindsTheSame() {
    assertThat(profile("--threads", "1").out()).isEqualTo(profile("--threads", "7").out());
  }

  @Test
  void aFolderIsProfiledWithoutAJob() {
    Answer answer = place.call("profile", "--from", place.root() + "/sample-data/clinic");

    assertThat(answer.exitCode()).isZero();
    assertThat(answer.out().lines().filter(line -> line.startsWith("table ")).sorted())
        .containsExactly(
            "table patients: 1004 rows",
            "table photos: 2478 rows",
            "table procedures: 1516 rows",
            "table proms: 1805 rows",
            "table visits: 5130 rows");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "both"})
  void aJobOrAFolderIsNamed(String which) {
    Answer answer =
        which.isEmpty()
            ? place.call("profile")
            : place.call("profile", "--from", "x", place.job(JOB).toString());

    assertThat(answer.exitCode()).isEqualTo(2);
    assertThat(answer.err())
        .isEqualTo(
            "profile: error JOB_OR_FOLDER expected a job or --from with a folder, one of them;"
                + " name the job file\n");
  }

  @Test
  void aDraftThatReleasesNothingIsProfiled() {
    Path draft = place.root().resolve("new");
    Installation.remove(place.clinic("photos"));
    place.call("init", "--from", place.root() + "/sample-data/clinic", draft.toString());

    Answer answer = place.call("profile", Drafts.filled(draft).toString());

    assertThat(answer.exitCode()).as(answer.out() + answer.err()).isZero();
    assertThat(answer.out()).contains("table visits: 5130 rows");
  }

  @Test
  void aTableWithoutRowsIsAWarning() {
    String text = Installation.read(place.clinic("visits"));
    Installation.write(place.clinic("visits"), text.substring(0, text.indexOf('\n') + 1));

    Answer answer = profile();

    assertThat(answer.out()).contains("table visits: 0 rows");
    assertThat(problems(answer))
        .anyMatch(
            line ->
                line.contains(
                    "warning EMPTY_TABLE table 'visits' has no rows; check the export, or leave the"
                        + " table out"));
  }

  @Test
  void columnsThatAreNotWhatTheMappingDeclaresAreReported() {
    String rows =
        "patient_id,visit_id,prom_id,completed_on,instrument,score,satisfaction\n"
            + "P000001,V1,1,2020-01-01,,high,5\n".repeat(12);
    Installation.write(place.clinic("proms"), rows);
    String patients = Installation.read(place.clinic("patients"));
    Installation.write(
        place.clinic("patients"),
        patients.replaceAll("\\b(\\d{4})-(\\d\\d)-(\\d\\d)\\b", "$2/$3/$1"));

    Answer answer = profile();

    assertThat(answer.exitCode()).isEqualTo(10);
    assertThat(problems(answer))
        .anyMatch(
            line ->
                line.contains(
                    "13:14: error NO_DATES column 'date_of_birth' of table 'patients' is declared"
                        + " as birthDate, and 100 % of its values are no dates as yyyy-MM-dd; name"
                        + " the column of these dates, or state how they are written with format:"))
        .anyMatch(
            line ->
                line.contains(
                    "SOME_NO_NUMBERS column 'score' of table 'proms' is declared as"
                        + " decimal(5,1), and 100 % of its values are no numbers"))
        .anyMatch(
            line ->
                line.contains(
                    "warning EMPTY_COLUMN column 'instrument' of table 'proms' is"
                        + " released, and no row has a value in it; drop it, or check the export"))
        .anyMatch(
            line ->
                line.contains(
                    "KEY_REPEATS column 'prom_id' of table 'proms' is declared as its"
                        + " key, and all but <11 of its values repeat an earlier one"));
  }

  @Test
  void initProposesRolesByValuesWhereNamesAreNoHint() {
    StringBuilder rows = new StringBuilder("patient_id,dob,zip,q1,q2,q3,q4,q5,q6\n");
    for (int i = 0; i < 40; i++) {
      rows.append("P" + (1000 + i) + ",1970-01-01,85001,")
          .append("602-555-01" + (10 + i) + ",")
          .append(String.format("%02d:%02d,", 8 + i % 9, i))
          .append("person" + i + "@example.org,")
          .append("\"seen on a day with pain, and again after " + i + " weeks\",")
          .append("2020-02-" + (10 + i % 19) + ",")
          .append(i % 3 + "\n");
    }
    Installation.write(folder.resolve("data/patients.csv"), rows.toString());
    Path draft = place.root().resolve("new");

    assertThat(place.call("init", "--from", folder + "/data", draft.toString()).exitCode())
        .isZero();

    assertThat(Installation.read(draft.resolve("mappings/first.yaml")).replaceAll("\n +", " "))
        .contains(
            "q1:  # has telephone numbers; values: code role: direct-identifier do: drop",
            "q2:  # its values are times of day; values: time role: quasi-identifier do: drop",
            "q3:  # has e-mail addresses; values: code role: direct-identifier do: drop",
            "q4:  # its values are free text; values: text role: free-text do: drop",
            "q5:  # its values are dates; values: date yyyy-MM-dd role: quasi-identifier"
                + " do: generalize to: year",
            "q6:  # no hint in its name or its values; look at it; values: integer"
                + " role: sensitive do: keep type: integer")
        .contains("recordDate:  # every date consent must cover; look at each - q5 ")
        .doesNotContain("602-555", "example.org");
  }

  @Test
  void badInputIsRefusedWithItsPlaceAndNoValue() {
    CanaryClinic.over(place);
    Path visits = place.clinic("visits");
    String good = Installation.read(visits);
    Map<String, String> wrong =
        Map.of(
            "",
            "visits.csv: error EMPTY_FILE ",
            good.replaceFirst("\n", "\nx,\"y\n"),
            "visits.csv:2: error ",
            good + "x,y\"z,1,2,3,4,5\n",
            "visits.csv:",
            good.replace("patient_id", "person"),
            "error UNKNOWN_COLUMN");

    wrong.forEach(
        (text, expected) -> {
          Installation.write(visits, text);
          Answer answer = profile();
          String all = answer.out() + answer.err();
          assertThat(all).contains(expected);
          assertThat(Leaks.in(all)).as(expected).isEmpty();
        });
    Installation.remove(visits);
    Answer absent = profile();
    assertThat(absent.err()).contains("error MISSING_TABLE the source has no table 'visits'");
    assertThat(absent.exitCode()).isEqualTo(10);
  }

  @Test
  void aTableWithoutAHeaderIsRefusedAndNoWordOfItIsShown() {
    CanaryClinic.over(place);
    String text = Installation.read(place.clinic("visits"));
    Installation.write(place.clinic("visits"), text.substring(text.indexOf('\n') + 1));

    Answer answer = profile();

    assertThat(answer.exitCode()).isEqualTo(10);
    assertThat(answer.err()).contains("visits.csv:1: error NO_HEADER ");
    assertThat(answer.out()).doesNotContain("table ");
    assertThat(Leaks.in(answer.out() + answer.err())).isEmpty();
  }

  @Test
  void rowsInAnotherEncodingAreAnErrorWhereARunWouldStop() {
    byte[] text = Installation.read(place.clinic("proms")).getBytes(StandardCharsets.UTF_8);
    append(text, "X1,P000001,V0000001,2020-01-01,Fa\u00e7ade,5,3\n".repeat(12));

    Answer stops = profile();
    place.replace(place.job(JOB), "rejects: {share: 0.001}", "rejects: {share: 0.1}");
    Answer tolerates = profile();

    String rows = " REJECTED_ROWS 12 rows from here on cannot be read: ENCODING; ";
    assertThat(problems(stops))
        .anyMatch(
            line ->
                line.matches(".*proms[.]csv:\\d+: error" + rows + "check the encoding and the .*"));
    assertThat(stops.exitCode()).isEqualTo(10);
    assertThat(problems(tolerates))
        .anyMatch(
            line ->
                line.matches(
                    ".*proms[.]csv:\\d+: warning"
                        + rows
                        + "export the table again; a run counts them as rejected"));
    assertThat(tolerates.exitCode()).isZero();
  }

  @Test
  void codesThatWouldStopARunAreAnError() {
    keepNotes();
    place.replace(mapping, "type: code, onInvalid: blank", "type: code");

    Answer answer = profile();

    assertThat(problems(answer))
        .contains(
            "mappings/clinic-safe-harbor.yaml:138:49: error NO_CODES column 'item_7' of table"
                + " 'visits' is declared as code, and 82 % of its values are not one line of at"
                + " most 64 characters and 3 blanks, without control characters; a run would stop:"
                + " declare another type, or name onInvalid: blank");
  }

  private void append(byte[] text, String latin) {
    try (OutputStream out = Files.newOutputStream(place.clinic("proms"))) {
      out.write(text);
      out.write(latin.getBytes(StandardCharsets.ISO_8859_1));
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  /**
   * A cell longer than the longest record that is read, which needs little memory to be refused.
   */
  @Test
  void aCellWithoutEndIsRefusedAtItsLine() {
    try (OutputStream out = Files.newOutputStream(place.clinic("proms"))) {
      String header = "patient_id,visit_id,prom_id,completed_on,instrument,score,satisfaction\n";
      out.write((header + "P1,V1,\"").getBytes(StandardCharsets.UTF_8));
      byte[] block = "x".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
      for (int i = 0; i < 70; i++) {
        out.write(block);
      }
      out.write("\",2020-01-01,a,1,1\n".getBytes(StandardCharsets.UTF_8));
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }

    Answer answer = profile();

    assertThat(answer.exitCode()).isEqualTo(10);
    assertThat(answer.err()).contains("proms.csv:2: error ").doesNotContain("xx");
  }

  /** Names of columns are shown, values never: no word of a row is in the output. */
  @Test
  void noWordOfTheSampleIsInTheOutput() {
    Set<String> words = new TreeSet<>();
    for (String table : List.of("patients", "visits", "procedures", "proms")) {
      String text = Installation.read(place.clinic(table));
      words.addAll(
          Arrays.stream(text.substring(text.indexOf('\n')).split("[,\"\n]", -1))
              .filter(word -> word.length() > 6 && word.matches("(?s).*[^a-z ].*"))
              .collect(Collectors.toSet()));
    }
    keepNotes();

    String shown = profile().out();

    assertThat(words).hasSizeGreaterThan(5_000).noneMatch(shown::contains);
  }
}
