package org.consentry.plan;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.consentry.config.OutputRule.Role;
import org.consentry.data.CodeForm;
import org.consentry.data.RecordCategory;
import org.consentry.policy.ColumnAdvice;
import org.consentry.policy.ColumnAdvice.Content;
import org.consentry.profile.ColumnSummary;
import org.consentry.profile.ColumnType;

/**
 * The first draft of a mapping: every column with a role and a rule that its name or its values
 * suggest. A released column has a placeholder for the reason, so that a person decides on each.
 *
 * <p><b>Security promise:</b> it has names of tables and columns, how cells are written, decades of
 * dates and numbers of rows, and nothing else of the source.
 */
public final class DraftMapping {

  /** Categories that beginnings of words in names of tables suggest; the first that fits. */
  private static final Map<RecordCategory, List<String>> CATEGORIES = categories();

  /** A birth date that fewer people have is none. */
  private static final double MOST_HAVE_IT = 0.5;

  /** Where the rules of a column begin. */
  private static final int RULE = 4;

  private final DraftSource source;
  private final String people;
  private final DraftKeys keys;
  private final Optional<DraftCalendar> calendar;
  private final Optional<String> birth;
  private final Map<String, Map<String, DraftRule>> rules = new LinkedHashMap<>();
  private final DraftText text = new DraftText();
  private final List<String> identity = new ArrayList<>();

  /**
   * A draft.
   *
   * @param text YAML, with a final newline
   * @param identity released quasi-identifiers of people, as {@code table.column}
   * @param adults how it is known who was of age at a signature; births that must be exported again
   *     show it too
   */
  public record Draft(String text, List<String> identity, Adults adults) {

    public Draft {
      identity = List.copyOf(identity);
    }
  }

  /** How it is known who was of age at a signature. */
  public enum Adults {
    /** By births in the source. */
    BY_BIRTHS,
    /** By a person's statement alone: there are no births, or the dates were moved. */
    BY_STATEMENT
  }

  private DraftMapping(DraftSource source, String people, LocalDate today) {
    this.source = source;
    this.people = people;
    this.calendar = DraftCalendar.of(source, today);
    this.keys = new DraftKeys(source);
    this.birth = birth();
    DraftRules proposed = new DraftRules(source, keys, birth.or(this::birthYear));
    keys.tables().forEach(table -> rules.put(table, proposed.of(table)));
  }

  /**
   * Writes the draft.
   *
   * @param today the day it is written, which shows what dates are to come
   * @return empty when no table seems to be of people, by its name or a birth date, or that table
   *     has no column with ids
   */
  public static Optional<Draft> of(DraftSource source, LocalDate today) {
    return source
        .people()
        .filter(people -> source.subject(people).isPresent())
        .map(people -> new DraftMapping(source, people, today).draft());
  }

  private Draft draft() {
    boolean isRead = !source.contents().tables().isEmpty();
    text.line(0, "# yaml-language-server: $schema=mapping.schema.json");
    text.line(
        0,
        isRead
            ? "# A first draft, made from names of columns and from what their values look like."
            : "# A first draft, made from names of tables and columns alone.");
    text.line(
        0, "# Rules are proposals: look at each column, then replace every <...> by your words.");
    text.line(
        0,
        "# A column that the study does not need is dropped: 'do: drop', without as, type and"
            + " why.");
    text.line(0, "mapping: first");
    text.line(0, "version: 1");
    text.line(0, "unmapped: stop");
    prefixes();
    calendar.ifPresent(found -> found.write(text));
    subjects();
    text.line(0, "tables:");
    rules.forEach(this::table);
    for (String name : source.tables().keySet()) {
      if (!keys.tables().contains(name)) {
        text.line(1, "# " + name + " is left out: no column seems to name the person of a row.");
      }
    }
    return new Draft(
        text.toString(),
        identity,
        hasBirths() && calendar.filter(DraftCalendar::isMoved).isEmpty()
            ? Adults.BY_BIRTHS
            : Adults.BY_STATEMENT);
  }

  /** What codes begin with, where the first letters of two domains are the same. */
  private void prefixes() {
    Set<String> domains = new LinkedHashSet<>();
    if (!source.hasIntegerIds()) {
      domains.add(DraftRules.PERSON);
    }
    rules.values().stream()
        .flatMap(table -> table.values().stream())
        .filter(rule -> rule.type().filter("code"::equals).isPresent())
        .map(DraftRule::domain)
        .flatMap(Optional::stream)
        .forEach(domains::add);
    Map<String, String> proposed = CodePrefixes.proposed(domains);
    boolean isUsual =
        proposed.entrySet().stream()
            .allMatch(each -> each.getValue().equals(CodeForm.usual(each.getKey()).prefix()));
    if (!isUsual) {
      text.line(0, "prefixes:");
      proposed.forEach((domain, prefix) -> text.line(1, domain + ": " + DraftText.word(prefix)));
    }
  }

