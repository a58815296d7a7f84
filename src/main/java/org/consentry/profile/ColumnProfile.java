package org.consentry.profile;

import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.consentry.data.Blanks;
import org.consentry.data.ByteHash;
import org.consentry.data.BytesColumn;
import org.consentry.data.CodeLimits;
import org.consentry.data.SmallCounts;
import org.consentry.profile.ColumnSummary.Hits;
import org.consentry.profile.ColumnSummary.Written;
import org.jspecify.annotations.Nullable;

/**
 * Learns what a column contains, value by value or column of bytes by column. The summary depends
 * on the values alone, not on their order. A profile takes at most some 200 KiB, whatever the
 * number of values, and each of many columns less. Not thread-safe.
 *
 * <p><b>Security promise:</b> it keeps hashes, shapes and the forms of a few hundred values in
 * memory; none of them is shown, and no value is kept.
 */
public final class ColumnProfile {

  /** Of a longer value only its first bytes are looked at; its length is counted in whole. */
  static final int LOOKED_AT = 1 << 16;

  /** Words that systems write where there is no value, in lower case. */
  private static final Set<String> NOTHING =
      Set.of(
          "null",
          "(null)",
          "<null>",
          "na",
          "n/a",
          "#n/a",
          "nan",
          "nil",
          "\\n",
          "missing",
          "not available",
          "-",
          "--",
          ".",
          "?");

  /** What those words begin with. */
  private static final String FIRST_OF_NOTHING = "nN(<#\\mM-.?";

  /** Fewer bytes than this are enough for each of those words. */
  private static final int LONGEST_WORD = 16;

  private static final int MEMO = 128;

  /** The same for each column of a wide table. */
  private static final int SMALL_MEMO = 16;

  /** So many columns can remember much each. */
  private static final int FEW_COLUMNS = 512;

  /** Shorter codes of one length are words of a list. */
  private static final int EVEN_LENGTH = 16;

  private final Detectors detectors;
  private final DistinctCount distinct;
  private final Shapes shapes = new Shapes();
  private final Counts<ColumnType> types = new Counts<>(ColumnType.class);
  private final Counts<DateForm> dates = new Counts<>(DateForm.class);
  private final StyleCounts styles = new StyleCounts();
  private final Map<ContentKind, Seen> kinds = new EnumMap<>(ContentKind.class);
  private final long[] known;
  private final @Nullable Look[] looks;
  private long rows;
  private long empty;
  private long blank;
  private long words;
  private long numbers;
  private long shortest = Long.MAX_VALUE;
  private long longest;

  /** What is found of one kind. */
  private static final class Seen {
    private final FewHashes hashes = new FewHashes();
    private long certain;
    private long possible;
  }

  /** What one value looks like. */
  private record Look(
      WrittenForm form, Set<ContentKind> certain, Set<ContentKind> possible, String shape) {

    static Look at(String value, Detectors detectors) {
      Set<ContentKind> certain = Set.copyOf(detectors.of(value));
      Set<ContentKind> possible = EnumSet.noneOf(ContentKind.class);
      possible.addAll(certain);
      possible.addAll(detectors.hints(value));
      return new Look(WrittenForm.of(value), certain, Set.copyOf(possible), Shapes.of(value));
    }
  }

  /** An empty profile. */
  public ColumnProfile(Detectors detectors) {
    this(detectors, 1);
  }

  /**
   * An empty profile of one of many columns.
   *
   * @param columns how many columns are profiled at the same time; where they are more than {@value
   *     #FEW_COLUMNS}, fewer values of each are counted exactly
   */
  public ColumnProfile(Detectors detectors, int columns) {
    int memo = columns > FEW_COLUMNS ? SMALL_MEMO : MEMO;
    this.detectors = detectors;
    this.distinct =
        new DistinctCount(
            Math.min(
                DistinctCount.EXACT, DistinctCount.EXACT * FEW_COLUMNS / Math.max(columns, 1)));
    this.known = new long[memo];
    this.looks = new Look[memo];
  }

  /** Adds the values of a batch. */
  public void add(BytesColumn column) {
    for (int row = 0; row < column.rows(); row++) {
      if (column.isMissing(row)) {
        addMissing();
      } else {
        add(column.buffer(), column.starts()[row], column.ends()[row]);
      }
    }
  }

  /** Adds a value. */
  public void add(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    add(utf8, 0, utf8.length);
  }

  /** Adds a cell without a value. */
  public void addMissing() {
    rows++;
    empty++;
  }

  /** Adds a value of valid UTF-8. */
  public void add(byte[] utf8, int from, int to) {
    if (from == to) {
      addMissing();
      return;
    }
    rows++;
    int start = Blanks.start(utf8, from, to);
    int end = Blanks.end(utf8, start, to);
    if (start == end) {
      blank++;
    } else if (isWordForNothing(utf8, start, end)) {
      words++;
      styles.addNothing(new String(utf8, start, end - start, StandardCharsets.UTF_8));
    } else {
      addValue(utf8, start, end);
      types.add(ColumnType.CODE, CodeLimits.USUAL.fits(utf8, start, end) ? 1 : 0);
    }
  }

  private void addValue(byte[] utf8, int start, int end) {
    long length = characters(utf8, start, end);
    shortest = Math.min(shortest, length);
    longest = Math.max(longest, length);
    long hash = ByteHash.of(utf8, start, end);
    distinct.add(hash);
    count(look(hash, utf8, start, end), hash);
  }

