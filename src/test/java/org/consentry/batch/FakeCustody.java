package org.consentry.batch;

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
import org.consentry.export.ExportSteps;
import org.consentry.export.Parallel;
import org.consentry.export.Partition;
import org.consentry.export.PartitionWork;

/**
 * Custody that writes down what it is called for. Every split has three batches of ten rows, of
 * which six are released. It remembers which splits are done, as staging does. Something may be
 * done, or thrown, at any call by its name: {@code decide}, {@code begin visits-0}, {@code read
 * visits-0}, {@code extract visits-0}, {@code write visits-0}, {@code finish visits-0}, {@code
 * close visits-0}, {@code end 0}, {@code parts}, {@code seal}, {@code publish}.
 */
final class FakeCustody implements ExportSteps {

  private static final int BATCHES = 3;
  private static final int ROWS = 10;
  private static final int RELEASED = 6;

  private final List<List<Split>> levels;
  private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
  private final Set<Split> done;
  private final Map<String, Consumer<String>> at = new ConcurrentHashMap<>();
  private List<Split> parts = List.of();
  private Publication publication = Publication.PUBLISHED;

  FakeCustody(List<List<Split>> levels) {
    this(levels, ConcurrentHashMap.newKeySet());
  }

  private FakeCustody(List<List<Split>> levels, Set<Split> done) {
    this.levels = List.copyOf(levels);
    this.done = done;
  }

  /** The next process over the same staging. */
  FakeCustody next() {
    return new FakeCustody(levels, done).parts(parts);
  }

  /** The next process over the same staging, after the source changed. */
  FakeCustody next(List<List<Split>> changed) {
    return new FakeCustody(changed, done);
  }

  static List<Split> splits(String table, int count) {
    List<Split> splits = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      splits.add(new Split(table, i, i * 100L, i * 100L + 100, i * 30L + 2, 7));
    }
    return splits;
  }

  /** Leaves the release staged when it is to be published. */
  FakeCustody staging() {
    publication = Publication.STAGED;
    return this;
  }

  /** Has these pieces between the last level and sealing. */
  FakeCustody parts(List<Split> cut) {
    parts = List.copyOf(cut);
    return this;
  }

  FakeCustody at(String call, Consumer<String> what) {
    at.put(call, what);
    return this;
  }

  FakeCustody failing(String call, RuntimeException failure) {
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
  public void decide(Parallel parallel) {
    call("decide");
    parallel.all(
        List.of(
            () -> {
              call("piece");
              return true;
            }));
  }

  @Override
  public int levels() {
    return levels.size();
  }

  @Override
  public List<Partition> splits(int level) {
    return pieces(levels.get(level));
  }

  @Override
  public List<Partition> parts() {
    call("parts");
    return pieces(parts);
  }

  private List<Partition> pieces(List<Split> splits) {
    return splits.stream()
        .map(split -> new Partition(split.table() + "-" + split.number(), () -> begin(split)))
        .toList();
  }

  private Optional<PartitionWork> begin(Split split) {
    String name = split.table() + "-" + split.number();
    call("begin " + name);
    return done.contains(split) ? Optional.empty() : Optional.of(new Work(split, name));
  }

  @Override
  public void endLevel(int level) {
    call("end " + level);
  }

  @Override
  public void seal() {
    call("seal");
  }

  @Override
  public Publication publish() {
    call("publish");
    return publication;
  }

  /** The work on one split. */
  private final class Work implements PartitionWork {
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
    public Tally finish() {
      call("finish " + name);
      done.add(split);
      return new Tally(
          BATCHES * ROWS,
          BATCHES * RELEASED,
          Map.of(Exclusion.NO_CONSENT, (long) BATCHES * (ROWS - RELEASED)),
          Map.of(),
          Map.of(),
          Map.of());
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
