package org.consentry.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.catalina.Context;
import org.apache.catalina.Session;
import org.consentry.cli.Main;
import org.consentry.ledger.StateFolder;
import org.consentry.testing.OpenIdServer;
import org.consentry.testing.Program;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.security.crypto.bcrypt.BCrypt;
import org.springframework.test.util.ReflectionTestUtils;

/** A service of a test, on a free port, with a person for each set of roles. */
public final class Site implements AutoCloseable {

  /** The password of every person. */
  public static final String PASSWORD = "correct horse battery staple";

  /** Whose process the services of tests are. */
  public static final String OWNER = "export";

  private static final String HASH = "{bcrypt}" + BCrypt.hashpw(PASSWORD, BCrypt.gensalt(10));

  private final Path root;
  private final Service service;

  private Site(Path root, Service service) {
    this.root = root;
    this.service = service;
  }

  /** Starts one whose persons have one role each, by whose word they are named. */
  public static Site start(Path root, String... lines) {
    List<String> all = new ArrayList<>(Arrays.asList(lines));
    Arrays.stream(Role.values()).forEach(role -> all.addAll(user(role.word(), Set.of(role))));
    settings(root, all);
    return new Site(root, Service.start(setup(root)));
  }

  /**
   * Starts one where people sign in by a provider. A role is that of the value of its word in the
   * claim {@code roles}.
   */
  public static Site startOpenId(Path root, OpenIdServer provider, String... lines) {
    settings(root, openId(root, provider.issuer(), lines));
    return new Site(root, Service.start(setup(root)));
  }

  /** The lines of a provider, with its secret in a file beside them. */
  static List<String> openId(Path root, String issuer, String... lines) {
    Path secret = root.resolve("client-secret");
    try {
      Files.createDirectories(root);
      Files.writeString(secret, OpenIdServer.SECRET);
      Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    List<String> all =
        new ArrayList<>(
            List.of(
                "consentry.openid.issuer=" + issuer,
                "consentry.openid.client-id=" + OpenIdServer.CLIENT,
                "consentry.openid.client-secret=file:" + secret.toAbsolutePath()));
    Role.words().forEach(word -> all.add("consentry.openid.roles." + word + "=" + word));
    all.addAll(Arrays.asList(lines));
    return all;
  }

  /** What a service works with. */
  private static Service.Setup setup(Path root) {
    return new Service.Setup(
        new StateFolder(root.resolve("state")),
        OWNER,
        jobs(root),
        Program.java(List.of("-Xmx256m", "-XX:+UseSerialGC"), Main.class, List.of()).words(),
        Optional.empty(),
        problem -> {});
  }

  /** The lines of a person. */
  public static List<String> user(String name, Set<Role> roles) {
    String words = roles.stream().map(Role::word).sorted().collect(Collectors.joining(","));
    return List.of(
        "consentry.users." + name + ".password=" + HASH,
        "consentry.users." + name + ".roles=" + words);
  }

  /** Writes the settings of a state folder; the port is any that is free. */
  public static void settings(Path root, List<String> lines) {
    List<String> all = new ArrayList<>(List.of("zone=America/Phoenix", "server.port=0"));
    all.addAll(lines);
    Path file = root.resolve("state").resolve("application.properties");
    try {
      Files.createDirectories(
          root.resolve("state"),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      Files.writeString(file, String.join("\n", all) + "\n");
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static Path jobs(Path root) {
    try {
      return Files.createDirectories(root.resolve("jobs"));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Where it is, for a browser. */
  public String address() {
    return "http://127.0.0.1:" + service.port();
  }

  /** The port that it listens on. */
  int port() {
    return service.port();
  }

  /** A person with a browser, who is not signed in. */
  public Visitor visitor() {
    return new Visitor(address(), Optional.empty());
  }

  /** A person who is signed in. */
  public Visitor signedIn(Role role) throws IOException, InterruptedException {
    Visitor visitor = visitor();
    visitor.signIn(role.word(), PASSWORD);
    return visitor;
  }

  /** After how many seconds without a request a session ends. */
  int idleSeconds(String session) throws IOException {
    return session(session).getMaxInactiveInterval();
  }

  /** When a session began, in milliseconds. */
  long began(String session) throws IOException {
    return session(session).getCreationTime();
  }

  private Session session(String session) throws IOException {
    var context =
        (WebServerApplicationContext)
            Objects.requireNonNull(ReflectionTestUtils.getField(service, "context"));
    var server = (TomcatWebServer) Objects.requireNonNull(context.getWebServer());
    var application = (Context) server.getTomcat().getHost().findChildren()[0];
    return application.getManager().findSession(session);
  }

  /** What the audit log has. */
  public String audit() {
    List<String> lines =
        new ArrayList<>(
            new ServiceFolder(new StateFolder(root.resolve("state")))
                .audit()
                .newest(Integer.MAX_VALUE / 2));
    Collections.reverse(lines);
    return String.join("\n", lines);
  }

  @Override
  public void close() {
    service.close();
  }
}
