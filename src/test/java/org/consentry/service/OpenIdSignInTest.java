package org.consentry.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.consentry.data.Sha256;
import org.consentry.testing.OpenIdServer;
import org.consentry.testing.TestCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How an OpenID provider signs people in, and that the same rules count as for passwords. */
final class OpenIdSignInTest {

  private static final String ADA = "ada@clinic.example";

  @TempDir private Path folder;
  private OpenIdServer provider;
  private Site site;

  @BeforeEach
  void start() throws Exception {
    provider = OpenIdServer.start().person("ada", claims(ADA, "steward"));
    site = Site.startOpenId(folder, provider);
  }

  @AfterEach
  void end() {
    site.close();
    provider.close();
  }

  /** What a token states about a person. */
  static Map<String, Object> claims(String name, String... roles) {
    return Map.of("email", name, "email_verified", true, "roles", List.of(roles));
  }

  /** As {@code printf '%s\n%s' ISSUER SUBJECT | sha256sum | cut -c1-16} prints it. */
  private String account(String subject) {
    String text = provider.issuer() + "\n" + subject;
    return Sha256.hex(text.getBytes(StandardCharsets.UTF_8)).substring(0, 16);
  }

  @Test
  void aPersonIsSignedInByTheProviderAndSignsOut() throws Exception {
    Visitor ada = site.visitor();
    assertThat(ada.get("/sign-in").body())
        .contains("href=\"/sign-in/provider\"")
        .doesNotContain("type=\"password\"");

    HttpResponse<String> in = ada.signIn(provider, "ada");

    assertThat(in.statusCode()).isEqualTo(200);
    assertThat(in.body()).contains("<meta http-equiv=\"refresh\" content=\"0;url=/\">");
    assertThat(ada.get("/").body()).contains("Signed in as " + ADA);
    assertThat(site.audit())
        .contains(
            "\"who\":\"\",\"from\":\"127.0.0.1\",\"act\":\"GET /sign-in/code\",\"about\":\"\","
                + "\"result\":\"asked\"",
            "\"who\":\""
                + ADA
                + "\",\"from\":\"127.0.0.1\",\"act\":\"GET /sign-in/code\","
                + "\"about\":\"account "
                + account("sub-ada")
                + "\",\"result\":\"granted\"")
        .doesNotContain("canary");
    HttpResponse<String> out = ada.post("/sign-out", Map.of());
    assertThat(out.body())
        .contains(provider.issuer() + "/end?client_id=" + OpenIdServer.CLIENT, "id_token_hint=");
    assertThat(Visitor.location(ada.get("/"))).endsWith("/sign-in");
  }

  /** A provider of the same site: the browser sends the cookie of the session at the return. */
  @Test
  void whoSignsInWhereAnotherWasSignedInEndsThatSessionAndIsNamed() throws Exception {
    provider.person("bob", claims("bob@clinic.example", "viewer"));
    Visitor browser = site.visitor();
    browser.signIn(provider, "ada");
    long before = site.began(browser.session());
    int known = site.audit().length();

    browser.signIn(provider, "bob");

    assertThat(site.audit().substring(known))
        .contains("\"who\":\"\"", "\"who\":\"bob@clinic.example\"")
        .doesNotContain(ADA);
    assertThat(site.began(browser.session())).isGreaterThan(before);
    assertThat(browser.get("/").body()).contains("Signed in as bob@clinic.example");
  }

  @Test
  void theReturnIsRecordedHoweverItsAddressIsWritten() throws Exception {
    Visitor ada = site.visitor();
    String back = provider.chosen(Visitor.location(ada.get("/sign-in/provider")), "ada");
    String path = back.substring(site.address().length()).replace("/code", "/c%6fde");

    assertThat(ada.get(path).statusCode()).isEqualTo(200);

    assertThat(site.audit())
        .contains("\"act\":\"GET /sign-in/code\",\"about\":\"\",\"result\":\"asked\"")
        .contains("\"who\":\"" + ADA + "\"", "\"result\":\"granted\"");
  }

  @Test
  void theServiceStartsWithoutTheProviderAndShowsThatItDoesNotAnswer() throws Exception {
    assertThat(provider.requests()).isEmpty();
    provider.close();

    HttpResponse<String> begun = site.visitor().get("/sign-in/provider");

    assertThat(Visitor.location(begun)).endsWith("/sign-in?refused=unreachable");
    assertThat(site.visitor().get("/sign-in?refused=unreachable").body())
        .contains("The clinic's sign-in does not answer. Try again in a minute");
    assertThat(site.audit()).contains("\"result\":\"refused: the provider does not answer\"");
  }

