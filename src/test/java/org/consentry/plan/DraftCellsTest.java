package org.consentry.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.consentry.profile.ColumnProfile;
import org.consentry.profile.ColumnSummary;
import org.consentry.profile.Detectors;
import org.consentry.profile.SourceContents;
import org.consentry.profile.TableProfile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a draft states of how cells are written, by the values of their columns. */
final class DraftCellsTest {

  private static final LocalDate TODAY = LocalDate.of(2026, 11, 29);

  private final Map<String, ColumnSummary> columns = new TreeMap<>();

  /** Columns of the table of people. */
  private final List<String> people = new ArrayList<>(List.of("patient_id", "born"));

  DraftCellsTest() {
    column("patient_id", "1|2|3|4");
    column("born", "1970-01-02|1980-03-04|1990-05-06|2000-07-08");
  }

  private void column(String name, String values) {
    ColumnProfile profile = new ColumnProfile(Detectors.usual());
    List.of(values.split("\\|")).forEach(profile::add);
    columns.put(name, profile.summary());
  }

  /** The draft in one line. */
  private String draft() {
    return made().text().replaceAll("\n *", " ");
  }

  private DraftMapping.Draft made() {
    Map<String, List<String>> tables =
        Map.of("patients", people, "visits", List.copyOf(columns.keySet()));
    List<TableProfile> contents =
        tables.entrySet().stream()
            .map(
                table ->
                    new TableProfile(
                        table.getKey(),
                        table.getKey() + ".csv",
                        4,
                        List.of(),
                        columns.entrySet().stream()
                            .filter(column -> table.getValue().contains(column.getKey()))
                            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue))))
            .toList();
    DraftSource source = DraftSource.of(tables, new SourceContents(contents), List.of());
    return DraftMapping.of(source, TODAY).orElseThrow();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "12,5|7,25|1,5|3,75; by: 0.01 decimal: \",\" type:",
        "1.234,50|12,5|7,25|1,5; by: 0.01 decimal: \",\" thousands: \".\" type:",
        "1 234,50|12,5|7,25|1,5; by: 0.01 decimal: \",\" thousands: \" \" type:",
        "1,234.50|12.5|7.25|1.5; by: 0.01 thousands: \",\" type:",
        "1'234.50|12.5|7.25|1.5; by: 0.01 thousands: \"'\" type:",
        "$5.00|$1.50|$7.25|$2.00; - 10000 currency: - \"$\" as:",
        "1.234,50 €|-12,50 €|7,25 €|1,50 €; - 10000 decimal: \",\" thousands: \".\" currency: - \"€\" as:",
        "CHF 1'200.50|CHF 12.50|CHF 9.00|CHF 1.50; - 10000 thousands: \"'\" currency: - CHF as:",
        "12.5|7.25|1.5|3.75; to: rounding by: 0.01 type:",
        "12|7|NULL|3; do: keep nulls: - \"NULL\" type: integer",
        "12.5|7.25|-|n/a; by: 0.01 nulls: - \"-\" - \"n/a\" type:",
        "A|B|\\N|-; do: keep nulls: - \"\\\\N\" type: code",
        "A|B|NA|-; do: keep type: code",
        "5.6.2020|17.6.2020|-|30.6.2020; format: \"d.M.yyyy\" nulls: - \"-\" as:",
        "2020-01-02 3:15 PM|2020-01-02 4:15 AM; format: \"yyyy-MM-dd[ h:mm[:ss] a]\" as:"
      })
  void statesHowACellIsWritten(String values, String rule) {
    column("thing", values);

    assertThat(draft()).contains(rule);
  }

  @Test
  void asksWhereAPointMayBeBetweenThousands() {
    column("thing", "1.234|980|2.500|12.000");
    assertThat(draft()).contains("do: generalize to: rounding by: 0.01 type:");

    column("weight", "12,5|7,25|1,5|3,75");
    assertThat(draft())
        .contains("decimal: \"<point or comma, whichever is before the fraction, such as .>\"");
  }

  @Test
  void takesNoIdentifierInGroupsForANumber() {
    column("thing", "123 456 789|234 567 891|345 678 912|456 789 123");
    column("other", "12.345.678|23.456.789|34.567.891|45.678.912");

    assertThat(draft()).doesNotContain("thousands").doesNotContain("decimal");
  }

  @Test
  void dropsDatesWhoseCenturyWouldBeAGuess() {
    column("seen_on", "05.06.70|07.08.71|17.08.72|30.09.73");

    assertThat(draft())
        .contains(
            "seen_on:  # dates with years of two digits, whose century would be a guess; export"
                + " all four; values: date dd.MM.yyyy role: quasi-identifier do: drop")
        .contains(
            " # not seen_on: export its years with four digits, then name it under recordDate")
        .doesNotContain("recordDate:");
  }

  @Test
  void asksForBirthsWithAllDigitsAndNotForAStatementThatAllAreAdults() {
    column("born", "05.06.70|07.08.71|17.08.72|30.09.73");

    assertThat(draft())
        .contains(" # not born: export its years with four digits, then name it under birthDate")
        .doesNotContain("needs a statement", "birthDate:");
    assertThat(made().adults()).isEqualTo(DraftMapping.Adults.BY_BIRTHS);
  }

  @Test
  void aTableOfPeopleWithAnEventIsNotTimelessWhateverItsYears() {
    assertThat(draft()).contains("timeless:");
    people.add("thing");
    column("thing", "05.06.20|07.08.21|17.08.20|30.09.21");

    assertThat(draft())
        .contains(" # not thing: export its years with four digits, then name it under recordDate")
        .doesNotContain("timeless:");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "1/1/2020|2/1/2020|3/1/2020|4/1/2020; <M/d/yyyy or d/M/yyyy, such as M/d/yyyy>",
        "7/8/2020; <M/d/yyyy or d/M/yyyy, such as M/d/yyyy>",
        "1/20/2020|20/1/2020; <M/d/yyyy or d/M/yyyy, such as M/d/yyyy>",
        "1-1-2020|2-1-2020; <M-d-yyyy or d-M-yyyy, such as M-d-yyyy>",
        "7/8/2020 10:00|7/9/2020 11:00; <M/d/yyyy[ H:mm[:ss]] or d/M/yyyy[ H:mm[:ss]], such as"
            + " M/d/yyyy[ H:mm[:ss]]>",
        "1/1/2020|1/20/2020; M/d/yyyy",
        "1/1/2020|20/1/2020; d/M/yyyy"
      })
  void asksForTheOrderOfDayAndMonthWhereNoDateShowsIt(String values, String format) {
    column("seen_on", Collections.nCopies(40, values).stream().collect(Collectors.joining("|")));

    assertThat(draft()).contains(" format: \"" + format + "\" ");
  }

  private static String dates(int firstYear, int step) {
    return IntStream.range(0, 40)
        .mapToObj(i -> firstYear + step * i + "-02-03")
        .collect(Collectors.joining("|"));
  }

  @Test
  void proposesTheDecadesOfDatesThatAreNotTheUsualOnes() {
    column("seen_on", dates(2010, 0) + "|2204-01-01");
    assertThat(draft()).doesNotContain("dates:");

    column("seen_on", dates(2111, 2));
    assertThat(draft())
        .contains(" from: 2110-01-01 to: 2189-12-31 ", " calendar: moved  #")
        .doesNotContain("<moved");

    column("seen_on", dates(1871, 1));
    assertThat(draft()).contains(" from: 1870-01-01 subjects:");

    column("seen_on", dates(2000, 4));
    assertThat(draft())
        .contains(" to: 2159-12-31 ", " calendar: <moved or real, such as moved>")
        .doesNotContain(" from: 2");
  }
}
