package org.consentry.cli;

import java.util.Optional;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;

/**
 * Who works with the program.
 *
 * <p><b>Security promise:</b> the name is that of the process's owner. The Java property {@code
 * user.name}, which whoever starts the program can set, never stands for another person.
 */
final class OperatorName {

  private OperatorName() {}

  /**
   * The owner of this process.
   *
   * @throws ProblemException category AUTHORITY when the property names somebody else
   */
  static String name() {
    return name(ProcessHandle.current().info().user(), System.getProperty("user.name", "unknown"));
  }

  /**
   * The same of what system and Java say.
   *
   * @param owner owner of the process, on Windows behind a domain and a backslash; empty when the
   *     system does not tell, and then the property is all there is
   */
  static String name(Optional<String> owner, String property) {
    Optional<String> name = owner.map(full -> full.substring(full.lastIndexOf('\\') + 1));
    if (name.filter(known -> !known.equals(property)).isPresent()) {
      throw ProblemException.of(
          Category.AUTHORITY,
          "OPERATOR_NAME",
          Place.of("user.name"),
          "the property names another person than the owner of this process",
          "take -Duser.name out of CONSENTRY_JAVA_OPTS and JAVA_TOOL_OPTIONS");
    }
    return name.orElse(property);
  }
}
