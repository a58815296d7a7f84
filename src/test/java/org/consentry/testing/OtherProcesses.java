package org.consentry.testing;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.consentry.export.ClusterTask;
import org.consentry.export.Parallel;
import org.consentry.export.Partition;
import org.consentry.export.PartitionResult;
import org.consentry.export.SentContent;
import org.consentry.export.SentProblems;
import org.consentry.export.SentStep;
import org.consentry.problem.ProblemException;

/**
 * Processes of a cluster as tests have them: task objects that share nothing with the run but what
 * they are sent as bytes, and staging. Two of them do every partition at the same time.
 */
public final class OtherProcesses {

  private final ClusterTask one = new ClusterTask();
  private final ClusterTask other = new ClusterTask();
  private final Map<String, byte[]> sent = new LinkedHashMap<>();

  /** Everything that was sent, by name. */
  public Map<String, byte[]> sent() {
    return Map.copyOf(sent);
  }

  /** Does the partitions that were not done before, each twice; reads their results. */
  <B, R extends PartitionResult> List<R> partitions(
      List<Partition<B, R>> partitions, SentStep<R> step) {
    for (SentContent content : step.contents()) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      content.writeTo(bytes);
      sent.put(content.name(), bytes.toByteArray());
    }
    List<String> names = step.contents().stream().map(SentContent::name).toList();
    List<R> results = new ArrayList<>();
    for (int position = 0; position < partitions.size(); position++) {
      Optional<R> earlier = partitions.get(position).earlier().get();
      if (earlier.isEmpty()) {
        twice(names, position);
      }
      int at = position;
      results.add(earlier.orElseGet(() -> step.result().apply(at)));
    }
    return results;
  }

  private void twice(List<String> names, int position) {
    List<Callable<Optional<ProblemException>>> both =
        List.of(() -> run(one, names, position), () -> run(other, names, position));
    Parallel.onThreads(2)
        .all(both)
        .forEach(
            failure ->
                failure.ifPresent(
                    problem -> {
                      throw problem;
                    }));
  }

  private Optional<ProblemException> run(ClusterTask task, List<String> names, int position) {
    return SentProblems.read(
        task.run(
            names,
            name -> new ByteArrayInputStream(Optional.ofNullable(sent.get(name)).orElseThrow()),
            position));
  }
}
