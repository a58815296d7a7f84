package org.consentry.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.consentry.config.OutputRule.Role;
import org.consentry.data.EnumWord;
import org.consentry.data.RecordCategory;
import org.consentry.policy.ColumnAdvice;
import org.consentry.policy.ColumnAdvice.Content;
import org.consentry.profile.ColumnSummary;
import org.consentry.profile.SourceContents;

/**
 * The first draft of a mapping: every column with a role that its name or its values suggest, every
 * column dropped until a person decides, with a comment why.
 *
 * <p><b>Security promise:</b> it has names of tables and columns and nothing else of the source.
 */
public final class DraftMapping {

  private static final Set<String> PEOPLE =
      Set.of("patients", "patient", "people", "persons", "person", "subjects", "demographics");

  /** Categories that beginnings of words in names of tables suggest; the first that fits. */
  private static final Map<RecordCategory, List<String>> CATEGORIES = categories();

  /** Words that YAML reads as something else, or that people misread. */
  private static final Set<String> YAML_WORDS =
      Set.of("null", "true", "false", "yes", "no", "on", "off", "y", "n");

  private final Map<String, List<String>> tables;
  private final SourceContents contents;
  private final Optional<String> people;
  private final StringBuilder text = new StringBuilder();

  private DraftMapping(Map<String, List<String>> tables, SourceContents contents) {
    this.tables = new TreeMap<>(tables);
    this.contents = contents;
    this.people = people();
  }

  /**
   * Writes the draft.
   *
   * @param tables the columns of every table, by its name; at least one table names the person of
   *     its records
   * @return YAML, with a final newline; empty when no table seems to be of people, by its name or a
   *     birth date, or that table has no column with ids
   */
  public static Optional<String> of(Map<String, List<String>> tables) {
    return of(tables, new SourceContents(List.of()));
  }

  /**
   * Writes the draft for tables that were looked at: where the name of a column is no hint, its
   * values are.
   *
   * @param contents what the tables contain
   */
  public static Optional<String> of(Map<String, List<String>> tables, SourceContents contents) {
    return tables.isEmpty() ? Optional.empty() : new DraftMapping(tables, contents).write();
  }

  /** The table of people; none when neither a name nor a birth date shows which it is. */
  private Optional<String> people() {
    return tables.keySet().stream()
        .filter(name -> PEOPLE.contains(name.toLowerCase(Locale.ROOT)))
        .findFirst()
        .or(() -> tables.keySet().stream().filter(this::hasBirths).findFirst());
  }

  private Optional<String> write() {
    Optional<String> key = people.flatMap(this::subject);
    return key.isEmpty() ? Optional.empty() : Optional.of(draft(people.orElseThrow(), key.get()));
  }

  private String draft(String people, String key) {
    line("# yaml-language-server: $schema=mapping.schema.json");
    line(
        contents.tables().isEmpty()
            ? "# A first draft, made from names of tables and columns alone."
            : "# A first draft, made from names of columns and from what their values look like.");
    line("# Every column is dropped until a person decides. Roles are suggestions: look at each.");
    line("mapping: first");
    line("version: 1");
    line("unmapped: stop");
    line("subjects:");
    line("  table: " + word(people));
    line("  key: " + word(key));
    birth(people).ifPresent(column -> line("  birthDate: " + word(column)));
    first(people, Content.DEATH).ifPresent(column -> line("  deathDate: " + word(column)));
    line("tables:");
    List<String> left = new ArrayList<>();
    for (String name : tables.keySet()) {
      subject(name).ifPresentOrElse(subject -> table(name, subject), () -> left.add(name));
    }
    for (String name : left) {
      line("  # " + name + " is left out: no column seems to name the person of a row.");
    }
    return text.toString();
  }

  private void table(String name, String subject) {
    boolean isPeople = isPeople(name);
    List<String> dates = new ArrayList<>(all(name, Content.DATE));
    if (isPeople) {
      all(name, Content.DEATH).stream().skip(1).forEach(dates::add);
    }
    List<String> key = isPeople ? List.of(subject) : key(name, subject, dates);
    line("  " + word(name) + ":");
    line("    subject: " + word(subject));
    line("    key: [" + words(key) + "]");
    if (!dates.isEmpty()) {
      line("    recordDate: [" + words(dates) + "]  # every date consent must cover; look at each");
    }
    RecordCategory category = isPeople ? RecordCategory.DEMOGRAPHIC : category(name);
    line("    category: " + category + "  # a guess; consent is asked for this category");
    if (isPeople && dates.isEmpty()) {
      line("    timeless: one row per person, no event");
    }
    line("    columns:");
    for (String column : columns(name)) {
      ColumnAdvice advice = advice(name, column);
      boolean joins = column.equals(subject) || key.equals(List.of(column));
      Role role = joins ? Role.LINKAGE_KEY : advice.role();
      String why =
          (joins ? "joins rows; usually pseudonymize" : advice.reason()) + type(name, column);
      line("      " + word(column) + ": {role: " + EnumWord.of(role) + ", do: drop}  # " + why);
    }
  }

