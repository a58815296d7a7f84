package org.consentry.service.openid;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestTemplate;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the provider publishes about itself. It is read when a person signs in, never when the
 * service starts, and again after an hour. One thread reads; others wait for it for two seconds.
 * Safe for any number of threads.
 */
final class Provider implements ClientRegistrationRepository {

  /** The name by which the framework knows it. */
  static final String ID = "clinic";

  private static final String DOCUMENT = "/.well-known/openid-configuration";
  private static final Duration FRESH = Duration.ofHours(1);
  private static final Duration PAUSE = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final OpenId settings;
  private final RestTemplate reading;
  private final Supplier<Instant> clock;
  private final ReentrantLock turn = new ReentrantLock();
  private volatile Known known = new Known(Instant.MIN, Optional.empty(), Optional.empty());
  private volatile Instant failed = Instant.MIN;

  Provider(OpenId settings, ProviderCalls calls, Supplier<Instant> clock) {
    this.settings = settings;
    this.reading = calls.reading();
    this.clock = clock;
  }

  /**
   * What was read.
   *
   * @param read when
   * @param client what the framework needs; empty before the first time
   * @param signOut where a person signs out of the provider; empty when it has no such page
   */
  private record Known(Instant read, Optional<ClientRegistration> client, Optional<URI> signOut) {}

  /** The provider did not answer, or not with what a provider publishes. */
  static final class Unreachable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private Unreachable(String message) {
      super(message);
    }
  }

  /** Where a person signs out of the provider, as it is known by now; the provider is not asked. */
  Optional<URI> signOut() {
    return known.signOut();
  }

  /**
   * What the framework needs to ask the provider.
   *
   * @throws Unreachable when it does not answer
   */
  @Override
  public @Nullable ClientRegistration findByRegistrationId(String id) {
    return id.equals(ID) ? client() : null;
  }

  private ClientRegistration client() {
    return fresh().orElseGet(this::readInTurn);
  }

  private Optional<ClientRegistration> fresh() {
    Known now = known;
    return now.client().filter(client -> now.read().plus(FRESH).isAfter(clock.get()));
  }

  private ClientRegistration readInTurn() {
    if (!isMyTurn()) {
      throw new Unreachable("the provider does not answer in time");
    }
    try {
      return fresh().orElseGet(this::readNow);
    } finally {
      turn.unlock();
    }
  }

  private boolean isMyTurn() {
    try {
      return turn.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private ClientRegistration readNow() {
    if (failed.plus(PAUSE).isAfter(clock.get())) {
      throw new Unreachable("the provider did not answer a moment ago");
    }
    try {
      return read();
    } catch (Unreachable unreachable) {
      failed = clock.get();
      throw unreachable;
    }
  }

  private ClientRegistration read() {
    try {
      String issuer = settings.issuer().toString();
      String text =
          reading.getForObject(URI.create(issuer.replaceFirst("/$", "") + DOCUMENT), String.class);
      JsonNode document = JSON.readTree(text == null ? "" : text);
      if (!document.path("issuer").asString("").equals(issuer)) {
        throw new Unreachable("the provider names another issuer than the settings");
      }
      ClientRegistration client = client(document);
      known = new Known(clock.get(), Optional.of(client), signOut(document));
      return client;
    } catch (ResourceAccessException unreachable) {
      throw new Unreachable(
          unreachable.getCause() instanceof SSLException
              ? "the certificate of the provider is not trusted"
              : "the provider does not answer");
    } catch (RestClientException | JacksonException | IllegalArgumentException unusable) {
      throw new Unreachable("the provider does not answer with what a provider publishes");
    }
  }

  private ClientRegistration client(JsonNode document) {
    return ClientRegistration.withRegistrationId(ID)
        .clientId(settings.clientId())
        .clientSecret(settings.secret().text())
        .clientAuthenticationMethod(method(document))
        .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
        .redirectUri("{baseUrl}" + OpenId.RETURN_PATH)
        .scope(settings.scopes())
        .issuerUri(settings.issuer().toString())
        .authorizationUri(address(document, "authorization_endpoint").toString())
        .tokenUri(address(document, "token_endpoint").toString())
        .jwkSetUri(address(document, "jwks_uri").toString())
        .userNameAttributeName("sub")
        .build();
  }

  /** The secret is sent in a header, unless the provider takes it in the form alone. */
  private static ClientAuthenticationMethod method(JsonNode document) {
    List<String> methods =
        document
            .path("token_endpoint_auth_methods_supported")
            .valueStream()
            .map(one -> one.asString(""))
            .toList();
    boolean isForm =
        methods.contains("client_secret_post") && !methods.contains("client_secret_basic");
    return isForm
        ? ClientAuthenticationMethod.CLIENT_SECRET_POST
        : ClientAuthenticationMethod.CLIENT_SECRET_BASIC;
  }

  private Optional<URI> signOut(JsonNode document) {
    return document.has("end_session_endpoint")
        ? Optional.of(address(document, "end_session_endpoint"))
        : Optional.empty();
  }

  /** An address as safe as that of the issuer. */
  private URI address(JsonNode document, String name) {
    URI address = URI.create(document.path(name).asString(""));
    if (!isSafe(address)) {
      throw new Unreachable("the provider publishes an address without encryption");
    }
    return address;
  }

  private boolean isSafe(URI address) {
    boolean isEncrypted = "https".equalsIgnoreCase(address.getScheme());
    boolean isHere =
        "http".equals(settings.issuer().getScheme())
            && "http".equals(address.getScheme())
            && settings.issuer().getAuthority().equals(address.getAuthority());
    return address.getHost() != null && (isEncrypted || isHere);
  }
}
