package org.consentry.service;

import org.consentry.service.page.ServicePages;
import org.consentry.service.page.SignInPage;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/** The page where a person signs in, and the style of all pages. */
@Controller
final class SignInController {

  @GetMapping(path = "/sign-in", produces = MediaType.TEXT_HTML_VALUE)
  @ResponseBody
  byte[] signIn(CsrfToken token, @RequestParam(required = false) @Nullable String failed) {
    return ServicePages.signIn(new SignInPage(failed != null, token.getToken()));
  }

  @GetMapping(path = "/service.css", produces = "text/css")
  @ResponseBody
  byte[] style() {
    return ServicePages.style();
  }
}
