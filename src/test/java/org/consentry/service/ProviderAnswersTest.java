package org.consentry.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.consentry.ledger.StateFolder;
import org.consentry.testing.OpenIdServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What of a provider is not believed: no person is signed in. */
final class ProviderAnswersTest {

  private static final String ADA = "ada@clinic.example";

  @TempDir private static Path folder;
  private static OpenIdServer provider;
  private static Site site;

  @BeforeAll
  static void start() throws Exception {
    provider = OpenIdServer.start();
    site = Site.startOpenId(folder, provider);
  }

  @AfterAll
  static void end() {
    site.close();
    provider.close();
  }

  @BeforeEach
  void isHonest() {
    provider.person("ada", OpenIdSignInTest.claims(ADA, "steward"));
    provider.claims(all -> {});
    provider.signing(provider::signed);
    provider.answer(text -> text);
    provider.refuse("");
    provider.info(Map.of());
  }

  private static void requireRefused(String word, String result) throws Exception {
    Visitor visitor = site.visitor();

    HttpResponse<String> answer = visitor.signIn(provider, "ada");

    assertThat(Visitor.location(answer)).endsWith("/sign-in?refused=" + word);
    assertThat(site.audit().lines().reduce((line, next) -> next).orElseThrow())
        .contains("\"act\":\"GET /sign-in/code\"", "\"result\":\"" + result);
    assertThat(Visitor.location(visitor.get("/"))).endsWith("/sign-in");
  }

  private static void requireRefused(Consumer<Map<String, Object>> change) throws Exception {
    requireRefused("", change);
  }

  private static void requireRefused(String word, Consumer<Map<String, Object>> change)
      throws Exception {
    provider.claims(change);
    requireRefused("token", "refused: the answer of the provider is not valid" + word);
  }

  @Test
  void whoHasNoRoleHereGetsNoAccess() throws Exception {
    provider.person(
        "ada", OpenIdSignInTest.claims(ADA, "Steward", "administrator", "ROLE_STEWARD"));

    requireRefused("role", "refused: no role here");

    assertThat(site.audit()).contains("\"who\":\"" + ADA + "\"");
    assertThat(site.visitor().get("/sign-in?refused=role").body())
        .contains("gives you no role here");
  }

  @Test
  void aClaimOfAWrongTypeGivesNoRole() throws Exception {
    for (Object roles :
        List.of(7, true, Map.of("steward", "steward"), List.of("steward", 7), List.of())) {
      provider.claims(all -> all.put("roles", roles));
      requireRefused("role", "refused: no role here");
    }
    provider.claims(all -> all.put("roles", "viewer"));
    Visitor ada = site.visitor();
    ada.signIn(provider, "ada");
    assertThat(ada.get("/").statusCode()).isEqualTo(200);
  }

  @Test
  void aNameThatIsNoneGivesNoAccessAndIsInNoLine() throws Exception {
    for (Object name :
        List.of(
            "canary\u0000a",
            "canary\na",
            "canary\u202ea",
            "c\u0430nary",
            "",
            7,
            "c a",
            "canary+1@clinic")) {
      provider.claims(all -> all.put("email", name));
      requireRefused("role", "refused: no role here");
    }
    assertThat(site.audit()).doesNotContain("canary").doesNotContain("\\u");
  }

  @Test
  void anAddressThatIsNotVerifiedIsNoName() throws Exception {
    for (Object verified : List.of(false, "false", 0, "maybe")) {
      provider.claims(all -> all.put("email_verified", verified));
      requireRefused("role", "refused: no role here");
    }
    provider.claims(all -> all.remove("email_verified"));
    requireRefused("role", "refused: no role here");
  }

  @Test
  void whoSignedInAtTheProviderLongAgoSignsInThereAgain() throws Exception {
    long now = Instant.now().getEpochSecond();
    requireRefused(": invalid_id_token, auth_time\"", all -> all.remove("auth_time"));
    requireRefused(": invalid_id_token, auth_time\"", all -> all.put("auth_time", now - 1_300));
    requireRefused(": invalid_id_token, auth_time\"", all -> all.put("auth_time", now + 600));
    requireRefused(all -> all.put("auth_time", "lately"));

    provider.claims(all -> all.put("auth_time", now - 1_100));
    assertThat(site.visitor().signIn(provider, "ada").statusCode()).isEqualTo(200);
  }

