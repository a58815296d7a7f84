package org.consentry.service.openid;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.AuthenticationException;
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
 * What was read counts on while it cannot be read again. Safe for any number of threads.
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
  private final LongSupplier nanos;
  private final ReentrantLock turn = new ReentrantLock();
  private volatile Known known = new Known(0, Optional.empty(), Optional.empty());
  private volatile OptionalLong failed = OptionalLong.empty();

  /**
   * One that was not read yet.
   *
   * @param nanos a clock that no person sets, in nanoseconds
   */
  Provider(OpenId settings, ProviderCalls calls, LongSupplier nanos) {
    this.settings = settings;
    this.reading = calls.reading();
    this.nanos = nanos;
  }

  /**
   * What was read.
   *
   * @param read when, by the clock
   * @param client what the framework needs; empty before the first time
   * @param signOut where a person signs out of the provider; empty when it has no such page
   */
  private record Known(long read, Optional<ClientRegistration> client, Optional<URI> signOut) {}

  /** The provider did not answer, or not with what a provider publishes. */
  static final class Unreachable extends AuthenticationException {
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
    try {
      return fresh().orElseGet(this::readInTurn);
    } catch (Unreachable unreachable) {
      return known.client().orElseThrow(() -> unreachable);
    }
  }

  private Optional<ClientRegistration> fresh() {
    Known now = known;
    return now.client().filter(client -> isWithin(FRESH, now.read()));
  }

  private boolean isWithin(Duration duration, long since) {
    return nanos.getAsLong() - since < duration.toNanos();
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
    OptionalLong last = failed;
    if (last.isPresent() && isWithin(PAUSE, last.getAsLong())) {
      throw new Unreachable("the provider did not answer a moment ago");
    }
    try {
      return read();
    } catch (Unreachable unreachable) {
      failed = OptionalLong.of(nanos.getAsLong());
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
      known =
          new Known(nanos.getAsLong(), Optional.of(client), find(document, "end_session_endpoint"));
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
        .userInfoUri(find(document, "userinfo_endpoint").map(URI::toString).orElse(null))
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

  private URI address(JsonNode document, String name) {
    return find(document, name)
        .orElseThrow(
            () -> new Unreachable("the provider publishes an address without encryption, or none"));
  }

  /** An address as safe as that of the issuer; empty when there is none. */
  private Optional<URI> find(JsonNode document, String name) {
    try {
      return Optional.of(URI.create(document.path(name).asString(""))).filter(this::isSafe);
    } catch (IllegalArgumentException unusable) {
      return Optional.empty();
    }
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
