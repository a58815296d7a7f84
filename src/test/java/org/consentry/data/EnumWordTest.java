package org.consentry.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The words of enum constants, there and back. */
final class EnumWordTest {

  @ParameterizedTest
  @EnumSource(RecordCategory.class)
  void leadsBackToTheConstant(RecordCategory category) {
    String word = EnumWord.of(category);

    assertThat(word).matches("[a-z0-9]+(-[a-z0-9]+)*");
    assertThat(EnumWord.name(word)).isEqualTo(category.name());
  }
}
