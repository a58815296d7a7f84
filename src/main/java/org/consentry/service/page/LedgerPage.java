package org.consentry.service.page;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.consentry.ledger.LedgerEntry;
import org.consentry.problem.Problem;

/**
 * The ledger: what it has, and when it was verified by which head.
 *
 * @param entries how many entries it has
 * @param head the newest entry; empty when there is none
 * @param headAt its moment, in words
 * @param readAt when the chain, run records and files were checked for this page, in words
 * @param checks what checks of everything found, the newest first
 * @param lines one part of the entries, the newest first
 * @param part which part it is
 */
public record LedgerPage(
    int entries,
    Optional<LedgerEntry> head,
    String headAt,
    String readAt,
    List<Check> checks,
    List<Line> lines,
    Part part)
    implements PageModel {

  /** Entries of a page. */
  public static final int SIZE = 50;

  /**
   * What a check found.
   *
   * @param at when, in words
   * @param extent what was checked
   * @param head number and digest of the entry that was the newest then
   * @param signedHead number of the newest entry that a signed manifest names; 0 for none
   * @param manifests how many manifests were compared
   * @param findings what is wrong; empty when all is well
   */
  public record Check(
      String at,
      String extent,
      String head,
      long signedHead,
      int manifests,
      List<Problem> findings) {}

  /**
   * An entry.
   *
   * @param number its number
   * @param at its moment, in words
   * @param kind what happened
   * @param job the job; empty for none
   * @param run the run; empty for none
   */
  public record Line(long number, String at, String kind, String job, String run) {

    /** The line of an entry. It has no fact of it, so no person as code or digest. */
    public static Line of(LedgerEntry entry, String at) {
      return new Line(
          entry.number(),
          at,
          entry.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '),
          entry.job(),
          entry.run());
    }
  }

  public LedgerPage {
    checks = List.copyOf(checks);
    lines = List.copyOf(lines);
  }

  @Override
  public String template() {
    return "ledger.jte";
  }
}
