package org.consentry.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who gets in, and who does not. */
final class SignInTest {

  @TempDir private Path folder;
  private Site site;

  @BeforeEach
  void start() {
    site = Site.start(folder);
  }

  @AfterEach
  void end() {
    site.close();
  }

  @Test
  void aPersonSignsInSeesTheFirstPageAndSignsOut() throws Exception {
    Visitor steward = site.visitor();
    assertThat(Visitor.location(steward.get("/"))).endsWith("/sign-in");
    steward.get("/sign-in");
    String before = steward.session();

    HttpResponse<String> in = steward.signIn("steward", Site.PASSWORD);

    assertThat(Visitor.location(in)).endsWith("/");
    assertThat(steward.session()).isNotEqualTo(before);
    assertThat(steward.get("/").body()).contains("Signed in as steward");
    assertThat(steward.post("/sign-out", Map.of()).statusCode()).isEqualTo(302);
    assertThat(Visitor.location(steward.get("/"))).endsWith("/sign-in");
    assertThat(site.audit())
        .contains(
            "\"who\":\"steward\",\"from\":\"127.0.0.1\",\"act\":\"POST /sign-in\",\"about\":\"\","
                + "\"result\":\"granted\"",
            "\"act\":\"POST /sign-out\"");
  }

  @Test
  void whoSignsInWhereAnotherWasSignedInIsNamed() throws Exception {
    Visitor browser = site.signedIn(Role.STEWARD);
    int known = site.audit().length();

    browser.post("/sign-in", Map.of("username", "viewer", "password", Site.PASSWORD));

    assertThat(site.audit().substring(known))
        .contains("\"who\":\"viewer\"", "\"result\":\"granted\"")
        .doesNotContain("steward");
  }

  @Test
  void aWrongPasswordAndAnUnknownNameAreAnsweredAlike() throws Exception {
    HttpResponse<String> wrong = site.visitor().signIn("steward", "wrong");
    HttpResponse<String> unknown = site.visitor().signIn("canary-name", Site.PASSWORD);

    assertThat(Visitor.location(wrong)).endsWith("/sign-in?failed");
    assertThat(Visitor.location(unknown)).endsWith("/sign-in?failed");
    assertThat(wrong.body()).isEqualTo(unknown.body());
    assertThat(site.audit()).contains("\"result\":\"refused\"").doesNotContain("canary", "wrong");
  }

  @Test
  void aNameIsLockedAfterFiveFailures() throws Exception {
    for (int i = 0; i < 5; i++) {
      site.visitor().signIn("steward", "wrong");
    }

    HttpResponse<String> right = site.visitor().signIn("steward", Site.PASSWORD);

    assertThat(Visitor.location(right)).endsWith("/sign-in?failed");
    assertThat(site.audit()).contains("\"result\":\"locked\"");
    assertThat(Visitor.location(site.visitor().signIn("viewer", Site.PASSWORD))).endsWith("/");
  }

  @Test
  void aFormWithoutTheTokenOfThePageIsRefused() throws Exception {
    Visitor steward = site.signedIn(Role.STEWARD);

    HttpResponse<String> answer = steward.send("POST", "/sign-out", "");

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("Not permitted");
    assertThat(steward.get("/").statusCode()).isEqualTo(200);
    assertThat(site.audit())
        .contains(
            "\"who\":\"steward\"",
            "\"act\":\"POST /sign-out\",\"about\":\"\"," + "\"result\":\"refused\"");
  }

  @Test
  void everyAnswerHasTheHeadersThatProtectIt() throws IOException, InterruptedException {
    Visitor steward = site.signedIn(Role.STEWARD);
    for (String path : new String[] {"/", "/sign-in", "/absent"}) {
      Map<String, List<String>> headers = steward.get(path).headers().map();

      assertThat(headers.get("content-security-policy"))
          .as(path)
          .containsExactly(SecurityRules.CONTENT_POLICY);
      assertThat(headers.get("x-content-type-options")).containsExactly("nosniff");
      assertThat(headers.get("x-frame-options")).containsExactly("DENY");
      assertThat(headers.get("referrer-policy")).containsExactly("no-referrer");
      assertThat(headers.getOrDefault("cache-control", List.of()).toString()).contains("no-store");
      assertThat(headers).doesNotContainKeys("server", "x-powered-by");
    }
    assertThat(site.visitor().get("/sign-in").headers().firstValue("Set-Cookie").orElseThrow())
        .contains("HttpOnly", "SameSite=Strict");
  }

  @Test
  void aPageThatIsNotInTheTableIsRefusedAndNoFolderIsListed() throws Exception {
    Visitor steward = site.signedIn(Role.STEWARD);

    for (String path : new String[] {"/absent", "/error", "/WEB-INF/", "/org/", "/P000042"}) {
      HttpResponse<String> answer = steward.get(path);
      assertThat(answer.statusCode()).as(path).isIn(403, 404);
      assertThat(answer.body()).doesNotContain("P000042", "Exception");
    }
    assertThat(site.audit()).contains("a page that does not exist").doesNotContain("P000042");
  }

  @Test
  void whatWasCheckedCannotBeReplacedByPropertiesOfTheProcess() throws Exception {
    Map<String, String> others =
        Map.of(
            "server.address",
            "127.0.0.2",
            "server.servlet.session.cookie.name",
            "other",
            "spring.web.resources.add-mappings",
            "true");
    others.forEach(System::setProperty);
    try (Site second = Site.start(folder.resolve("second"))) {
      HttpResponse<String> answer = second.visitor().get("/sign-in");

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow()).startsWith("consentry=");
    } finally {
      others.keySet().forEach(System::clearProperty);
    }
  }

  @Test
  void whoIsSentToSignInAndWhatTheFirewallRefusesIsRecordedAsRefused() throws Exception {
    Visitor visitor = site.visitor();
    visitor.get("/sign-in");

    HttpResponse<String> act = visitor.post("/runs/x1/publish", Map.of());
    HttpResponse<String> rejected = visitor.get("/runs//x1");

    assertThat(Visitor.location(act)).endsWith("/sign-in");
    assertThat(rejected.statusCode()).isEqualTo(400);
    String publish = "\"act\":\"POST /runs/{run}/publish\",\"about\":\"\",\"result\":";
    assertThat(site.audit().lines())
        .satisfiesExactly(
            asked -> assertThat(asked).contains(publish + "\"asked\""),
            refused -> assertThat(refused).contains(publish + "\"refused\""),
            last ->
                assertThat(last)
                    .contains("a request that is not permitted", "\"result\":\"refused\""));
  }

  @Test
  void aFormThatIsTooLargeIsRefused() throws Exception {
    Visitor visitor = site.visitor();
    visitor.get("/sign-in");

    HttpResponse<String> answer =
        visitor.post("/sign-in", Map.of("username", "x".repeat(200_000), "password", "y"));

    assertThat(answer.statusCode()).isGreaterThanOrEqualTo(400);
  }
}
