package org.consentry.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.consentry.cli.Main;
import org.consentry.ledger.StateFolder;
import org.consentry.testing.Program;
import org.springframework.security.crypto.bcrypt.BCrypt;

/** A service of a test, on a free port, with a person for each set of roles. */
public final class Site implements AutoCloseable {

  /** The password of every person. */
  public static final String PASSWORD = "correct horse battery staple";

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

  /** What a service works with. */
  private static Service.Setup setup(Path root) {
    return new Service.Setup(
        new StateFolder(root.resolve("state")),
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

  /** A person with a browser, who is not signed in. */
  public Visitor visitor() {
    return new Visitor(service.port());
  }

  /** A person who is signed in. */
  public Visitor signedIn(Role role) throws IOException, InterruptedException {
    Visitor visitor = visitor();
    visitor.signIn(role.word(), PASSWORD);
    return visitor;
  }

  /** What the audit log has. */
  public String audit() throws IOException {
    Path file = new ServiceFolder(new StateFolder(root.resolve("state"))).audit();
    return Files.exists(file) ? Files.readString(file, StandardCharsets.UTF_8) : "";
  }

  @Override
  public void close() {
    service.close();
  }
}