  @Test
  void whoIsSignedInWorksOnWhenTheProviderDoesNotAnswer() throws Exception {
    Visitor ada = site.visitor();
    ada.signIn(provider, "ada");
    provider.close();

    assertThat(ada.get("/runs").statusCode()).isEqualTo(200);
    assertThat(ada.post("/sign-out", Map.of()).statusCode()).isEqualTo(200);
    assertThat(Visitor.location(ada.get("/"))).endsWith("/sign-in");
  }

  @Test
  void whatIsAskedHasPkceNonceAndAStateAndNoSession() throws Exception {
    Visitor visitor = site.visitor();

    HttpResponse<String> begun = visitor.get("/sign-in/provider");

    assertThat(Visitor.location(begun))
        .startsWith(provider.issuer() + "/authorize?")
        .contains("code_challenge_method=S256", "nonce=", "state=", "scope=openid", "max_age=1200")
        .contains("redirect_uri=" + site.address() + "/sign-in/code");
    assertThat(begun.headers().firstValue("Set-Cookie").orElseThrow())
        .startsWith("consentry-sign-in=")
        .contains("Path=/sign-in", "HttpOnly", "SameSite=Lax", "Max-Age=600");
    assertThat(visitor.session()).isEmpty();
  }

  @Test
  void anAnswerCountsOnceAndInTheBrowserThatBegan() throws Exception {
    Visitor ada = site.visitor();
    String back = provider.chosen(Visitor.location(ada.get("/sign-in/provider")), "ada");
    String path = back.substring(site.address().length());

    HttpResponse<String> other = site.visitor().get(path);
    HttpResponse<String> wrong = ada.get(path.replaceFirst("state=.", "state="));
    HttpResponse<String> first = ada.get(path);
    HttpResponse<String> again = ada.get(path);

    assertThat(Visitor.location(other)).endsWith("/sign-in?refused=state");
    assertThat(Visitor.location(wrong)).endsWith("/sign-in?refused=state");
    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(Visitor.location(again)).endsWith("/sign-in?refused=state");
    assertThat(site.audit()).contains("refused: not begun in this browser");
  }

  @Test
  void whatThePersonOrTheProviderRefusesIsShownWithoutItsWords() throws Exception {
    Visitor ada = site.visitor();
    String begun = Visitor.location(ada.get("/sign-in/provider"));
    String state = begun.replaceAll(".*[?&](state=[^&]*).*", "$1");

    HttpResponse<String> answer =
        ada.get("/sign-in/code?error=access_denied&error_description=canary&" + state);

    assertThat(Visitor.location(answer)).endsWith("/sign-in?refused=denied");
    assertThat(site.audit()).contains("refused: by the provider").doesNotContain("canary");
    assertThat(ada.get("/sign-in?refused=canary").body()).doesNotContain("canary");
  }

  @Test
  void aProviderThatPublishesWhatIsNotItsOwnIsNotUsed() throws Exception {
    for (Map.Entry<String, String> wrong :
        Map.of(
                "issuer", "http://another.example",
                "token_endpoint", "http://another.example/token",
                "jwks_uri", "file:///etc/passwd",
                "authorization_endpoint", "canary")
            .entrySet()) {
      try (OpenIdServer other = OpenIdServer.start();
          Site second = Site.startOpenId(folder.resolve(wrong.getKey()), other)) {
        other.publish(
            honest -> {
              Map<String, Object> all = new HashMap<>(honest);
              all.put(wrong.getKey(), wrong.getValue());
              return all;
            });

        assertThat(Visitor.location(second.visitor().get("/sign-in/provider")))
            .as(wrong.getKey())
            .endsWith("/sign-in?refused=unreachable");
        assertThat(second.audit()).contains("\"result\":\"refused: the provider ");
      }
    }
  }

  @Test
  void aPersonHasThreeSessionsHoweverSignedIn() throws Exception {
    Visitor first = site.visitor();
    first.signIn(provider, "ada");
    for (int i = 0; i < 3; i++) {
      site.visitor().signIn(provider, "ada");
    }

    assertThat(Visitor.location(first.get("/"))).endsWith("/sign-in");
  }

  @Test
  void aSessionOfAPersonIsAsLongAsTheSettingsState() throws Exception {
    Visitor ada = site.visitor();
    ada.signIn(provider, "ada");
    String before = ada.session();
    ada.get("/");

    assertThat(before).isNotEmpty().isEqualTo(ada.session());
    assertThat(site.idleSeconds(before)).isEqualTo(20 * 60);
  }

