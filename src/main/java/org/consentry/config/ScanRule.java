package org.consentry.config;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.consentry.config.Binding.Default;
import org.consentry.config.Binding.MayBeEmpty;
import org.consentry.problem.Place;

/**
 * What the finished files are searched for before anything is released, and what a finding does.
 *
 * @param identifiers whose identifiers are searched for
 * @param patterns which forms of identifiers are searched for
 * @param onFinding what happens when something is found that no person acknowledged
 * @param acknowledge findings that a person looked at and acknowledges
 */
@Doc("What the finished files are searched for before anything is released")
public record ScanRule(
    Place place,
    @Doc("identifiers of which people: those of the source, or none") Identifiers identifiers,
    @Doc("forms of identifiers, such as telephone numbers: those of the USA, or none")
        Patterns patterns,
    @Doc("what happens when something is found") @Default("block") OnFinding onFinding,
    @Doc("findings that a person looked at and acknowledges") @MayBeEmpty
        List<AcknowledgedFinding> acknowledge) {

  public ScanRule {
    acknowledge = List.copyOf(acknowledge);
  }

  /** Whether the rule searches for anything. */
  public boolean searches() {
    return identifiers == Identifiers.SOURCE || patterns == Patterns.US;
  }

  /** Whose identifiers are searched for. */
  public enum Identifiers {
    @Doc("of every person in the source, released or not")
    SOURCE,
    @Doc("of no one")
    NONE
  }

  /** Which forms of identifiers are searched for. */
  public enum Patterns {
    @Doc("names, telephone numbers, addresses, numbers and dates as written in the USA")
    US,
    @Doc("none")
    NONE
  }

  /** What happens when something is found. */
  public enum OnFinding {
    @Doc("nothing is released")
    BLOCK,
    @Doc("the release waits for approvals, which the job must ask for")
    REVIEW,
    @Doc("the manifest reports it")
    REPORT
  }

  /**
   * A person's answer to a finding: it is acknowledged for a reason until a day.
   *
   * @param column released column, as {@code table.column}; absent when a file is named
   * @param file path in the release; absent when a column is named
   * @param kind what was found, in the word of the finding
   * @param reason why it is acknowledged
   * @param by who acknowledges it
   * @param until the last day on which it is valid
   */
  @Doc("A person's answer to a finding")
  public record AcknowledgedFinding(
      Place place,
      @Doc("released column, as table.column; or name a file") Optional<WithPlace<String>> column,
      @Doc("file of the release, such as README.md; or name a column")
          Optional<WithPlace<String>> file,
      @Doc("what was found, in the word of the finding, such as phone") WithPlace<String> kind,
      @Doc("why it is acknowledged") String reason,
      @Doc("who acknowledges it") String by,
      @Doc("the last day on which it is valid; then the finding counts again")
          WithPlace<LocalDate> until) {

    public AcknowledgedFinding {
      if (column.isPresent() == file.isPresent()) {
        throw new IllegalArgumentException("name either the column or the file of the finding");
      }
      if (reason.isBlank() || by.isBlank()) {
        throw new IllegalArgumentException(
            "reason and by must state why the finding is acknowledged, and by whom");
      }
    }
  }
}