  private void count(Look look, long hash) {
    WrittenForm form = look.form();
    form.types().forEach(type -> types.add(type, 1));
    form.dates().forEach(date -> dates.add(date, 1));
    numbers += form.isNumber() ? 1 : 0;
    styles.add(form);
    shapes.add(look.shape());
    for (ContentKind kind : look.possible()) {
      Seen seen = kinds.computeIfAbsent(kind, first -> new Seen());
      seen.certain += look.certain().contains(kind) ? 1 : 0;
      seen.possible++;
      seen.hashes.add(hash);
    }
  }

  /** Equal values look alike, so what was found last at a place is remembered. */
  private Look look(long hash, byte[] utf8, int start, int end) {
    int at = (int) hash & (looks.length - 1);
    Look last = looks[at];
    if (last != null && known[at] == hash) {
      return last;
    }
    int to = end - start > LOOKED_AT ? Blanks.end(utf8, start, cut(utf8, start + LOOKED_AT)) : end;
    String value = new String(utf8, start, to - start, StandardCharsets.UTF_8);
    Look look = Look.at(value, detectors);
    known[at] = hash;
    looks[at] = look;
    return look;
  }

  /** The start of the character that is at a byte. */
  private static int cut(byte[] utf8, int at) {
    int start = at;
    while ((utf8[start] & 0xC0) == 0x80) {
      start--;
    }
    return start;
  }

  private static long characters(byte[] utf8, int start, int end) {
    long count = 0;
    for (int i = start; i < end; i++) {
      count += (utf8[i] & 0xC0) == 0x80 ? 0 : 1;
    }
    return count;
  }

  private static boolean isWordForNothing(byte[] utf8, int start, int end) {
    return end - start < LONGEST_WORD
        && FIRST_OF_NOTHING.indexOf(utf8[start]) >= 0
        && NOTHING.contains(
            new String(utf8, start, end - start, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT));
  }

  /** What was learned so far. */
  public ColumnSummary summary() {
    Map<ContentKind, Hits> hits = new EnumMap<>(ContentKind.class);
    kinds.forEach(
        (kind, seen) -> hits.put(kind, new Hits(seen.certain, seen.possible, seen.hashes.count())));
    ColumnType plain = type();
    Optional<NumberStyle> numbers =
        plain == ColumnType.CODE || plain == ColumnType.TEXT
            ? styles.numbers(values())
            : Optional.empty();
    ColumnType type = numbers.isPresent() ? ColumnType.DECIMAL : plain;
    boolean dated = type == ColumnType.DATE || type == ColumnType.TIMESTAMP;
    Optional<DateForm> form = dated ? Optional.of(form()) : Optional.empty();
    long fitting =
        numbers.map(styles::of).or(() -> form.map(dates::of)).orElseGet(() -> types.of(type));
    return new ColumnSummary(
        rows,
        new ColumnSummary.Missing(empty, blank, words),
        new ColumnSummary.Distinct(distinct.count(), distinct.isExact()),
        new ColumnSummary.Lengths(values() == 0 ? 0 : shortest, longest),
        new Written(
            type,
            form,
            fitting,
            this.numbers,
            types.of(ColumnType.CODE),
            dates.of(DateForm.YEAR_FIRST),
            styles.style(numbers, type, values(), form.flatMap(this::swapped))),
        hits,
        looksLike(type));
  }

  private long values() {
    return rows - empty - blank - words;
  }

  private ColumnType type() {
    if (values() == 0) {
      return ColumnType.NOTHING;
    }
    if (types.of(ColumnType.YES_NO) == values()) {
      return ColumnType.YES_NO;
    }
    return EnumSet.range(ColumnType.DATE, ColumnType.TEXT).stream()
        .filter(type -> types.of(type) >= ColumnSummary.FITTING * values())
        .findFirst()
        .orElse(ColumnType.TEXT);
  }

  private DateForm form() {
    DateForm best = DateForm.YEAR_FIRST;
    for (DateForm form : DateForm.values()) {
      best = dates.of(form) > dates.of(best) ? form : best;
    }
    return best;
  }

  /** First days of months fit month first and day first alike. */
  private Optional<DateForm> swapped(DateForm form) {
    return form.swapped().filter(other -> dates.of(other) == dates.of(form));
  }

  private Set<ContentKind> looksLike(ColumnType type) {
    Set<ContentKind> like = EnumSet.noneOf(ContentKind.class);
    if (type == ColumnType.DATE && styles.isSpreadLikeBirths(values())) {
      like.add(ContentKind.BIRTH_DATE);
    }
    boolean other =
        kinds.entrySet().stream()
            .filter(kind -> kind.getKey() != ContentKind.RECORD_NUMBER)
            .anyMatch(kind -> 2 * kind.getValue().certain >= values());
    boolean number = !other && (type == ColumnType.INTEGER || type == ColumnType.CODE);
    boolean shaped = shapes.ofFewShapes() >= ColumnSummary.FITTING * values();
    boolean even = shortest == longest && longest >= EVEN_LENGTH && type == ColumnType.CODE;
    if (number && (shaped || even) && isHighDistinct()) {
      like.add(ContentKind.RECORD_NUMBER);
    }
    return like;
  }

  private boolean isHighDistinct() {
    return 2 * distinct.count() >= values() && values() >= SmallCounts.FEWEST;
  }
}
