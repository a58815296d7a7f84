package org.consentry.connector.jdbc;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.consentry.keys.DatabaseLogin;
import org.consentry.problem.Category;
import org.consentry.problem.DatabaseFailure;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;

/**
 * A database that records are read from. Every connection is read-only, and encrypted with a
 * checked certificate where it goes to another host, unless the address states otherwise.
 * Immutable; safe for any number of threads.
 *
 * <p><b>Security promise:</b> no problem has words of a driver: they may contain cells.
 *
 * @param login address, user and password
 * @param place where the job names it
 * @param dialect how it is read
 * @param options of the driver
 * @param warnings what a person should know
 */
record Database(
    DatabaseLogin login, Place place, Dialect dialect, Properties options, List<Problem> warnings) {

  private static final String CODE = "SOURCE_DATABASE";
  private static final String POSTGRES = "jdbc:postgresql:";

  /** What the driver logs has the address; the field keeps the logger silent. */
  private static final Logger DRIVER = Logger.getLogger("org.postgresql");

  static {
    DRIVER.setLevel(Level.OFF);
  }

  private static final Pattern HOSTS = Pattern.compile("(?:@|//)([^/;?]*)");
  private static final List<String> HERE = List.of("", "localhost", "127.0.0.1", "[::1]");
  private static final Pattern SSL_MODE = Pattern.compile("[?&](sslmode|ssl|sslfactory)=([^&]*)");
  private static final List<String> CHECKED = List.of("verify-full", "verify-ca");

  /**
   * Finds out how a database is read. Connects to nothing.
   *
   * @param place where the job names it
   * @param seconds that a query may take
   * @throws ProblemException category FILES_INVALID when there is no driver for it
   */
  static Database of(DatabaseLogin login, Place place, int seconds) {
    String address = login.address();
    try {
      DriverManager.getDriver(address);
    } catch (SQLException none) {
      throw ProblemException.of(
          Category.FILES_INVALID,
          CODE,
          place,
          "no driver is there for the address of the source's database",
          "put the driver's jar into lib/drivers of the application folder, and check that the"
              + " address begins with jdbc: and the driver's word");
    }
    boolean isPostgres = address.startsWith(POSTGRES);
    Dialect dialect = isPostgres ? new PostgresDialect(seconds) : new AnyDialect(address, seconds);
    Properties options = dialect.options();
    List<Problem> warnings = new ArrayList<>();
    if (isElsewhere(address)) {
      Matcher mode = SSL_MODE.matcher(address);
      if (isPostgres && !mode.find()) {
        options.put("sslmode", "verify-full");
      } else if (!isPostgres || !CHECKED.contains(mode.group(2))) {
        warnings.add(unchecked(place, isPostgres));
      }
    }
    return new Database(login, place, dialect, options, List.copyOf(warnings));
  }

  /** Whether any host of an address is another one, or is named in another place. */
  private static boolean isElsewhere(String address) {
    return address.contains("service=")
        || address.contains("(HOST")
        || HOSTS
            .matcher(address)
            .results()
            .flatMap(hosts -> Stream.of(hosts.group(1).split(",", -1)))
            .map(host -> host.replaceFirst(":[^\\]]*$", ""))
            .anyMatch(host -> !HERE.contains(host));
  }

  private static Problem unchecked(Place place, boolean isPostgres) {
    return Problem.warning(
        "SOURCE_NOT_ENCRYPTED",
        place,
        isPostgres
            ? "records cross the network to another host without a checked certificate"
            : "records cross the network to another host; whether they are encrypted is not known",
        isPostgres
            ? "leave sslmode out of the address, or set verify-full"
            : "turn TLS and the check of its certificate on in the address, as the driver's"
                + " documentation describes");
  }

  /** A new connection, read-only and with limits of time. */
  Connection connect() {
    Connection connection;
    try {
      connection = login.connect(options);
    } catch (SQLException failed) {
      throw DatabaseFailure.of(failed, Category.FILES_INVALID)
          .problem(CODE, place, "the source's database cannot be used");
    }
    try {
      dialect.prepare(connection);
      return connection;
    } catch (SQLException failed) {
      close(connection);
      throw DatabaseFailure.of(failed, Category.FILES_INVALID)
          .problem(CODE, place, "the source's database cannot be made read-only");
    }
  }

  /**
   * Why a table cannot be read.
   *
   * @param shown the table, for messages
   */
  static ProblemException failed(SQLException failed, String shown) {
    return DatabaseFailure.of(failed, Category.FILES_INVALID)
        .problem(CODE, Place.of(shown), "the table cannot be read from the database");
  }

  /** Closes a connection; whether that works does not matter to what was read. */
  static void close(Connection connection) {
    try {
      connection.close();
    } catch (SQLException gone) {
      return;
    }
  }
}
