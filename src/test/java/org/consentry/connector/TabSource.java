package org.consentry.connector;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.consentry.config.Doc;
import org.consentry.data.BytesColumn;
import org.consentry.data.Column;
import org.consentry.data.RowBatch;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;

/**
 * A folder of text files with tabs between cells, read in order of the first cell, by ranges of
 * keys.
 */
public final class TabSource implements SourceFactory<TabSource.Config> {

  private static final int SPLIT_ROWS = 7;

  /**
   * What people may set.
   *
   * @param path the folder, relative to the file that names it
   */
  public record Config(@Doc("the folder of the files") String path) {}

  @Override
  public String name() {
    return "tabs";
  }

  @Override
  public Class<Config> config() {
    return Config.class;
  }

  @Override
  public Source open(Config config, Path baseDirectory) {
    Path folder = baseDirectory.resolve(config.path());
    return name -> {
      Path file = folder.resolve(name + ".tabs");
      return Files.exists(file) ? Optional.of(new TabTable(name, file)) : Optional.empty();
    };
  }

  /** One row. */
  private record Row(long line, List<String> cells) {}

  /** One file. */
  private static final class TabTable implements SourceTable {
    private final String name;
    private final String file;
    private final List<String> columns;
    private final List<Row> rows = new ArrayList<>();

    TabTable(String name, Path path) {
      this.name = name;
      this.file = String.valueOf(path.getFileName());
      try {
        List<String> lines = Files.readAllLines(path);
        columns = cells(lines.get(0));
        for (int line = 1; line < lines.size(); line++) {
          rows.add(new Row(line + 1, cells(lines.get(line))));
        }
        rows.sort(Comparator.comparing(row -> row.cells().get(0)));
      } catch (IOException unreadable) {
        throw new UncheckedIOException(unreadable);
      }
    }

    private static List<String> cells(String line) {
      return List.of(line.split("\t", -1));
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public String file() {
      return file;
    }

    @Override
    public List<String> columns() {
      return columns;
    }

    @Override
    public long size() {
      return rows.size();
    }

    @Override
    public List<Split> splits() {
      List<Split> splits = new ArrayList<>();
      for (int from = 0; from < rows.size(); from += SPLIT_ROWS) {
        List<Row> part = rows.subList(from, Math.min(rows.size(), from + SPLIT_ROWS));
        String first = part.get(0).cells().get(0);
        String last = part.get(part.size() - 1).cells().get(0);
        Split.Keys keys = new Split.Keys(first, last, part.size());
        splits.add(new Split(name, splits.size(), keys, digest(part)));
      }
      return splits;
    }

    private static int digest(List<Row> part) {
      CRC32C crc = new CRC32C();
      crc.update(part.toString().getBytes(StandardCharsets.UTF_8));
      return (int) crc.getValue();
    }

    @Override
    public BatchReader open(Split split, List<Integer> wanted) {
      Split.Keys keys = (Split.Keys) split.range();
      List<Row> part =
          rows.stream()
              .filter(row -> row.cells().get(0).compareTo(keys.from()) >= 0)
              .filter(row -> row.cells().get(0).compareTo(keys.to()) <= 0)
              .toList();
      if (digest(part) != split.digest()) {
        throw ProblemException.of(
            Category.STALE, "SOURCE_CHANGED", Place.of(file), "the records changed", "run again");
      }
      return new Once(batch(part, wanted));
    }

    private static RowBatch batch(List<Row> part, List<Integer> wanted) {
      List<Column> columns = new ArrayList<>();
      for (int column : wanted) {
        columns.add(column(part.stream().map(row -> row.cells().get(column)).toList()));
      }
      return new RowBatch(part.size(), columns, List.of(), row -> part.get(row).line());
    }

    private static BytesColumn column(List<String> cells) {
      int[] starts = new int[cells.size()];
      int[] ends = new int[cells.size()];
      byte[] bytes = String.join("", cells).getBytes(StandardCharsets.UTF_8);
      int end = 0;
      for (int row = 0; row < starts.length; row++) {
        int length = cells.get(row).getBytes(StandardCharsets.UTF_8).length;
        starts[row] = length == 0 ? BytesColumn.MISSING : end;
        end += length;
        ends[row] = end;
      }
      return new BytesColumn(starts.length, bytes, starts, ends);
    }
  }

  /** Gives one batch. */
  private static final class Once implements BatchReader {
    private Optional<RowBatch> batch;

    Once(RowBatch batch) {
      this.batch = Optional.of(batch);
    }

    @Override
    public Optional<RowBatch> next() {
      Optional<RowBatch> next = batch;
      batch = Optional.empty();
      return next;
    }

    @Override
    public void close() {}
  }
}