  @Test
  void whatTheTokenLacksIsReadFromThePageOfTheProvider() throws Exception {
    provider.person("ada", Map.of());
    provider.info(
        Map.of("sub", "sub-ada", "email", ADA, "email_verified", true, "roles", "viewer"));
    Visitor ada = site.visitor();

    ada.signIn(provider, "ada");

    assertThat(ada.get("/").body()).contains("Signed in as " + ADA);
    assertThat(site.audit()).doesNotContain("canary-access-token");
  }

  @Test
  void whatThePageStatesIsNotMixedWithTheName() throws Exception {
    provider.person("ada", Map.of("email", ADA));
    provider.info(
        Map.of("sub", "sub-ada", "email", "b@x", "email_verified", true, "roles", "viewer"));
    requireRefused("role", "refused: no role here");
  }

  @Test
  void aPageAboutAnotherPersonIsRefused() throws Exception {
    provider.person("ada", Map.of());
    for (Map<String, Object> stated :
        List.<Map<String, Object>>of(
            Map.of("sub", "sub-eve", "email", ADA, "email_verified", true, "roles", "viewer"),
            Map.of("email", ADA, "email_verified", true, "roles", "viewer"))) {
      provider.info(stated);
      requireRefused(
          "token", "refused: the answer of the provider is not valid: invalid_user_info_response");
    }
  }

  @Test
  void aNameThatAnotherAccountHadGivesNoAccess() throws Exception {
    assertThat(site.visitor().signIn(provider, "ada").statusCode()).isEqualTo(200);

    for (String name : List.of(ADA, "Ada@Clinic.example")) {
      provider.person("eve", OpenIdSignInTest.claims(name, "steward"));
      assertThat(Visitor.location(site.visitor().signIn(provider, "eve")))
          .endsWith("/sign-in?refused=account");
    }
    assertThat(site.audit()).contains("\"result\":\"refused: the name is of another account\"");
    assertThat(site.visitor().signIn(provider, "ada").statusCode()).isEqualTo(200);
  }

  @Test
  void aDamagedFileOfAnAccountGivesNoAccess() throws Exception {
    ServiceFolder service = new ServiceFolder(new StateFolder(folder.resolve("damaged")));
    service.prepare();
    Accounts accounts = new Accounts(service);
    assertThat(accounts.test(ADA, "one")).isTrue();
    assertThat(new Accounts(service).test(ADA, "one")).isTrue();
    try (Stream<Path> files = Files.list(service.accounts())) {
      Files.writeString(files.findFirst().orElseThrow(), "{");
    }

    assertThat(accounts.test(ADA, "one")).isFalse();
  }

  @Test
  void aClaimWithDotsIsThatClaimOrAPath() throws Exception {
    try (Site other =
        Site.startOpenId(
            folder.resolve("dots"), provider, "consentry.openid.roles-claim=access.clinic.roles")) {
      for (Map<String, Object> stated :
          List.<Map<String, Object>>of(
              Map.of("access.clinic.roles", List.of("viewer")),
              Map.of("access", Map.of("clinic", Map.of("roles", List.of("viewer")))))) {
        provider.claims(all -> all.putAll(stated));
        assertThat(other.visitor().signIn(provider, "ada").statusCode()).isEqualTo(200);
      }
      provider.info(Map.of("sub", "sub-ada"));
      provider.claims(all -> all.put("access", Map.of("clinic", "viewer")));
      assertThat(Visitor.location(other.visitor().signIn(provider, "ada"))).endsWith("=role");
    }
  }

