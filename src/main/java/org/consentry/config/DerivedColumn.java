package org.consentry.config;

import java.util.List;
import java.util.Optional;
import org.consentry.data.RecordCategory;
import org.consentry.problem.Place;

/**
 * One column a {@link DeriveRule} releases.
 *
 * @param of which of the operator's outputs; may be absent when it has only one
 * @param as the released name
 * @param role why the column matters
 * @param type what its values are
 * @param why why the study needs it
 * @param label plain words for the recipient
 * @param unit unit of its values
 * @param category consent category of its own, beside those of its inputs, which always apply
 * @param acknowledge warnings of the policy check that a person answered
 */
@Doc("One column made of several")
public record DerivedColumn(
    Place place,
    @Doc("which of the operator's outputs; not needed when it has only one")
        Optional<WithPlace<String>> of,
    @Doc("the released name") WithPlace<String> as,
    @Doc("why the column matters for disclosure") WithPlace<Role> role,
    @Doc("what its values are") WithPlace<ReleasedType> type,
    @Doc("why the study needs it") Optional<WithPlace<String>> why,
    @Doc("plain words for the recipient") Optional<String> label,
    @Doc("unit of its values") Optional<String> unit,
    @Doc("consent category of its own, beside those of its inputs")
        Optional<WithPlace<RecordCategory>> category,
    @Doc("warnings of the policy check that a person answered") @MayBeEmpty @OneOrMany
        List<Acknowledgement> acknowledge) {

  public DerivedColumn {
    acknowledge = List.copyOf(acknowledge);
  }

  /** The same as a rule that makes one column of another. */
  OutputRule output(DeriveRule rule) {
    return new OutputRule(
        place,
        role,
        rule.operator(),
        Optional.of(as),
        Optional.of(type),
        rule.onInvalid(),
        why,
        label,
        unit,
        category,
        acknowledge,
        rule.settings());
  }
}
