package org.consentry.followup;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.consentry.followup.Account.Disclosed;
import org.consentry.followup.Account.Form;
import org.consentry.followup.Account.Presence;
import org.consentry.ledger.MembershipHead.Fact;

/** An account in words, the same in a terminal and on a page. */
public final class AccountText {

  private AccountText() {}

  /** The words of law for a patient who may or may not be in a disclosure (164.528(b)(4)(i)(E)). */
  static final String MAY_OR_MAY_NOT =
      "The protected health information of the individual may or may not have been disclosed for a"
          + " particular protocol or other research activity.";

  /** What is listed of a release without a record of the patient. */
  static final String MAY_BE_NAMED =
      "It has no record of the individual. A code of the individual may be in"
          + " records of others.";

  /** What an accounting lists of a disclosure: heads and answers, in order. */
  public static Map<String, String> items(Disclosed disclosed) {
    Map<String, String> items = new LinkedHashMap<>();
    list(disclosed, items);
    if (disclosed.presence() == Presence.MAY_BE_NAMED) {
      items.put("Extent", MAY_BE_NAMED);
    }
    return items;
  }

  private static void list(Disclosed disclosed, Map<String, String> items) {
    if (disclosed.form() == Form.SHORT) {
      items.put("Protocol or research activity", protocol(disclosed));
      items.put(
          "Description and purpose", disclosed.fact(Fact.DESCRIPTION) + " " + purpose(disclosed));
      items.put("Criteria for selecting records", disclosed.fact(Fact.CRITERIA));
      items.put("Type of information", disclosed.fact(Fact.INFORMATION));
      items.put("Date or period", period(disclosed));
      items.put("Researcher", recipient(disclosed) + ", telephone " + disclosed.fact(Fact.PHONE));
      items.put(
          "Sponsor",
          disclosed.fact(Fact.SPONSOR)
              + ", "
              + disclosed.fact(Fact.SPONSOR_ADDRESS)
              + ", telephone "
              + disclosed.fact(Fact.SPONSOR_PHONE));
      items.put("Note", MAY_OR_MAY_NOT);
      return;
    }
    items.put("Date", disclosed.first().toString());
    items.put("Recipient", recipient(disclosed));
    items.put("Information", disclosed.fact(Fact.INFORMATION));
    items.put("Purpose", purpose(disclosed));
    if (disclosed.form() == Form.REPEATED) {
      items.put("Number of disclosures", period(disclosed));
    }
  }

  private static String protocol(Disclosed disclosed) {
    String number =
        disclosed.about().containsKey(Fact.PROTOCOL)
            ? " ("
                + disclosed.fact(Fact.BOARD)
                + ", protocol "
                + disclosed.fact(Fact.PROTOCOL)
                + ")"
            : "";
    return disclosed.fact(Fact.TITLE) + number;
  }

  private static String recipient(Disclosed disclosed) {
    return disclosed.fact(Fact.RECIPIENT)
        + ", "
        + disclosed.fact(Fact.ORGANIZATION)
        + ", address "
        + disclosed.fact(Fact.ADDRESS);
  }

  private static String purpose(Disclosed disclosed) {
    return disclosed.basis().purpose()
        + ": "
        + disclosed.fact(Fact.TITLE)
        + " (purpose of use "
        + disclosed.fact(Fact.PURPOSE)
        + ").";
  }

  private static String period(Disclosed disclosed) {
    return disclosed.days().size() == 1
        ? disclosed.first().toString()
        : disclosed.days().size()
            + " between "
            + disclosed.first()
            + " and "
            + disclosed.last()
            + "; the last on "
            + disclosed.last();
  }

  /** The whole account for the compliance officer, line by line. */
  public static List<String> lines(Account account) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "accounting of disclosures (45 CFR 164.528) from "
            + account.since()
            + " to "
            + account.until());
    lines.add("");
    lines.add("due to the patient: " + account.due().size());
    for (Disclosed disclosed : account.due()) {
      lines.add("");
      items(disclosed).forEach((head, answer) -> lines.add("  " + head + ": " + answer));
      lines.add("  [releases " + String.join(", ", disclosed.releases()) + "]");
      lines.add("  [why: " + disclosed.basis().reason() + "]");
      disclosed.missing().forEach(what -> lines.add("  [missing: " + what + "]"));
    }
    if (!account.suspended().isEmpty()) {
      lines.add("");
      lines.add(
          "suspended, not in the patient's account (45 CFR 164.528(a)(2)): "
              + account.suspended().size());
      account
          .suspended()
          .forEach(
              disclosed ->
                  lines.add(
                      line(disclosed)
                          + " [suspended until "
                          + disclosed.suspendedUntil().map(LocalDate::toString).orElse("")
                          + "]"));
    }
    lines.add("");
    lines.add("not due, for the compliance officer: " + account.excepted().size());
    account.excepted().forEach(disclosed -> lines.add(line(disclosed)));
    return lines;
  }

  private static String line(Disclosed disclosed) {
    return "  "
        + period(disclosed)
        + " to "
        + recipient(disclosed)
        + ": "
        + disclosed.basis().reason()
        + (disclosed.presence() == Presence.MAY_BE_NAMED ? " (" + MAY_BE_NAMED + ")" : "")
        + " ["
        + String.join(", ", disclosed.releases())
        + "]";
  }
}
