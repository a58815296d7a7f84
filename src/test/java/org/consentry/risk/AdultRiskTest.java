package org.consentry.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.stream.LongStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Risks of the Adult data set are those that ARX finds. */
final class AdultRiskTest {

  private static final long SAMPLE = 30_162;
  private static final Offset<Double> TWELVE_DIGITS = within(5e-13);

  private GroupSizes raw = GroupSizes.of();

  @BeforeEach
  void read() throws IOException {
    AdultData.require();
    raw = AdultData.raw();
  }

  @Test
  void prosecutor() {
    assertThat(raw.groups()).isEqualTo(19_502);
    assertThat(raw.uniques()).isEqualTo(15_512);
    assertThat(raw.largest()).isEqualTo(45);
    assertThat(raw.averageRisk()).isCloseTo(0.6465751607983555, TWELVE_DIGITS);
    assertThat(LongStream.of(2, 3, 5, 11, 20).map(raw::subjectsBelow))
        .containsExactly(15_512L, 19_708L, 23_470L, 27_329L, 29_285L);
  }

  @Test
  void uniquesWhenTheSampleIsThePopulation() {
    PopulationUniques estimates = new PopulationUniques(raw, SAMPLE);

    assertThat(estimates.byDankarsRule() / SAMPLE).isCloseTo(0.5142895033485844, TWELVE_DIGITS);
  }

  /** The figures solve Hoshino's equations in 40 digits; ARX agrees in ten. */
  @Test
  void pitman() {
    assertThat(new PopulationUniques(raw, SAMPLE * 10).pitman().orElseThrow() / SAMPLE / 10)
        .isCloseTo(0.2768499388381086, TWELVE_DIGITS);
    assertThat(new PopulationUniques(raw, SAMPLE * 100).pitman().orElseThrow() / SAMPLE / 100)
        .isCloseTo(0.1446083531174240, TWELVE_DIGITS);
  }

  @Test
  void zayatz() {
    assertThat(new PopulationUniques(raw, SAMPLE * 10).zayatz() / SAMPLE / 10)
        .isCloseTo(0.3207402393466189, TWELVE_DIGITS);
    assertThat(new PopulationUniques(raw, SAMPLE * 5).zayatz() / SAMPLE / 5)
        .isCloseTo(0.35770992352, within(5e-11));
  }

  @Test
  void dankarsRuleTakesPitmanForSmallSamplesAndZayatzAtAFifth() {
    PopulationUniques tenth = new PopulationUniques(raw, SAMPLE * 10);
    PopulationUniques fifth = new PopulationUniques(raw, SAMPLE * 5);

    assertThat(tenth.byDankarsRule()).isEqualTo(tenth.pitman().orElseThrow());
    assertThat(fifth.slideNegativeBinomial()).isEmpty();
    assertThat(fifth.byDankarsRule()).isEqualTo(fifth.zayatz());
  }
}
