package org.consentry.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.consentry.data.SmallCounts;
import org.consentry.release.LinearSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A recipient of all releases of a study sees which codes vanish, knows how many rows each had, and
 * wants to know why each vanished. It knows every rule by which figures move, and the clinic is the
 * easiest one for it: no patient is added, and none changes but those who vanish, mostly one or two
 * at a time.
 */
final class FigureAttackTest {

  private static final long SEED = 20_261_202;
  private static final int SEQUENCES = 60;
  private static final int RELEASES = 36;
  private static final int PEOPLE = 300;
  private static final List<String> GROUPS = StudyReleases.GROUPS;

  /** Of a hundred who vanish, how many are in which group. */
  private static final int[] SHARES = {60, 30, 10};

  @TempDir Path place;

  /** What a recipient sees: who vanished before which release, and the figures of each. */
  private record Seen(List<List<Integer>> vanished, List<Map<Figure.Key, Figure>> figures) {}

  /** How figures move. */
  private interface Mechanism {
    Map<Figure.Key, Figure> figures(int release, StudyReleases.World world) throws IOException;
  }

  /** What the attacker found out, of how many. */
  private static final class Score {
    int vanished;
    int known;
    int alone;
    int right;
    int guessed;
    int moved;

    void print(String what) {
      System.out.printf(
          "attack on %s, which moved %d times: group certain of %d of %d who vanished, %d of them"
              + " among fewer than 11; right of %d, guessing %d%n",
          what, moved, known, vanished, alone, right, guessed);
    }
  }

  @Test
  void nobodysReasonIsKnownFromAllReleasesOfAStudy() throws IOException {
    Score score = new Score();
    for (int sequence = 0; sequence < SEQUENCES; sequence++) {
      StudyReleases study = new StudyReleases(place.resolve("s" + sequence));
      attack(sequence, (release, world) -> study.publish(world), Rules.OURS, score);
    }

    score.print("figures of " + SEQUENCES + " x " + RELEASES + " releases");
    assertThat(score.vanished).isGreaterThan(2_000);
    assertThat(score.alone).as("seed %d", SEED).isZero();
    assertThat(score.right).isLessThanOrEqualTo(score.guessed + score.vanished / 50);
  }

  /** The attacker is able: where each figure waits for its eleven alone, the last one is known. */
  @Test
  void theAttackerWouldSucceedWereEachFigureToMoveWithItsEleventhPerson() throws IOException {
    Score score = new Score();
    for (int sequence = 0; sequence < SEQUENCES; sequence++) {
      attack(sequence, new EachAlone(), Rules.EACH_ALONE, score);
    }

    score.print("figures that each move with their eleventh person");
    assertThat(score.alone).isGreaterThan(20);
    assertThat(score.right).isGreaterThan(score.guessed);
  }

  private void attack(int sequence, Mechanism mechanism, Rules rules, Score score)
      throws IOException {
    SplittableRandom random = new SplittableRandom(SEED + sequence);
    int[] visits =
        IntStream.range(0, PEOPLE).map(i -> 1 + random.nextInt(1, 6) * random.nextInt(8)).toArray();
    Map<String, BitSet> out = new HashMap<>();
    IntStream.range(0, 40 + random.nextInt(10)).forEach(i -> of(out, i % 2).set(i));
    int[] group = new int[PEOPLE];
    List<Integer> released = new ArrayList<>(IntStream.range(50, PEOPLE).boxed().toList());
    Seen seen = new Seen(new ArrayList<>(), new ArrayList<>());
    for (int release = 0; release < RELEASES; release++) {
      List<Integer> vanished = new ArrayList<>();
      int many = random.nextInt(9) == 0 ? 12 + random.nextInt(14) : 1 + random.nextInt(2);
      for (int i = 0; release > 0 && i < many; i++) {
        int person = released.remove(random.nextInt(released.size()));
        int draw = random.nextInt(100);
        group[person] = draw < SHARES[0] ? 0 : draw < SHARES[0] + SHARES[1] ? 1 : 2;
        of(out, group[person]).set(person);
        vanished.add(person);
      }
      Map<String, BitSet> now = new HashMap<>();
      out.forEach((name, people) -> now.put(name, (BitSet) people.clone()));
      seen.vanished().add(vanished);
      seen.figures()
          .add(
              mechanism.figures(
                  release,
                  new StudyReleases.World(
                      IntStream.range(0, PEOPLE).boxed().toList(), now, one -> visits[one])));
    }
    new Attack(seen, visits, rules).score(group, score);
  }

