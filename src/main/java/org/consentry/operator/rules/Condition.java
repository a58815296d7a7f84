package org.consentry.operator.rules;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.consentry.config.Binding.OneOrMany;
import org.consentry.config.Doc;
import org.consentry.config.WithPlace;
import org.consentry.problem.Place;

/**
 * Tests that must all answer yes.
 *
 * @param place where they begin
 * @param missing an input without a usable code
 * @param procedure sets, one of which lists the procedure code
 * @param notProcedure sets, none of which lists it
 * @param diagnosis sets, one of which lists one of the diagnosis codes
 * @param alsoDiagnosis further sets, one of which lists one of the diagnosis codes
 * @param notDiagnosis sets, none of which lists any of them
 * @param functional what may be known of a functional impairment
 * @param mandate a mandate that covers the line: its name, {@code any-federal} or {@code any-state}
 * @param benefit a benefit that covers the line: its name, or {@code any}
 */
@Doc("Tests that must all answer yes")
record Condition(
    Place place,
    @Doc("an input without a usable code: no code, no readable one, a retired or an unknown one")
        Optional<Missing> missing,
    @Doc("sets, one of which lists the procedure code")
        Optional<@OneOrMany List<WithPlace<String>>> procedure,
    @Doc("sets, none of which lists the procedure code")
        Optional<@OneOrMany List<WithPlace<String>>> notProcedure,
    @Doc("sets, one of which lists one of the diagnosis codes")
        Optional<@OneOrMany List<WithPlace<String>>> diagnosis,
    @Doc("further sets, one of which lists one of the diagnosis codes, the same or another")
        Optional<@OneOrMany List<WithPlace<String>>> alsoDiagnosis,
    @Doc("sets, none of which lists any of the diagnosis codes")
        Optional<@OneOrMany List<WithPlace<String>>> notDiagnosis,
    @Doc("what may be known of a functional impairment; unknown is not no")
        Optional<@OneOrMany List<Functional>> functional,
    @Doc("a mandate that covers the line: its name, any-federal or any-state")
        Optional<WithPlace<String>> mandate,
    @Doc("a benefit that covers the line: its name, or any") Optional<WithPlace<String>> benefit) {

  /** The word for every mandate without states. */
  static final String ANY_FEDERAL = "any-federal";

  /** The word for every mandate of states. */
  static final String ANY_STATE = "any-state";

  /** The word for every benefit. */
  static final String ANY = "any";

  /** An input without a usable code. */
  enum Missing {
    @Doc("no procedure code, an unreadable, a retired one, or one that is in no procedure set")
    PROCEDURE,
    @Doc("no readable diagnosis code")
    DIAGNOSIS
  }

  /** The lists of procedure sets that it tests. */
  List<List<WithPlace<String>>> procedureLists() {
    return Stream.of(procedure, notProcedure).flatMap(Optional::stream).toList();
  }

  /** The lists of diagnosis sets that it tests. */
  List<List<WithPlace<String>>> diagnosisLists() {
    return Stream.of(diagnosis, alsoDiagnosis, notDiagnosis).flatMap(Optional::stream).toList();
  }

  Condition {
    boolean tests =
        Stream.of(
                missing,
                procedure,
                notProcedure,
                diagnosis,
                alsoDiagnosis,
                notDiagnosis,
                functional,
                mandate,
                benefit)
            .anyMatch(Optional::isPresent);
    if (!tests) {
      throw new IllegalArgumentException("a condition must test something");
    }
  }
}
