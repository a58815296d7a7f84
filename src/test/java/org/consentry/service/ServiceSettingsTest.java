package org.consentry.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.consentry.ledger.StateFolder;
import org.consentry.problem.Category;
import org.consentry.problem.ProblemException;
import org.consentry.service.notice.Channel;
import org.consentry.service.openid.OpenId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The settings of the service are read strictly. */
final class ServiceSettingsTest {

  @TempDir private Path folder;

  private ServiceSettings read(String... lines) {
    List<String> all = new ArrayList<>(List.of(lines));
    all.addAll(Site.user("ada", Set.of(Role.STEWARD, Role.APPROVER)));
    Site.settings(folder, all);
    return ServiceSettings.read(new StateFolder(folder.resolve("state")));
  }

  private void requireRefused(String message, String... lines) {
    assertThatThrownBy(() -> read(lines))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining(message)
        .hasMessageNotContaining("canary")
        .extracting(failed -> ((ProblemException) failed).category())
        .isEqualTo(Category.FILES_INVALID);
  }

  @Test
  void listensOnThisMachineAlone() {
    ServiceSettings settings = read();

    assertThat(settings.address()).isEqualTo("127.0.0.1");
    assertThat(settings.isLoopback()).isTrue();
    assertThat(settings.isEncrypted()).isFalse();
    assertThat(settings.users().values())
        .singleElement()
        .extracting(LocalUser::roles)
        .isEqualTo(Set.of(Role.STEWARD, Role.APPROVER));
    assertThat(settings.toString()).doesNotContain("ada", "$2");
  }

  @Test
  void refusesAnAddressOfTheNetworkWithoutEncryption() {
    requireRefused(
        "application.properties:3: error PROPERTIES an address of the network needs encryption,"
            + " and neither server.ssl.bundle nor consentry.proxies is there",
        "server.address=0.0.0.0",
        "consentry.hosts=canary.example");
  }

  @Test
  void takesAnAddressOfTheNetworkWithACertificateOrBehindAProxy() {
    assertThat(
            read(
                    "server.address=0.0.0.0",
                    "consentry.hosts=clinic.example",
                    "consentry.proxies=10.0.0.5")
                .isEncrypted())
        .isTrue();
    assertThat(
            read(
                    "server.address=0.0.0.0",
                    "consentry.hosts=clinic.example",
                    "server.ssl.bundle=web",
                    "spring.ssl.bundle.pem.web.keystore.certificate=file:c.pem",
                    "spring.ssl.bundle.pem.web.keystore.private-key=file:k.pem")
                .isEncrypted())
        .isTrue();
    assertThat(read("spring.ssl.bundle.pem.web.keystore.certificate=file:c.pem").others())
        .containsEntry("spring.ssl.bundle.pem.web.options.enabled-protocols", "TLSv1.2,TLSv1.3");
  }

  @Test
  void refusesWhatIsMisspelt() {
    requireRefused("did you mean 'server.port'?", "server.prot=1");
    requireRefused("this key is unknown; remove it", "canary.key=1");
    requireRefused("expected a whole number from 0 to 65535", "server.port=canary");
    requireRefused("there is no bundle of that name", "server.ssl.bundle=canary");
    requireRefused(
        "this key is unknown", "spring.ssl.bundle.pem.web.options.enabled-protocols=TLSv1");
    requireRefused(
        "the names by which browsers ask for the service are missing",
        "consentry.proxies=10.0.0.5");
    requireRefused(
        "expected addresses in numbers",
        "consentry.proxies=canary.example",
        "consentry.hosts=a.example");
  }

  @Test
  void refusesAUserWithoutAHashOrARole() {
    requireRefused(
        "expected the hash of a password for this user, of bcrypt and strength 10 or more",
        "consentry.users.bob.password=canary",
        "consentry.users.bob.roles=viewer");
    requireRefused(
        "one of: steward, approver, compliance, viewer",
        Site.user("bob", Set.of(Role.VIEWER)).get(0),
        "consentry.users.bob.roles=viewer,canary");
  }

