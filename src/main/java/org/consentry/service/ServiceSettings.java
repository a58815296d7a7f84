package org.consentry.service;

import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.consentry.ledger.StateFolder;
import org.consentry.problem.ProblemException;
import org.consentry.service.notice.Channel;
import org.consentry.service.openid.OpenId;

/**
 * What {@code application.properties} of the state folder states for the service. It is read
 * strictly: an unknown key, a user without a role and an address of the network without encryption
 * are refused.
 *
 * <p><b>Security promise:</b> no message has a value, and toString shows none.
 *
 * @param address where the service listens
 * @param port where it listens; 0 means any that is free
 * @param tls the name of the bundle with certificate and key; empty means none
 * @param hosts names by which browsers may ask for it, besides those of this machine
 * @param proxies addresses of the proxies in front of it
 * @param idleMinutes after so many minutes without a request a person signs in again
 * @param users who signs in by a password
 * @param openId the provider by which people sign in; empty when they have passwords
 * @param channels by which notices are sent
 * @param metrics who gets metrics
 * @param others the keys of other libraries, with their values; of a bundle also the versions of
 *     TLS
 */
record ServiceSettings(
    String address,
    int port,
    Optional<String> tls,
    List<String> hosts,
    List<String> proxies,
    int idleMinutes,
    Map<String, LocalUser> users,
    Optional<OpenId> openId,
    List<Channel> channels,
    MetricsSettings metrics,
    Map<String, String> others) {

  private static final String ADDRESS = "server.address";
  private static final String PORT = "server.port";
  private static final String BUNDLE = "server.ssl.bundle";
  private static final String HOSTS = "consentry.hosts";
  private static final String PROXIES = "consentry.proxies";
  private static final String IDLE = "consentry.session.minutes";
  private static final String USERS = "consentry.users.";
  private static final String LOOPBACK = "127.0.0.1";
  private static final int USUAL_PORT = 8470;
  private static final int USUAL_IDLE = 20;
  private static final int MOST_IDLE = 60;

  private static final List<String> KEYS =
      Stream.of(
              Stream.of(
                  "zone",
                  "clinic.name",
                  "clinic.address",
                  "clinic.phone",
                  ADDRESS,
                  PORT,
                  BUNDLE,
                  HOSTS,
                  PROXIES,
                  IDLE),
              NoticeSettings.KEYS.stream(),
              OpenIdSettings.KEYS.stream(),
              MetricsSettings.KEYS.stream())
          .flatMap(keys -> keys)
          .toList();

  private static final Pattern USER =
      Pattern.compile("consentry\\.users\\.([a-z][a-z0-9-]{0,31})\\.(password|roles)");
  private static final Pattern TLS =
      Pattern.compile(
          "(spring\\.ssl\\.bundle\\.(?:pem|jks)\\.[a-z0-9-]+\\.)(?!options\\.)[a-z.-]+");
  private static final String TLS_VERSIONS = "TLSv1.2,TLSv1.3";
  private static final Pattern DATABASE = Pattern.compile("spring\\.datasource\\.[a-z.-]+");

  private static final Pattern HASH = Pattern.compile("\\{bcrypt}\\$2[aby]\\$(\\d\\d)\\$.{53}");
  private static final int LEAST_STRENGTH = 10;

  private static final Pattern HOST = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,252}[a-z0-9])?");
  private static final Pattern NUMBERS =
      Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|[0-9a-f:]*:[0-9a-f:.]*");

  ServiceSettings {
    hosts = List.copyOf(hosts);
    proxies = List.copyOf(proxies);
    users = Map.copyOf(users);
    channels = List.copyOf(channels);
    others = Map.copyOf(others);
  }

  /**
   * Reads the file of a state folder.
   *
   * @throws ProblemException category FILES_INVALID with all that is wrong, KEY when a reference
   *     names nothing that can be read
   */
  static ServiceSettings read(StateFolder state) {
    SettingsFile file = SettingsFile.read(state.properties());
    file.requireKnown(KEYS, List.of(USER, TLS, DATABASE));
    int idle = file.number(IDLE, USUAL_IDLE, 1, MOST_IDLE);
    ServiceSettings settings =
        new ServiceSettings(
            file.value(ADDRESS).orElse(LOOPBACK),
            file.number(PORT, USUAL_PORT, 0, SettingsFile.MOST_PORT),
            file.value(BUNDLE),
            file.words(HOSTS),
            file.words(PROXIES),
            idle,
            users(file),
            OpenIdSettings.read(file, state.home(), Duration.ofMinutes(idle)),
            NoticeSettings.channels(file, state.home()),
            MetricsSettings.read(file, state.home()),
            others(file));
    settings.check(file);
    file.throwIfAny();
    return settings;
  }

  private static Map<String, LocalUser> users(SettingsFile file) {
    Map<String, LocalUser> users = new TreeMap<>();
    for (String key : file.values().keySet()) {
      Matcher user = USER.matcher(key);
      if (user.matches()) {
        String name = user.group(1);
        users.computeIfAbsent(name, first -> user(file, key, first));
      }
    }
    return users;
  }

  private static LocalUser user(SettingsFile file, String key, String name) {
    String hash = file.value(USERS + name + ".password").orElse("");
    Matcher form = HASH.matcher(hash);
    if (!form.matches() || Integer.parseInt(form.group(1)) < LEAST_STRENGTH) {
      file.problem(
          key,
          "expected the hash of a password for this user, of bcrypt and strength 10 or more",
          "consentry serve --hash-password makes the line");
    }
    List<String> words = file.words(USERS + name + ".roles");
    Set<Role> roles = EnumSet.noneOf(Role.class);
    words.forEach(word -> Role.of(word).ifPresent(roles::add));
    if (words.isEmpty() || roles.size() < words.size()) {
      file.problem(
          key,
          "expected roles for this user, separated by commas",
          "one of: " + String.join(", ", Role.words()));
    }
    return new LocalUser(name, hash.replaceFirst("^\\{bcrypt}", ""), roles);
  }

  private static Map<String, String> others(SettingsFile file) {
    Map<String, String> others = new LinkedHashMap<>();
    file.values()
        .forEach(
            (key, value) -> {
              Matcher bundle = TLS.matcher(key);
              if (bundle.matches()) {
                others.put(key, value);
                others.put(bundle.group(1) + "options.enabled-protocols", TLS_VERSIONS);
              }
            });
    return others;
  }

  private void check(SettingsFile file) {
    if (!isLoopback() && tls.isEmpty() && proxies.isEmpty()) {
      file.problem(
          ADDRESS,
          "an address of the network needs encryption, and neither "
              + BUNDLE
              + " nor "
              + PROXIES
              + " is there",
          "name certificate and key by spring.ssl.bundle.pem.NAME.keystore.certificate and"
              + " .private-key, and NAME by "
              + BUNDLE
              + "; or remove this key");
    }
    if ((!isLoopback() || !proxies.isEmpty()) && hosts.isEmpty()) {
      file.problem(
          file.value(PROXIES).isPresent() ? PROXIES : ADDRESS,
          "the names by which browsers ask for the service are missing",
          "add " + HOSTS + "=NAME, such as consentry.clinic.example");
    }
    words(file, HOSTS, hosts, HOST, "expected names of hosts, in lower case, without a port");
    words(file, PROXIES, proxies, NUMBERS, "expected addresses in numbers, separated by commas");
    words(file, ADDRESS, List.of(address), NUMBERS, "expected an address in numbers");
    tls.filter(name -> others.keySet().stream().noneMatch(key -> key.contains("." + name + ".")))
        .ifPresent(
            name ->
                file.problem(
                    BUNDLE,
                    "there is no bundle of that name",
                    "add spring.ssl.bundle.pem.NAME.keystore.certificate and .private-key"));
    if (users.isEmpty() && !OpenIdSettings.isMeant(file)) {
      file.problem(
          "consentry.users",
          "no person may sign in",
          "consentry serve --hash-password makes the lines of a user; or name an OpenID provider by "
              + OpenIdSettings.ISSUER);
    }
    if (!users.isEmpty() && OpenIdSettings.isMeant(file)) {
      file.problem(
          "consentry.users",
          "people sign in by passwords or by an OpenID provider, and both are there",
          "remove all lines of one of them");
    }
  }

  private static void words(
      SettingsFile file, String key, List<String> words, Pattern form, String expected) {
    if (!words.stream().allMatch(word -> form.matcher(word).matches())) {
      file.problem(key, expected, "");
    }
  }

  /** Whether only this machine can ask for it. */
  boolean isLoopback() {
    return address.equals(LOOPBACK) || address.equals("::1");
  }

  /** Whether every request must come encrypted: to this service or to the proxy in front of it. */
  boolean isEncrypted() {
    return tls.isPresent() || !proxies.isEmpty();
  }

  /** Whether browsers may ask for it by a name. */
  boolean isHost(String name) {
    boolean isHere = List.of("localhost", LOOPBACK, "::1", "[::1]").contains(name);
    return isHere || hosts.contains(name) || (!isLoopback() && name.equals(address));
  }

  /** The patterns of all keys, for the list in the documentation. */
  static List<String> keys() {
    return Stream.concat(KEYS.stream(), Stream.of("consentry.users.NAME.password")).toList();
  }

  /** Shows no value. */
  @Override
  public String toString() {
    return "ServiceSettings[" + users.size() + " users]";
  }
}
