package org.consentry.export.extract;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.consentry.connector.Split;
import org.consentry.data.Exclusion;
import org.consentry.data.MissingCells;
import org.consentry.data.RejectReason;
import org.consentry.data.RowBatch.Rejection;
import org.consentry.data.Sha256;
import org.consentry.data.Tally;
import org.consentry.export.sort.SpillResult;

/**
 * Records that a split is done, under which decisions, and what came of it. A split whose marker
 * still counts is never done again. Written after its spill file, which need not be on the disk:
 * the checks of the marker decide whether that still counts. Contains counts, digests and line
 * numbers, nothing of a patient, and ends with a digest of itself.
 *
 * @param basis digest over everything the part depends on besides the split: decisions, plan, keys
 * @param split the split, with its digest
 * @param result what came of it; {@code released} is not part of the marker text
 */
record Marker(String basis, Split split, SplitResult result) {

  private static final String FORMAT = "consentry-marker-1";

  /** Writes the marker as text, one word and its values a line. */
  public String toText() {
    StringBuilder text = new StringBuilder(FORMAT).append('\n');
    line(text, "basis", basis);
    line(
        text,
        "split",
        split.table(),
        split.number(),
        split.digest(),
        String.join(" ", split.range().words()));
    Tally tally = result.tally();
    line(text, "rows", tally.read(), tally.released());
    tally.excluded().forEach((reason, rows) -> line(text, "excluded", reason, rows));
    tally.rejected().forEach((reason, rows) -> line(text, "rejected", reason, rows));
    tally.withheld().forEach((column, cells) -> line(text, "withheld", cells, column));
    tally.blanked().forEach((column, cells) -> line(text, "blanked", cells, column));
    tally
        .answers()
        .forEach(
            (column, counts) ->
                counts.forEach((word, cells) -> line(text, "answer", cells, word, column)));
    tally.formulas().forEach((column, cells) -> line(text, "formula", cells, column));
    tally
        .readings()
        .forEach(
            (column, cells) -> line(text, "readings", cells.given(), cells.unreadable(), column));
    tally
        .missing()
        .forEach(
            (column, cells) -> line(text, "missing", cells.nulls(), cells.emptyTexts(), column));
    result.filled().forEach((column, cells) -> line(text, "filled", cells, column));
    result.rejections().forEach(row -> line(text, "rejection", row.reason(), row.line()));
    line(text, "contents", result.contents().first(), result.contents().second());
    result.keys().ifPresent(keys -> spill(text, "keys", keys));
    spill(text, "spill", result.spill());
    text.append("end ").append(result.released().length).append(' ');
    return text.append(Sha256.hex(text.toString())).append('\n').toString();
  }

  private static void spill(StringBuilder text, String word, SpillResult spill) {
    line(text, word, spill.rows(), spill.bytes(), spill.check(), spill.bounds());
  }

  private static void line(StringBuilder text, Object... words) {
    for (int i = 0; i < words.length; i++) {
      text.append(i == 0 ? "" : " ").append(words[i]);
    }
    text.append('\n');
  }

  /** How many released keys the file beside the marker must contain. */
  public int releasedKeys() {
    return result.released().length;
  }

  /**
   * Reads a marker text, if this split was done on this basis.
   *
   * @return the marker, with as many zero numbers in {@code released} as the file beside it must
   *     contain; empty when the text is damaged or is about something else, so that the split is
   *     done again
   */
  public static Optional<Marker> parse(String text, String basis, Split split) {
    try {
      return Optional.of(new Reader(text).read())
          .filter(marker -> marker.basis.equals(basis) && marker.split.equals(split));
    } catch (IllegalArgumentException | IndexOutOfBoundsException damaged) {
      return Optional.empty();
    }
  }

  /** Reads what {@link #toText()} wrote; anything else is an IllegalArgumentException. */
  private static final class Reader {
    private final List<String> lines;
    private final Map<Exclusion, Long> excluded = new EnumMap<>(Exclusion.class);
    private final Map<RejectReason, Long> rejected = new EnumMap<>(RejectReason.class);
    private final Map<String, Long> withheld = new TreeMap<>();
    private final Map<String, Long> blanked = new TreeMap<>();
    private final Map<String, Map<String, Long>> answers = new TreeMap<>();
    private final Map<String, Long> formulas = new TreeMap<>();
    private final Map<String, Tally.Readings> readings = new TreeMap<>();
    private final Map<String, MissingCells> missing = new TreeMap<>();
    private final Map<String, Long> filled = new TreeMap<>();
    private final List<Rejection> rejections = new ArrayList<>();
    private Optional<SpillResult> keys = Optional.empty();
    private ContentSum contents = ContentSum.NONE;

