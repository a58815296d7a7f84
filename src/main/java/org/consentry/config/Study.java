package org.consentry.config;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.consentry.config.Binding.Default;
import org.consentry.config.Binding.MayBeEmpty;
import org.consentry.problem.Place;

/**
 * The study the data is for.
 *
 * @param id the id consent lines name
 * @param purpose HL7 v3 PurposeOfUse; consent to a wider purpose covers it
 * @param state decides consents that end with the study
 * @param diseases codes, for consents limited to diseases
 * @param methodsResearch whether the study develops methods
 * @param description what the study is for and whose records it takes, in plain words, for the
 *     accounting of disclosures (45 CFR 164.528(b)(4)(i)(B))
 * @param sponsor who pays for it, for the accounting of disclosures
 */
@Doc("The study the data is for")
public record Study(
    Place place,
    @Doc("the id that consent lines name") String id,
    @Doc("title in plain words") String title,
    @Doc("HL7 v3 PurposeOfUse, such as CLINTRCH") WithPlace<String> purpose,
    @Doc("open or closed: decides consents that end with the study") State state,
    @Doc("disease codes, for consents limited to diseases") @MayBeEmpty List<String> diseases,
    @Doc("whether the study develops methods") @Default("no") YesNo methodsResearch,
    @Doc("the review board's approval") Optional<Board> board,
    @Doc("what it is for and whose records it takes, in plain words, for the accounting")
        Optional<String> description,
    @Doc("who pays for the study, for the accounting of disclosures") Optional<Sponsor> sponsor) {

  /** Whether the study still runs. */
  public enum State {
    OPEN,
    CLOSED
  }

  /** A word, not a boolean. */
  public enum YesNo {
    YES,
    NO
  }

  /**
   * A review board's approval (45 CFR 164.512(i)(2)).
   *
   * @param name the board
   * @param protocol its number of the protocol
   * @param approvedOn first day
   * @param expiresOn last day; absent when the approval does not end
   * @param review how it was reviewed; demanded of a waiver
   * @param phiDescription what protected information is needed, in brief; demanded of a waiver
   * @param signedBy chair or designee who signed; demanded of a waiver
   */
  @Doc("A review board's approval")
  public record Board(
      Place place,
      @Doc("the board") String name,
      @Doc("its number of the protocol") String protocol,
      @Doc("first day of the approval") WithPlace<LocalDate> approvedOn,
      @Doc("last day of the approval; leave it out only when the approval does not end")
          Optional<WithPlace<LocalDate>> expiresOn,
      @Doc("how it was reviewed; a waiver needs it") Optional<Review> review,
      @Doc("what protected information is needed, in brief; a waiver needs it")
          Optional<String> phiDescription,
      @Doc("chair or designee who signed; a waiver needs it") Optional<String> signedBy) {

    /** How a board reviews. */
    public enum Review {
      NORMAL,
      EXPEDITED
    }

    public Board {
      if (expiresOn.isPresent() && expiresOn.get().value().isBefore(approvedOn.value())) {
        throw new IllegalArgumentException("expiresOn must not be before approvedOn");
      }
    }
  }

  /**
   * Who pays for the study, for the accounting of disclosures (45 CFR 164.528(b)(4)(i)(F)).
   *
   * @param name the entity
   * @param address postal address
   * @param phone telephone
   */
  @Doc("Who pays for the study, for the accounting of disclosures")
  public record Sponsor(
      Place place,
      @Doc("the entity that sponsors the study") String name,
      @Doc("its postal address") Optional<String> address,
      @Doc("its telephone") Optional<String> phone) {}

  /**
   * A request that is no study, in the words of one: it ends no consent that lasts as long as a
   * study, for there is none.
   *
   * @param id number of the request
   * @param title what it is, in plain words
   */
  static Study ofRequest(Place place, String id, String title, WithPlace<String> purpose) {
    return new Study(
        place,
        id,
        title,
        purpose,
        State.CLOSED,
        List.of(),
        YesNo.NO,
        Optional.empty(),
        Optional.of(title),
        Optional.empty());
  }
}
