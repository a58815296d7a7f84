package org.consentry.cli;

import java.util.Map;
import java.util.Optional;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;
import org.consentry.release.ReleaseApprovals;

/**
 * Who works with the program.
 *
 * <p><b>Security promise:</b> the name is that of the process's owner. The Java property {@code
 * user.name}, which any user can set, never names another person.
 */
final class OperatorName {

  private static final String ASKED_BY = "CONSENTRY_ASKED_BY";

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
   * For whom the owner of this process works: the service states who pressed a button. It adds a
   * person who may not approve and whom the ledger names behind the owner, and replaces no name.
   *
   * @param environment variables of this process
   * @throws ProblemException category USAGE when it is no name as people sign in by
   */
  static Optional<String> askedBy(Map<String, String> environment) {
    Optional<String> name = Optional.ofNullable(environment.get(ASKED_BY));
    if (name.filter(text -> !ReleaseApprovals.isName(text)).isPresent()) {
      throw ProblemException.of(
          Category.USAGE,
          "OPERATOR_NAME",
          Place.of(ASKED_BY),
          "the variable is no name of a person",
          "the service sets it; take it out of your environment");
    }
    return name;
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
