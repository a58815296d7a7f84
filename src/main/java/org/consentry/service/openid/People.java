package org.consentry.service.openid;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import org.consentry.release.ReleaseApprovals;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.userinfo.OAuth2UserService;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;

/**
 * Who a person is and what the person may do, by the claims of a token that was checked. What is
 * missing there is read from the provider's userinfo page.
 *
 * <p><b>Security promise:</b> the name of a person could be that of an approver: letters, digits
 * and few other characters of ASCII. So it can be in a line of the audit log, looks like no other
 * name, and is compared with the names of approvers as it is.
 */
final class People implements OAuth2UserService<OidcUserRequest, OidcUser> {

  private static final String EMAIL = "email";

  private final OpenId.Claims claims;
  private final UserInfo page;
  private final BiPredicate<String, String> accounts;

  People(OpenId.Claims claims, ProviderCalls calls, BiPredicate<String, String> accounts) {
    this.claims = claims;
    this.page = new UserInfo(calls);
    this.accounts = accounts;
  }

  /** A token that is valid, of a person who may do nothing here. */
  static final class NotPermitted extends AuthenticationException {
    private static final long serialVersionUID = 1L;

    private final String name;
    private final Refusal refusal;

    private NotPermitted(String name, String message) {
      this(name, Refusal.ROLE, message);
    }

    private NotPermitted(String name, Refusal refusal, String message) {
      super(message);
      this.name = name;
      this.refusal = refusal;
    }

    Refusal refusal() {
      return refusal;
    }

    /** The name of the person; empty when the token has none that can be used. */
    String name() {
      return name;
    }
  }

  @Override
  public OidcUser loadUser(OidcUserRequest request) {
    OidcIdToken token = request.getIdToken();
    Map<String, Object> stated = token.getClaims();
    boolean isNamed = stated.containsKey(claims.name());
    Optional<Object> roles = find(stated, claims.roles());
    Map<String, Object> more = isNamed && roles.isPresent() ? Map.of() : page.read(request);
    String name =
        name(isNamed ? stated : more)
            .orElseThrow(() -> new NotPermitted("", "the token has no name that can be used"));
    Set<GrantedAuthority> authorities = authorities(roles.or(() -> find(more, claims.roles())));
    if (authorities.isEmpty()) {
      throw new NotPermitted(name, "the token has no role of this service");
    }
    Person person = new Person(name, subject(token), token, authorities);
    if (!accounts.test(name, person.account())) {
      throw new NotPermitted(name, Refusal.ACCOUNT, "the name is of another account");
    }
    return person;
  }

  private static String subject(OidcIdToken token) {
    return Optional.ofNullable(token.getSubject())
        .orElseThrow(() -> new NotPermitted("", "the token has no subject"));
  }

  /** A person may write any address into a directory that does not verify it. */
  private Optional<String> name(Map<String, Object> stated) {
    boolean isVerified =
        !claims.name().equals(EMAIL) || Boolean.TRUE.equals(stated.get("email_verified"));
    return stated.get(claims.name()) instanceof String name
            && ReleaseApprovals.isName(name)
            && isVerified
        ? Optional.of(name)
        : Optional.empty();
  }

  /** A claim of that name; else, where the name has dots, the claim to which they lead. */
  private static Optional<Object> find(Map<?, ?> stated, String name) {
    int dot = name.indexOf('.');
    if (stated.containsKey(name) || dot < 0) {
      return Optional.ofNullable(stated.get(name));
    }
    return stated.get(name.substring(0, dot)) instanceof Map<?, ?> inner
        ? find(inner, name.substring(dot + 1))
        : Optional.empty();
  }

  private Set<GrantedAuthority> authorities(Optional<Object> roles) {
    return roles.map(People::values).orElse(Set.of()).stream()
        .flatMap(value -> claims.authorities().getOrDefault(value, Set.of()).stream())
        .map(SimpleGrantedAuthority::new)
        .collect(Collectors.toSet());
  }

  /** One text or a list of texts; a list with anything else in it counts nothing. */
  private static Set<String> values(Object claim) {
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
