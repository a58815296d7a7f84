package org.consentry.export.seal;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consentry.data.Absence;
import org.consentry.data.Exclusion;
import org.consentry.data.ExclusionGroup;
import org.consentry.data.PlannedColumn;
import org.consentry.data.SubjectIndex;
import org.consentry.data.Tally;
import org.consentry.export.select.CountedSubjects;
import org.consentry.ledger.Figure;
import org.consentry.ledger.FigureBook;
import org.consentry.ledger.Figures;
import org.consentry.release.Disclosure;

/** Chooses the figure of every count of a release that is not exact. */
final class FigureChoice {

  private static final String PERSONS = "";

  private final SubjectIndex index;
  private final Map<String, TableSubjects> tables;
  private final List<Disclosure.LeftOut> suppressed;
  private final FigureBook book;

  /**
   * Figures of a run.
   *
   * @param book what earlier releases showed
   */
  FigureChoice(SubjectIndex index, Measurements measured, FigureBook book) {
    this.index = index;
    this.tables = measured.leftOut();
    this.suppressed = measured.risk().map(Disclosure.Risk::leftOut).orElse(List.of());
    this.book = book;
  }

  /**
   * The figures of persons and tables, whose exact counts are given. Of a table that is computed
   * from the release nothing is left out, so that all its counts are exact.
   */
  Figures choose(Tally persons, List<Disclosure.Table> tallied) {
    persons(persons.released());
    tallied.stream().filter(table -> table.computed().isEmpty()).forEach(this::table);
    suppressed.forEach(
        left -> book.count(left.figure(), left.people().cardinality(), left.people()));
    return book.choose();
  }

  private void persons(long released) {
    BitSet out = new BitSet();
    for (ExclusionGroup group : ExclusionGroup.values()) {
      BitSet people = persons(group);
      out.or(people);
      book.count(new Figure.Key(PERSONS, group.name()), people.cardinality(), people);
    }
    book.count(new Figure.Key(PERSONS, Figure.Key.EXCLUDED), out.cardinality(), out);
    BitSet all = new BitSet();
    all.set(0, index.size());
    book.read(PERSONS, released, all);
  }

  /** Persons who are out, and those whose own row is. */
  private BitSet persons(ExclusionGroup group) {
    BitSet people = new BitSet();
    byte[] exclusions = index.exclusions();
    for (int subject = 0; subject < exclusions.length; subject++) {
      if (exclusions[subject] != 0 && Exclusion.ofCode(exclusions[subject]).group() == group) {
        people.set(subject);
      }
    }
    tables.values().stream()
        .filter(TableSubjects::isOfPersons)
        .forEach(own -> people.or(own.people().of(group.name())));
    return people;
  }

  private void table(Disclosure.Table table) {
    TableSubjects left = Optional.ofNullable(tables.get(table.name())).orElseThrow();
    BitSet out = new BitSet();
    long total = 0;
    for (Map.Entry<ExclusionGroup, Long> group : table.rows().groups().entrySet()) {
      BitSet people = left.people().of(group.getKey().name());
      out.or(people);
      total += Figure.total(group.getValue(), people.cardinality());
      book.count(new Figure.Key(table.name(), group.getKey().name()), group.getValue(), people);
    }
    book.count(new Figure.Key(table.name(), Figure.Key.EXCLUDED), total, out);
    BitSet read = (BitSet) out.clone();
    for (int subject = 0; subject < index.size(); subject++) {
      if (left.spans().contains(subject)) {
        read.set(subject);
      }
    }
    book.read(table.name(), table.rows().released(), read);
    table.columns().stream()
        .flatMap(column -> column.released().stream())
        .forEach(output -> cells(table, output, left.people()));
  }

  private void cells(
      Disclosure.Table table, PlannedColumn.Released output, CountedSubjects people) {
    String column = output.name();
    if (output.absences().contains(Absence.WITHHELD)) {
      book.count(
          new Figure.Key(table.name(), Absence.WITHHELD.of(column)),
          table.rows().withheld().getOrDefault(column, 0L),
          people.of(CountedSubjects.withheld(column)));
    }
    if (output.countsBlanked()) {
      book.count(
          new Figure.Key(table.name(), Absence.BLANKED.of(column)),
          table.rows().blanked().getOrDefault(column, 0L),
          people.of(CountedSubjects.blanked(column)));
    }
  }
}
