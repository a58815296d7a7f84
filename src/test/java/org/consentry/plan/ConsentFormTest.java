package org.consentry.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.consentry.config.ConsentRule;
import org.consentry.config.JobFile;
import org.consentry.consent.ConsentCells;
import org.consentry.data.CellFormat;
import org.consentry.problem.Problem;
import org.consentry.problem.Problems;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a job may state of its file of consent lines. */
final class ConsentFormTest {

  @TempDir Path folder;

  private final Problems problems = new Problems();

  private ConsentForm form(String words) throws IOException {
    String job = Files.readString(Path.of("jobs", "eyelid-outcomes.yaml"));
    Path file = folder.resolve("job.yaml");
    Files.writeString(
        file, job.replace("  minors: reconsent ", "  " + words + "\n  minors: reconsent "));
    ConsentRule rule = JobFile.readPartly(file, "job.yaml", problems).orElseThrow().job().consent();
    return ConsentForm.of(rule, problems);
  }

  private List<String> refused(String words) throws IOException {
    form(words);
    return problems.list().stream().map(Problem::message).toList();
  }

  private static String read(ConsentForm form, String column, String cell) {
    return form.formats().getOrDefault(column, CellFormat.USUAL).read(cell);
  }

  @Test
  void givesCellsTheDocumentedWay() throws IOException {
    ConsentForm form =
        form(
            "format: \"dd.MM.yyyy[ HH:mm]\"\n  nulls: [\"-\"]\n"
                + "  values: {decision: {ja: PERMIT, nein: DENY}, purposes: {Forschung: HRESCH,"
                + " Werbung: HMARKT}, data_to: {unbegrenzt: \"*\"}}");

    assertThat(problems.list()).isEmpty();
    assertThat(read(form, "decision", " nein ")).isEqualTo("DENY");
    assertThat(read(form, "decision", "-")).isEmpty();
    assertThat(read(form, "purposes", "Forschung| Werbung")).isEqualTo("HRESCH|HMARKT");
    assertThat(read(form, "purposes", "*")).isEqualTo("*");
    assertThat(read(form, "signed_at", "02.03.2020 09:15")).isEqualTo("2020-03-02T09:15");
    assertThat(read(form, "valid_from", "02.03.2020")).isEqualTo("2020-03-02");
    assertThat(read(form, "data_from", "*")).isEqualTo("*");
    assertThat(read(form, "data_to", "unbegrenzt")).isEqualTo("*");
    assertThat(read(form, "patient_id", "P1")).isEqualTo("P1");
  }

  @Test
  void readsNoWordWithoutAMeaningAndNoOtherDate() throws IOException {
    ConsentForm form =
        form("format: dd.MM.yyyy\n  values: {decision: {ja: PERMIT}, studies: {Lid: S1}}");

    for (String cell : List.of("Ja", "PERMIT", "nein", "ja|ja")) {
      assertThat(read(form, "decision", cell)).isEqualTo(CellFormat.INVALID + cell);
    }
    assertThat(read(form, "studies", "Lid|Nase")).isEqualTo(CellFormat.INVALID + "Lid|Nase");
    assertThat(read(form, "valid_to", "31.04.2016")).isEqualTo(CellFormat.INVALID + "31.04.2016");
    assertThat(read(form, "valid_to", "2016-04-01")).isEqualTo(CellFormat.INVALID + "2016-04-01");
    assertThat(read(form, "valid_to", "*")).isEqualTo(CellFormat.INVALID + "*");
  }

  @Test
  void readsIsoDatesBesideAWordForABound() throws IOException {
    ConsentForm form = form("values: {data_to: {open: \"*\"}}");

    assertThat(read(form, "data_to", "2020-03-02")).isEqualTo("2020-03-02");
    assertThat(read(form, "data_to", "open")).isEqualTo("*");
  }

