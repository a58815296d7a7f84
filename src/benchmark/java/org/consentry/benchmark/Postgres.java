package org.consentry.benchmark;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.consentry.testing.PostgresServer;
import org.consentry.testing.Program;
import org.postgresql.PGConnection;

/**
 * A PostgreSQL server of its own, on this machine. Rows are exported by {@code psql \copy} where
 * that program is there, and by the driver's {@code CopyManager} elsewhere.
 */
final class Postgres implements Origin {

  private final EmbeddedPostgres server;
  private final PostgresServer.Database database;
  private Path login = Path.of("");

  private Postgres(EmbeddedPostgres server) {
    this.server = server;
    this.database = PostgresServer.database(server);
  }

  /** Starts a server. */
  static Postgres start() {
    return new Postgres(PostgresServer.own());
  }

  @Override
  public String title() {
    return "PostgreSQL";
  }

  private static List<String> tables(Work work) {
    return Stream.concat(work.tables().stream(), Stream.of("patients", "consents")).toList();
  }

  @Override
  public void fill(Programs programs, Work work) throws IOException, SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      for (String table : tables(work)) {
        Path file = programs.clinic(work).resolve(table + ".csv");
        try (Reader rows = Files.newBufferedReader(file)) {
          String columns =
              Origin.columns(file).entrySet().stream()
                  .map(column -> column.getKey() + " " + column.getValue())
                  .collect(Collectors.joining(", "));
          statement.execute("CREATE TABLE " + table + " (" + columns + ")");
          connection
              .unwrap(PGConnection.class)
              .getCopyAPI()
              .copyIn("COPY " + table + " FROM STDIN (FORMAT csv, HEADER)", rows);
        }
      }
      statement.execute("VACUUM ANALYZE");
    }
    login = programs.emptied("login");
    secret("url", database.url());
    secret("user", PostgresServer.USER);
    secret("password", PostgresServer.PASSWORD);
  }

  private void secret(String name, String text) throws IOException {
    Path file = Files.writeString(login.resolve(name), text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  @Override
  public Records records() {
    return new Records(
        String.format(
            Locale.ROOT,
            "{type: jdbc, url: \"file:%1$s/url\", user: \"file:%1$s/user\","
                + " password: \"file:%1$s/password\"}",
            login),
        "type: jdbc, table: consents");
  }

  @Override
  public Exported export(Programs programs, Work work) throws IOException, InterruptedException {
    Path folder = programs.emptied("exported");
    List<String> command = hasPsql() ? psql(folder, work) : driver(folder, work);
    double seconds =
        programs.measure("export", command.get(0), command, Starter.Watch.NOTHING).seconds();
    return new Exported(seconds, folder);
  }

  private static boolean hasPsql() throws InterruptedException {
    try {
      return new ProcessBuilder("psql", "--version").start().waitFor() == 0;
    } catch (IOException absent) {
      return false;
    }
  }

  private List<String> psql(Path folder, Work work) {
    String address = database.url().replaceFirst("jdbc:", "");
    String login = PostgresServer.USER + ":" + PostgresServer.PASSWORD + "@";
    List<String> words = new ArrayList<>(List.of("psql", "-X", "-q", "-v", "ON_ERROR_STOP=1"));
    for (String table : tables(work)) {
      String file = folder.resolve(table + ".csv").toString();
      words.addAll(List.of("-c", "\\copy " + table + " TO '" + file + "' (FORMAT csv, HEADER)"));
    }
    words.add(address.replaceFirst("//", "//" + login));
    return words;
  }

  private List<String> driver(Path folder, Work work) {
    List<String> words = new ArrayList<>(List.of(database.url(), folder.toString()));
    words.addAll(tables(work));
    return Program.java(List.of("-XX:+UseSerialGC"), PostgresExport.class, words).words();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
