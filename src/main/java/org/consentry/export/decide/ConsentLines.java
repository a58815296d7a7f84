package org.consentry.export.decide;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.zip.CRC32C;
import org.consentry.connector.BatchReader;
import org.consentry.connector.SourceTable;
import org.consentry.connector.Split;
import org.consentry.consent.ConsentHeader;
import org.consentry.consent.ConsentReadResult;
import org.consentry.consent.ConsentReading;
import org.consentry.consent.ConsentReading.LastLine;
import org.consentry.consent.ConsentSink;
import org.consentry.consent.FirstLines;
import org.consentry.consent.RestrictionDigest;
import org.consentry.consent.SplitLines;
import org.consentry.data.BytesColumn;
import org.consentry.data.Column;
import org.consentry.data.RowBatch;
import org.consentry.data.Sha256;
import org.consentry.data.SubjectKeys;
import org.consentry.export.Parallel;
import org.consentry.plan.ConsentForm;
import org.consentry.plan.ConsentOrigin;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;

/**
 * Consent lines: a CSV file, cut into splits that any number of threads read, or a table of the
 * source, read row after row. What is found does not depend on the number of splits or threads.
 * Immutable.
 */
public final class ConsentLines {

  /** A record longer than this is no row of consent lines but a quote in the wrong place. */
  private static final int LONGEST_ROW = 1 << 24;

  private static final long SPLIT_BYTES = 1 << 20;

  /** Splits whose rows are in memory at once; as many wait while these are taken over. */
  private static final int AT_ONCE = 4;

  private static final int CHUNK = 1 << 18;

  private final SourceTable table;
  private final ConsentHeader header;
  private final List<Split> splits;
  private final Optional<Bytes> bytes;

  private ConsentLines(
      SourceTable table, ConsentHeader header, List<Split> splits, Optional<Bytes> bytes) {
    this.table = table;
    this.header = header;
    this.splits = List.copyOf(splits);
    this.bytes = bytes;
  }

  /**
   * Opens a file, cuts it and takes its digest.
   *
   * @param name the file as messages show it
   * @param form how it is written
   * @throws ProblemException with {@link Category#FILES_INVALID} when it cannot be read, has not
   *     exactly the columns of consent lines, or a quote is not closed
   */
  public static ConsentLines open(Path file, String name, ConsentForm form) {
    return open(file, name, form, SPLIT_BYTES);
  }

  /** The same with splits of another size, on which nothing else depends. */
  public static ConsentLines open(Path file, String name, ConsentForm form, long splitBytes) {
    return open(ConsentOrigin.of(file, name), form, splitBytes);
  }

  /** Opens the consent lines of a job. */
  static ConsentLines open(ConsentOrigin origin, ConsentForm form) {
    return open(origin, form, SPLIT_BYTES);
  }

  private static ConsentLines open(ConsentOrigin origin, ConsentForm form, long splitBytes) {
    ConsentForm.Opened opened = form.open(origin, splitBytes, LONGEST_ROW);
    try {
      List<Split> splits = opened.table().splits();
      Optional<Bytes> bytes = origin.file().map(file -> Bytes.of(file, origin.name(), splits));
      return new ConsentLines(opened.table(), opened.header(), splits, bytes);
    } catch (ProblemException found) {
      throw ConsentForm.inWordsOfConsent(found, origin.name());
    }
  }

  /**
   * What is wrong with the header and the first lines, each looked at alone.
   *
   * @param form how they are written
   * @param most how many lines are looked at
   */
  public static List<Problem> look(ConsentOrigin origin, ConsentForm form, int most) {
    String name = origin.name();
    List<Problem> problems = new ArrayList<>();
    try {
      ConsentForm.Opened opened = form.open(origin, SPLIT_BYTES, LONGEST_ROW);
      FirstLines lines = new FirstLines(opened.header(), most);
      try (BatchReader reader = opened.table().first(opened.header().columns())) {
        Optional<RowBatch> batch = reader.next();
        while (batch.isPresent() && lines.isWanted()) {
          lines.add(batch.get());
          batch = reader.next();
        }
      } finally {
        problems.addAll(ConsentForm.withLook(lines.found().withTotals(name), opened.table()));
      }
    } catch (ProblemException found) {
      problems.addAll(ConsentForm.inWordsOfConsent(found, name).problems());
    }
    return problems;
  }

  /**
   * The digest that {@link #read} reports of a file, without a look at its lines. That of a table
   * is not known before they are read: none is equal to what is returned.
   *
   * @throws ProblemException with {@link Category#FILES_INVALID} when the file cannot be read
   */
  static String digest(ConsentOrigin origin) {
    return origin
        .file()
        .map(file -> Bytes.of(file, origin.name(), List.of()).sha256())
        .orElse("not read");
  }

  /**
   * Reads every row.
   *
   * @param keys all subjects, by normalised id
   * @param sink gets every row, in the order of the file
   * @param digests identifies lines that may restrict
   * @throws ProblemException with {@link Category#FILES_INVALID} when the file is not in its
   *     encoding, is ragged or badly quoted, or contains a restriction that names no patient
   */
  public ConsentReadResult read(
      SubjectKeys keys, ConsentSink sink, RestrictionDigest digests, Parallel parallel) {
    ConsentReading reading = new ConsentReading(header, keys, sink);
    Supplier<SplitLines> lines = () -> new SplitLines(header, keys, sink, digests);
    Bytes read = bytes.orElseGet(() -> readRows(reading, lines));
    if (bytes.isPresent()) {
      readSplits(reading, lines, parallel);
    }
    try {
      return reading.result(read.lastLine(), read.sha256());
    } catch (ProblemException found) {
      throw new ProblemException(found.category(), ConsentForm.withLook(found.problems(), table));
    }
  }

