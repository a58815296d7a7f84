package org.consentry.ledger;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The description of a release in its membership file, before the members.
 *
 * @param run the run that made the release
 * @param ledgerKey fingerprint of the ledger key its patients are filed under
 * @param about what an accounting of disclosures lists (45 CFR 164.528(b)), by the names of {@link
 *     Fact}; what the job does not state is absent
 * @param codes the codes the recipient knows patients by; empty when the release has none that can
 *     be known afterwards
 * @param tables the released tables
 * @param computed the tables that are computed from those
 */
public record MembershipHead(
    String run,
    String ledgerKey,
    Map<String, String> about,
    List<Code> codes,
    List<Table> tables,
    List<Computed> computed) {

  /** What an accounting of disclosures lists of a release. */
  public enum Fact {
    STUDY,
    TITLE,
    DESCRIPTION,
    CRITERIA,
    PURPOSE,
    INFORMATION,
    BOARD,
    PROTOCOL,
    RECIPIENT,
    ORGANIZATION,
    ADDRESS,
    PHONE,
    SPONSOR,
    SPONSOR_ADDRESS,
    SPONSOR_PHONE
  }

  /**
   * A code of patients in the release.
   *
   * @param domain domain of the code, as the mapping names it
   * @param prefix what the code begins with, before {@code -}; empty for a number
   * @param columns released columns that have it, as {@code TABLE.COLUMN}
   */
  public record Code(String domain, String prefix, List<String> columns) {
    public Code {
      columns = List.copyOf(columns);
    }
  }

  /**
   * A released table.
   *
   * @param name its name
   * @param category consent category of its records
   * @param time how its records are placed in time
   * @param grain how exactly the recipient knows the days of its records
   * @param dates released columns that have them
   * @param own released columns with a consent category of their own
   */
  public record Table(
      String name, String category, Time time, Grain grain, List<String> dates, List<Own> own) {
    public Table {
      dates = List.copyOf(dates);
      own = List.copyOf(own);
    }
  }

  /**
   * A table that is computed from the release, with one row a patient.
   *
   * @param name its name
   * @param from the tables from which it is computed
   */
  public record Computed(String name, List<String> from) {
    public Computed {
      from = List.copyOf(from);
    }
  }

  /** A released column and the consent category of its cells. */
  public record Own(String column, String category) {}

  /** How records are placed in time. */
  public enum Time {
    /** Every record has dates, or none that is known. */
    EVENTS,
    /** One row a person, no event. */
    TIMELESS
  }

  /** How exactly a recipient knows when a record was made. */
  public enum Grain {
    DAY,
    YEAR,
    /** Not at all, or moved by a number of days that only the clinic knows. */
    NOTHING
  }

  public MembershipHead {
    about = Collections.unmodifiableMap(new TreeMap<>(about));
    codes = List.copyOf(codes);
    tables = List.copyOf(tables);
    computed = List.copyOf(computed);
  }

  /** A fact of the release; an empty text when it is not known. */
  public String fact(Fact fact) {
    return about.getOrDefault(fact.name(), "");
  }
}
