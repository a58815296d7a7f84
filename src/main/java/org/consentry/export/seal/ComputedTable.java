package org.consentry.export.seal;

import java.util.List;
import java.util.Optional;
import org.consentry.data.PlannedColumn;
import org.consentry.plan.ExportPlan;
import org.consentry.plan.SpanTable;
import org.consentry.release.Disclosure;

/** Describes a table that is computed from the release. */
record ComputedTable(ExportPlan plan, SpanTable table) {

  /** The table in a disclosure. */
  Disclosure.Table in(TableOutcome outcome) {
    return new Disclosure.Table(
        table.name(),
        table.description(),
        Optional.of(table.rule()),
        "",
        Optional.empty(),
        List.of(),
        key(table),
        references(),
        outcome.tally(),
        table.columns(),
        outcome.files().stream().map(DisclosureBuilder::file).toList());
  }

  /** A person has one row. */
  static List<String> key(SpanTable table) {
    return List.of(table.subjects().get(0).name().orElseThrow());
  }

  /** The last column with the code names the person, where the table of persons has that code. */
  private List<Disclosure.Reference> references() {
    PlannedColumn code = table.subjects().get(table.subjects().size() - 1);
    return plan.tables().stream()
        .filter(other -> other.isSubjects() && other.subjectOutput().isPresent())
        .filter(other -> keys(other.columns().get(other.subjectOutput().getAsInt()), code))
        .map(
            other ->
                new Disclosure.Reference(
                    List.of(code.name().orElseThrow()),
                    other.name(),
                    List.of(
                        other
                            .columns()
                            .get(other.subjectOutput().getAsInt())
                            .name()
                            .orElseThrow())))
        .toList();
  }

  /** Whether a column has the same codes of the same people. */
  private static boolean keys(PlannedColumn persons, PlannedColumn code) {
    return persons.effect().equals(code.effect()) && persons.type().equals(code.type());
  }
}
