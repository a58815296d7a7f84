package org.consentry.service;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.consentry.keys.SharedSecret;
import org.consentry.problem.ProblemException;
import org.consentry.service.notice.Certificates;
import org.consentry.service.notice.Channel;
import org.consentry.service.notice.MailChannel;
import org.consentry.service.notice.MailChannel.Encryption;
import org.consentry.service.notice.WebhookChannel;

/**
 * Makes the channels that the settings of the service state. A connection to another machine is
 * encrypted; a password, a secret and an address that contains one are references.
 *
 * <p><b>Security promise:</b> no message has a value.
 */
final class NoticeSettings {

  private static final String MAIL = "consentry.notices.mail.";
  private static final String HOST = MAIL + "host";
  private static final String PORT = MAIL + "port";
  private static final String FROM = MAIL + "from";
  private static final String TO = MAIL + "to";
  private static final String ENCRYPTION = MAIL + "encryption";
  private static final String USER = MAIL + "user";
  private static final String PASSWORD = MAIL + "password";
  private static final String URL = "consentry.notices.webhook.url";
  private static final String SECRET = "consentry.notices.webhook.secret";
  private static final String CERTIFICATES = "consentry.notices.certificates";

  /** All keys. */
  static final List<String> KEYS =
      List.of(HOST, PORT, FROM, TO, ENCRYPTION, USER, PASSWORD, URL, SECRET, CERTIFICATES);

  private static final List<String> OF_MAIL = List.of(PORT, FROM, TO, ENCRYPTION, USER, PASSWORD);
  private static final List<String> THIS_MACHINE =
      List.of("localhost", "127.0.0.1", "::1", "[::1]");
  private static final String HOST_FORM = "[A-Za-z0-9]([A-Za-z0-9.-]{0,252}[A-Za-z0-9])?|::1";
  private static final int MOST_ADDRESSES = 20;
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final SettingsFile file;
  private final Path folder;

  private NoticeSettings(SettingsFile file, Path folder) {
    this.file = file;
    this.folder = folder;
  }

  /**
   * The channels of a file; what is wrong is added to its problems.
   *
   * @param folder relative paths are relative to it
   * @throws ProblemException category KEY when what a reference names cannot be read
   */
  static List<Channel> channels(SettingsFile file, Path folder) {
    NoticeSettings settings = new NoticeSettings(file, folder);
    Optional<SSLContext> trust =
        file.value(CERTIFICATES).map(path -> Certificates.of(folder.resolve(path)));
    return Stream.concat(settings.mail(trust).stream(), settings.webhook(trust).stream()).toList();
  }

  private Optional<Channel> mail(Optional<SSLContext> trust) {
    Optional<String> host = file.value(HOST);
    if (host.isEmpty()) {
      OF_MAIL.stream()
          .filter(key -> file.value(key).isPresent())
          .forEach(key -> file.problem(key, HOST + " is missing", "add the mail server"));
      return Optional.empty();
    }
    if (!host.get().matches(HOST_FORM)) {
      file.problem(HOST, "expected the name of a host, without a port", "");
    }
    Encryption encryption = encryption(host.get());
    List<InternetAddress> from = addresses(FROM);
    List<InternetAddress> to = addresses(TO);
    if (from.size() > 1) {
      file.problem(FROM, "expected one address", "");
    }
    int port = file.number(PORT, encryption.port(), 1, SettingsFile.MOST_PORT);
    Optional<MailChannel.Login> login = login();
    return from.size() != 1 || to.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new MailChannel(
                new MailChannel.Server(host.get(), port, encryption, trust, login, PATIENCE),
                from.get(0),
                to));
  }

  private Encryption encryption(String host) {
    String word = file.value(ENCRYPTION).orElse("starttls");
    for (Encryption one : Encryption.values()) {
      if (one.name().toLowerCase(Locale.ROOT).equals(word)) {
        if (one == Encryption.NONE && !THIS_MACHINE.contains(host)) {
          file.problem(
              ENCRYPTION, "a mail server on another machine needs encryption", "starttls or tls");
        }
        return one;
      }
    }
    file.problem(ENCRYPTION, "expected one of: starttls, tls, none", "");
    return Encryption.STARTTLS;
  }

  private List<InternetAddress> addresses(String key) {
    List<String> words = file.words(key);
    List<InternetAddress> addresses = new ArrayList<>();
    try {
      for (String word : words) {
        InternetAddress address = new InternetAddress(word, true);
        address.validate();
        addresses.add(address);
      }
    } catch (AddressException none) {
      addresses.clear();
    }
    if (addresses.isEmpty() || words.size() > MOST_ADDRESSES) {
      file.problem(
          key, "expected addresses of mail, separated by commas", "name 1 to " + MOST_ADDRESSES);
    }
    return addresses;
  }

  private Optional<MailChannel.Login> login() {
    Optional<String> user = file.value(USER);
    if (user.isPresent() != file.value(PASSWORD).isPresent()) {
      file.problem(
          user.isPresent() ? USER : PASSWORD, "expected both " + USER + " and " + PASSWORD, "");
      return Optional.empty();
    }
    return user.flatMap(
        name ->
            file.secret(PASSWORD, folder).map(password -> new MailChannel.Login(name, password)));
  }

  private Optional<Channel> webhook(Optional<SSLContext> trust) {
    Optional<String> stated = file.value(URL);
    if (stated.isEmpty()) {
      if (file.value(SECRET).isPresent()) {
        file.problem(SECRET, URL + " is missing", "add the address");
      }
      return Optional.empty();
    }
    boolean isReference = !stated.get().matches("(?i)https?:.*");
    Optional<String> text = isReference ? file.secret(URL, folder).map(SharedSecret::text) : stated;
    Optional<SharedSecret> secret = file.value(SECRET).flatMap(key -> file.secret(SECRET, folder));
    return text.flatMap(this::address)
        .map(address -> new WebhookChannel(address, secret, trust, PATIENCE));
  }

  private Optional<URI> address(String text) {
    Optional<URI> address = Optional.empty();
    try {
      address = Optional.of(URI.create(text)).filter(NoticeSettings::isUsable);
    } catch (IllegalArgumentException none) {
      address = Optional.empty();
    }
    if (address.isEmpty()) {
      file.problem(
          URL,
          "expected an address that begins with https://, without user and password",
          "http:// is for a program on the same machine; write file:PATH or env:NAME for an address"
              + " that contains a secret");
    }
    return address;
  }

  private static boolean isUsable(URI address) {
    boolean isEncrypted = "https".equalsIgnoreCase(address.getScheme());
    return address.getHost() != null
        && address.getRawUserInfo() == null
        && (isEncrypted || THIS_MACHINE.contains(address.getHost()));
  }
}
