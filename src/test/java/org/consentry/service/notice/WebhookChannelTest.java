package org.consentry.service.notice;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLContext;
import org.consentry.service.notice.Channel.Outcome;
import org.consentry.testing.TestCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Notices to a real endpoint of HTTP. */
final class WebhookChannelTest {

  private static final Outcome NOT_CONNECTED =
      Outcome.refused("no connection to the webhook could be made");
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final List<Request> requests = new CopyOnWriteArrayList<>();
  @TempDir private Path folder;
  private HttpServer server;

  private record Request(String method, String path, String type, String signature, String body) {}

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(here(), 0);
    answer(server);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private static InetSocketAddress here() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  /** A path such as /503 is answered with that code, and with a way to /200. */
  private void answer(HttpServer one) {
    one.createContext(
        "/",
        exchange -> {
          requests.add(request(exchange));
          exchange.getResponseHeaders().set("Location", "/200");
          exchange.sendResponseHeaders(
              Integer.parseInt(exchange.getRequestURI().getPath().substring(1)), -1);
          exchange.close();
        });
  }

  private static Request request(HttpExchange exchange) throws IOException {
    return new Request(
        exchange.getRequestMethod(),
        exchange.getRequestURI().getPath(),
        header(exchange, "Content-Type"),
        header(exchange, WebhookChannel.SIGNATURE),
        new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
  }

  private static String header(HttpExchange exchange, String name) {
    return String.valueOf(exchange.getRequestHeaders().getFirst(name));
  }

  private Outcome send(String path) {
    return send("http://127.0.0.1:" + server.getAddress().getPort() + path, Optional.empty());
  }

  private static Outcome send(String address, Optional<SSLContext> trust) {
    return new WebhookChannel(URI.create(address), Optional.empty(), trust, PATIENCE)
        .send(Sample.NOTICE);
  }

  @Test
  void postsAnObject() {
    assertThat(send("/200")).isEqualTo(Outcome.sent());

    assertThat(requests)
        .containsExactly(
            new Request(
                "POST",
                "/200",
                "application/json",
                "null",
                "{\"id\":\"released/run-1\",\"notice\":\"released\","
                    + "\"at\":\"2026-11-29T07:12:00Z\",\"job\":\"outcomes\"}"));
  }

  @Test
  void authenticatesTheBodyByTheSecret() throws Exception {
    WebhookChannel channel =
        new WebhookChannel(
            URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/204"),
            Optional.of(Sample.secret(folder, "our secret")),
            Optional.empty(),
            PATIENCE);

    assertThat(channel.send(Sample.NOTICE)).isEqualTo(Outcome.sent());

    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec("our secret".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    byte[] body = requests.get(0).body().getBytes(StandardCharsets.UTF_8);
    assertThat(requests.get(0).signature())
        .isEqualTo("sha256=" + HexFormat.of().formatHex(mac.doFinal(body)));
  }

  @Test
  void isRefusedByEveryCodeThatIsNoSuccess() {
    for (int code : List.of(400, 404, 429, 500, 503)) {
      assertThat(send("/" + code))
          .isEqualTo(Outcome.refused("the webhook answered with code " + code));
    }
  }

  @Test
  void followsNoRedirect() {
    for (int code : List.of(301, 302, 303, 307, 308)) {
      assertThat(send("/" + code))
          .isEqualTo(Outcome.refused("the webhook answered with code " + code));
    }

    assertThat(requests).extracting(Request::path).doesNotContain("/200").hasSize(5);
  }

  @Test
  void reportsAnEndpointThatIsNotThere() {
    int port = server.getAddress().getPort();
    server.stop(0);

    assertThat(send("http://127.0.0.1:" + port + "/200", Optional.empty()))
        .isEqualTo(NOT_CONNECTED);
  }

  @Test
  void doesNotKnowWhetherASilentEndpointTookIt() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      WebhookChannel channel =
          new WebhookChannel(
              URI.create("http://127.0.0.1:" + silent.getLocalPort()),
              Optional.empty(),
              Optional.empty(),
              Duration.ofMillis(300));

      assertThat(channel.send(Sample.NOTICE))
          .isEqualTo(Outcome.unknown("the webhook did not answer"));
    }
  }

  @Test
  void connectsOnlyToATrustedCertificateOfTheName() throws Exception {
    TestCertificate certificate = TestCertificate.in(folder);
    HttpsServer encrypted = HttpsServer.create(here(), 0);
    encrypted.setHttpsConfigurator(new HttpsConfigurator(certificate.server()));
    answer(encrypted);
    encrypted.start();
    try {
      Optional<SSLContext> trust = Optional.of(Certificates.of(certificate.pem()));
      String port = ":" + encrypted.getAddress().getPort() + "/200";

      assertThat(send("https://localhost" + port, trust)).isEqualTo(Outcome.sent());
      assertThat(send("https://127.0.0.1" + port, trust)).isEqualTo(NOT_CONNECTED);
      assertThat(send("https://localhost" + port, Optional.empty())).isEqualTo(NOT_CONNECTED);
      assertThat(requests).hasSize(1);
    } finally {
      encrypted.stop(0);
    }
  }
}
