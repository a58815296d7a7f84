package org.consentry.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.consentry.data.BirthDays;
import org.consentry.data.Exclusion;
import org.consentry.data.RecordCategory;
import org.consentry.data.SubjectKeys;
import org.junit.jupiter.api.Test;

/** A large clinic's lines, and a patient with many, are decided like few. */
final class ManyLinesTest {

  private static final int GROWN_UP = (int) LocalDate.of(1980, 3, 4).toEpochDay();
  private static final LocalDate FIRST = LocalDate.of(2000, 1, 1);

  /** More lines than a page of the store has, and more ids than its first table. */
  private static final int PATIENTS = 4_000;

  @Test
  void everyPatientHasItsOwnOutcomeAndWindow() {
    SubjectKeys keys = keys(PATIENTS);
    ConsentFile file = new ConsentFile();
    for (int patient = 0; patient < PATIENTS; patient++) {
      story(file, patient);
    }

    ConsentDecisions decisions = decide(keys, file);

    List<Integer> wrong = new ArrayList<>();
    for (int patient = 0; patient < PATIENTS; patient++) {
      boolean isPermitted = decisions.exclusionCode(patient) == 0;
      boolean isRight =
          isPermitted
              ? outcome(patient) == 0 && spans(decisions, patient).equals(List.of(window(patient)))
              : decisions.exclusionCode(patient) == outcome(patient);
      if (!isRight) {
        wrong.add(patient);
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(decisions.flow().permitted()).isEqualTo(PATIENTS / 2);
    assertThat(decisions.reported().counts()).isEmpty();
  }

  @Test
  void rangesOfAnySizeOnAnyThreadsDecideAlike() {
    SubjectKeys keys = keys(500);
    ConsentFile file = new ConsentFile();
    for (int patient = 0; patient < 500; patient++) {
      story(file, patient);
      file.permit(
          "line_id",
          "F" + (patient < 250 ? patient : patient / 3),
          "patient_id",
          id(patient),
          "duo",
          "MOR:2027-01-01");
      if (patient % 5 == 0) {
        file.withdraw("line_id", "G" + patient, "patient_id", id(patient), "revokes", "none");
        file.withdraw("line_id", "H" + patient, "patient_id", "P0", "revokes", "D" + patient);
      }
    }
    ConsentDecisions whole = decide(keys, file);

    for (int size : new int[] {1, 7, 499}) {
      ConsentDecider decider = read(keys, file);
      List<SubjectRange> ranges = decider.ranges(size);
      ranges.parallelStream().forEach(SubjectRange::decide);
      ConsentDecisions parts = decider.decisions(ranges);

      assertThat(parts.digest()).isEqualTo(whole.digest());
      assertThat(parts.flow()).isEqualTo(whole.flow());
      assertThat(parts.reported()).isEqualTo(whole.reported());
      assertThat(parts.moratorium()).isEqualTo(whole.moratorium());
    }
    assertThat(whole.flow().excluded().keySet()).hasSizeGreaterThan(1);
    assertThat(whole.moratorium().subjects()).isPositive();
    assertThat(whole.reported().counts().keySet())
        .contains("DUPLICATE_LINE_ID", "REVOKES_UNKNOWN_LINE");
  }

  @Test
  void equalConsentHasOneNumberAmongMany() {
    SubjectKeys keys = keys(PATIENTS);
    ConsentFile file = new ConsentFile();
    for (int patient = 0; patient < PATIENTS; patient++) {
      String day = day(patient % 500);
      file.permit("patient_id", id(patient), "data_from", day, "data_to", day);
    }

    ConsentDecisions decisions = decide(keys, file);

    Set<Integer> numbers = new HashSet<>();
    for (int patient = 0; patient < PATIENTS; patient++) {
      numbers.add(decisions.grantsNumber(patient));
      assertThat(decisions.grantsNumber(patient)).isEqualTo(decisions.grantsNumber(patient % 500));
    }
    assertThat(numbers).hasSize(500);
  }

  @Test
  void aPatientMayHaveAnyNumberOfLines() {
    ConsentFile file = new ConsentFile();
    for (int i = 0; i < 100; i++) {
      file.permit("line_id", "A" + i, "patient_id", id(0), "data_from", day(i), "data_to", day(i));
    }
    String half = String.join("|", IntStream.range(0, 50).mapToObj(i -> "A" + i).toList());
    file.withdraw("patient_id", id(0), "revokes", half);

    ConsentDecisions decisions = decide(keys(1), file);

    assertThat(spans(decisions, 0))
        .isEqualTo(IntStream.range(50, 100).mapToObj(ManyLinesTest::window).toList());
  }

  @Test
  void idsThatDifferLittleAreNotTakenForOne() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 50_000; i++) {
      ids.add("L" + i);
      ids.add(String.format("%06d", i));
      ids.add(i + "-" + (i * 31 % 1000));
    }
    for (char one = ' '; one < 127; one++) {
      for (char two = ' '; two < 127; two++) {
        ids.add(new String(new char[] {one, two}));
        ids.add(new String(new char[] {one, 'x', two}));
      }
    }

    Set<Long> hashes = new HashSet<>(ids.stream().map(LineStore::hash).toList());

    assertThat(hashes).hasSameSizeAs(new HashSet<>(ids));
  }

