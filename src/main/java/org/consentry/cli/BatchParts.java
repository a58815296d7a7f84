package org.consentry.cli;

import javax.sql.DataSource;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * What Spring Batch works with. A part is made when it is first asked for, and asking throws what
 * refused it.
 */
interface BatchParts extends AutoCloseable {

  JobRepository repository();

  JobOperator operator();

  PlatformTransactionManager transactions();

  DataSource database();

  @Override
  void close();
}
