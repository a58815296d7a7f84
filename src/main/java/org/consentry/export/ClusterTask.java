package org.consentry.export;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.consentry.data.FlatInput;
import org.consentry.data.Tally;
import org.consentry.ledger.Staging;
import org.consentry.plan.ExportPlan;
import org.consentry.plan.Planner;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;
import org.consentry.problem.Unexpected;

/**
 * Does partitions of a run in a process of a {@link Cluster}. It makes the plan of the run again of
 * the same files, and remembers what it was sent last. Safe for any number of threads. Its methods
 * have types of Java alone, because the process loads it apart from its own classes.
 *
 * <p><b>Security promise:</b> what it returns contains no cell value, patient id or key. It writes
 * to the run's staging folder only.
 */
public final class ClusterTask {

  private static final byte[] DONE = {};

  private Optional<Known<Run>> run = Optional.empty();
  private Optional<Known<SentRun.Decided>> decided = Optional.empty();
  private Optional<Known<List<? extends Partition<?, ?>>>> step = Optional.empty();

  /** Something that was sent, by its name. */
  private record Known<T>(String name, T value) {}

  /** The run, its plan and where it stores results. */
  private record Run(SentRun.Described described, ExportPlan plan, Staging staging) {}

  /**
   * Does a partition, unless its result is in staging already.
   *
   * @param names names of what was sent, as {@link SentStep#contents()} has it
   * @param contents opens what was sent under a name
   * @param partition position of the partition in its step
   * @return what went wrong, as {@link SentProblems} reads it; no bytes when it is done
   */
  public byte[] run(List<String> names, Function<String, InputStream> contents, int partition) {
    try {
      Opened opened = open(names, contents);
      String step = names.get(names.size() - 1);
      finish(opened.partitions().get(partition), opened.run(), step);
      return DONE;
    } catch (ProblemException known) {
      return SentProblems.write(known);
    } catch (OutOfMemoryError ended) {
      throw ended;
    } catch (RuntimeException | Error unexpected) {
      return SentProblems.write(Unexpected.of(unexpected));
    }
  }

  private record Opened(Run run, List<? extends Partition<?, ?>> partitions) {}

  private synchronized Opened open(List<String> names, Function<String, InputStream> contents) {
    String first = names.get(0);
    if (run.filter(known -> known.name().equals(first)).isEmpty()) {
      run = Optional.of(new Known<>(first, read(contents, first, ClusterTask::plan)));
    }
    Run at = run.orElseThrow().value();
    String last = names.get(names.size() - 1);
    if (step.filter(known -> known.name().equals(last)).isEmpty()) {
      step = Optional.empty();
      if (names.size() > 2) {
        decide(names.get(1), contents);
      }
      step = Optional.of(new Known<>(last, read(contents, last, in -> partitions(at, in))));
    }
    return new Opened(at, step.orElseThrow().value());
  }

  private void decide(String name, Function<String, InputStream> contents) {
    if (decided.filter(known -> known.name().equals(name)).isEmpty()) {
      decided = Optional.empty();
      decided = Optional.of(new Known<>(name, read(contents, name, SentRun.Decided::read)));
    }
  }

  private static <T> T read(
      Function<String, InputStream> contents, String name, Function<FlatInput, T> reading) {
    try (InputStream in = contents.apply(name)) {
      return reading.apply(new FlatInput(in));
    } catch (IOException cannotClose) {
      throw new UncheckedIOException("what was sent cannot be closed", cannotClose);
    }
  }

  private static Run plan(FlatInput in) {
    SentRun.Described described = SentRun.Described.read(in);
    Staging staging = SentRun.staging(described);
    requireAttempt(described.attempt() + " ", staging, SharedFiles::unseen);
    ExportPlan plan;
    try {
      plan =
          Planner.plan(
              described.job(),
              described.today(),
              described.referenceDate(),
              Optional.of(described.zone()));
    } catch (ProblemException refused) {
      List<Problem> all = new ArrayList<>();
      all.add(SharedFiles.otherFiles(described.job()));
      all.addAll(refused.problems());
      throw new ProblemException(Category.RUN_FAILED, all);
    }
    if (!plan.digest().equals(described.digest())) {
      throw new ProblemException(
          Category.RUN_FAILED, List.of(SharedFiles.otherFiles(described.job())));
    }
    return new Run(described, plan, staging);
  }

  private interface Refusal {
    ProblemException of(Staging staging);
  }

  /** The attempt at work, and its step at work where that is asked for. */
  private static void requireAttempt(String beginning, Staging staging, Refusal otherwise) {
    boolean isAtWork =
        staging
            .seen(() -> staging.text(SentRun.ATTEMPT).filter(text -> text.startsWith(beginning)))
            .isPresent();
    if (!isAtWork) {
      throw otherwise.of(staging);
    }
  }

  private List<? extends Partition<?, ?>> partitions(Run at, FlatInput in) {
    String kind = in.text();
    if (kind.equals(SentRun.CHECK)) {
      return SharedFiles.partitions(at.staging(), at.described().attempt());
    }
    SentRun.Decided read = decided.orElseThrow().value();
    SplitSetting setting =
        SplitSetting.of(
            at.plan(), read.keys(), at.staging(), new NoProgress(), at.described().sizes());
    return SentRun.level(setting, read.rows(), in).partitions();
  }

  private static <B, R extends PartitionResult> void finish(
      Partition<B, R> partition, Run run, String step) {
    if (partition.earlier().get().isPresent()) {
      return;
    }
    try (PartitionWork<B, R> work = partition.begin().get()) {
      for (Optional<B> rows = work.read(); rows.isPresent(); rows = work.read()) {
        work.write(work.extract(rows.get()));
      }
      requireAttempt(run.described().attempt() + " " + step, run.staging(), ClusterTask::over);
      work.finish();
    }
  }

  private static ProblemException over(Staging staging) {
    return ProblemException.of(
        Category.TEMPORARY,
        "ATTEMPT_OVER",
        Place.of(staging.folder()),
        "the run is past this step, or another process works on it by now",
        "wait until that one has ended");
  }

  /** Nothing but that a process has seen the files of the run. */
  record Seen() implements PartitionResult {
    @Override
    public Tally tally() {
      return Tally.NONE;
    }
  }
}
