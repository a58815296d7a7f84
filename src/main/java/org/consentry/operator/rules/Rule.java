package org.consentry.operator.rules;

import java.util.List;
import java.util.Optional;
import org.consentry.config.Binding.Key;
import org.consentry.config.Binding.OneOrMany;
import org.consentry.config.Doc;
import org.consentry.config.WithPlace;
import org.consentry.operator.ServiceClass;
import org.consentry.problem.Place;

/**
 * One row of the decision table.
 *
 * @param place where it begins
 * @param id what people call it, such as its number
 * @param serviceClass the class it gives
 * @param basis upper-case word in the released rows
 * @param when conditions, one of which must be met; absent means always
 */
@Doc("One row of the decision table")
public record Rule(
    Place place,
    @Doc("what people call it, such as its number") @Key("rule") WithPlace<String> id,
    @Doc("the class it gives") @Key("class") ServiceClass serviceClass,
    @Doc("upper-case word in the released rows; one rule has it") WithPlace<String> basis,
    @Doc("tests that must all answer yes, or a list of such of which one must; by default always")
        Optional<@OneOrMany List<Condition>> when) {

  public Rule {
    if (!basis.value().matches("[A-Z][A-Z0-9_.]{0,62}")) {
      throw new IllegalArgumentException(
          "basis must be an upper-case word of at most 63 letters, digits, _ and .");
    }
  }
}
