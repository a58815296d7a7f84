package org.consentry.followup;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.consentry.data.AcknowledgedWarning;
import org.consentry.keys.AllowedSigners;
import org.consentry.ledger.LedgerFact;
import org.consentry.plan.ExportPlan;
import org.consentry.release.StatedAuthority;
import org.consentry.release.StatedAuthority.Ending;

/**
 * Something that ends on a day.
 *
 * @param day its last day
 * @param what it is, in words
 * @param detail more about it, in words; may be empty
 * @param job the job it belongs to; empty for none
 * @param release the newest release it belongs to; empty for none
 */
public record Deadline(LocalDate day, String what, String detail, String job, String release) {

  private static final Comparator<Deadline> ORDER =
      Comparator.comparing(Deadline::day)
          .thenComparing(Deadline::what)
          .thenComparing(Deadline::job);

  /** Deadlines in the order of their days. */
  public static List<Deadline> inOrder(List<Deadline> all) {
    return all.stream().distinct().sorted(ORDER).toList();
  }

  /**
   * What ends of the releases that are not destroyed. What several releases share is listed once,
   * with the newest of them.
   */
  public static List<Deadline> of(Register register) {
    Map<List<Object>, Deadline> found = new LinkedHashMap<>();
    for (Register.Disclosed one : register.disclosures()) {
      if (!one.isDestroyed()) {
        one.ends()
            .forEach(
                (what, day) ->
                    found.putIfAbsent(
                        List.of(what, day, shared(one, what)), deadline(one, what, day)));
      }
    }
    return List.copyOf(found.values());
  }

  /** An agreement or an approval covers several releases; data is destroyed release by release. */
  private static String shared(Register.Disclosed one, Ending what) {
    return switch (what) {
      case AGREEMENT -> one.fact(LedgerFact.RECIPIENT) + "\n" + agreement(one);
      case BOARD -> one.entry().study();
      case DESTRUCTION -> one.name();
    };
  }

  private static String agreement(Register.Disclosed one) {
    return one.authority().map(StatedAuthority::agreement).orElse("");
  }

  private static Deadline deadline(Register.Disclosed one, Ending what, LocalDate day) {
    String organization = one.authority().map(StatedAuthority::organization).orElse("");
    return switch (what) {
      case AGREEMENT -> of(one, day, "Agreement " + agreement(one) + " ends", organization);
      case BOARD -> of(one, day, "Approval of the board ends", "study " + one.entry().study());
      case DESTRUCTION -> of(one, day, "Data is to be destroyed", organization);
    };
  }

  private static Deadline of(
      Register.Disclosed one, LocalDate day, String what, String organization) {
    return new Deadline(day, what, organization, one.entry().job(), one.fact(LedgerFact.RELEASE));
  }

  /** The answers to warnings of a job that are valid until a day. */
  public static List<Deadline> of(ExportPlan plan) {
    List<Deadline> found = new ArrayList<>();
    for (AcknowledgedWarning answer : plan.acknowledged()) {
      found.add(
          new Deadline(
              answer.until(),
              "Acknowledgement of " + answer.code() + " ends",
              answer.reason(),
              plan.jobName(),
              ""));
    }
    return found;
  }

  /**
   * The keys whose time is limited.
   *
   * @param use what the keys are pinned for, in words
   * @param zone the clinic's, for the days
   */
  public static List<Deadline> of(AllowedSigners signers, String use, ZoneId zone) {
    List<Deadline> found = new ArrayList<>();
    for (AllowedSigners.Entry entry : signers.entries()) {
      if (!entry.validBefore().equals(java.time.Instant.MAX)) {
        found.add(
            new Deadline(
                LocalDate.ofInstant(entry.validBefore(), zone),
                "Key " + use + " ends",
                entry.principal(),
                "",
                ""));
      }
    }
    return found;
  }
}
