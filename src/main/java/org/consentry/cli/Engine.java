package org.consentry.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.consentry.batch.BatchEngine;
import org.consentry.ledger.DiskProbe;
import org.consentry.ledger.StateFolder;
import org.consentry.problem.Category;
import org.consentry.problem.OutOfMemory;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;
import org.hsqldb.Database;
import org.hsqldb.DatabaseManager;
import org.hsqldb.DatabaseType;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Spring, started only by commands that need the job repository. The database is HSQLDB in the
 * state folder; any other JDBC database by {@code spring.datasource.*} in {@code
 * application.properties} of the state folder or in the environment.
 */
final class Engine implements AutoCloseable {

  private static final String JOB_DATABASE = "JOB_DATABASE";

  private static final List<String> TABLES =
      List.of(
          "BATCH_JOB_INSTANCE",
          "BATCH_JOB_EXECUTION",
          "BATCH_JOB_EXECUTION_PARAMS",
          "BATCH_JOB_EXECUTION_CONTEXT",
          "BATCH_STEP_EXECUTION",
          "BATCH_STEP_EXECUTION_CONTEXT");

  private final BatchParts parts;
  private final boolean isEmbedded;

  private Engine(BatchParts parts, boolean isEmbedded) {
    this.parts = parts;
    this.isEmbedded = isEmbedded;
  }

  /**
   * Starts Spring over the database of a state folder, with connections for so many threads. The
   * caller has the lock.
   *
   * <p>The job repository can be made again at any time, because markers in staging record what is
   * done. So embedded files that cannot be read are set aside and new ones made.
   *
   * @param remark receives one line when that was done
   * @throws ProblemException category TEMPORARY when a database elsewhere does not answer or the
   *     disk refuses for now, RUN_FAILED when a person must change what is set
   */
  static Engine start(StateFolder state, int threads, Consumer<String> remark) {
    if (!isWhole(state)) {
      setAside(state, remark);
    }
    Engine engine = open(state, threads);
    if (engine.isUsable()) {
      return engine;
    }
    if (!engine.isEmbedded) {
      engine.close();
      throw JobDatabase.of(state)
          .flatMap(JobDatabase::failure)
          .orElseGet(
              () -> unusable(JobDatabase.URL, "check that the user may make and change tables"));
    }
    return engine.replaced(state, threads, remark);
  }

  /** Whether a new job repository may help: this one is embedded, and a problem is about it. */
  boolean canBeReplaced(ProblemException refused) {
    return isEmbedded
        && refused.problems().stream().allMatch(problem -> problem.code().equals(JOB_DATABASE));
  }

  /**
   * Closes this engine, sets the files of its job repository aside and starts one on new files.
   *
   * @param remark receives one line about it
   * @throws ProblemException category TEMPORARY when the disk refuses for now, RUN_FAILED when no
   *     job repository can be made for another reason
   */
  Engine replaced(StateFolder state, int threads, Consumer<String> remark) {
    close();
    closeEmbedded(state);
    setAside(state, remark);
    Engine again = open(state, threads);
    if (!again.isUsable()) {
      again.close();
      DiskProbe.require(state.home());
      throw unusable(
          state.database().toString(), "check free space and permissions of the state folder");
    }
    return again;
  }

  private static void setAside(StateFolder state, Consumer<String> remark) {
    Path aside = state.setDatabaseAside(Instant.now());
    remark.accept(
        aside
            + ": the files of the job repository could not be used and were set aside here; a new"
            + " one was made, nothing else depends on them");
  }

  /**
   * Whether the files of the embedded database can be opened at all. HSQLDB opens files without
   * their version or user, takes them for a new database, and does not close them again.
   */
  private static boolean isWhole(StateFolder state) {
    Path script = state.database("script");
    Path properties = state.database("properties");
    boolean isNew = Stream.of(script, properties, state.database("data")).noneMatch(Files::exists);
    return isNew || (hasLine(properties, "version=2.") && hasLine(script, "CREATE USER "));
  }

  /** HSQLDB would go on with damaged files that it opened, whatever is in their place by then. */
  static void closeEmbedded(StateFolder state) {
    Database open =
        DatabaseManager.lookupDatabaseObject(
            DatabaseType.DB_FILE, state.database().toAbsolutePath().toString());
    if (open != null) {
      open.close(Database.CLOSEMODE_IMMEDIATELY);
    }
  }

  private static boolean hasLine(Path file, String beginning) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1)
          .lines()
          .anyMatch(line -> line.startsWith(beginning));
    } catch (IOException unreadable) {
      return false;
    }
  }

  private static ProblemException unusable(String place, String hint) {
    return ProblemException.of(
        Category.RUN_FAILED,
        JOB_DATABASE,
        Place.of(place),
        "the job repository cannot be used",
        hint + ", then resume the run");
  }

  /** Whether every row of the job repository can be read. */
  private boolean isUsable() {
    try {
      parts.repository().getJobNames();
      JdbcTemplate database = new JdbcTemplate(parts.database());
      for (String table : TABLES) {
        database.query("SELECT * FROM " + table, row -> {});
      }
      return true;
    } catch (RuntimeException damaged) {
      OutOfMemory.endIfItIs(damaged);
      return false;
    }
  }

  private static Engine open(StateFolder state, int threads) {
    String url = url(state);
    if (!JobDatabase.isAnySet(state, System.getenv())) {
      return new Engine(new EmbeddedParts(url), true);
    }
    BootParts boot = new BootParts(url, threads + 4, JobDatabase.properties(state));
    return new Engine(boot, boot.isAt(url));
  }

  private static String url(StateFolder state) {
    return "jdbc:hsqldb:file:"
        + state.database().toAbsolutePath()
        + ";hsqldb.lock_file=false;hsqldb.tx=mvcc"
        + ";hsqldb.default_table_type=cached;shutdown=true";
  }

  /** An engine that works on so many splits at once. */
  BatchEngine batch(int threads) {
    SimpleAsyncTaskExecutor workers = new SimpleAsyncTaskExecutor("split-");
    workers.setConcurrencyLimit(threads);
    return new BatchEngine(parts.repository(), parts.operator(), parts.transactions(), workers);
  }

  /**
   * Removes job instances that were last worked on before a moment, and gives the disk back what an
   * embedded database needed for them.
   *
   * @param before in the time zone of the Java runtime, which Spring Batch writes
   * @return how many
   */
  int purge(LocalDateTime before) {
    int purged = batch(1).purge(before);
    if (isEmbedded) {
      new JdbcTemplate(parts.database()).execute("CHECKPOINT DEFRAG");
    }
    return purged;
  }

  @Override
  public void close() {
    parts.close();
  }
}
