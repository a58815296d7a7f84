package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.consentry.cli.CanaryClinic.Person;
import org.consentry.cli.Installation.Answer;
import org.consentry.ledger.StateFolder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Input that is not what it should be ends a run with file and line, without content, with nothing
 * released and nothing staged that {@code list} does not show.
 */
final class BadInputTest {

  private static final String JOB = "eyelid-outcomes";

  @TempDir static Path folder;

  private static Installation place;
  private static CanaryClinic clinic;

  /**
   * One way in which input can be wrong.
   *
   * @param name of the case
   * @param spoil makes it so
   * @param exitCode how the run ends
   * @param complaints the lines of complaint, in order
   */
  private record Wrong(
      String name,
      BiConsumer<Installation, CanaryClinic> spoil,
      int exitCode,
      List<String> complaints) {
    Wrong(
        String name,
        BiConsumer<Installation, CanaryClinic> spoil,
        int exitCode,
        String... complaints) {
      this(name, spoil, exitCode, List.of(complaints));
    }

    @Override
    public String toString() {
      return name;
    }
  }

  @BeforeAll
  static void install() throws IOException {
    place = Installation.in(folder.toRealPath());
    clinic = CanaryClinic.over(place);
  }

  /** What an earlier case read of restrictions is forgotten, so that each is a first run. */
  @BeforeEach
  void restore() {
    clinic.restore();
    Installation.files(new StateFolder(place.home()).restrictions()).forEach(Installation::remove);
  }

  static Stream<Wrong> tables() {
    return Stream.of(
        new Wrong(
            "empty file",
            (at, in) -> Installation.write(at.clinic("visits"), ""),
            10,
            "sample-data/clinic/visits.csv: error EMPTY_FILE expected a header but the file is"
                + " empty; export the table again"),
        new Wrong(
            "missing table",
            (at, in) -> delete(at.clinic("proms")),
            10,
            "mappings/clinic-safe-harbor.yaml:339:3: error MISSING_TABLE the source has no table"
                + " 'proms'; add it to the source, or leave it out of the job's tables"),
        new Wrong(
            "no header",
            (at, in) -> headless(at, "visits"),
            10,
            "sample-data/clinic/visits.csv:1: error NO_HEADER the first line names 0 of the 7"
                + " columns that the mapping expects; export the table with a header, or correct"
                + " the mapping's columns"),
        new Wrong(
            "duplicate header",
            (at, in) -> header(at, "visits", "provider", "note"),
            10,
            "sample-data/clinic/visits.csv:1: error HEADER_TWICE columns 6 and 7 have the same"
                + " name; name every column once"),
        new Wrong(
            "nameless column",
            (at, in) -> header(at, "visits", "provider", ""),
            10,
            "sample-data/clinic/visits.csv:1: error HEADER_EMPTY column 6 has no name; name every"
                + " column"),
        new Wrong(
            "unmapped column",
            (at, in) -> header(at, "visits", "provider", "doctor"),
            10,
            "mappings/clinic-safe-harbor.yaml:87:3: error UNMAPPED_COLUMN column 'doctor' of"
                + " sample-data/clinic/visits.csv has no rule; add one, such as {role:"
                + " direct-identifier, do: drop}",
            "mappings/clinic-safe-harbor.yaml:137:7: error UNKNOWN_COLUMN"
                + " sample-data/clinic/visits.csv has no column 'provider'; one of: visit_id,"
                + " patient_id, visited_on, arrived_at, visit_type, doctor, note"),
        new Wrong(
            "missing subject column",
            (at, in) -> header(at, "visits", "patient_id", "pid"),
            10,
            "mappings/clinic-safe-harbor.yaml:87:3: error UNMAPPED_COLUMN column 'pid' of"
                + " sample-data/clinic/visits.csv has no rule; add one, such as {role:"
                + " direct-identifier, do: drop}",
            "mappings/clinic-safe-harbor.yaml:102:7: error UNKNOWN_COLUMN"
                + " sample-data/clinic/visits.csv has no column 'patient_id'; one of: visit_id,"
                + " pid, visited_on, arrived_at, visit_type, provider, note"),
        new Wrong(
            "header with NUL",
            (at, in) -> header(at, "visits", "note", "no\0te"),
            10,
            "sample-data/clinic/visits.csv:1: error HEADER_NUL the header contains NUL bytes; the"
                + " file may be UTF-16 or damaged: export the table again as utf-8"),
        new Wrong(
            "file in UTF-16",
            (at, in) -> encode(at.clinic("visits"), StandardCharsets.UTF_16),
            10,
            "sample-data/clinic/visits.csv: error WRONG_ENCODING expected utf-8 but the file begins"
                + " with the byte order mark of UTF-16; export the table again as utf-8"),
        new Wrong(
            "cut off inside quotes",
            (at, in) -> at.append(at.clinic("visits"), "\"" + in.event(Person.RELEASED, "visits")),
            10,
            "sample-data/clinic/visits.csv:8: error UNCLOSED_QUOTE a field begins with a quote here"
                + " and is still open at the end of the file; close the quote; the file may have"
                + " been cut off"),
        new Wrong(
            "bare quote",
            (at, in) -> at.append(at.clinic("visits"), "a\"" + in.event(Person.RELEASED, "visits")),
            10,
            "sample-data/clinic/visits.csv:8: error BARE_QUOTE a quote is inside a field that does"
                + " not begin with one; put quotes around the field and double every quote inside"
                + " it"),
        new Wrong(
            "text after a closing quote",
            (at, in) ->
                at.append(at.clinic("visits"), "\"a\"b" + in.event(Person.RELEASED, "visits")),
            10,
            "sample-data/clinic/visits.csv:8: error TEXT_AFTER_QUOTE expected a delimiter or the"
                + " end of the line after a closing quote but found more text; double every quote"
                + " inside a quoted field"));
  }

