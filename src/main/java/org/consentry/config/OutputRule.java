package org.consentry.config;

import java.util.List;
import java.util.Optional;
import org.consentry.data.RecordCategory;
import org.consentry.problem.Place;

/**
 * What one released column is made of, or that the source column ends here.
 *
 * @param role why the source column matters
 * @param operator what happens to it
 * @param as the released name; absent means the source column's
 * @param type what its values are; absent only when nothing is released
 * @param onInvalid what happens to a value the operator cannot take; absent means stop
 * @param why why the study needs it
 * @param label plain words for the recipient
 * @param unit unit of its values
 * @param category consent category of its own; absent means the table's
 * @param acknowledge warnings of the policy check that a person answered
 * @param settings the operator's own keys, bound by whoever knows the operator
 */
@Doc("What one released column is made of, or that the source column ends here")
public record OutputRule(
    Place place,
    @Doc("why the source column matters for disclosure") WithPlace<Role> role,
    @Doc("what happens to it") @Key("do") WithPlace<String> operator,
    @Doc("the released name; by default the source column's") Optional<WithPlace<String>> as,
    @Doc("what its values are") Optional<WithPlace<ReleasedType>> type,
    @Doc("what happens to a value the operator cannot take; by default the run stops")
        Optional<OnInvalid> onInvalid,
    @Doc("why the study needs it") Optional<WithPlace<String>> why,
    @Doc("plain words for the recipient") Optional<String> label,
    @Doc("unit of its values") Optional<String> unit,
    @Doc("consent category of its own; by default the table's")
        Optional<WithPlace<RecordCategory>> category,
    @Doc("warnings of the policy check that a person answered") @MayBeEmpty @OneOrMany
        List<Acknowledgement> acknowledge,
    @RemainingKeys Node.Mapping settings) {

  public OutputRule {
    acknowledge = List.copyOf(acknowledge);
  }

  /** The word for a source column that ends here. */
  public static final String DROP = "drop";

  /** The keys every rule may have, beside the operator's own. */
  public static List<String> commonKeys() {
    return Binder.keys(OutputRule.class);
  }

  /** Whether something is released. */
  public boolean isReleased() {
    return !operator.value().equals(DROP);
  }
}
