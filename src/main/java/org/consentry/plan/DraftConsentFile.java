package org.consentry.plan;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.consentry.config.CsvWords;
import org.consentry.connector.BatchReader;
import org.consentry.connector.SourceTable;
import org.consentry.connector.Split;
import org.consentry.consent.ConsentCells;
import org.consentry.data.Blanks;
import org.consentry.data.BytesColumn;
import org.consentry.data.Placeholder;
import org.consentry.data.RowBatch;
import org.consentry.problem.CountWords;
import org.consentry.profile.ColumnSummary;
import org.consentry.profile.ColumnType;
import org.consentry.profile.TableProfile;

/**
 * How a draft proposes to read a file of consents that is not written in the documented way. What
 * its words mean is for a person to state.
 *
 * <p><b>Security promise:</b> of the cells it has words of its own lists alone, such as {@code
 * yes}.
 */
final class DraftConsentFile {

  /** Columns whose words may have a meaning, and what they usually mean. */
  private static final Map<String, Map<String, String>> WORDS =
      Map.of(
          "decision",
          meanings(
              "PERMIT",
              "yes y ja j true 1 granted given consented agreed zugestimmt eingewilligt",
              "DENY",
              "no n nein false 0 denied declined refused abgelehnt",
              "WITHDRAW",
              "withdrawn revoked widerruf widerrufen zurückgezogen"),
          "status",
          meanings(
              "ACTIVE",
              "active aktiv valid gültig",
              "INACTIVE",
              "inactive inaktiv expired abgelaufen",
              "REJECTED",
              "rejected"),
          "purposes",
          meanings("HRESCH", "research forschung", "HMARKT", "marketing werbung"));

  /** Words that mean an empty cell, whatever the column. */
  private static final Set<String> NOTHING = Set.of("null", "(null)", "\\n", "-", "--");

  private final SourceTable table;
  private final TableProfile profile;
  private final ConsentNames names;
  private final List<String> lines = new ArrayList<>();

  private DraftConsentFile(SourceTable table, TableProfile profile, ConsentNames names) {
    this.table = table;
    this.profile = profile;
    this.names = names;
  }

  private static Map<String, String> meanings(String... meaningsAndWords) {
    Map<String, String> meanings = new TreeMap<>();
    for (int i = 0; i < meaningsAndWords.length; i += 2) {
      for (String word : meaningsAndWords[i + 1].split(" ", -1)) {
        meanings.put(word, meaningsAndWords[i]);
      }
    }
    return meanings;
  }

  /**
   * The lines of the job below {@code consent}, besides its type and path; none for a file that is
   * written in the documented way.
   *
   * @param profile what the file contains
   * @param csv how it looks to be written
   */
  static List<String> of(SourceTable table, TableProfile profile, CsvWords csv) {
    List<String> lines = new ArrayList<>(DraftJob.csv(csv));
    ConsentNames.of(table.name(), table.columns())
        .ifPresent(names -> lines.addAll(new DraftConsentFile(table, profile, names).lines()));
    return lines;
  }

  private List<String> lines() {
    List<String> missing = names.missing();
    if (!missing.isEmpty()) {
      lines.add(
          "# the file lacks "
              + CountWords.of(missing.size(), "column")
              + " of consent lines; export them: "
              + String.join(", ", missing));
    }
    format().ifPresent(format -> lines.add("format: \"" + format + '"'));
    nulls();
    lines.add("columns:  # check that each is what its name means");
    names
        .columns()
        .forEach((column, name) -> lines.add("  " + column + ": " + DraftText.word(name)));
    values();
    return lines;
  }

  /** The format of the first column of times, or else of dates. */
  private Optional<String> format() {
    List<ColumnSummary> dates =
        names.columns().values().stream()
            .flatMap(name -> profile.column(name).stream())
            .filter(column -> column.written().form().isPresent())
            .toList();
    return dates.stream()
        .filter(column -> column.written().type() == ColumnType.TIMESTAMP)
        .findFirst()
        .or(() -> dates.stream().findFirst())
        .flatMap(DraftCells::format);
  }

  private void nulls() {
    Set<String> found = new TreeSet<>();
    for (String name : names.columns().values()) {
      profile.column(name).stream()
          .flatMap(column -> column.written().style().nothing().stream())
          .filter(word -> NOTHING.contains(word.toLowerCase(Locale.ROOT)))
          .forEach(found::add);
    }
    if (!found.isEmpty()) {
      lines.add("nulls:");
      found.forEach(word -> lines.add("  - " + DraftText.word(word)));
    }
  }

  private void values() {
    Map<String, Set<String>> found = words();
    found.values().removeIf(Set::isEmpty);
    if (!found.isEmpty()) {
      lines.add("values:  # words that are not listed cannot be read; add them");
    }
    found.forEach(
        (column, words) -> {
          lines.add("  " + column + ":");
          words.forEach(
              word -> lines.add("    " + DraftText.word(word) + ": " + meaning(column, word)));
        });
  }

  private static String meaning(String column, String word) {
    String usual = WORDS.getOrDefault(column, Map.of()).get(word.toLowerCase(Locale.ROOT));
    return usual == null
        ? word
        : Placeholder.of("what it means: a word of " + column + ", such as " + usual);
  }

  /** Words of the lists above that the file has; with one of them also the documented ones. */
  private Map<String, Set<String>> words() {
    List<String> columns =
        WORDS.keySet().stream().filter(names.columns()::containsKey).sorted().toList();
    List<Integer> positions =
        columns.stream()
            .map(column -> table.columns().indexOf(names.columns().get(column)))
            .toList();
    Map<String, Set<String>> found = new LinkedHashMap<>();
    columns.forEach(column -> found.put(column, new TreeSet<>()));
    for (Split split : table.splits()) {
      try (BatchReader reader = table.open(split, positions)) {
        for (Optional<RowBatch> batch = reader.next(); batch.isPresent(); batch = reader.next()) {
          for (int i = 0; i < columns.size(); i++) {
            add((BytesColumn) batch.get().columns().get(i), columns.get(i), found);
          }
        }
      }
    }
    found.forEach(
        (column, words) -> {
          Map<String, String> known = WORDS.getOrDefault(column, Map.of());
          if (words.stream().noneMatch(word -> known.containsKey(word.toLowerCase(Locale.ROOT)))) {
            words.clear();
          }
        });
    return found;
  }

  private static void add(BytesColumn cells, String column, Map<String, Set<String>> found) {
    Set<String> known = new LinkedHashSet<>(WORDS.getOrDefault(column, Map.of()).keySet());
    for (int row = 0; row < cells.rows(); row++) {
      int start = cells.starts()[row];
      String cell =
          cells.isMissing(row)
              ? ""
              : new String(
                  cells.buffer(), start, cells.ends()[row] - start, StandardCharsets.UTF_8);
      for (String part : cell.split("\\|", -1)) {
        String word = Blanks.trim(part);
        if (known.contains(word.toLowerCase(Locale.ROOT)) || ConsentCells.isMeaning(column, word)) {
          found.computeIfAbsent(column, first -> new TreeSet<>()).add(word);
        }
      }
    }
  }
}
