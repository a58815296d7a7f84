package org.consentry.testing;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.consentry.export.Accepted;
import org.consentry.export.Export;
import org.consentry.export.ExportStages;
import org.consentry.export.Parallel;
import org.consentry.export.Partition;
import org.consentry.export.PartitionResult;
import org.consentry.export.PartitionWork;
import org.consentry.export.Publication;
import org.consentry.export.RunContext;
import org.consentry.export.RunKeys;
import org.consentry.export.SentStep;
import org.consentry.export.Workers;
import org.consentry.export.sort.SortSizes;
import org.consentry.ledger.Ledger;
import org.consentry.ledger.Staging;
import org.consentry.ledger.StateFolder;
import org.consentry.plan.ExportPlan;
import org.consentry.release.Publisher;

/** Makes the calls of an export as an engine does, without Spring Batch. */
public final class ExportDriver {

  /** Jobs of one study release different columns in tests, which no program loads. */
  private static final Accepted BREAKING =
      new Accepted(Optional.empty(), Optional.of("columns differ in tests"));

  private final StateFolder state;
  private final Ledger ledger;
  private final Supplier<Instant> clock;
  private final AtomicInteger worked = new AtomicInteger();
  private final List<String> notes = Collections.synchronizedList(new ArrayList<>());
  private SortSizes sizes = SortSizes.USUAL;
  private int threads = 1;
  private Optional<OtherProcesses> others = Optional.empty();

  /** One thread, sizes of a real run. */
  public ExportDriver(StateFolder state, Ledger ledger, Supplier<Instant> clock) {
    this.state = state;
    this.ledger = ledger;
    this.clock = clock;
  }

  /** From now on with so many threads and these sizes. */
  public ExportDriver with(int newThreads, SortSizes newSizes) {
    threads = newThreads;
    sizes = newSizes;
    return this;
  }

  /** From now on other processes do what can be sent to them. */
  public ExportDriver elsewhere(OtherProcesses processes) {
    others = Optional.of(processes);
    return this;
  }

  /** How many splits were worked on so far, and not found done. */
  public int worked() {
    return worked.get();
  }

  /** An export that has written every part in staging. */
  public interface Extracted {
    Sealed seal();
  }

  /** An export whose release is complete and signed in staging. */
  public interface Sealed {
    Publication publish();
  }

  /** Runs the stages up to the part files in staging. */
  public Extracted extract(ExportPlan plan, String run, Optional<String> replaces) {
    Staging staging = Staging.of(plan.output(), run);
    staging.prepare();
    RunKeys keys =
        RunKeys.open(
            state.home(),
            plan.job().study().id(),
            plan.studyKey(),
            plan.signingKey(),
            RunKeys.oneTimeFile(staging));
    Export export =
        new Export(
            plan,
            keys,
            new RunContext(
                run,
                "operator",
                List.of("operator"),
                replaces,
                BREAKING,
                state,
                staging,
                ledger,
                new Publisher(ledger, clock),
                clock,
                ZoneOffset.UTC,
                "test",
                new Notes(notes)),
            sizes);
    ExecutorService workers = Executors.newFixedThreadPool(threads);
    try {
      return extract(export, new OnThreads(workers, worked, others));
    } finally {
      workers.shutdown();
    }
  }

  private static <D, E, P, S> Extracted extract(ExportStages<D, E, P, S> stages, Workers workers) {
    P tables = stages.sort(stages.extract(stages.decide(workers), workers), workers);
    return () -> {
      S release = stages.seal(tables, new OnCaller());
      return () -> stages.publish(release);
    };
  }

  /** Runs pieces one after the other on the calling thread; there are no partitions any more. */
  private record OnCaller() implements Workers {
    @Override
    public <B, R extends PartitionResult> List<R> partitions(
        String step, List<Partition<B, R>> partitions) {
      throw new IllegalStateException("sealing has no partitions");
    }

    @Override
    public <T> List<T> all(List<Callable<T>> pieces) {
      return Parallel.onCallingThread().all(pieces);
    }
  }

  /** Runs pieces on the threads of a pool. */
  private record OnThreads(
      ExecutorService workers, AtomicInteger worked, Optional<OtherProcesses> others)
      implements Workers {

    @Override
    public int elsewhere() {
      return others.isPresent() ? 2 : 0;
    }

    @Override
    public <B, R extends PartitionResult> List<R> partitions(
        String step, List<Partition<B, R>> partitions, SentStep<R> sent) {
      return others.isPresent()
          ? others.get().partitions(partitions, sent)
          : partitions(step, partitions);
    }

    @Override
    public <B, R extends PartitionResult> List<R> partitions(
        String step, List<Partition<B, R>> partitions) {
      List<Callable<R>> calls = new ArrayList<>();
      for (Partition<B, R> partition : partitions) {
        calls.add(() -> partition.earlier().get().orElseGet(() -> work(step, partition)));
      }
      return all(calls);
    }

    private <B, R extends PartitionResult> R work(String step, Partition<B, R> partition) {
      try (PartitionWork<B, R> work = partition.begin().get()) {
        for (Optional<B> rows = work.read(); rows.isPresent(); rows = work.read()) {
          work.write(work.extract(rows.get()));
        }
        if (step.startsWith("extract-")) {
          worked.incrementAndGet();
        }
        return work.finish();
      }
    }

    @Override
    public <T> List<T> all(List<Callable<T>> pieces) {
      List<Future<T>> running = pieces.stream().map(workers::submit).toList();
      List<T> answers = new ArrayList<>();
      for (Future<T> one : running) {
        try {
          answers.add(one.get());
        } catch (ExecutionException failed) {
          if (failed.getCause() instanceof RuntimeException known) {
            throw known;
          }
          throw new IllegalStateException(failed);
        } catch (InterruptedException interrupted) {
          Thread.currentThread().interrupt();
          throw new IllegalStateException(interrupted);
        }
      }
      return answers;
    }
  }

  /** The notes of the runs, in order. */
  public List<String> notes() {
    return List.copyOf(notes);
  }
}
