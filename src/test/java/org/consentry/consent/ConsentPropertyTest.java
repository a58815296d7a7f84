package org.consentry.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.consentry.consent.ConsentRequest.MethodsResearch;
import org.consentry.consent.ConsentRequest.Minors;
import org.consentry.consent.ConsentRequest.ParentalPermit;
import org.consentry.consent.ConsentRequest.Profit;
import org.consentry.consent.ConsentRequest.Recipient;
import org.consentry.consent.ConsentRequest.StudyState;
import org.consentry.consent.ConsentRequest.Use;
import org.consentry.data.BirthDays;
import org.consentry.data.Exclusion;
import org.consentry.data.RecordCategory;
import org.consentry.data.SubjectIndex;
import org.consentry.data.SubjectKeys;
import org.junit.jupiter.api.Test;

/** Laws of the decider, over random histories. A failure prints the seed and the lines. */
final class ConsentPropertyTest {

  static final long SEED = 20_261_123;
  private static final int HISTORIES = 10_000;

  /** A history is read as one split, unlike the short files of other tests. */
  private static final long ONE_SPLIT = 1 << 20;

  private static final List<RecordCategory> CATEGORIES =
      List.of(
          RecordCategory.VISIT,
          RecordCategory.PHOTO,
          RecordCategory.NOTE,
          RecordCategory.GENETIC,
          RecordCategory.FACE_PHOTO,
          RecordCategory.DEMOGRAPHIC);
  private static final List<List<Optional<LocalDate>>> DATES =
      List.of(
          List.of(day("2022-03-01")),
          List.of(day("2022-12-31")),
          List.of(day("2022-07-01"), day("2023-03-01")),
          List.of(day("2021-01-01"), day("2024-01-01")),
          List.of(day("2022-07-01"), Optional.empty()),
          List.of());

  @Test
  void agreesWithASlowDeciderOnPatientsAndRecords() {
    assertThat(agrees(SEED, HISTORIES))
        .as("the histories end in every reason")
        .contains(
            "PERMIT",
            "BAD_RESTRICTION_ROW",
            "DENIED",
            "DUO_DISEASE",
            "DUO_METHODS",
            "DUO_NEEDS_STEWARD",
            "DUO_NPU",
            "DUO_PERMISSION",
            "DUO_TS",
            "EVIDENCE_MISSING",
            "EXPIRED",
            "BIRTH_DATE_UNREADABLE",
            "MINOR",
            "NOT_YET_VALID",
            "NO_CONSENT",
            "PURPOSE",
            "RECIPIENT",
            "REFUSED",
            "STUDY",
            "WITHDRAWN",
            "CATEGORY",
            "RECORD_DATE",
            "DENIED_CATEGORY");
  }

  @Test
  void addingARestrictionNeverAddsAPatientOrARecord() {
    restrictionsOnlyRestrict(SEED, 4_000);
  }

  @Test
  void theOrderOfLinesNeverMatters() {
    orderNeverMatters(7 * SEED, 2_000);
  }

  @Test
  void grantsLetOutWhatTheDecisionsTheyCameFromDo() {
    assertThat(grantsAreTheDecisions(11 * SEED, 4_000)).as("permitted patients").isGreaterThan(200);
  }

  /** Returns the reasons in which the histories end. */
  static Set<String> agrees(long seed, int histories) {
    Set<String> reasons = new TreeSet<>();
    for (int i = 0; i < histories; i++) {
      Histories random = new Histories(seed + i);
      List<Map<String, String>> lines = random.next();
      ConsentRequest request = request(random);
      Optional<LocalDate> born = birth(random);

      ConsentDecisions decisions = decide(request, born, lines);

      SlowDecider slow = new SlowDecider(request, "P1", born, lines);
      List<String> expected = slowAnswers(slow);
      assertThat(answers(decisions))
          .as("seed %s, born %s, %s\n%s", seed + i, born, request, lines)
          .isEqualTo(expected);
      assertThat(explainedAnswers(decisions))
          .as("explained, seed %s, born %s, %s\n%s", seed + i, born, request, lines)
          .isEqualTo(expected);
      reasons.addAll(expected);
    }
    return reasons;
  }

