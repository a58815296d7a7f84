package org.consentry.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.Period;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.consentry.consent.ConsentRequest.MethodsResearch;
import org.consentry.consent.ConsentRequest.Minors;
import org.consentry.consent.ConsentRequest.ParentalPermit;
import org.consentry.consent.ConsentRequest.StudyState;
import org.consentry.data.BirthRange;
import org.consentry.data.Exclusion;
import org.junit.jupiter.api.Test;

/** Where the day of birth is not known, a permit counts only if it would on every possible day. */
final class BirthRangeTest {

  private static final long SEED = 17L;
  private static final int TODAY = (int) Requests.NOW.toLocalDate().toEpochDay();

  @Test
  void countsAPermitOnlyIfItCountsForEveryDayOnWhichThePatientMayBeBorn() {
    Random random = new Random(SEED);
    int mixed = 0;
    for (int i = 0; i < 1_500; i++) {
      LineChecks checks = new LineChecks(request(random));
      ConsentLine line = line(random);
      LocalDate year = LocalDate.of(2026 - random.nextInt(30), 1, 1);
      int first = (int) year.minusYears(random.nextInt(2)).toEpochDay();
      int last = (int) year.plusYears(1).minusDays(1).toEpochDay();

      byte found = checks.firstFailure(line, new BirthRange(first, last));

      long failing =
          IntStream.rangeClosed(first, Math.min(last, TODAY))
              .filter(day -> checks.firstFailure(line, BirthRange.on(day)) != 0)
              .count();
      mixed += failing > 0 && failing <= Math.min(last, TODAY) - first ? 1 : 0;
      assertThat(found != 0).as("seed %d, case %d", SEED, i).isEqualTo(failing > 0);
    }
    assertThat(mixed).isGreaterThan(50);
  }

  @Test
  void countsThePermitOfAnAdultByStatementUnlessAParentSigned() {
    LineChecks checks = new LineChecks(Requests.trial());
    BirthRange stated = BirthRange.on(BirthRange.OF_AGE);

    assertThat(checks.firstFailure(line("PATIENT", "2024-05-02"), stated)).isZero();
    assertThat(checks.firstFailure(line("LAR", "2024-05-02"), stated)).isZero();
    assertThat(checks.firstFailure(line("PARENT", "2024-05-02"), stated))
        .isEqualTo(Exclusion.MINOR.code());
    assertThat(checks.firstFailure(line("GUARDIAN", "2024-05-02"), stated))
        .isEqualTo(Exclusion.MINOR.code());
  }

  @Test
  void countsNoPermitOfAMinorThatTheSourceShowsAgainstTheStatement() {
    LineChecks checks = new LineChecks(Requests.trial());

    assertThat(checks.firstFailure(line("PATIENT", "2024-05-02"), BirthRange.on(BirthRange.MINOR)))
        .isEqualTo(Exclusion.MINOR.code());
  }

  @Test
  void countsNoPermitWhereAllPossibleDaysAreToCome() {
    LineChecks checks = new LineChecks(Requests.trial());

    assertThat(
            checks.firstFailure(
                line("PATIENT", "2024-05-02"), new BirthRange(TODAY + 1, TODAY + 365)))
        .isEqualTo(Exclusion.BIRTH_DATE_UNREADABLE.code());
  }

  @Test
  void countsYearsOfAgeAsTheCalendarDoes() {
    LineChecks checks = new LineChecks(Requests.trial());
    for (String day : List.of("2023-02-28", "2023-03-01", "2024-02-29", "2024-03-01")) {
      LocalDate signed = LocalDate.parse(day);
      ConsentLine line = line("PATIENT", day);
      for (int days = -400; days <= 400; days++) {
        LocalDate born = signed.minusYears(18).plusDays(days);

        byte found = checks.firstFailure(line, BirthRange.on((int) born.toEpochDay()));

        assertThat(found == 0)
            .as("born on %s, signed on %s", born, signed)
            .isEqualTo(Period.between(born, signed).getYears() >= 18);
      }
    }
  }

  private static ConsentRequest request(Random random) {
    ParentalPermit parental =
        random.nextBoolean() ? ParentalPermit.RECONSENT : ParentalPermit.HIPAA_CONTINUES;
    return new ConsentRequest(
        "IRB-2026-014",
        StudyState.OPEN,
        "CLINTRCH",
        MethodsResearch.NO,
        List.of("H02.4"),
        Requests.university(),
        Optional.empty(),
        Set.of(),
        Optional.empty(),
        Requests.NOW,
        new Minors(parental, Map.of("AL", 19, "MS", 21), 18, 7));
  }

  private static ConsentLine line(Random random) {
    String signer = List.of("PATIENT", "PARENT", "GUARDIAN", "LAR").get(random.nextInt(4));
    String assent = List.of("YES", "NA").get(random.nextInt(2));
    String place = List.of("AZ", "AL", "MS", "").get(random.nextInt(4));
    LocalDate signed = Requests.NOW.toLocalDate().minusDays(random.nextInt(4_000) + 1);
    return line(signer, signed.toString(), "assent", assent, "jurisdiction", place);
  }

  private static ConsentLine line(String signer, String signed, String... others) {
    Map<String, String> cells = new java.util.HashMap<>();
    cells.put("decision", "PERMIT");
    cells.put("signer_role", signer);
    cells.put("signer_authority", "as the form has it");
    cells.put("signed_at", signed + "T10:00:00");
    cells.put("recorded_at", signed + "T10:00:00");
    cells.put("valid_from", signed);
    cells.put("jurisdiction", "AZ");
    for (int i = 0; i < others.length; i += 2) {
      cells.put(others[i], others[i + 1]);
    }
    SeenLines seen = new SeenLines();
    new ConsentFile().line(cells).readInto(seen, ConsentFile.keys("P1"));
    return seen.lines().get(0);
  }
}
