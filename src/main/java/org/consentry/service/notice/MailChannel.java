package org.consentry.service.notice;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import javax.net.ssl.SSLContext;
import org.consentry.data.Sha256;
import org.consentry.keys.SharedSecret;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;

/** Sends a notice as one mail to all addresses. The name of a server is checked with TLS. */
public final class MailChannel implements Channel {

  /** The word for it. */
  public static final String WORD = "mail";

  private static final int FIRST_REFUSAL = 400;

  private final Server server;
  private final InternetAddress from;
  private final InternetAddress[] to;
  private final Properties properties;

  /** How a connection is encrypted. */
  public enum Encryption {
    /** The connection begins without, and is encrypted before anything is sent. */
    STARTTLS(587),
    /** From the beginning. */
    TLS(465),
    /** Never: for a server on the same machine. */
    NONE(25);

    private final int port;

    Encryption(int port) {
      this.port = port;
    }

    /** The usual port. */
    public int port() {
      return port;
    }
  }

  /** A user of the server. */
  public record Login(String user, SharedSecret password) {}

  /**
   * A server for outgoing mail.
   *
   * @param trust which certificates are trusted; empty means those of this Java
   * @param login empty when it asks for none
   * @param patience how long to wait for each answer
   */
  public record Server(
      String host,
      int port,
      Encryption encryption,
      Optional<SSLContext> trust,
      Optional<Login> login,
      Duration patience) {}

  /**
   * A channel to some addresses.
   *
   * @param from the sender
   * @param to not empty
   */
  public MailChannel(Server server, InternetAddress from, List<InternetAddress> to) {
    this.server = server;
    this.from = from;
    this.to = to.toArray(InternetAddress[]::new);
    this.properties = properties(server);
  }

  private static Properties properties(Server server) {
    String millis = Long.toString(server.patience().toMillis());
    boolean isEncrypted = server.encryption() != Encryption.NONE;
    Properties properties = new Properties();
    properties.put("mail.smtp.connectiontimeout", millis);
    properties.put("mail.smtp.timeout", millis);
    properties.put("mail.smtp.writetimeout", millis);
    properties.put("mail.smtp.sendpartial", "true");
    properties.put("mail.smtp.auth", Boolean.toString(server.login().isPresent()));
    properties.put("mail.smtp.ssl.enable", isTrue(server.encryption() == Encryption.TLS));
    properties.put("mail.smtp.starttls.enable", isTrue(server.encryption() == Encryption.STARTTLS));
    properties.put("mail.smtp.starttls.required", isTrue(isEncrypted));
    properties.put("mail.smtp.ssl.checkserveridentity", "true");
    properties.put("mail.smtp.ssl.protocols", "TLSv1.2 TLSv1.3");
    server
        .trust()
        .ifPresent(
            trust -> properties.put("mail.smtp.ssl.socketFactory", trust.getSocketFactory()));
    return properties;
  }

  private static String isTrue(boolean value) {
    return Boolean.toString(value);
  }

  @Override
  public String word() {
    return WORD;
  }

  @Override
  public Outcome send(Notice notice) {
    Session session = Session.getInstance(properties);
    Transport transport;
    MimeMessage message;
    try {
      message = message(session, notice);
      transport = session.getTransport("smtp");
      transport.connect(
          server.host(),
          server.port(),
          server.login().map(Login::user).orElse(null),
          server.login().map(Login::password).map(SharedSecret::text).orElse(null));
    } catch (AuthenticationFailedException wrong) {
      return Outcome.refused("the mail server refused user and password");
    } catch (MessagingException notConnected) {
      return Outcome.refused("no encrypted connection to the mail server could be made");
    }
    try {
      transport.sendMessage(message, to);
      return Outcome.sent();
    } catch (SendFailedException failed) {
      return outcome(failed);
    } catch (MessagingException cutOff) {
      return Outcome.unknown("the connection to the mail server ended before its answer");
    } finally {
      close(transport);
    }
  }

  private static Outcome outcome(SendFailedException failed) {
    if (failed.getValidSentAddresses() != null && failed.getValidSentAddresses().length > 0) {
      return new Outcome(Result.SENT, "the mail server refused some of the addresses");
    }
    boolean isCutOff =
        failed instanceof SMTPSendFailedException answer && answer.getReturnCode() < FIRST_REFUSAL;
    return isCutOff
        ? Outcome.unknown("the connection to the mail server ended before its answer")
        : Outcome.refused("the mail server refused the mail or its addresses");
  }

  /** The server has answered; what goes wrong now changes nothing. */
  private static void close(Transport transport) {
    try {
      transport.close();
    } catch (MessagingException after) {
      return;
    }
  }

  private MimeMessage message(Session session, Notice notice) throws MessagingException {
    MimeMessage message = new Named(session, notice.id());
    message.setFrom(from);
    message.setRecipients(Message.RecipientType.TO, to);
    message.setSubject(notice.subject(), StandardCharsets.UTF_8.name());
    message.setSentDate(Date.from(notice.at()));
    message.setHeader("Auto-Submitted", "auto-generated");
    message.setText(notice.text(), StandardCharsets.UTF_8.name());
    message.saveChanges();
    return message;
  }

  /** A mail that has the same id each time. */
  private static final class Named extends MimeMessage {

    private final String id;

    private Named(Session session, String id) {
      super(session);
      this.id = id;
    }

    @Override
    protected void updateMessageID() throws MessagingException {
      byte[] bytes = id.getBytes(StandardCharsets.UTF_8);
      setHeader("Message-ID", "<" + Sha256.hex(bytes) + "@consentry.invalid>");
    }
  }
}
