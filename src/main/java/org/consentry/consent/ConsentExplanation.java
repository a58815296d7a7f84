package org.consentry.consent;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.consentry.data.Exclusion;
import org.consentry.data.RecordCategory;
import org.consentry.problem.Place;

/**
 * Why one subject is permitted or excluded: each of its lines, each test in order, and what
 * decided. Made by the same run that decides, never by a second procedure.
 *
 * <p><b>Security promise:</b> it contains a patient's consent lines. It is shown to the person who
 * asked and written nowhere; its text form shows counts only.
 *
 * @param exclusion why the subject is excluded; empty when it is permitted
 * @param lines the subject's lines, in the order of the file
 * @param grants what the permits that passed every test grant, in the order of the file
 */
public record ConsentExplanation(
    Optional<Exclusion> exclusion, List<LineAccount> lines, List<Grant> grants) {

  /** How a test ended. */
  public enum Answer {
    PASSED,
    FAILED,
    /** An earlier test had failed. */
    NOT_REACHED
  }

  /** Whether a line decides the outcome of the subject. */
  public enum Weight {
    DECIDES,
    DOES_NOT_DECIDE
  }

  /**
   * One test of one permit.
   *
   * @param test which test
   * @param answer how it ended
   * @param reason why it failed; empty unless it did
   */
  public record TestAccount(PermitCheck test, Answer answer, Optional<Exclusion> reason) {}

  /**
   * What became of one line.
   *
   * @param place file and line
   * @param content the line; empty when it could not be read
   * @param outcome what became of it
   * @param tests the tests of a permit that counts, in order; empty for every other line
   * @param stoppedBy the line that withdrew or denied a permit; empty for every other line
   * @param weight whether it decides the outcome of the subject
   */
  public record LineAccount(
      Place place,
      Optional<ConsentLine> content,
      LineOutcome outcome,
      List<TestAccount> tests,
      Optional<Place> stoppedBy,
      Weight weight) {

    public LineAccount {
      tests = List.copyOf(tests);
    }

    /** Shows place and outcome, nothing of the content. */
    @Override
    public String toString() {
      return place + " " + outcome + " " + weight;
    }
  }

  /**
   * What one permit grants.
   *
   * @param permit where the permit is
   * @param scope the records it grants, and those denied by restrictions
   * @param denials where the restrictions upon it are, in the order of the scope
   */
  public record Grant(Place permit, Grants scope, List<Place> denials) {

    public Grant {
      denials = List.copyOf(denials);
    }
  }

  /**
   * Why a record goes out or not.
   *
   * @param exclusion why it stays; empty when it goes out
   * @param grants how each permit answered, in the order of the file
   */
  public record RecordAccount(Optional<Exclusion> exclusion, List<GrantAccount> grants) {

    public RecordAccount {
      grants = List.copyOf(grants);
    }
  }

  /**
   * How one permit answered for a record.
   *
   * @param permit where the permit is
   * @param category whether it grants the category
   * @param dates whether its window covers every date
   * @param deniedBy a denial that covers the record; empty when there is none or an earlier test
   *     failed
   */
  public record GrantAccount(
      Place permit, Answer category, Answer dates, Optional<Place> deniedBy) {}

  public ConsentExplanation {
    lines = List.copyOf(lines);
    grants = List.copyOf(grants);
  }

  /** Explains a record of this subject. */
  public RecordAccount record(RecordCategory category, RecordDates dates) {
    if (exclusion.isPresent()) {
      return new RecordAccount(exclusion, List.of());
    }
    boolean dated =
        dates.knowledge() != RecordDates.Knowledge.TIMELESS
            || category == RecordCategory.DEMOGRAPHIC;
    RecordDates meant = dated ? dates : RecordDates.unknown(); // only DEMOGRAPHIC can be timeless
    List<GrantAccount> accounts = new ArrayList<>();
    byte furthest = Exclusion.CATEGORY.code();
    boolean isCovered = false;
    for (Grant grant : grants) {
      byte answer = grant.scope().ofPermit(category, meant);
      accounts.add(account(grant, category, meant, answer));
      isCovered |= answer == RecordRule.COVERED;
      furthest = answer > furthest ? answer : furthest;
    }
    return new RecordAccount(
        isCovered ? Optional.empty() : Optional.of(Exclusion.ofCode(furthest)), accounts);
  }

  private static GrantAccount account(
      Grant grant, RecordCategory category, RecordDates dates, byte answer) {
    if (answer == Exclusion.CATEGORY.code()) {
      return new GrantAccount(grant.permit(), Answer.FAILED, Answer.NOT_REACHED, Optional.empty());
    }
    if (answer == Exclusion.RECORD_DATE.code()) {
      return new GrantAccount(grant.permit(), Answer.PASSED, Answer.FAILED, Optional.empty());
    }
    int denial = grant.scope().denial(category, dates);
    Optional<Place> deniedBy =
        denial < 0 ? Optional.empty() : Optional.of(grant.denials().get(denial));
    return new GrantAccount(grant.permit(), Answer.PASSED, Answer.PASSED, deniedBy);
  }

  /** Shows counts and nothing of the content. */
  @Override
  public String toString() {
    return "ConsentExplanation[" + lines.size() + " lines, " + grants.size() + " grants]";
  }
}
