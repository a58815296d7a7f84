package org.consentry.config;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.consentry.problem.Place;

/**
 * A data use agreement (45 CFR 164.514(e)(4)).
 *
 * @param expiresOn last day
 * @param destroyBy day by which the recipient destroys the data
 * @param obligations what the recipient promises, for consents that ask
 */
@Doc("A data use agreement")
public record Agreement(
    Place place,
    @Doc("the clinic's number of the agreement") String id,
    @Doc("day of the last signature") WithPlace<LocalDate> signedOn,
    @Doc("last day it holds") WithPlace<LocalDate> expiresOn,
    @Doc("what the recipient may do with the data") List<String> permittedUses,
    @Doc("who may use or receive it") List<String> permittedUsers,
    @Doc("day by which the recipient destroys the data") Optional<WithPlace<LocalDate>> destroyBy,
    @Doc("what the recipient promises, for consents that ask") @MayBeEmpty
        List<Obligation> obligations) {

  /** A promise of the recipient, by the DUO term that asks for it. */
  public enum Obligation {
    /** It publishes its results (PUB). */
    PUBLISHES,
    /** It works with the clinic's investigators (COL). */
    COLLABORATES,
    /** It returns derived data (RTN). */
    RETURNS
  }

  public Agreement {
    if (expiresOn.value().isBefore(signedOn.value())) {
      throw new IllegalArgumentException("expiresOn must not be before signedOn");
    }
  }
}
