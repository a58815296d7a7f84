package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.consentry.problem.Category;
import org.consentry.problem.ProblemException;
import org.junit.jupiter.api.Test;

/** No operator takes another name by a word to Java. */
final class OperatorNameTest {

  @Test
  void isTheOwnerOfTheProcess() {
    assertThat(OperatorName.name(Optional.of("ann"), "ann")).isEqualTo("ann");
    assertThat(OperatorName.name(Optional.of("CLINIC\\ann"), "ann")).isEqualTo("ann");
    assertThat(OperatorName.name(Optional.empty(), "ann")).isEqualTo("ann");
    assertThat(OperatorName.name()).isEqualTo(System.getProperty("user.name"));
  }

  @Test
  void addsThePersonWhoPressedAButton() {
    assertThat(OperatorName.askedBy(Map.of())).isEmpty();
    assertThat(OperatorName.askedBy(Map.of("CONSENTRY_ASKED_BY", "ann"))).contains("ann");
    for (String none : new String[] {"", " ", "ann\nbob", "ann for bob", "änn", "a".repeat(101)}) {
      assertThatThrownBy(() -> OperatorName.askedBy(Map.of("CONSENTRY_ASKED_BY", none)))
          .isInstanceOf(ProblemException.class)
          .hasMessageContaining("the variable is no name of a person");
    }
  }

  @Test
  void refusesAPropertyThatNamesAnotherPerson() {
    assertThatThrownBy(() -> OperatorName.name(Optional.of("ann"), "nightly"))
        .isInstanceOf(ProblemException.class)
        .hasMessage(
            "user.name: error OPERATOR_NAME the property names another person than the owner of"
                + " this process; take -Duser.name out of CONSENTRY_JAVA_OPTS and"
                + " JAVA_TOOL_OPTIONS")
        .extracting(failure -> ((ProblemException) failure).category())
        .isEqualTo(Category.AUTHORITY);
  }
}
