package org.consentry.service.notice;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.DummySSLServerSocketFactory;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.consentry.service.notice.Channel.Outcome;
import org.consentry.service.notice.Channel.Result;
import org.consentry.service.notice.MailChannel.Encryption;
import org.consentry.service.notice.MailChannel.Login;
import org.consentry.testing.TestCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Notices by mail, with a real server and with one that misbehaves. */
final class MailChannelTest {

  private static final Outcome NOT_CONNECTED =
      Outcome.refused("no encrypted connection to the mail server could be made");
  private static final Outcome CUT_OFF =
      Outcome.unknown("the connection to the mail server ended before its answer");
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @TempDir private static Path folder;
  private static TestCertificate certificate;
  private GreenMail mail;

  @BeforeAll
  static void certify() throws IOException, InterruptedException {
    certificate = TestCertificate.in(folder);
    System.setProperty(
        DummySSLServerSocketFactory.GREENMAIL_KEYSTORE_FILE_PROPERTY,
        certificate.store().toString());
    System.setProperty(
        DummySSLServerSocketFactory.GREENMAIL_KEYSTORE_PASSWORD_PROPERTY, TestCertificate.PASSWORD);
  }

  @BeforeEach
  void start() {
    mail =
        new GreenMail(
            new ServerSetup[] {
              new ServerSetup(0, "localhost", ServerSetup.PROTOCOL_SMTPS),
              new ServerSetup(0, "localhost", ServerSetup.PROTOCOL_SMTP)
            });
    mail.start();
    mail.setUser("ada@clinic.example", "ada", "correct");
  }

  @AfterEach
  void stop() {
    mail.stop();
  }

  private static MailChannel channel(
      String host, int port, Encryption encryption, Optional<SSLContext> trust, String password)
      throws Exception {
    return channel(
        new MailChannel.Server(
            host,
            port,
            encryption,
            trust,
            password.isEmpty()
                ? Optional.empty()
                : Optional.of(new Login("ada", Sample.secret(folder, password))),
            PATIENCE));
  }

  private static MailChannel channel(MailChannel.Server server) throws Exception {
    return new MailChannel(
        server,
        new InternetAddress("consentry@clinic.example"),
        List.of(new InternetAddress("ada@clinic.example"), new InternetAddress("bob@x.example")));
  }

  private static MailChannel plain(int port) throws Exception {
    return channel("127.0.0.1", port, Encryption.NONE, Optional.empty(), "");
  }

  private Outcome send(String host, Optional<SSLContext> trust, String password) throws Exception {
    return channel(host, mail.getSmtps().getPort(), Encryption.TLS, trust, password)
        .send(Sample.NOTICE);
  }

  private static Optional<SSLContext> trusted() {
    return Optional.of(Certificates.of(certificate.pem()));
  }

  @Test
  void sendsOneMailToAllAddresses() throws Exception {
    assertThat(send("localhost", trusted(), "correct")).isEqualTo(Outcome.sent());

    MimeMessage[] received = mail.getReceivedMessages();
    assertThat(received).hasSize(2);
    assertThat(received[0].getMessageID()).isEqualTo(received[1].getMessageID());
    assertThat(received[0].getFrom())
        .extracting(Object::toString)
        .containsExactly("consentry@clinic.example");
    assertThat(received[0].getSubject()).isEqualTo("Consentry: a release was published: outcomes");
    assertThat(received[0].getContent().toString().replace("\r", "").strip())
        .isEqualTo("a release was published\n\njob: outcomes\nat: 2026-11-29T07:12:00Z");
  }

  @Test
  void refusesACertificateThatIsNotTrustedOrIsOfAnotherName() throws Exception {
    assertThat(send("localhost", Optional.empty(), "correct")).isEqualTo(NOT_CONNECTED);
    assertThat(send("127.0.0.1", trusted(), "correct")).isEqualTo(NOT_CONNECTED);

    assertThat(mail.getReceivedMessages()).isEmpty();
  }

  @Test
  void refusesAServerThatOffersNoEncryption() throws Exception {
    MailChannel channel =
        channel("localhost", mail.getSmtp().getPort(), Encryption.STARTTLS, trusted(), "correct");

    assertThat(channel.send(Sample.NOTICE)).isEqualTo(NOT_CONNECTED);
    assertThat(mail.getReceivedMessages()).isEmpty();
  }

  @Test
  void reportsAWrongPasswordWithoutIt() throws Exception {
    assertThat(send("localhost", trusted(), "canary"))
        .isEqualTo(Outcome.refused("the mail server refused user and password"));
  }

  @Test
  void reportsAServerThatIsNotThereOrDoesNotAnswer() throws Exception {
    int port = mail.getSmtp().getPort();
    mail.stop();
    assertThat(plain(port).send(Sample.NOTICE)).isEqualTo(NOT_CONNECTED);

    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      MailChannel.Server server =
          new MailChannel.Server(
              "127.0.0.1",
              silent.getLocalPort(),
              Encryption.NONE,
              Optional.empty(),
              Optional.empty(),
              Duration.ofMillis(200));
      assertThat(channel(server).send(Sample.NOTICE)).isEqualTo(NOT_CONNECTED);
    }
  }

  @Test
  void aRefusedMailIsKnownToBeRefused() throws Exception {
    for (Map<String, String> answers :
        List.of(
            Map.of("RCPT", "550 canary"),
            Map.of("MAIL", "451 canary"),
            Map.of("DATA", "554 canary"),
            Map.of(".", "452 canary"))) {
      try (ScriptedMail server = new ScriptedMail(answers)) {
        assertThat(plain(server.port()).send(Sample.NOTICE))
            .as(answers.toString())
            .isEqualTo(Outcome.refused("the mail server refused the mail or its addresses"));
      }
    }
  }

  @Test
  void aMailThatSomeAddressesTookWasSent() throws Exception {
    try (ScriptedMail server = new ScriptedMail(Map.of("RCPT TO:<bob", "550 canary"))) {
      assertThat(plain(server.port()).send(Sample.NOTICE))
          .isEqualTo(new Outcome(Result.SENT, "the mail server refused some of the addresses"));
    }
  }

  @Test
  void whatBecameOfAMailIsUnknownWhenTheServerGoesBeforeItsAnswer() throws Exception {
    try (ScriptedMail server = new ScriptedMail(Map.of(".", ""))) {
      assertThat(plain(server.port()).send(Sample.NOTICE)).isEqualTo(CUT_OFF);
    }
  }
}
