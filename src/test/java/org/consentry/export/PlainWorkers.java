package org.consentry.export;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Does all work on the calling thread and records which partitions were begun. */
final class PlainWorkers implements Workers {

  private final List<String> begun = new ArrayList<>();
  private int left = Integer.MAX_VALUE;

  /** Step and name of every partition that had no earlier result. */
  List<String> begun() {
    return List.copyOf(begun);
  }

  /** From now on the partition after so many throws, as if the process was killed. */
  void stopAfter(int partitions) {
    left = partitions;
  }

  @Override
  public <T> List<T> all(List<Callable<T>> pieces) {
    List<T> answers = new ArrayList<>();
    for (Callable<T> piece : pieces) {
      try {
        answers.add(piece.call());
      } catch (RuntimeException failure) {
        throw failure;
      } catch (Exception checked) {
        throw new IllegalStateException(checked);
      }
    }
    return answers;
  }

  @Override
  public <B, R extends PartitionResult> List<R> partitions(
      String step, List<Partition<B, R>> partitions) {
    List<R> results = new ArrayList<>();
    for (Partition<B, R> partition : partitions) {
      results.add(partition.earlier().get().orElseGet(() -> work(step, partition)));
    }
    return results;
  }

  private <B, R extends PartitionResult> R work(String step, Partition<B, R> partition) {
    if (left-- == 0) {
      throw new IllegalStateException("stopped");
    }
    begun.add(step + " " + partition.name());
    try (PartitionWork<B, R> work = partition.begin().get()) {
      for (Optional<B> rows = work.read(); rows.isPresent(); rows = work.read()) {
        work.write(work.extract(rows.get()));
      }
      return work.finish();
    }
  }
}