  private static BitSet of(Map<String, BitSet> groups, int group) {
    return groups.computeIfAbsent(GROUPS.get(group), none -> new BitSet());
  }

  /** What the attacker knows of how figures move. */
  private enum Rules {
    OURS,
    EACH_ALONE
  }

  /** Every figure moves by itself as soon as eleven people moved since it was counted. */
  private static final class EachAlone implements Mechanism {
    private final Map<Figure.Key, Figure> shown = new HashMap<>();
    private final Map<Figure.Key, BitSet> counted = new HashMap<>();

    @Override
    public Map<Figure.Key, Figure> figures(int release, StudyReleases.World world) {
      LocalDate day = StudyReleases.FIRST.plusDays(release);
      for (String group : GROUPS) {
        BitSet people = world.groups().getOrDefault(group, new BitSet());
        int rows = people.stream().map(world.visits()).sum();
        choose(
            new Figure.Key("", group),
            Figure.of(people.cardinality(), people.cardinality(), day),
            people);
        choose(new Figure.Key("visits", group), Figure.of(rows, people.cardinality(), day), people);
      }
      return Map.copyOf(shown);
    }

    private void choose(Figure.Key key, Figure figure, BitSet people) {
      BitSet moved = (BitSet) people.clone();
      moved.xor(counted.getOrDefault(key, new BitSet()));
      if (!shown.containsKey(key) || moved.cardinality() >= SmallCounts.FEWEST) {
        shown.put(key, figure);
        counted.put(key, people);
      }
    }
  }

  /** Writes down all that follows from what is seen, and solves it. */
  private static final class Attack {
    private final LinearSystem system = new LinearSystem();
    private final Seen seen;
    private final int[] visits;
    private final Rules rules;
    private final List<Integer> bases = new ArrayList<>(List.of(0));
    private int slacks;
    private int moves;

    Attack(Seen seen, int[] visits, Rules rules) {
      this.seen = seen;
      this.visits = visits;
      this.rules = rules;
      for (int release = 1; release < RELEASES; release++) {
        int since = vanished(bases.get(bases.size() - 1), release);
        if (rules == Rules.EACH_ALONE || since >= SmallCounts.FEWEST) {
          bases.add(release);
        }
      }
      for (int group = 0; group < GROUPS.size(); group++) {
        members(group);
        figures(group);
      }
      seen.vanished().stream().flatMap(List::stream).forEach(this::oneGroup);
      assertThat(system.solve()).as("what is seen agrees with the rules").isTrue();
    }

    private int vanished(int after, int release) {
      return IntStream.rangeClosed(after + 1, release)
          .map(t -> seen.vanished().get(t).size())
          .sum();
    }

    private static String is(int person, int group) {
      return "person " + person + " in " + group;
    }

    private void oneGroup(int person) {
      system.bound("one", 1, 1);
      List<String> groups = new ArrayList<>();
      for (int group = 0; group < GROUPS.size(); group++) {
        system.bound(is(person, group), 0, 1);
        groups.add(is(person, group));
      }
      system.sum("one", groups);
    }

