package org.consentry.service.notice;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.consentry.keys.SharedSecret;
import tools.jackson.databind.json.JsonMapper;

/**
 * Posts a notice as a JSON object. With a secret, the header {@code Consentry-Signature} has {@code
 * sha256=} and the HMAC of the body. Redirects are not followed.
 */
public final class WebhookChannel implements Channel {

  /** The word for it. */
  public static final String WORD = "webhook";

  /** The header with the HMAC. */
  static final String SIGNATURE = "Consentry-Signature";

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int OK = 200;
  private static final int NO_LONGER_OK = 300;

  private final URI address;
  private final Optional<SharedSecret> secret;
  private final Duration patience;
  private final HttpClient client;

  /**
   * A channel to an address.
   *
   * @param trust which certificates are trusted; empty means those of this Java
   * @param patience how long to wait for a connection, and for the answer
   */
  public WebhookChannel(
      URI address, Optional<SharedSecret> secret, Optional<SSLContext> trust, Duration patience) {
    this.address = address;
    this.secret = secret;
    this.patience = patience;
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(patience);
    trust.ifPresent(builder::sslContext);
    this.client = builder.build();
  }

  @Override
  public String word() {
    return WORD;
  }

  @Override
  public Outcome send(Notice notice) {
    byte[] body = JSON.writeValueAsBytes(notice.members());
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .timeout(patience)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    secret.ifPresent(known -> request.header(SIGNATURE, "sha256=" + known.hmac(body)));
    try {
      int code = client.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
      return code >= OK && code < NO_LONGER_OK
          ? Outcome.sent()
          : Outcome.refused("the webhook answered with code " + code);
    } catch (ConnectException | HttpConnectTimeoutException | SSLHandshakeException notConnected) {
      return Outcome.refused("no connection to the webhook could be made");
    } catch (IOException cutOff) {
      return Outcome.unknown("the webhook did not answer");
    } catch (InterruptedException givenUp) {
      Thread.currentThread().interrupt();
      return Outcome.unknown("the service ended before the webhook answered");
    }
  }
}
