package org.consentry.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.consentry.consent.ConsentRequest.MethodsResearch;
import org.consentry.consent.ConsentRequest.Minors;
import org.consentry.consent.ConsentRequest.ParentalPermit;
import org.consentry.consent.ConsentRequest.Profit;
import org.consentry.consent.ConsentRequest.Recipient;
import org.consentry.consent.ConsentRequest.StudyState;
import org.consentry.consent.ConsentRequest.Use;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a request for consent must state, and whose age of majority counts. */
final class ConsentRequestTest {

  private static final Minors MINORS =
      new Minors(ParentalPermit.RECONSENT, Map.of("AL", 19), 18, 7);

  @ParameterizedTest
  @ValueSource(strings = {"AZ", "ZA", "DE", "DE-BY", "AT-9", "FR-75C", "GB-ENG", "JP-10", "XX-AAA"})
  void aPlaceThatIsACodeHasTheUsualAgeUnlessItHasOneOfItsOwn(String place) {
    assertThat(MINORS.majoritiesIn(place)).containsExactly(18);
    assertThat(MINORS.majoritiesIn("US-AL")).containsExactly(19);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "A", "D1", "1D", "D-", "@A", "A@", "[A", "A[", "DEU", "DE-", "DEXBY", "DE BY", "DE--",
        "D1-BY", "1D-BY", "DE-B/", "DE-B:", "DE-B@", "DE-B[", "DE-BAVA", "DE-/1", "US-A1", "US-",
        "US"
      })
  void aPlaceThatIsNoCodeMayHaveAnyAge(String place) {
    assertThat(MINORS.majoritiesIn(place)).containsExactlyInAnyOrder(18, 19);
  }

  @Test
  void anAgeOfMajorityIsAtLeastOneAndOfAssentAtLeastZero() {
    assertThat(new Minors(ParentalPermit.RECONSENT, Map.of("AL", 1), 1, 0).majoritiesIn(""))
        .containsExactly(1);
    refuses(
        () -> new Minors(ParentalPermit.RECONSENT, Map.of("AL", 0), 18, 7),
        "an age of majority is at least 1");
    refuses(
        () -> new Minors(ParentalPermit.RECONSENT, Map.of(), 0, 7),
        "an age of majority is at least 1");
    refuses(
        () -> new Minors(ParentalPermit.RECONSENT, Map.of(), 18, -1),
        "the age of assent is at least 0");
  }

  @Test
  void aRequestNamesAPurposeAndDiseasesByTheirCodes() {
    assertThat(request("S", "CLINTRCH", List.of()).isOfStudy()).isTrue();
    assertThat(request(ConsentRequest.NO_STUDY, "COVERAGE", List.of()).isOfStudy()).isFalse();
    refuses(() -> request("S", "RESEARCH", List.of()), "purpose is no code below PurposeOfUse");
    refuses(() -> request("S", "PurposeOfUse", List.of()), "purpose is no code below PurposeOfUse");
    refuses(
        () -> request("S", "CLINTRCH", List.of("H02.4", "ptosis")),
        "a disease is an ICD-10-CM code");
    assertThat(request("S", "CLINTRCH", List.of("H02.4", "H024", "H02", "C4A.11")).diseases())
        .hasSize(4);
  }

  @Test
  void aRecipientHasAnIdAndIsItsOwnInstitutionUnlessItNamesOthers() {
    refuses(() -> recipient("", Set.of()), "a recipient has an id");
    assertThat(recipient("uni-x", Set.of()).institutions()).containsExactly("uni-x");
    assertThat(recipient("uni-x", Set.of("Acme")).institutions()).containsExactly("Acme");
  }

  private static void refuses(ThrowingCallable request, String message) {
    assertThatThrownBy(request).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }

  private static Recipient recipient(String id, Set<String> institutions) {
    return new Recipient(
        id, Set.of(), Profit.NON_PROFIT, Use.NON_COMMERCIAL, "US", institutions, Set.of());
  }

  private static ConsentRequest request(String study, String purpose, List<String> diseases) {
    return new ConsentRequest(
        study,
        StudyState.OPEN,
        purpose,
        MethodsResearch.NO,
        diseases,
        Requests.university(),
        Optional.empty(),
        Set.of(),
        Optional.empty(),
        Requests.NOW,
        Minors.STRICT);
  }
}
