package org.consentry.service.openid;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.consentry.service.openid.People.NotPermitted;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;

/** Why a person was not signed in by the provider: for the page, and for the audit log. */
public enum Refusal {
  /** The token has no name that can be used, or no role of this service. */
  ROLE(
      "refused: no role here",
      "The clinic's account gives you no role here. Ask the person who administers the accounts."),
  /** The name is one by which another account signed in before. */
  ACCOUNT(
      "refused: the name is of another account",
      "The clinic's account has a name that another account had here. Ask the person who"
          + " administers the accounts."),
  /** No answer, or not in time. */
  UNREACHABLE(
      "refused: the provider does not answer",
      "The clinic's sign-in does not answer. Try again in a minute; runs at work go on."),
  /** The provider or the person refused. */
  DENIED("refused: by the provider", "The clinic's sign-in was not completed. Begin again."),
  /** An answer to nothing that was asked, or to what was asked too long ago. */
  STATE(
      "refused: not begun in this browser",
      "This sign-in was not begun in this browser, or too long ago. Begin again."),
  /** What the provider stated is not valid. */
  TOKEN(
      "refused: the answer of the provider is not valid",
      "What the clinic's sign-in answered is not valid. The audit log of the service has the time"
          + " of it.");

  private static final int MOST_CAUSES = 10;

  /** What the standards call a failure. */
  private static final List<String> CODES =
      List.of(
          "invalid_request",
          "invalid_client",
          "unauthorized_client",
          "invalid_grant",
          "invalid_scope",
          "invalid_nonce",
          "invalid_token_response",
          "invalid_id_token",
          "invalid_user_info_response");

  /** Claims that the framework names when they are wrong. */
  private static final List<String> CLAIMS =
      List.of("iss", "sub", "aud", "azp", "exp", "iat", "auth_time", "acr");

  private final String result;
  private final String remark;

  Refusal(String result, String remark) {
    this.result = result;
    this.remark = remark;
  }

  /**
   * As the audit log has it, with what an administrator needs to know to set the provider up.
   *
   * @param failure of which it was made
   */
  String result(Throwable failure) {
    return switch (this) {
      case UNREACHABLE ->
          causes(failure)
              .filter(Provider.Unreachable.class::isInstance)
              .findFirst()
              .map(cause -> "refused: " + cause.getMessage())
              .orElse(result);
      case TOKEN -> {
        List<String> known = known(failure);
        yield known.isEmpty() ? result : result + ": " + String.join(", ", known);
      }
      case ROLE, ACCOUNT, DENIED, STATE -> result;
    };
  }

  /** The words of a failure that are of our own list: its text may quote what was sent. */
  private static List<String> known(Throwable failure) {
    String code =
        failure instanceof OAuth2AuthenticationException refused
            ? refused.getError().getErrorCode()
            : "";
    String text = causes(failure).map(Throwable::getMessage).collect(Collectors.joining(" "));
    return Stream.concat(
            CODES.stream().filter(code::equals),
            CLAIMS.stream().filter(claim -> text.contains(claim + "=")))
        .toList();
  }

  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).limit(MOST_CAUSES);
  }

  /** As the page shows it. */
  public String remark() {
    return remark;
  }

  /** The word in an address. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The one of a word, which may be any text. */
  public static Optional<Refusal> of(String word) {
    return Arrays.stream(values()).filter(one -> one.word().equals(word)).findAny();
  }

  /** The one that a failure means. */
  static Refusal of(Throwable failure) {
    if (failure instanceof NotPermitted known) {
      return known.refusal();
    }
    if (isUnreachable(failure)) {
      return UNREACHABLE;
    }
    String code =
        failure instanceof OAuth2AuthenticationException refused
            ? refused.getError().getErrorCode()
            : "";
    return switch (code) {
      case "authorization_request_not_found", "invalid_state_parameter" -> STATE;
      case "temporarily_unavailable", "server_error" -> UNREACHABLE;
      case "access_denied", "login_required", "interaction_required", "consent_required" -> DENIED;
      default -> TOKEN;
    };
  }

  private static boolean isUnreachable(Throwable failure) {
    return causes(failure)
            .anyMatch(
                cause -> cause instanceof Provider.Unreachable || cause instanceof IOException)
        && causes(failure).noneMatch(ProviderCalls.TooLarge.class::isInstance);
  }
}
