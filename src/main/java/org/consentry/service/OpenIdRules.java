package org.consentry.service;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import org.consentry.service.openid.OpenId;
import org.consentry.service.openid.OpenIdSignIn;
import org.consentry.service.openid.Refusal;
import org.consentry.service.page.Frame;
import org.consentry.service.page.Links;
import org.consentry.service.page.OnwardPage;
import org.consentry.service.page.Pages;
import org.jspecify.annotations.Nullable;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.util.UrlUtils;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * How people sign in and out where the clinic has an OpenID provider. Between its site and ours is
 * a page that leads on: a browser sends the cookie of the session only with what our own pages ask
 * for, and a form may lead to our own pages alone.
 */
final class OpenIdRules {

  private static final String SIGN_IN = "/sign-in";

  private static final Frame FRAME =
      new Frame(Links.ofServer(), "", Set.of(), Optional.empty(), Optional.empty());

  private final OpenIdSignIn signIn;

  private OpenIdRules(OpenIdSignIn signIn) {
    this.signIn = signIn;
  }

  /** Makes it the way to sign in and out. */
  static void configure(HttpSecurity http, OpenId settings, Accounts accounts) {
    OpenIdRules rules = new OpenIdRules(new OpenIdSignIn(settings, accounts));
    rules.signIn.configure(http, OpenIdRules::signedIn, OpenIdRules::refused);
    http.logout(out -> out.logoutUrl("/sign-out").logoutSuccessHandler(rules::signedOut))
        .sessionManagement(sessions -> sessions.sessionFixation(old -> old.newSession()));
  }

  /**
   * A session that there was before, of whichever person, has ended by now. The new one gets
   * another id: {@link SessionsBefore} counts on it.
   */
  private static void signedIn(
      HttpServletRequest request, HttpServletResponse response, Authentication person)
      throws IOException {
    request.changeSessionId();
    AuditFilter.about(request, "account " + OpenIdSignIn.account(person));
    show(response, new OnwardPage("Signed in", "You are signed in.", "/", "Go on"));
  }

  private static void refused(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
      throws IOException {
    Refusal refusal = OpenIdSignIn.refusal(failure);
    AuditFilter.result(request, OpenIdSignIn.result(failure));
    AuditFilter.who(request, OpenIdSignIn.name(failure));
    response.sendRedirect(SIGN_IN + "?refused=" + refusal.word());
  }

  private void signedOut(
      HttpServletRequest request, HttpServletResponse response, @Nullable Authentication person)
      throws IOException {
    String back =
        UriComponentsBuilder.fromUriString(UrlUtils.buildFullRequestUrl(request))
            .replacePath(SIGN_IN)
            .replaceQuery(null)
            .toUriString();
    Optional<URI> provider = signIn.signOut(person, back);
    if (provider.isPresent()) {
      show(
          response,
          new OnwardPage(
              "Signed out",
              "You are signed out here.",
              provider.get().toString(),
              "Sign out of the clinic's account"));
    } else {
      response.sendRedirect(SIGN_IN);
    }
  }

  private static void show(HttpServletResponse response, OnwardPage page) throws IOException {
    response.setContentType("text/html;charset=UTF-8");
    response.getOutputStream().write(Pages.render(FRAME, page));
  }
}
