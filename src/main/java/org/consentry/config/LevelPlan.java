package org.consentry.config;

import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.consentry.config.Binding.Key;
import org.consentry.config.Binding.MayBeEmpty;
import org.consentry.data.Digest;
import org.consentry.problem.Place;

/**
 * Levels of generalization that a search found, and who approved them: a plan file.
 *
 * @param job name of the job whose risk the search was for
 * @param searchedOn the day of the search
 * @param inputs what the search was made of
 * @param goal what was asked of the levels
 * @param levels the level of each identity column, by {@code table.column}
 * @param gives what these levels gave on the day of the search
 * @param considered how many combinations of levels were looked at
 * @param alternatives other combinations that meet the goal, the best first
 * @param approved who approved the levels; absent until a person did
 */
public record LevelPlan(
    @Key("riskPlan") WithPlace<String> job,
    LocalDate searchedOn,
    Inputs inputs,
    Goal goal,
    Map<String, WithPlace<String>> levels,
    Gives gives,
    long considered,
    @MayBeEmpty List<Alternative> alternatives,
    Optional<Approved> approved) {

  /** The level of a column that stays as the mapping has it. */
  public static final String AS_MAPPED = "as mapped";

  public LevelPlan {
    levels = Collections.unmodifiableMap(new LinkedHashMap<>(levels));
    alternatives = List.copyOf(alternatives);
  }

  /**
   * What is approved: the job, what the search was made of, what was asked, the levels, and what
   * they gave. The order of levels and lists makes no difference.
   *
   * @return {@code sha256:...}
   */
  public String digest() {
    Digest digest = new Digest().add("consentry-levels-1").add(job.value());
    digest.add(inputs.risk().value()).add(inputs.mapping().value());
    addAll(digest, inputs.lists());
    digest.add(Integer.toString(goal.k())).add(goal.loss().name());
    digest.add(Double.toString(goal.suppressAtMost()));
    addAll(digest, levels);
    digest.add(Long.toString(gives.people())).add(Long.toString(gives.smallestGroup()));
    digest.add(Long.toString(gives.suppressed()));
    digest.add(Double.toString(gives.averageRisk())).add(Double.toString(gives.loss()));
    return digest.text();
  }

  private static void addAll(Digest digest, Map<String, WithPlace<String>> entries) {
    digest.addAll(entries.keySet().stream().sorted().toList());
    digest.addAll(new TreeMap<>(entries).values().stream().map(WithPlace::value).toList());
  }

  /**
   * Digests, each {@code sha256:} and 64 lower-case hexadecimal digits.
   *
   * @param risk of what the job asks
   * @param mapping of the mapping file
   * @param lists of the lists and hierarchies of the mapping, by name
   */
  public record Inputs(
      WithPlace<String> risk,
      WithPlace<String> mapping,
      @MayBeEmpty Map<String, WithPlace<String>> lists) {

    public Inputs {
      lists = Collections.unmodifiableMap(new LinkedHashMap<>(lists));
    }
  }

  /** What was asked: groups of k, the least loss, and the largest share left out. */
  public record Goal(int k, RiskRule.Loss loss, double suppressAtMost) {}

  /**
   * What levels gave.
   *
   * @param people how many would be released without suppression
   * @param smallestGroup the smallest group that stays
   * @param suppressed how many people are in smaller ones
   * @param averageRisk mean risk of those who stay
   * @param loss in the measure of the goal
   */
  public record Gives(
      long people, long smallestGroup, long suppressed, double averageRisk, double loss) {}

  /** Other levels and what they gave. */
  public record Alternative(
      Map<String, String> levels, long smallestGroup, long suppressed, double loss) {

    public Alternative {
      levels = Collections.unmodifiableMap(new LinkedHashMap<>(levels));
    }
  }

  /**
   * Who approved the levels, and when.
   *
   * @param digest of the plan that was approved, as {@link LevelPlan#digest()}
   */
  public record Approved(Place place, String by, LocalDate on, Optional<WithPlace<String>> digest) {

    public Approved {
      if (by.isBlank()) {
        throw new IllegalArgumentException("by must name a person");
      }
    }
  }
}
