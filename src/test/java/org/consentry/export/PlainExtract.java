package org.consentry.export;

import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.consentry.data.Exclusion;
import org.consentry.data.ExclusionGroup;
import org.consentry.data.RecordCategory;
import org.consentry.export.extract.Extractor;

/**
 * The reference implementation of {@link Extractor}: one row at a time, texts, lists and maps.
 * Columns of a row: patient, date, end date, key, parent's key, digit, digit, note.
 */
public final class PlainExtract {

  /** What is known of a patient. */
  public record Person(
      int number,
      Optional<Exclusion> exclusion,
      Set<RecordCategory> granted,
      Optional<LocalDate> from,
      Optional<LocalDate> to) {}

  private final Map<String, Person> persons;
  private final Set<Integer> releasedPersons;
  private final Set<String> releasedParents;
  public final List<List<String>> released = new ArrayList<>();
  public final List<String> releasedKeys = new ArrayList<>();
  public final Map<String, Long> counts = new TreeMap<>();

  /** Numbers of the people behind what is left out or emptied. */
  public final Map<String, Set<Integer>> people = new TreeMap<>();

  public PlainExtract(
      Map<String, Person> persons, Set<Integer> releasedPersons, Set<String> releasedParents) {
    this.persons = persons;
    this.releasedPersons = releasedPersons;
    this.releasedParents = releasedParents;
  }

  public static String normal(String id) {
    return Normalizer.normalize(id, Normalizer.Form.NFC).strip().toUpperCase(Locale.ROOT);
  }

  public void add(List<String> row) {
    count("read");
    String outcome = outcome(row);
    count(outcome);
    if (isOfSomeoneNotExcluded(row)) {
      readable("began", row.get(1), day(row.get(1)).isPresent());
      readable("ended", row.get(2), day(row.get(2)).isPresent());
      readable("digit", row.get(5), !row.get(5).startsWith("\uFFFD"));
    }
    Person known = row.get(0).isEmpty() ? null : persons.get(normal(row.get(0)));
    if (!outcome.equals("released")) {
      if (known != null) {
        behind(group(outcome), known);
      }
      return;
    }
    Person person = Objects.requireNonNull(known);
    String blankable = row.get(6);
    if (!blankable.isEmpty() && !isDigit(blankable)) {
      count("blanked digit2");
      behind("blanked digit2", person);
      blankable = "";
    }
    String note = row.get(7);
    if (!note.isEmpty() && !covers(person, RecordCategory.NOTE, row)) {
      count("withheld note");
      behind("withheld note", person);
      note = "";
    }
    released.add(List.of(row.get(3), row.get(5), blankable, note));
    releasedKeys.add(row.get(3).strip());
  }

  private boolean isOfSomeoneNotExcluded(List<String> row) {
    Person person = row.get(0).isEmpty() ? null : persons.get(normal(row.get(0)));
    return person != null && person.exclusion().isEmpty();
  }

  private void readable(String column, String cell, boolean isReadable) {
    if (!cell.isEmpty()) {
      count("given " + column);
      if (!isReadable) {
        count("unreadable " + column);
      }
    }
  }

  private String outcome(List<String> row) {
    Person person = row.get(0).isEmpty() ? null : persons.get(normal(row.get(0)));
    if (person == null) {
      return Exclusion.UNKNOWN_SUBJECT.name();
    }
    if (person.exclusion().isPresent()) {
      return person.exclusion().get().name();
    }
    if (!person.granted().contains(RecordCategory.VISIT)) {
      return Exclusion.CATEGORY.name();
    }
    if (!covers(person, RecordCategory.VISIT, row)) {
      return Exclusion.RECORD_DATE.name();
    }
    boolean parentIsOut = !row.get(4).isEmpty() && !releasedParents.contains(row.get(4).strip());
    if (!releasedPersons.contains(person.number()) || parentIsOut) {
      return Exclusion.PARENT_EXCLUDED.name();
    }
    if (row.get(3).isBlank()) {
      return "NO_KEY";
    }
    boolean bad = !row.get(5).isEmpty() && !isDigit(row.get(5));
    return bad ? "INVALID_VALUE" : "released";
  }

  private static boolean covers(Person person, RecordCategory category, List<String> row) {
    if (!person.granted().contains(category)) {
      return false;
    }
    if (person.from().isEmpty() && person.to().isEmpty()) {
      return true;
    }
    for (String date : row.subList(1, 3)) {
      Optional<LocalDate> day = day(date);
      if (day.isEmpty()
          || person.from().filter(day.get()::isBefore).isPresent()
          || person.to().filter(day.get()::isAfter).isPresent()) {
        return false;
      }
    }
    return true;
  }

  private static Optional<LocalDate> day(String text) {
    try {
      return Optional.of(
          text.length() == 10
              ? LocalDate.parse(text)
              : LocalDateTime.parse(text.replace(' ', 'T')).toLocalDate());
    } catch (DateTimeException notADate) {
      return Optional.empty();
    }
  }

  private static boolean isDigit(String text) {
    return text.matches("[0-9]");
  }

  private static String group(String outcome) {
    return outcome.equals("INVALID_VALUE") || outcome.equals("NO_KEY")
        ? ExclusionGroup.NOT_USABLE.name()
        : Exclusion.valueOf(outcome).group().name();
  }

  private void behind(String what, Person person) {
    people.computeIfAbsent(what, none -> new TreeSet<>()).add(person.number());
  }

  private void count(String what) {
    counts.merge(what, 1L, Long::sum);
  }
}
