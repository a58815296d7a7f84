package org.consentry.plan;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.consentry.config.OutputRule.Role;
import org.consentry.policy.ColumnAdvice;
import org.consentry.profile.ColumnSummary;
import org.consentry.profile.ColumnType;
import org.consentry.profile.ContentKind;

/**
 * The rules that a draft proposes: the usual treatment under Safe Harbor, which every other target
 * accepts too. Whatever is not clear is dropped.
 */
final class DraftRules {

  /** The domain of the people's codes. */
  static final String PERSON = "patient";

  private static final int MOST_NAME = 128;

  /** Codes of which more are different number something. */
  private static final double MOST_DIFFERENT = 0.5;

  /** Numbers without a fraction; one or zero in every row may be yes or no as well. */
  private static final Set<ColumnType> WHOLE = Set.of(ColumnType.INTEGER, ColumnType.YES_NO);

  /** A longer number has no place in the permutation of integer codes. */
  private static final int MOST_DIGITS = 9;

  private static final Set<String> CODE_WORDS =
      Set.of(
          "code", "codes", "cd", "concept", "cpt", "icd", "snomed", "loinc", "ndc", "drg", "atc");

  private final DraftSource source;
  private final DraftKeys keys;
  private final Optional<String> birth;
  private final Map<String, String> domains = new HashMap<>();

  DraftRules(DraftSource source, DraftKeys keys, Optional<String> birth) {
    this.source = source;
    this.keys = keys;
    this.birth = birth;
    Set<String> taken = new HashSet<>(Set.of(PERSON));
    for (String table : keys.tables()) {
      String one = DraftKeys.singular(table);
      String domain = one.substring(0, Math.min(one.length(), 40));
      for (int i = 2; !taken.add(domain); i++) {
        domain = one.substring(0, Math.min(one.length(), 40)) + "-" + i;
      }
      domains.put(table, domain);
    }
  }

  /** The rules of a table, by column; released names differ. */
  Map<String, DraftRule> of(String table) {
    Map<String, DraftRule> rules = new LinkedHashMap<>();
    Set<String> taken = new HashSet<>();
    int number = 0;
    for (String column : source.columns(table)) {
      number++;
      DraftRule rule = DraftCells.nulls(source.cells(table, column), rule(table, column));
      rules.put(column, rule.isReleased() ? named(rule, column, number, taken) : rule);
    }
    return rules;
  }

  private static DraftRule named(DraftRule rule, String column, int number, Set<String> taken) {
    String wanted = rule.as().orElse(column);
    boolean isUsable =
        wanted.length() <= MOST_NAME
            && wanted.codePoints().noneMatch(Character::isISOControl)
            && !wanted.matches("(?s)[=+@\uFF1D\uFF0B\uFF0D\uFF20-].*");
    String name = isUsable ? wanted : "column_" + number;
    for (int i = 2; !taken.add(name.toLowerCase(Locale.ROOT)); i++) {
      name = wanted + "_" + i;
    }
    return rule.named(name.equals(column) ? Optional.empty() : Optional.of(name));
  }

  private DraftRule rule(String table, String column) {
    if (source.subject(table).filter(column::equals).isPresent()) {
      return code(
          PERSON,
          "random",
          source.hasIntegerIds() ? "integer" : "code",
          "the person of a row; the same code in every table");
    }
    ColumnAdvice advice = source.advice(table, column);
    Optional<String> numbered = keys.numbered(table, column);
    if (numbered.isPresent()) {
      return numbered(column, advice, numbered.get());
    }
    return switch (advice.treatment()) {
      case PSEUDONYMIZE ->
          DraftRule.drop(
              advice.role(),
              advice.reason() + ", but with no table of this draft; drop it, or pseudonymize it");
      case BIRTH_YEAR -> birthYear(table, column, advice);
      case YEAR ->
          onDates(
              table,
              column,
              generalize(advice, "year", "integer").named(Optional.of(column + "_year")));
      case ZIP3 -> zip3(table, column, advice);
      case AGE_RANGE -> ranges(table, column, advice, List.of("0", "18", "30", "45"));
      case INCOME_RANGE ->
          ranges(table, column, advice, List.of("0", "25000", "50000", "100000", "200000"));
      case AMOUNT_RANGE ->
          ranges(table, column, advice, List.of("0", "100", "500", "1000", "5000", "10000"));
      case KEEP -> keep(table, column, advice);
      case DROP -> DraftRule.drop(advice.role(), advice.reason());
    };
  }

  private DraftRule numbered(String column, ColumnAdvice advice, String table) {
    return ColumnAdvice.mayNumberRecords(column)
        ? code(
            domains.getOrDefault(table, PERSON),
            "one-time",
            source.hasIntegerIds() && hasSmallNumbers(table) ? "integer" : "code",
            "joins rows of " + table)
        : DraftRule.drop(advice.role(), advice.reason() + "; joins rows all the same");
  }

  /** Whether every value that numbers rows of a table may be permuted to an integer code. */
  private boolean hasSmallNumbers(String numbered) {
    return keys.tables().stream()
        .flatMap(
            table ->
                source.columns(table).stream()
                    .filter(
                        column -> keys.numbered(table, column).filter(numbered::equals).isPresent())
                    .flatMap(column -> source.values(table, column).stream()))
        .allMatch(
            found ->
                found.written().numbers() == found.values()
                    && WHOLE.contains(found.written().type())
                    && found.written().fitting() == found.values()
                    && found.lengths().longest() <= MOST_DIGITS);
  }

