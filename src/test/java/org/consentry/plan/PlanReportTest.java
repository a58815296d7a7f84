package org.consentry.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a person reads of a plan before it is run. */
final class PlanReportTest {

  @TempDir private Path folder;

  private List<String> report(String file, String words, String instead) throws IOException {
    return PlanReport.of(new SmallPlans(folder).edit(file, words, instead).plan());
  }

  private List<String> report() throws IOException {
    return PlanReport.of(new SmallPlans(folder).plan());
  }

  @Test
  void beginsWithWhoReceivesWhatUnderWhichRule() throws IOException {
    assertThat(report())
        .startsWith(
            "job       small, requested by steward",
            "study     S1 A study",
            "recipient uni-x, University X",
            "basis     gdpr-consent, target gdpr-pseudonymised, as of 2026-11-23",
            "mapping   small version 1",
            "consent   " + folder.resolve("data/consents.csv"),
            "output    csv and parquet")
        .anyMatch(line -> line.matches("plan      sha256:[0-9a-f]{64}"));
  }

  @ParameterizedTest
  @CsvSource({"both, csv and parquet", "csv, csv", "parquet, parquet"})
  void namesTheFormats(String word, String words) throws IOException {
    assertThat(report("job.yaml", "format: both", "format: " + word))
        .contains("output    " + words);
  }

  @ParameterizedTest
  @CsvSource({
    "internal: yes, 'csv and parquet, internal'",
    "key: age1tkdyy2tyknt56q6v9f83zdqe8uxg8xa00vrf2eszx9vtlj0wfexq60pgva,"
        + " 'csv and parquet, encrypted to"
        + " age1tkdyy2tyknt56q6v9f83zdqe8uxg8xa00vrf2eszx9vtlj0wfexq60pgva'"
  })
  void statesHowTheReleaseIsClosed(String recipient, String words) throws IOException {
    assertThat(report("job.yaml", "recipient: {", "recipient: {" + recipient + ", "))
        .contains("output    " + words);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          any: {table: visits, where: {kind: [first]}} | - visits, kind one of 1 value
          any: {table: visits, where: {kind: [a, b]}} | - visits, kind one of 2 values
          any: {table: labs, from: 2020-01-01} | - labs, day from 2020-01-01
          any: {table: labs, to: 2020-12-31} | - labs, day to 2020-12-31
          any: {table: visits, dateColumn: left, from: 2020-01-01, to: 2020-12-31} \
          | - visits, left from 2020-01-01 to 2020-12-31
          """)
  void namesTheRecordsOfACohortWithoutTheirValues(String rule, String line) throws IOException {
    assertThat(report("job.yaml", "any: {table: visits, where: {kind: [first]}}", rule))
        .contains("cohort    one of these records", "          " + line)
        .noneMatch(text -> text.contains("first"));
  }

  @Test
  void listsWhetherOneRecordIsEnough() throws IOException {
    assertThat(
            report(
                "job.yaml",
                "any: {table: visits, where: {kind: [first]}}",
                "all: [{table: visits}, {table: labs}]"))
        .contains("cohort    all of these records", "          - visits", "          - labs");
  }

  @Test
  void listsNothingOfACohortWhereEveryoneIsNeeded() throws IOException {
    assertThat(report("job.yaml", "cohort:\n  any: {table: visits, where: {kind: [first]}}\n", ""))
        .noneMatch(line -> line.startsWith("cohort"));
  }

  @Test
  void namesEveryReleasedColumnAndWhatItIsMadeOf() throws IOException {
    assertThat(report())
        .containsSubsequence(
            "table     visits, VISIT, dated by day, left",
            "  visit code = pseudonymize visit (code one-time, domain visit, ids key-rule-1: trim,"
                + " byte by byte, prefix V)",
            "  year integer = generalize day (floor 1936, to year)",
            "  kind code = keep kind",
            "  dropped left");
    assertThat(report()).anyMatch(line -> line.startsWith("  stay integer = interval day, left ("));
  }

  @Test
  void namesDroppedColumnsOfEachTable() throws IOException {
    assertThat(report())
        .containsSubsequence("table     labs, LAB, dated by day", "  dropped lab, day");
  }

  @Test
  void listsThatATableIsTimelessOrUndated() throws IOException {
    assertThat(report("map.yaml", "    recordDate: day\n    category: LAB", "    category: LAB"))
        .contains("table     patients, DEMOGRAPHIC, timeless", "table     labs, LAB, undated")
        .anyMatch(line -> line.contains("warning NO_RECORD_DATE table 'labs' has no recordDate"));
  }

  @Test
  void showsWhichWarningWasAnsweredAndUntilWhen() throws IOException {
    List<String> lines =
        PlanReport.of(
            new SmallPlans(folder)
                .edit("map.yaml", "        in: years\n", "")
                .edit(
                    "map.yaml",
                    "type: integer, why: burden}",
                    "type: integer, why: burden, acknowledge: {code: INTERVAL_FIXED_DATE, reason:"
                        + " both are days of the visit, until: 2027-01-31}}")
                .plan());

    assertThat(lines)
        .filteredOn(line -> line.contains("INTERVAL_FIXED_DATE"))
        .singleElement()
        .asString()
        .startsWith("acknowledged until 2027-01-31: INTERVAL_FIXED_DATE column 'stay'")
        .endsWith("; both are days of the visit");
  }

  @Test
  void givesProgramsOneObjectAColumn() throws IOException {
    List<Map<String, Object>> columns = PlanReport.columns(new SmallPlans(folder).plan());

    assertThat(columns).hasSize(13);
    assertThat(columns)
        .contains(
            Map.of(
                "table", "visits",
                "source", "left",
                "operator", "drop",
                "releasedAs", "",
                "done", "not released"))
        .anyMatch(
            column ->
                "stay".equals(column.get("releasedAs"))
                    && "day, left".equals(column.get("source"))
                    && "interval".equals(column.get("operator")));
  }
}
