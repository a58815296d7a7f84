package org.consentry.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.consentry.config.OutputRule.Role;
import org.consentry.policy.ColumnAdvice;
import org.consentry.policy.ColumnAdvice.Content;
import org.consentry.policy.ColumnAdvice.Treatment;
import org.consentry.problem.CountWords;
import org.consentry.profile.ColumnSummary;
import org.consentry.profile.ColumnType;
import org.consentry.profile.Masked;

/**
 * Keys and references of a draft: guessed from names, and checked on the rows where there are some.
 */
final class DraftKeys {

  /** A reference is proposed when so many values are keys of the other table. */
  private static final double FOUND = 0.95;

  /** So many columns are tried together. */
  private static final int MOST_COLUMNS = 5;

  private static final Set<String> NUMBER_WORDS =
      Set.of("id", "key", "no", "nr", "num", "nbr", "number", "reference", "ref", "ide", "sid");

  /**
   * A key.
   *
   * @param columns what makes a row unique
   * @param remark how that is known
   */
  record Key(List<String> columns, String remark) {}

  /**
   * A reference.
   *
   * @param table the other table
   * @param key its key column
   * @param remark how that is known
   */
  record Reference(String table, String key, String remark) {}

  private final DraftSource source;
  private final Map<String, Key> keys = new LinkedHashMap<>();
  private final Map<String, Map<String, Reference>> references = new HashMap<>();

  DraftKeys(DraftSource source) {
    this.source = source;
    for (String table : source.tables().keySet()) {
      source.subject(table).ifPresent(subject -> keys.put(table, key(table, subject)));
    }
    keys.keySet().forEach(table -> references.put(table, references(table)));
  }

  /** Tables that name the person of each row. */
  Set<String> tables() {
    return keys.keySet();
  }

  Key of(String table) {
    return Objects.requireNonNull(keys.get(table));
  }

  /** References of a table, by column. */
  Map<String, Reference> referencesOf(String table) {
    return references.getOrDefault(table, Map.of());
  }

  /** The table whose rows a column numbers: its own key, or the key of another table. */
  Optional<String> numbered(String table, String column) {
    Reference reference = referencesOf(table).get(column);
    if (reference != null) {
      return numbered(reference.table(), reference.key());
    }
    return keys.containsKey(table) && of(table).columns().equals(List.of(column))
        ? Optional.of(table)
        : Optional.empty();
  }

  private Key key(String table, String subject) {
    List<List<String>> candidates = new ArrayList<>();
    if (source.isPeople(table)) {
      candidates.add(List.of(subject));
    } else {
      numbers(table, subject).forEach(number -> candidates.add(List.of(number)));
      candidates.addAll(combined(table, subject));
    }
    Map<List<String>, SourceKeys.Rows> rows = source.keys().of(table, candidates);
    for (List<String> candidate : candidates) {
      SourceKeys.Rows found = rows.get(candidate);
      if (found != null && found.isUnique()) {
        return new Key(candidate, "unique in all " + CountWords.of(found.rows(), "row"));
      }
    }
    SourceKeys.Rows first = rows.get(candidates.get(0));
    if (first == null || first.rows() == 0) {
      String why = first == null && source.hasRows(table) ? "too many rows" : "no rows";
      return new Key(candidates.get(0), "by its name; there are " + why + " to check it");
    }
    List<String> last = candidates.get(candidates.size() - 1);
    SourceKeys.Rows found = Objects.requireNonNull(rows.get(last));
    return new Key(
        last,
        "NOT unique: "
            + Masked.share(found.repeated() + found.missing(), found.rows())
            + " of "
            + CountWords.of(found.rows(), "row")
            + " repeat another or have none; "
            + (source.isPeople(table)
                ? "such patients are excluded"
                : "no column is unique, name those that are"));
  }

  /** Single columns that may number the rows, the likeliest first. */
  private List<String> numbers(String table, String subject) {
    List<String> own =
        source.all(table, Content.RECORD).stream()
            .filter(column -> !column.equals(subject))
            .sorted(Comparator.comparing(column -> !isOf(table, column)))
            .toList();
    Set<String> found = new LinkedHashSet<>(own);
    source.columns(table).stream()
        .filter(column -> !column.equals(subject) && mayNumber(table, column))
        .forEach(found::add);
    return List.copyOf(found);
  }

  /** A number with another use, as a number of cases, where each row has its own. */
  private boolean mayNumber(String table, String column) {
    ColumnAdvice advice = source.advice(table, column);
    boolean isNumber = advice.role() == Role.DIRECT_IDENTIFIER || advice.role() == Role.SENSITIVE;
    return isNumber
        && source
            .values(table, column)
            .filter(found -> found.values() == found.rows() && !found.repeats())
            .filter(found -> isCode(found.written().type()))
            .isPresent();
  }

  private static boolean isCode(ColumnType type) {
    return type == ColumnType.CODE || type == ColumnType.INTEGER;
  }

  /** {@code id}, or {@code visit_id} in a table of visits. */
  private static boolean isOf(String table, String column) {
    List<String> words = words(column);
    return words.isEmpty() || table.toLowerCase(Locale.ROOT).startsWith(words.get(0));
  }

