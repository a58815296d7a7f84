package org.consentry.ledger;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.consentry.data.Prf;
import org.consentry.keys.LedgerKey;

/** Releases of a study one day apart, of which nothing but the figures is made. */
final class StudyReleases {

  static final LocalDate FIRST = LocalDate.parse("2026-01-01");
  static final List<String> GROUPS = List.of("NOT_PERMITTED", "NOT_IN_COHORT", "NOT_USABLE");

  private final LedgerKey key;
  private final StateFolder state;
  private final Ledger ledger;
  private String name = "S-1";
  private int published;

  StudyReleases(Path home) {
    state = new StateFolder(home);
    state.prepare();
    ledger = Ledger.open(state, () -> FIRST.atStartOfDay().toInstant(ZoneOffset.UTC));
    key = new Memberships(state, ledger).key();
  }

  /**
   * A clinic at a moment.
   *
   * @param persons the persons in its records
   * @param groups those who are out, by group; all others are released
   * @param visits how many rows of visits a person has
   */
  record World(List<Integer> persons, Map<String, BitSet> groups, IntUnaryOperator visits) {
    World {
      persons = List.copyOf(persons);
      groups = Map.copyOf(groups);
    }
  }

  static String id(int person) {
    return "PATIENT-" + person;
  }

  void of(String study) {
    name = study;
  }

  /** Chooses the figures of a release and publishes it. */
  Map<Figure.Key, Figure> publish(World world) {
    String run = "run-" + (published + 1);
    FigureBook book = book(run, world);
    Figures figures = book.choose();
    Map<LedgerFact, String> facts = Map.of(LedgerFact.FIGURES_SHA256, book.write(state));
    Instant moment = day().atStartOfDay().toInstant(ZoneOffset.UTC);
    ledger.append(moment, new LedgerEvent(LedgerEntry.Kind.PUBLISHED, run, "job", name, facts));
    published++;
    return figures.byKey();
  }

  /** Chooses the figures of a release that is not published. */
  void choose(String run, World world) {
    FigureBook book = book(run, world);
    book.choose();
    book.write(state);
  }

  private LocalDate day() {
    return FIRST.plusDays(published);
  }

  private FigureBook book(String run, World world) {
    FigureBook book =
        FigureBook.open(
            new Memberships(state, ledger), name, run, day(), new KeyedPeople(people(world)));
    BitSet visitors =
        set(
            world,
            world.persons().stream().mapToInt(one -> one).filter(one -> visits(world, one) > 0));
    BitSet all = new BitSet();
    all.set(0, world.persons().size());
    BitSet out = new BitSet();
    long rowsOut = 0;
    long total = 0;
    for (String group : GROUPS) {
      BitSet persons = world.groups().getOrDefault(group, new BitSet());
      BitSet people = set(world, persons.stream());
      long rows = persons.stream().mapToLong(one -> visits(world, one)).sum();
      book.count(new Figure.Key("", group), people.cardinality(), people);
      out.or(people);
      people.and(visitors);
      book.count(new Figure.Key("visits", group), rows, people);
      rowsOut += rows;
      total += Figure.total(rows, people.cardinality());
    }
    long rows =
        world.persons().stream().mapToInt(one -> one).mapToLong(one -> visits(world, one)).sum();
    book.count(new Figure.Key("", Figure.Key.EXCLUDED), out.cardinality(), out);
    book.read("", all.cardinality() - out.cardinality(), all);
    out.and(visitors);
    book.count(new Figure.Key("visits", Figure.Key.EXCLUDED), total, out);
    book.read("visits", rows - rowsOut, visitors);
    return book;
  }

  private static int visits(World world, int person) {
    return world.visits().applyAsInt(person);
  }

  /** The places of persons in the clinic's records. */
  private static BitSet set(World world, IntStream persons) {
    BitSet set = new BitSet();
    persons.map(world.persons()::indexOf).forEach(set::set);
    return set;
  }

  private FigureBook.People people(World world) {
    Prf digests = key.subjects();
    return new FigureBook.People() {
      @Override
      public int count() {
        return world.persons().size();
      }

      @Override
      public void digest(int person, byte[] into, int at) {
        byte[] id = id(world.persons().get(person)).getBytes(StandardCharsets.UTF_8);
        byte[] digest = new byte[Prf.SIZE];
        digests.compute(id, 0, id.length, digest, 0);
        System.arraycopy(digest, 0, into, at, Membership.DIGEST);
      }
    };
  }
}
