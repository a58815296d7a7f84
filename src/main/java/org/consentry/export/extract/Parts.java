package org.consentry.export.extract;

import java.io.IOException;
import java.io.InputStream;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.consentry.connector.PartWriter.PartFile;
import org.consentry.connector.Sink;
import org.consentry.connector.Split;
import org.consentry.data.Sha256;
import org.consentry.export.select.CountedSubjects;
import org.consentry.export.sort.SortedTable.Part;
import org.consentry.export.sort.TableSort;
import org.consentry.ledger.Staging;
import org.consentry.plan.ReleasedTable;
import org.consentry.plan.RiskPlan;
import org.consentry.problem.Category;
import org.consentry.problem.DiskFailure;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;

/** The part files of a run in staging, and the markers that record what they must contain. */
public final class Parts {

  private static final String SMALL = "small-groups";

  private final Staging staging;
  private final List<Sink> sinks;

  public Parts(Staging staging, List<Sink> sinks) {
    this.staging = staging;
    this.sinks = List.copyOf(sinks);
  }

  /** Where a part goes, one file per format, relative to the release. */
  public List<String> names(ReleasedTable table, int number, int parts) {
    List<String> names = new ArrayList<>();
    for (Sink sink : sinks) {
      String stem =
          parts <= 1
              ? table.name()
              : table.name() + "/part-" + String.format(Locale.ROOT, "%05d", number);
      names.add("data/" + stem + "." + sink.extension());
    }
    return names;
  }

