package org.consentry.batch;

import org.springframework.batch.core.repository.JobRepository;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * What steps need of Spring.
 *
 * @param workers how many partitions are worked on at once is theirs to decide
 */
record Batch(
    JobRepository repository, PlatformTransactionManager transactions, AsyncTaskExecutor workers) {}