  @Test
  void aLevelThatTheSettingsDemandIsAskedForAndRequired() throws Exception {
    try (Site strict =
        Site.startOpenId(folder.resolve("strict"), provider, "consentry.openid.acr=gold, mfa")) {
      Visitor ada = strict.visitor();
      assertThat(Visitor.location(ada.get("/sign-in/provider")))
          .containsPattern(Pattern.compile("acr_values=gold(\\+|%20)mfa"));

      assertThat(Visitor.location(ada.signIn(provider, "ada"))).endsWith("?refused=token");
      provider.claims(all -> all.put("acr", "silver"));
      assertThat(Visitor.location(ada.signIn(provider, "ada"))).endsWith("?refused=token");
      provider.claims(all -> all.put("acr", "mfa"));
      assertThat(ada.signIn(provider, "ada").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void noPasswordSignsInWhereAProviderDoes() throws Exception {
    Visitor visitor = site.visitor();
    visitor.signIn(provider, "ada");
    String before = visitor.session();
    int known = site.audit().length();

    HttpResponse<String> answer =
        visitor.post("/sign-in", Map.of("username", "ada", "password", Site.PASSWORD));

    assertThat(answer.statusCode()).as("the token is right; no page takes it").isEqualTo(405);
    assertThat(visitor.session()).isEqualTo(before);
    assertThat(site.audit().substring(known)).doesNotContain("granted");
  }

  @Test
  void whatTheProviderItselfFindsInvalidIsNoSignInOfAnotherBrowser() throws Exception {
    Visitor ada = site.visitor();
    String begun = Visitor.location(ada.get("/sign-in/provider"));
    String state = begun.replaceAll(".*[?&](state=[^&]*).*", "$1");

    HttpResponse<String> answer = ada.get("/sign-in/code?error=invalid_request&" + state);

    assertThat(Visitor.location(answer)).endsWith("/sign-in?refused=token");
  }

  @Test
  void aProviderWithoutAUsablePageForSignOutLosesThatAlone() throws Exception {
    provider.publish(
        honest -> {
          Map<String, Object> all = new HashMap<>(honest);
          all.put("end_session_endpoint", "http://another.example/end");
          return all;
        });
    Visitor ada = site.visitor();

    assertThat(ada.signIn(provider, "ada").statusCode()).isEqualTo(200);

    assertThat(Visitor.location(ada.post("/sign-out", Map.of()))).endsWith("/sign-in");
  }

  @Test
  void aProviderThatHangsLeavesOtherPagesAtWork() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    provider.answer(
        honest -> {
          awaited(goOn);
          return honest;
        });
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<Integer>> waiting = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        waiting.add(threads.submit(() -> site.visitor().signIn(provider, "ada").statusCode()));
      }
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
      while (asked() < 4 && System.nanoTime() < end) {
        Thread.onSpinWait();
      }

      HttpResponse<String> fifth = site.visitor().signIn(provider, "ada");
      HttpResponse<String> page = site.visitor().get("/sign-in");
      goOn.countDown();

      assertThat(Visitor.location(fifth)).endsWith("/sign-in?refused=unreachable");
      assertThat(page.statusCode()).isEqualTo(200);
      for (Future<Integer> one : waiting) {
        assertThat(one.get()).isEqualTo(200);
      }
    } finally {
      goOn.countDown();
      threads.shutdownNow();
    }
  }

  private long asked() {
    return provider.requests().stream().filter("POST /token"::equals).count();
  }

  private static void awaited(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException givenUp) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aProviderWithACertificateIsTrustedByThatCertificate() throws Exception {
    TestCertificate certificate = TestCertificate.in(Files.createDirectory(folder.resolve("tls")));
    try (OpenIdServer encrypted = OpenIdServer.start(certificate.server())) {
      encrypted.person("ada", claims(ADA, "viewer"));
      try (Site trusting =
          Site.startOpenId(
              folder.resolve("trusting"),
              encrypted,
              "consentry.openid.certificates=" + certificate.pem().toAbsolutePath())) {
        assertThat(encrypted.issuer()).startsWith("https://");
        assertThat(trusting.visitor().signIn(encrypted, "ada").statusCode()).isEqualTo(200);
      }
      try (Site careful = Site.startOpenId(folder.resolve("careful"), encrypted)) {
        assertThat(Visitor.location(careful.visitor().get("/sign-in/provider")))
            .endsWith("/sign-in?refused=unreachable");
        assertThat(careful.audit()).contains("the certificate of the provider is not trusted");
      }
    }
  }
}