  private ColumnAdvice advice(String table, String column) {
    return ColumnAdvice.of(column, contents.column(table, column));
  }

  /** What the values are, for the person who decides. */
  private String type(String table, String column) {
    return contents
        .column(table, column)
        .map(summary -> "; values: " + summary.written().words())
        .orElse("");
  }

  private List<String> key(String name, String subject, List<String> dates) {
    List<String> numbers =
        all(name, Content.RECORD).stream()
            .filter(column -> !column.equals(subject) && isOwn(name, column))
            .toList();
    Optional<String> own =
        numbers.stream()
            .filter(column -> isOf(name, column))
            .findFirst()
            .or(() -> numbers.stream().findFirst())
            .or(
                () ->
                    columns(name).stream()
                        .filter(column -> isNumberOfRows(name, column))
                        .findFirst());
    if (own.isPresent()) {
      return List.of(own.get());
    }
    List<String> several = new ArrayList<>(List.of(subject));
    several.addAll(dates);
    return several;
  }

  /** {@code id}, or {@code visit_id} in a table of visits. */
  private static boolean isOf(String table, String column) {
    String first = column.toLowerCase(Locale.ROOT).split("[^\\p{L}]", 2)[0];
    return first.equals("id") || table.toLowerCase(Locale.ROOT).startsWith(first);
  }

  private Optional<String> subject(String name) {
    Optional<String> person = first(name, Content.PERSON);
    return isPeople(name)
        ? person
            .or(() -> first(name, Content.RECORD))
            .or(() -> columns(name).stream().filter(DraftMapping::isRecordNumber).findFirst())
        : person.or(() -> ofPeople(name));
  }

  /** The number by which the table of people names each of them, where this table has it too. */
  private Optional<String> ofPeople(String name) {
    return people
        .flatMap(this::subject)
        .filter(key -> isRecordNumber(key) && columns(name).contains(key));
  }

  /** A column of whole dates before one of parts of them, such as the year. */
  private Optional<String> birth(String people) {
    return all(people, Content.BIRTH).stream()
        .filter(column -> hasDates(people, column))
        .findFirst()
        .or(() -> first(people, Content.BIRTH));
  }

  private boolean hasDates(String table, String column) {
    return contents
        .column(table, column)
        .filter(found -> found.written().form().isPresent())
        .isPresent();
  }

  /** Whether nearly each row has its own number; a few mistakes make no other key. */
  private boolean isOwn(String table, String column) {
    return contents
        .column(table, column)
        .filter(found -> found.distinct().count() < ColumnSummary.FITTING * found.rows())
        .isEmpty();
  }

  /** A number with another use, as a number of cases, where each row has its own. */
  private boolean isNumberOfRows(String table, String column) {
    return advice(table, column).role() == Role.DIRECT_IDENTIFIER
        && contents
            .column(table, column)
            .filter(found -> found.rows() > 0 && !found.repeats() && found.values() == found.rows())
            .isPresent();
  }

  private boolean isPeople(String name) {
    return people.filter(name::equals).isPresent();
  }

  private static boolean isRecordNumber(String column) {
    return ColumnAdvice.of(column).reason().contains("medical record");
  }

  private List<String> columns(String name) {
    return tables.getOrDefault(name, List.of());
  }

  private List<String> all(String name, Content wanted) {
    return columns(name).stream()
        .filter(column -> advice(name, column).content() == wanted)
        .toList();
  }

  private Optional<String> first(String name, Content wanted) {
    return all(name, wanted).stream().findFirst();
  }

  private boolean hasBirths(String name) {
    return columns(name).stream().map(ColumnAdvice::of).anyMatch(a -> a.content() == Content.BIRTH);
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

  private static String words(List<String> names) {
    return String.join(", ", names.stream().map(DraftMapping::word).toList());
  }

  /** A name as YAML reads it back. */
  static String word(String name) {
    boolean plain =
        name.matches("[A-Za-z_][A-Za-z0-9_]*")
            && !YAML_WORDS.contains(name.toLowerCase(Locale.ROOT));
    return plain ? name : "\"" + name.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
