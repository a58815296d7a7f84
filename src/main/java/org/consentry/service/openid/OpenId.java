package org.consentry.service.openid;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.consentry.keys.SharedSecret;

/**
 * The clinic's OpenID provider, as the settings state it.
 *
 * @param issuer its address, which every token names
 * @param clientId the name that it gave to this service
 * @param secret what the service shows to it
 * @param scopes what is asked for; the first is {@code openid}
 * @param claims what its tokens state about a person
 * @param trust the certificates that are trusted; empty means those of the machine
 */
public record OpenId(
    URI issuer,
    String clientId,
    SharedSecret secret,
    List<String> scopes,
    Claims claims,
    Optional<SSLContext> trust) {

  /** The page where sign-in begins. */
  public static final String BEGIN_PATH = "/sign-in/provider";

  /** The page to which the provider sends a person back. */
  public static final String RETURN_PATH = "/sign-in/code";

  public OpenId {
    scopes = List.copyOf(scopes);
  }

  /**
   * Which claims of a token count.
   *
   * @param name the claim that names a person
   * @param roles the claim with roles or groups, or a path to it with dots
   * @param authorities what each of its values means here; a value that is missing means nothing
   * @param levels values of {@code acr} that are accepted; none means any
   * @param age how long ago a person may have signed in at the provider
   */
  public record Claims(
      String name,
      String roles,
      Map<String, Set<String>> authorities,
      List<String> levels,
      Duration age) {

    public Claims {
      authorities = Map.copyOf(authorities);
      levels = List.copyOf(levels);
    }
  }

  /** Shows no value. */
  @Override
  public String toString() {
    return "OpenId";
  }
}
