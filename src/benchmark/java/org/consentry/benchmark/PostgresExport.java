package org.consentry.benchmark;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.consentry.testing.PostgresServer;
import org.postgresql.PGConnection;

/** Exports tables of PostgreSQL as CSV files, as {@code psql \copy} does. */
final class PostgresExport {

  private PostgresExport() {}

  /**
   * Exports tables.
   *
   * @param arguments the address of the database, a folder, and the tables
   */
  public static void main(String[] arguments) throws IOException, SQLException {
    List<String> tables = Arrays.asList(arguments).subList(2, arguments.length);
    try (Connection connection =
        DriverManager.getConnection(arguments[0], PostgresServer.USER, PostgresServer.PASSWORD)) {
      for (String table : tables) {
        try (OutputStream out = People.open(Path.of(arguments[1]).resolve(table + ".csv"))) {
          connection
              .unwrap(PGConnection.class)
              .getCopyAPI()
              .copyOut("COPY " + table + " TO STDOUT (FORMAT csv, HEADER)", out);
        }
      }
    }
  }
}
