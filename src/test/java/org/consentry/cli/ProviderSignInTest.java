package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.consentry.service.Site;
import org.consentry.testing.BrowserWindow;
import org.consentry.testing.OpenIdServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sign-in by a provider in a real browser, for which the provider is another site: with the cookie
 * of the session that is not sent from there, and with the content policy of the pages.
 */
final class ProviderSignInTest {

  @TempDir private Path folder;

  @Test
  void aPersonSignsInByTheProviderAndOutOfBoth() throws Exception {
    assumeThat(BrowserWindow.isPossible()).as("skipped: there is no chromium here").isTrue();
    try (OpenIdServer provider = OpenIdServer.start();
        Site site = Site.startOpenId(Files.createDirectory(folder.resolve("site")), provider);
        BrowserWindow window =
            BrowserWindow.open(Files.createDirectory(folder.resolve("window")))) {
      provider.person("ada", claims("ada@clinic.example", "steward"));
      provider.person("eve", claims("eve@clinic.example", "guest"));

      window.open(site.address() + "/");
      assertThat(window.violations()).isEmpty();
      window.click("a.button").click("button[value=ada]");

      assertThat(window.shows("Signed in as ada@clinic.example")).isTrue();
      assertThat(window.run("location.pathname")).isEqualTo("/");
      assertThat(window.run("document.cookie")).isEmpty();

      window.click("form[action='/sign-out'] button");
      assertThat(window.shows("Sign in with the clinic's account")).isTrue();
      assertThat(provider.requests()).contains("GET /end");
      assertThat(window.open(site.address() + "/").text()).contains("Sign in");

      window.click("a.button").click("button[value=eve]");
      assertThat(window.shows("gives you no role here")).isTrue();
      assertThat(window.violations()).isEmpty();
      assertThat(window.complaints()).isEmpty();
    }
  }

  @Test
  void itWorksWithoutScript() throws Exception {
    assumeThat(BrowserWindow.isPossible()).as("skipped: there is no chromium here").isTrue();
    try (OpenIdServer provider = OpenIdServer.start();
        Site site = Site.startOpenId(Files.createDirectory(folder.resolve("site")), provider);
        BrowserWindow window =
            BrowserWindow.open(Files.createDirectory(folder.resolve("window")))) {
      provider.person("ada", claims("ada@clinic.example", "viewer"));

      window.withoutScript().open(site.address() + "/sign-in");
      window.click("a.button").click("button[value=ada]");

      assertThat(window.shows("Signed in as ada@clinic.example")).isTrue();
    }
  }

  private static Map<String, Object> claims(String name, String role) {
    return Map.of("email", name, "email_verified", true, "roles", List.of(role));
  }
}
