package org.consentry.followup;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.Optional;
import org.consentry.data.Sha256;
import org.consentry.export.ClinicContact;
import org.consentry.export.StateSession;
import org.consentry.problem.ProblemException;

/**
 * The answer to the question where a patient's records went. The ledger records the question before
 * there is an answer, with the digest of the page for the patient.
 *
 * @param account the disclosures
 * @param page the page for the patient; empty when none was asked for or it is refused
 * @param refused why there is no page, because it lacks what the law asks for
 */
public record AccountAnswer(
    Account account, Optional<String> page, Optional<ProblemException> refused) {

  /**
   * Makes the answer, records the question, and then returns.
   *
   * @param zone the clinic's time zone
   * @param clinic who gives the page; empty when none is asked for
   */
  public static AccountAnswer of(
      StateSession session,
      ZoneId zone,
      String patient,
      LocalDate since,
      LocalDate until,
      Optional<ClinicContact> clinic) {
    Accounting accounting =
        new Accounting(session.memberships(), session.memberships().key(), zone);
    String subject = HexFormat.of().formatHex(accounting.digest(patient));
    AccountAnswer answer;
    try {
      answer = answer(accounting.of(patient, since, until), clinic);
    } catch (RuntimeException failed) {
      session.audit().accounted(subject, since, Optional.empty());
      throw failed;
    }
    session.audit().accounted(subject, since, answer.page().map(AccountAnswer::sha256));
    return answer;
  }

  private static AccountAnswer answer(Account account, Optional<ClinicContact> clinic) {
    try {
      return new AccountAnswer(
          account,
          clinic.map(giver -> new String(AccountPage.of(account, giver), StandardCharsets.UTF_8)),
          Optional.empty());
    } catch (ProblemException incomplete) {
      return new AccountAnswer(account, Optional.empty(), Optional.of(incomplete));
    }
  }

  private static String sha256(String page) {
    return Sha256.hex(page.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The bytes of the page, whose digest is in the ledger.
   *
   * @throws ProblemException category FILES_INVALID when a disclosure lacks what the law asks for
   */
  public byte[] pageBytes() {
    refused.ifPresent(
        why -> {
          throw why;
        });
    return page.orElseThrow().getBytes(StandardCharsets.UTF_8);
  }
}
