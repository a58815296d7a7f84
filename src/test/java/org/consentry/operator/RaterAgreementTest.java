package org.consentry.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Cohen's kappa against worked examples that others published, and its laws. */
final class RaterAgreementTest {

  private static final List<ServiceClass> CLASSES = List.of(ServiceClass.values());

  /**
   * SAS/STAT User's Guide, The FREQ Procedure, "Agreement Study": two dermatologists judge a skin
   * condition. Published: kappa 0.3449, asymptotic standard error 0.0724, 95 % limits 0.2030 and
   * 0.4868.
   */
  @Test
  void givesThePublishedKappaOfTheDermatologists() {
    RaterAgreement.Kappa kappa =
        kappa(new long[][] {{10, 4, 1, 0}, {5, 10, 12, 2}, {2, 4, 12, 5}, {0, 2, 6, 13}});

    assertThat(kappa.value()).isCloseTo(0.3449, within(0.00005));
    assertThat(kappa.standardError()).isCloseTo(0.0724, within(0.00005));
    assertThat(kappa.low()).isCloseTo(0.2030, within(0.00005));
    assertThat(kappa.high()).isCloseTo(0.4868, within(0.00005));
  }

  /**
   * Fleiss, Statistical Methods for Rates and Proportions, 2nd edition 1981, page 213: two raters
   * diagnose 100 subjects as psychotic, neurotic or organic. Published: kappa 0.68.
   */
  @Test
  void givesThePublishedKappaOfThePsychiatrists() {
    RaterAgreement.Kappa kappa = kappa(new long[][] {{75, 1, 4}, {5, 4, 1}, {0, 0, 10}});

    assertThat(kappa.value()).isCloseTo(0.68, within(0.005));
  }

  @Test
  void isOneForPerfectAgreementAndZeroForChance() {
    assertThat(kappa(new long[][] {{20, 0}, {0, 30}}))
        .isEqualTo(new RaterAgreement.Kappa(1, 0, 1, 1));
    assertThat(kappa(new long[][] {{25, 25}, {25, 25}}).value()).isCloseTo(0, within(1e-12));
  }

  @Test
  void isNotDefinedWithoutRowsOrWithOneClassAlone() {
    RaterAgreement none = new RaterAgreement();
    RaterAgreement one = new RaterAgreement();
    one.add(ServiceClass.COSMETIC, ServiceClass.COSMETIC);

    assertThat(none.kappa()).isEmpty();
    assertThat(none.agreement()).isEmpty();
    assertThat(one.kappa()).isEmpty();
    assertThat(one.agreement()).contains(1.0);
  }

  /**
   * 0.7 observed and 0.5 expected. The error is that of the delta method, with the gradient of
   * kappa computed by differences.
   */
  @Test
  void givesKappaItsErrorAndIntervalOfAWorkedExample() {
    RaterAgreement.Kappa kappa = kappa(new long[][] {{20, 5}, {10, 15}});

    assertThat(kappa.value()).isCloseTo(0.4, within(1e-12));
    assertThat(kappa.standardError()).isCloseTo(0.12699606, within(1e-8));
    assertThat(kappa.low()).isCloseTo(0.4 - 1.959963984540054 * 0.12699606, within(1e-7));
    assertThat(kappa.high()).isCloseTo(0.4 + 1.959963984540054 * 0.12699606, within(1e-7));
  }

  @Test
  void theIntervalEndsAtPerfectAgreementAndAtItsOpposite() {
    assertThat(kappa(new long[][] {{9, 1}, {0, 10}}).high()).isEqualTo(1);
    assertThat(kappa(new long[][] {{0, 3}, {2, 0}}).low()).isEqualTo(-1);
  }

  @Test
  void countsWhatWasNamedAlikeAndWhatWasNot() {
    RaterAgreement agreement = new RaterAgreement();
    agreement.add(ServiceClass.COSMETIC, ServiceClass.COSMETIC);
    agreement.add(ServiceClass.COSMETIC, ServiceClass.INDETERMINATE);
    agreement.add(ServiceClass.COSMETIC, ServiceClass.INDETERMINATE);
    agreement.add(ServiceClass.INDETERMINATE, ServiceClass.INDETERMINATE);

    assertThat(agreement.total()).isEqualTo(4);
    assertThat(agreement.agreed()).isEqualTo(2);
    assertThat(agreement.agreement()).contains(0.5);
    assertThat(agreement.count(ServiceClass.COSMETIC, ServiceClass.INDETERMINATE)).isEqualTo(2);
    assertThat(agreement.count(ServiceClass.INDETERMINATE, ServiceClass.COSMETIC)).isZero();
  }

  @Test
  void doesNotDependOnWhoIsFirst() {
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 500; i++) {
      RaterAgreement forth = new RaterAgreement();
      RaterAgreement back = new RaterAgreement();
      for (int row = 0; row < 40; row++) {
        ServiceClass a = CLASSES.get(random.nextInt(4));
        ServiceClass b = random.nextInt(2) == 0 ? a : CLASSES.get(random.nextInt(4));
        forth.add(a, b);
        back.add(b, a);
      }
      RaterAgreement.Kappa one = forth.kappa().orElseThrow();
      RaterAgreement.Kappa other = back.kappa().orElseThrow();

      assertThat(one.value()).isCloseTo(other.value(), within(1e-12));
      assertThat(one.standardError()).isCloseTo(other.standardError(), within(1e-12));
      assertThat(one.low()).isBetween(-1.0, one.value());
      assertThat(one.high()).isBetween(one.value(), 1.0);
    }
  }

  private static RaterAgreement.Kappa kappa(long[][] counts) {
    RaterAgreement agreement = new RaterAgreement(counts.length);
    for (int i = 0; i < counts.length; i++) {
      for (int j = 0; j < counts.length; j++) {
        agreement.add(i, j, counts[i][j]);
      }
    }
    return agreement.kappa().orElseThrow();
  }
}
