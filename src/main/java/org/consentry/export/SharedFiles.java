package org.consentry.export;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.consentry.connector.SourceTable;
import org.consentry.export.ClusterTask.Seen;
import org.consentry.ledger.Staging;
import org.consentry.plan.ExportPlan;
import org.consentry.plan.TableExtract;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;

/**
 * Checks, before anything else is done, that the processes of a cluster see the files of a run
 * under the same names: what is written here is read there, and the other way round; and job,
 * mapping, lists and source there make the same plan.
 */
final class SharedFiles {

  private static final String CODE = "SHARED_FILES";
  private static final String HINT =
      "put job, mapping, source and output on a file system that every machine of the cluster"
          + " mounts under the same path, writable for the same user";
  private static final int MOST = 1 << 10;

  private SharedFiles() {}

  /**
   * Begins an attempt: processes of earlier ones store nothing from now on. Where a cluster does
   * the work, its processes are asked for the files.
   *
   * @throws ProblemException category FILES_INVALID when records are not in files, RUN_FAILED when
   *     a process does not see them
   */
  static void begin(ExportPlan plan, SentRun sent, Staging staging, Workers workers) {
    staging.removeHalves();
    if (workers.elsewhere() == 0) {
      staging.remove(SentRun.ATTEMPT);
      return;
    }
    requireFiles(plan);
    sent.begin(sent.check());
    int asked = Math.min(MOST, 2 * workers.elsewhere());
    workers.partitions(
        "check",
        partitions(staging, sent.attempt()).subList(0, asked),
        new SentStep<>(List.of(sent.run(), sent.check()), number -> seen(sent, staging, number)));
  }

  private static void requireFiles(ExportPlan plan) {
    Stream<SourceTable> tables = plan.tables().stream().map(TableExtract::source);
    if (!Stream.concat(tables, plan.consents().table().stream()).allMatch(SourceTable::isInFiles)) {
      throw ProblemException.of(
          Category.FILES_INVALID,
          "CLUSTER_SOURCE",
          Place.of(plan.jobFile()),
          "records or consent lines are in a database, which answers in one snapshot of one session",
          "run the job without --engine spark, or export the tables to files that all machines see");
    }
  }

  private static Seen seen(SentRun sent, Staging staging, int number) {
    Optional<String> answer =
        staging.seen(() -> staging.text(name(number)).filter(sent.attempt()::equals));
    staging.remove(name(number));
    return answer.map(seen -> new Seen()).orElseThrow(() -> unseen(staging));
  }

  /** A process that does one writes that it has read what the run wrote. */
  static List<Partition<Seen, Seen>> partitions(Staging staging, String attempt) {
    return IntStream.range(0, MOST)
        .mapToObj(
            number ->
                new Partition<Seen, Seen>(
                    "check-" + number,
                    Optional::empty,
                    () -> new Answer(staging, name(number), attempt)))
        .toList();
  }

  private static String name(int number) {
    return "seen-" + number;
  }

  private record Answer(Staging staging, String name, String attempt)
      implements PartitionWork<Seen, Seen> {

    @Override
    public Optional<Seen> read() {
      return Optional.empty();
    }

    @Override
    public Seen extract(Seen batch) {
      return batch;
    }

    @Override
    public void write(Seen batch) {}

    @Override
    public Seen finish() {
      staging.keep(name, attempt);
      return new Seen();
    }

    @Override
    public void close() {}
  }

  static ProblemException unseen(Staging staging) {
    return new ProblemException(
        Category.RUN_FAILED,
        List.of(
            Problem.error(
                CODE,
                Place.of(staging.folder()),
                "a process of the cluster does not see the staging folder of the run",
                HINT)));
  }

  static Problem otherFiles(Path job) {
    return Problem.error(
        CODE,
        Place.of(job),
        "a process of the cluster does not find the files of the job as they are here",
        HINT);
  }
}
