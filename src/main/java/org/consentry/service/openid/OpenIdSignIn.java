package org.consentry.service.openid;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;
import org.consentry.service.openid.People.NotPermitted;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.http.converter.StringHttpMessageConverter;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.endpoint.OAuth2AccessTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.OAuth2AuthorizationCodeGrantRequest;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.client.oidc.authentication.OidcAuthorizationCodeAuthenticationProvider;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestCustomizers;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestRedirectFilter;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.client.web.OAuth2LoginAuthenticationFilter;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Sign-in by the provider: the authorization code flow with PKCE and nonce. No token leaves the
 * memory of the service but the ID token, which the provider gets back at sign-out.
 */
public final class OpenIdSignIn {

  private static final int LONGEST_HINT = 4_000;
  private static final Pattern THREE_PARTS = Pattern.compile("[^.]+\\.[^.]+\\.[^.]*");

  private final OpenId settings;
  private final BiPredicate<String, String> accounts;
  private final ProviderCalls calls;
  private final Provider provider;

  /**
   * Asks nothing yet.
   *
   * @param accounts whether a name is of an account, which is given as a hash
   */
  public OpenIdSignIn(OpenId settings, BiPredicate<String, String> accounts) {
    this.settings = settings;
    this.accounts = accounts;
    this.calls = new ProviderCalls(settings.trust());
    this.provider = new Provider(settings, calls, System::nanoTime);
  }

  /**
   * Makes it the way to sign in.
   *
   * @param signedIn answers when a person was signed in
   * @param refused answers when not; {@link #refusal} and {@link #name} give what is known
   */
  public void configure(
      HttpSecurity http,
      AuthenticationSuccessHandler signedIn,
      AuthenticationFailureHandler refused) {
    SignInsBegun begun = new SignInsBegun(Instant::now);
    http.oauth2Login(
        login ->
            login
                .loginPage("/sign-in")
                .loginProcessingUrl(OpenId.RETURN_PATH)
                .clientRegistrationRepository(provider)
                .authorizedClientRepository(new NoClients())
                .authorizationEndpoint(
                    asking ->
                        asking
                            .authorizationRequestResolver(beginning())
                            .authorizationRequestRepository(begun))
                .tokenEndpoint(tokens -> tokens.accessTokenResponseClient(tokens()))
                .userInfoEndpoint(
                    person ->
                        person.oidcUserService(new People(settings.claims(), calls, accounts)))
                .successHandler(signedIn)
                .failureHandler(refused)
                .withObjectPostProcessor(new StrictTokens(new IdTokens(settings.claims(), calls)))
                .withObjectPostProcessor(new ReturnByReading())
                .withObjectPostProcessor(new FailingToBegin(refused)));
  }

  /** Why a person was not signed in. */
  public static Refusal refusal(AuthenticationException failure) {
    return Refusal.of(failure);
  }

  /** Why a person was not signed in, for the audit log. */
  public static String result(AuthenticationException failure) {
    return Refusal.of(failure).result(failure);
  }

  /** The name of a person who was not signed in; empty where none is known. */
  public static String name(AuthenticationException failure) {
    return failure instanceof NotPermitted known ? known.name() : "";
  }

  /** The account of a person at the provider, as a hash of which nothing can be read. */
  public static String account(Authentication signedIn) {
    return signedIn.getPrincipal() instanceof Person person ? person.account() : "";
  }

  /**
   * Where a person signs out of the provider too; empty when it has no such page.
   *
   * @param back where the provider leads after that
   */
  public Optional<URI> signOut(@Nullable Authentication signedIn, String back) {
    return provider.signOut().map(page -> signOut(page, signedIn, back));
  }

  private URI signOut(URI page, @Nullable Authentication signedIn, String back) {
    UriComponentsBuilder address =
        UriComponentsBuilder.fromUri(page)
            .queryParam("client_id", "{client}")
            .queryParam("post_logout_redirect_uri", "{back}");
    String hint =
        signedIn != null && signedIn.getPrincipal() instanceof Person person
            ? person.getIdToken().getTokenValue()
            : "";
    if (!hint.isEmpty() && hint.length() <= LONGEST_HINT) {
      address.queryParam("id_token_hint", "{hint}");
    }
    return address
        .encode()
        .buildAndExpand(Map.of("client", settings.clientId(), "back", back, "hint", hint))
        .toUri();
  }

