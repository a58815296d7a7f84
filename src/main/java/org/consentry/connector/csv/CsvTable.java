package org.consentry.connector.csv;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.consentry.config.Encoding;
import org.consentry.connector.BatchReader;
import org.consentry.connector.SourceTable;
import org.consentry.connector.Split;
import org.consentry.data.RowBatch;
import org.consentry.problem.Category;
import org.consentry.problem.ProblemException;

/** One CSV file. A plain dialect is cut into splits, any other one is a single split. */
public final class CsvTable implements SourceTable {

  private final String name;
  private final Path path;
  private final CsvForm form;
  private final CsvProblems problems;
  private final ReadSetup setup;
  private final long splitTarget;
  private final CsvHeader header;

  public CsvTable(
      String name,
      Path path,
      CsvProblems problems,
      CsvDialect dialect,
      Encoding encoding,
      CsvSource.Sizes sizes) {
    this.name = name;
    this.path = path;
    this.form = CsvForm.ofAny(String.valueOf(path.getFileName()));
    this.problems = problems;
    this.splitTarget = sizes.split();
    ReadSetup unknown = new ReadSetup(dialect, encoding, 0, sizes.slab(), sizes.longestRecord());
    this.header = CsvHeader.read(path, form, problems, unknown);
    int columns = header.columns().size();
    this.setup =
        new ReadSetup(dialect, encoding, columns, sizes.slab(columns), sizes.longestRecord());
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String file() {
    return problems.file();
  }

  @Override
  public List<String> columns() {
    return header.columns();
  }

  @Override
  public Optional<String> looksLike() {
    return CsvLook.of(path, form).flatMap(look -> look.hint(setup.dialect(), setup.encoding()));
  }

  @Override
  public long size() {
    return header.size();
  }

  @Override
  public List<Split> splits() {
    return form == CsvForm.PLAIN && setup.dialect().isPlain() ? cut() : whole();
  }

  private List<Split> cut() {
    CsvSplitter splitter =
        new CsvSplitter(name, setup.dialect().quote(), splitTarget, header.rowsLine());
    Optional<List<Split>> splits;
    try (FileChannel channel = open()) {
      splits = splitter.cut(channel, header.rowsStart(), header.size());
    } catch (IOException failed) {
      throw problems.interrupted(failed);
    }
    return splits.orElseThrow(this::firstProblem);
  }

  private List<Split> whole() {
    long start = form == CsvForm.PLAIN ? header.textStart() : 0;
    Split unknown = Split.ofBytes(name, 0, start, header.size(), 1, 0);
    Split split;
    try (SplitBytes bytes = SplitBytes.unproven(path, header.size(), unknown, problems)) {
      bytes.readToEnd();
      split =
          Split.ofBytes(name, 0, unknown.bytes().start(), unknown.bytes().end(), 1, bytes.digest());
    }
    try (BatchReader rows = open(split, List.of())) {
      return rows.next().isPresent() ? List.of(split) : List.of();
    }
  }

  private FileChannel open() {
    try {
      FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
      if (channel.size() != header.size()) {
        channel.close();
        throw problems.changed();
      }
      return channel;
    } catch (IOException unreadable) {
      throw problems.unreadable();
    }
  }

  @Override
  public BatchReader open(Split split, List<Integer> columns) {
    SplitBytes bytes = new SplitBytes(path, header.size(), split, problems);
    if (form != CsvForm.PLAIN) {
      return decompressed(bytes, columns);
    }
    if (!setup.dialect().isPlain()) {
      return records(bytes, columns);
    }
    SlabReader reader =
        new SlabReader(bytes, problems, setup.fitting(split), split.bytes().firstLine(), columns);
    return split.number() == 0 ? reader : new LaterSplit(reader);
  }

  @Override
  public BatchReader first(List<Integer> columns) {
    if (form != CsvForm.PLAIN) {
      Split all = Split.ofBytes(name, 0, 0, header.size(), 1, 0);
      return decompressed(SplitBytes.unproven(path, header.size(), all, problems), columns);
    }
    if (header.rowsStart() >= header.size()) {
      return BatchReader.EMPTY;
    }
    boolean isPlain = setup.dialect().isPlain();
    long start = isPlain ? header.rowsStart() : header.textStart();
    long line = isPlain ? header.rowsLine() : 1;
    Split all = Split.ofBytes(name, 0, start, header.size(), line, 0);
    SplitBytes bytes = SplitBytes.unproven(path, header.size(), all, problems);
    return isPlain
        ? new SlabReader(bytes, problems, setup, line, columns)
        : records(bytes, columns);
  }

  private BatchReader decompressed(CsvBytes compressed, List<Integer> columns) {
    boolean isPlain = setup.dialect().isPlain();
    CsvBytes bytes =
        new CompressedBytes(compressed, form, problems)
            .after(isPlain ? header.rowsStart() : header.textStart());
    return isPlain
        ? new SlabReader(bytes, problems, setup, header.rowsLine(), columns)
        : records(bytes, columns);
  }

  private BatchReader records(CsvBytes bytes, List<Integer> columns) {
    RecordReader reader =
        new RecordReader(
            new CsvByteStream(bytes), problems, setup, header.columns().size(), 1, columns);
    reader.single();
    return reader;
  }

  /** Finds what is wrong first in the file, from its first row on. */
  private ProblemException firstProblem() {
    Split all = Split.ofBytes(name, 0, header.rowsStart(), header.size(), header.rowsLine(), 0);
    try (SplitBytes bytes = SplitBytes.unproven(path, header.size(), all, problems);
        SlabReader reader =
            new SlabReader(bytes, problems, setup, all.bytes().firstLine(), List.of())) {
      while (reader.next().isPresent()) {
        // Reads on to the first problem.
      }
    } catch (ProblemException first) {
      return first;
    }
    return problems.changed();
  }

  /**
   * A split that is not the first. Where its records are not clear, a bare quote further up may be
   * the reason, so the first problem of the file is the one to name.
   */
  private final class LaterSplit implements BatchReader {

    private final SlabReader reader;

    LaterSplit(SlabReader reader) {
      this.reader = reader;
    }

    @Override
    public Optional<RowBatch> next() {
      try {
        return reader.next();
      } catch (ProblemException found) {
        throw found.category() == Category.FILES_INVALID ? firstProblem() : found;
      }
    }

    @Override
    public long done() {
      return reader.done();
    }

    @Override
    public void close() {
      reader.close();
    }
  }
}