  /** Four lines of a patient, by its number. */
  private static void story(ConsentFile file, int patient) {
    String id = id(patient);
    String day = day(patient);
    String permit = "A" + patient;
    file.permit("line_id", permit, "patient_id", id, "data_from", day, "data_to", day);
    switch (patient % 4) {
      case 0 -> file.withdraw("line_id", "B" + patient, "patient_id", id, "revokes", permit);
      case 1 -> file.deny("line_id", "B" + patient, "patient_id", id, "studies", "OTHER");
      case 2 -> file.deny("line_id", "B" + patient, "patient_id", id);
      default ->
          file.permit(
              "line_id", "B" + patient,
              "patient_id", id,
              "supersedes", permit,
              "signed_at", "2025-01-01T10:00:00",
              "data_from", day,
              "data_to", day);
    }
    file.permit("line_id", "C" + patient, "patient_id", id, "purposes", "HMARKT");
    file.permit("line_id", "D" + patient, "patient_id", id, "status", "DRAFT");
    if (patient % 4 == 0) {
      file.withdraw("line_id", "E" + patient, "patient_id", id, "purposes", "HMARKT");
    }
  }

  private static int outcome(int patient) {
    return switch (patient % 4) {
      case 0 -> Exclusion.WITHDRAWN.code();
      case 2 -> Exclusion.DENIED.code();
      default -> 0;
    };
  }

  private static List<DaySpan> spans(ConsentDecisions decisions, int patient) {
    return decisions.grants(patient).orElseThrow().spans(RecordCategory.LAB);
  }

  private static DaySpan window(int number) {
    int day = (int) FIRST.plusDays(number).toEpochDay();
    return new DaySpan(day, day);
  }

  private static String day(int number) {
    return FIRST.plusDays(number).toString();
  }

  private static String id(int patient) {
    return "P" + patient;
  }

  private static SubjectKeys keys(int patients) {
    return ConsentFile.keys(
        IntStream.range(0, patients).mapToObj(ManyLinesTest::id).toArray(String[]::new));
  }

  private static ConsentDecisions decide(SubjectKeys keys, ConsentFile file) {
    return read(keys, file).decide();
  }

  private static ConsentDecider read(SubjectKeys keys, ConsentFile file) {
    int[] born = new int[keys.size()];
    Arrays.fill(born, GROWN_UP);
    ConsentDecider decider = new ConsentDecider(Requests.trial(), keys, BirthDays.on(born));
    ConsentFile.read(file.text().getBytes(StandardCharsets.UTF_8), keys, decider, 1 << 20);
    return decider;
  }
}