    Reader(String text) {
      lines = List.of(text.split("\n", -1));
      require(lines.size() > 5 && lines.get(lines.size() - 1).isEmpty());
      String all = text.substring(0, text.lastIndexOf(' ') + 1);
      require(words(lines.size() - 2, "end", 3)[2].equals(Sha256.hex(all)));
    }

    Marker read() {
      require(lines.get(0).equals(FORMAT));
      String basis = words(1, "basis", 2)[1];
      String[] split = lines.get(2).split(" ", -1);
      require(split.length > 4 && split[0].equals("split"));
      String[] rows = words(3, "rows", 3);
      for (int i = 4; i < lines.size() - 3; i++) {
        readCount(lines.get(i).split(" ", 3));
      }
      String[] spill = words(lines.size() - 3, "spill", 5);
      int released = Integer.parseInt(words(lines.size() - 2, "end", 3)[1]);
      require(released >= 0 && released <= Long.parseLong(rows[2]));
      Tally tally =
          new Tally(
              Long.parseLong(rows[1]),
              Long.parseLong(rows[2]),
              excluded,
              rejected,
              withheld,
              blanked,
              answers,
              formulas,
              readings,
              missing);
      return new Marker(
          basis,
          new Split(
              split[1],
              Integer.parseInt(split[2]),
              Split.range(List.of(split).subList(4, split.length)),
              Integer.parseInt(split[3])),
          new SplitResult(
              tally, spill(spill), keys, rejections, contents, filled, new long[released]));
    }

    private static SpillResult spill(String[] words) {
      require(words.length == 5);
      return new SpillResult(
          Long.parseLong(words[1]),
          Long.parseLong(words[2]),
          Integer.parseInt(words[3]),
          Integer.parseInt(words[4]));
    }

    private void readCount(String[] words) {
      switch (words[0]) {
        case "excluded" -> excluded.put(Exclusion.valueOf(words[1]), Long.parseLong(words[2]));
        case "rejected" -> rejected.put(RejectReason.valueOf(words[1]), Long.parseLong(words[2]));
        case "withheld" -> withheld.put(words[2], Long.parseLong(words[1]));
        case "blanked" -> blanked.put(words[2], Long.parseLong(words[1]));
        case "filled" -> filled.put(words[2], Long.parseLong(words[1]));
        case "formula" -> formulas.put(words[2], Long.parseLong(words[1]));
        case "answer" -> {
          String[] word = words[2].split(" ", 2);
          answers
              .computeIfAbsent(word[1], column -> new TreeMap<>())
              .put(word[0], Long.parseLong(words[1]));
        }
        case "readings" -> {
          String[] cells = words[2].split(" ", 2);
          readings.put(
              cells[1], new Tally.Readings(Long.parseLong(words[1]), Long.parseLong(cells[0])));
        }
        case "missing" -> {
          String[] rest = words[2].split(" ", 2);
          missing.put(rest[1], new MissingCells(Long.parseLong(words[1]), Long.parseLong(rest[0])));
        }
        case "keys" -> keys = Optional.of(spill(String.join(" ", words).split(" ", -1)));
        case "contents" ->
            contents = new ContentSum(Long.parseLong(words[1]), Long.parseLong(words[2]));
        case "rejection" ->
            rejections.add(new Rejection(RejectReason.valueOf(words[1]), Long.parseLong(words[2])));
        default -> throw new IllegalArgumentException("not a word of a marker");
      }
    }

    private String[] words(int line, String first, int count) {
      String[] words = lines.get(line).split(" ", -1);
      require(words.length == count && words[0].equals(first));
      return words;
    }

    private static void require(boolean isMarker) {
      if (!isMarker) {
        throw new IllegalArgumentException("not a marker");
      }
    }
  }
}
