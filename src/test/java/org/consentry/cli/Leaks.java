package org.consentry.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.consentry.cli.CanaryClinic.Person;

/** Finds canaries of {@link CanaryClinic} in texts, bytes, Parquet files and the job database. */
final class Leaks {

  private static final Pattern CANARY =
      Pattern.compile(
          CanaryClinic.MARK
              + "[a-z]*|"
              + Stream.of(Person.values())
                  .flatMap(person -> Stream.of(person.birth, person.event))
                  .collect(Collectors.joining("|")));

  /** What mapping {@code clinic-safe-harbor} keeps as it is. */
  private static final Set<String> KEPT =
      Set.of(
          "patientsxstate",
          "visitsxvisittype",
          "proceduresxcptcode",
          "proceduresxicdcodes",
          "proceduresxlaterality",
          "proceduresximplantudidi",
          "proceduresxstate",
          "proceduresxbenefitslanguage",
          "promsxinstrument");

  private Leaks() {}

  /** All canaries in a text, whatever its case. */
  static Set<String> in(String text) {
    return CANARY
        .matcher(text.toLowerCase(Locale.ROOT))
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * All canaries in a file: of a whole Parquet file in its values and its footer, because
   * compressed bytes cut words up; of any other in its bytes, in one-byte and two-byte characters.
   */
  static Set<String> in(Path file) {
    try {
      String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
      if (bytes.length() > 12 && bytes.startsWith("PAR1") && bytes.endsWith("PAR1")) {
        return inParquet(file);
      }
      Set<String> found = in(bytes);
      for (int first = 0; first < Math.min(2, bytes.length()); first++) {
        byte[] pairs = bytes.substring(first).getBytes(StandardCharsets.ISO_8859_1);
        found.addAll(in(new String(pairs, StandardCharsets.UTF_16LE)));
      }
      return found;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** All canaries in the files under a folder. */
  static Set<String> under(Path folder) {
    Set<String> found = new TreeSet<>();
    for (Path file : Installation.files(folder)) {
      found.addAll(in(file));
      found.addAll(in(folder.relativize(file).toString()));
    }
    return found;
  }

  private static Set<String> inParquet(Path file) {
    List<String> rows = new ArrayList<>();
    try (Sql sql = Sql.open()) {
      for (String reader : List.of("read_parquet", "parquet_metadata", "parquet_schema")) {
        rows.addAll(sql.rows("SELECT * FROM " + reader + "('" + file + "')"));
      }
      rows.addAll(
          sql.rows("SELECT decode(key), decode(value) FROM parquet_kv_metadata('" + file + "')"));
    }
    return in(String.join("\n", rows));
  }

  /** Every row of every table of the installation's database, as text. */
  static List<String> databaseRows(Path home) {
    try (Connection connection = connect(home);
        Statement statement = connection.createStatement()) {
      List<String> rows = new ArrayList<>();
      for (String table :
          rows(
              statement,
              "SELECT TABLE_NAME FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_SCHEMA = 'PUBLIC'")) {
        for (String row : rows(statement, "SELECT * FROM " + table)) {
          rows.add(table + ": " + row);
        }
      }
      return rows;
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private static Connection connect(Path home) throws SQLException {
    String url = "jdbc:hsqldb:file:" + home.resolve("db/consentry") + ";shutdown=true";
    return DriverManager.getConnection(url, "sa", "");
  }

  private static List<String> rows(Statement statement, String query) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (ResultSet result = statement.executeQuery(query)) {
      while (result.next()) {
        List<String> cells = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          cells.add(String.valueOf(result.getString(i)));
        }
        rows.add(String.join("|", cells));
      }
    }
    return rows;
  }

  /** Whether released data may contain a canary: a kept column of a released patient. */
  static boolean mayBeReleased(String canary) {
    return Stream.of(Person.values())
        .filter(Person::isReleased)
        .map(person -> CanaryClinic.MARK + person.name().toLowerCase(Locale.ROOT) + "x")
        .anyMatch(own -> canary.startsWith(own) && KEPT.contains(canary.substring(own.length())));
  }
}