  static Stream<Wrong> rows() {
    return Stream.of(
        new Wrong(
            "row with NUL",
            (at, in) -> at.append(at.clinic("visits"), "\0" + in.event(Person.RELEASED, "visits")),
            10,
            "sample-data/clinic/visits.csv:8: error REJECTED_ROWS 1 of 7 rows read cannot be used:"
                + " NUL 1 (line 8); tolerated is a share of 0.001; repair the rows, or raise"
                + " rejects: {share: ...} in the job"),
        new Wrong(
            "row in another encoding",
            (at, in) -> {
              at.append(at.clinic("visits"), "\u00e9" + in.event(Person.RELEASED, "visits"));
              encode(at.clinic("visits"), StandardCharsets.ISO_8859_1);
            },
            10,
            "sample-data/clinic/visits.csv:8: error REJECTED_ROWS 1 of 7 rows read cannot be used:"
                + " ENCODING 1 (line 8); tolerated is a share of 0.001; this looks like"
                + " windows-1252: set encoding: windows-1252 under source:"),
        new Wrong(
            "text in a column of codes",
            (at, in) ->
                replace(
                    at, "visits", Person.RELEASED.word("visits", "visit_type"), " of a long text"),
            10,
            "sample-data/clinic/visits.csv:2: error NO_CODE column 'visit_type' is released as"
                + " type: code, but 1 of 2 values read together is no code: 1 has more than 3"
                + " blanks; a code is one line of at most 64 characters and 3 blanks, without"
                + " control characters: repair the rows, set onInvalid: blank or reject-row, allow"
                + " longer codes by maxLength, or declare type: text"),
        new Wrong(
            "ragged row in the subjects table",
            (at, in) -> at.append(at.clinic("patients"), Person.RELEASED.id() + ",x"),
            10,
            "sample-data/clinic/patients.csv:7: error SUBJECT_ROW a row of the subjects table"
                + " cannot be used: RAGGED; repair it: rows of the subjects table are never"
                + " tolerated"));
  }

  static Stream<Wrong> consents() {
    return Stream.of(
        new Wrong(
            "empty consent file",
            (at, in) -> Installation.write(at.clinic("consents"), ""),
            10,
            "sample-data/clinic/consents.csv: error CONSENT_EMPTY the file has no header"),
        new Wrong(
            "missing consent file",
            (at, in) -> delete(at.clinic("consents")),
            10,
            "jobs/eyelid-outcomes.yaml:36:9: error NO_SUCH_FILE there is no readable file of"
                + " consent lines at '../sample-data/clinic/consents.csv'; paths are relative to"
                + " the folder of this file"),
        new Wrong(
            "consent column missing",
            (at, in) -> header(at, "consents", "data_to", "data_till"),
            10,
            "sample-data/clinic/consents.csv:1: error CONSENT_HEADER column 'data_to' is missing;"
                + " add it",
            "sample-data/clinic/consents.csv:1: error CONSENT_HEADER column 22 is no column of"
                + " consent lines; remove it"),
        new Wrong(
            "ragged consent line",
            (at, in) -> at.append(at.clinic("consents"), in.permit(Person.RELEASED) + ",x"),
            10,
            "sample-data/clinic/consents.csv:9: error CONSENT_RAGGED expected 28 fields but found"
                + " 29; a restriction may be lost here; repair the line"),
        new Wrong(
            "consent line with a bare quote",
            (at, in) -> at.append(at.clinic("consents"), "a\"" + in.permit(Person.RELEASED)),
            10,
            "sample-data/clinic/consents.csv:9: error CONSENT_QUOTING found a quote inside an"
                + " unquoted field; quote as in RFC 4180"),
        new Wrong(
            "withdrawal of no patient",
            (at, in) ->
                at.append(
                    at.clinic("consents"),
                    in.withdrawal(Person.RELEASED, "2023-03-03T10:00:00")
                        .replace(Person.RELEASED.id(), "")),
            10,
            "sample-data/clinic/consents.csv:9: error CONSENT_NOBODY a restriction names no"
                + " patient; whom it protects cannot be known; repair the line"),
        new Wrong(
            "no consent at all",
            (at, in) ->
                Installation.write(
                    at.clinic("consents"),
                    Installation.read(at.clinic("consents")).lines().findFirst().orElseThrow()
                        + "\n"),
            13,
            "sample-data/clinic/consents.csv: error NOTHING_TO_RELEASE no subject may be released;"
                + " excluded: NO_CONSENT 5; see consentry explain for one patient, or consentry"
                + " plan for the flow"));
  }

