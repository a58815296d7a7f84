package org.consentry.export;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consentry.config.LevelPlan;
import org.consentry.config.RiskRule;
import org.consentry.data.Prf;
import org.consentry.export.extract.KnownTuples;
import org.consentry.keys.OneTimeKey;
import org.consentry.operator.Level;
import org.consentry.plan.ExportPlan;
import org.consentry.plan.ReleasedColumns;
import org.consentry.plan.RiskPlan;
import org.consentry.plan.TableExtract;
import org.consentry.problem.Category;
import org.consentry.problem.CountWords;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;
import org.consentry.risk.Hierarchy;
import org.consentry.risk.IdentityTable;
import org.consentry.risk.InformationLoss;
import org.consentry.risk.KnownEvents;
import org.consentry.risk.LevelSearch;
import org.consentry.risk.LevelSearch.Refined;
import org.consentry.risk.LevelSearch.Requirement;
import org.consentry.risk.SubjectDigests;
import org.consentry.risk.SubjectRisk;

/**
 * Finds the levels of the identity columns of the subjects table that lose least among all
 * combinations whose groups are large enough. Identity columns of other tables, and events, stay as
 * the mapping has them, and count. Writes nothing.
 */
public final class RiskSearch {

  /** So many combinations beside the best are listed. */
  private static final int ALTERNATIVES = 5;

  private final ExportPlan plan;
  private final RiskPlan risk;
  private final RiskRule rule;
  private final Progress progress;

  /**
   * A search.
   *
   * @param plan without levels
   * @param progress receives how many combinations were looked at
   * @throws ProblemException category FILES_INVALID when the job has no risk
   */
  public RiskSearch(ExportPlan plan, Progress progress) {
    this.plan = plan;
    this.risk = DryRisk.required(plan);
    this.rule = plan.job().risk().orElseThrow();
    this.progress = progress;
  }

  /**
   * What a search found.
   *
   * @param levels by column, the best of all combinations
   * @param people how many a run would release without suppression
   * @param smallestGroup the smallest group that stays
   * @param suppressed how many people are in smaller ones
   * @param averageRisk mean risk of those who stay
   * @param loss in the measure that the job names
   * @param considered how many combinations were looked at
   * @param alternatives the next best
   */
  public record Found(
      Map<String, String> levels,
      long people,
      long smallestGroup,
      long suppressed,
      double averageRisk,
      double loss,
      long considered,
      List<LevelPlan.Alternative> alternatives) {

    public Found {
      levels = Collections.unmodifiableMap(new LinkedHashMap<>(levels));
      alternatives = List.copyOf(alternatives);
    }
  }

  /**
   * Searches.
   *
   * @param now the moment of decision, local to the clinic
   * @throws ProblemException category FILES_INVALID when no identity column has levels,
   *     DISCLOSURE_CHECK when no combination is enough
   */
  public Found run(LocalDateTime now) {
    People people = new People();
    people.read(now);
    if (people.columns.stream().noneMatch(SearchedColumn::hasLevels)) {
      throw ProblemException.of(
          Category.FILES_INVALID,
          "RISK_NO_LEVELS",
          rule.place(),
          "no identity column of the subjects table has levels to search",
          "release one of them by birth-year, age or generalize");
    }
    int[] subjects = people.released.stream().toArray();
    IdentityTable table = people.table(subjects);
    boolean bySizeAlone = risk.known() == 0 && risk.sensitive().isEmpty();
    LevelSearch search =
        search(table, bySizeAlone ? Requirement.NONE : groups -> people.stay(groups, subjects));
    long most = LevelSearch.combinations(table).longValueExact();
    progress.step(RunStep.SEARCH_LEVELS);
    progress.note(
        "searching "
            + CountWords.of(most, "combination")
            + " of levels for "
            + CountWords.of(subjects.length, "person", "people"));
    progress.total(most);
    List<LevelSearch.Found> best = search.best(1 + ALTERNATIVES, looked -> progress.done(1));
    if (best.isEmpty()) {
      throw nothingFound(subjects.length);
    }
    List<LevelPlan.Alternative> others =
        best.stream().skip(1).map(found -> people.alternative(table, found, subjects)).toList();
    LevelSearch.Found chosen = best.get(0);
    People.Given gives = people.gives(table, chosen, subjects);
    return new Found(
        people.names(chosen),
        subjects.length,
        gives.left().smallest(),
        gives.suppressed(),
        gives.left().average(),
        chosen.loss(),
        search.considered(),
        others);
  }

