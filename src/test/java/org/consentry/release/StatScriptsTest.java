package org.consentry.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.consentry.data.OperatorNote;
import org.consentry.testing.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts for Stata, SPSS and SAS. SPSS is tried with GNU PSPP, where that is installed. */
final class StatScriptsTest {

  private static final String HOSTILE =
      "it's \"x\"; `exit' $HOME %sysexec(x) &y */ \n.\nHOST COMMAND='id'.";
  private static final String ROWS =
      """
      code,number,amount,seen_on,seen_at\r
      000,123,1234.4567,2024-02-29,2024-02-29T10:00:00\r
      NA,,,,\r
      0010,7,0.5000,1600-12-31,2024-02-29T10:00:00.250000\r
      """;

  @TempDir private Path folder;

  @Test
  void namesAreLegalDifferentAndTheSameEveryTime() {
    List<String> names =
        List.of("if", "IF", "Alter (Jahre)", "Größe", "2024", "_all", "str5", "größe", "x", "X");

    assertThat(LoadNames.of(names))
        .containsExactly(
            "v_if",
            "v_IF_2",
            "Alter__Jahre",
            "Gro_e",
            "v_2024",
            "v__all",
            "v_str5",
            "gro_e_2",
            "x",
            "X_2");
    assertThat(LoadNames.of(List.of("a".repeat(40), "a".repeat(41))))
        .containsExactly("a".repeat(32), "a".repeat(30) + "_2");
  }

  @Test
  void textOfPeopleIsNotRun() throws IOException {
    Map<String, String> scripts = scripts(Disclosure.Format.CSV);

    assertThat(scripts.get("load/load.do"))
        .contains("label variable number \"It's \u201dé\u201d; \u2018x' \uff04y. * a\"\n")
        .contains(
            "label define number 7 \"it's \u201dx\u201d; \u2018exit' \uff04HOME %sysexec(x) &y */ "
                + " . HOST COMMAND='id'.\", modify\n")
        .doesNotContain("$", "`exit");
    assertThat(scripts.get("load/load.sps"))
        .contains("VARIABLE LABELS number 'It''s \"é\"; `x'' $y. * a'.")
        .doesNotContain("\nHOST");
    assertThat(scripts.get("load/load.sas"))
        .contains("label='It''s \"é\"; `x'' $y. * a';")
        .doesNotContain("\nHOST");
    assertThat(scripts.get("load/load.sps"))
        .contains(
            "ADD VALUE LABELS number 7 'it''s \"x\"; `exit'' $HOME %sysexec(x) &y */  . HOST"
                + " COMMAND=''id'.\n");
    assertThat(scripts.get("load/load.sas"))
        .contains("    7='it''s \"x\"; `exit'' $HOME %sysexec(x) &y */  . HOST COMMAND=''id''.'\n");
  }

  @Test
  void spssLoadsEveryPartWithItsTypesAndLabels() throws Exception {
    Map<String, String> scripts = scripts(Disclosure.Format.CSV);
    Files.writeString(
        folder.resolve("load.sps"),
        scripts.get("load/load.sps") + "DATASET ACTIVATE v_2024_visits.\nLIST.\n");
    Optional<String> printed = pspp();

    assumeTrue(printed.isPresent(), "skipped: pspp is not on this machine");
    assertThat(printed.orElseThrow())
        .doesNotContain("error", "warning")
        .contains("|000 |   123|1234.4567|2024/02/29|29-FEB-2024 10:00:00.00|")
        .contains("|NA  |     .|        .|         .|                      .|")
        .contains("|0010|     7|    .5000|1600/12/31|29-FEB-2024 10:00:00.25|")
        .endsWith("exit 0");
    assertThat(printed.orElseThrow().split("\\|NA ", -1)).hasSize(3);
  }

  @Test
  void everyScriptListsTheValuesOfAColumnAndWhyACellMayBeEmpty() throws IOException {
    Map<String, String> scripts = scripts(Disclosure.Format.CSV);

    assertThat(scripts.get("load/load.do"))
        .contains("notes code: Values: 7; 123; 1'000\n")
        .contains("notes code: Empty: missing in the clinic's records\n");
    assertThat(scripts.get("load/load.sps"))
        .contains(
            """
            VARIABLE ATTRIBUTE VARIABLES=code
              ATTRIBUTE=values[3]('1''000').
            VARIABLE ATTRIBUTE VARIABLES=code
              ATTRIBUTE=empty('missing in the clinic''s records').
            """);
    assertThat(scripts.get("load/load.sas"))
        .contains(
            """
              xattr set var code (values='7; 123; 1''000');
              xattr set var code (empty='missing in the clinic''s records');
            """)
        .contains("  format number f0v1_.;\n");
    assertThat(scripts.values()).noneMatch(script -> script.contains("number: Values"));
  }

  @Test
  void spssHasTheListsAndReasonsAfterwards() throws Exception {
    Files.writeString(
        folder.resolve("load.sps"),
        scripts(Disclosure.Format.CSV).get("load/load.sps")
            + "DATASET ACTIVATE v_2024_visits.\nDISPLAY ATTRIBUTES.\n");
    Optional<String> printed = pspp();

    assumeTrue(printed.isPresent(), "skipped: pspp is not on this machine");
    assertThat(printed.orElseThrow().replaceAll("[\\s|]+", " "))
        .doesNotContain("error")
        .contains("values[3] 1'000", "empty missing in the clinic's records")
        .endsWith("exit 0");
  }

  @Test
  void ofParquetAloneEachScriptPrintsWhatToDo() throws IOException {
    Map<String, String> scripts = scripts(Disclosure.Format.PARQUET);

    String note =
        "This release has Parquet files only, which this program does not read. Load them with"
            + " load/load.py or load/load.R and write CSV files outside the release folder.";
    assertThat(scripts.get("load/load.do"))
        .isEqualTo("display as error \"" + note + "\"\nexit 601\n");
    assertThat(scripts.get("load/load.sps")).isEqualTo("ECHO '" + note + "'.\n");
    assertThat(scripts.get("load/load.sas")).isEqualTo("%put ERROR: " + note + ";\n");
  }

  private Optional<String> pspp() throws InterruptedException {
    try {
      Program.Ended ended = Program.of("pspp", "-b", "-o", "-", "load.sps").in(folder).run();
      return Optional.of(ended.text() + "exit " + ended.exitCode());
    } catch (IOException absent) {
      return Optional.empty();
    }
  }

  private Map<String, String> scripts(Disclosure.Format format) throws IOException {
    Disclosure disclosure =
        SampleRelease.of(List.of(table("class", format), table("2024-visits", format)));
    Map<String, String> texts = new TreeMap<>();
    StatScripts.of(disclosure)
        .forEach((path, bytes) -> texts.put(path, new String(bytes, StandardCharsets.UTF_8)));
    return texts;
  }

  private Disclosure.Table table(String name, Disclosure.Format format) throws IOException {
    List<Disclosure.DataFile> files = new ArrayList<>();
    for (int part = 0; part < 2; part++) {
      String path = "data/" + name + "/part-0000" + part + "." + format.word();
      Files.createDirectories(folder.resolve("data").resolve(name));
      Files.writeString(folder.resolve(path), ROWS);
      files.add(new Disclosure.DataFile(path, format, 3, ROWS.length(), "0".repeat(64)));
    }
    return SampleRelease.typed(
        name,
        files,
        "It's \"é\"; `x' $y.\n* a",
        new OperatorNote(
            "technique",
            "Done.",
            "Survives.",
            Map.of(),
            Map.of("7", HOSTILE),
            List.of("7", "123", "1'000")));
  }
}
