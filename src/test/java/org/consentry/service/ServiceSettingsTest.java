package org.consentry.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.consentry.ledger.StateFolder;
import org.consentry.problem.Category;
import org.consentry.problem.ProblemException;
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
  }

  @Test
  void refusesWhatIsMisspelt() {
    requireRefused("did you mean 'server.port'?", "server.prot=1");
    requireRefused("this key is unknown; remove it", "canary.key=1");
    requireRefused("expected a whole number from 0 to 65535", "server.port=canary");
    requireRefused("there is no bundle of that name", "server.ssl.bundle=canary");
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
}