  /** One page begins, whatever the framework would take for one. */
  private OAuth2AuthorizationRequestResolver beginning() {
    DefaultOAuth2AuthorizationRequestResolver standard =
        new DefaultOAuth2AuthorizationRequestResolver(provider, OpenId.BEGIN_PATH);
    standard.setAuthorizationRequestCustomizer(
        OAuth2AuthorizationRequestCustomizers.withPkce().andThen(this::demands));
    return new OAuth2AuthorizationRequestResolver() {
      @Override
      public @Nullable OAuth2AuthorizationRequest resolve(HttpServletRequest request) {
        boolean isHere =
            request.getMethod().equals("GET") && request.getRequestURI().equals(OpenId.BEGIN_PATH);
        return isHere ? standard.resolve(request, Provider.ID) : null;
      }

      @Override
      public @Nullable OAuth2AuthorizationRequest resolve(HttpServletRequest request, String id) {
        return standard.resolve(request, id);
      }
    };
  }

  private void demands(OAuth2AuthorizationRequest.Builder request) {
    String age = Long.toString(settings.claims().age().toSeconds());
    String levels = String.join(" ", settings.claims().levels());
    request.additionalParameters(
        all -> {
          all.put("max_age", age);
          if (!levels.isEmpty()) {
            all.put("acr_values", levels);
          }
        });
  }

  /** Without a token of three parts, what follows would fail instead of refusing. */
  private OAuth2AccessTokenResponseClient<OAuth2AuthorizationCodeGrantRequest> tokens() {
    OAuth2AccessTokenResponseClient<OAuth2AuthorizationCodeGrantRequest> asking = asking();
    return request -> {
      OAuth2AccessTokenResponse answer = asking.getTokenResponse(request);
      Object token = answer.getAdditionalParameters().get(OidcParameterNames.ID_TOKEN);
      if (token instanceof String text && THREE_PARTS.matcher(text).matches()) {
        return answer;
      }
      throw new OAuth2AuthorizationException(new OAuth2Error("invalid_id_token"));
    };
  }

  private RestClientAuthorizationCodeTokenResponseClient asking() {
    RestClientAuthorizationCodeTokenResponseClient tokens =
        new RestClientAuthorizationCodeTokenResponseClient();
    tokens.setRestClient(
        calls
            .client()
            .configureMessageConverters(
                converters ->
                    converters
                        .addCustomConverter(new FormHttpMessageConverter())
                        .addCustomConverter(new StringHttpMessageConverter())
                        .addCustomConverter(new OAuth2AccessTokenResponseHttpMessageConverter()))
            .defaultStatusHandler(new OAuth2ErrorResponseErrorHandler())
            .build());
    return tokens;
  }

  /** Has ID tokens checked as this service demands. */
  private record StrictTokens(IdTokens tokens)
      implements ObjectPostProcessor<OidcAuthorizationCodeAuthenticationProvider> {
    @Override
    public <T extends OidcAuthorizationCodeAuthenticationProvider> T postProcess(T made) {
      made.setJwtDecoderFactory(tokens);
      return made;
    }
  }

  /** The provider leads back by an address, not by a form. */
  private static final class ReturnByReading
      implements ObjectPostProcessor<OAuth2LoginAuthenticationFilter> {
    @Override
    public <T extends OAuth2LoginAuthenticationFilter> T postProcess(T made) {
      made.setRequiresAuthenticationRequestMatcher(
          PathPatternRequestMatcher.withDefaults().matcher(HttpMethod.GET, OpenId.RETURN_PATH));
      return made;
    }
  }

  /** What fails when sign-in begins is answered as what fails later. */
  private record FailingToBegin(AuthenticationFailureHandler refused)
      implements ObjectPostProcessor<OAuth2AuthorizationRequestRedirectFilter> {
    @Override
    public <T extends OAuth2AuthorizationRequestRedirectFilter> T postProcess(T made) {
      made.setAuthenticationFailureHandler(refused);
      return made;
    }
  }

  /** Forgets the access token: nothing is asked with it. */
  private static final class NoClients implements OAuth2AuthorizedClientRepository {
    @Override
    @SuppressWarnings("TypeParameterUnusedInFormals") // So the framework declares it.
    public <T extends OAuth2AuthorizedClient> @Nullable T loadAuthorizedClient(
        String id, Authentication person, HttpServletRequest request) {
      return null;
    }

    @Override
    public void saveAuthorizedClient(
        OAuth2AuthorizedClient client,
        Authentication person,
        HttpServletRequest request,
        HttpServletResponse response) {}

    @Override
    public void removeAuthorizedClient(
        String id,
        Authentication person,
        HttpServletRequest request,
        HttpServletResponse response) {}
  }
}
