package org.consentry.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consentry.data.FieldType;
import org.consentry.problem.Problems;

/** Operators of a test, bound and opened. */
final class OperatorFixtures {

  static final LocalDate REFERENCE = LocalDate.of(2026, 11, 1);

  private OperatorFixtures() {}

  static <C extends Record> Transformer open(
      OperatorFactory<C> factory, C config, RuleContext context, OperatorKeys keys) {
    Problems problems = new Problems();
    Optional<Operator> operator = factory.bind(config, context, problems);
    assertThat(problems.list()).isEmpty();
    return operator.orElseThrow().open(keys);
  }

  static <C extends Record> Transformer open(OperatorFactory<C> factory, C config, FieldType type) {
    return open(factory, config, Context.of(type), new MacKeys());
  }

  static Transformer generalize(Generalize.To to, FieldType type) {
    return open(
        new Generalize(),
        new Generalize.Config(
            to,
            to == Generalize.To.ZIP3 ? Optional.of(Zip3.ZipList.CENSUS_2020) : Optional.empty(),
            to == Generalize.To.RANGES
                ? Optional.of(List.of(-100L, 0L, 18L, 40L, 65L, 1000L))
                : Optional.empty(),
            to == Generalize.To.ROUNDING ? Optional.of("5") : Optional.empty(),
            Optional.empty(),
            Optional.empty()),
        type);
  }

  static Transformer age() {
    return open(new Age(), new Age.Config("subject.birthDate", Optional.of(89)), FieldType.INTEGER);
  }

  static Transformer birthYear() {
    return open(new BirthYear(), new BirthYear.Config(), FieldType.INTEGER);
  }

  static Transformer keep(FieldType type) {
    return open(new Keep(), new Keep.Config(), type);
  }

  static Transformer shift(FieldType type) {
    return open(
        new DateShift(),
        new DateShift.Config(
            Optional.empty(),
            DateShift.Unit.WEEKS,
            Optional.empty(),
            Optional.empty(),
            Optional.empty()),
        type);
  }

  static Transformer codes(Pseudonymize.Code code) {
    return open(new Pseudonymize(), new Pseudonymize.Config("visit", code), FieldType.CODE);
  }

  static Transformer mask() {
    return open(
        new Mask(),
        new Mask.Config(Optional.of(1), Optional.of(2), Optional.empty()),
        FieldType.TEXT);
  }

  /** One of each, by a name for messages. */
  static Map<String, Transformer> all() {
    Map<String, Transformer> all = new LinkedHashMap<>();
    all.put("keep text", keep(FieldType.TEXT));
    all.put("keep integer", keep(FieldType.INTEGER));
    all.put("keep decimal", keep(FieldType.decimal(12, 2)));
    all.put("keep date", keep(FieldType.DATE));
    all.put("keep timestamp", keep(FieldType.TIMESTAMP));
    all.put("redact", open(new Redact(), new Redact.Config(), FieldType.TEXT));
    all.put("substitute", open(new Substitute(), new Substitute.Config("1"), FieldType.INTEGER));
    all.put("mask", mask());
    all.put(
        "recode",
        open(
            new Recode(),
            new Recode.Config(
                Optional.of(Map.of("x", "y", "0", "z")), Optional.empty(), Optional.of("other")),
            FieldType.CODE));
    all.put("keyed codes", codes(Pseudonymize.Code.KEYED));
    all.put("one-time codes", codes(Pseudonymize.Code.ONE_TIME));
    all.put("year", generalize(Generalize.To.YEAR, FieldType.INTEGER));
    all.put("quarter", generalize(Generalize.To.QUARTER, FieldType.CODE));
    all.put("month", generalize(Generalize.To.MONTH, FieldType.DATE));
    all.put("week", generalize(Generalize.To.WEEK, FieldType.CODE));
    all.put("zip3", generalize(Generalize.To.ZIP3, FieldType.CODE));
    all.put("ranges", generalize(Generalize.To.RANGES, FieldType.CODE));
    all.put("rounding", generalize(Generalize.To.ROUNDING, FieldType.decimal(14, 1)));
    all.put("age", age());
    all.put("birth-year", birthYear());
    all.put("dateShift", shift(FieldType.DATE));
    return all;
  }
}
