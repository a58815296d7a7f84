package org.consentry.release;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;

/**
 * The append-only, hash-chained record of what left the house, of who approved, refused, asked or
 * recalled. Kept in the job database; every entry is committed before the method returns. Nothing
 * here updates or deletes.
 *
 * <p>Write with {@link #append(Instant, LedgerEntry.Kind, String, String, String, Map)}, read with
 * {@link #entries(LedgerEntry.Kind)} and {@link LedgerEntry#facts()}. Callers hold the
 * installation's lock; of two who append at once one is refused and nothing of it is kept.
 *
 * <p><b>Security promise:</b> callers put no patient id, cell or key into the facts; who is meant
 * is told as a code or digest under a key.
 */
public final class Ledger {

  private static final String COLUMNS =
      "entry_number, entry_at, entry_kind, run_id, job_name, study_id, body, previous_hash,"
          + " entry_hash";

  private final DataSource database;

  /** What to do where a database has no ledger. */
  private enum OnMissing {
    CREATE,
    REFUSE
  }

  /** Opens the ledger and creates its table when the database is new. */
  public Ledger(DataSource database) {
    this(database, OnMissing.CREATE);
  }

  private Ledger(DataSource database, OnMissing onMissing) {
    this.database = database;
    switch (onMissing) {
      case CREATE -> createTable();
      case REFUSE -> requireTable();
    }
  }

  /**
   * Opens the ledger of a database that must have one.
   *
   * @throws ProblemException category VERIFY when it has none
   */
  public static Ledger existing(DataSource database) {
    return new Ledger(database, OnMissing.REFUSE);
  }

  private void requireTable() {
    if (!work(Ledger::hasTable)) {
      throw ProblemException.of(
          Category.VERIFY,
          "LEDGER_CUT",
          Place.of("ledger"),
          "the job database holds no ledger",
          "restore the job database from its newest backup and find out who changed it");
    }
  }

  private static boolean hasTable(Connection connection) throws SQLException {
    try (ResultSet tables =
        connection.getMetaData().getTables(null, null, tableName(connection), null)) {
      return tables.next();
    }
  }

  private void createTable() {
    work(
        connection -> {
          if (hasTable(connection)) {
            return false;
          }
          try (Statement statement = connection.createStatement()) {
            statement.execute(
                "CREATE TABLE consentry_ledger (entry_number BIGINT PRIMARY KEY,"
                    + " entry_at VARCHAR(40) NOT NULL, entry_kind VARCHAR(20) NOT NULL,"
                    + " run_id VARCHAR(200) NOT NULL, job_name VARCHAR(200) NOT NULL,"
                    + " study_id VARCHAR(200) NOT NULL, body VARCHAR(16000) NOT NULL,"
                    + " previous_hash CHAR(64) NOT NULL, entry_hash CHAR(64) NOT NULL)");
          }
          return true;
        });
  }

  private static String tableName(Connection connection) throws SQLException {
    return connection.getMetaData().storesUpperCaseIdentifiers()
        ? "CONSENTRY_LEDGER"
        : "consentry_ledger";
  }

  /**
   * Appends an entry and commits it.
   *
   * @param at the moment, by the caller's clock; order is told by number, not by clock
   * @param run the run it belongs to; empty when it belongs to none
   * @param job name of the job; empty when it belongs to none
   * @param study id of the study; empty when it belongs to none
   * @param facts what is kept of it by name: counts, names and digests, nothing of a patient in
   *     clear; at most 16,000 characters as JSON
   * @throws ProblemException category TEMPORARY when the database refuses; then nothing is kept
   */
  public LedgerEntry append(
      Instant at,
      LedgerEntry.Kind kind,
      String run,
      String job,
      String study,
      Map<String, String> facts) {
    return append(at, kind, run, job, study, LedgerEntry.body(facts));
  }

  LedgerEntry append(
      Instant at, LedgerEntry.Kind kind, String run, String job, String study, String body) {
    return work(
        connection -> {
          Optional<LedgerEntry> last = last(connection);
          LedgerEntry entry =
              LedgerEntry.after(
                  last.map(LedgerEntry::number).orElse(0L) + 1,
                  last.map(LedgerEntry::hash).orElse(LedgerEntry.ROOT),
                  at.toString(),
                  kind,
                  run,
                  job,
                  study,
                  body);
          insert(connection, entry);
          return entry;
        });
  }

