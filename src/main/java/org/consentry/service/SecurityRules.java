package org.consentry.service;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.consentry.ledger.StateFolder;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter;
import org.springframework.security.web.session.HttpSessionEventPublisher;

/** How a request is judged: the table of access, sign-in, sessions and headers. */
@Configuration(proxyBeanMethods = false)
final class SecurityRules {

  /** A page loads style, script and pictures of the service alone, and is in no frame. */
  static final String CONTENT_POLICY =
      "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  private static final int MOST_SESSIONS = 3;

  @Bean
  SecurityFilterChain security(
      HttpSecurity http, ServiceSettings settings, ServiceAudit audit, StateFolder state) {
    Accounts accounts = new Accounts(new ServiceFolder(state));
    settings
        .openId()
        .ifPresentOrElse(
            provider -> OpenIdRules.configure(http, provider, accounts),
            () -> passwords(http, settings));
    http.authorizeHttpRequests(SecurityRules::access)
        .exceptionHandling(refused -> refused.authenticationEntryPoint(SecurityRules::toSignIn))
        .sessionManagement(
            sessions ->
                sessions.sessionConcurrency(
                    limit ->
                        limit
                            .maximumSessions(MOST_SESSIONS)
                            .expiredSessionStrategy(
                                ended -> toSignIn(ended.getRequest(), ended.getResponse(), null))))
        .headers(SecurityRules::headers)
        .requestCache(cache -> cache.disable())
        .addFilterBefore(
            new SessionAge(Instant::now, Duration.ofMinutes(settings.idleMinutes())),
            SecurityContextHolderFilter.class)
        .addFilterAfter(new AuditFilter(audit), SecurityContextHolderFilter.class);
    if (settings.isEncrypted()) {
      http.addFilterAfter(new EncryptedOnly(), AuditFilter.class);
    }
    return http.build();
  }

  private static void passwords(HttpSecurity http, ServiceSettings settings) {
    http.authenticationProvider(new LocalSignIn(settings.users(), new LockOut(Instant::now)))
        .formLogin(
            form ->
                form.loginPage("/sign-in")
                    .loginProcessingUrl("/sign-in")
                    .defaultSuccessUrl("/", true)
                    .failureHandler(SecurityRules::notSignedIn))
        .logout(out -> out.logoutUrl("/sign-out").logoutSuccessUrl("/sign-in"));
  }

  private static void access(
      AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry
          requests) {
    requests.dispatcherTypeMatchers(DispatcherType.ERROR).permitAll();
    for (Access.Rule rule : Access.RULES) {
      var matched = requests.requestMatchers(rule.method(), rule.path());
      if (rule.isOpen()) {
        matched.permitAll();
      } else {
        matched.hasAnyRole(rule.names());
      }
    }
    requests.anyRequest().denyAll();
  }

  private static void headers(HeadersConfigurer<HttpSecurity> headers) {
    headers
        .contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_POLICY))
        .frameOptions(frames -> frames.deny())
        .referrerPolicy(
            policy -> policy.policy(ReferrerPolicyHeaderWriter.ReferrerPolicy.NO_REFERRER))
        .permissionsPolicyHeader(
            policy -> policy.policy("camera=(), microphone=(), geolocation=(), payment=()"))
        .crossOriginOpenerPolicy(
            policy ->
                policy.policy(
                    CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy.SAME_ORIGIN));
  }

  private static void notSignedIn(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
      throws IOException {
    AuditFilter.result(request, failure instanceof LockedException ? "locked" : "refused");
    if (failure instanceof AuthenticationServiceException) {
      response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
    } else {
      response.sendRedirect("/sign-in?failed");
    }
  }

  private static void toSignIn(
      HttpServletRequest request,
      HttpServletResponse response,
      @Nullable AuthenticationException failure)
      throws IOException {
    AuditFilter.result(request, "refused");
    response.sendRedirect("/sign-in");
  }

  /** Records what the firewall refuses, which no filter sees. Its address may be anything. */
  @Bean
  RequestRejectedHandler rejected(ServiceAudit audit) {
    return (request, response, why) -> {
      audit.write(
          new ServiceAudit.Act(
              "", request.getRemoteAddr(), "a request that is not permitted", "", "refused"));
      response.sendError(HttpServletResponse.SC_BAD_REQUEST);
    };
  }

  /** Refuses a request by a name that is none of the service's. */
  @Bean
  HttpFirewall firewall(ServiceSettings settings) {
    StrictHttpFirewall firewall = new StrictHttpFirewall();
    firewall.setAllowedHostnames(settings::isHost);
    return firewall;
  }

  /** Ends sessions in which no person signs in. */
  @Bean
  SessionsBefore sessionsBefore(ServiceSettings settings) {
    return new SessionsBefore(Duration.ofMinutes(settings.idleMinutes()));
  }

  /** Counts the sessions of a person. */
  @Bean
  HttpSessionEventPublisher sessionEvents() {
    return new HttpSessionEventPublisher();
  }
}
