package org.consentry.service.openid;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRequest;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.converter.StringHttpMessageConverter;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;

/**
 * Requests to the provider. An answer is bounded in time and size, a redirect is not followed, and
 * few requests are made at once, for which few others wait two seconds, so that a provider that
 * hangs leaves time for other pages. Safe for any number of threads.
 */
final class ProviderCalls implements ClientHttpRequestInterceptor {

  private static final int MOST_BYTES = 512 * 1024;
  private static final int MOST_AT_ONCE = 4;
  private static final int MOST_WAITING = 6;
  private static final int FAILED = 500;
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Duration TO_CONNECT = Duration.ofSeconds(3);
  private static final Duration TO_ANSWER = Duration.ofSeconds(8);

  private final Semaphore crowd = new Semaphore(MOST_AT_ONCE + MOST_WAITING);
  private final Semaphore places = new Semaphore(MOST_AT_ONCE);
  private final JdkClientHttpRequestFactory requests;

  ProviderCalls(Optional<SSLContext> trust) {
    HttpClient.Builder client =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(TO_CONNECT);
    trust.ifPresent(client::sslContext);
    this.requests = new JdkClientHttpRequestFactory(client.build());
    requests.setReadTimeout(TO_ANSWER);
  }

  /** An answer that is larger than any of a provider. */
  static final class TooLarge extends IOException {
    private static final long serialVersionUID = 1L;

    private TooLarge() {
      super("the answer of the provider is too large");
    }
  }

  /** For reading texts. */
  RestTemplate reading() {
    RestTemplate template = new RestTemplate(List.of(new StringHttpMessageConverter()));
    template.setRequestFactory(requests);
    template.setInterceptors(List.of(this));
    return template;
  }

  /** For other requests. */
  RestClient.Builder client() {
    return RestClient.builder().requestFactory(requests).requestInterceptor(this);
  }

  @Override
  public ClientHttpResponse intercept(
      HttpRequest request, byte[] body, ClientHttpRequestExecution execution) throws IOException {
    if (!crowd.tryAcquire()) {
      throw tooMany();
    }
    try {
      return inTurn(request, body, execution);
    } finally {
      crowd.release();
    }
  }

  private ClientHttpResponse inTurn(
      HttpRequest request, byte[] body, ClientHttpRequestExecution execution) throws IOException {
    if (!isMyTurn()) {
      throw tooMany();
    }
    try (ClientHttpResponse answer = execution.execute(request, body)) {
      if (answer.getStatusCode().value() >= FAILED) {
        throw new IOException("the provider failed");
      }
      byte[] bytes = answer.getBody().readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new TooLarge();
      }
      return new Whole(
          answer.getStatusCode(), answer.getHeaders(), new ByteArrayInputStream(bytes));
    } finally {
      places.release();
    }
  }

  private boolean isMyTurn() {
    try {
      return places.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static IOException tooMany() {
    return new IOException("too many ask the provider at once");
  }

  /** An answer that was read. */
  private record Whole(HttpStatusCode status, HttpHeaders headers, InputStream body)
      implements ClientHttpResponse {

    @Override
    public HttpStatusCode getStatusCode() {
      return status;
    }

    @Override
    public String getStatusText() {
      return "";
    }

    @Override
    public HttpHeaders getHeaders() {
      return headers;
    }

    @Override
    public InputStream getBody() {
      return body;
    }

    @Override
    public void close() {}
  }
}
