package org.consentry.plan;

import java.time.ZoneId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.consentry.config.CellWords;
import org.consentry.config.CohortRule;
import org.consentry.config.DeriveRule;
import org.consentry.config.Job;
import org.consentry.config.Mapping;
import org.consentry.config.Mapping.SubjectsTable;
import org.consentry.config.MappingFile;
import org.consentry.config.OutputRule;
import org.consentry.config.TableRule;
import org.consentry.config.TableRule.ColumnRule;
import org.consentry.config.WithPlace;
import org.consentry.data.CellFormat;
import org.consentry.data.ClinicDates;
import org.consentry.data.Effect;
import org.consentry.data.FieldType;
import org.consentry.data.WrittenDates;
import org.consentry.data.WrittenNumbers;
import org.consentry.operator.MappingContext;
import org.consentry.operator.Operators;
import org.consentry.problem.Place;
import org.consentry.problem.Problems;

/**
 * How every column of the source is written: what its rule states, then what its table states, then
 * what the job's source states. The format of dates of a table or source is that of all its columns
 * that anything reads as a date; the same is true for numbers. And how the consent lines are
 * written. Immutable.
 */
final class SourceFormats implements MappingContext.Written {

  private final Map<String, Map<String, CellFormat>> formats;
  private final ClinicDates dates;
  private final ConsentForm consents;

  private SourceFormats(
      Map<String, Map<String, CellFormat>> formats, ClinicDates dates, ConsentForm consents) {
    this.formats = Map.copyOf(formats);
    this.dates = dates;
    this.consents = consents;
  }

  /**
   * The formats of a job.
   *
   * @param file the job's mapping; empty when it could not be read
   * @param zone the clinic's
   * @param problems receives formats that nothing reads, that differ, or that need a zone
   */
  static SourceFormats of(
      Optional<MappingFile> file,
      Operators operators,
      Job job,
      Optional<ZoneId> zone,
      Problems problems) {
    ConsentForm consents = ConsentForm.of(job.consent(), problems);
    if (file.isEmpty()) {
      return new SourceFormats(Map.of(), ClinicDates.NO_ZONE, consents);
    }
    Mapping mapping = file.get().mapping();
    Map<Place, Effect> effects = operators.effects(mapping);
    Binding binding =
        new Binding(mapping, effects, job.source().cells(), zone.isPresent(), problems);
    job.cohort().ifPresent(binding::cohort);
    return new SourceFormats(binding.bind(), new ClinicDates(zone), consents);
  }

  /** The formats of a mapping without a job. */
  static SourceFormats of(Mapping mapping, Operators operators, Problems problems) {
    Map<Place, Effect> effects = operators.effects(mapping);
    return new SourceFormats(
        new Binding(mapping, effects, CellWords.NONE, true, problems).bind(),
        ClinicDates.NO_ZONE,
        ConsentForm.USUAL);
  }

  /** The formats of the columns of a table. */
  Map<String, CellFormat> of(String table) {
    return formats.getOrDefault(table, Map.of());
  }

  /** How the file of consent lines is written. */
  ConsentForm consents() {
    return consents;
  }

  /** Reads dates as the clinic's clock showed them. */
  ClinicDates dates() {
    return dates;
  }

  @Override
  public String pattern(String table, String column) {
    return of(table)
        .getOrDefault(column, CellFormat.USUAL)
        .dates()
        .orElse(WrittenDates.ISO)
        .pattern();
  }

  /** One binding of all formats. Used once. */
  private static final class Binding {

    private final Mapping mapping;
    private final Map<Place, Effect> effects;
    private final CellWords source;
    private final boolean hasZone;
    private final Problems problems;
    private final Map<String, Set<String>> cohortDates = new HashMap<>();

    Binding(
        Mapping mapping,
        Map<Place, Effect> effects,
        CellWords source,
        boolean hasZone,
        Problems problems) {
      this.mapping = mapping;
      this.effects = effects;
      this.source = source;
      this.hasZone = hasZone;
      this.problems = problems;
    }

    void cohort(CohortRule rule) {
      Stream.concat(rule.any().stream(), rule.all().stream())
          .forEach(
              record ->
                  record
                      .dateColumn()
                      .ifPresent(
                          column ->
                              cohortDates
                                  .computeIfAbsent(record.table().value(), t -> new HashSet<>())
                                  .add(column.value())));
    }

    Map<String, Map<String, CellFormat>> bind() {
      Map<String, Map<String, CellFormat>> formats = new HashMap<>();
      mapping.tables().forEach((name, table) -> formats.put(name, table(name, table)));
      return formats;
    }

    private Map<String, CellFormat> table(String name, TableRule table) {
      Set<String> dates = dates(name, table);
      Set<String> columns = new LinkedHashSet<>(table.columns().keySet());
      columns.addAll(dates);
      columns.add(table.subject().value());
      table.key().forEach(key -> columns.add(key.value()));
      Map<String, CellFormat> formats = new HashMap<>();
      for (String column : columns) {
        Optional<ColumnRule> rule = Optional.ofNullable(table.columns().get(column));
        Place place = rule.map(ColumnRule::place).orElse(table.place());
        try {
          formats.put(column, column(column, table, rule, dates.contains(column)));
        } catch (IllegalArgumentException flaw) {
          problems.error(
              "FORMAT",
              place,
              "column '" + column + "': " + flaw.getMessage(),
              "state decimal and thousands in one place");
        }
      }
      return formats;
    }

