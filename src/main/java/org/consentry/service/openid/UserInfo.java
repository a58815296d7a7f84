package org.consentry.service.openid;

import java.net.URI;
import java.util.Map;
import org.springframework.http.RequestEntity;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.web.client.RestClientException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the provider states about a person beside the ID token (OpenID Connect Core 1.0, 5.3). Safe
 * for any number of threads.
 *
 * <p><b>Security promise:</b> what is stated about another subject than that of the ID token counts
 * nothing.
 */
final class UserInfo {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final ProviderCalls calls;

  UserInfo(ProviderCalls calls) {
    this.calls = calls;
  }

  /**
   * The claims; none where the provider has no such page.
   *
   * @throws OAuth2AuthenticationException when it does not answer, or about another person
   */
  Map<String, Object> read(OidcUserRequest request) {
    String page =
        request.getClientRegistration().getProviderDetails().getUserInfoEndpoint().getUri();
    return page == null ? Map.of() : read(URI.create(page), request);
  }

  private Map<String, Object> read(URI page, OidcUserRequest request) {
    try {
      String text =
          calls
              .reading()
              .exchange(
                  RequestEntity.get(page)
                      .headers(all -> all.setBearerAuth(request.getAccessToken().getTokenValue()))
                      .build(),
                  String.class)
              .getBody();
      Map<String, Object> stated =
          JSON.readValue(text == null ? "{}" : text, new TypeReference<Map<String, Object>>() {});
      if (stated != null
          && stated.get("sub") instanceof String subject
          && subject.equals(request.getIdToken().getSubject())) {
        return stated;
      }
    } catch (RestClientException | JacksonException unusable) {
      throw new OAuth2AuthenticationException(error(), unusable);
    }
    throw new OAuth2AuthenticationException(error());
  }

  private static OAuth2Error error() {
    return new OAuth2Error("invalid_user_info_response");
  }
}
