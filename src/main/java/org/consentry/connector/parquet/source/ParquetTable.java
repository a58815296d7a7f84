package org.consentry.connector.parquet.source;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.consentry.connector.BatchReader;
import org.consentry.connector.SourceTable;
import org.consentry.connector.Split;

/**
 * A table in one Parquet file or in several with the same columns. Its splits are row groups that
 * follow each other, numbered through all files. A file may have very many small ones, and every
 * split costs files of its own.
 */
final class ParquetTable implements SourceTable {

  /** Text of a split, at most, unless one row group has more; as that of a CSV file. */
  private static final long SPLIT_BYTES = 64L << 20;

  /** Text of a split of a small table. */
  private static final long SMALL_SPLIT = 8L << 20;

  /** A table is cut into so many splits or more, unless they would be small. */
  private static final int SPLITS = 8;

  private final String name;
  private final String shown;
  private final List<ParquetFile> files;
  private final List<TableGroup> groups;

  /**
   * Puts files together.
   *
   * @param shown the table as messages show it
   * @param files at least one, in order
   * @throws org.consentry.problem.ProblemException when they have other columns
   */
  ParquetTable(String name, String shown, List<ParquetFile> files) {
    this.name = name;
    this.shown = shown;
    this.files = List.copyOf(files);
    for (ParquetFile file : files) {
      requireTypes(file);
    }
    this.groups = TableGroup.of(files);
  }

  private void requireTypes(ParquetFile file) {
    ParquetFile first = files.get(0);
    if (!file.types().equals(first.types())) {
      throw file.problems()
          .invalid(
              "OTHER_COLUMNS",
              0,
              "the file has other columns, or columns of another type, than "
                  + first.problems().file(),
              "export the table again; all its files need the same columns in the same order");
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String file() {
    return shown;
  }

  @Override
  public List<String> columns() {
    return files.get(0).footer().columns().stream().map(SourceColumn::name).toList();
  }

  @Override
  public Optional<String> refusal(String column) {
    int position = columns().indexOf(column);
    return position < 0
        ? Optional.empty()
        : files.stream().flatMap(file -> file.refusal(position).stream()).findFirst();
  }

  @Override
  public long size() {
    return groups.stream().mapToLong(group -> group.rows().text()).sum();
  }

  @Override
  public List<Split> splits() {
    long most =
        Math.min(
            Long.getLong("consentry.splitBytes", SPLIT_BYTES),
            Math.max(SMALL_SPLIT, size() / SPLITS));
    int[] digests = TableGroup.digests(groups);
    List<Split> splits = new ArrayList<>();
    for (int first = 0; first < groups.size(); ) {
      int end = first;
      long size = 0;
      do {
        size += groups.get(end++).rows().text();
      } while (end < groups.size() && size + groups.get(end).rows().text() <= most);
      Split.Range range = new Split.RowGroups(first, end - first, size);
      int digest = ParquetFile.joined(Arrays.stream(digests, first, end));
      splits.add(new Split(name, splits.size(), range, digest));
      first = end;
    }
    return splits;
  }

  @Override
  public BatchReader open(Split split, List<Integer> columns) {
    if (!(split.range() instanceof Split.RowGroups range)
        || range.first() + range.count() > groups.size()) {
      throw problems().changed();
    }
    List<TableGroup> some = groups.subList(range.first(), range.first() + range.count());
    return new SplitReader(some, OptionalInt.of(split.digest()), problems(), columns);
  }

  private ParquetProblems problems() {
    return new ParquetProblems(shown);
  }

  @Override
  public BatchReader first(List<Integer> columns) {
    return new SplitReader(groups, OptionalInt.empty(), problems(), columns);
  }
}
