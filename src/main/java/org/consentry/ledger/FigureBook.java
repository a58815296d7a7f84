package org.consentry.ledger;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.consentry.data.SmallCounts;
import org.consentry.ledger.FigureFile.Shown;
import org.consentry.problem.CountWords;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the figures of a release beside those that earlier releases of the study showed, to
 * whichever recipients and by whichever jobs. Not thread-safe.
 *
 * <p><b>Security promise.</b> People move when they come to be behind a count or no longer are; the
 * two do not cancel out.
 *
 * <ul>
 *   <li>Two different figures of one count of a study are {@value SmallCounts#FEWEST} or more
 *       people apart. Where fewer moved since a figure was counted, it is repeated with its day; of
 *       several such figures the one that was shown last.
 *   <li>A release counts again only when, of all its counts together, {@value SmallCounts#FEWEST}
 *       or more people moved since every release that did so. Otherwise the one person who moved
 *       last would be known to be the eleventh of a group. Other releases repeat all figures.
 *   <li>A figure of rows moves only when in each group of its table, and among those who moved in
 *       no group, no person moved or {@value SmallCounts#FEWEST} people or more. Otherwise sums of
 *       rows would show who of those who vanished is in the small group, for the rows of each are
 *       known from the release before.
 * </ul>
 */
public final class FigureBook {

  /** The people of a run, numbered from 0. */
  public interface People {

    /** How many there are. */
    int count();

    /** Copies the ledger's digest of a person, {@value Membership#DIGEST} bytes. */
    void digest(int person, byte[] into, int at);
  }

  private record Count(long count, BitSet people) {}

  private final String run;
  private final LocalDate day;
  private final KeyedPeople people;

  /** What the releases of the study showed, by run, the newest first. */
  private final Map<String, FigureFile> files = new LinkedHashMap<>();

  /** Who was behind the counts of a run; people who are not here now have numbers of their own. */
  private final Map<String, Map<Figure.Key, BitSet>> loaded = new HashMap<>();

  private final Map<Figure.Key, Count> counts = new TreeMap<>();
  private final Map<Figure.Key, Long> released = new TreeMap<>();
  private final Map<Figure.Key, BitSet> now = new TreeMap<>();
  private final SortedMap<Figure.Key, Figure> figures = new TreeMap<>();
  private final List<Shown> shown = new ArrayList<>();
  private final SortedMap<Figure.Key, BitSet> fresh = new TreeMap<>();
  private String base = "";

  private FigureBook(String run, LocalDate day, KeyedPeople people) {
    this.run = run;
    this.day = day;
    this.people = people;
  }

  /**
   * Opens the book of a study. Figures of adopted releases are not in this state folder, so those
   * are left out: see {@link #notCompared}.
   *
   * @param run the run whose figures are chosen
   * @param day the day of its counts
   * @param people the people of the run
   * @throws org.consentry.problem.ProblemException category VERIFY when the figures of an earlier
   *     release are not known any more
   */
  public static FigureBook open(
      Memberships memberships, String study, String run, LocalDate day, KeyedPeople people) {
    FigureBook book = new FigureBook(run, day, people);
    List<Memberships.Published> published = new ArrayList<>(memberships.published());
    Collections.reverse(published);
    published.stream()
        .filter(release -> release.entry().study().equals(study))
        .filter(release -> !isAdopted(release))
        .forEach(release -> book.files.put(release.entry().run(), memberships.figuresOf(release)));
    return book;
  }

  /**
   * The warning that a study has adopted releases: who is behind their figures is not known here,
   * and a person who has one of them and a later release can subtract what few people are behind.
   * Empty for a study without such.
   */
  public static Optional<Problem> notCompared(Memberships memberships, String study) {
    List<Memberships.Published> adopted =
        memberships.published().stream()
            .filter(release -> release.entry().study().equals(study))
            .filter(FigureBook::isAdopted)
            .toList();
    if (adopted.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        Problem.warning(
            "FIGURES_NOT_COMPARED",
            Place.of("ledger", adopted.get(adopted.size() - 1).entry().number()),
            "the study has "
                + CountWords.of(adopted.size(), "adopted release")
                + ", and who is behind "
                + (adopted.size() == 1 ? "its" : "their")
                + " figures of what was left out is not known here, so that a figure of this"
                + " release may differ from one of them by fewer than 11 people",
            "restore the state folder that made them from a backup and release from there, or"
                + " look at the figures of both before you hand the release over"));
  }

  private static boolean isAdopted(Memberships.Published release) {
    return release.entry().kind() == LedgerEntry.Kind.ADOPTED;
  }

  /**
   * Adds a count of what is left out or emptied.
   *
   * @param behind who is known to be behind it
   */
  public void count(Figure.Key key, long count, BitSet behind) {
    BitSet copy = (BitSet) behind.clone();
    counts.put(key, new Count(count, copy));
    now.put(key, copy);
  }

  /**
   * Adds what was read of persons or of a table.
   *
   * @param table name of the table; empty for persons; all that is left out of it is a count, too
   * @param released how many of them are released
   * @param behind who was read
   */
  public void read(String table, long released, BitSet behind) {
    Figure.Key key = new Figure.Key(table, Figure.Key.READ);
    this.released.put(key, released);
    now.put(key, (BitSet) behind.clone());
  }

  /** Chooses the figures of all counts that were added. */
  public Figures choose() {
    Optional<FigureFile> near =
        bases().stream()
            .filter(base -> movers(now.keySet(), base).cardinality() < SmallCounts.FEWEST)
            .findFirst()
            .map(this::file);
    counts.forEach(
        (key, count) ->
            choose(key, near, Figure.of(count.count(), count.people().cardinality(), day)));
    released.forEach(
        (key, rows) -> {
          Figure leftOut = require(figures.get(new Figure.Key(key.table(), Figure.Key.EXCLUDED)));
          choose(key, near, Figure.read(rows, leftOut, day));
        });
    if (near.isEmpty()) {
      fresh.putAll(now);
    }
    base = near.map(FigureFile::base).orElse(run);
    return new Figures(figures);
  }

  /** The runs that counted again, the one whose figures were shown last first. */
  private Set<String> bases() {
    Set<String> bases = new LinkedHashSet<>();
    files.values().forEach(file -> bases.add(file.base()));
    return bases;
  }

  private void choose(Figure.Key key, Optional<FigureFile> near, Figure counted) {
    Optional<Shown> repeated = near.flatMap(base -> base.of(key)).or(() -> repeated(key));
    Figure figure = repeated.map(Shown::figure).orElse(counted);
    shown.add(repeated.orElseGet(() -> Shown.of(key, counted, run)));
    figures.put(key, figure);
    if (repeated.isEmpty()) {
      fresh.put(key, require(now.get(key)));
    }
  }

  /** The figure shown last that may not move yet. */
  private Optional<Shown> repeated(Figure.Key key) {
    return files.values().stream()
        .flatMap(file -> file.of(key).stream())
        .filter(one -> !mayMove(key, one.countedBy()))
        .findFirst();
  }

  private boolean mayMove(Figure.Key key, String since) {
    BitSet moved = movers(List.of(key), since);
    if (moved.cardinality() < SmallCounts.FEWEST) {
      return false;
    }
    return key.table().isEmpty() || areNoneOrMany(key.table(), since);
  }

  /** Whether in each group of a table, and in none, no person moved or many did. */
  private boolean areNoneOrMany(String table, String since) {
    List<Figure.Key> groups =
        now.keySet().stream().filter(key -> key.table().equals(table) && key.ofGroup()).toList();
    BitSet others = movers(List.of(new Figure.Key(table, Figure.Key.READ)), since);
    others.andNot(movers(groups, since));
    return !isFew(others)
        && groups.stream().noneMatch(group -> isFew(movers(List.of(group), since)));
  }

  private static boolean isFew(BitSet people) {
    return !people.isEmpty() && people.cardinality() < SmallCounts.FEWEST;
  }

  /** Who moved in any of these counts since a run counted them. */
  private BitSet movers(Iterable<Figure.Key> keys, String since) {
    Map<Figure.Key, BitSet> then = loaded.computeIfAbsent(since, one -> file(one).people(people));
    BitSet movers = new BitSet();
    for (Figure.Key key : keys) {
      if (then.containsKey(key)) {
        BitSet moved = (BitSet) require(then.get(key)).clone();
        moved.xor(require(now.get(key)));
        movers.or(moved);
      }
    }
    return movers;
  }

  private FigureFile file(String counted) {
    return Optional.ofNullable(files.get(counted)).orElseThrow(() -> FigureFile.missing(counted));
  }

  private static <T> T require(@Nullable T known) {
    return Optional.ofNullable(known).orElseThrow();
  }

  /**
   * Writes the chosen figures, and who is behind those that this run counted, to the state folder.
   *
   * @return the digest of the file, for the ledger's entry
   */
  public String write(StateFolder state) {
    FigureFile.Head head = new FigureFile.Head(base, shown, List.copyOf(fresh.keySet()));
    return FigureFile.write(state.figures(run), head, fresh.values(), people);
  }
}