  static void restrictionsOnlyRestrict(long seed, int histories) {
    for (int i = 0; i < histories; i++) {
      Histories random = new Histories(-seed - i);
      List<Map<String, String>> lines = random.next();
      ConsentRequest request = request(random);
      Optional<LocalDate> born = birth(random);
      List<Map<String, String>> more = new ArrayList<>(lines);
      more.add(random.restriction());

      ConsentDecisions before = decide(request, born, lines);
      ConsentDecisions after = decide(request, born, more);

      List<String> had = answers(before);
      List<String> has = answers(after);
      List<Integer> added =
          IntStream.range(0, had.size())
              .filter(n -> has.get(n).equals("PERMIT") && !had.get(n).equals("PERMIT"))
              .boxed()
              .toList();
      assertThat(added).as("seed %s\n%s", -seed - i, more).isEmpty();
    }
  }

  static void orderNeverMatters(long seed, int histories) {
    for (int i = 0; i < histories; i++) {
      Histories random = new Histories(seed + i);
      List<Map<String, String>> lines = random.next();
      ConsentRequest request = request(random);
      Optional<LocalDate> born = birth(random);
      List<Map<String, String>> shuffled = new ArrayList<>(lines);
      Collections.reverse(shuffled);
      Collections.rotate(shuffled, i);

      String digest = decide(request, born, lines).digest();

      assertThat(decide(request, born, shuffled).digest())
          .as("seed %s\n%s", seed + i, lines)
          .isEqualTo(digest);
    }
  }

  /** Returns the number of permitted patients. */
  static int grantsAreTheDecisions(long seed, int histories) {
    int permitted = 0;
    for (int i = 0; i < histories; i++) {
      Histories random = new Histories(seed + i);
      List<Map<String, String>> lines = random.next();
      ConsentDecisions decisions = decide(request(random), birth(random), lines);

      Optional<Grants> grants = decisions.grants(0);

      assertThat(grants.isPresent()).isEqualTo(decisions.exclusionCode(0) == 0);
      permitted += grants.isPresent() ? 1 : 0;
      grants.ifPresent(
          given -> {
            assertThat(Grants.of(given.words())).isEqualTo(given);
            assertThat(grantedAnswers(given))
                .as("%s", lines)
                .isEqualTo(answers(decisions).stream().map("PERMIT"::equals).toList());
          });
    }
    return permitted;
  }

  private static List<Boolean> grantedAnswers(Grants grants) {
    List<Boolean> answers = new ArrayList<>();
    answers.add(true);
    for (RecordCategory category : CATEGORIES) {
      boolean demographic = category == RecordCategory.DEMOGRAPHIC;
      answers.add(
          demographic
              ? grants.describesThePerson()
              : grants.spans(category).contains(DaySpan.ALWAYS));
      DATES.forEach(
          dates ->
              answers.add(
                  grants.spans(category).stream().anyMatch(span -> span.contains(span(dates)))));
    }
    return answers;
  }

  private static DaySpan span(List<Optional<LocalDate>> dates) {
    RecordDates known = dates(dates);
    return known.knowledge() == RecordDates.Knowledge.ALL_KNOWN
        ? new DaySpan((int) known.first(), (int) known.last())
        : DaySpan.ALWAYS;
  }

  private static ConsentDecisions decide(
      ConsentRequest request, Optional<LocalDate> born, List<Map<String, String>> lines) {
    SubjectKeys keys = ConsentFile.keys("P1", "P2");
    int day = born.map(date -> (int) date.toEpochDay()).orElse(SubjectIndex.UNKNOWN_DAY);
    ConsentDecider decider = new ConsentDecider(request, keys, BirthDays.on(day, 0));
    decider.watch(0);
    ConsentFile file = new ConsentFile();
    lines.forEach(file::exactly);
    byte[] text = file.text().getBytes(StandardCharsets.UTF_8);
    ConsentFile.read(text, keys, decider, ONE_SPLIT);
    return decider.decide();
  }

