package org.consentry.followup;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import org.consentry.data.DayWords;
import org.consentry.export.ClinicContact;
import org.consentry.followup.RecallLine.Action;
import org.consentry.ledger.MembershipHead;
import org.consentry.ledger.MembershipHead.Fact;
import org.consentry.ledger.MembershipHead.Grain;
import org.consentry.ledger.RecallFolder;
import org.consentry.release.TextTemplates;

/**
 * The letter that goes with a list. It describes what to do and how to check the list, and gives no
 * reason why a patient is on it: a withdrawal is no business of the recipient's.
 *
 * @param list what to remove
 * @param day the day of the letter
 * @param fingerprint of the key that signs the list
 * @param letterhead who writes it, and the deadline
 */
record RecallLetter(RecallList list, LocalDate day, String fingerprint, Letterhead letterhead) {

  /** The letter. */
  static String of(RecallList list, LocalDate day, String fingerprint, Letterhead letterhead) {
    RecallLetter letter = new RecallLetter(list, day, fingerprint, letterhead);
    return new String(TextTemplates.render("followup/letter.jte", letter), StandardCharsets.UTF_8);
  }

  String job() {
    return list.release().entry().job();
  }

  String release() {
    return list.release().name();
  }

  String date() {
    return day.toString();
  }

  /** The last day of the deadline. */
  String deadline() {
    return DayWords.of(day.plusDays(letterhead.days()));
  }

  /** Where the recipient answers. */
  String contact() {
    return letterhead.clinic().map(ClinicContact::words).orElse("the sender of this folder");
  }

  String fact(Fact fact) {
    return list.head().fact(fact);
  }

  /** Whether no code of the release can be named, so that all of it must go. */
  boolean isWholeRelease() {
    return list.lines().get(0).code().equals(RecallLine.EVERY_CODE);
  }

  /** Released columns with the codes of the list. */
  List<String> columns() {
    return list.head().codes().stream().flatMap(code -> code.columns().stream()).toList();
  }

  /** Whether records of some dates may stay. */
  boolean isNarrowed() {
    return list.lines().stream().anyMatch(line -> line.action() == Action.KEEP_ONLY);
  }

  /** The released columns that date the records of a table, for each table of which some stay. */
  List<String> dates() {
    return list.head().tables().stream().filter(this::isNarrowed).map(RecallLetter::dates).toList();
  }

  private boolean isNarrowed(MembershipHead.Table table) {
    return list.lines().stream()
        .anyMatch(line -> line.action() == Action.KEEP_ONLY && line.table().equals(table.name()));
  }

  private static String dates(MembershipHead.Table table) {
    String grain = table.grain() == Grain.DAY ? "days" : "years";
    List<String> columns = table.dates().stream().map(date -> table.name() + "." + date).toList();
    return table.name() + ": " + String.join(", ", columns) + " (" + grain + ")";
  }

  List<String> commands() {
    return RecallFolder.commands();
  }
}
