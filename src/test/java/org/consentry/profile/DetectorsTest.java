package org.consentry.profile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class DetectorsTest {

  private static final Detectors DETECTORS = Detectors.usual();

  @Test
  void findsPlacesInTheOrderOfTheText() {
    String text = "Call (480) 555-0165 x12 or write to r.zak@example.org, SSN 123-45-6789.";

    assertThat(DETECTORS.find(text))
        .containsExactly(
            new Found(ContentKind.PHONE, 5, 23),
            new Found(ContentKind.EMAIL, 36, 53),
            new Found(ContentKind.SSN, 59, 70));
  }

  @Test
  void findsNothingInCodes() {
    assertThat(DETECTORS.of("15823")).isEmpty();
    assertThat(DETECTORS.of("H02.831|H02.834|H53.483")).isEmpty();
    assertThat(DETECTORS.of("b544c19e-8476-1e14-c568-5faa9c3940d0")).isEmpty();
  }
}
