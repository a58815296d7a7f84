package org.consentry.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.consentry.config.RiskRule.OnViolation;
import org.consentry.plan.ExportPlan;
import org.consentry.plan.Planner;
import org.consentry.plan.RiskPlan;
import org.consentry.testing.SmallClinic;
import org.consentry.testing.SmallClinic.Basis;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is measured does not depend on how much of it is in memory. */
final class RiskMeasureTest {

  private static final int PEOPLE = 300;

  @TempDir private Path root;

  /** Of each subject one tuple of few, and up to five events of few, in the order of staging. */
  private static long[] tuples(long seed) {
    Random random = new Random(seed);
    long[] events =
        random
            .ints(PEOPLE * 2L, 0, PEOPLE)
            .flatMap(subject -> IntStream.of(subject, random.nextInt(12)))
            .asLongStream()
            .toArray();
    long[] all = new long[4 + 3 * PEOPLE + events.length];
    all[0] = 3 * PEOPLE;
    all[1] = events.length;
    all[3] = 1;
    for (int subject = 0; subject < PEOPLE; subject++) {
      all[4 + 3 * subject] = subject;
      all[5 + 3 * subject] = random.nextInt(9);
    }
    System.arraycopy(events, 0, all, 4 + 3 * PEOPLE, events.length);
    return all;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void eventsOfPartsOfTheGroupsGiveTheSame(long seed) {
    SmallClinic clinic = new SmallClinic(root).patient(1, "2021-01-01");
    ExportPlan plan =
        Planner.plan(
            clinic.job("visits", "a", "uni", Basis.DE_IDENTIFIED), clinic.now().toLocalDate());
    RiskPlan.Columns columns = new RiskPlan.Columns("visits", List.of(2));
    RiskPlan risk =
        new RiskPlan(
            List.of(columns),
            Optional.of(columns),
            2,
            4,
            List.of(),
            Optional.empty(),
            OnViolation.SUPPRESS);
    BitSet released = new BitSet();
    released.set(0, PEOPLE);
    RiskMeasure.Known known = reader -> reader.accept(plan.tables().get(0), tuples(seed));

    RiskMeasure.Measured whole =
        new RiskMeasure(risk, Optional.empty()).measure(PEOPLE, released, known);

    RiskMeasure.Measured byParts =
        new RiskMeasure(risk, Optional.empty(), 50).measure(PEOPLE, released, known);

    assertThat(byParts.risk()).isEqualTo(whole.risk());
    assertThat(byParts.bounded()).isEqualTo(whole.bounded());
    assertThat(byParts.small()).isEqualTo(whole.small());
    assertThat(whole.small().cardinality()).isBetween(1, PEOPLE);
    assertThat(whole.risk().below()).isPositive();
  }
}