  private void subjects() {
    text.line(0, "subjects:");
    text.line(1, "table: " + DraftText.word(people));
    text.line(1, "key: " + DraftText.word(source.subject(people).orElseThrow()));
    birth.ifPresentOrElse(
        column -> text.line(1, "birthDate: " + DraftText.word(column)), this::noBirthDate);
    source
        .first(people, Content.DEATH)
        .ifPresentOrElse(
            column -> text.line(1, "deathDate: " + DraftText.word(column)),
            () -> exportAgain(1, people, Content.DEATH, "deathDate"));
  }

  /** Dates with years of two digits are a key of the mapping when they are exported again. */
  private void exportAgain(int depth, String table, Content content, String key) {
    for (String column : source.shortYears(table, content)) {
      text.line(
          depth,
          "# not "
              + DraftText.word(column)
              + ": export its years with four digits, then name it under "
              + key);
    }
  }

  private void noBirthDate() {
    Optional<String> year = birthYear();
    Optional<String> age = age();
    if (year.isPresent()) {
      text.line(1, "birthYear: " + DraftText.word(year.get()));
    } else if (age.isPresent()) {
      text.line(1, "age:");
      text.line(2, "column: " + DraftText.word(age.get()));
      text.line(2, "at: " + DraftText.word(yearOfAge(age.get()).orElseThrow()));
    } else if (hasShortBirths()) {
      exportAgain(1, people, Content.BIRTH, "birthDate");
    } else {
      text.line(1, "# No column has births: the job needs a statement that all are adults.");
    }
  }

  private boolean hasBirths() {
    return birth.isPresent() || birthYear().isPresent() || age().isPresent() || hasShortBirths();
  }

  private boolean hasShortBirths() {
    return !source.shortYears(people, Content.BIRTH).isEmpty();
  }

  /** A column of ages beside that of their year. */
  private Optional<String> age() {
    return source.columns(people).stream()
        .filter(column -> yearOfAge(column).isPresent())
        .findFirst();
  }

  /** A column of years of birth. */
  private Optional<String> birthYear() {
    return source.all(people, Content.BIRTH).stream()
        .filter(column -> column.toLowerCase(Locale.ROOT).contains("year"))
        .filter(this::isWhole)
        .findFirst();
  }

  /** The column of the year in which people were as old as a column of ages states. */
  private Optional<String> yearOfAge(String column) {
    boolean isAge =
        source.advice(people, column).treatment() == ColumnAdvice.Treatment.AGE_RANGE
            && isWhole(column);
    String year = column.toLowerCase(Locale.ROOT).replaceFirst("age$", "year");
    return source.columns(people).stream()
        .filter(other -> isAge && other.equalsIgnoreCase(year) && isWhole(other))
        .findFirst();
  }

  private boolean isWhole(String column) {
    return source
        .values(people, column)
        .filter(found -> found.written().type() != ColumnType.INTEGER)
        .isEmpty();
  }

  private void table(String name, Map<String, DraftRule> columns) {
    boolean isPeople = source.isPeople(name);
    List<String> dates = recordDates(name);
    DraftKeys.Key key = keys.of(name);
    text.line(1, DraftText.word(name) + ":");
    text.line(2, "subject: " + DraftText.word(source.subject(name).orElseThrow()));
    if (key.columns().size() == 1) {
      text.line(2, "key: " + DraftText.word(key.columns().get(0)) + DraftText.remark(key.remark()));
    } else {
      text.list(2, "key", key.columns(), key.remark());
    }
    if (!dates.isEmpty()) {
      text.list(2, "recordDate", dates, "every date consent must cover; look at each");
      source.all(name, Content.DATE).stream()
          .filter(column -> !dates.contains(column))
          .forEach(
              column ->
                  text.line(
                      3,
                      "# not " + DraftText.word(column) + ": a row without it is never released"));
    }
    exportAgain(2, name, Content.DATE, "recordDate");
    RecordCategory category = isPeople ? RecordCategory.DEMOGRAPHIC : category(name);
    text.line(2, "category: " + category + "  # a guess; consent is asked for this category");
    boolean isDated =
        !dates.isEmpty() || hasNameOfDate(name) || !source.shortYears(name, Content.DATE).isEmpty();
    if (isPeople && !isDated) {
      text.line(2, "timeless: one row per person, no event");
    }
    references(name);
    columns(name, columns);
  }