  private static DraftRule code(String domain, String code, String type, String remark) {
    Optional<String> name =
        type.equals("integer") ? Optional.empty() : Optional.of(domain.replace('-', '_') + "_id");
    return new DraftRule(
        Role.LINKAGE_KEY,
        List.of("do: pseudonymize", "domain: " + domain, "code: " + code),
        name,
        Optional.of(type),
        remark);
  }

  private static DraftRule generalize(ColumnAdvice advice, String to, String type) {
    return new DraftRule(
        advice.role(),
        List.of("do: generalize", "to: " + to),
        Optional.empty(),
        Optional.of(type),
        advice.reason());
  }

  private DraftRule birthYear(String table, String column, ColumnAdvice advice) {
    if (!source.isPeople(table) || birth.filter(column::equals).isEmpty()) {
      return DraftRule.drop(
          advice.role(), advice.reason() + "; the birth year is released from another column");
    }
    DraftRule year =
        new DraftRule(
            advice.role(),
            List.of("do: birth-year"),
            Optional.of("birth_year"),
            Optional.of("integer"),
            advice.reason());
    return onDates(table, column, year);
  }

  /** A rule that reads dates: how they are written, and what it does with others. */
  private DraftRule onDates(String table, String column, DraftRule rule) {
    Optional<ColumnSummary> values = source.values(table, column);
    return fitting(values, values.map(found -> DraftCells.dates(found, rule)).orElse(rule));
  }

  /** Values that do not fit are blanked, or a run would stop at the first of them. */
  private static DraftRule fitting(Optional<ColumnSummary> values, DraftRule rule) {
    boolean fits = values.filter(found -> found.written().fitting() == found.values()).isPresent();
    return fits ? rule : rule.with("onInvalid: blank");
  }

  private DraftRule zip3(String table, String column, ColumnAdvice advice) {
    boolean mayBeZips =
        source
            .values(table, column)
            .filter(found -> 2 * found.hits(ContentKind.ZIP_CODE).possible() < found.values())
            .isEmpty();
    return mayBeZips
        ? generalize(advice, "zip3", "code")
            .with("list: census-2020")
            .with("onInvalid: blank")
            .named(Optional.of(column + "3"))
        : DraftRule.drop(advice.role(), "a place smaller than a state");
  }

  private DraftRule ranges(
      String table, String column, ColumnAdvice advice, List<String> lowerBounds) {
    boolean mayBeNumbers =
        source
            .values(table, column)
            .map(found -> found.written().type())
            .filter(type -> type != ColumnType.INTEGER && type != ColumnType.DECIMAL)
            .isEmpty();
    if (!mayBeNumbers) {
      return DraftRule.drop(advice.role(), advice.reason() + ", but its values are no numbers");
    }
    DraftRule rule = generalize(advice, "ranges", "code").with("lowerBounds:");
    for (String bound : lowerBounds) {
      rule = rule.with("  - " + bound);
    }
    return numbers(table, column, rule.named(Optional.of(column + "_range")));
  }

  /** A rule that reads numbers: how they are written, and what it does with others. */
  private DraftRule numbers(String table, String column, DraftRule rule) {
    Optional<ColumnSummary> values = source.values(table, column);
    return fitting(
        values, values.map(found -> DraftCells.numbers(found, source.commas(), rule)).orElse(rule));
  }

  private DraftRule keep(String table, String column, ColumnAdvice advice) {
    Optional<ColumnSummary> values = source.values(table, column);
    if (values.isEmpty()) {
      boolean isKnown = advice.role() == Role.QUASI_IDENTIFIER && !source.hasRows(table);
      return isKnown
          ? kept(advice, "code").with("onInvalid: blank")
          : DraftRule.drop(
              advice.role(),
              source.hasRows(table) ? "has no value" : advice.reason() + "; no row was read");
    }
    ColumnSummary found = values.get();
    boolean isCode = isNamedCode(column);
    boolean isList = isList(found);
    ColumnType type = found.written().type();
    if (!isList && (isCode || type == ColumnType.CODE || source.isPeople(table))) {
      return DraftRule.drop(advice.role(), advice.reason() + "; its values hardly repeat");
    }
    return switch (type) {
      case INTEGER -> isCode ? codes(found, advice) : fitting(values, kept(advice, "integer"));
      case DECIMAL ->
          isCode
              ? codes(found, advice)
              : numbers(
                  table, column, generalize(advice, "rounding", "decimal(18,2)").with("by: 0.01"));
      case CODE, YES_NO -> codes(found, advice);
      default -> DraftRule.drop(advice.role(), advice.reason() + "; no list of codes");
    };
  }

  /** Codes of digits: an ICD code such as 0123 is no number. */
  private static boolean isNamedCode(String column) {
    return Stream.of(column.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT))
        .flatMap(name -> Stream.of(name.split("[^\\p{L}]+")))
        .anyMatch(word -> CODE_WORDS.contains(word) || word.endsWith("code"));
  }

  private static boolean isList(ColumnSummary found) {
    return found.distinct().count() < ColumnSummary.FEWEST_OF_NO_LIST
        || found.distinct().count() <= MOST_DIFFERENT * found.values();
  }

  private static DraftRule codes(ColumnSummary found, ColumnAdvice advice) {
    DraftRule rule = kept(advice, "code");
    return found.written().codes() == found.values() ? rule : rule.with("onInvalid: blank");
  }

  private static DraftRule kept(ColumnAdvice advice, String type) {
    return new DraftRule(
        advice.role(), List.of("do: keep"), Optional.empty(), Optional.of(type), advice.reason());
  }
}
