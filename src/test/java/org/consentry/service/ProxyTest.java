package org.consentry.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.consentry.testing.OpenIdServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Behind a proxy: what it states about a request counts, and what others state does not. */
final class ProxyTest {

  private static final String PROXY = "127.0.0.3";
  private static final String NEIGHBOUR = "127.0.0.2";

  @TempDir private Path folder;
  private Site site;

  @BeforeEach
  void start() {
    site =
        Site.start(
            folder, "consentry.proxies=" + PROXY, "consentry.hosts=consentry.clinic.example");
  }

  @AfterEach
  void end() {
    site.close();
  }

  /** A request from an address, with headers of a proxy beside the name of the service. */
  private String get(String from, String path, Map<String, String> headers) throws IOException {
    Map<String, String> all = new HashMap<>(Map.of("Host", "consentry.clinic.example"));
    all.putAll(headers);
    try (Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), site.port(), InetAddress.getByName(from), 0)) {
      return RawRequest.get(path, all).over(socket);
    }
  }

  @Test
  void aRequestThatCameEncryptedToTheProxyIsAnswered() throws Exception {
    String answer =
        get(PROXY, "/sign-in", Map.of("X-Forwarded-Proto", "https", "X-Forwarded-For", "10.1.2.3"));

    assertThat(answer)
        .startsWith("HTTP/1.1 200")
        .contains("Strict-Transport-Security: max-age=31536000", "; Secure; HttpOnly");
  }

  @Test
  void aRequestThatCameWithoutEncryptionIsRefused() throws Exception {
    for (Map<String, String> headers :
        List.<Map<String, String>>of(Map.of(), Map.of("X-Forwarded-Proto", "http"))) {
      assertThat(get(PROXY, "/sign-in", headers)).startsWith("HTTP/1.1 403");
    }
    assertThat(site.audit()).contains("\"result\":\"refused without encryption\"");
  }

  @Test
  void aRequestFromAnotherAddressIsNotBelieved() throws Exception {
    String answer =
        get(
            NEIGHBOUR,
            "/sign-in",
            Map.of("X-Forwarded-Proto", "https", "X-Forwarded-For", "10.1.2.3"));

    assertThat(answer).startsWith("HTTP/1.1 403");
    assertThat(site.audit())
        .contains("\"from\":\"" + NEIGHBOUR + "\"", "refused without encryption")
        .doesNotContain("10.1.2.3");
  }

  @Test
  void theAuditLogHasTheAddressThatTheProxyStatesLast() throws Exception {
    get(
        PROXY,
        "/absent",
        Map.of("X-Forwarded-Proto", "https", "X-Forwarded-For", "10.9.9.9, 10.1.2.3"));

    assertThat(site.audit()).contains("\"from\":\"10.1.2.3\"").doesNotContain("10.9.9.9");
  }

  @Test
  void anotherNameIsRefusedWhereverItIsStated() throws Exception {
    for (String header : List.of("Host", "X-Forwarded-Host")) {
      Map<String, String> headers = Map.of("X-Forwarded-Proto", "https", header, "evil.example");

      assertThat(get(PROXY, "/sign-in", headers)).as(header).startsWith("HTTP/1.1 400");
    }
  }

  @Test
  void theNameThatTheProxyStatesCountsFromTheProxyAlone() throws Exception {
    Map<String, String> headers =
        Map.of(
            "Host", "evil.example",
            "X-Forwarded-Host", "consentry.clinic.example",
            "X-Forwarded-Proto", "https");

    assertThat(get(PROXY, "/sign-in", headers)).startsWith("HTTP/1.1 200");
    assertThat(get(NEIGHBOUR, "/sign-in", headers)).startsWith("HTTP/1.1 400");
  }

  @Test
  void aProviderLeadsBackToTheNameAndPortThatTheProxyStates() throws Exception {
    site.close();
    try (OpenIdServer provider = OpenIdServer.start()) {
      site =
          Site.startOpenId(
              folder.resolve("provider"),
              provider,
              "consentry.proxies=" + PROXY,
              "consentry.hosts=consentry.clinic.example");
      Map<String, String> headers = Map.of("X-Forwarded-Proto", "https");
      Map<String, String> port = Map.of("X-Forwarded-Proto", "https", "X-Forwarded-Port", "8443");

      String begun = get(PROXY, "/sign-in/provider", headers);

      assertThat(begun)
          .contains("redirect_uri=https://consentry.clinic.example/sign-in/code")
          .contains("Set-Cookie: __Host-consentry-sign-in=", "Path=/;", "Secure");
      assertThat(get(PROXY, "/sign-in/provider", port))
          .contains("redirect_uri=https://consentry.clinic.example:8443/sign-in/code");
    }
  }
}
