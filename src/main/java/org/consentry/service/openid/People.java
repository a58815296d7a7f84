package org.consentry.service.openid;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.consentry.release.ReleaseApprovals;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.userinfo.OAuth2UserService;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;

/**
 * Who a person is and what the person may do, by the claims of a token that was checked. The
 * provider is not asked for more.
 *
 * <p><b>Security promise:</b> the name of a person could be that of an approver: letters, digits
 * and few other characters of ASCII. So it can be in a line of the audit log, looks like no other
 * name, and is compared with the names of approvers as it is.
 */
final class People implements OAuth2UserService<OidcUserRequest, OidcUser> {

  private static final String EMAIL = "email";

  private final OpenId.Claims claims;

  People(OpenId.Claims claims) {
    this.claims = claims;
  }

  /** A token that is valid, of a person who may do nothing here. */
  static final class NotPermitted extends AuthenticationException {
    private static final long serialVersionUID = 1L;

    private final String name;

    private NotPermitted(String name, String message) {
      super(message);
      this.name = name;
    }

    /** The name of the person; empty when the token has none that can be used. */
    String name() {
      return name;
    }
  }

  @Override
  public OidcUser loadUser(OidcUserRequest request) {
    OidcIdToken token = request.getIdToken();
    String name =
        name(token)
            .orElseThrow(() -> new NotPermitted("", "the token has no name that can be used"));
    Set<GrantedAuthority> authorities = authorities(token);
    if (authorities.isEmpty()) {
      throw new NotPermitted(name, "the token has no role of this service");
    }
    return new Person(name, subject(token), token, authorities);
  }

  private static String subject(OidcIdToken token) {
    return Optional.ofNullable(token.getSubject())
        .orElseThrow(() -> new NotPermitted("", "the token has no subject"));
  }

  /** A person may write any address into a directory that does not verify it. */
  private Optional<String> name(OidcIdToken token) {
    boolean isVerified =
        !claims.name().equals(EMAIL)
            || Boolean.TRUE.equals(token.getClaims().get("email_verified"));
    return token.getClaims().get(claims.name()) instanceof String name
            && ReleaseApprovals.isName(name)
            && isVerified
        ? Optional.of(name)
        : Optional.empty();
  }

  private Set<GrantedAuthority> authorities(OidcIdToken token) {
    return values(token.getClaims().get(claims.roles())).stream()
        .flatMap(value -> claims.authorities().getOrDefault(value, Set.of()).stream())
        .map(SimpleGrantedAuthority::new)
        .collect(Collectors.toSet());
  }

  /** One text or a list of texts; a list with anything else in it counts nothing. */
  private static Set<String> values(@Nullable Object claim) {
    if (claim instanceof String one) {
      return Set.of(one);
    }
    Set<String> values = new HashSet<>();
    if (claim instanceof List<?> many) {
      for (Object one : many) {
        if (!(one instanceof String text)) {
          return Set.of();
        }
        values.add(text);
      }
    }
    return values;
  }
}
