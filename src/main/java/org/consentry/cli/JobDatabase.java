package org.consentry.cli;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.consentry.ledger.StateFolder;
import org.consentry.problem.Category;
import org.consentry.problem.DatabaseFailure;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;
import org.consentry.service.SharedDatabase;

/**
 * The database of the job repository that a person set, by {@code spring.datasource.*} in {@code
 * application.properties} of the state folder or in the environment.
 *
 * <p><b>Security promise:</b> no message has the address, the user or the password: an address may
 * contain both.
 */
final class JobDatabase {

  static final String URL = "spring.datasource.url";
  private static final String USER = "spring.datasource.username";
  private static final String PASSWORD = "spring.datasource.password";
  private static final String SPRING = "spring";
  private static final int SECONDS = 10;
  private static final String UNUSABLE = "the database of the job repository cannot be used";

  private final String url;
  private final Properties login;

  private JobDatabase(String url, Properties login) {
    this.url = url;
    this.login = login;
  }

  /**
   * The one that is set; empty when it is the embedded one.
   *
   * @throws ProblemException category FILES_INVALID when the file of properties cannot be read
   */
  static Optional<JobDatabase> of(StateFolder state) {
    Map<String, Object> own = properties(state);
    Properties login = new Properties();
    value(USER, own).ifPresent(user -> login.put("user", user));
    value(PASSWORD, own).ifPresent(password -> login.put("password", password));
    return value(URL, own).map(url -> new JobDatabase(url, login));
  }

  /**
   * Whether anything of Spring is set, of its database or not, however the name is written.
   *
   * @param environment the variables of the process
   * @throws ProblemException category FILES_INVALID when the file of properties cannot be read
   */
  static boolean isAnySet(StateFolder state, Map<String, String> environment) {
    return Stream.of(
            properties(state).keySet(),
            System.getProperties().stringPropertyNames(),
            environment.keySet())
        .flatMap(Set::stream)
        .anyMatch(name -> name.regionMatches(true, 0, SPRING, 0, SPRING.length()));
  }

  /**
   * The properties of the state folder's own file. A path is no pattern to look for it by.
   *
   * @throws ProblemException category FILES_INVALID when it cannot be read
   */
  static Map<String, Object> properties(StateFolder state) {
    Properties own = new Properties();
    if (Files.exists(state.properties())) {
      try (Reader text = Files.newBufferedReader(state.properties(), StandardCharsets.UTF_8)) {
        own.load(text);
      } catch (IOException | IllegalArgumentException unreadable) {
        throw ProblemException.of(
            Category.FILES_INVALID,
            "PROPERTIES",
            Place.of(state.properties()),
            "the file of properties cannot be read",
            "write one NAME=VALUE a line, in UTF-8");
      }
    }
    Map<String, Object> properties = new LinkedHashMap<>();
    own.stringPropertyNames().forEach(name -> properties.put(name, own.getProperty(name)));
    return properties;
  }

  /** The environment wins over the file, as with Spring. */
  private static Optional<String> value(String name, Map<String, Object> own) {
    String variable = name.toUpperCase(Locale.ROOT).replace('.', '_');
    return Optional.ofNullable(System.getProperty(name))
        .or(() -> Optional.ofNullable(System.getenv(variable)))
        .or(() -> Optional.ofNullable(own.get(name)).map(String::valueOf));
  }

  /** The same for the timetable of the service. */
  SharedDatabase shared() {
    return new SharedDatabase(
        url, login.getProperty("user", ""), login.getProperty("password", ""));
  }

  /** Why it cannot be connected to; empty when it can. Writes nothing. */
  Optional<ProblemException> failure() {
    try {
      DriverManager.getDriver(url);
    } catch (SQLException none) {
      return Optional.of(
          refused(
              Category.RUN_FAILED,
              "no driver is there for its address",
              "put the driver's jar into lib/drivers of the application folder, and check that the"
                  + " address begins with jdbc: and the driver's word"));
    }
    DriverManager.setLoginTimeout(SECONDS);
    try (Connection connection = DriverManager.getConnection(url, login)) {
      return connection.isValid(SECONDS)
          ? Optional.empty()
          : Optional.of(refused(Category.TEMPORARY, "it does not answer", "try again later"));
    } catch (SQLException failed) {
      return Optional.of(
          DatabaseFailure.of(failed, Category.RUN_FAILED)
              .problem("JOB_DATABASE", Place.of(URL), UNUSABLE));
    }
  }

  private static ProblemException refused(Category category, String message, String hint) {
    return ProblemException.of(
        category, "JOB_DATABASE", Place.of(URL), UNUSABLE + ": " + message, hint);
  }
}
