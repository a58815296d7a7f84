package org.consentry.service.openid;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.consentry.data.Sha256;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.OidcUserInfo;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;

/**
 * A person who was signed in by the provider. The same person is equal whenever signed in, so that
 * sessions are counted.
 */
final class Person implements OidcUser {

  private final String name;
  private final String subject;
  private final OidcIdToken token;
  private final Set<GrantedAuthority> authorities;

  Person(String name, String subject, OidcIdToken token, Set<GrantedAuthority> authorities) {
    this.name = name;
    this.subject = subject;
    this.token = token;
    this.authorities = Set.copyOf(authorities);
  }

  @Override
  public String getName() {
    return name;
  }

  @Override
  public OidcIdToken getIdToken() {
    return token;
  }

  @Override
  public Map<String, Object> getClaims() {
    return token.getClaims();
  }

  @Override
  public Map<String, Object> getAttributes() {
    return token.getClaims();
  }

  @Override
  public @Nullable OidcUserInfo getUserInfo() {
    return null;
  }

  @Override
  public Collection<? extends GrantedAuthority> getAuthorities() {
    return authorities;
  }

  /** Sixteen hexadecimal digits for issuer and subject. */
  String account() {
    String text = token.getClaimAsString("iss") + "\n" + subject;
    return Sha256.hex(text.getBytes(StandardCharsets.UTF_8)).substring(0, 16);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Person person && subject.equals(person.subject);
  }

  @Override
  public int hashCode() {
    return subject.hashCode();
  }

  /** Shows nothing of the token. */
  @Override
  public String toString() {
    return "Person";
  }
}
