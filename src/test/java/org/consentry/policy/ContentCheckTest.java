package org.consentry.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.consentry.problem.Problem;
import org.consentry.problem.Severity;
import org.consentry.profile.ColumnSummary;
import org.consentry.profile.ColumnSummary.Hits;
import org.consentry.profile.ColumnType;
import org.consentry.profile.ContentKind;
import org.consentry.profile.SourceContents;
import org.consentry.profile.TableProfile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What values show is compared with what a mapping releases of them, by effects. */
final class ContentCheckTest {

  private static final LocalDate TODAY = LocalDate.of(2026, 11, 23);

  private static final String MAPPING =
      """
      mapping: spec
      version: 1
      subjects: {table: patients, key: id}
      tables:
        patients:
          subject: id
          key: id
          category: DEMOGRAPHIC
          timeless: one row a person
          columns:
            id: {role: linkage-key, do: pseudonymize, domain: patient, code: random, type: code}
            c: %s
      """;

  private static final String KEPT = "{role: sensitive, do: keep, type: code}";

  private static final String ANSWERED =
      "{role: sensitive, do: keep, type: code, acknowledge: {code: CONTENT_PHONE, reason: lines"
          + " of the clinic, until: 2026-11-23}}";

  private static List<Problem> found(String rule, String target, ColumnSummary column) {
    return foundIn(MAPPING.replace("%s", rule), "c", target, column);
  }

  private static List<Problem> foundIn(
      String text, String name, String target, ColumnSummary column) {
    PolicyInput input = PolicySpecTest.input(PolicySpecTest.mapping(text));
    SourceContents contents =
        new SourceContents(
            List.of(
                new TableProfile(
                    "patients", "patients.csv", column.rows(), List.of(), Map.of(name, column))));
    return ContentCheck.check(
            Policies.SHIPPED.named(target).orElseThrow(), input, contents, Policies.SHIPPED, TODAY)
        .problems();
  }

  private static List<String> texts(String rule, String target, ColumnSummary column) {
    return found(rule, target, column).stream().map(Problem::toString).toList();
  }

  /** A column of 1,000 values, so many of which contain something. */
  private static ColumnSummary column(ContentKind kind, long certain, long possible, int distinct) {
    return column(
        Map.of(kind, new Hits(certain, possible, distinct)), EnumSet.noneOf(ContentKind.class));
  }

  private static ColumnSummary column(Map<ContentKind, Hits> hits, Set<ContentKind> like) {
    return new ColumnSummary(
        1000,
        new ColumnSummary.Missing(0, 0, 0),
        new ColumnSummary.Distinct(900, true),
        new ColumnSummary.Lengths(1, 20),
        new ColumnSummary.Written(
            ColumnType.CODE, Optional.empty(), 1000, 0, 0, 0, ColumnSummary.Style.USUAL),
        hits,
        like);
  }

