package org.consentry.service.openid;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenDecoderFactory;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenValidator;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.core.converter.ClaimTypeConverter;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderFactory;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/**
 * Checks ID tokens: signature, issuer, audience, times, level, and when the person signed in there.
 * The nonce is checked by the framework after that. Safe for any number of threads.
 *
 * <p><b>Security promise:</b> a token is accepted only with a signature of one of the provider's
 * public keys; a token without one, or with one that is made with the client's secret, is refused.
 */
final class IdTokens implements JwtDecoderFactory<ClientRegistration> {

  /** All are made with a private key that the provider alone has. */
  private static final List<SignatureAlgorithm> ALGORITHMS =
      Stream.of(SignatureAlgorithm.values())
          .filter(one -> one.getName().matches("(RS|PS|ES)(256|384|512)"))
          .toList();

  private static final Duration SKEW = Duration.ofMinutes(1);
  private static final int LONGEST = 64 * 1024;

  private final List<String> levels;
  private final Duration age;
  private final ProviderCalls calls;
  private final Map<String, JwtDecoder> decoders = new ConcurrentHashMap<>();

  IdTokens(OpenId.Claims claims, ProviderCalls calls) {
    this.levels = claims.levels();
    this.age = claims.age();
    this.calls = calls;
  }

  @Override
  public JwtDecoder createDecoder(ClientRegistration client) {
    JwtDecoder strict =
        decoders.computeIfAbsent(
            client.getProviderDetails().getJwkSetUri(), keys -> decoder(keys, client));
    return token -> decode(strict, token);
  }

  /** Whatever is wrong with a token, it is refused: claims may have any type. */
  private static Jwt decode(JwtDecoder strict, String token) {
    if (token.length() > LONGEST) {
      throw new BadJwtException("the token is too long");
    }
    try {
      return strict.decode(token);
    } catch (JwtException refused) {
      throw refused;
    } catch (RuntimeException refused) {
      throw new BadJwtException("the token has a claim of a wrong type", refused);
    }
  }

  private JwtDecoder decoder(String keys, ClientRegistration client) {
    NimbusJwtDecoder decoder =
        NimbusJwtDecoder.withJwkSetUri(keys)
            .jwsAlgorithms(accepted -> accepted.addAll(ALGORITHMS))
            .restOperations(calls.reading())
            .build();
    decoder.setClaimSetConverter(
        new ClaimTypeConverter(OidcIdTokenDecoderFactory.createDefaultClaimTypeConverters()));
    OidcIdTokenValidator standard = new OidcIdTokenValidator(client);
    standard.setClockSkew(SKEW);
    List<OAuth2TokenValidator<Jwt>> all =
        List.of(new JwtTimestampValidator(SKEW), standard, this::level, this::age);
    decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(all));
    return decoder;
  }

  private OAuth2TokenValidatorResult level(Jwt token) {
    boolean isAccepted =
        levels.isEmpty()
            || (token.getClaims().get("acr") instanceof String level && levels.contains(level));
    return isAccepted ? OAuth2TokenValidatorResult.success() : failure("acr=");
  }

  /** A person who left this service idle must not come back by a sign-in that is as old. */
  private OAuth2TokenValidatorResult age(Jwt token) {
    Instant now = Instant.now();
    boolean isRecent =
        token.getClaims().get("auth_time") instanceof Instant at
            && !at.isBefore(now.minus(age).minus(SKEW))
            && !at.isAfter(now.plus(SKEW));
    return isRecent ? OAuth2TokenValidatorResult.success() : failure("auth_time=");
  }

  private static OAuth2TokenValidatorResult failure(String claim) {
    return OAuth2TokenValidatorResult.failure(new OAuth2Error("invalid_id_token", claim, null));
  }
}
