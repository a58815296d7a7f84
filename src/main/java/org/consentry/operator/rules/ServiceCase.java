package org.consentry.operator.rules;

import java.util.List;
import java.util.Optional;
import org.consentry.config.Binding.Key;
import org.consentry.config.Binding.OneOrMany;
import org.consentry.config.Doc;
import org.consentry.operator.ServiceClass;
import org.consentry.operator.ServiceInput;
import org.consentry.problem.Place;

/**
 * A row whose label is known. It tests the rules.
 *
 * @param place where it begins
 * @param procedure procedure code as in a row
 * @param diagnoses diagnosis codes as in a row
 * @param functional word of a functional impairment as in a row
 * @param state state as in a row
 * @param benefits benefits language as in a row
 * @param serviceClass the class it must get
 * @param basis the basis it must get
 * @param why what it shows
 */
@Doc("A row whose label is known")
public record ServiceCase(
    Place place,
    @Doc("procedure code as in a row") Optional<String> procedure,
    @Doc("diagnosis codes as in a row") Optional<@OneOrMany List<String>> diagnoses,
    @Doc("word of a functional impairment as in a row") Optional<String> functional,
    @Doc("state as in a row") Optional<String> state,
    @Doc("benefits language as in a row") Optional<String> benefits,
    @Doc("the class it must get") @Key("class") ServiceClass serviceClass,
    @Doc("the basis it must get") String basis,
    @Doc("what it shows") Optional<String> why) {

  public ServiceInput input() {
    return new ServiceInput(procedure, diagnoses.orElse(List.of()), functional, state, benefits);
  }
}
