package org.consentry.connector.jdbc;

import java.lang.ref.Cleaner;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.consentry.connector.jdbc.Dialect.Sharing;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * The state of a database at one moment: that in which the first row is read. Before, only heads of
 * tables are. One connection keeps it for as long as this object is used; where the database can
 * share a snapshot others take part in it, elsewhere the readers take turns. Safe for any number of
 * threads.
 */
final class Snapshot {

  private static final Cleaner CLEANER = Cleaner.create();

  private final Database database;
  private final Connections connections;
  private final String id = UUID.randomUUID().toString();
  private final List<TableHead> heads = new ArrayList<>();
  private final Semaphore turn = new Semaphore(1, true);
  private @Nullable String name;

  private Snapshot(Database database) {
    this.database = database;
    this.connections = new Connections();
    CLEANER.register(this, connections);
  }

  /** A snapshot that has not begun. Connects to nothing. */
  static Snapshot of(Database database) {
    return new Snapshot(database);
  }

  /** The connections of a snapshot. */
  private static final class Connections implements Runnable {
    private final List<Connection> open = new ArrayList<>();
    private final Deque<Connection> idle = new ArrayDeque<>();
    private @Nullable Connection first;

    @Override
    public synchronized void run() {
      open.forEach(Database::close);
    }

    synchronized void add(Connection connection) {
      open.add(connection);
    }

    synchronized Optional<Connection> poll() {
      return Optional.ofNullable(idle.poll());
    }

    synchronized void giveBack(Connection connection) {
      idle.push(connection);
    }

    synchronized void remove(Connection connection) {
      open.remove(connection);
    }
  }

  /** What no other snapshot is called, in this process and in any other. */
  String id() {
    return id;
  }

  /** The head of a table, as it is before the snapshot begins. */
  synchronized Optional<TableHead> head(Optional<String> schema, String table) {
    try {
      return database.dialect().head(first(), schema, table);
    } catch (SQLException failed) {
      throw Database.failed(failed, table);
    }
  }

  /** Adds a table that the snapshot will have. */
  synchronized void add(TableHead head) {
    if (name != null) {
      throw new IllegalStateException("the snapshot has begun");
    }
    heads.add(head);
  }

  /** Whether it has begun. */
  synchronized boolean hasBegun() {
    return name != null;
  }

  /** Bytes of a table. */
  synchronized long size(TableHead head) {
    try {
      return database.dialect().size(first(), head);
    } catch (SQLException failed) {
      throw Database.failed(failed, head.shown());
    }
  }

  /**
   * Opens its own connection.
   *
   * @throws ProblemException when the database cannot be used
   */
  synchronized void connect() {
    first();
  }

  private Connection first() {
    Connection first = connections.first;
    if (first == null) {
      first = database.connect();
      connections.add(first);
      connections.first = first;
    }
    return first;
  }

  private synchronized String begun() {
    if (name == null) {
      String begun;
      try {
        begun = database.dialect().begin(first(), heads);
      } catch (SQLException failed) {
        throw Database.failed(failed, heads.isEmpty() ? "snapshot" : heads.get(0).shown());
      }
      heads.forEach(this::requireSame);
      name = begun;
    }
    return name;
  }

  /** What a statement of the snapshot's own connection finds, once it has begun. */
  <T> T ask(TableHead head, Question<T> question) {
    Connection connection = take(head);
    boolean isWhole = false;
    try {
      T answer = question.ask(connection);
      isWhole = true;
      return answer;
    } catch (SQLException failed) {
      throw Database.failed(failed, head.shown());
    } finally {
      giveBack(connection, isWhole);
    }
  }

  /** A question to a database. */
  interface Question<T> {
    T ask(Connection connection) throws SQLException;
  }

  private void requireSame(TableHead head) {
    Optional<TableHead> now;
    try {
      now = database.dialect().head(first(), head.schema(), head.name());
    } catch (SQLException failed) {
      throw Database.failed(failed, head.shown());
    }
    if (!now.equals(Optional.of(head))) {
      throw ProblemException.of(
          Category.FILES_INVALID,
          "SOURCE_CHANGED",
          Place.of(head.shown()),
          "the columns of the table are not those that were looked at when the run was planned",
          "change no tables while they are read, then start a new run");
    }
  }

  /** A connection in which a table can be read, for the caller alone. */
  Connection take(TableHead head) {
    String begun = begun();
    if (database.dialect().sharing() == Sharing.ONE_CONNECTION) {
      turn.acquireUninterruptibly();
      synchronized (this) {
        return first();
      }
    }
    return connections.poll().orElseGet(() -> join(begun, head));
  }

  private Connection join(String begun, TableHead head) {
    Connection connection = database.connect();
    try {
      database.dialect().join(connection, begun);
    } catch (SQLException failed) {
      Database.close(connection);
      throw ProblemException.of(
          Category.TEMPORARY,
          "SNAPSHOT_LOST",
          Place.of(head.shown()),
          "the snapshot in which the database is read has ended",
          "look at the log of the database, then try again");
    }
    connections.add(connection);
    return connection;
  }

  /**
   * Takes a connection back.
   *
   * @param isWhole whether it has done what it was asked; otherwise it is not used again
   */
  void giveBack(Connection connection, boolean isWhole) {
    if (database.dialect().sharing() == Sharing.ONE_CONNECTION) {
      turn.release();
    } else if (isWhole) {
      connections.giveBack(connection);
    } else {
      connections.remove(connection);
      Database.close(connection);
    }
  }
}