  private void readSplits(ConsentReading reading, Supplier<SplitLines> lines, Parallel parallel) {
    List<SplitLines> ready = List.of();
    for (int from = 0; from < splits.size(); from += AT_ONCE) {
      List<SplitLines> before = ready;
      List<Callable<Optional<SplitLines>>> pieces = new ArrayList<>();
      pieces.add(
          () -> {
            before.forEach(reading::add);
            return Optional.empty();
          });
      splits.subList(from, Math.min(splits.size(), from + AT_ONCE)).stream()
          .<Callable<Optional<SplitLines>>>map(split -> () -> Optional.of(read(split, lines.get())))
          .forEach(pieces::add);
      ready = parallel.all(pieces).stream().flatMap(Optional::stream).toList();
    }
    ready.forEach(reading::add);
  }

  /** Reads a table batch by batch; its digest is that of the cells in the order of the rows. */
  private Bytes readRows(ConsentReading reading, Supplier<SplitLines> parts) {
    MessageDigest sha = Sha256.begin();
    for (Split split : splits) {
      try (BatchReader reader = table.open(split, header.columns())) {
        for (Optional<RowBatch> batch = reader.next(); batch.isPresent(); batch = reader.next()) {
          SplitLines lines = parts.get();
          lines.add(batch.get());
          reading.add(lines);
          digest(batch.get(), sha);
        }
      }
    }
    return new Bytes(Sha256.PREFIX + Sha256.hex(sha), LastLine.ENDED);
  }

  /** How many pieces of work {@link #read} is: a split each, and taking over a few of them. */
  long pieces() {
    return (long) splits.size() + (splits.size() + AT_ONCE - 1) / AT_ONCE;
  }

  private static void digest(RowBatch batch, MessageDigest sha) {
    ByteBuffer length = ByteBuffer.allocate(Integer.BYTES);
    for (int row = 0; row < batch.rows(); row++) {
      for (Column column : batch.columns()) {
        BytesColumn cells = (BytesColumn) column;
        int start = cells.starts()[row];
        int size = cells.isMissing(row) ? -1 : cells.ends()[row] - start;
        sha.update(length.clear().putInt(size).flip());
        if (size > 0) {
          sha.update(cells.buffer(), start, size);
        }
      }
    }
  }

  private SplitLines read(Split split, SplitLines lines) {
    try (BatchReader reader = table.open(split, header.columns())) {
      for (Optional<RowBatch> batch = reader.next(); batch.isPresent(); batch = reader.next()) {
        lines.add(batch.get());
      }
    } catch (ProblemException found) {
      if (found.category() != Category.FILES_INVALID) {
        throw found;
      }
      lines.failed(ConsentForm.inWordsOfConsent(found, header.file()));
    }
    lines.complete();
    return lines;
  }

  /**
   * What the bytes of a file are.
   *
   * @param sha256 {@code sha256:} and 64 hexadecimal digits
   * @param lastLine how the file ends
   */
  private record Bytes(String sha256, LastLine lastLine) {

    /** Reads all bytes, which must be those the splits were cut from. */
    static Bytes of(Path file, String name, List<Split> splits) {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
        MessageDigest sha = Sha256.begin();
        Scan scan = new Scan(channel, sha);
        for (Split split : splits) {
          scan.upTo(split.bytes().start());
          if (scan.upTo(split.bytes().end()) != split.digest()) {
            throw changed(name);
          }
        }
        scan.upTo(channel.size());
        boolean isEnded = scan.last == '\n' || scan.last == '\r';
        return new Bytes(
            Sha256.PREFIX + Sha256.hex(sha), isEnded ? LastLine.ENDED : LastLine.NOT_ENDED);
      } catch (IOException failed) {
        throw ConsentForm.unreadable(name);
      }
    }

    private static ProblemException changed(String name) {
      return ProblemException.of(
          Category.STALE,
          "SOURCE_CHANGED",
          Place.of(name),
          "the file of consent lines changed while it was read",
          "do not write to it while it is read, then start a new run");
    }
  }

  /** Goes over the bytes of a file once. */
  private static final class Scan {
    private final FileChannel channel;
    private final MessageDigest sha;
    private final CRC32C crc = new CRC32C();
    private final byte[] chunk = new byte[CHUNK];
    private long position;
    private byte last;

    Scan(FileChannel channel, MessageDigest sha) {
      this.channel = channel;
      this.sha = sha;
    }

    /** Reads up to a position and returns the CRC-32C of the bytes read by this call. */
    int upTo(long end) throws IOException {
      crc.reset();
      while (position < end) {
        ByteBuffer into = ByteBuffer.wrap(chunk, 0, (int) Math.min(CHUNK, end - position));
        int count = channel.read(into);
        if (count <= 0) {
          throw new IOException("the file ends early");
        }
        sha.update(chunk, 0, count);
        crc.update(chunk, 0, count);
        last = chunk[count - 1];
        position += count;
      }
      return (int) crc.getValue();
    }
  }
}
