package org.consentry.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.consentry.service.notice.Certificates;
import org.consentry.testing.TestCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service with a certificate of its own, on another address than the usual one. */
final class EncryptionTest {

  private static final String ADDRESS = "127.0.0.2";
  private static final int HANDSHAKE = 22;
  private static final int ALERT = 21;
  private static final int PROTOCOL_VERSION = 70;

  @TempDir private Path folder;
  private SSLContext trust;
  private Site site;

  @BeforeEach
  void start() throws Exception {
    TestCertificate certificate =
        TestCertificate.in(Files.createDirectory(folder.resolve("tls")), "ip:" + ADDRESS);
    trust = Certificates.of(certificate.pem());
    site =
        Site.start(
            folder,
            "server.address=" + ADDRESS,
            "consentry.hosts=consentry.clinic.example",
            "server.ssl.bundle=web",
            "spring.ssl.bundle.pem.web.keystore.certificate=file:" + certificate.pem(),
            "spring.ssl.bundle.pem.web.keystore.private-key=file:" + certificate.key());
  }

  @AfterEach
  void end() {
    site.close();
  }

  private String address() {
    return "https://" + ADDRESS + ":" + site.port();
  }

  @Test
  void aPersonSignsInOverAConnectionThatIsEncrypted() throws Exception {
    Visitor steward = new Visitor(address(), Optional.of(trust));

    HttpResponse<String> page = steward.get("/sign-in");
    steward.signIn("steward", Site.PASSWORD);

    assertThat(page.headers().firstValue("Strict-Transport-Security").orElseThrow())
        .contains("max-age=31536000");
    assertThat(page.headers().firstValue("Set-Cookie").orElseThrow())
        .contains("Secure", "HttpOnly", "SameSite=Strict");
    assertThat(page.sslSession().orElseThrow().getProtocol()).isEqualTo("TLSv1.3");
    assertThat(steward.get("/").body()).contains("Signed in as steward");
  }

  @Test
  void aClientThatDoesNotTrustTheCertificateGetsNoPage() {
    assertThatThrownBy(() -> new Visitor(address(), Optional.empty()).get("/sign-in"))
        .isInstanceOf(SSLHandshakeException.class);
  }

  @Test
  void aRequestWithoutEncryptionGetsNoPage() throws Exception {
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(
                        URI.create("http://" + ADDRESS + ":" + site.port() + "/sign-in"))
                    .build(),
                BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).doesNotContain("Consentry");
  }

  @Test
  void version12IsAcceptedAndVersion11IsNot() throws Exception {
    try (SSLSocket socket =
        (SSLSocket) trust.getSocketFactory().createSocket(ADDRESS, site.port())) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setProtocols(new String[] {"TLSv1.2"});
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.2");
    }

    assertThat(greeted("0303")[0]).as("the greeting is understood").isEqualTo(HANDSHAKE);
    for (String old : List.of("0302", "0301", "0300")) {
      int[] answer = greeted(old);
      assertThat(answer[0]).as(old).isEqualTo(ALERT);
      assertThat(answer[1]).as(old).isEqualTo(PROTOCOL_VERSION);
    }
  }

  /**
   * What the service answers to a ClientHello of a version (RFC 5246, 7.4.1.2), which the client of
   * this machine would not send: the kind of its record, and of an alert its description.
   */
  private int[] greeted(String version) throws IOException {
    String extensions =
        "000a00080006001700180019" // groups: secp256r1, secp384r1, secp521r1
            + "000b00020100" // points are not compressed
            + "000d00080006040305030603"; // signatures: ECDSA with SHA-256, SHA-384, SHA-512
    String hello =
        version
            + "00".repeat(32) // random
            + "00" // no session
            + "0006c02bc023c009" // ciphers: ECDHE-ECDSA with AES-128
            + "0100" // no compression
            + String.format(java.util.Locale.ROOT, "%04x", extensions.length() / 2)
            + extensions;
    String message =
        "01" + String.format(java.util.Locale.ROOT, "%06x", hello.length() / 2) + hello;
    String sent =
        "160301" + String.format(java.util.Locale.ROOT, "%04x", message.length() / 2) + message;
    try (Socket socket = new Socket(ADDRESS, site.port())) {
      socket.getOutputStream().write(HexFormat.of().parseHex(sent));
      byte[] answer = new byte[7];
      new DataInputStream(socket.getInputStream()).readFully(answer);
      return new int[] {answer[0], answer[6]};
    }
  }

  @Test
  void aRequestByAnotherNameIsRefused() throws Exception {
    Visitor visitor = new Visitor("https://" + ADDRESS + ":" + site.port(), Optional.of(trust));

    assertThat(visitor.get("/sign-in").statusCode()).isEqualTo(200);
    try (SSLSocket socket =
        (SSLSocket) trust.getSocketFactory().createSocket(ADDRESS, site.port())) {
      Map<String, String> foreign = Map.of("Host", "evil.example");
      assertThat(RawRequest.get("/sign-in", foreign).over(socket)).startsWith("HTTP/1.1 400");
    }
  }
}
