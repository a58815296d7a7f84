package org.consentry.batch;

import java.util.function.Consumer;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.AbstractStep;
import org.springframework.batch.core.step.StepExecution;

/** The step of one stage. When a stop was asked for, before it or within it, the job stops here. */
final class StageStep extends AbstractStep {

  private final Consumer<StepExecution> stage;
  private final StopRequest stop;

  StageStep(
      String name, JobRepository repository, Consumer<StepExecution> stage, StopRequest stop) {
    super(repository);
    setName(name);
    this.stage = stage;
    this.stop = stop;
  }

  @Override
  protected void doExecute(StepExecution execution) {
    if (stop.isAsked()) {
      execution.setTerminateOnly();
      return;
    }
    try {
      Boundary.run(() -> stage.accept(execution));
    } catch (StoppedException stopped) {
      execution.setTerminateOnly();
    }
  }
}
