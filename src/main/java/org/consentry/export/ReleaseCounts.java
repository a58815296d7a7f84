package org.consentry.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.consentry.data.DurableFiles;
import org.consentry.data.Sha256;
import org.consentry.data.Tally;
import org.consentry.ledger.LedgerEntry;
import org.consentry.ledger.LedgerFact;
import org.consentry.ledger.StateFolder;
import org.consentry.problem.DiskFailure;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;

/**
 * How many rows and values each table of a release had: what the next run of the job is compared
 * with. Stored beside the internal manifest, with its digest in the ledger; it never leaves.
 *
 * @param counts numbers by {@code read TABLE}, {@code released TABLE} and {@code filled
 *     TABLE.COLUMN}
 */
public record ReleaseCounts(SortedMap<String, Long> counts) {

  private static final String FILE = "counts.txt";

  public ReleaseCounts {
    counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
  }

  /** Counts of nothing. */
  public static ReleaseCounts none() {
    return new ReleaseCounts(new TreeMap<>());
  }

  /** The same with those of a table. */
  public ReleaseCounts with(String table, Tally rows, Map<String, Long> filled) {
    SortedMap<String, Long> all = new TreeMap<>(counts);
    all.put("read " + table, rows.read());
    all.put("released " + table, rows.released());
    filled.forEach((column, cells) -> all.put("filled " + table + "." + column, cells));
    return new ReleaseCounts(all);
  }

  /** Rows read of a table; empty when it was not in the release. */
  Optional<Long> read(String table) {
    return Optional.ofNullable(counts.get("read " + table));
  }

  /** Rows released of a table; empty when it was not in the release. */
  Optional<Long> released(String table) {
    return Optional.ofNullable(counts.get("released " + table));
  }

  /** Released cells with a value; empty when the column was not in the release. */
  Optional<Long> filled(String table, String column) {
    return Optional.ofNullable(counts.get("filled " + table + "." + column));
  }

  /**
   * Writes the counts beside the internal manifest of a run.
   *
   * @return SHA-256 of the file, 64 lower-case hexadecimal digits
   */
  public String write(Path manifests) {
    StringBuilder text = new StringBuilder();
    counts.forEach((name, count) -> text.append(count).append(' ').append(name).append('\n'));
    Path file = manifests.resolve(FILE);
    try {
      DurableFiles.createClosedFolder(manifests);
      DurableFiles.replace(file, text.toString());
    } catch (IOException refused) {
      throw ProblemException.of(
          DiskFailure.category(refused),
          "RELEASE_COUNTS",
          Place.of(file),
          "the counts of the release cannot be written",
          "check the permissions and the free space of the state folder, then resume the run");
    }
    return Sha256.hex(text.toString());
  }

  /** Reads the counts of a release; empty when they are not there as they were written. */
  static Optional<ReleaseCounts> of(StateFolder state, LedgerEntry release) {
    try {
      String text = Files.readString(state.manifests(release.run()).resolve(FILE));
      if (!release.fact(LedgerFact.COUNTS_SHA256).equals(Optional.of(Sha256.hex(text)))) {
        return Optional.empty();
      }
      SortedMap<String, Long> counts = new TreeMap<>();
      text.lines()
          .map(line -> line.split(" ", 2))
          .forEach(words -> counts.put(words[1], Long.parseLong(words[0])));
      return Optional.of(new ReleaseCounts(counts));
    } catch (IOException lost) {
      return Optional.empty();
    }
  }
}