  private double suppressAtMost() {
    return rule.suppressAtMost().orElse(0.0);
  }

  private double most(int[] subjects) {
    return suppressAtMost() * subjects.length;
  }

  private LevelSearch search(IdentityTable table, Requirement requirement) {
    BigInteger all = LevelSearch.combinations(table);
    if (all.compareTo(BigInteger.valueOf(LevelSearch.MOST_COMBINATIONS)) > 0) {
      throw ProblemException.of(
          Category.FILES_INVALID,
          "RISK_TOO_MANY_LEVELS",
          rule.place(),
          "the identity columns have "
              + all
              + " combinations of levels, and a search looks at "
              + LevelSearch.MOST_COMBINATIONS
              + " at most",
          "name fewer identity columns, or choose coarser rules in the mapping, which have fewer"
              + " levels left");
    }
    return new LevelSearch(
        table, risk.k(), suppressAtMost(), loss(rule.loss()), requirement, refined());
  }

  /**
   * Who stays at finer levels stays at coarser ones, in larger groups of no fewer different values.
   * But the groups of those who do not may join theirs, and make other measures of values worse.
   */
  private Refined refined() {
    boolean isDistinctAlone =
        risk.sensitive().stream().allMatch(column -> column.rule().distinct().isPresent());
    return suppressAtMost() == 0 || isDistinctAlone ? Refined.FAIL : Refined.MAY_PASS;
  }

  private ProblemException nothingFound(int people) {
    return ProblemException.of(
        Category.DISCLOSURE_CHECK,
        "RISK_NOTHING_FOUND",
        Place.of(plan.jobFile()),
        "no levels give groups of "
            + risk.k()
            + " among "
            + CountWords.of(people, "person", "people")
            + " with at most "
            + share(suppressAtMost())
            + " of them left out",
        "allow more to be left out (suppressAtMost), name fewer identity columns or events, or drop"
            + " columns in the mapping");
  }

  private static String share(double share) {
    return new BigDecimal(Double.toString(100 * share)).stripTrailingZeros().toPlainString() + " %";
  }

  private static InformationLoss loss(RiskRule.Loss loss) {
    return switch (loss) {
      case ENTROPY -> InformationLoss.ENTROPY;
      case DISCERNIBILITY -> InformationLoss.DISCERNIBILITY;
      case LOSS -> InformationLoss.LOSS_METRIC;
      case PRECISION -> InformationLoss.HEIGHT;
      case CLASS_SIZE -> InformationLoss.GROUP_SIZE;
    };
  }

  /** What is known of the people that a run would release, as the mapping has it. */
  private final class People {

    private final BitSet released = new BitSet();
    private final List<SearchedColumn> columns = new ArrayList<>();
    private final List<Integer> positions = new ArrayList<>();
    private final Map<TableExtract, KnownTuples> others = new LinkedHashMap<>();
    private final Prf prf = OneTimeKey.inMemory().prf("known");
    private int all;
    private long[][] events = new long[0][];
    private int[] groupOfOthers = new int[0];
    private Optional<SensitiveColumns> sensitive = Optional.empty();

    void read(LocalDateTime now) {
      DryRows rows = new DryRows(plan);
      all =
          rows.read(
              now,
              people -> begin(people),
              (table, batch, subjects) -> {
                DryRisk.add(batch, subjects, released);
                if (table.isSubjects()) {
                  for (int i = 0; i < columns.size(); i++) {
                    columns
                        .get(i)
                        .add(batch.columns().get(positions.get(i)), batch.rows(), subjects);
                  }
                }
                others.computeIfAbsent(table, this::known).add(batch, subjects);
              });
      collect();
    }

    /** Of the subjects table the events alone: its identity columns are searched. */
    private KnownTuples known(TableExtract table) {
      RiskPlan left = table.isSubjects() ? risk.withoutIdentityOf(table) : risk;
      return new KnownTuples(table, left, prf);
    }

    private void begin(int people) {
      plan.tables().stream()
          .filter(TableExtract::isSubjects)
          .forEach(
              table ->
                  risk.identityOf(table)
                      .forEach(
                          position -> {
                            positions.add(position);
                            columns.add(
                                new SearchedColumn(
                                    table.name()
                                        + "."
                                        + table.schema().fields().get(position).name(),
                                    levels(table, position),
                                    people));
                          }));
    }

    private List<Level> levels(TableExtract table, int position) {
      int at = 0;
      for (ReleasedColumns made : table.released()) {
        if (position == at && made.columns().size() == 1) {
          return made.operator().levels();
        }
        at += made.columns().size();
      }
      return List.of();
    }

