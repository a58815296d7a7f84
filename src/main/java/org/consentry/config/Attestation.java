package org.consentry.config;

import java.time.LocalDate;
import java.util.Optional;
import org.consentry.problem.Place;

/**
 * What a person answers for because no program can compute it: no actual knowledge for safe-harbor
 * (45 CFR 164.514(b)(2)(ii)), the expert's opinion for expert-determination (164.514(b)(1)).
 *
 * @param text what is attested
 * @param by who attests
 * @param on when
 * @param expiresOn last day it holds; absent when it does not end
 */
@Doc("What a person answers for because no program can compute it")
public record Attestation(
    Place place,
    @Doc("what is attested") String text,
    @Doc("who attests") String by,
    @Doc("when") WithPlace<LocalDate> on,
    @Doc("last day it holds; leave it out when it does not end")
        Optional<WithPlace<LocalDate>> expiresOn) {}
