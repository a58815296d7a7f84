package org.consentry.config;

import java.util.Optional;
import org.consentry.problem.Place;

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