  @Test
  void refusesAnInstallationWithoutUsers() {
    Site.settings(folder, List.of());

    assertThatThrownBy(() -> ServiceSettings.read(new StateFolder(folder.resolve("state"))))
        .hasMessageContaining("no person may sign in");
  }

  private static String[] mail(String... lines) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "consentry.notices.mail.from=consentry@clinic.example",
                "consentry.notices.mail.to=ada@clinic.example, bob@clinic.example"));
    all.addAll(List.of(lines));
    return all.toArray(String[]::new);
  }

  private void secretFile(String name, String mode) throws IOException {
    Path file = Files.createDirectories(folder.resolve("state")).resolve(name);
    Files.writeString(file, "canary");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }

  @Test
  void sendsNoNoticesUnlessTheyAreSet() {
    assertThat(read().channels()).isEmpty();
  }

  @Test
  void takesAMailServerAndAWebhook() throws IOException {
    secretFile("mail.password", "rw-------");
    secretFile("hook.secret", "rw-------");

    assertThat(
            read(mail(
                    "consentry.notices.mail.host=mail.clinic.example",
                    "consentry.notices.mail.user=consentry",
                    "consentry.notices.mail.password=file:mail.password",
                    "consentry.notices.webhook.url=https://hooks.clinic.example/consentry",
                    "consentry.notices.webhook.secret=file:hook.secret"))
                .channels())
        .extracting(Channel::word)
        .containsExactly("mail", "webhook");
  }

  @Test
  void refusesNoticesWithoutEncryptionToAnotherMachine() {
    requireRefused(
        "a mail server on another machine needs encryption; starttls or tls",
        mail(
            "consentry.notices.mail.host=canary.example",
            "consentry.notices.mail.encryption=none"));
    requireRefused(
        "expected an address that begins with https://, without user and password",
        "consentry.notices.webhook.url=http://canary.example/");
    requireRefused(
        "expected an address that begins with https://, without user and password",
        "consentry.notices.webhook.url=https://canary:canary@clinic.example/");
    assertThat(
            read(mail(
                    "consentry.notices.mail.host=127.0.0.1",
                    "consentry.notices.mail.encryption=none",
                    "consentry.notices.webhook.url=http://127.0.0.1:9999/"))
                .channels())
        .hasSize(2);
  }

  @Test
  void refusesSettingsOfNoticesThatAreIncomplete() {
    requireRefused(
        "consentry.notices.mail.host is missing; add the mail server",
        "consentry.notices.mail.from=canary@clinic.example");
    requireRefused(
        "expected addresses of mail, separated by commas",
        "consentry.notices.mail.host=mail.clinic.example",
        "consentry.notices.mail.from=consentry@clinic.example");
    requireRefused(
        "expected addresses of mail, separated by commas",
        "consentry.notices.mail.host=mail.clinic.example",
        "consentry.notices.mail.from=consentry@clinic.example",
        "consentry.notices.mail.to=canary");
    requireRefused(
        "expected one of: starttls, tls, none",
        mail(
            "consentry.notices.mail.host=mail.clinic.example",
            "consentry.notices.mail.encryption=canary"));
    requireRefused(
        "expected both consentry.notices.mail.user and consentry.notices.mail.password",
        mail(
            "consentry.notices.mail.host=mail.clinic.example",
            "consentry.notices.mail.user=canary"));
    requireRefused(
        "consentry.notices.webhook.url is missing", "consentry.notices.webhook.secret=env:CANARY");
    requireRefused(
        "did you mean 'consentry.notices.webhook.url'?", "consentry.notices.webhook.uri=canary");
  }

  @Test
  void takesSecretsOfNoticesAsReferencesAlone() throws IOException {
    requireRefused(
        "expected a reference (file:, env: or exec:) but found a bare value",
        "consentry.notices.webhook.url=https://clinic.example/",
        "consentry.notices.webhook.secret=canary");
    secretFile("open.secret", "rw-r--r--");

    assertThatThrownBy(
            () ->
                read(
                    "consentry.notices.webhook.url=https://clinic.example/",
                    "consentry.notices.webhook.secret=file:open.secret"))
        .isInstanceOf(ProblemException.class)
        .hasMessageNotContaining("canary")
        .extracting(failed -> ((ProblemException) failed).category())
        .isEqualTo(Category.KEY);
  }

  @Test
  void trustsOnlyCertificatesThatAreThere() {
    requireRefused("expected certificates in PEM form", "consentry.notices.certificates=none.pem");
  }

  private ServiceSettings readProvider(String... lines) {
    Site.settings(folder, Site.openId(folder, "https://id.clinic.example/realms/clinic", lines));
    return ServiceSettings.read(new StateFolder(folder.resolve("state")));
  }

  private void requireProviderRefused(String message, String... lines) {
    assertThatThrownBy(() -> readProvider(lines))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining(message)
        .hasMessageNotContaining("canary")
        .extracting(failed -> ((ProblemException) failed).category())
        .isEqualTo(Category.FILES_INVALID);
  }

  @Test
  void takesAProviderInPlaceOfPasswords() {
    OpenId provider =
        readProvider("consentry.openid.roles.approver=doctors, stewards").openId().orElseThrow();

    assertThat(provider.issuer()).hasToString("https://id.clinic.example/realms/clinic");
    assertThat(provider.scopes()).containsExactly("openid", "profile", "email");
    assertThat(provider.claims().name()).isEqualTo("email");
    assertThat(provider.claims().roles()).isEqualTo("roles");
    assertThat(provider.claims().age()).isEqualTo(Duration.ofMinutes(20));
    assertThat(readProvider("consentry.session.minutes=5").openId().orElseThrow().claims().age())
        .isEqualTo(Duration.ofMinutes(5));
    assertThat(provider.claims().authorities())
        .containsEntry("steward", Set.of("ROLE_STEWARD"))
        .containsEntry("doctors", Set.of("ROLE_APPROVER"))
        .doesNotContainKey("approver");
    assertThat(provider.toString()).isEqualTo("OpenId");
    assertThat(read().openId()).isEmpty();
  }

  @Test
  void refusesAProviderWithoutEncryptionOnAnotherMachine() {
    for (String issuer :
        List.of(
            "http://canary.example",
            "https://canary:canary@id.example",
            "https://canary.example?x=1",
            "https:canary",
            "ftp://localhost",
            "::canary")) {
      requireProviderRefused(
          "expected the address of the provider, which begins with https://",
          "consentry.openid.issuer=" + issuer);
    }
    assertThat(readProvider("consentry.openid.issuer=http://localhost:9/").openId()).isPresent();
  }

  @Test
  void refusesAProviderThatIsIncomplete() {
    requireRefused(
        "people sign in by passwords or by an OpenID provider, and both are there",
        Site.openId(folder, "https://canary.example").toArray(String[]::new));
    requireProviderRefused(
        "expected a reference (file:, env: or exec:) to the secret",
        "consentry.openid.client-secret=canary");
    requireProviderRefused("expected a word without blanks", "consentry.openid.client-id=");
    requireProviderRefused("expected a word without blanks", "consentry.openid.name-claim=ca nary");
    requireProviderRefused("expected words without blanks", "consentry.openid.scopes=,");
    requireProviderRefused(
        "no value of the provider means a role, so that no person may do anything;"
            + " add consentry.openid.roles.ROLE=VALUE",
        Role.words().stream()
            .map(word -> "consentry.openid.roles." + word + "=")
            .toArray(String[]::new));
    requireProviderRefused(
        "did you mean 'consentry.openid.roles.steward'?", "consentry.openid.roles.stewart=canary");
    requireProviderRefused(
        "expected certificates in PEM form", "consentry.openid.certificates=none.pem");
  }
}
