package org.consentry.service;

import java.util.Optional;
import java.util.Set;
import org.consentry.service.openid.OpenId;
import org.consentry.service.openid.Refusal;
import org.consentry.service.page.Frame;
import org.consentry.service.page.Links;
import org.consentry.service.page.Look;
import org.consentry.service.page.SignInPage;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** The page where a person signs in, and the look of all pages. */
@Controller
final class SignInController {

  private static final String FAILED =
      "Name or password is wrong. After five failures a name is locked for 15 minutes.";

  private final boolean isByProvider;

  SignInController(ServiceSettings settings) {
    this.isByProvider = settings.openId().isPresent();
  }

  @GetMapping("/sign-in")
  ResponseEntity<byte[]> signIn(
      CsrfToken token,
      @RequestParam(required = false) @Nullable String failed,
      @RequestParam(required = false, defaultValue = "") String refused) {
    if (isByProvider) {
      String remark = Refusal.of(refused).map(Refusal::remark).orElse("");
      return Answers.page(frame(Optional.empty()), new SignInPage("", remark, OpenId.BEGIN_PATH));
    }
    Frame.Token hidden = new Frame.Token(token.getParameterName(), token.getToken());
    return Answers.page(
        frame(Optional.of(hidden)), new SignInPage("/sign-in", failed == null ? "" : FAILED, ""));
  }

  private static Frame frame(Optional<Frame.Token> token) {
    return new Frame(Links.ofServer(), "", Set.of(), token, Optional.empty());
  }

  @GetMapping("/assets/{file}")
  ResponseEntity<byte[]> asset(@PathVariable String file) {
    String path = "/assets/" + file;
    if (path.equals(Look.STYLE_PATH)) {
      return Answers.asset(Look.STYLE, "text/css;charset=utf-8");
    }
    return path.equals(Look.SCRIPT_PATH)
        ? Answers.asset(Look.SCRIPT, "text/javascript;charset=utf-8")
        : ResponseEntity.notFound().build();
  }
}
