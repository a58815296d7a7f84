package org.consentry.connector.fhir;

import java.util.List;
import java.util.Optional;
import org.consentry.connector.BatchReader;
import org.consentry.data.RowBatch;
import org.jspecify.annotations.Nullable;

/**
 * The rows that are made of the resources of one split, for one table or several. Each line is read
 * once; each reading of it is made to rows of its tables. Not thread-safe.
 */
final class ResourceRows implements BatchReader {

  /** What makes rows of resources. */
  interface Maker {

    /** The type of resource. */
    String resource();

    /** The name of a column. */
    String column(int position);

    /**
     * The rows of a resource, each with a cell for every column.
     *
     * @param resource what was read of it
     * @param bytes have its JSON, which ends at {@code to}
     */
    List<@Nullable Item[]> rows(Item.Complex resource, byte[] bytes, int from, int to)
        throws Failure;
  }

  /**
   * A table.
   *
   * @param number its position among those that are read
   * @param maker of its rows
   * @param columns positions of its columns, in the order of the batches
   */
  record Table(int number, Maker maker, List<Integer> columns) {
    Table {
      columns = List.copyOf(columns);
    }
  }

  /**
   * The elements that are read of a resource, and the tables whose rows are made of them.
   *
   * @param shape the elements
   */
  record Reading(Shape shape, List<Table> tables) {
    Reading {
      tables = List.copyOf(tables);
    }
  }

  private final LineReader lines;
  private final FhirProblems problems;
  private final List<Reading> readings;
  private final ResourceReader[] readers;
  private final RowCells[] cells;
  private int given;

  ResourceRows(LineReader lines, FhirProblems problems, List<Reading> readings, int longest) {
    this.lines = lines;
    this.problems = problems;
    this.readings = List.copyOf(readings);
    this.readers =
        readings.stream()
            .map(reading -> new ResourceReader(reading.shape(), longest))
            .toArray(ResourceReader[]::new);
    int tables = readings.stream().mapToInt(reading -> reading.tables().size()).sum();
    this.cells = new RowCells[tables];
    for (Reading reading : readings) {
      for (Table table : reading.tables()) {
        cells[table.number()] = new RowCells(table.maker(), table.columns(), tables);
      }
    }
  }

  @Override
  public Optional<RowBatch> next() {
    cells[given].clear();
    do {
      for (int table = 0; table < cells.length; table++) {
        if (cells[table].isFull()) {
          return batch(table);
        }
      }
    } while (resource());
    for (int table = 0; table < cells.length; table++) {
      if (cells[table].rows() > 0) {
        return batch(table);
      }
    }
    return Optional.empty();
  }

  private Optional<RowBatch> batch(int table) {
    given = table;
    return Optional.of(cells[table].batch());
  }

  private boolean resource() {
    if (!lines.next()) {
      return false;
    }
    try {
      for (int i = 0; i < readers.length; i++) {
        read(readers[i], readings.get(i).tables());
      }
    } catch (Failure failure) {
      throw problems.resource(lines.number(), failure);
    }
    return true;
  }

  private void read(ResourceReader reader, List<Table> tables) throws Failure {
    Item.Complex resource = reader.read(lines.buffer(), lines.from(), lines.to());
    String type = tables.get(0).maker().resource();
    if (!resource.text("resourceType").equals(type)) {
      throw problems.wrongType(lines.number(), type);
    }
    for (Table table : tables) {
      RowCells into = cells[table.number()];
      for (@Nullable Item[] row :
          table.maker().rows(resource, lines.buffer(), lines.from(), lines.to())) {
        into.add(row, lines.number());
      }
    }
  }

  @Override
  public int table() {
    return given;
  }

  @Override
  public long done() {
    return lines.done();
  }

  @Override
  public void close() {
    lines.close();
  }
}
