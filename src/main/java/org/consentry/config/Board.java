package org.consentry.config;

import java.time.LocalDate;
import java.util.Optional;
import org.consentry.problem.Place;

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
