package org.consentry.service;

import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.consentry.service.openid.OpenId;
import org.consentry.testing.OpenIdServer;

/** A person with a browser without script: it keeps cookies and follows no redirect by itself. */
public final class Visitor {

  private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

  private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
  private final HttpClient client;
  private final String root;
  private String token = "none";

  /**
   * One who is not signed in.
   *
   * @param root address of the service
   * @param trust the certificates that the browser trusts; empty means the usual ones
   */
  Visitor(String root, Optional<SSLContext> trust) {
    this.root = root;
    HttpClient.Builder browser = HttpClient.newBuilder().cookieHandler(cookies);
    trust.ifPresent(browser::sslContext);
    this.client = browser.build();
  }

  /**
   * Signs in by a provider.
   *
   * @return the answer when the provider has led back
   */
  public HttpResponse<String> signIn(OpenIdServer provider, String account)
      throws IOException, InterruptedException {
    URI back = URI.create(provider.chosen(location(get(OpenId.BEGIN_PATH)), account));
    HttpResponse<String> answer = get(back.getRawPath() + "?" + back.getRawQuery());
    if (answer.statusCode() == 200) {
      get("/");
    }
    return answer;
  }

  /** Signs in; gives the answer. */
  public HttpResponse<String> signIn(String name, String password)
      throws IOException, InterruptedException {
    get("/sign-in");
    HttpResponse<String> answer = post("/sign-in", Map.of("username", name, "password", password));
    if (location(answer).endsWith("/")) {
      get("/");
    }
    return answer;
  }

  /** Reads a page, and remembers the token of its forms. */
  public HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send("GET", path, "");
  }

  /** Sends a form with the token of the page that was read last. */
  public HttpResponse<String> post(String path, Map<String, String> fields)
      throws IOException, InterruptedException {
    return send("POST", path, "_csrf=" + encoded(token) + "&" + form(fields));
  }

  /** Sends a request as it is. */
  public HttpResponse<String> send(String method, String path, String body)
      throws IOException, InterruptedException {
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(URI.create(root + path))
                .method(method, BodyPublishers.ofString(body))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .build(),
            BodyHandlers.ofString(StandardCharsets.UTF_8));
    Matcher found = TOKEN.matcher(answer.body());
    if (found.find()) {
      token = found.group(1);
    }
    return answer;
  }

  /** The token of the page that was read last, as a form has it. */
  String token() {
    return encoded(token);
  }

  /** Where an answer leads; empty when it leads nowhere. */
  public static String location(HttpResponse<String> answer) {
    return answer.headers().firstValue("Location").orElse("");
  }

  /** The value of the session's cookie; empty when there is none. */
  public String session() {
    return cookies.getCookieStore().getCookies().stream()
        .filter(cookie -> cookie.getName().equals("consentry"))
        .map(HttpCookie::getValue)
        .findFirst()
        .orElse("");
  }

  private static String form(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
