package org.consentry.batch;

import java.util.function.Consumer;
import org.consentry.export.ApprovedRelease;
import org.consentry.export.Cluster;
import org.consentry.export.ExportStages;
import org.consentry.export.Publication;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;

/**
 * The Spring Batch job of one run, a step for each stage: {@code decide}, {@code extract}, {@code
 * sort}, {@code seal}, {@code publish}. What need not be done twice is known by the markers in
 * staging, not by the job repository. The name of a partition is that of its piece, table and
 * number; no execution context has anything in it.
 */
final class ExportJob {

  static final String NAME = "export";
  static final String PUBLISHING = "publish-approved";

  private final Batch batch;
  private final StopRequest stop;

  ExportJob(Batch batch, StopRequest stop) {
    this.batch = batch;
    this.stop = stop;
  }

  /**
   * The job of a run.
   *
   * @param publication receives the result of the last stage
   */
  <D, E, P, S> Job of(ExportStages<D, E, P, S> stages, StageResult<Publication> publication) {
    StageResult<D> decisions = new StageResult<>();
    StageResult<E> extraction = new StageResult<>();
    StageResult<P> tables = new StageResult<>();
    StageResult<S> release = new StageResult<>();
    return new JobBuilder(NAME, batch.repository())
        .start(step("decide", at -> decisions.set(stages.decide(workers(at)))))
        .next(
            step(
                "extract",
                at -> {
                  extraction.set(stages.extract(decisions.get(), workers(at)));
                  batch.cluster().ifPresent(Cluster::close);
                }))
        .next(step("sort", at -> tables.set(stages.sort(extraction.get(), workers(at)))))
        .next(step("seal", at -> release.set(stages.seal(tables.get(), workers(at)))))
        .next(step("publish", at -> publication.set(stages.publish(release.get()))))
        .build();
  }

  /** The job of a run whose release was staged and approved. */
  Job of(ApprovedRelease release, StageResult<Publication> publication) {
    return new JobBuilder(PUBLISHING, batch.repository())
        .start(step(PUBLISHING, at -> publication.set(release.publish())))
        .build();
  }

  private Step step(String name, Consumer<StepExecution> stage) {
    return new StageStep(name, batch.repository(), stage, stop);
  }

  private BatchWorkers workers(StepExecution at) {
    return new BatchWorkers(batch, at, stop);
  }
}
