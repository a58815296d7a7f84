package org.consentry.keys;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import org.consentry.problem.Category;
import org.consentry.problem.ProblemException;

/**
 * Address, user and password of a database, each behind a reference. Immutable; safe for any number
 * of threads.
 *
 * <p><b>Security promise:</b> the password leaves it only for the driver of the database, and
 * toString shows nothing.
 */
public final class DatabaseLogin {

  /** What drivers call a password in an address, or a user and a password before the host. */
  private static final Pattern WITH_PASSWORD =
      Pattern.compile("(?i)(password|passwd|pwd|passphrase)\\s*=|//[^/?;]*:[^/?;]*@|/[^/?;:]+@");

  private final String address;
  private final Optional<Secret> user;
  private final Optional<Secret> password;

  private DatabaseLogin(String address, Optional<Secret> user, Optional<Secret> password) {
    this.address = address;
    this.user = user;
    this.password = password;
  }

  /**
   * Reads what the references name.
   *
   * @throws ProblemException category KEY when one cannot be read, FILES_INVALID when the address
   *     is none or contains a password
   */
  public static DatabaseLogin read(
      KeyReference address, Optional<KeyReference> user, Optional<KeyReference> password) {
    String text;
    try (Secret read = read(address)) {
      text = text(read);
    }
    if (!text.startsWith("jdbc:")) {
      throw refused(address, "expected an address that begins with jdbc: but found another text");
    }
    if (WITH_PASSWORD.matcher(text).find()) {
      throw refused(address, "the address contains a password or a user");
    }
    return new DatabaseLogin(
        text, user.map(DatabaseLogin::read), password.map(DatabaseLogin::read));
  }

  private static ProblemException refused(KeyReference address, String message) {
    return ProblemException.of(
        Category.FILES_INVALID,
        "DATABASE_ADDRESS",
        address.place(),
        message,
        "write jdbc:DRIVER://HOST/DATABASE, and name user and password as user: and password: of"
            + " the job's source");
  }

  private static Secret read(KeyReference reference) {
    return reference instanceof KeyReference.InFile file
        ? OwnerOnlyFiles.read(file.path(), "write it into that file, which only its owner can read")
        : reference.read();
  }

  private static String text(Secret secret) {
    return secret.use(bytes -> new String(bytes, StandardCharsets.UTF_8)).strip();
  }

  /** The address, which has no password. */
  public String address() {
    return address;
  }

  /**
   * A new connection.
   *
   * @param options of the driver, besides user and password
   * @throws SQLException as the driver throws it; its words may have anything
   */
  public Connection connect(Properties options) throws SQLException {
    Properties all = new Properties();
    all.putAll(options);
    user.ifPresent(secret -> all.put("user", text(secret)));
    password.ifPresent(secret -> all.put("password", text(secret)));
    return DriverManager.getConnection(address, all);
  }

  /** Shows nothing. */
  @Override
  public String toString() {
    return "DatabaseLogin";
  }
}
