package org.consentry.operator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consentry.config.Binder;
import org.consentry.config.Mapping;
import org.consentry.config.YamlFile;
import org.consentry.data.Effect;
import org.consentry.data.Effect.PeriodUnit;
import org.consentry.problem.Place;
import org.consentry.problem.Problems;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operator declares what its output still reveals. */
final class EffectTest {

  private static final String HEAD =
      """
      mapping: m
      version: 1
      unmapped: stop
      subjects: {table: patients, key: id}
      tables:
        patients:
          subject: id
          key: [id]
          category: DEMOGRAPHIC
          columns:
      """;

  static List<Arguments> rules() {
    return List.of(
        Arguments.of("do: keep", new Effect.TrueValue()),
        Arguments.of("do: drop", new Effect.Removes()),
        Arguments.of("do: redact", new Effect.Removes()),
        Arguments.of("do: substitute, with: x", new Effect.Removes()),
        Arguments.of("do: mask, keepFirst: 2", new Effect.TruePart(Optional.empty())),
        Arguments.of("do: recode, map: {a: b}", new Effect.Listed()),
        Arguments.of(
            "do: pseudonymize, domain: visit, code: one-time",
            new Effect.Code(Effect.CodeKind.ONE_TIME, "visit")),
        Arguments.of("do: birth-year", new Effect.Period(PeriodUnit.BIRTH_YEAR)),
        Arguments.of("do: generalize, to: year", new Effect.Period(PeriodUnit.YEAR)),
        Arguments.of("do: generalize, to: quarter", new Effect.Period(PeriodUnit.QUARTER)),
        Arguments.of("do: generalize, to: month", new Effect.Period(PeriodUnit.MONTH)),
        Arguments.of("do: generalize, to: week", new Effect.Period(PeriodUnit.WEEK)),
        Arguments.of("do: generalize, to: zip3, list: census-2020", new Effect.Area(3)),
        Arguments.of(
            "do: generalize, to: ranges, lowerBounds: [18, 45]",
            new Effect.TruePart(Optional.of(45L))),
        Arguments.of("do: generalize, to: rounding, by: 10", new Effect.TruePart(Optional.empty())),
        Arguments.of(
            "do: generalize, to: hierarchy, file: h.csv, level: state", new Effect.Listed()),
        Arguments.of("do: age, of: subject.birthDate", new Effect.Age(Optional.empty())),
        Arguments.of(
            "do: age, of: subject.birthDate, topCode: 89", new Effect.Age(Optional.of(89))),
        Arguments.of("do: dateShift", new Effect.ShiftedDate(Optional.empty())),
        Arguments.of(
            "do: dateShift, ends: keep", new Effect.ShiftedDate(Optional.of(Effect.Ends.KEEP))));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void declaresWhatItsOutputStillReveals(String rule, Effect effect) {
    assertThat(effects("      id: {role: linkage-key, type: code, " + rule + "}\n"))
        .hasSize(1)
        .containsValue(effect);
  }

  @Test
  void declaresTheEffectOfColumnsThatAreMadeOfSeveral() {
    String columns =
        """
              id: {role: linkage-key, do: drop}
            derive:
              - do: interval
                in: years
                from: {start: id, end: id}
                release: {as: a, role: sensitive, type: integer}
              - do: service-class
                rules: rules.yaml
                from: {procedure: id, diagnoses: id}
                release: {of: class, as: b, role: sensitive, type: code}
        """;

    assertThat(effects(columns).values())
        .containsExactlyInAnyOrder(
            new Effect.Removes(),
            new Effect.Interval(Effect.IntervalUnit.YEARS),
            new Effect.Label());
  }

  @Test
  void declaresNothingForAnOperatorWhereItCannotBe() {
    assertThat(effects("      id: {role: linkage-key, type: integer, do: interval}\n")).isEmpty();
    assertThat(
            effects(
                """
                      id: {role: linkage-key, do: drop}
                    derive:
                      - do: keep
                        from: {start: id}
                        release: {as: a, role: sensitive, type: code}
                """))
        .containsOnlyKeys(new Place("m.yaml", 11, 35));
  }

  @Test
  void declaresNothingForSettingsThatCannotBeRead() {
    assertThat(effects("      id: {role: linkage-key, type: code, do: generalize, to: town}\n"))
        .isEmpty();
  }

  private static Map<Place, Effect> effects(String columns) {
    Problems problems = new Problems();
    Optional<Mapping> mapping =
        YamlFile.parse((HEAD + columns).getBytes(UTF_8), "m.yaml", problems)
            .flatMap(yaml -> Binder.bind(yaml.root(), Mapping.class, problems));
    assertThat(problems.list()).isEmpty();
    return Operators.SHIPPED.effects(mapping.orElseThrow());
  }
}