  private static byte record(
      ConsentDecisions decisions, RecordCategory category, List<Optional<LocalDate>> dates) {
    long min = Long.MAX_VALUE;
    long max = Long.MIN_VALUE;
    boolean unknown = false;
    for (Optional<LocalDate> date : dates) {
      unknown |= date.isEmpty();
      min = Math.min(min, date.map(LocalDate::toEpochDay).orElse(min));
      max = Math.max(max, date.map(LocalDate::toEpochDay).orElse(max));
    }
    return decisions.record(0, category, min, max, unknown);
  }

  /** The patient's answer, then that of every category, timeless and with every set of dates. */
  private static List<String> answers(ConsentDecisions decisions) {
    List<String> answers = new ArrayList<>();
    answers.add(name(decisions.exclusionCode(0)));
    for (RecordCategory category : CATEGORIES) {
      answers.add(name(decisions.timelessRecord(0, category)));
      DATES.forEach(dates -> answers.add(name(record(decisions, category, dates))));
    }
    return answers;
  }

  private static List<String> explainedAnswers(ConsentDecisions decisions) {
    ConsentExplanation explanation = decisions.explanation().orElseThrow();
    List<String> answers = new ArrayList<>();
    answers.add(name(explanation.exclusion()));
    for (RecordCategory category : CATEGORIES) {
      answers.add(name(explanation.record(category, RecordDates.timeless()).exclusion()));
      DATES.forEach(
          dates -> answers.add(name(explanation.record(category, dates(dates)).exclusion())));
    }
    return answers;
  }

  private static List<String> slowAnswers(SlowDecider slow) {
    List<String> answers = new ArrayList<>();
    answers.add(slow.patient());
    for (RecordCategory category : CATEGORIES) {
      answers.add(slow.record(category.name(), List.of(), true));
      DATES.forEach(dates -> answers.add(slow.record(category.name(), dates, false)));
    }
    return answers.stream().map(answer -> answer.isEmpty() ? "PERMIT" : answer).toList();
  }

  private static RecordDates dates(List<Optional<LocalDate>> dates) {
    List<Long> known = dates.stream().flatMap(Optional::stream).map(LocalDate::toEpochDay).toList();
    return dates.isEmpty() || known.size() < dates.size()
        ? RecordDates.unknown()
        : RecordDates.known(Collections.min(known), Collections.max(known));
  }

  static ConsentRequest request(Histories histories) {
    return new ConsentRequest(
        "IRB-2026-014",
        histories.oneIn(4) ? StudyState.CLOSED : StudyState.OPEN,
        histories.pickFrom(List.of("CLINTRCH", "CLINTRCH", "HRESCH", "BIORCH")),
        histories.oneIn(6) ? MethodsResearch.YES : MethodsResearch.NO,
        histories.pickFrom(List.of(List.of("H02.4"), List.of("H02.4", "H03"), List.of("L90.5"))),
        new Recipient(
            "uni-x",
            Set.of("university"),
            histories.oneIn(4) ? Profit.FOR_PROFIT : Profit.NON_PROFIT,
            Use.NON_COMMERCIAL,
            "US",
            Set.of(),
            Set.of()),
        Optional.empty(),
        Set.of(),
        histories.oneIn(4) ? Optional.of("S-1") : Optional.empty(),
        Requests.NOW,
        histories.oneIn(3)
            ? new Minors(ParentalPermit.HIPAA_CONTINUES, Map.of("AL", 19), 18, 7)
            : Minors.STRICT);
  }

  private static Optional<LocalDate> birth(Histories histories) {
    return histories.pickFrom(
        List.of(
            day("1980-03-04"),
            day("1980-03-04"),
            day("1991-01-01"),
            day("2008-11-23"),
            day("2008-11-24"),
            day("2008-02-29"),
            day("2007-11-24"),
            day("2019-11-24"),
            day("2015-01-01"),
            day("2027-01-01"),
            Optional.<LocalDate>empty()));
  }

  private static Optional<LocalDate> day(String text) {
    return Optional.of(LocalDate.parse(text));
  }

  private static String name(byte code) {
    return code == 0 ? "PERMIT" : Exclusion.ofCode(code).name();
  }

  private static String name(Optional<Exclusion> exclusion) {
    return exclusion.map(Exclusion::name).orElse("PERMIT");
  }
}
