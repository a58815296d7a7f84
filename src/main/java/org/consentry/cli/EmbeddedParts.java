package org.consentry.cli;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.hsqldb.jdbc.JDBCDataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.bridge.SLF4JBridgeHandler;
import org.springframework.batch.core.configuration.support.MapJobRegistry;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.launch.support.JobOperatorFactoryBean;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.repository.support.JdbcJobRepositoryFactoryBean;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.EncodedResource;
import org.springframework.jdbc.datasource.init.ScriptUtils;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * The job repository in the state folder, put together as Spring Boot would do it, but without a
 * context: to make one takes longer than all that a small run does with it. Messages of other
 * people's code go where Spring Boot sends them, so that none is printed.
 *
 * <p>The database is open as long as the first connection is. Not thread-safe until the repository
 * has been asked for.
 */
final class EmbeddedParts implements BatchParts {

  /** The user of every new HSQLDB, who has no password. */
  static final String USER = "sa";

  /** What the script of Spring Batch makes last. */
  private static final String LAST_TABLE = "BATCH_JOB_INSTANCE_SEQ";

  private static final String SCRIPT = "org/springframework/batch/core/schema-hsqldb.sql";

  private final JDBCDataSource database = new JDBCDataSource();
  private final PlatformTransactionManager transactions = new JdbcTransactionManager(database);
  private @Nullable Connection first;
  private @Nullable JobRepository repository;

  EmbeddedParts(String url) {
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    database.setURL(url);
    database.setUser(USER);
    database.setPassword("");
  }

  @Override
  public JobRepository repository() {
    if (repository == null) {
      repository = make(this::makeRepository);
    }
    return repository;
  }

  @Override
  public JobOperator operator() {
    return make(this::makeOperator);
  }

  private interface Making<T> {
    T make() throws Exception;
  }

  private static <T> T make(Making<T> making) {
    try {
      return making.make();
    } catch (RuntimeException refused) {
      throw refused;
    } catch (Exception refused) {
      throw new IllegalStateException("the job repository cannot be used", refused);
    }
  }

  private JobRepository makeRepository() throws Exception {
    if (first == null) {
      first = database.getConnection();
    }
    if (!first.getMetaData().getTables(null, null, LAST_TABLE, null).next()) {
      ScriptUtils.executeSqlScript(
          first,
          new EncodedResource(new ClassPathResource(SCRIPT)),
          true,
          true,
          ScriptUtils.DEFAULT_COMMENT_PREFIX,
          ScriptUtils.DEFAULT_STATEMENT_SEPARATOR,
          ScriptUtils.DEFAULT_BLOCK_COMMENT_START_DELIMITER,
          ScriptUtils.DEFAULT_BLOCK_COMMENT_END_DELIMITER);
    }
    JdbcJobRepositoryFactoryBean factory = new JdbcJobRepositoryFactoryBean();
    factory.setDataSource(database);
    factory.setTransactionManager(transactions);
    factory.afterPropertiesSet();
    return factory.getObject();
  }

  private JobOperator makeOperator() throws Exception {
    JobOperatorFactoryBean factory = new JobOperatorFactoryBean();
    factory.setJobRepository(repository());
    factory.setJobRegistry(new MapJobRegistry());
    factory.setTransactionManager(transactions);
    factory.afterPropertiesSet();
    return factory.getObject();
  }

  @Override
  public PlatformTransactionManager transactions() {
    return transactions;
  }

  @Override
  public DataSource database() {
    return database;
  }

  /** Closes the database; what cannot be closed is closed with the process. */
  @Override
  public void close() {
    try {
      if (first != null) {
        first.close();
      }
    } catch (SQLException damaged) {
      first = null;
    }
  }
}