  private static void insert(Connection connection, LedgerEntry entry) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO consentry_ledger (" + COLUMNS + ") VALUES (?,?,?,?,?,?,?,?,?)")) {
      insert.setLong(1, entry.number());
      insert.setString(2, entry.at());
      insert.setString(3, entry.kind().name());
      insert.setString(4, entry.run());
      insert.setString(5, entry.job());
      insert.setString(6, entry.study());
      insert.setString(7, entry.body());
      insert.setString(8, entry.previous());
      insert.setString(9, entry.hash());
      insert.executeUpdate();
    }
  }

  private static Optional<LedgerEntry> last(Connection connection) throws SQLException {
    List<LedgerEntry> found =
        select(
            connection, " WHERE entry_number = (SELECT MAX(entry_number) FROM consentry_ledger)");
    return found.stream().findFirst();
  }

  /** The newest entry; empty when there is none. */
  public Optional<LedgerEntry> head() {
    return work(Ledger::last);
  }

  /** All entries, the oldest first. */
  public List<LedgerEntry> entries() {
    return work(connection -> select(connection, " ORDER BY entry_number"));
  }

  /** All entries of a kind, the oldest first. */
  public List<LedgerEntry> entries(LedgerEntry.Kind kind) {
    return entries().stream().filter(entry -> entry.kind() == kind).toList();
  }

  private static List<LedgerEntry> select(Connection connection, String clause)
      throws SQLException {
    List<LedgerEntry> entries = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT " + COLUMNS + " FROM consentry_ledger" + clause)) {
      while (rows.next()) {
        entries.add(entry(rows));
      }
    }
    return entries;
  }

  /** Reads a row; an IllegalArgumentException when its kind is no word of ours. */
  private static LedgerEntry entry(ResultSet rows) throws SQLException {
    return new LedgerEntry(
        rows.getLong(1),
        rows.getString(2),
        LedgerEntry.Kind.valueOf(rows.getString(3)),
        rows.getString(4),
        rows.getString(5),
        rows.getString(6),
        rows.getString(7),
        rows.getString(8),
        rows.getString(9));
  }

  /** The newest published entry of a study; empty when it never released. */
  public Optional<LedgerEntry> lastPublished(String study) {
    return entries(LedgerEntry.Kind.PUBLISHED).stream()
        .filter(entry -> entry.study().equals(study))
        .reduce((older, newer) -> newer);
  }

  /** The newest published entry of a study for a recipient, by the recipient's id. */
  public Optional<LedgerEntry> lastPublished(String study, String recipient) {
    return entries(LedgerEntry.Kind.PUBLISHED).stream()
        .filter(entry -> entry.study().equals(study))
        .filter(entry -> entry.fact("recipient").equals(Optional.of(recipient)))
        .reduce((older, newer) -> newer);
  }

  /** The published entry of a job's release, by the release's name such as {@code DATE-rN}. */
  public Optional<LedgerEntry> release(String job, String name) {
    return entries(LedgerEntry.Kind.PUBLISHED).stream()
        .filter(entry -> entry.job().equals(job))
        .filter(entry -> entry.fact("release").equals(Optional.of(name)))
        .findFirst();
  }

  /** How many releases of a job were published. */
  public long published(String job) {
    return entries(LedgerEntry.Kind.PUBLISHED).stream()
        .filter(entry -> entry.job().equals(job))
        .count();
  }

  /**
   * Walks the chain. A chain cannot know that its end was cut off, or that all of it was written
   * anew: {@link #holds} with a head that was told to somebody else can.
   *
   * @return number of the first entry that does not hold; empty when all do
   */
  public Optional<Long> firstBroken() {
    return work(Ledger::firstBroken);
  }

  private static Optional<Long> firstBroken(Connection connection) throws SQLException {
    String previous = LedgerEntry.ROOT;
    long number = 1;
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT " + COLUMNS + " FROM consentry_ledger ORDER BY entry_number")) {
      while (rows.next()) {
        if (!follows(rows, number, previous)) {
          return Optional.of(number);
        }
        previous = rows.getString(9);
        number++;
      }
    }
    return Optional.empty();
  }

  private static boolean follows(ResultSet rows, long number, String previous) throws SQLException {
    try {
      LedgerEntry entry = entry(rows);
      return entry.number() == number && entry.previous().equals(previous) && entry.holds();
    } catch (IllegalArgumentException noSuchKind) {
      return false;
    }
  }

  /**
   * Whether an entry that was the head once, as a manifest names it, still is in the chain. False
   * after the end of the chain was cut off, or the chain was written anew.
   *
   * @param head hash of the entry, or {@link LedgerEntry#ROOT} for the head of an empty ledger
   */
  public boolean holds(String head) {
    return head.equals(LedgerEntry.ROOT)
        || entries().stream().anyMatch(entry -> entry.hash().equals(head));
  }

  private interface Work<T> {
    T run(Connection connection) throws SQLException;
  }

  private <T> T work(Work<T> work) {
    try (Connection connection = database.getConnection()) {
      boolean automatic = connection.getAutoCommit();
      connection.setAutoCommit(false);
      try {
        T answer = work.run(connection);
        connection.commit();
        return answer;
      } catch (SQLException failed) {
        connection.rollback();
        throw failed;
      } finally {
        connection.setAutoCommit(automatic);
      }
    } catch (SQLException | IllegalArgumentException failed) {
      throw ProblemException.of(
          Category.TEMPORARY,
          "LEDGER",
          Place.of("ledger"),
          "the disclosure ledger cannot be read or written",
          "check the job database; nothing was published by this step");
    }
  }
}
