package org.consentry.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import javax.sql.DataSource;
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
import org.springframework.transaction.PlatformTransactionManager;

/** A job repository as a person set it, by any of Spring Boot's properties. */
final class BootParts implements BatchParts {

  private final ConfigurableApplicationContext context;

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
   * Starts Spring Boot.
   *
   * @param url the database where no other is set
   * @param properties what is set in the state folder
   */
  BootParts(String url, int connections, Map<String, Object> properties) {
    SpringApplication application = new SpringApplication(Wiring.class);
    application.setWebApplicationType(WebApplicationType.NONE);
    application.setBannerMode(Banner.Mode.OFF);
    application.setLogStartupInfo(false);
    application.setRegisterShutdownHook(false);
    application.setDefaultProperties(defaults(url, connections, properties));
    context = application.run();
  }

  private static Map<String, Object> defaults(
      String url, int connections, Map<String, Object> set) {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put(JobDatabase.URL, url);
    properties.put("spring.datasource.username", EmbeddedParts.USER);
    properties.put("spring.datasource.password", "");
    properties.put("spring.datasource.hikari.maximum-pool-size", connections);
    properties.put("spring.datasource.hikari.minimum-idle", 1);
    properties.put("spring.batch.jdbc.initialize-schema", "always");
    properties.put("spring.config.location", "optional:classpath:/");
    properties.put("spring.main.lazy-initialization", true);
    properties.put("spring.jmx.enabled", false);
    properties.putAll(set);
    return properties;
  }

  /** Whether the database is the one where no other is set. */
  boolean isAt(String url) {
    return url.equals(context.getEnvironment().getProperty(JobDatabase.URL));
  }

  @Override
  public JobRepository repository() {
    return context.getBean(JobRepository.class);
  }

  @Override
  public JobOperator operator() {
    return context.getBean(JobOperator.class);
  }

  @Override
  public PlatformTransactionManager transactions() {
    return context.getBean(PlatformTransactionManager.class);
  }

  @Override
  public DataSource database() {
    return context.getBean(DataSource.class);
  }

  @Override
  public void close() {
    context.close();
  }
}
