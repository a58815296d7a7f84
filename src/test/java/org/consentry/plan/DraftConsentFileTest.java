package org.consentry.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.consentry.config.CsvWords;
import org.consentry.profile.ColumnProfile;
import org.consentry.profile.ColumnSummary;
import org.consentry.profile.Detectors;
import org.consentry.profile.TableProfile;
import org.consentry.testing.MemoryTable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a draft proposes to read a file of consents. */
final class DraftConsentFileTest {

  private static ColumnSummary summary(List<String> values) {
    ColumnProfile profile = new ColumnProfile(Detectors.usual());
    values.forEach(profile::add);
    return profile.summary();
  }

  @ParameterizedTest
  @CsvSource({
    "7/8/2020, '<M/d/yyyy or d/M/yyyy, such as M/d/yyyy>'",
    "7/20/2020, M/d/yyyy",
    "20/7/2020, d/M/yyyy"
  })
  void asksForTheOrderOfDayAndMonthWhereNoDateShowsIt(String signed, String format) {
    List<String> columns = List.of("Patient", "Decision", "Signed");
    List<String> row = List.of("P1", "yes", signed);
    List<List<String>> rows = Collections.nCopies(40, row);
    TableProfile profile =
        new TableProfile(
            "consents",
            "consents.csv",
            rows.size(),
            List.of(),
            Map.of("Signed", summary(Collections.nCopies(rows.size(), signed))));

    assertThat(
            DraftConsentFile.of(
                MemoryTable.of("consents", columns, rows), profile, CsvWords.RFC_4180))
        .contains("format: \"" + format + "\"");
  }
}
