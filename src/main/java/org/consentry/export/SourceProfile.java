package org.consentry.export;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.consentry.connector.BatchReader;
import org.consentry.connector.SourceTable;
import org.consentry.connector.Split;
import org.consentry.data.BytesColumn;
import org.consentry.data.RejectReason;
import org.consentry.data.RowBatch;
import org.consentry.plan.CsvFolder;
import org.consentry.plan.DraftConsents;
import org.consentry.plan.DraftMapping;
import org.consentry.plan.DraftSource;
import org.consentry.plan.MappedSource;
import org.consentry.problem.Problem;
import org.consentry.profile.ColumnProfile;
import org.consentry.profile.ColumnSummary;
import org.consentry.profile.Detectors;
import org.consentry.profile.ProfileText;
import org.consentry.profile.SourceContents;
import org.consentry.profile.TableProfile;
import org.consentry.profile.TableProfile.Unread;

/**
 * Reads tables once, split by split, and learns what their columns contain. Writes nothing and
 * needs no key. The result does not depend on the number of threads or splits.
 */
public final class SourceProfile {

  private final SourceContents contents;

  private SourceProfile(SourceContents contents) {
    this.contents = contents;
  }

  /**
   * Reads tables.
   *
   * @throws org.consentry.problem.ProblemException when a table cannot be read as records; names
   *     file and line
   */
  public static SourceProfile of(List<SourceTable> tables, Parallel threads) {
    return new SourceProfile(
        new SourceContents(tables.stream().map(table -> of(table, threads)).toList()));
  }

  private static TableProfile of(SourceTable table, Parallel threads) {
    Reading reading = new Reading(table);
    threads.all(
        table.splits().stream()
            .<Callable<Boolean>>map(
                split ->
                    () -> {
                      reading.read(split);
                      return true;
                    })
            .toList());
    return reading.profile();
  }

  /** The profiles as lines for people. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (TableProfile table : contents.tables()) {
      lines.addAll(ProfileText.lines(table));
      lines.add("");
    }
    return lines;
  }

  /** The profiles as one object a column for programs. */
  public List<Map<String, Object>> objects() {
    return contents.tables().stream()
        .flatMap(table -> ProfileText.objects(table).stream())
        .toList();
  }

  /** What the tables contain. */
  SourceContents contents() {
    return contents;
  }

  /** Rows that cannot be read; errors where a table has no other. */
  public List<Problem> unread() {
    return contents.tables().stream()
        .flatMap(table -> table.unreadRows(table.rows() == 0).stream())
        .toList();
  }

  /** Compares the tables with their mapping, see {@link MappedSource#compare}. */
  public List<Problem> against(MappedSource source) {
    return source.compare(contents);
  }

  /**
   * The first draft of a mapping, see {@link DraftMapping}.
   *
   * @param tables the columns of every table, by its name
   * @param heads the same tables, whose keys are checked
   * @param today the day it is made
   */
  public Optional<DraftMapping.Draft> draft(
      Map<String, List<String>> tables, List<SourceTable> heads, LocalDate today) {
    return DraftMapping.of(DraftSource.of(tables, contents, heads), today);
  }

  /** How a job reads a file of consents that was profiled, as lines of the job. */
  public List<String> consents(CsvFolder.Consents found) {
    SourceTable table = found.table();
    return DraftConsents.lines(table, contents.table(table.name()).orElseThrow(), found.csv());
  }

  /**
   * What was learned of one table so far. All threads add to the same profiles, so that a wide
   * table needs no more memory on many threads; each begins at another column, so that they rarely
   * wait.
   */
  private static final class Reading {

    private final SourceTable table;
    private final List<Integer> positions;
    private final List<ColumnProfile> columns;
    private final Map<RejectReason, Unread> unread = new EnumMap<>(RejectReason.class);
    private long rows;

    Reading(SourceTable table) {
      this.table = table;
      this.positions =
          IntStream.range(0, table.columns().size())
              .filter(column -> table.refusal(table.columns().get(column)).isEmpty())
              .boxed()
              .toList();
      this.columns =
          table.columns().stream()
              .map(column -> new ColumnProfile(Detectors.usual(), table.columns().size()))
              .toList();
    }

    void read(Split split) {
      try (BatchReader reader = table.open(split, positions)) {
        for (Optional<RowBatch> batch = reader.next(); batch.isPresent(); batch = reader.next()) {
          add(batch.get(), split.number());
        }
      }
    }

    private void add(RowBatch batch, int first) {
      count(batch);
      for (int i = 0; i < positions.size(); i++) {
        int slot = (i + first) % positions.size();
        ColumnProfile profile = columns.get(positions.get(slot));
        synchronized (profile) {
          profile.add((BytesColumn) batch.columns().get(slot));
        }
      }
    }

    private synchronized void count(RowBatch batch) {
      rows += batch.rows();
      for (RowBatch.Rejection rejection : batch.rejections()) {
        unread.merge(
            rejection.reason(),
            new Unread(rejection.reason(), 1, rejection.line()),
            (some, one) ->
                new Unread(
                    some.reason(), some.rows() + 1, Math.min(some.firstLine(), one.firstLine())));
      }
    }

    /** Called when all threads have ended. */
    synchronized TableProfile profile() {
      Map<String, ColumnSummary> summaries = new LinkedHashMap<>();
      for (int i = 0; i < columns.size(); i++) {
        summaries.put(table.columns().get(i), columns.get(i).summary());
      }
      return new TableProfile(
          table.name(), table.file(), rows, List.copyOf(unread.values()), summaries);
    }
  }
}