  /** Makes room for the files of a part: folders exist, files do not. */
  public List<PartTarget> targets(List<String> names) {
    List<PartTarget> targets = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      Path file = staging.release().resolve(names.get(i));
      staging.folderFor(file);
      remove(file);
      targets.add(new PartTarget(sinks.get(i), file));
    }
    return targets;
  }

  /**
   * Stores the result of a finished split: its released keys and days, what an adversary may know,
   * then the marker.
   *
   * @param basis digest over everything that the split depends on, for its marker
   * @param decided digest of the decisions alone, for all that is read without the marker
   */
  public void store(
      String basis,
      String decided,
      Split split,
      SplitResult result,
      byte[] spans,
      Optional<List<LongBuffer>> known) {
    known.ifPresent(tuples -> staging.keep(knownName(split), CheckedNumbers.with(decided, tuples)));
    LongBuffer released = LongBuffer.wrap(result.released());
    staging.keep(keysName(split), CheckedNumbers.with(basis, List.of(released)));
    staging.keep(spansName(split), CheckedBytes.with(decided, spans));
    staging.keep(markerName(split), new Marker(basis, split, result).toText());
  }

  /**
   * The result of a split that was done before on the same basis and whose spilled rows still are
   * what they were.
   */
  public Optional<SplitResult> stored(
      String basis,
      String decided,
      Split split,
      TableSort sort,
      Optional<TableSort> keySort,
      Optional<RiskPlan> risk) {
    return whole(basis, decided, split, risk)
        .filter(result -> areIntact(split, result, sort, keySort));
  }

  private Optional<SplitResult> whole(
      String basis, String decided, Split split, Optional<RiskPlan> risk) {
    boolean hasRest =
        spans(decided, split).isPresent() && (risk.isEmpty() || known(decided, split).isPresent());
    return hasRest ? result(basis, split) : Optional.empty();
  }

  private static boolean areIntact(
      Split split, SplitResult result, TableSort sort, Optional<TableSort> keySort) {
    return sort.isIntact(split.number(), result.spill())
        && result.keys().isPresent() == keySort.isPresent()
        && result
            .keys()
            .map(spill -> keySort.orElseThrow().isIntact(split.number(), spill))
            .orElse(true);
  }

  /**
   * The result of a split that another process just did on the same basis. Whether its spilled rows
   * are what they were is checked when they are read.
   */
  public SplitResult resultOf(String basis, String decided, Split split, Optional<RiskPlan> risk) {
    return staging
        .seen(() -> whole(basis, decided, split, risk))
        .orElseThrow(() -> failed(staging.work().resolve(markerName(split))));
  }

  private Optional<SplitResult> result(String basis, Split split) {
    Optional<Marker> marker =
        staging.text(markerName(split)).flatMap(text -> Marker.parse(text, basis, split));
    Optional<long[]> keys =
        staging.numbers(keysName(split)).flatMap(all -> CheckedNumbers.whole(basis, all));
    return marker.isPresent()
            && keys.filter(all -> all.length == marker.get().releasedKeys()).isPresent()
        ? Optional.of(marker.get().result().with(keys.get()))
        : Optional.empty();
  }

  /** Makes the files of a part durable and stores their marker. */
  public void store(PartMarker marker, List<String> names) {
    names.stream()
        .map(name -> staging.folderFor(staging.release().resolve(name)))
        .distinct()
        .forEach(staging::sync);
    staging.keep(markerName(marker.table(), marker.part()), marker.toText());
  }

  /** The files of a part that was written before on the same basis and still are what they were. */
  public Optional<List<PartFile>> stored(
      String basis, String table, Part part, List<String> names) {
    return staging
        .text(markerName(table, part))
        .flatMap(text -> PartMarker.parse(text, basis, table, part))
        .filter(files -> files.size() == names.size() && areIntact(files, names));
  }

  /** Stores what was counted of the rows of a part; before its marker. */
  public void storeCount(String basis, String table, Part part, byte[] count) {
    staging.keep(countName(table, part), CheckedBytes.with(basis, count));
  }

  /** What was counted of the rows of a part on the same basis; empty when that is lost. */
  public Optional<byte[]> count(String basis, String table, Part part) {
    return onBasis(basis, countName(table, part));
  }

  /** The same of a part that a run just wrote or found done. */
  public byte[] countOf(String basis, String table, Part part) {
    return count(basis, table, part)
        .orElseThrow(() -> failed(staging.work().resolve(countName(table, part))));
  }

  /**
   * Stores the spans of the subjects of a part; before its marker.
   *
   * @param computed the table that is computed from them
   */
  public void storeSpans(String basis, String table, Part part, String computed, byte[] spans) {
    staging.keep(spansName(table, part, computed), CheckedBytes.with(basis, spans));
  }

  /** Those spans, stored on the same basis; empty when that is lost. */
  public Optional<byte[]> spans(String basis, String table, Part part, String computed) {
    return onBasis(basis, spansName(table, part, computed));
  }

  /** The same of a part that a run just wrote or found done. */
  public byte[] spansOf(String basis, String table, Part part, String computed) {
    return spans(basis, table, part, computed)
        .orElseThrow(() -> failed(staging.work().resolve(spansName(table, part, computed))));
  }

  private Optional<byte[]> onBasis(String basis, String name) {
    return staging.bytes(name).flatMap(bytes -> CheckedBytes.whole(basis, bytes));
  }

  /** Where a sort keeps the bounds of its ranges. */
  public TableSort.Store store() {
    return new TableSort.Store() {
      @Override
      public Optional<byte[]> read(String name) {
        return staging.bytes(name);
      }

      @Override
      public void write(String name, byte[] bytes) {
        staging.keepFirst(name, bytes);
      }

      @Override
      public void remove(String name) {
        if (staging.writers() == Staging.Writers.ONE) {
          staging.remove(name);
        }
      }

      @Override
      public Path fresh(Path file) {
        return staging.fresh(file);
      }

      @Override
      public void settle(Path fresh, Path file) {
        staging.settle(fresh, file);
      }
    };
  }

  /** The folder for rows that wait to be sorted. */
  public Path work() {
    return staging.work();
  }

  /**
   * Removes part files that this run does not account for: a source that changed since may release
   * fewer rows, and nothing of the earlier parts may leave.
   */
  public void removeOthers(Set<String> names) {
    Path data = staging.release().resolve("data");
    if (!Files.isDirectory(data, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (Stream<Path> walk = Files.walk(data)) {
      for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
        boolean known =
            names.stream().anyMatch(name -> staging.release().resolve(name).startsWith(path));
        if (!known) {
          Files.delete(path);
        }
      }
    } catch (IOException cannotDelete) {
      throw failed(data, DiskFailure.category(cannotDelete));
    }
  }

  /**
   * Removes rows and values from the folder for what never leaves, where an encrypted release waits
   * for its approval. A run that is resumed extracts them again.
   */
  public void removeRows() {
    try (Stream<Path> files = Files.list(staging.work())) {
      for (Path file : files.filter(Parts::hasValues).toList()) {
        Files.delete(file);
      }
    } catch (IOException cannotDelete) {
      throw failed(staging.work(), DiskFailure.category(cannotDelete));
    }
  }

  private static boolean hasValues(Path file) {
    String name = file.toString();
    return Stream.of(".spill", ".sorted", ".ranges", ".count", ".spans", ".days")
        .anyMatch(name::endsWith);
  }

  private boolean areIntact(List<PartFile> parts, List<String> names) {
    for (int i = 0; i < names.size(); i++) {
      Path file = staging.release().resolve(names.get(i));
      if (!Files.isRegularFile(file) || !parts.get(i).sha256().equals(sha256(file))) {
        return false;
      }
    }
    return true;
  }

  private static String keysName(Split split) {
    return split.table() + "-" + split.number() + ".keys";
  }

  /** Whose records a split that is done released, and of which days; empty when that is lost. */
  Optional<byte[]> spans(String decided, Split split) {
    return onBasis(decided, spansName(split)).filter(CountedSubjects::isWhole);
  }

  /** The same of a split that a run just did or found done. */
  public byte[] spansOf(String decided, Split split) {
    return spans(decided, split)
        .orElseThrow(() -> failed(staging.work().resolve(spansName(split))));
  }

  private Optional<long[]> known(String decided, Split split) {
    return staging
        .numbers(knownName(split))
        .flatMap(all -> CheckedNumbers.whole(decided, all))
        .filter(KnownTuples::isWhole);
  }

  /** What an adversary may know of the rows of a split that a run just did or found done. */
  public long[] knownOf(String decided, Split split) {
    return known(decided, split)
        .orElseThrow(() -> failed(staging.work().resolve(knownName(split))));
  }

  /**
   * Stores whom the risk stage leaves out, durably.
   *
   * @param basis digest over everything that was extracted to find them
   */
  public void storeSmall(String basis, BitSet subjects) {
    String text = basis + " " + HexFormat.of().formatHex(subjects.toByteArray()) + " ";
    staging.keep(SMALL, text + Sha256.hex(text));
  }

  /** Whom it left out when it was interrupted, on the same basis; no one when that is not known. */
  public BitSet small(String basis) {
    return staging
        .text(SMALL)
        .filter(text -> text.startsWith(basis + " "))
        .filter(
            text -> text.endsWith(" " + Sha256.hex(text.substring(0, text.lastIndexOf(' ') + 1))))
        .map(text -> BitSet.valueOf(HexFormat.of().parseHex(text.split(" ", -1)[1])))
        .orElseGet(BitSet::new);
  }

  private static String knownName(Split split) {
    return split.table() + "-" + split.number() + ".known";
  }

  private static String spansName(Split split) {
    return split.table() + "-" + split.number() + ".days";
  }

  private static String countName(String table, Part part) {
    return table + "-" + part.number() + ".count";
  }

  private static String spansName(String table, Part part, String computed) {
    return table + "-" + part.number() + "." + computed + ".spans";
  }

  private static String markerName(Split split) {
    return split.table() + "-" + split.number() + ".marker";
  }

  private static String markerName(String table, Part part) {
    return table + "-" + part.number() + ".part";
  }

  private static void remove(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException cannotDelete) {
      throw failed(file, DiskFailure.category(cannotDelete));
    }
  }

  private static String sha256(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      DigestInputStream digest = new DigestInputStream(in, Sha256.begin());
      digest.transferTo(java.io.OutputStream.nullOutputStream());
      return Sha256.hex(digest.getMessageDigest());
    } catch (IOException cannotRead) {
      throw failed(file, DiskFailure.category(cannotRead));
    }
  }

  private static ProblemException failed(Path file) {
    return failed(file, Category.TEMPORARY);
  }

  private static ProblemException failed(Path file, Category category) {
    return ProblemException.of(
        category,
        "STAGING",
        Place.of(file),
        "a part file in staging cannot be read or removed",
        "check the permissions of the output folder, then resume");
  }
}