  private void references(String name) {
    Map<String, DraftKeys.Reference> references = keys.referencesOf(name);
    if (!references.isEmpty()) {
      text.line(2, "references:");
      references.forEach(
          (column, found) ->
              text.line(
                  3,
                  DraftText.word(column)
                      + ": "
                      + DraftText.word(found.table() + "." + found.key())
                      + DraftText.remark(found.remark())));
    }
  }

  private void columns(String name, Map<String, DraftRule> columns) {
    text.line(2, "columns:");
    columns.forEach(
        (column, rule) -> {
          text.line(
              3,
              DraftText.word(column) + ":" + DraftText.remark(rule.remark() + type(name, column)));
          rule.lines().forEach(line -> text.line(RULE, line));
          if (source.isPeople(name) && rule.isReleased() && rule.role() == Role.QUASI_IDENTIFIER) {
            identity.add(name + "." + rule.as().orElse(column));
          }
        });
  }

  /** What the values are, for the person who decides. */
  private String type(String table, String column) {
    return source
        .values(table, column)
        .map(found -> "; values: " + found.written().words())
        .orElse("");
  }

  /**
   * Every date of a row that all rows have. A row without one of its record dates is never
   * released, so a date that may be missing is listed only where there is no other.
   */
  private List<String> recordDates(String table) {
    List<String> dates = new ArrayList<>(source.all(table, Content.DATE));
    if (source.isPeople(table)) {
      source.all(table, Content.DEATH).stream().skip(1).forEach(dates::add);
    }
    List<String> full = dates.stream().filter(column -> isFull(table, column)).toList();
    return full.isEmpty() ? dates : full;
  }

  private boolean isFull(String table, String column) {
    return source
        .contents()
        .column(table, column)
        .filter(found -> found.rows() > 0 && found.missing().total() > 0)
        .isEmpty();
  }

  /** Whether a name alone is that of an event's date: a table with one is not timeless. */
  private boolean hasNameOfDate(String table) {
    Optional<String> death = source.first(table, Content.DEATH);
    return source.columns(table).stream()
        .filter(column -> death.filter(column::equals).isEmpty())
        .map(ColumnAdvice::of)
        .anyMatch(advice -> advice.content() == Content.DATE || advice.content() == Content.DEATH);
  }

  /** A column of whole dates that most people have; none of years or parts of dates. */
  private Optional<String> birth() {
    return source.all(people, Content.BIRTH).stream().filter(this::isWholeDate).findFirst();
  }

  private boolean isWholeDate(String column) {
    Optional<ColumnSummary> values = source.values(people, column);
    if (values.isPresent()) {
      return values.get().written().form().isPresent()
          && values.get().values() >= MOST_HAVE_IT * values.get().rows();
    }
    String name = column.toLowerCase(Locale.ROOT);
    boolean isPart = name.contains("year") || name.contains("month") || name.contains("day_");
    return !source.hasRows(people) && !isPart;
  }

  private static RecordCategory category(String table) {
    String[] words =
        table.replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ").toLowerCase(Locale.ROOT).split("[^a-z]+");
    return CATEGORIES.entrySet().stream()
        .filter(
            entry ->
                entry.getValue().stream()
                    .anyMatch(start -> Arrays.stream(words).anyMatch(w -> w.startsWith(start))))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(RecordCategory.VISIT);
  }

  private static Map<RecordCategory, List<String>> categories() {
    Map<RecordCategory, List<String>> words = new LinkedHashMap<>();
    words.put(RecordCategory.GENETIC, List.of("genetic", "genom", "variant"));
    words.put(RecordCategory.FACE_PHOTO, List.of("face"));
    words.put(RecordCategory.PHOTO, List.of("photo", "image", "picture"));
    words.put(RecordCategory.NOTE, List.of("note", "document", "letter"));
    words.put(RecordCategory.DEVICE, List.of("device", "implant"));
    words.put(RecordCategory.PROCEDURE, List.of("procedure", "operation", "surger"));
    words.put(RecordCategory.DIAGNOSIS, List.of("diagnos", "condition", "problem"));
    words.put(RecordCategory.LAB, List.of("lab", "specimen"));
    words.put(RecordCategory.OBSERVATION, List.of("observation", "vital", "measure"));
    words.put(RecordCategory.MEDICATION, List.of("medication", "prescription", "drug"));
    words.put(RecordCategory.ALLERGY, List.of("allerg"));
    words.put(RecordCategory.IMMUNIZATION, List.of("immuni", "vaccin"));
    words.put(RecordCategory.IMAGING, List.of("imaging", "radiolog"));
    words.put(RecordCategory.CARE_PLAN, List.of("plan", "careplan"));
    words.put(RecordCategory.PROM, List.of("prom", "questionnaire", "survey", "score"));
    words.put(RecordCategory.BILLING, List.of("billing", "claim", "charge", "invoice", "payment"));
    return words;
  }
}
