package org.consentry.service.openid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.consentry.keys.KeyReference;
import org.consentry.keys.SharedSecret;
import org.consentry.testing.OpenIdServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.security.core.AuthenticationException;

/** When the provider is asked about itself, and what counts while it does not answer. */
final class ProviderTest {

  @TempDir private Path folder;
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1);
  private SharedSecret secret;

  @BeforeEach
  void writeSecret() throws Exception {
    Path file = Files.writeString(folder.resolve("secret"), OpenIdServer.SECRET);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    secret = SharedSecret.read(new KeyReference.InFile(file));
  }

  private Provider provider(OpenIdServer server) {
    OpenId settings =
        new OpenId(
            URI.create(server.issuer()),
            OpenIdServer.CLIENT,
            secret,
            List.of("openid"),
            new OpenId.Claims("email", "roles", Map.of(), List.of(), Duration.ofMinutes(20)),
            Optional.empty());
    return new Provider(settings, new ProviderCalls(Optional.empty()), nanos::get);
  }

  @Test
  void itIsAskedAgainAfterAnHour() throws Exception {
    try (OpenIdServer server = OpenIdServer.start()) {
      Provider provider = provider(server);
      provider.findByRegistrationId(Provider.ID);
      nanos.addAndGet(Duration.ofMinutes(59).toNanos());
      provider.findByRegistrationId(Provider.ID);
      assertThat(server.requests()).hasSize(1);

      nanos.addAndGet(Duration.ofMinutes(1).toNanos());
      provider.findByRegistrationId(Provider.ID);

      assertThat(server.requests()).hasSize(2);
    }
  }

  @Test
  void whatWasReadCountsOnWhileItDoesNotAnswer() throws Exception {
    OpenIdServer server = OpenIdServer.start();
    Provider provider = provider(server);
    var before = provider.findByRegistrationId(Provider.ID);
    server.close();
    nanos.addAndGet(Duration.ofHours(2).toNanos());

    assertThat(provider.findByRegistrationId(Provider.ID)).isNotNull().isSameAs(before);
  }

  @Test
  void oneThatNeverAnsweredIsARefusalAndIsAskedAgainAfterFiveSeconds() throws Exception {
    OpenIdServer server = OpenIdServer.start();
    Provider provider = provider(server);
    server.close();

    assertThatThrownBy(() -> provider.findByRegistrationId(Provider.ID))
        .isInstanceOf(AuthenticationException.class)
        .hasMessage("the provider does not answer");
    assertThatThrownBy(() -> provider.findByRegistrationId(Provider.ID))
        .hasMessage("the provider did not answer a moment ago");
    nanos.addAndGet(Duration.ofSeconds(5).toNanos());
    assertThatThrownBy(() -> provider.findByRegistrationId(Provider.ID))
        .hasMessage("the provider does not answer");
  }
}