    /** How many were added to a group, and how many rows, up to a release. */
    private void members(int group) {
      system.bound(added("", group, 0), 0, 0);
      system.bound(added("visits", group, 0), 0, 0);
      for (int release = 1; release < RELEASES; release++) {
        List<String> people = new ArrayList<>(List.of(added("", group, release - 1)));
        List<String> rows = new ArrayList<>(List.of(added("visits", group, release - 1)));
        for (int person : seen.vanished().get(release)) {
          people.add(is(person, group));
          rows.addAll(Collections.nCopies(visits[person], is(person, group)));
        }
        system.bound(added("", group, release), 0, 10_000);
        system.bound(added("visits", group, release), 0, 1_000_000);
        system.sum(added("", group, release), people);
        system.sum(added("visits", group, release), rows);
      }
    }

    private static String added(String table, int group, int release) {
      return table + " added to " + group + " up to " + release;
    }

    private void figures(int group) {
      for (String table : List.of("", "visits")) {
        Figure.Key key = new Figure.Key(table, GROUPS.get(group));
        int origin = -1;
        for (int release : bases) {
          Figure figure = figure(release, key);
          int counted = (int) (figure.countedOn().toEpochDay() - StudyReleases.FIRST.toEpochDay());
          if (counted == release) {
            window(table, group, release, figure);
          }
          if (origin >= 0) {
            moved(table, group, origin, release, counted == release);
          }
          moves += origin >= 0 && counted == release ? 1 : 0;
          origin = counted;
        }
      }
    }

    private Figure figure(int release, Figure.Key key) {
      return seen.figures().get(release).getOrDefault(key, new Figure("0", StudyReleases.FIRST));
    }

    /** Those who were out before the first release and those who were added make the figure. */
    private void window(String table, int group, int release, Figure figure) {
      String whole = table + " in " + group + " at " + release;
      boolean few = figure.shown().equals("<11");
      long shown = few ? 0 : Long.parseLong(figure.shown());
      long most = few ? (table.isEmpty() ? 10 : LinearSystem.MANY) : shown + 4;
      system.bound(whole, few ? 0 : Math.max(11, shown - 5), most);
      system.sum(whole, List.of(table + " before in " + group, added(table, group, release)));
    }

    private void moved(String table, int group, int origin, int release, boolean fresh) {
      int all = vanished(origin, release);
      if (!fresh && !table.isEmpty() && rules == Rules.OURS) {
        return; // few moved, or few did in another group
      }
      String moved = "moved " + slacks++;
      boolean noOthers = fresh && !table.isEmpty() && rules == Rules.OURS && all < 22;
      system.bound(moved, fresh ? (noOthers ? all : 11) : 0, fresh ? all : 10);
      system.sum(added("", group, release), List.of(added("", group, origin), moved));
    }

    void score(int[] truth, Score score) {
      score.moved += moves;
      for (int base = 0; base < bases.size(); base++) {
        int end = base + 1 < bases.size() ? bases.get(base + 1) : RELEASES - 1;
        int[] known = new int[GROUPS.size()];
        for (int release = bases.get(base) + 1; release <= end; release++) {
          for (int person : seen.vanished().get(release)) {
            int guess = guess(person);
            score.vanished++;
            score.guessed += truth[person] == 0 ? 1 : 0;
            score.right += truth[person] == guess ? 1 : 0;
            if (system.low(is(person, guess)) == 1) {
              assertThat(guess).isEqualTo(truth[person]);
              known[guess]++;
            }
          }
        }
        for (int group : known) {
          score.known += group;
          score.alone += group < SmallCounts.FEWEST ? group : 0;
        }
      }
    }

    /** What is certain; otherwise the likeliest that is possible. */
    private int guess(int person) {
      for (int group = 0; group < GROUPS.size(); group++) {
        if (system.low(is(person, group)) == 1) {
          return group;
        }
      }
      return IntStream.range(0, GROUPS.size())
          .filter(group -> system.high(is(person, group)) == 1)
          .findFirst()
          .orElseThrow();
    }
  }
}
