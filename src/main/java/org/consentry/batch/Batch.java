package org.consentry.batch;

import java.util.Optional;
import org.consentry.export.Cluster;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * What steps need of Spring.
 *
 * @param workers how many partitions are worked on at once is theirs to decide
 * @param cluster other processes that do partitions which can be sent; empty when there are none
 */
record Batch(
    JobRepository repository,
    PlatformTransactionManager transactions,
    AsyncTaskExecutor workers,
    Optional<Cluster> cluster) {}
