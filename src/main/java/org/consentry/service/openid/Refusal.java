package org.consentry.service.openid;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.consentry.service.openid.People.NotPermitted;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;

/** Why a person was not signed in by the provider: for the page, and for the audit log. */
public enum Refusal {
  /** The token has no name that can be used, or no role of this service. */
  ROLE(
      "refused: no role here",
      "The clinic's account gives you no role here. Ask the person who administers the accounts."),
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

  private final String result;
  private final String remark;

  Refusal(String result, String remark) {
    this.result = result;
    this.remark = remark;
  }

  /** As the audit log has it. */
  public String result() {
    return result;
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
    if (failure instanceof NotPermitted) {
      return ROLE;
    }
    if (isUnreachable(failure)) {
      return UNREACHABLE;
    }
    String code =
        failure instanceof OAuth2AuthenticationException refused
            ? refused.getError().getErrorCode()
            : "";
    return switch (code) {
      case "authorization_request_not_found", "invalid_request", "invalid_state_parameter" -> STATE;
      case "access_denied", "login_required", "interaction_required", "consent_required" -> DENIED;
      default -> TOKEN;
    };
  }

  private static boolean isUnreachable(Throwable failure) {
    Throwable cause = failure;
    for (int i = 0; i < MOST_CAUSES && cause != null; i++) {
      if (cause instanceof ProviderCalls.TooLarge) {
        return false;
      }
      if (cause instanceof Provider.Unreachable || cause instanceof IOException) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }
}
