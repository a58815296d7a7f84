package org.consentry.service;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.consentry.service.openid.OpenId;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Who may request what: the one table of pages, methods and roles. What is not in it is refused for
 * everyone.
 */
final class Access {

  private static final Set<Role> ALL = EnumSet.allOf(Role.class);
  private static final Set<Role> STEWARD = EnumSet.of(Role.STEWARD);

  /** Who may have every file of a release, or the whole ledger, read. */
  private static final Set<Role> CHECKERS =
      EnumSet.of(Role.STEWARD, Role.APPROVER, Role.COMPLIANCE);

  /** All pages, in the order of their paths. */
  static final List<Rule> RULES =
      List.of(
          open(HttpMethod.GET, "/sign-in"),
          open(HttpMethod.POST, "/sign-in"),
          open(HttpMethod.GET, OpenId.BEGIN_PATH),
          open(HttpMethod.GET, OpenId.RETURN_PATH),
          open(HttpMethod.GET, "/assets/{file}"),
          open(HttpMethod.GET, "/actuator/prometheus"), // It asks for a token itself.
          to(HttpMethod.GET, "/", ALL),
          to(HttpMethod.GET, "/runs", ALL),
          to(HttpMethod.GET, "/runs/{run}", ALL),
          to(HttpMethod.GET, "/runs/{run}/approval", ALL),
          to(HttpMethod.GET, "/runs/{run}/approval/manifest", ALL),
          to(HttpMethod.GET, "/runs/{run}/approval/statement", ALL),
          to(HttpMethod.POST, "/runs/{run}/approval", EnumSet.of(Role.APPROVER)),
          to(HttpMethod.GET, "/register", ALL),
          to(HttpMethod.GET, "/register.csv", ALL),
          to(HttpMethod.GET, "/releases/{job}/{release}", ALL),
          to(HttpMethod.GET, "/releases/{job}/{release}/manifest", ALL),
          to(HttpMethod.POST, "/releases/{job}/{release}/verification", CHECKERS),
          to(HttpMethod.GET, "/ledger", ALL),
          to(HttpMethod.POST, "/ledger/verification", CHECKERS),
          to(HttpMethod.GET, "/calendar", ALL),
          to(HttpMethod.GET, "/jobs", ALL),
          to(HttpMethod.GET, "/jobs/{job}", ALL),
          to(HttpMethod.GET, "/mappings/{mapping}", ALL),
          to(HttpMethod.GET, "/questions", EnumSet.of(Role.COMPLIANCE)),
          to(HttpMethod.POST, "/questions/accounting", EnumSet.of(Role.COMPLIANCE)),
          to(HttpMethod.POST, "/questions/accounting/page", EnumSet.of(Role.COMPLIANCE)),
          to(HttpMethod.POST, "/questions/explanation", EnumSet.of(Role.COMPLIANCE)),
          to(HttpMethod.POST, "/sign-out", ALL),
          to(HttpMethod.POST, "/jobs/{job}/run", STEWARD),
          to(HttpMethod.POST, "/jobs/{job}/pause", STEWARD),
          to(HttpMethod.POST, "/jobs/{job}/resume", STEWARD),
          to(HttpMethod.POST, "/runs/{run}/resume", STEWARD),
          to(HttpMethod.POST, "/runs/{run}/publish", STEWARD),
          to(HttpMethod.POST, "/runs/{run}/abandon", STEWARD),
          to(HttpMethod.POST, "/runs/{run}/stop", STEWARD));

  private Access() {}

  /**
   * A line of the table.
   *
   * @param method the method of the request; HEAD is none of them, and so refused everywhere
   * @param path a path, with the names of its variable parts in braces
   * @param roles who may; empty means anyone, signed in or not
   */
  record Rule(HttpMethod method, String path, Set<Role> roles) {

    Rule {
      roles = Set.copyOf(roles);
    }

    /** Whether a person need not be signed in. */
    boolean isOpen() {
      return roles.isEmpty();
    }

    /** Whether a request changes something: all but reading, and the return from the provider. */
    boolean isRecorded() {
      return !method.equals(HttpMethod.GET) || path.equals(OpenId.RETURN_PATH);
    }

    /** Whether a person becomes another one by it, or one at all. */
    boolean isSignIn() {
      return isOpen() && isRecorded();
    }

    /** The names of the roles, as the framework has them. */
    String[] names() {
      return roles.stream().map(Role::name).sorted().toArray(String[]::new);
    }

    private boolean matches(String method, String requested) {
      PathPattern pattern = PathPatternParser.defaultInstance.parse(path);
      return this.method.matches(method) && pattern.matches(PathContainer.parsePath(requested));
    }
  }

  private static Rule open(HttpMethod method, String path) {
    return new Rule(method, path, Set.of());
  }

  private static Rule to(HttpMethod method, String path, Set<Role> roles) {
    return new Rule(method, path, roles);
  }

  /** Whether a request is recorded before it is done: by its line, else if it does not read. */
  static boolean isRecorded(String method, String path) {
    boolean isReading = method.equals("GET") || method.equals("HEAD");
    return rule(method, path).map(Rule::isRecorded).orElse(!isReading);
  }

  /** The line for a request; empty when there is none. */
  static Optional<Rule> rule(String method, String path) {
    return RULES.stream().filter(rule -> rule.matches(method, path)).findFirst();
  }
}
