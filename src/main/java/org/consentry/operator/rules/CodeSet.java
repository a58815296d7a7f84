package org.consentry.operator.rules;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.consentry.config.Binding.MayBeEmpty;
import org.consentry.config.Binding.OneOrMany;
import org.consentry.config.Doc;
import org.consentry.config.WithPlace;
import org.consentry.problem.Place;

/**
 * A named set of codes, without descriptors.
 *
 * @param place where the set is named
 * @param kind what its codes are
 * @param codes codes ({@code Z41.1}), prefixes ({@code Z90.1-}) and ranges ({@code 15780-15783},
 *     {@code Q35-Q37}); the second end of a range includes everything that begins with it
 * @param sets names of sets whose codes are in this one too
 * @param seventh seventh characters of a diagnosis code that count; absent means any or none
 * @param before procedure sets that share codes with this one and are tested after it
 * @param source where the codes come from
 * @param asOf day on which the source was read
 */
@Doc("A named set of codes: codes only, no descriptors")
record CodeSet(
    Place place,
    @Doc("what its codes are") Kind kind,
    @Doc(
            "codes such as Z41.1, prefixes such as Z90.1-, and ranges such as 15780-15783 or Q35-Q37;"
                + " a range of ICD-10-CM codes includes what begins with its second end")
        @OneOrMany
        @MayBeEmpty
        List<WithPlace<String>> codes,
    @Doc("names of sets whose codes are in this one too") @OneOrMany @MayBeEmpty
        List<WithPlace<String>> sets,
    @Doc("seventh characters of a diagnosis code that count; by default any or none")
        Optional<@OneOrMany List<WithPlace<String>>> seventh,
    @Doc("procedure sets that share codes with this one and that the table tests after it")
        @OneOrMany
        @MayBeEmpty
        List<WithPlace<String>> before,
    @Doc("where the codes come from") String source,
    @Doc("day on which the source was read") LocalDate asOf) {

  /** What the codes of a set are. */
  public enum Kind {
    @Doc("CPT or HCPCS codes")
    PROCEDURE,
    @Doc("ICD-10-CM codes")
    DIAGNOSIS,
    @Doc("CPT or HCPCS codes that were retired: a row with one has no readable procedure")
    RETIRED_PROCEDURE;

    boolean isProcedure() {
      return this != DIAGNOSIS;
    }
  }
}