  @Test
  void refusesWordsThatConsentLinesDoNotHave() throws IOException {
    assertThat(
            refused(
                "columns: {patientid: PatID}\n"
                    + "  values: {decision: {ja: PERMITT}, patient_id: {a: b}, duo: {alle: \"*\"},"
                    + " data_to: {heute: 2020-01-01}}"))
        .containsExactlyInAnyOrder(
            "there is no column of consent lines 'patientid'",
            "column 'decision' of consent lines does not know 'PERMITT'",
            "column 'patient_id' of consent lines has no words",
            "column 'duo' of consent lines does not know '*'",
            "column 'data_to' of consent lines does not know '2020-01-01'");
    assertThat(problems.list().stream().map(Problem::hint))
        .contains("did you mean 'PERMIT'?", "did you mean 'patient_id'?");
  }

  @Test
  void refusesWordsWithTwoMeanings() throws IOException {
    assertThat(
            refused(
                "nulls: [\"-\", \"*\"]\n  values: {decision: {ja: PERMIT, \" ja\": DENY},"
                    + " status: {\"-\": ACTIVE}, studies: {\"*\": S1, \"a|b\": S2}}"))
        .containsExactlyInAnyOrder(
            "'*' means all in consent lines, so it is no word for an empty cell",
            "column 'decision': 'ja' has two meanings",
            "column 'status': '-' has two meanings",
            "column 'studies': '*' has two meanings",
            "column 'studies': a text of 3 characters cannot be given a meaning: empty cells, *"
                + " and words with | have one");
  }

  @Test
  void refusesOneColumnForTwo() throws IOException {
    assertThat(refused("columns: {patient_id: line_id, signed_at: Datum, recorded_at: Datum}"))
        .containsExactlyInAnyOrder(
            "line_id and patient_id would be read from one column, 'line_id'",
            "signed_at and recorded_at would be read from one column, 'Datum'",
            "signed_at and recorded_at would be read from one column, 'Datum'");
  }

  @Test
  void refusesMomentsAndFormatsThatAreNone() throws IOException {
    assertThat(refused("format: epoch-seconds"))
        .containsExactly(
            "format has moments, and consent lines have the times that the clinic's clock showed;"
                + " export them without an offset");
  }

  @Test
  void listsAllMissingColumnsAtOnceAndThoseThatAreThereTwice() throws IOException {
    Path file = folder.resolve("c.csv");
    String header =
        String.join(",", ConsentCells.columns())
            .replace(",duo,", ",")
            .replace(",source", ",Quelle");
    Files.writeString(file, header + "\n");
    ConsentForm form = form("columns: {assent: Zustimmung, status: Quelle}");

    assertThatThrownBy(() -> form.open(ConsentOrigin.of(file, "c.csv"), 64, 1 << 16))
        .hasMessage(
            "c.csv:1: error CONSENT_HEADER columns 'Zustimmung' (assent), 'duo', 'source' are"
                + " missing; add them\n"
                + "c.csv:1: error CONSENT_HEADER columns 'assent', 'status' are in the file, and"
                + " columns: reads them from other columns; remove them");
  }

  @Test
  void hintsAtWhatTheFileLooksLike() throws IOException {
    Path file = folder.resolve("c.csv");
    String text = String.join(";", ConsentCells.columns()) + "\n" + "ü;".repeat(27) + "\n";
    Files.write(file, text.getBytes(Charset.forName("windows-1252")));

    assertThatThrownBy(() -> ConsentForm.USUAL.open(ConsentOrigin.of(file, "c.csv"), 64, 1 << 16))
        .hasMessageEndingWith(
            "; this looks like \";\" and windows-1252: set delimiter: \";\" and encoding:"
                + " windows-1252 under consent:");

    Files.write(file, text.replace(';', ',').getBytes(StandardCharsets.UTF_8));
    ConsentForm german = form("encoding: windows-1252");

    assertThatThrownBy(() -> german.open(ConsentOrigin.of(file, "c.csv"), 64, 1 << 16))
        .hasMessage(
            "c.csv: error CONSENT_ENCODING expected windows-1252 but the characters beyond ASCII"
                + " are utf-8; set encoding: utf-8");
  }

  @Test
  void everyColumnOfWordsIsAColumn() {
    assertThat(ConsentCells.columns()).containsAll(ConsentCells.columnsOfWords());
  }
}
