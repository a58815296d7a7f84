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
import org.consentry.consent.SplitLines;
import org.consentry.data.RowBatch;
import org.consentry.data.Sha256;
import org.consentry.data.SubjectKeys;
import org.consentry.export.Parallel;
import org.consentry.plan.ConsentForm;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;

/**
 * A file of consent lines: CSV, cut into splits that any number of threads read. What is found does
 * not depend on the number of splits or threads. Immutable.
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
  private final Bytes bytes;

  private ConsentLines(SourceTable table, ConsentHeader header, List<Split> splits, Bytes bytes) {
    this.table = table;
    this.header = header;
    this.splits = List.copyOf(splits);
    this.bytes = bytes;
  }

  /**
   * Opens the file, cuts it and takes its digest.
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
    ConsentForm.Opened opened = form.open(file, name, splitBytes, LONGEST_ROW);
    try {
      List<Split> splits = opened.table().splits();
      return new ConsentLines(
          opened.table(), opened.header(), splits, Bytes.of(file, name, splits));
    } catch (ProblemException found) {
      throw ConsentForm.inWordsOfConsent(found, name);
    }
  }

  /**
   * What is wrong with the header and the first lines, each looked at alone.
   *
   * @param name the file as messages show it
   * @param form how it is written
   * @param most how many lines are looked at
   */
  public static List<Problem> look(Path file, String name, ConsentForm form, int most) {
    List<Problem> problems = new ArrayList<>();
    try {
      ConsentForm.Opened opened = form.open(file, name, SPLIT_BYTES, LONGEST_ROW);
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
   * The digest that {@link #read} reports of a file, without a look at its lines.
   *
   * @throws ProblemException with {@link Category#FILES_INVALID} when the file cannot be read
   */
  public static String digest(Path file, String name) {
    return Bytes.of(file, name, List.of()).sha256();
  }

  /**
   * Reads every row.
   *
   * @param keys all subjects, by normalised id
   * @param sink gets every row, in the order of the file
   * @throws ProblemException with {@link Category#FILES_INVALID} when the file is not in its
   *     encoding, is ragged or badly quoted, or contains a restriction that names no patient
   */
  public ConsentReadResult read(SubjectKeys keys, ConsentSink sink, Parallel parallel) {
    ConsentReading reading = new ConsentReading(header, keys, sink);
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
          .<Callable<Optional<SplitLines>>>map(split -> () -> Optional.of(lines(split, keys, sink)))
          .forEach(pieces::add);
      ready = parallel.all(pieces).stream().flatMap(Optional::stream).toList();
    }
    ready.forEach(reading::add);
    try {
      return reading.result(bytes.lastLine(), bytes.sha256());
    } catch (ProblemException found) {
      throw new ProblemException(found.category(), ConsentForm.withLook(found.problems(), table));
    }
  }

  /** How many pieces of work {@link #read} is: a split each, and taking over a few of them. */
  long pieces() {
    return (long) splits.size() + (splits.size() + AT_ONCE - 1) / AT_ONCE;
  }

  private SplitLines lines(Split split, SubjectKeys keys, ConsentSink sink) {
    SplitLines lines = new SplitLines(header, keys, sink);
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
