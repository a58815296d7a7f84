package org.consentry.service;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.consentry.keys.SharedSecret;
import org.consentry.problem.ProblemException;
import org.consentry.service.notice.Certificates;
import org.consentry.service.openid.OpenId;

/**
 * Reads which OpenID provider signs people in. What a value of its roles means is listed; a value
 * that is not listed means nothing.
 *
 * <p><b>Security promise:</b> no message has a value.
 */
final class OpenIdSettings {

  private static final String PREFIX = "consentry.openid.";

  /** The key that names the provider. */
  static final String ISSUER = PREFIX + "issuer";

  private static final String CLIENT = PREFIX + "client-id";
  private static final String SECRET = PREFIX + "client-secret";
  private static final String SCOPES = PREFIX + "scopes";
  private static final String NAME = PREFIX + "name-claim";
  private static final String ROLES = PREFIX + "roles-claim";
  private static final String LEVELS = PREFIX + "acr";
  private static final String CERTIFICATES = PREFIX + "certificates";
  private static final String ROLE = PREFIX + "roles.";

  /** All keys. */
  static final List<String> KEYS =
      Stream.concat(
              Stream.of(ISSUER, CLIENT, SECRET, SCOPES, NAME, ROLES, LEVELS, CERTIFICATES),
              Role.words().stream().map(ROLE::concat))
          .toList();

  private static final List<String> USUAL_SCOPES = List.of("profile", "email");
  private static final Pattern WORD = Pattern.compile("[\\x21\\x23-\\x5b\\x5d-\\x7e]{1,200}");
  private static final List<String> THIS_MACHINE = List.of("localhost", "127.0.0.1", "[::1]");

  private final SettingsFile file;
  private final Path folder;

  private OpenIdSettings(SettingsFile file, Path folder) {
    this.file = file;
    this.folder = folder;
  }

  /** Whether a file has any of the keys. */
  static boolean isMeant(SettingsFile file) {
    return KEYS.stream().anyMatch(key -> file.value(key).isPresent());
  }

  /**
   * The provider of a file; what is wrong is added to its problems.
   *
   * @param folder relative paths are relative to it
   * @param idle after so long without a request a person signs in again, at the provider too
   * @throws ProblemException category KEY when what a reference names cannot be read
   */
  static Optional<OpenId> read(SettingsFile file, Path folder, Duration idle) {
    return isMeant(file) ? new OpenIdSettings(file, folder).provider(idle) : Optional.empty();
  }

  private Optional<OpenId> provider(Duration idle) {
    Optional<URI> issuer = issuer();
    Optional<String> client = word(CLIENT, "");
    Optional<SharedSecret> secret =
        file.secret(SECRET, folder, "to the secret that the provider gave to this service");
    List<String> scopes = words(SCOPES);
    Optional<String> name = word(NAME, "email");
    Optional<String> roles = word(ROLES, "roles");
    Map<String, Set<String>> authorities = authorities();
    List<String> levels = words(LEVELS);
    Optional<SSLContext> trust =
        file.value(CERTIFICATES).map(path -> Certificates.of(folder.resolve(path)));
    if (Stream.of(issuer, client, secret, name, roles).anyMatch(Optional::isEmpty)) {
      return Optional.empty();
    }
    return Optional.of(
        new OpenId(
            issuer.get(),
            client.get(),
            secret.get(),
            Stream.concat(Stream.of("openid"), (scopes.isEmpty() ? USUAL_SCOPES : scopes).stream())
                .distinct()
                .toList(),
            new OpenId.Claims(name.get(), roles.get(), authorities, levels, idle),
            trust));
  }

  private Optional<URI> issuer() {
    Optional<URI> issuer = Optional.empty();
    try {
      issuer = file.value(ISSUER).map(URI::create).filter(OpenIdSettings::isUsable);
    } catch (IllegalArgumentException none) {
      issuer = Optional.empty();
    }
    if (issuer.isEmpty()) {
      file.problem(
          ISSUER,
          "expected the address of the provider, which begins with https://, without a question"
              + " mark, user and password",
          "http:// is for a provider on the same machine");
    }
    return issuer;
  }

  private static boolean isUsable(URI address) {
    boolean isEncrypted = "https".equals(address.getScheme());
    boolean isHere =
        "http".equals(address.getScheme())
            && address.getHost() != null
            && THIS_MACHINE.contains(address.getHost());
    return address.getHost() != null
        && address.getRawUserInfo() == null
        && address.getRawQuery() == null
        && address.getRawFragment() == null
        && (isEncrypted || isHere);
  }

  /** A word without blanks; an empty usual one means that there is none. */
  private Optional<String> word(String key, String usual) {
    Optional<String> word =
        Optional.of(file.value(key).orElse(usual)).filter(text -> WORD.matcher(text).matches());
    if (word.isEmpty()) {
      file.problem(key, "expected a word without blanks", "the provider's pages show it");
    }
    return word;
  }

  private List<String> words(String key) {
    List<String> words = file.words(key);
    boolean isMissing = words.isEmpty() && file.value(key).isPresent();
    if (isMissing || !words.stream().allMatch(word -> WORD.matcher(word).matches())) {
      file.problem(key, "expected words without blanks, separated by commas", "");
    }
    return words;
  }

  private Map<String, Set<String>> authorities() {
    Map<String, Set<String>> authorities = new HashMap<>();
    for (Role role : Role.values()) {
      for (String value : file.words(ROLE + role.word())) {
        authorities.computeIfAbsent(value, first -> new HashSet<>()).add("ROLE_" + role.name());
      }
    }
    if (authorities.isEmpty()) {
      file.problem(
          PREFIX + "roles",
          "no value of the provider means a role, so that no person may do anything",
          "add " + ROLE + "ROLE=VALUE, with a role of: " + String.join(", ", Role.words()));
    }
    return authorities;
  }
}
