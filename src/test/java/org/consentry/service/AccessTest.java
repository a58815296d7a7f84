package org.consentry.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.consentry.testing.OpenIdServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** Role by page by method: what is asked for is answered as the table of access states. */
final class AccessTest {

  private static final List<String> METHODS =
      List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");

  /** Shown by the server itself, in place of an answer. */
  private static final String ERROR = "/error";

  @TempDir private Path folder;

  @Test
  void everyPageOfAControllerIsInTheTableAndTheOtherWayRound() {
    Set<String> listed = new TreeSet<>();
    Access.RULES.forEach(rule -> listed.add(rule.method() + " " + rule.path()));
    listed.removeAll(
        Set.of(
            "POST /sign-in",
            "POST /sign-out",
            "GET /sign-in/provider",
            "GET /sign-in/code")); // These are the framework's.

    assertThat(mapped()).containsExactlyInAnyOrderElementsOf(listed);
  }

  private static Set<String> mapped() {
    Set<String> mapped = new TreeSet<>();
    for (Class<?> type : WebWiring.class.getAnnotation(Import.class).value()) {
      if (type.isAnnotationPresent(Controller.class)) {
        for (var method : type.getDeclaredMethods()) {
          RequestMapping page =
              AnnotatedElementUtils.findMergedAnnotation(method, RequestMapping.class);
          if (page != null && !page.path()[0].equals(ERROR)) {
            mapped.add(page.method()[0] + " " + page.path()[0]);
          }
        }
      }
    }
    return mapped;
  }

  @Test
  void everyRoleGetsWhatTheTableStatesAndNothingElse() throws Exception {
    try (Site site = Site.start(folder)) {
      Map<Role, Visitor> people = new EnumMap<>(Role.class);
      for (Role role : Role.values()) {
        people.put(role, site.signedIn(role));
      }
      assertThat(wrong(site, people)).isEmpty();
    }
  }

  @Test
  void whoIsSignedInByAProviderGetsTheSame() throws Exception {
    try (OpenIdServer provider = OpenIdServer.start();
        Site site = Site.startOpenId(folder, provider)) {
      Map<Role, Visitor> people = new EnumMap<>(Role.class);
      for (Role role : Role.values()) {
        provider.person(role.word(), OpenIdSignInTest.claims(role.word(), role.word()));
        people.put(role, site.visitor());
        people.get(role).signIn(provider, role.word());
      }
      assertThat(wrong(site, people))
          .as("its page has no form and so no token; OpenIdSignInTest posts with one")
          .containsExactly("POST /sign-in by []: 403");
    }
  }

  private static List<String> wrong(Site site, Map<Role, Visitor> people) throws Exception {
    List<String> wrong = new ArrayList<>();
    for (String path : paths()) {
      for (String method : METHODS) {
        check(method, path, site.visitor(), Set.of(), wrong);
        for (Role role : Role.values()) {
          if (!path.startsWith("/sign-")) {
            check(method, path, people.getOrDefault(role, site.visitor()), Set.of(role), wrong);
          }
        }
      }
    }
    return wrong;
  }

  private static Set<String> paths() {
    Set<String> paths = new TreeSet<>(Set.of("/absent", "/absent/deeper"));
    Access.RULES.forEach(rule -> paths.add(rule.path().replaceAll("\\{[a-z]+}", "x1")));
    return paths;
  }

  private static void check(
      String method, String path, Visitor visitor, Set<Role> roles, List<String> wrong)
      throws Exception {
    if (roles.isEmpty()) {
      visitor.get("/sign-in");
    }
    boolean isAllowed =
        Access.rule(method, path)
            .filter(rule -> rule.isOpen() || rule.roles().stream().anyMatch(roles::contains))
            .isPresent();
    int status =
        method.equals("GET")
            ? visitor.get(path).statusCode()
            : visitor.send(method, path, "_csrf=" + visitor.token()).statusCode();
    boolean isSignIn = status == 302 && roles.isEmpty();
    boolean isRefused = status == 403 || status == 401 || isSignIn;
    if (isAllowed ? status == 403 : !isRefused) {
      wrong.add(method + " " + path + " by " + roles + ": " + status);
    }
  }
}
