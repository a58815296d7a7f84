package org.consentry.cli;

import java.util.Optional;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;

/**
 * Who works with the program.
 *
 * <p><b>Security promise:</b> the name is that of the process's owner. The Java property {@code
 * user.name}, which any user can set, never names another person.
 */
final class OperatorName {

  private OperatorName() {}

  /**
   * The owner of this process.
   *
   * @throws ProblemException category AUTHORITY when the property names another person
   */
  static String name() {
    return name(ProcessHandle.current().info().user(), System.getProperty("user.name", "unknown"));
  }

  /**
   * The same from what system and Java report.
   *
   * @param owner owner of the process, on Windows behind a domain and a backslash; empty when the
   *     system does not report it, and then the property is used
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
