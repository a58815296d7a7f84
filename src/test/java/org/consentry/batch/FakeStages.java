package org.consentry.batch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.consentry.connector.Split;
import org.consentry.data.Exclusion;
import org.consentry.data.LongColumn;
import org.consentry.data.RowBatch;
import org.consentry.data.Tally;
import org.consentry.export.ExportStages;
import org.consentry.export.Partition;
import org.consentry.export.PartitionResult;
import org.consentry.export.PartitionWork;
import org.consentry.export.Publication;
import org.consentry.export.Workers;

/**
 * Stages that record what they are called for. Every split has three batches of ten rows, of which
 * six are released. They remember which splits are done, as staging does. Something may be done, or
 * thrown, at any call by its name: {@code decide}, {@code earlier visits-0}, {@code begin
 * visits-0}, {@code read visits-0}, {@code extract visits-0}, {@code write visits-0}, {@code finish
 * visits-0}, {@code close visits-0}, {@code end 0}, {@code parts}, {@code seal}, {@code publish}.
 */
final class FakeStages implements ExportStages<String, String, String, String> {

  private static final int BATCHES = 3;
  private static final int ROWS = 10;
  private static final int RELEASED = 6;

  private final List<List<Split>> levels;
  private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
  private final Set<Split> done;
  private final Map<String, Consumer<String>> at = new ConcurrentHashMap<>();
  private List<Split> parts = List.of();
  private Publication.State publication = Publication.State.PUBLISHED;

  FakeStages(List<List<Split>> levels) {
    this(levels, ConcurrentHashMap.newKeySet());
  }

  private FakeStages(List<List<Split>> levels, Set<Split> done) {
    this.levels = List.copyOf(levels);
    this.done = done;
  }

  /** The next process over the same staging. */
  FakeStages next() {
    return new FakeStages(levels, done).parts(parts);
  }

  /** The next process over the same staging, after the source changed. */
  FakeStages next(List<List<Split>> changed) {
    return new FakeStages(changed, done);
  }

  static List<Split> splits(String table, int count) {
    List<Split> splits = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      splits.add(Split.ofBytes(table, i, i * 100L, i * 100L + 100, i * 30L + 2, 7));
    }
    return splits;
  }

  /** Leaves the release staged when it is to be published. */
  FakeStages staging() {
    publication = Publication.State.STAGED;
    return this;
  }

  /** Has these pieces between the last level and sealing. */
  FakeStages parts(List<Split> cut) {
    parts = List.copyOf(cut);
    return this;
  }

  FakeStages at(String call, Consumer<String> what) {
    at.put(call, what);
    return this;
  }

  FakeStages failing(String call, RuntimeException failure) {
    return at(
        call,
        any -> {
          throw failure;
        });
  }

  /** What was called, in order. */
  List<String> calls() {
    return List.copyOf(calls);
  }

  /** What was called with that first word. */
  List<String> calls(String word) {
    return calls().stream().filter(call -> call.startsWith(word)).sorted().toList();
  }

  private void call(String name) {
    calls.add(name);
    at.getOrDefault(name, any -> {}).accept(name);
  }

  @Override
  public String decide(Workers workers) {
    call("decide");
    workers.all(
        List.of(
            () -> {
              call("piece");
              return true;
            }));
    return "decisions";
  }

  @Override
  public String extract(String decisions, Workers workers) {
    require(decisions, "decisions");
    for (int level = 0; level < levels.size(); level++) {
      check(levels.get(level), workers.partitions("extract-" + level, pieces(levels.get(level))));
      call("end " + level);
    }
    return "extraction";
  }

  @Override
  public String sort(String extraction, Workers workers) {
    require(extraction, "extraction");
    call("parts");
    check(parts, workers.partitions("sort", pieces(parts)));
    return "tables";
  }

  @Override
  public String seal(String tables, Workers workers) {
    require(tables, "tables");
    call("seal");
    return "release";
  }

  @Override
  public Publication publish(String release) {
    require(release, "release");
    call("publish");
    return new Publication(publication, Path.of("release"), 0, Map.of());
  }

  private static void require(String found, String expected) {
    if (!found.equals(expected)) {
      throw new AssertionError("expected " + expected + " but found " + found);
    }
  }

  private static void check(List<Split> splits, List<Done> results) {
    if (!results.stream().map(Done::split).toList().equals(splits)) {
      throw new AssertionError("results in another order: " + results);
    }
  }

  /** What came of one split. */
  record Done(Split split) implements PartitionResult {
    @Override
    public Tally tally() {
      return new Tally(
          BATCHES * ROWS,
          BATCHES * RELEASED,
          Map.of(Exclusion.NO_CONSENT, (long) BATCHES * (ROWS - RELEASED)),
          Map.of(),
          Map.of(),
          Map.of());
    }
  }

  private List<Partition<RowBatch, Done>> pieces(List<Split> splits) {
    return splits.stream().map(this::piece).toList();
  }

  private Partition<RowBatch, Done> piece(Split split) {
    String name = split.table() + "-" + split.number();
    return new Partition<>(
        name,
        () -> {
          call("earlier " + name);
          return done.contains(split) ? Optional.of(new Done(split)) : Optional.empty();
        },
        () -> {
          call("begin " + name);
          return new Work(split, name);
        });
  }

  /** The work on one split. */
  private final class Work implements PartitionWork<RowBatch, Done> {
    private final Split split;
    private final String name;
    private int batch;

    Work(Split split, String name) {
      this.split = split;
      this.name = name;
    }

    @Override
    public Optional<RowBatch> read() {
      call("read " + name);
      return batch++ < BATCHES ? Optional.of(rows(ROWS)) : Optional.empty();
    }

    @Override
    public RowBatch extract(RowBatch rows) {
      call("extract " + name);
      return rows(RELEASED);
    }

    @Override
    public void write(RowBatch rows) {
      call("write " + name);
    }

    @Override
    public Done finish() {
      call("finish " + name);
      done.add(split);
      return new Done(split);
    }

    @Override
    public void close() {
      call("close " + name);
    }

    private static RowBatch rows(int count) {
      return new RowBatch(
          count, List.of(new LongColumn(count, new long[count])), List.of(), row -> row);
    }
  }
}
