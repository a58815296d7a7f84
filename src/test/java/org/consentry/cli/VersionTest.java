package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class VersionTest {

  @Test
  void isDevelopmentWhenRunFromClasses() {
    assertThat(new Version().getVersion()).containsExactly("consentry development");
  }
}
