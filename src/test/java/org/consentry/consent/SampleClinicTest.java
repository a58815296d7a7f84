package org.consentry.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.consentry.consent.ConsentRequest.MethodsResearch;
import org.consentry.consent.ConsentRequest.Minors;
import org.consentry.consent.ConsentRequest.Profit;
import org.consentry.consent.ConsentRequest.Recipient;
import org.consentry.consent.ConsentRequest.StudyState;
import org.consentry.consent.ConsentRequest.Use;
import org.consentry.data.BirthDays;
import org.consentry.data.Exclusion;
import org.consentry.data.IdRule;
import org.consentry.data.SubjectIndex;
import org.consentry.data.SubjectKeys;
import org.consentry.export.Parallel;
import org.consentry.export.decide.ConsentLines;
import org.consentry.plan.ConsentForm;
import org.consentry.sample.SampleStories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every consent story of the sample clinic ends as it was written to end. */
final class SampleClinicTest {

  private static final Path CLINIC = Path.of("sample-data", "clinic");

  /** Reasons that keep records out and leave the patient in, or are outside consent. */
  private static final Set<String> PATIENT_STAYS =
      Set.of("IN", "CATEGORY", "RECORD_DATE", "DENIED_CATEGORY", "NOT_IN_COHORT");

  private final SubjectKeys keys = new SubjectKeys();

  @ParameterizedTest
  @ValueSource(strings = {"2026-11-23T09:00", "2029-02-28T23:59", "2031-12-31T12:00"})
  void everyStoryOfTheEyelidStudyEndsAsWritten(LocalDateTime now) throws IOException {
    ConsentDecisions decisions = decide(eyelidStudy(now));

    Map<String, String> stories = SampleStories.names();
    List<String> differences = new ArrayList<>();
    SampleStories.outcomes()
        .forEach(
            (id, outcome) -> {
              String expected = PATIENT_STAYS.contains(outcome) ? "IN" : outcome;
              byte[] key = id.getBytes(StandardCharsets.UTF_8);
              byte code = decisions.exclusionCode(keys.find(key, 0, key.length));
              String decided = code == 0 ? "IN" : Exclusion.ofCode(code).name();
              if (!decided.equals(expected)) {
                differences.add(stories.get(id) + " of " + id + " ended " + decided);
              }
            });
    assertThat(differences).isEmpty();
  }

  @Test
  void aCompanyMeetsTheTermsThatAUniversityDoesNot() throws IOException {
    ConsentDecisions decisions = decide(companyStudy());

    List<Exclusion> met = new ArrayList<>();
    for (int subject = 0; subject < decisions.size(); subject++) {
      byte code = decisions.exclusionCode(subject);
      if (code != 0) {
        met.add(Exclusion.ofCode(code));
      }
    }
    assertThat(met)
        .contains(
            Exclusion.DUO_NPU, Exclusion.DUO_NCU, Exclusion.DUO_NPUNCU, Exclusion.DUO_METHODS);
  }

  private ConsentDecisions decide(ConsentRequest request) throws IOException {
    List<Integer> ambiguous = new ArrayList<>();
    int[] birthDays = new int[2000];
    Arrays.fill(birthDays, SubjectIndex.UNKNOWN_DAY);
    for (CSVRecord row : patients()) {
      byte[] id = IdRule.normalize(row.get("patient_id")).getBytes(StandardCharsets.UTF_8);
      int subject = keys.add(id, 0, id.length);
      if (subject < 0) {
        ambiguous.add(-1 - subject);
      } else {
        day(row.get("date_of_birth"))
            .ifPresent(day -> birthDays[subject] = Math.toIntExact(day.toEpochDay()));
      }
    }
    ConsentDecider decider = new ConsentDecider(request, keys, BirthDays.on(birthDays));
    ambiguous.forEach(decider::ambiguous);
    ConsentLines.open(CLINIC.resolve("consents.csv"), "consents.csv", ConsentForm.USUAL)
        .read(keys, decider, RestrictionDigest.NONE, Parallel.onCallingThread());
    return decider.decide();
  }

  private static List<CSVRecord> patients() throws IOException {
    CSVFormat format = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();
    try (CSVParser parser =
        CSVParser.parse(CLINIC.resolve("patients.csv"), StandardCharsets.UTF_8, format)) {
      return parser.getRecords();
    }
  }

  private static Optional<LocalDate> day(String text) {
    try {
      return Optional.of(LocalDate.parse(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static ConsentRequest eyelidStudy(LocalDateTime now) {
    return new ConsentRequest(
        "IRB-2026-014",
        StudyState.OPEN,
        "CLINTRCH",
        MethodsResearch.NO,
        List.of("H02.4"),
        Requests.university(),
        Optional.of(LocalDate.of(2039, 12, 31)),
        Set.of(),
        Optional.empty(),
        now,
        Minors.STRICT);
  }

  private static ConsentRequest companyStudy() {
    return new ConsentRequest(
        "IRB-2026-021",
        StudyState.OPEN,
        "HRESCH",
        MethodsResearch.YES,
        List.of("H02"),
        new Recipient(
            "outcomes-inc", Set.of(), Profit.FOR_PROFIT, Use.COMMERCIAL, "US", Set.of(), Set.of()),
        Optional.of(LocalDate.of(2039, 12, 31)),
        Set.of(),
        Optional.empty(),
        Requests.NOW,
        Minors.STRICT);
  }
}