  @ParameterizedTest
  @MethodSource({"tables", "rows", "consents"})
  void isRefusedByFileAndLineWithoutItsContent(Wrong wrong) {
    wrong.spoil().accept(place, clinic);

    Answer answer = place.run(JOB);

    assertThat(complaints(answer)).containsExactlyElementsOf(wrong.complaints());
    assertThat(answer.exitCode()).isEqualTo(wrong.exitCode());
    assertThat(answer.out()).isEmpty();
    assertThat(Leaks.in(answer.err())).isEmpty();
    assertThat(place.root().resolve("releases").resolve(JOB)).doesNotExist();
    assertThat(staged()).allMatch(run -> place.call("list").out().contains(run));
    assertThat(Leaks.under(place.home())).isEmpty();
  }

  @Test
  void aTableWithAHeaderOnlyIsReleasedEmptyWithItsColumns() throws IOException {
    Installation own =
        Installation.in(Files.createDirectory(folder.resolve("header")).toRealPath());
    CanaryClinic.over(own);
    String header = Installation.read(own.clinic("proms")).lines().findFirst().orElseThrow();
    Installation.write(own.clinic("proms"), header + "\n");

    Answer answer = own.run(JOB);

    assertThat(answer.exitCode()).as(answer.err()).isEqualTo(0);
    try (Sql release = Sql.ofRelease(own.release(JOB))) {
      assertThat(release.number("SELECT count(*) FROM proms")).isZero();
      assertThat(release.rows("SELECT column_name FROM (DESCRIBE proms)"))
          .containsExactly(
              "prom_id",
              "patient_id",
              "visit_id",
              "prom_year",
              "instrument",
              "score",
              "satisfaction");
    }
  }

  @Test
  void anImpossibleRecordDateGoesOutOnlyUnderAPermitWithoutWindow() throws IOException {
    Installation own = Installation.in(Files.createDirectory(folder.resolve("dates")).toRealPath());
    CanaryClinic dated = CanaryClinic.over(own);
    String bounded = dated.permit(Person.NEIGHBOUR).replace("*,*,*,*,*", "*,*,2019-01-01,*,*");
    own.replace(own.clinic("consents"), dated.permit(Person.NEIGHBOUR), bounded);
    for (Person person : List.of(Person.RELEASED, Person.NEIGHBOUR)) {
      own.append(
          own.clinic("visits"),
          dated.line(
              person,
              "visits",
              Map.of(
                  "patient_id",
                  person.id(),
                  "visited_on",
                  "2022-02-30",
                  "visit_id",
                  "V-" + person)));
    }

    Answer answer = own.run(JOB);

    assertThat(answer.exitCode()).as(answer.err()).isEqualTo(0);
    try (Sql release = Sql.ofRelease(own.release(JOB))) {
      assertThat(release.rows("SELECT visit_year FROM visits ORDER BY 1 NULLS LAST"))
          .containsExactly("2021", "2022", "null");
    }
    assertThat(Installation.files(own.home().resolve("manifests")))
        .filteredOn(file -> file.endsWith("manifest.internal.json"))
        .singleElement()
        .satisfies(file -> assertThat(Installation.read(file)).contains("\"RECORD_DATE\" : 1"));
  }

  /** Lines of standard error that are no progress. */
  private static List<String> complaints(Answer answer) {
    return answer
        .err()
        .lines()
        .filter(line -> line.contains(": error "))
        .map(line -> line.replace(place.root() + "/", ""))
        .toList();
  }

  private static List<String> staged() {
    Path staging = place.root().resolve("releases/.staging");
    if (!Files.exists(staging)) {
      return List.of();
    }
    try (Stream<Path> runs = Files.list(staging)) {
      return runs.map(run -> run.getFileName().toString()).toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static void header(Installation at, String table, String from, String to) {
    String text = Installation.read(at.clinic(table));
    Installation.write(at.clinic(table), text.replaceFirst("\\b" + from + "\\b", to));
  }

  private static void replace(Installation at, String table, String word, String more) {
    String text = Installation.read(at.clinic(table));
    Installation.write(at.clinic(table), text.replace(word, word + more));
  }

  private static void headless(Installation at, String table) {
    String text = Installation.read(at.clinic(table));
    Installation.write(at.clinic(table), text.substring(text.indexOf('\n') + 1));
  }

  private static void encode(Path file, Charset charset) {
    try {
      Files.writeString(file, Installation.read(file), charset);
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
