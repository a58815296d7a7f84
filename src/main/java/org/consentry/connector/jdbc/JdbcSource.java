package org.consentry.connector.jdbc;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.consentry.config.Doc;
import org.consentry.config.Job.KeyText;
import org.consentry.config.WithPlace;
import org.consentry.connector.Source;
import org.consentry.connector.SourceFactory;
import org.consentry.connector.SourceTable;
import org.consentry.keys.DatabaseLogin;
import org.consentry.keys.KeyReference;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.consentry.problem.Problems;

/**
 * The tables and views of a schema of a database. All of them are read in one snapshot, which
 * begins when the first row is read.
 */
public final class JdbcSource implements Source {

  /** Makes sources of databases. */
  public static final SourceFactory<Config> FACTORY = new Factory();

  private static final long SPLIT_BYTES = 64L << 20;

  /**
   * What people may set.
   *
   * @param url the address
   * @param user absent when the driver needs none
   * @param password absent when the driver needs none
   * @param schema absent means that of the user
   * @param timeout seconds
   */
  public record Config(
      Place place,
      @Doc("a reference to the address, such as env:CLINIC_DB_URL; it has no password")
          WithPlace<KeyText> url,
      @Doc("a reference to the name of the user") Optional<WithPlace<KeyText>> user,
      @Doc("a reference to the password, such as file:/run/secrets/db")
          Optional<WithPlace<KeyText>> password,
      @Doc("the schema of the tables; default that of the user") Optional<String> schema,
      @Doc("seconds that a query may take, and the reading of a split; default 3600")
          Optional<Integer> timeout) {

    private static final int HOUR = 3600;

    public Config {
      if (timeout.orElse(HOUR) < 1) {
        throw new IllegalArgumentException("timeout must be at least 1 second");
      }
    }

    int seconds() {
      return timeout.orElse(HOUR);
    }
  }

  private static final class Factory implements SourceFactory<Config> {

    @Override
    public String name() {
      return "jdbc";
    }

    @Override
    public Class<Config> config() {
      return Config.class;
    }

    @Override
    public Source open(Config config, Path baseDirectory) {
      Problems problems = new Problems();
      Optional<KeyReference> url = reference(config.url(), baseDirectory, problems);
      Optional<KeyReference> user =
          config.user().flatMap(text -> reference(text, baseDirectory, problems));
      Optional<KeyReference> password =
          config.password().flatMap(text -> reference(text, baseDirectory, problems));
      problems.throwIfAny(Category.FILES_INVALID);
      DatabaseLogin login = DatabaseLogin.read(url.orElseThrow(), user, password);
      Database database = Database.of(login, config.place(), config.seconds());
      return new JdbcSource(database, config.schema());
    }

    private static Optional<KeyReference> reference(
        WithPlace<KeyText> written, Path folder, Problems problems) {
      return KeyReference.parse(written.value().text(), folder, written.place(), problems);
    }
  }

  private final Database database;
  private final Optional<String> schema;
  private Snapshot snapshot;

  private JdbcSource(Database database, Optional<String> schema) {
    this.database = database;
    this.schema = schema;
    this.snapshot = Snapshot.of(database);
    snapshot.connect();
  }

  @Override
  public Optional<SourceTable> table(String table) {
    return open(table, Long.getLong("consentry.splitBytes", SPLIT_BYTES));
  }

  @Override
  public Optional<SourceTable> unsplit(String table) {
    return open(table, Long.MAX_VALUE);
  }

  private Optional<SourceTable> open(String table, long splitBytes) {
    Snapshot current = snapshot();
    return current
        .head(schema, table)
        .map(
            head -> {
              current.add(head);
              return new JdbcTable(database, current, head, splitBytes, current.size(head));
            });
  }

  /** Tables that are opened before any is read are read in one snapshot. */
  private synchronized Snapshot snapshot() {
    if (snapshot.hasBegun()) {
      snapshot = Snapshot.of(database);
    }
    return snapshot;
  }

  @Override
  public List<Problem> warnings() {
    return database.warnings();
  }
}