    /** The columns that anything reads as a date. */
    private Set<String> dates(String name, TableRule table) {
      Set<String> dates = new LinkedHashSet<>(cohortDates.getOrDefault(name, Set.of()));
      table.recordDate().forEach(column -> dates.add(column.value()));
      SubjectsTable subjects = mapping.subjects();
      if (subjects.table().value().equals(name)) {
        subjects.birthDate().ifPresent(column -> dates.add(column.value()));
        subjects.deathDate().ifPresent(column -> dates.add(column.value()));
      }
      for (DeriveRule rule : table.derive()) {
        if (effect(rule.operator()).filter(Effect::readsDates).isPresent()) {
          rule.inputs().stream()
              .map(WithPlace::value)
              .filter(input -> !DeriveRule.isOfSubject(input))
              .forEach(dates::add);
        }
      }
      table
          .columns()
          .forEach(
              (column, rule) -> {
                if (rule.outputs().stream().anyMatch(this::readsDates)
                    || rule.cells().format().isPresent()) {
                  dates.add(column);
                }
              });
      return dates;
    }

    private CellFormat column(
        String column, TableRule table, Optional<ColumnRule> rule, boolean isDate) {
      CellWords own = rule.map(ColumnRule::cells).orElse(CellWords.NONE);
      CellWords words = own.or(table.cells()).or(source);
      boolean isNumber =
          !isDate
              && (own.statesNumbers()
                  || rule.stream()
                      .flatMap(each -> each.outputs().stream())
                      .anyMatch(this::readsNumbers));
      Optional<WrittenDates> dates = isDate ? Optional.of(words.dates()) : Optional.empty();
      boolean counts = dates.filter(WrittenDates::areNumbers).isPresent();
      Optional<WrittenNumbers> numbers =
          isNumber || counts ? Optional.of(words.numbers()) : Optional.empty();
      CellFormat format =
          new CellFormat(dates, numbers, words.missing(), Map.of(), Optional.empty());
      rule.ifPresent(each -> check(column, each, format));
      if (!hasZone && dates.filter(WrittenDates::areMoments).isPresent()) {
        problems.error(
            "FORMAT_ZONE",
            words.format().map(WithPlace::place).orElse(table.place()),
            "column '"
                + column
                + "' has moments, whose day depends on the clinic's time zone, which is not known",
            "add zone: to the job, such as America/Phoenix");
      }
      return format;
    }

    private void check(String column, ColumnRule rule, CellFormat format) {
      OutputRule first = rule.outputs().get(0);
      for (OutputRule output : rule.outputs()) {
        if (differ(first.cells(), output.cells())) {
          problems.error(
              "FORMAT",
              output.place(),
              "the rules of column '" + column + "' state two formats, and a column has one",
              "state it in one of its rules");
        }
        boolean isRead =
            format.dates().isPresent()
                ? readsDates(output)
                : format.numbers().isEmpty() || readsNumbers(output);
        if (!isRead && effect(output.operator()).filter(Binding::showsCells).isPresent()) {
          boolean dates = format.dates().isPresent();
          problems.error(
              "FORMAT_NOT_READ",
              output.place(),
              "column '"
                  + column
                  + "' is read as "
                  + (dates ? "dates" : "numbers")
                  + " ("
                  + format.inWords()
                  + "), and this rule reads text",
              dates
                  ? "declare type: date or timestamp, use an operator of dates, or drop the column"
                  : "declare type: integer or decimal(p,s), or drop the column");
        }
      }
    }

    private static boolean showsCells(Effect effect) {
      return !(effect instanceof Effect.Removes);
    }

    private static boolean differ(CellWords one, CellWords other) {
      return differ(one.format().map(WithPlace::value), other.format().map(WithPlace::value))
          || differ(one.decimal(), other.decimal())
          || differ(one.thousands(), other.thousands())
          || differ(one.currency(), other.currency())
          || differ(one.nulls(), other.nulls());
    }

    private static <T> boolean differ(Optional<T> one, Optional<T> other) {
      return one.isPresent() && other.isPresent() && !one.equals(other);
    }

    private boolean readsDates(OutputRule output) {
      return effect(output.operator())
          .filter(
              effect ->
                  effect.readsDates()
                      || (effect instanceof Effect.TrueValue
                          && isOf(output, FieldType.Kind.DATE, FieldType.Kind.TIMESTAMP)))
          .isPresent();
    }

    private boolean readsNumbers(OutputRule output) {
      return effect(output.operator())
          .filter(
              effect -> {
                boolean ofNumber = isOf(output, FieldType.Kind.INTEGER, FieldType.Kind.DECIMAL);
                return effect instanceof Effect.TruePart part
                    ? ofNumber || part.lastBound().isPresent()
                    : ofNumber && effect instanceof Effect.TrueValue;
              })
          .isPresent();
    }

    private static boolean isOf(OutputRule output, FieldType.Kind... kinds) {
      return output
          .type()
          .filter(type -> List.of(kinds).contains(type.value().type().kind()))
          .isPresent();
    }

    private Optional<Effect> effect(WithPlace<String> operator) {
      return Optional.ofNullable(effects.get(operator.place()));
    }
  }
}
