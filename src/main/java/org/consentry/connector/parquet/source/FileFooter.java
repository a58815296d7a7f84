package org.consentry.connector.parquet.source;

import java.util.ArrayList;
import java.util.List;

/**
 * What the footer of a Parquet file states, checked against the size of the file: every range of
 * bytes is before the footer, and together they are no more than the file.
 *
 * @param columns the columns of the top level, in order
 * @param rowGroups in the order of the file
 */
record FileFooter(List<SourceColumn> columns, List<RowGroup> rowGroups) {

  /** Bytes of a cell in CSV files of clinics, with its comma. A dictionary shows less. */
  private static final long CELL_BYTES = 10;

  /** More is not believed of one column of a row group. */
  private static final long MOST_TEXT = 1L << 34;

  /**
   * Some rows.
   *
   * @param chunks of all leaf columns, in the order of the schema
   */
  record RowGroup(long rows, List<Chunk> chunks) {

    RowGroup {
      chunks = List.copyOf(chunks);
    }

    /** Bytes that its rows have as text, about. */
    long text() {
      return chunks.stream().mapToLong(Chunk::text).sum();
    }
  }

  /**
   * The values of a column in a row group.
   *
   * @param codec number of the compression
   * @param values number of values, missing ones too
   * @param start first byte
   * @param length bytes
   * @param text bytes that its values have as text, about, by the footer alone: for deciding how
   *     work is cut, not for memory
   */
  record Chunk(Physical physical, Codec codec, long values, long start, long length, long text) {}

  FileFooter {
    columns = List.copyOf(columns);
    rowGroups = List.copyOf(rowGroups);
  }

  /**
   * Reads a footer.
   *
   * @param end of the part of the file that comes before the footer
   * @throws Damage when it is none
   */
  static FileFooter parse(byte[] bytes, long end) {
    ThriftReader in = new ThriftReader(bytes, 0, bytes.length);
    Parser parser = new Parser(in, end);
    try {
      return parser.footer();
    } catch (ThriftReader.CutOff cutOff) {
      throw new Damage("has a footer that is cut off");
    }
  }

  /** Not thread-safe. */
  private static final class Parser {

    private final ThriftReader in;
    private final long end;
    private final List<SchemaElement> elements = new ArrayList<>();
    private final List<RowGroup> rowGroups = new ArrayList<>();
    private long rows;
    private long bytes;

    Parser(ThriftReader in, long end) {
      this.in = in;
      this.end = end;
    }

    FileFooter footer() {
      in.struct(
          id -> {
            switch (id) {
              case 2 -> in.list(ThriftReader.STRUCT, () -> elements.add(SchemaElement.read(in)));
              case 3 -> rows = in.number();
              case 4 -> in.list(ThriftReader.STRUCT, () -> rowGroups.add(rowGroup()));
              case 8 -> throw new Damage("is encrypted");
              default -> in.skip();
            }
          });
      List<SourceColumn> columns = SchemaElement.columns(elements);
      long sum = 0;
      for (RowGroup group : rowGroups) {
        requireChunks(group, columns);
        sum += group.rows();
      }
      if (sum != rows || sum < 0) {
        throw new Damage("has another number of rows in its row groups than in its footer");
      }
      return new FileFooter(columns, rowGroups);
    }

    private void requireChunks(RowGroup group, List<SourceColumn> columns) {
      int leaves = columns.stream().mapToInt(SourceColumn::leaves).sum();
      if (group.chunks().size() != leaves) {
        throw new Damage("has row groups with more or fewer columns than its schema");
      }
      for (SourceColumn column : columns) {
        if (!column.isNested()) {
          Chunk chunk = group.chunks().get(column.leaf());
          if (chunk.physical() != column.physical() || chunk.values() != group.rows()) {
            throw new Damage("has columns of another type or length than its schema and footer");
          }
        }
      }
    }

    private RowGroup rowGroup() {
      List<Chunk> chunks = new ArrayList<>();
      long[] count = {-1};
      in.struct(
          id -> {
            switch (id) {
              case 1 -> in.list(ThriftReader.STRUCT, () -> chunks.add(chunk()));
              case 3 -> count[0] = in.number();
              default -> in.skip();
            }
          });
      if (count[0] < 0) {
        throw new Damage("has a row group without a number of rows");
      }
      return new RowGroup(count[0], chunks);
    }

    private Chunk chunk() {
      Facts facts = new Facts();
      in.struct(
          id -> {
            switch (id) {
              case 1 -> throw new Damage("has columns in another file");
              case 3 -> columnFacts(facts);
              case 8, 9 -> throw new Damage("has encrypted columns");
              default -> in.skip();
            }
          });
      long start = facts.dictionary > 0 ? Math.min(facts.dictionary, facts.data) : facts.data;
      if (facts.length < 0 || start < 4 || start > end || facts.length > end - start) {
        throw new Damage("has columns outside of its bytes");
      }
      bytes += facts.length;
      if (bytes > end) {
        throw new Damage("has columns that share bytes");
      }
      return new Chunk(
          Physical.of(facts.type),
          Codec.of(facts.codec),
          facts.values,
          start,
          facts.length,
          Math.max(believed(facts.uncompressed), believed(facts.values) * CELL_BYTES));
    }

    private static long believed(long number) {
      return Math.max(0, Math.min(number, MOST_TEXT / CELL_BYTES));
    }

    private void columnFacts(Facts facts) {
      in.struct(
          id -> {
            switch (id) {
              case 1 -> facts.type = in.int32();
              case 4 -> facts.codec = in.int32();
              case 5 -> facts.values = in.number();
              case 6 -> facts.uncompressed = in.number();
              case 7 -> facts.length = in.number();
              case 9 -> facts.data = in.number();
              case 11 -> facts.dictionary = in.number();
              default -> in.skip();
            }
          });
    }
  }

  /** What was read of a column so far. */
  private static final class Facts {
    private int type = -1;
    private int codec = -1;
    private long values = -1;
    private long uncompressed = -1;
    private long length = -1;
    private long data = -1;
    private long dictionary = -1;
  }
}
