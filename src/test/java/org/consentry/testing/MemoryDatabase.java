package org.consentry.testing;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.hsqldb.jdbc.JDBCDataSource;

/** A database of its own in memory, on which a test works directly. */
public final class MemoryDatabase {

  private final DataSource source;

  /** An empty database. */
  public MemoryDatabase() {
    JDBCDataSource made = new JDBCDataSource();
    made.setUrl("jdbc:hsqldb:mem:" + UUID.randomUUID() + ";hsqldb.tx=mvcc");
    made.setUser("sa");
    made.setPassword("");
    this.source = made;
  }

  public DataSource source() {
    return source;
  }

  /** Executes one statement; returns how many rows it changed. */
  public int execute(String sql, Object... values) {
    try (Connection connection = source.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      statement.execute();
      return statement.getUpdateCount();
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  /** All rows, all columns, each row as one text. */
  public List<String> rows(String table) {
    try (Connection connection = source.getConnection();
        PreparedStatement statement = connection.prepareStatement("SELECT * FROM " + table);
        ResultSet rows = statement.executeQuery()) {
      List<String> found = new ArrayList<>();
      while (rows.next()) {
        StringBuilder row = new StringBuilder();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          row.append(rows.getString(i)).append('|');
        }
        found.add(row.toString());
      }
      return found;
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }
}