  @ParameterizedTest
  @EnumSource(
      value = ContentKind.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"TIME", "AGE"})
  void whatAColumnReleasesIsAnErrorUnderSafeHarborAndAWarningElsewhere(ContentKind kind) {
    ColumnSummary column = column(kind, 500, 500, 64);

    for (Policy policy : Policies.SHIPPED.all()) {
      boolean safeHarbor = policy.target().shortWord().equals("SH");
      assertThat(found(KEPT, policy.target().word(), column))
          .as(policy.target().word())
          .singleElement()
          .satisfies(
              problem -> {
                assertThat(problem.severity())
                    .isEqualTo(safeHarbor ? Severity.ERROR : Severity.WARNING);
                assertThat(problem.code())
                    .isEqualTo((safeHarbor ? "SH_" : "") + "CONTENT_" + kind.name());
              });
    }
  }

  @Test
  void everyCodeAboutValuesIsFoundByTheseTests() {
    Set<String> words = new TreeSet<>(ContentCheck.words());
    words.remove("CONTENT_ROLE");
    words.remove("CONTENT_UNIQUE");
    words.remove("CONTENT_PERHAPS");
    List<String> kinds = new ArrayList<>();
    EnumSet.complementOf(EnumSet.of(ContentKind.TIME, ContentKind.AGE))
        .forEach(kind -> kinds.add("CONTENT_" + kind.name()));

    assertThat(words).containsExactlyInAnyOrderElementsOf(kinds);
    assertThat(Policies.SHIPPED.codes().stream().map(FindingCode::name))
        .filteredOn(name -> name.contains("CONTENT_"))
        .hasSize(3 + 2 * kinds.size());
  }

  @Test
  void theMessageHasPlaceShareParagraphAndRemedy() {
    assertThat(texts(KEPT, "safe-harbor", column(ContentKind.EMAIL, 120, 120, 64)))
        .containsExactly(
            "m.yaml:12:32: error SH_CONTENT_EMAIL column 'c' of table 'patients' is released as it"
                + " is, and 12 % of its values contain e-mail addresses (45 CFR"
                + " 164.514(b)(2)(i)(F)); drop it, or use an operator that lets nothing of them"
                + " out");
    assertThat(texts(KEPT, "gdpr-pseudonymised", column(ContentKind.EMAIL, 1000, 1000, 64)))
        .containsExactly(
            "m.yaml:12:32: warning CONTENT_EMAIL column 'c' of table 'patients' is released as it"
                + " is, and 100 % of its values contain e-mail addresses (GDPR article 4(5)); drop"
                + " it, or use an operator that lets nothing of them out");
  }

  @Test
  void aSingleEmailAddressIsAFindingAndItsNumberIsMasked() {
    assertThat(texts(KEPT, "safe-harbor", column(ContentKind.EMAIL, 1, 1, 1)))
        .singleElement()
        .asString()
        .contains("and <11 of its values contain e-mail addresses");
    assertThat(texts(KEPT, "safe-harbor", column(ContentKind.EMAIL, 999, 999, 64)))
        .singleElement()
        .asString()
        .contains("and all but <11 of its values contain e-mail addresses");
  }

  @ParameterizedTest
  @CsvSource({"10, 10, 1", "9, 9, 0", "200, 3, 0", "200, 10, 0", "200, 11, 1"})
  void namesAndTextsNeedAShareAndMoreValuesThanAListHas(long values, int distinct, int findings) {
    for (ContentKind kind : List.of(ContentKind.NAME, ContentKind.FREE_TEXT)) {
      assertThat(found(KEPT, "safe-harbor", column(kind, values, values, distinct)))
          .as(kind.name())
          .hasSize(findings);
    }
  }

  @ParameterizedTest
  @CsvSource({"499, 64, 0", "500, 64, 1", "1000, 10, 0", "1000, 11, 1"})
  void whatValuesMayBeCountsWhereMostOfThemMayBe(long possible, int distinct, int findings) {
    assertThat(found(KEPT, "safe-harbor", column(ContentKind.SSN, 0, possible, distinct)))
        .hasSize(findings);
  }

  /** In a large column less than one in a hundred is the names of many patients. */
  @ParameterizedTest
  @CsvSource({"40, 11, 1", "40, 10, 0", "10, 10, 0"})
  void manyNamesInFewerValuesAreAWarning(long values, int distinct, int findings) {
    ColumnSummary few = column(ContentKind.NAME, values, values, distinct);
    ColumnSummary large =
        new ColumnSummary(
            10_000,
            few.missing(),
            few.distinct(),
            few.lengths(),
            few.written(),
            few.kinds(),
            few.looksLike());

    assertThat(texts(KEPT, "safe-harbor", large))
        .hasSize(findings)
        .allMatch(
            text ->
                text.contains(
                    "warning CONTENT_PERHAPS column 'c' of table 'patients' is released as it is,"
                        + " and <1 % of its values may be names of people"));
  }

  /** Days, ZIP codes and coordinates look like codes of procedures and results of a laboratory. */
  @ParameterizedTest
  @EnumSource(
      value = ContentKind.class,
      names = {"DATE", "ZIP_CODE", "COORDINATES"})
  void whatNumbersMayBeIsAWarningWhereNearlyAllMayBeAndTheyDoNotRepeat(ContentKind kind) {
    assertThat(texts(KEPT, "safe-harbor", column(kind, 0, 960, 64)))
        .singleElement()
        .asString()
        .contains(
            "warning CONTENT_PERHAPS column 'c' of table 'patients' is released as it is, and 96 %"
                + " of its values may be "
                + kind.plural());
    assertThat(found(KEPT, "safe-harbor", column(kind, 0, 940, 64))).isEmpty();
    assertThat(found(KEPT, "safe-harbor", different(column(kind, 0, 1000, 64), 150))).isEmpty();
    assertThat(found(KEPT, "safe-harbor", column(kind, 1, 1000, 64)))
        .extracting(Problem::code)
        .containsExactly("SH_CONTENT_" + kind.name());
  }

  @Test
  void labelsThatRepeatAreNoFreeText() {
    ColumnSummary texts = column(ContentKind.FREE_TEXT, 900, 900, 64);

    assertThat(found(KEPT, "safe-harbor", different(texts, 199))).isEmpty();
    assertThat(found(KEPT, "safe-harbor", different(texts, 200))).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(
      value = ContentKind.class,
      names = {"CARD_NUMBER", "LICENSE_NUMBER", "NATIONAL_ID", "VEHICLE_NUMBER"})
  void oneCodeInTenHasARightCheckDigitByChance(ContentKind kind) {
    assertThat(found(KEPT, "safe-harbor", column(kind, 100, 100, 64))).isEmpty();
    assertThat(found(KEPT, "safe-harbor", column(kind, 500, 500, 64))).hasSize(1);
  }

  private static ColumnSummary different(ColumnSummary column, long distinct) {
    return new ColumnSummary(
        column.rows(),
        column.missing(),
        new ColumnSummary.Distinct(distinct, true),
        column.lengths(),
        column.written(),
        column.kinds(),
        column.looksLike());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{role: sensitive, do: drop}",
        "{role: sensitive, do: redact, type: code}",
        "{role: sensitive, do: pseudonymize, domain: d, code: random, type: code}",
        "{role: quasi-identifier, do: generalize, to: year, type: integer}",
        "{role: sensitive, do: generalize, to: rounding, by: 10, type: integer}"
      })
  void operatorsThatLetNoTextOutAreNoFinding(String rule) {
    assertThat(found(rule, "safe-harbor", column(ContentKind.PHONE, 900, 900, 64))).isEmpty();
  }

  @Test
  void aPartOfTheValueIsAFindingToo() {
    assertThat(
            texts(
                "{role: sensitive, do: mask, keepFirst: 8, type: code}",
                "safe-harbor",
                column(ContentKind.PHONE, 900, 900, 64)))
        .singleElement()
        .asString()
        .contains("is released in part, and 90 % of its values contain telephone numbers");
  }

  @ParameterizedTest
  @CsvSource({"city, 740, 0", "city, 750, 1", "county, 740, 0", "provider, 1000, 0", "hpi, 740, 1"})
  void namesOfTownsAndStaffAreLeftToTheRulesForPlacesAndStaff(
      String name, long names, int findings) {
    String mapping = MAPPING.replace("c: %s", name + ": " + KEPT);
    ColumnSummary column = column(ContentKind.NAME, names, names, 64);

    assertThat(foundIn(mapping, name, "limited-data-set", column)).hasSize(findings);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{role: quasi-identifier, do: keep, type: date} | 0",
        "{role: quasi-identifier, do: keep, type: timestamp} | 0",
        "{role: sensitive, do: keep, type: code} | 1"
      })
  void datesThatTheMappingTakesForDatesAreLeftToTheRulesForDates(String rule, int findings) {
    assertThat(found(rule, "limited-data-set", column(ContentKind.DATE, 900, 900, 64)))
        .hasSize(findings);
  }

  @Test
  void identifiersInAColumnDeclaredNonSensitiveAreAWarningEvenIfItIsDropped() {
    assertThat(
            texts(
                "{role: non-sensitive, do: drop}",
                "safe-harbor",
                column(ContentKind.PHONE, 900, 900, 64)))
        .containsExactly(
            "m.yaml:12:36: warning CONTENT_ROLE column 'c' of table 'patients' is declared"
                + " non-sensitive, and 90 % of its values contain telephone numbers (45 CFR"
                + " 164.514(b)(2)); declare role: direct-identifier");
    assertThat(
            found(
                "{role: direct-identifier, do: drop}",
                "safe-harbor",
                column(ContentKind.PHONE, 900, 900, 64)))
        .isEmpty();
  }

  @Test
  void aKeptColumnThatLooksLikeRecordNumbersIsAWarning() {
    ColumnSummary column = column(Map.of(), EnumSet.of(ContentKind.RECORD_NUMBER));

    assertThat(texts(KEPT, "safe-harbor", column))
        .containsExactly(
            "m.yaml:12:32: warning CONTENT_UNIQUE column 'c' of table 'patients' is released as it"
                + " is, and its values have one form and hardly repeat, like record numbers (45 CFR"
                + " 164.514(b)(2)); pseudonymize it, or drop it");
  }

  @Test
  void aWarningIsAnsweredAndAnAnswerToNothingIsReported() {
    assertThat(found(ANSWERED, "limited-data-set", column(ContentKind.PHONE, 900, 900, 64)))
        .isEmpty();
    assertThat(texts(ANSWERED, "limited-data-set", column(Map.of(), Set.of())))
        .singleElement()
        .asString()
        .contains("warning ACK_UNUSED column 'c' of table 'patients' acknowledges CONTENT_PHONE");
  }

  @Test
  void anErrorIsNotAnswered() {
    assertThat(found(ANSWERED, "safe-harbor", column(ContentKind.PHONE, 900, 900, 64)))
        .extracting(Problem::code)
        .contains("SH_CONTENT_PHONE");
  }

  @Test
  void anAnswerAboutValuesIsNotUnusedWhereNoValueWasLookedAt() {
    PolicyInput input =
        PolicySpecTest.input(PolicySpecTest.mapping(MAPPING.replace("%s", ANSWERED)));
    Policy policy = Policies.SHIPPED.named("limited-data-set").orElseThrow();

    PolicyReport report =
        Acknowledgements.answer(policy.check(input), input, Policies.SHIPPED, TODAY);

    assertThat(report.findings()).isEmpty();
  }
}
