package org.consentry.export;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.consentry.data.BytesColumn;
import org.consentry.data.Column;
import org.consentry.data.LongColumn;
import org.consentry.data.Prf;
import org.consentry.data.RowBatch;
import org.consentry.export.extract.KnownTuples;
import org.consentry.plan.RiskPlan;
import org.consentry.plan.RiskPlan.Population;
import org.consentry.plan.TableExtract;
import org.consentry.problem.Category;
import org.consentry.problem.CountWords;
import org.consentry.problem.ProblemException;
import org.consentry.release.Disclosure;
import org.consentry.risk.GroupSizes;
import org.consentry.risk.PopulationRisk;
import org.consentry.risk.PopulationUniques;
import org.consentry.risk.SubjectDigests;

/** Measures the risk of released subjects beside the population that the job names. */
final class PopulationMeasure {

  private final RiskPlan risk;
  private final Population population;
  private final TableExtract table;
  private final Prf prf;

  /**
   * A population.
   *
   * @param tables all released tables
   * @param prf the function that released tuples are digested with
   */
  PopulationMeasure(RiskPlan risk, Population population, List<TableExtract> tables, Prf prf) {
    this.risk = risk;
    this.population = population;
    this.table = tables.stream().filter(TableExtract::isSubjects).findFirst().orElse(tables.get(0));
    this.prf = prf;
  }

  /**
   * Measures.
   *
   * @param people how many subjects there are, released or not
   * @param released who is released
   * @param identity the number of each released subject's group
   * @throws ProblemException category DISCLOSURE_CHECK when the population is smaller than what is
   *     released of it
   */
  Disclosure.Population measure(
      int people, BitSet released, int[] identity, RiskMeasure.Known known) {
    GroupSizes sample = GroupSizes.of(SubjectDigests.sizes(identity));
    if (population.size() < sample.subjects()) {
      throw smaller(
          "the population has "
              + CountWords.of(population.size(), "person", "people")
              + ", and "
              + CountWords.of(sample.subjects(), "subject is released", "subjects are released"),
          "");
    }
    return new Disclosure.Population(
        population.region(),
        population.size(),
        sample.subjects() == 0 ? 0 : (double) sample.uniques() / sample.subjects(),
        sample.subjects() == 0 ? Map.of() : uniques(sample),
        population.groups().isEmpty()
            ? Optional.empty()
            : Optional.of(known(people, released, known)));
  }

  private Map<String, OptionalDouble> uniques(GroupSizes sample) {
    PopulationUniques models = new PopulationUniques(sample, population.size());
    Map<String, OptionalDouble> uniques = new LinkedHashMap<>();
    boolean hasUniques = sample.uniques() > 0;
    OptionalDouble none = OptionalDouble.empty();
    uniques.put("dankar", share(OptionalDouble.of(models.byDankarsRule())));
    uniques.put("pitman", share(hasUniques ? models.pitman() : none));
    uniques.put("zayatz", share(hasUniques ? OptionalDouble.of(models.zayatz()) : none));
    uniques.put("snb", share(hasUniques ? models.slideNegativeBinomial() : none));
    return uniques;
  }

  private OptionalDouble share(OptionalDouble people) {
    return people.isPresent()
        ? OptionalDouble.of(people.getAsDouble() / population.size())
        : people;
  }

  private Disclosure.KnownPopulation known(int people, BitSet released, RiskMeasure.Known known) {
    List<Population.Group> groups = population.groups();
    SubjectDigests digests = new SubjectDigests(people + groups.size());
    known.forEach((of, tuples) -> KnownTuples.read(tuples, digests::add, (subject, event) -> {}));
    KnownTuples.read(
        tuples(),
        (group, high, low) -> digests.add(people + group, high, low),
        (group, event) -> {});
    BitSet all = (BitSet) released.clone();
    all.set(people, people + groups.size());
    int[] numbers = digests.groups(all);
    int count = Arrays.stream(numbers).max().orElse(-1) + 1;
    long[] sample = new long[count];
    long[] size = new long[count];
    for (int i = 0; i < numbers.length; i++) {
      if (i >= people) {
        size[numbers[i]] += groups.get(i - people).count();
      } else if (numbers[i] >= 0) {
        sample[numbers[i]]++;
      }
    }
    requireLarger(sample, size);
    PopulationRisk found = PopulationRisk.of(sample, size);
    return new Disclosure.KnownPopulation(
        found.highestJournalist(),
        found.marketer(),
        found.lowestPresence(),
        found.highestPresence());
  }

  private void requireLarger(long[] sample, long[] size) {
    int wrong = 0;
    for (int group = 0; group < sample.length; group++) {
      wrong += size[group] < sample[group] ? 1 : 0;
    }
    if (wrong > 0) {
      throw smaller(
          wrong
              + (wrong == 1
                  ? " group of released subjects has"
                  : " groups of released subjects have")
              + " fewer people in the population's file, or none",
          "; write its values as they are released: with a risk plan, at the levels of the plan");
    }
  }

  private ProblemException smaller(String what, String values) {
    return ProblemException.of(
        Category.DISCLOSURE_CHECK,
        "POPULATION_SMALLER",
        population.place(),
        what + "; nothing was released",
        "name the population that the released people are a part of, with all its groups" + values);
  }

  /** What an adversary may know of a person of each group, as of a released one. */
  private long[] tuples() {
    List<Population.Group> groups = population.groups();
    List<Column> columns = new ArrayList<>();
    table
        .schema()
        .fields()
        .forEach(field -> columns.add(new LongColumn(groups.size(), new long[groups.size()])));
    List<Integer> positions = risk.identityOf(table);
    for (int i = 0; i < positions.size(); i++) {
      int at = i;
      List<Optional<String>> values = groups.stream().map(group -> group.values().get(at)).toList();
      boolean isText = table.schema().fields().get(positions.get(i)).type().isBytes();
      columns.set(
          positions.get(i),
          isText
              ? BytesColumn.of(values.stream().map(value -> value.orElse("")).toList())
              : numbers(values));
    }
    int[] numbers = new int[groups.size()];
    Arrays.setAll(numbers, group -> group);
    KnownTuples known = new KnownTuples(table, risk, prf);
    known.add(new RowBatch(groups.size(), columns, List.of(), row -> 0L), numbers);
    return known.toArray();
  }

  private static Column numbers(List<Optional<String>> values) {
    return new LongColumn(
        values.size(),
        values.stream()
            .mapToLong(value -> value.map(Long::parseLong).orElse(LongColumn.MISSING))
            .toArray());
  }
}
