package org.consentry.followup;

import java.time.LocalDate;
import java.util.List;
import org.consentry.followup.RecallLine.Action;
import org.consentry.ledger.MembershipHead;
import org.consentry.ledger.MembershipHead.Fact;
import org.consentry.ledger.MembershipHead.Grain;
import org.consentry.ledger.RecallFolder;

/**
 * The words that go with a list. They say what to do and how to check the list, and nothing of why
 * a patient is on it: a withdrawal is no business of the recipient's.
 */
final class RecallLetter {

  private final RecallList list;
  private final StringBuilder text = new StringBuilder();

  private RecallLetter(RecallList list) {
    this.list = list;
  }

  /**
   * Writes the letter.
   *
   * @param fingerprint of the key that signs the list
   */
  static String of(RecallList list, LocalDate day, String fingerprint) {
    return new RecallLetter(list).write(day, fingerprint);
  }

  private String write(LocalDate day, String fingerprint) {
    MembershipHead head = list.head();
    line(
        "# Recall of records: "
            + list.release().entry().job()
            + ", release "
            + list.release().name());
    line("");
    line("To: " + head.fact(Fact.RECIPIENT) + ", " + head.fact(Fact.ORGANIZATION));
    line("Study: " + head.fact(Fact.STUDY) + ", " + head.fact(Fact.TITLE));
    line("Of: " + day);
    line("");
    line(
        "Records of the release named above may no longer be used. Please remove them from it, from every");
    line(
        "copy and from every file made of it that still holds single records, and confirm that you did.");
    line("");
    whatToDo();
    line("This list replaces earlier lists for the same release. It is for this release alone.");
    line("");
    line("## How to check that the list is the clinic's");
    line("");
    line(
        "The key is the one that signed the release; compare its fingerprint, "
            + fingerprint
            + ",");
    line("with the one you were given by another way.");
    line("");
    line("    sha256sum -c SHA256SUMS");
    RecallFolder.commands().forEach(command -> line("    " + command));
    return text.toString();
  }

  private void whatToDo() {
    line("## What to remove");
    line("");
    if (list.lines().get(0).code().equals(RecallLine.EVERYBODY)) {
      line(
          "The whole release: its codes belong to it alone and cannot be told by anybody, the clinic");
      line("included, so the records that must go cannot be named.");
      line("");
      return;
    }
    line("`recall.csv` has a line for everything that must go. The code stands in these columns:");
    line("");
    list.head().codes().stream()
        .flatMap(code -> code.columns().stream())
        .forEach(column -> line("- " + column));
    line("");
    line(
        "- `remove`, no table: every row with that code in every table; where the code stands in a row of");
    line("  another patient, blank that cell.");
    line(
        "- `remove` with a table: every row with that code in that table; with a column too: blank its cells.");
    if (list.lines().stream().anyMatch(line -> line.action() == Action.KEEP_ONLY)) {
      line(
          "- `keep-only`: of the rows with that code in that table (with a column: of its cells), keep those of");
      line(
          "  which every date lies within `from` and `to`, both included and open where empty, of one and the");
      line("  same line; remove the others, and those without a date. Dates are told by:");
      list.head().tables().stream().filter(this::isNarrowed).forEach(this::dates);
    }
    line("- Rows that refer to a removed row go with it.");
    line("");
  }

  private boolean isNarrowed(MembershipHead.Table table) {
    return list.lines().stream()
        .anyMatch(line -> line.action() == Action.KEEP_ONLY && line.table().equals(table.name()));
  }

  private void dates(MembershipHead.Table table) {
    String grain = table.grain() == Grain.DAY ? "days" : "years";
    List<String> columns = table.dates().stream().map(date -> table.name() + "." + date).toList();
    line("  - " + table.name() + ": " + String.join(", ", columns) + " (" + grain + ")");
  }

  private void line(String words) {
    text.append(words).append('\n');
  }
}
