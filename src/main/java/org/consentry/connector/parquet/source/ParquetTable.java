package org.consentry.connector.parquet.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.consentry.connector.BatchReader;
import org.consentry.connector.SourceTable;
import org.consentry.connector.Split;
import org.consentry.connector.parquet.source.FileFooter.RowGroup;
import org.consentry.data.RowBatch;

/**
 * A table in one Parquet file or in several with the same columns. Row groups are its splits,
 * numbered through all files.
 */
final class ParquetTable implements SourceTable {

  /**
   * A row group with rows.
   *
   * @param number in its file
   * @param firstRow rows of the table before it
   */
  private record Group(ParquetFile file, int number, long firstRow) {

    RowGroup rows() {
      return file.footer().rowGroups().get(number);
    }
  }

  private final String name;
  private final String shown;
  private final List<ParquetFile> files;
  private final List<Group> groups;

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
    this.groups = groups(files);
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

  private static List<Group> groups(List<ParquetFile> files) {
    List<Group> groups = new ArrayList<>();
    long row = 0;
    for (ParquetFile file : files) {
      for (int number = 0; number < file.footer().rowGroups().size(); number++) {
        Group group = new Group(file, number, row);
        if (group.rows().rows() > 0) {
          groups.add(group);
        }
        row += group.rows().rows();
      }
    }
    return List.copyOf(groups);
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
    return files.stream().mapToLong(ParquetFile::size).sum();
  }

  @Override
  public List<Split> splits() {
    List<Split> splits = new ArrayList<>();
    for (ParquetFile file : files) {
      try (FileBytes bytes = new FileBytes(file.path(), file.size(), file.problems())) {
        for (int i = 0; i < groups.size(); i++) {
          Group group = groups.get(i);
          if (group.file().path().equals(file.path())) {
            Split.Range range = new Split.RowGroup(i, group.rows().size());
            splits.add(new Split(name, i, range, file.digest(bytes, group.rows())));
          }
        }
      }
    }
    return splits;
  }

  @Override
  public BatchReader open(Split split, List<Integer> columns) {
    if (!(split.range() instanceof Split.RowGroup range) || range.index() >= groups.size()) {
      throw files.get(0).problems().changed();
    }
    return open(groups.get(range.index()), OptionalInt.of(split.digest()), columns);
  }

  private static BatchReader open(Group group, OptionalInt digest, List<Integer> columns) {
    return new RowGroupReader(group.file(), group.number(), digest, group.firstRow(), columns);
  }

  @Override
  public BatchReader first(List<Integer> columns) {
    return new InOrder(columns);
  }

  /** All row groups one after the other, for a look at rows. Not thread-safe. */
  private final class InOrder implements BatchReader {

    private final List<Integer> columns;
    private BatchReader open = BatchReader.EMPTY;
    private int next;

    InOrder(List<Integer> columns) {
      this.columns = columns;
    }

    @Override
    public Optional<RowBatch> next() {
      Optional<RowBatch> batch = open.next();
      while (batch.isEmpty() && next < groups.size()) {
        open.close();
        open = ParquetTable.open(groups.get(next++), OptionalInt.empty(), columns);
        batch = open.next();
      }
      return batch;
    }

    @Override
    public void close() {
      open.close();
    }
  }
}
