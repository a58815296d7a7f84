package org.consentry.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.consentry.config.Mapping;
import org.consentry.config.MappingFile;
import org.consentry.data.Effect;
import org.consentry.operator.Operators;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.consentry.problem.Problems;
import org.consentry.problem.Severity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class PolicyReportTest {

  static final String TEXT =
      """
      mapping: spec
      version: 1
      subjects: {table: patients, key: mrn}
      tables:
        patients:
          subject: mrn
          key: [mrn]
          category: DEMOGRAPHIC
          timeless: one row a person
          columns:
            mrn: {role: linkage-key, do: pseudonymize, domain: patient, code: random, type: code}
            dob: {role: quasi-identifier, do: birth-year, type: integer}
            zip: {role: quasi-identifier, do: keep, type: code}
            faxNumber: {role: non-sensitive, do: keep, type: code}
            lastName: {role: direct-identifier, do: drop}
            first: {role: direct-identifier, do: drop}
      """;

  private static PolicyReport safeHarbor(String text) {
    return Policies.SHIPPED
        .named("safe-harbor")
        .orElseThrow()
        .check(PolicySpecTest.input(PolicySpecTest.mapping(text)));
  }

  @Test
  void reportsAllFindingsWithPlaceRuleAndRemedy() {
    assertThat(safeHarbor(TEXT).problems())
        .extracting(Problem::toString)
        .containsExactly(
            "m.yaml:13:41: error SH_ZIP column 'zip' of table 'patients' has ZIP codes that are"
                + " not cut to three digits by population (45 CFR 164.514(b)(2)(i)(B)); use"
                + " generalize with to: zip3 and list: census-2020, or drop it",
            "m.yaml:14:44: error SH_IDENTIFIER column 'faxNumber' of table 'patients' by its name"
                + " has fax numbers and is released (45 CFR 164.514(b)(2)(i)(E)); drop it; if"
                + " the name misleads, rename the column in the source");
  }

  @Test
  void listsHowEachOfTheEighteenWasHandled() {
    List<String> handled =
        safeHarbor(TEXT).identifiers().stream()
            .map(
                each ->
                    each.letter()
                        + " "
                        + each.columns().stream()
                            .map(column -> column.column() + ": " + column.done())
                            .toList())
            .toList();

    assertThat(handled)
        .containsExactly(
            "A [lastName: drop, first: drop]",
            "B [zip: keep]",
            "C [dob: birth-year]",
            "D []",
            "E [faxNumber: keep]",
            "F []",
            "G []",
            "H [mrn: pseudonymize, random]",
            "I []",
            "J []",
            "K []",
            "L []",
            "M []",
            "N []",
            "O []",
            "P []",
            "Q []",
            "R []");
  }

  /** What a derived column is made of is handled too, and by the words that specify it. */
  @Test
  void listsWhatWasDoneByTheWordThatSpecifiesIt() {
    String text =
        """
        mapping: spec
        version: 1
        subjects: {table: patients, key: id, birthDate: born, deathDate: ended}
        tables:
          patients:
            subject: id
            key: [id]
            category: DEMOGRAPHIC
            timeless: one row a person
            columns:
              id: {role: linkage-key, do: pseudonymize, domain: patient, code: keyed, type: code}
              born: {role: quasi-identifier, do: drop}
              ended: {role: quasi-identifier, do: drop}
              tattoo: {role: direct-identifier, do: drop}
              note: {role: free-text, do: drop}
          visits:
            subject: id
            key: [visit]
            recordDate: [seen]
            category: VISIT
            columns:
              id: {role: linkage-key, do: drop}
              visit: {role: linkage-key, do: drop}
              seen:
                - {role: quasi-identifier, do: generalize, to: year, as: y, type: integer}
                - {role: quasi-identifier, do: age, of: subject.birthDate, topCode: 89, as: a, type: integer}
              ssn: {role: direct-identifier, do: mask, keepLast: 4, type: code}
              city: {role: quasi-identifier, do: keep, type: text}
            derive:
              - {do: interval, from: {start: subject.birthDate, end: seen}, release: {as: lived, role: sensitive, type: integer}}
              - {do: classify, from: {a: visit, b: city}, release: {as: klass, role: sensitive, type: code}}
        """;

    assertThat(
            safeHarbor(text).identifiers().stream()
                .filter(each -> !each.columns().isEmpty())
                .map(
                    each ->
                        each.letter()
                            + " "
                            + each.columns().stream()
                                .map(one -> one.table() + "." + one.column() + ": " + one.done())
                                .toList()))
        .containsExactly(
            "B [visits.city: keep, visits.city: classify into klass]",
            "C [patients.born: drop, patients.ended: drop, visits.seen: generalize to year,"
                + " visits.seen: age, top code 89, patients.born: interval into lived,"
                + " visits.seen: interval into lived]",
            "G [visits.ssn: mask]",
            "R [patients.id: pseudonymize, keyed, patients.tattoo: drop, visits.id: drop,"
                + " visits.visit: drop, visits.visit: classify into klass]");
  }

  /** The mapping names the days of birth and death in the table of persons alone. */
  @Test
  void takesNoColumnOfAnotherTableForTheDayOfBirthOrDeath() {
    String text =
        """
        mapping: spec
        version: 1
        subjects: {table: patients, key: id, birthDate: began, deathDate: ended}
        tables:
          patients:
            subject: id
            key: [id]
            category: DEMOGRAPHIC
            timeless: one row a person
            columns:
              id: {role: linkage-key, do: drop}
              began: {role: quasi-identifier, do: keep, type: code}
              ended: {role: quasi-identifier, do: keep, type: code}
              sort: {role: quasi-identifier, do: keep, type: code}
          programs:
            subject: id
            key: [program]
            recordDate: [seen]
            category: VISIT
            references: {donor: patients.id}
            columns:
              id: {role: linkage-key, do: drop}
              program: {role: linkage-key, do: drop}
              seen: {role: quasi-identifier, do: drop}
              began: {role: quasi-identifier, do: keep, type: code}
              ended: {role: quasi-identifier, do: keep, type: code}
              donor: {role: linkage-key, do: pseudonymize, domain: other, code: one-time, type: code}
        """;

    assertThat(safeHarbor(text).findings())
        .extracting(finding -> finding.code() + " " + finding.table() + "." + finding.column())
        .containsExactly(
            "SH_BIRTH patients.began", "SH_DATE patients.ended", "SH_CODE_DERIVED programs.donor");
  }

  @Test
  void judgesARuleWhoseSettingsCannotBeReadByTheValueItself() {
    Mapping mapping = PolicySpecTest.mapping(TEXT);
    PolicyInput unread =
        new PolicyInput(
            mapping, List.of(), PolicyInput.Necessity.NO_REASON_ASKED, Map.of(), Map.of());

    assertThat(Policies.SHIPPED.named("safe-harbor").orElseThrow().check(unread).findings())
        .extracting(PolicyReport.Finding::column)
        .containsExactly("mrn", "dob", "zip", "faxNumber");
  }

  @Test
  void looksAtReleasedTablesOnly() {
    Mapping mapping = PolicySpecTest.mapping(TEXT);
    PolicyInput other =
        new PolicyInput(
            mapping,
            List.of("visits"),
            PolicyInput.Necessity.NO_REASON_ASKED,
            Operators.SHIPPED.effects(mapping),
            Map.of());

    assertThat(Policies.SHIPPED.named("safe-harbor").orElseThrow().check(other).findings())
        .isEmpty();
  }

  static List<Arguments> revealing() {
    return List.of(
        Arguments.of(new Effect.Area(5), "SH_ZIP"),
        Arguments.of(new Effect.Area(4), "SH_ZIP"),
        Arguments.of(new Effect.Age(Optional.of(120)), "SH_AGE"),
        Arguments.of(new Effect.Age(Optional.of(90)), "SH_AGE"),
        Arguments.of(new Effect.Age(Optional.empty()), "SH_AGE"),
        Arguments.of(new Effect.Period(Effect.PeriodUnit.WEEK), "SH_DATE"),
        Arguments.of(new Effect.ShiftedDate(Optional.empty()), "SH_DATE_SHIFT"),
        Arguments.of(new Effect.Code(Effect.CodeKind.KEYED, "any"), "SH_CODE_DERIVED"));
  }

  @Test
  void allowsWhatSafeHarborAllowsWhateverTheOperatorIsCalled() {
    for (Effect effect :
        List.of(
            new Effect.Area(3),
            new Effect.Age(Optional.of(89)),
            new Effect.Period(Effect.PeriodUnit.YEAR),
            new Effect.Removes())) {
      assertThat(codes(effect)).as(effect.toString()).isEmpty();
    }
  }

  /** Whatever the operator is called and whatever the name of the column suggests. */
  @ParameterizedTest
  @MethodSource("revealing")
  void judgesAColumnByTheEffectOfItsOperator(Effect effect, String code) {
    assertThat(codes(effect)).containsExactly(code);
  }

  private static List<String> codes(Effect effect) {
    String rule = "colour: {role: non-sensitive, do: keep, type: code}";
    Mapping mapping =
        PolicySpecTest.mapping(
            TEXT.replace("zip: {role: quasi-identifier, do: keep, type: code}", rule));
    Map<Place, Effect> effects = new HashMap<>(Operators.SHIPPED.effects(mapping));
    mapping.tables().values().stream()
        .flatMap(table -> table.columns().entrySet().stream())
        .filter(column -> column.getKey().equals("colour"))
        .flatMap(column -> column.getValue().outputs().stream())
        .forEach(output -> effects.put(output.operator().place(), effect));
    PolicyInput input =
        new PolicyInput(
            mapping, List.of(), PolicyInput.Necessity.NO_REASON_ASKED, effects, Map.of());

    return Policies.SHIPPED.named("safe-harbor").orElseThrow().check(input).findings().stream()
        .filter(finding -> finding.column().equals("colour"))
        .map(PolicyReport.Finding::code)
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "clinic-safe-harbor, safe-harbor",
    "synthea-safe-harbor, safe-harbor",
    "clinic-limited-data-set, limited-data-set"
  })
  void shippedMappingsMeetTheirTargets(String name, String target) {
    PolicyReport report = check(name, target, PolicyInput.Necessity.REASON_FOR_EVERY_COLUMN);

    assertThat(errors(report)).isEmpty();
  }

  @Test
  void aLimitedDataSetIsNotSafeHarbor() {
    PolicyReport report =
        check(
            "clinic-limited-data-set",
            "safe-harbor",
            PolicyInput.Necessity.REASON_FOR_EVERY_COLUMN);

    assertThat(report.findings())
        .extracting(PolicyReport.Finding::code)
        .contains("SH_CODE_DERIVED", "SH_DATE_SHIFT", "SH_ZIP", "SH_AREA");
  }

  private static PolicyReport check(String name, String target, PolicyInput.Necessity necessity) {
    Problems problems = new Problems();
    Mapping mapping =
        MappingFile.read(Path.of("mappings", name + ".yaml"), name + ".yaml", problems)
            .orElseThrow()
            .mapping();
    problems.throwIfAny(Category.FILES_INVALID);
    return Policies.SHIPPED
        .named(target)
        .orElseThrow()
        .check(
            new PolicyInput(
                mapping, List.of(), necessity, Operators.SHIPPED.effects(mapping), Map.of()));
  }

  private static Stream<String> errors(PolicyReport report) {
    return report.problems().stream()
        .filter(problem -> problem.severity() == Severity.ERROR)
        .map(Problem::toString);
  }
}
