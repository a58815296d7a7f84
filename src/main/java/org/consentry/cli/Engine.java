package org.consentry.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.consentry.batch.BatchEngine;
import org.consentry.release.StateFolder;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.batch.jdbc.autoconfigure.BatchJdbcAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Spring, started only by commands that need the job repository. The database is HSQLDB in the
 * state folder; any other JDBC database by {@code spring.datasource.*} in {@code
 * application.properties} of the state folder or in the environment.
 */
final class Engine implements AutoCloseable {

  private static final String URL = "spring.datasource.url";

  private final ConfigurableApplicationContext context;

  private Engine(ConfigurableApplicationContext context) {
    this.context = context;
  }

  /** The few auto-configurations a batch job needs. */
  @SpringBootConfiguration(proxyBeanMethods = false)
  @ImportAutoConfiguration({
    DataSourceAutoConfiguration.class,
    DataSourceTransactionManagerAutoConfiguration.class,
    TransactionAutoConfiguration.class,
    BatchJdbcAutoConfiguration.class
  })
  static final class Wiring {}

  /**
   * Starts Spring over the database of a state folder, with connections for so many threads. The
   * caller holds the lock.
   */
  static Engine start(StateFolder state, int threads) {
    SpringApplication application = new SpringApplication(Wiring.class);
    application.setWebApplicationType(WebApplicationType.NONE);
    application.setBannerMode(Banner.Mode.OFF);
    application.setLogStartupInfo(false);
    application.setRegisterShutdownHook(false);
    application.setDefaultProperties(defaults(state, threads));
    return new Engine(application.run());
  }

  private static String url(StateFolder state) {
    return "jdbc:hsqldb:file:"
        + state.database().toAbsolutePath()
        + ";hsqldb.write_delay=false;hsqldb.lock_file=false;hsqldb.tx=mvcc"
        + ";hsqldb.default_table_type=cached;shutdown=true";
  }

  private static Map<String, Object> defaults(StateFolder state, int threads) {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put(URL, url(state));
    properties.put("spring.datasource.username", "sa");
    properties.put("spring.datasource.password", "");
    properties.put("spring.datasource.hikari.maximum-pool-size", threads + 4);
    properties.put("spring.datasource.hikari.minimum-idle", 1);
    properties.put("spring.batch.jdbc.initialize-schema", "always");
    properties.put(
        "spring.config.additional-location",
        "optional:file:" + state.home().toAbsolutePath() + "/");
    properties.put("spring.main.lazy-initialization", true);
    properties.put("spring.jmx.enabled", false);
    return properties;
  }

  /** An engine that works on so many splits at once. */
  BatchEngine batch(int threads) {
    SimpleAsyncTaskExecutor workers = new SimpleAsyncTaskExecutor("split-");
    workers.setConcurrencyLimit(threads);
    return new BatchEngine(
        context.getBean(JobRepository.class),
        context.getBean(JobOperator.class),
        context.getBean(PlatformTransactionManager.class),
        workers);
  }

  @Override
  public void close() {
    context.close();
  }
}
