package org.consentry.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.consentry.consent.ConsentLine.Assent;
import org.consentry.consent.ConsentLine.Categories;
import org.consentry.consent.ConsentLine.Decision;
import org.consentry.consent.ConsentLine.ExpiryEvent;
import org.consentry.consent.ConsentLine.Form;
import org.consentry.consent.ConsentLine.LegalBasis;
import org.consentry.consent.ConsentLine.Listed;
import org.consentry.consent.ConsentLine.SignerRole;
import org.consentry.consent.ConsentLine.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConsentLineTest {

  @Test
  void hasAnId() {
    assertThat(line("L1", 5, 5).id()).isEqualTo("L1");
    assertThatThrownBy(() -> line("", 5, 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a consent line has an id");
  }

  @Test
  void isSignedAtAMomentInASpanOrNotAtAll() {
    assertThat(line("L1", 5, 6).signedTo()).isEqualTo(6);
    assertThat(line("L1", ConsentLine.NO_TIME, ConsentLine.NO_TIME).signedFrom())
        .isEqualTo(ConsentLine.NO_TIME);
  }

  @ParameterizedTest
  @CsvSource({"6, 5", "-9223372036854775808, 5", "5, -9223372036854775808"})
  void isNotSignedInASpanWithoutAMoment(long from, long to) {
    assertThatThrownBy(() -> line("L1", from, to))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the span of the signature does not fit");
  }

  @Test
  void showsItsPlaceAndNothingOfItsContent() {
    assertThat(line("Canary-4711", 5, 5)).hasToString("ConsentLine[consents.csv:2]");
  }

  @Test
  void anEmptyCellIsNeitherEverythingNorAWord() {
    assertThat(Listed.NOTHING.isEmpty()).isTrue();
    assertThat(Listed.EVERYTHING.isEmpty()).isFalse();
    assertThat(new Listed(false, List.of("L7")).isEmpty()).isFalse();
    assertThat(Categories.NOTHING.isEmpty()).isTrue();
    assertThat(Categories.EVERYTHING.isEmpty()).isFalse();
    assertThat(new Categories(false, 1).isEmpty()).isFalse();
  }

  private static ConsentLine line(String id, long signedFrom, long signedTo) {
    return new ConsentLine(
        "consents.csv",
        2,
        id,
        Decision.PERMIT,
        Status.ACTIVE,
        signedFrom,
        signedTo,
        ConsentLine.NO_TIME,
        ConsentLine.NO_DAY,
        ConsentLine.NO_DAY,
        ExpiryEvent.NOT_STATED,
        LegalBasis.NOT_STATED,
        new Form("", ""),
        "",
        SignerRole.PATIENT,
        "",
        Assent.NOT_STATED,
        Listed.NOTHING,
        List.of(),
        Listed.NOTHING,
        Listed.NOTHING,
        ConsentLine.NO_DAY,
        ConsentLine.NO_DAY,
        Categories.NOTHING,
        Categories.NOTHING,
        Listed.NOTHING,
        Listed.NOTHING,
        "",
        "");
  }
}
