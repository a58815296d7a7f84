package org.consentry.connector.csv;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.consentry.connector.Split;
import org.consentry.connector.csv.SplitScan.Piece;
import org.consentry.connector.csv.SplitScan.Stretch;

/**
 * Cuts a plain CSV file on record boundaries: after an even number of quotes a line break ends a
 * record. The file is laid out in stretches of equal size, which all processors look at in one
 * pass; a split ends at the first record end of the next stretch, or goes on where none is near.
 * Where a bare quote makes the count wrong, the reader of the records finds it.
 */
final class CsvSplitter {

  private static final int MOST_THREADS = 8;

  private final String table;
  private final char quote;
  private final long target;
  private final long firstLine;

  CsvSplitter(String table, char quote, long target, long firstLine) {
    this.table = table;
    this.quote = quote;
    this.target = target;
    this.firstLine = firstLine;
  }

  /**
   * The splits from {@code from}, which is at least 1, to {@code size} - 1, or empty when the last
   * quote is not closed.
   */
  Optional<List<Split>> cut(FileChannel channel, long from, long size) throws IOException {
    List<Split> splits = new ArrayList<>();
    Piece split = Piece.EMPTY;
    long start = from;
    long line = firstLine;
    boolean insideQuotes = false;
    for (Stretch stretch : stretches(channel, from, size)) {
      int end = insideQuotes ? stretch.oddEnd() : stretch.evenEnd();
      if (end == SplitScan.NONE || split.length() == 0) {
        split = split.then(stretch.whole());
      } else {
        split = split.then(stretch.before(end));
        splits.add(split(splits.size(), start, line, split));
        start += split.length();
        line += split.lineBreaks();
        split = stretch.from(end);
      }
      insideQuotes ^= stretch.odd();
    }
    if (split.length() > 0) {
      splits.add(split(splits.size(), start, line, split));
    }
    return insideQuotes ? Optional.empty() : Optional.of(splits);
  }

  private Split split(int number, long start, long line, Piece bytes) {
    return Split.ofBytes(table, number, start, start + bytes.length(), line, bytes.digest());
  }

  private Stretch[] stretches(FileChannel channel, long from, long size) throws IOException {
    Stretch[] stretches = new Stretch[(int) ((size - from + target - 1) / target)];
    int threads =
        Math.min(
            stretches.length, Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors()));
    if (threads <= 1) {
      scan(new SplitScan(channel, quote), from, size, stretches, new AtomicInteger());
      return stretches;
    }
    AtomicInteger next = new AtomicInteger();
    ExecutorService workers = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        SplitScan scan = new SplitScan(channel, quote);
        running.add(
            workers.submit(
                () -> {
                  scan(scan, from, size, stretches, next);
                  return true;
                }));
      }
      for (Future<?> one : running) {
        one.get();
      }
    } catch (ExecutionException failed) {
      throw new IOException("the file could not be read");
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IOException("stopped");
    } finally {
      workers.shutdownNow();
    }
    return stretches;
  }

  private void scan(SplitScan scan, long from, long size, Stretch[] stretches, AtomicInteger next)
      throws IOException {
    for (int i = next.getAndIncrement(); i < stretches.length; i = next.getAndIncrement()) {
      long start = from + i * target;
      stretches[i] = scan.scan(start, Math.min(size, start + target));
    }
  }
}