    private void collect() {
      SubjectDigests digests = new SubjectDigests(all);
      int[] counts = new int[all];
      Map<TableExtract, long[]> tuples = new LinkedHashMap<>();
      others.forEach((table, known) -> tuples.put(table, known.toArray()));
      tuples
          .values()
          .forEach(
              table ->
                  KnownTuples.read(table, digests::add, (subject, event) -> counts[subject]++));
      events = new long[all][];
      Arrays.setAll(events, subject -> new long[counts[subject]]);
      tuples
          .values()
          .forEach(
              table ->
                  KnownTuples.read(
                      table,
                      (subject, high, low) -> {},
                      (subject, event) -> events[subject][--counts[subject]] = event));
      groupOfOthers = digests.groups(released);
      sensitive = Optional.of(SensitiveColumns.read(risk, tuples::forEach));
      others.clear(); // The search needs the events alone.
    }

    /** The searched columns, and what is known of other tables as one column without levels. */
    IdentityTable table(int[] subjects) {
      List<int[]> numbers = new ArrayList<>();
      List<Hierarchy> hierarchies = new ArrayList<>();
      for (SearchedColumn column : columns) {
        numbers.add(column.of(subjects));
        hierarchies.add(column.hierarchy());
      }
      int[] fixed = Arrays.stream(subjects).map(subject -> groupOfOthers[subject]).toArray();
      int groups = Arrays.stream(fixed).max().orElse(-1) + 1;
      if (groups > 1) {
        int[] identity = new int[groups];
        Arrays.setAll(identity, group -> group);
        numbers.add(fixed);
        hierarchies.add(new Hierarchy(new int[][] {identity}));
      }
      return new IdentityTable(numbers.toArray(int[][]::new), hierarchies);
    }

    /** The smallest group of every subject, events included; 0 for those not released. */
    private int[] sizes(int[] ofAll) {
      return new KnownEvents(risk.known(), RiskMeasure.MOST_EVENTS).smallestGroups(ofAll, events);
    }

    /** Groups by the number of every subject, -1 for those not released. */
    private int[] ofAll(int[] groups, int[] subjects) {
      int[] ofAll = new int[all];
      Arrays.fill(ofAll, -1);
      for (int i = 0; i < subjects.length; i++) {
        ofAll[subjects[i]] = groups[i];
      }
      return ofAll;
    }

    /** What a run gives that leaves out subjects until all groups are large and values hide. */
    Given given(int[] groups, int[] subjects) {
      int[] ofAll = ofAll(groups, subjects);
      int[] sizes = sizes(ofAll);
      long suppressed = 0;
      BitSet exposed = exposed(ofAll, sizes);
      while (!exposed.isEmpty()) {
        suppressed += exposed.cardinality();
        exposed.stream().forEach(subject -> ofAll[subject] = -1);
        sizes = sizes(ofAll);
        exposed = exposed(ofAll, sizes);
      }
      return new Given(SubjectRisk.of(sizes, risk.k()), suppressed, ofAll);
    }

    /** The groups of those who stay; empty when too many do not. */
    Optional<int[]> stay(int[] groups, int[] subjects) {
      Given given = given(groups, subjects);
      return given.suppressed() > most(subjects)
          ? Optional.empty()
          : Optional.of(Arrays.stream(subjects).map(subject -> given.groups()[subject]).toArray());
    }

    private BitSet exposed(int[] ofAll, int[] sizes) {
      return RiskMeasure.below(risk.k(), sizes, () -> sensitive.orElseThrow().measure(ofAll));
    }

    Map<String, String> names(LevelSearch.Found found) {
      Map<String, String> names = new LinkedHashMap<>();
      for (int i = 0; i < columns.size(); i++) {
        names.put(columns.get(i).name(), columns.get(i).level(found.levels().get(i)));
      }
      return names;
    }

    LevelPlan.Alternative alternative(
        IdentityTable table, LevelSearch.Found found, int[] subjects) {
      Given given = gives(table, found, subjects);
      return new LevelPlan.Alternative(
          names(found), given.left().smallest(), given.suppressed(), found.loss());
    }

    /** What levels give: the risk of those who stay, how many do not, and the groups of all. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Given(SubjectRisk left, long suppressed, int[] groups) {}

    Given gives(IdentityTable table, LevelSearch.Found found, int[] subjects) {
      int[] levels = found.levels().stream().mapToInt(Integer::intValue).toArray();
      return given(table.groups(levels), subjects);
    }
  }
}
