package org.consentry.followup;

import java.util.ArrayList;
import java.util.List;
import org.consentry.data.DayWords;
import org.consentry.export.ClinicContact;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;
import org.consentry.problem.Problems;
import org.consentry.release.PlainPage;

/**
 * The account as a page to hand out. It has what is due and nothing else, and a line for the
 * patient's name, which no program writes.
 */
public final class AccountPage {

  private AccountPage() {}

  /**
   * The page in UTF-8.
   *
   * @param clinic who gives the account
   * @throws ProblemException category FILES_INVALID when a disclosure lacks what the law asks for
   */
  public static byte[] of(Account account, ClinicContact clinic) {
    requireComplete(account);
    List<String> sentences = new ArrayList<>();
    sentences.add(clinic.words());
    sentences.add("Patient: ______________________________   Given on: ______________");
    sentences.add(
        "This lists disclosures from "
            + DayWords.of(account.since())
            + " to "
            + DayWords.of(account.until())
            + " that 45 CFR 164.528 asks to be accounted for. Disclosures which that rule excepts,"
            + " such as those the patient authorized, those for payment, limited data sets and"
            + " de-identified data, are not listed.");
    if (account.due().isEmpty()) {
      sentences.add("There were none.");
    }
    sentences.add(
        "You may ask for such an account at any time; one in any twelve months is free of charge."
            + " For questions, or to report that something is wrong, write to the address above or"
            + " call "
            + clinic.phone()
            + ".");
    List<PlainPage.Section> sections = new ArrayList<>();
    for (int i = 0; i < account.due().size(); i++) {
      sections.add(
          new PlainPage.Section(
              "Disclosure " + (i + 1) + ", on " + DayWords.of(account.due().get(i).first()),
              List.copyOf(AccountText.items(account.due().get(i)).entrySet())));
    }
    return new PlainPage("Accounting of disclosures of health information", sentences, sections)
        .page();
  }

  /** A page that lacks what the law asks is no account. */
  private static void requireComplete(Account account) {
    Problems problems = new Problems();
    for (Account.Disclosed disclosed : account.due()) {
      for (String what : disclosed.missing()) {
        problems.error(
            "ACCOUNT_INCOMPLETE",
            Place.of("disclosure " + String.join(", ", disclosed.releases())),
            "45 CFR 164.528(b) asks for the " + what + ", and the release does not have it",
            "no page was written: look it up and complete the answer by hand, and add it to the"
                + " job for the next release");
      }
    }
    problems.throwIfAny(Category.FILES_INVALID);
  }
}
