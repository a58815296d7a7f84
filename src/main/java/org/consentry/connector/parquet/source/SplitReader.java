package org.consentry.connector.parquet.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.consentry.connector.BatchReader;
import org.consentry.data.RowBatch;

/**
 * Reads row groups one after the other. Their bytes are proven to be those of the split before the
 * last batch is given. Where a page is damaged, a file that changed is named as such. Not
 * thread-safe.
 */
final class SplitReader implements BatchReader {

  private final List<TableGroup> groups;
  private final OptionalInt digest;
  private final ParquetProblems problems;
  private final List<Integer> columns;
  private final List<Integer> digests = new ArrayList<>();
  private Optional<FileBytes> file = Optional.empty();
  private Optional<RowGroupReader> open = Optional.empty();
  private int ended;
  private long done;

  /**
   * Begins to read.
   *
   * @param digest of the split; empty for a look at rows
   * @param problems names the table when its bytes changed
   * @param columns positions, in the order of the batches
   */
  SplitReader(
      List<TableGroup> groups,
      OptionalInt digest,
      ParquetProblems problems,
      List<Integer> columns) {
    this.groups = List.copyOf(groups);
    this.digest = digest;
    this.problems = problems;
    this.columns = List.copyOf(columns);
    groups.stream()
        .map(TableGroup::file)
        .distinct()
        .forEach(file -> columns.forEach(file::requireReadable));
  }

  @Override
  public Optional<RowBatch> next() {
    if (open.isEmpty()) {
      if (ended == groups.size()) {
        return Optional.empty();
      }
      open = Optional.of(new RowGroupReader(groups.get(ended), bytes(), columns));
    }
    RowGroupReader group = open.get();
    RowBatch batch;
    try {
      batch = group.next();
    } catch (Damage | ThriftReader.CutOff | ArithmeticException | IndexOutOfBoundsException no) {
      end(group);
      prove();
      throw group.damaged(no);
    }
    if (!group.hasNext()) {
      end(group);
      if (ended == groups.size()) {
        prove();
      }
    }
    return Optional.of(batch);
  }

  private FileBytes bytes() {
    ParquetFile wanted = groups.get(ended).file();
    if (file.isEmpty() || !groups.get(ended - 1).file().path().equals(wanted.path())) {
      close();
      file = Optional.of(wanted.open());
    }
    return file.get();
  }

  private void end(RowGroupReader group) {
    if (digest.isPresent()) {
      digests.add(group.digest());
    }
    done += groups.get(ended++).rows().text();
    open = Optional.empty();
  }

  /** Compares the digest of the split; row groups that were not read are read for it. */
  private void prove() {
    if (digest.isEmpty()) {
      return;
    }
    IntStream read = digests.stream().mapToInt(Integer::intValue);
    IntStream rest = IntStream.of(TableGroup.digests(groups.subList(ended, groups.size())));
    if (digest.getAsInt() != ParquetFile.joined(IntStream.concat(read, rest))) {
      throw problems.changed();
    }
  }

  @Override
  public long done() {
    return done + open.map(RowGroupReader::done).orElse(0L);
  }

  @Override
  public void close() {
    file.ifPresent(FileBytes::close);
  }
}