  /** The person with more and more columns. */
  private List<List<String>> combined(String table, String subject) {
    List<String> dates = source.all(table, Content.DATE);
    Set<String> others = new LinkedHashSet<>(source.all(table, Content.RECORD));
    source.columns(table).stream()
        .filter(column -> isWord(table, column))
        .sorted(Comparator.comparing((String column) -> -distinct(table, column)))
        .limit(2)
        .forEach(others::add);
    others.remove(subject);
    List<List<String>> found = new ArrayList<>();
    dates.stream().findFirst().ifPresent(date -> found.add(List.of(subject, date)));
    List<String> growing = new ArrayList<>(List.of(subject));
    for (String other : others) {
      growing.add(other);
      add(growing, found);
      dates.stream().findFirst().ifPresent(date -> add(with(growing, date), found));
    }
    dates.forEach(growing::add);
    add(growing, found);
    if (found.isEmpty()) {
      found.add(List.of(subject));
    }
    List<String> named = new ArrayList<>(List.of(subject));
    named.addAll(dates);
    return source.hasRows(table) ? found : List.of(named);
  }

  private static void add(List<String> columns, List<List<String>> found) {
    List<String> first = List.copyOf(columns.subList(0, Math.min(MOST_COLUMNS, columns.size())));
    if (!found.contains(first)) {
      found.add(first);
    }
  }

  private static List<String> with(List<String> columns, String last) {
    List<String> all = new ArrayList<>(columns);
    all.add(last);
    return all;
  }

  /** A column with words of a list. */
  private boolean isWord(String table, String column) {
    ColumnAdvice advice = source.advice(table, column);
    return advice.content() == Content.OTHER
        && advice.treatment() == Treatment.KEEP
        && source.values(table, column).filter(found -> isCode(found.written().type())).isPresent();
  }

  private long distinct(String table, String column) {
    return source.values(table, column).map(ColumnSummary::distinct).orElseThrow().count();
  }

  private Map<String, Reference> references(String table) {
    Map<String, Reference> found = new LinkedHashMap<>();
    String subject = source.subject(table).orElseThrow();
    if (source.isPeople(table)) {
      return found;
    }
    for (String column : source.columns(table)) {
      if (!column.equals(subject)) {
        keys.keySet().stream()
            .filter(parent -> isNamed(table, column, parent) && !leadsTo(parent, table))
            .map(parent -> reference(table, column, parent))
            .flatMap(Optional::stream)
            .findFirst()
            .ifPresent(reference -> found.put(column, reference));
      }
    }
    return found;
  }

  /** Whether the name of a column is that of another table, or of its key. */
  private boolean isNamed(String table, String column, String parent) {
    Key key = of(parent);
    if (parent.equals(table) || source.isPeople(parent) || key.columns().size() != 1) {
      return false;
    }
    String name = String.join("", words(column));
    boolean isOfTable = !name.isEmpty() && name.equals(singular(parent).replace("-", ""));
    boolean isOwnKey = of(table).columns().equals(List.of(column));
    boolean isSame = column.equalsIgnoreCase(key.columns().get(0)) && !words(column).isEmpty();
    return isOfTable || (isSame && !isOwnKey);
  }

  private Optional<Reference> reference(String table, String column, String parent) {
    String key = of(parent).columns().get(0);
    if (of(parent).remark().startsWith("NOT")) {
      return Optional.empty();
    }
    Optional<SourceKeys.Found> checked = source.keys().of(table, column, parent, key);
    if (checked.isEmpty() || checked.get().values() == 0) {
      return Optional.of(new Reference(parent, key, "by its name; there are no values to check"));
    }
    long values = checked.get().values();
    long found = checked.get().found();
    return found >= FOUND * values
        ? Optional.of(
            new Reference(
                parent,
                key,
                found == values
                    ? (values == 1
                        ? "its value is a key there"
                        : "all " + CountWords.of(values) + " values are keys there")
                    : Masked.share(found, values)
                        + " of "
                        + CountWords.of(values, "value")
                        + " are keys there; rows with others are not released"))
        : Optional.empty();
  }

  private boolean leadsTo(String from, String wanted) {
    return leadsTo(from, wanted, new HashSet<>());
  }

  private boolean leadsTo(String from, String wanted, Set<String> seen) {
    return from.equals(wanted)
        || (seen.add(from)
            && referencesOf(from).values().stream()
                .anyMatch(reference -> leadsTo(reference.table(), wanted, seen)));
  }

  /** The words of a name without those for a number: {@code visit} of {@code VISIT_ID}. */
  private static List<String> words(String column) {
    String apart = column.replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    List<String> words = new ArrayList<>(List.of(apart.strip().split("[^\\p{L}\\p{N}]+")));
    words.removeIf(String::isEmpty);
    while (!words.isEmpty() && NUMBER_WORDS.contains(words.get(words.size() - 1))) {
      words.remove(words.size() - 1);
    }
    return words;
  }

  /** What one row of a table is called: {@code visit} for {@code visits}, with {@code -}. */
  static String singular(String table) {
    String name =
        table
            .replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-")
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "-")
            .replaceAll("^[^a-z]+|-$", "");
    if (name.endsWith("ies")) {
      return name.substring(0, name.length() - 3) + "y";
    }
    boolean isPlural = name.endsWith("s") && !name.endsWith("ss") && !name.endsWith("sis");
    String one = isPlural ? name.substring(0, name.length() - 1) : name;
    return one.isEmpty() ? "record" : one;
  }
}
