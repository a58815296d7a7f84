package org.consentry.followup;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consentry.ledger.MembershipHead.Fact;

/**
 * The disclosures of one patient. It names no patient.
 *
 * @param since the first day asked for
 * @param until the last day
 * @param due what is due to the patient, by its first day
 * @param suspended what an official's statement leaves out of the account for a time (45 CFR
 *     164.528(a)(2)), for the compliance officer; it is due after that
 * @param excepted what is not due, for the compliance officer
 */
public record Account(
    LocalDate since,
    LocalDate until,
    List<Disclosed> due,
    List<Disclosed> suspended,
    List<Disclosed> excepted) {

  /** The fewest individuals of research for the short form (164.528(b)(4)). */
  public static final int SHORT_FORM = 50;

  /** What an accounting lists of a disclosure. */
  public enum Form {
    /** One disclosure (164.528(b)(2)). */
    FULL,
    /** Several to one recipient for one purpose: the first, how many, the last (b)(3). */
    REPEATED,
    /** Research that disclosed {@value #SHORT_FORM} individuals or more (b)(4). */
    SHORT
  }

  /** How the patient is in a release. */
  public enum Presence {
    /** With records. */
    RECORDS,
    /** Without a record; a code of the patient may be in records of others. */
    MAY_BE_NAMED
  }

  /**
   * Disclosures to one recipient for one study, purpose and basis.
   *
   * @param form what is listed of them
   * @param presence how the patient is in all of them
   * @param basis under which they were made
   * @param suspendedUntil last day on which the account leaves them out; empty when it does not
   * @param days the day of each, in order; at least one
   * @param releases the name of each, in the same order, as {@code JOB/RELEASE}
   * @param individuals how many individuals they disclosed records of, counted up to {@value
   *     #SHORT_FORM} at least
   * @param about their facts: in the full form of the only one, of several those of the first, in
   *     the short form those of the newest, with information, criteria and description of all
   * @param missing what law asks and the job does not state, in words
   */
  public record Disclosed(
      Form form,
      Presence presence,
      AccountingBasis basis,
      Optional<LocalDate> suspendedUntil,
      List<LocalDate> days,
      List<String> releases,
      int individuals,
      Map<Fact, String> about,
      List<String> missing) {

    public Disclosed {
      days = List.copyOf(days);
      releases = List.copyOf(releases);
      about = Map.copyOf(about);
      missing = List.copyOf(missing);
    }

    /** The first day. */
    public LocalDate first() {
      return days.get(0);
    }

    /** The last day. */
    public LocalDate last() {
      return days.get(days.size() - 1);
    }

    /** One of its facts; {@code not kept} when it is unknown. */
    public String fact(Fact fact) {
      return about.getOrDefault(fact, "not kept");
    }
  }

  public Account {
    due = List.copyOf(due);
    suspended = List.copyOf(suspended);
    excepted = List.copyOf(excepted);
  }
}