  @Test
  void aNewKeyOfTheProviderIsReadWhenATokenNamesIt() throws Exception {
    try (OpenIdServer other = OpenIdServer.start();
        Site second = Site.startOpenId(folder.resolve("key"), other)) {
      other.person("ada", OpenIdSignInTest.claims(ADA, "viewer"));
      assertThat(second.visitor().signIn(other, "ada").statusCode()).isEqualTo(200);

      other.renewKey();

      assertThat(second.visitor().signIn(other, "ada").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aTokenForAnotherClientIsRefused() throws Exception {
    requireRefused(": invalid_id_token, aud\"", all -> all.put("aud", "another"));
    requireRefused(all -> all.remove("aud"));
    requireRefused(all -> all.put("aud", List.of("another", OpenIdServer.CLIENT)));
    requireRefused(all -> all.put("azp", "another"));
  }

  @Test
  void aTokenOfAnotherIssuerIsRefused() throws Exception {
    requireRefused(": invalid_id_token, iss\"", all -> all.put("iss", "https://another.example"));
    requireRefused(all -> all.put("iss", 7));
    requireRefused(all -> all.remove("iss"));
  }

  @Test
  void aTokenForAnotherSignInIsRefused() throws Exception {
    requireRefused(": invalid_nonce\"", all -> all.put("nonce", "another"));
    requireRefused(all -> all.remove("nonce"));
  }

  @Test
  void aTokenIsRefusedAMinuteAfterItsEnd() throws Exception {
    long now = Instant.now().getEpochSecond();
    requireRefused(all -> all.put("exp", now - 90));
    requireRefused(all -> all.put("exp", "soon"));
    requireRefused(all -> all.remove("exp"));
    requireRefused(all -> all.put("nbf", now + 600));
    requireRefused(
        ": invalid_id_token, iat\"", all -> all.putAll(Map.of("iat", now + 600, "exp", now + 900)));

    provider.claims(all -> all.putAll(Map.of("iat", now - 300, "exp", now - 20)));
    assertThat(site.visitor().signIn(provider, "ada").statusCode()).isEqualTo(200);
  }

  @Test
  void aTokenWithoutASubjectIsRefused() throws Exception {
    requireRefused(all -> all.remove("sub"));
    requireRefused(all -> all.put("sub", List.of(1, 2)));
  }

  @Test
  void aTokenIsRefusedWithoutASignatureOfTheProvider() throws Exception {
    List<OpenIdServer.Signing> wrong =
        List.of(
            all -> OpenIdServer.unsigned(Map.of("alg", "none"), all) + ".",
            all -> OpenIdServer.unsigned(Map.of("alg", "RS256", "kid", "one"), all) + ".",
            OpenIdServer::signedByAnother,
            ProviderAnswersTest::signedWithTheSecret,
            all -> changed(provider.signed(all)),
            all -> "no.token.atall",
            all -> "");
    for (OpenIdServer.Signing way : wrong) {
      provider.signing(way);
      requireRefused("token", "refused: the answer of the provider is not valid");
    }
  }

  /** As a client would do who takes its shared secret for a key. */
  private static String signedWithTheSecret(Map<String, Object> all)
      throws GeneralSecurityException {
    String text = OpenIdServer.unsigned(Map.of("alg", "HS256", "typ", "JWT"), all);
    Mac mac = Mac.getInstance("HmacSHA256");
    byte[] key = OpenIdServer.SECRET.getBytes(StandardCharsets.UTF_8);
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return text + "." + OpenIdServer.encoded(mac.doFinal(bytes));
  }

  private static String changed(String token) {
    String[] parts = token.split("\\.", -1);
    char first = parts[2].charAt(0);
    return parts[0] + "." + parts[1] + "." + (first == 'A' ? 'B' : 'A') + parts[2].substring(1);
  }

  @Test
  void anAnswerThatIsTooLargeIsRefused() throws Exception {
    provider.claims(all -> all.put("filler", "x".repeat(100_000)));
    requireRefused("token", "refused: the answer of the provider is not valid");

    provider.claims(all -> {});
    provider.answer(honest -> honest.replaceFirst("}$", ",\"f\":\"" + "x".repeat(600_000) + "\"}"));
    requireRefused("token", "refused: the answer of the provider is not valid");

    provider.answer(honest -> honest.replaceFirst("}$", ",\"f\":\"" + "x".repeat(400_000) + "\"}"));
    assertThat(site.visitor().signIn(provider, "ada").statusCode()).isEqualTo(200);
  }

  @Test
  void anAnswerThatIsNoTokenIsRefused() throws Exception {
    for (String text : List.of("", "[]", "{}", "<html>", "{\"id_token\":7}", "{\"error\":\"x\"}")) {
      provider.answer(honest -> text);
      requireRefused("token", "refused: the answer of the provider is not valid");
    }
  }

  @Test
  void whatTheProviderRefusesIsNamedByTheWordsOfTheStandardAlone() throws Exception {
    provider.answer(honest -> "{\"error\":\"invalid_client\",\"error_description\":\"canary\"}");
    requireRefused("token", "refused: the answer of the provider is not valid");
    provider.refuse("invalid_client");
    requireRefused("token", "refused: the answer of the provider is not valid: invalid_client\"");
    provider.refuse("invalid_request");
    requireRefused("token", "refused: the answer of the provider is not valid: invalid_request\"");
    provider.refuse("canary");
    requireRefused("token", "refused: the answer of the provider is not valid\"");

    assertThat(site.audit()).doesNotContain("canary");
  }
}
