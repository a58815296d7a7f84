package org.consentry.ledger;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.consentry.data.Prf;
import org.consentry.data.SmallCounts;
import org.consentry.keys.LedgerKey;
import org.consentry.ledger.FigureFile.Shown;

/**
 * States how many people are contacted at a researcher's request, beside what earlier receipts
 * about the same study state. Not thread-safe.
 *
 * <p><b>Security promise.</b> A researcher who chooses whom to ask for could compute from several
 * numbers whether one person is contacted, however each is rounded. Therefore
 *
 * <ul>
 *   <li>each person counts in one receipt of a study only. A request that has people of an earlier
 *       one has no number, except when it is for exactly the same people: then the earlier
 *       statement is repeated with its day. So no two numbers can be subtracted;
 *   <li>a number is a range of nineteen, or {@value #FEW}. Where it begins is drawn by a secret
 *       function of study and people asked for: who knows of all others whether they are contacted
 *       can seldom infer the last one, nor can who asks for the same people in another study;
 *   <li>no range shows that everyone asked for is contacted, or everyone but a few: near the number
 *       of people asked for, it is the last twenty numbers up to that;
 *   <li>fewer than {@value SmallCounts#FEWEST} people are never distinguished from none, so that a
 *       request with one code has the same receipt for every person.
 * </ul>
 */
public final class ReceiptBook {

  /** What is stated of fewer people than the lowest range has. */
  public static final String FEW = "fewer than 20";

  /** What is stated where another receipt counted some of the people. */
  public static final String NOT_STATED =
      "not stated: an earlier request about this study was for some of the same people";

  private static final String ASKED = "asked";
  private static final int TEN = 10;
  private static final int WIDTH = 20;

  private final String study;
  private final KeyedPeople people;
  private final LedgerKey key;
  private final BitSet asked;
  private Statement statement = new Statement(NOT_STATED, "");

  /**
   * What a receipt states.
   *
   * @param people in words
   * @param countedOn the day of the count, ISO 8601; empty where there is none
   */
  public record Statement(String people, String countedOn) {}

  private ReceiptBook(String study, KeyedPeople people, BitSet asked, LedgerKey key) {
    this.study = study;
    this.people = people;
    this.asked = asked;
    this.key = key;
  }

  /**
   * Who is asked for.
   *
   * @param study of the release whose codes name them
   * @param people those whom the run knows, by their numbers in it
   * @param count how many they are, with those whom the run does not know any more
   */
  public record Asked(String study, BitSet people, int count) {
    public Asked {
      people = (BitSet) people.clone();
    }

    @Override
    public BitSet people() {
      return (BitSet) people.clone();
    }

    /** Shows how many they are. */
    @Override
    public String toString() {
      return "Asked[" + count + " people]";
    }
  }

  /**
   * How many people are contacted.
   *
   * @param day on which they were counted
   */
  public record Count(int contacted, LocalDate day) {}

  /**
   * The statement of a receipt.
   *
   * @param lists legal basis of the lists that have receipts
   * @param asked the study of the release whose codes are asked for, and who is asked for
   * @param people the people of the run
   * @throws org.consentry.problem.ProblemException category VERIFY when it is not known any more
   *     who was asked for by an earlier request
   */
  public static ReceiptBook of(
      Memberships memberships, String lists, Asked asked, KeyedPeople people, Count contacted) {
    ReceiptBook book = new ReceiptBook(asked.study(), people, asked.people(), memberships.key());
    book.statement = book.state(book.earlier(memberships, lists), asked.count(), contacted);
    return book;
  }

  /**
   * Whether the request of a published list was for a person.
   *
   * @param person alone, as the ledger identifies the person
   */
  public static boolean isAsked(
      Memberships memberships, Memberships.Published list, KeyedPeople person) {
    return memberships.figuresOf(list).people(person).values().stream().anyMatch(set -> set.get(0));
  }

  /** What the receipt states. */
  public Statement statement() {
    return statement;
  }

  private Figure.Key key() {
    return new Figure.Key(study, ASKED);
  }

  /** What an earlier receipt stated, and of whom; empty where that is not known here. */
  private record Earlier(Statement statement, Optional<BitSet> asked) {}

  private List<Earlier> earlier(Memberships memberships, String lists) {
    List<Earlier> earlier = new ArrayList<>();
    for (Memberships.Published list : memberships.published(lists)) {
      if (list.entry().kind() == LedgerEntry.Kind.ADOPTED) {
        earlier.add(new Earlier(new Statement(NOT_STATED, ""), Optional.empty()));
      } else if (!list.fact(LedgerFact.FIGURES_SHA256).isEmpty()) {
        FigureFile file = memberships.figuresOf(list);
        file.of(key())
            .map(shown -> new Statement(shown.shown(), shown.countedOn()))
            .filter(stated -> !stated.countedOn().isEmpty())
            .ifPresent(
                stated ->
                    earlier.add(
                        new Earlier(stated, Optional.ofNullable(file.people(people).get(key())))));
      }
    }
    return earlier;
  }

  private Statement state(List<Earlier> earlier, int all, Count contacted) {
    for (Earlier one : earlier) {
      if (one.asked().isEmpty() || one.asked().get().intersects(asked)) {
        return one.asked().filter(asked::equals).isPresent()
            ? one.statement()
            : new Statement(NOT_STATED, "");
      }
    }
    return new Statement(range(contacted.contacted(), all, offset()), contacted.day().toString());
  }

  /**
   * A range that has a number of people.
   *
   * @param asked how many were asked for, no fewer
   * @param offset 0 to 9
   */
  static String range(int people, int asked, int offset) {
    int first = TEN * Math.floorDiv(people - 1 - offset, TEN) + 1;
    if (first < TEN || asked < WIDTH) {
      return FEW;
    }
    return first > asked - WIDTH + 1
        ? "from " + (asked - WIDTH + 1) + " to " + asked
        : "from " + first + " to " + (first + WIDTH - 2);
  }

  /** Drawn by a secret function of the study and of who is asked for, in the order of digests. */
  private int offset() {
    byte[] name = study.getBytes(StandardCharsets.UTF_8);
    byte[] input = new byte[name.length + 1 + asked.cardinality() * Membership.DIGEST];
    System.arraycopy(name, 0, input, 0, name.length);
    int at = name.length + 1;
    for (int place = 0; place < people.count(); place++) {
      if (asked.get(people.at(place))) {
        people.digest(people.at(place), input, at);
        at += Membership.DIGEST;
      }
    }
    byte[] drawn = new byte[Prf.SIZE];
    key.receipts().compute(input, 0, at, drawn, 0);
    return new BigInteger(1, drawn).mod(BigInteger.TEN).intValue();
  }

  /**
   * Writes what is stated, and of whom, to the state folder.
   *
   * @return the digest of the file, for the ledger's entry
   */
  public String write(StateFolder state, String run) {
    Shown shown = new Shown(key(), statement.people(), statement.countedOn(), run);
    FigureFile.Head head = new FigureFile.Head(run, List.of(shown), List.of(key()));
    return FigureFile.write(state.figures(run), head, List.of(asked), people);
  }
}
