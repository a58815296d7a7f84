package org.consentry.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.consentry.consent.ConsentRequest.MethodsResearch;
import org.consentry.consent.ConsentRequest.Minors;
import org.consentry.consent.ConsentRequest.Profit;
import org.consentry.consent.ConsentRequest.Recipient;
import org.consentry.consent.ConsentRequest.StudyState;
import org.consentry.consent.ConsentRequest.Use;
import org.consentry.data.BirthDays;
import org.consentry.data.Exclusion;
import org.consentry.data.SubjectKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom a restriction may name, and which of several reasons is reported. */
final class RestrictedRecipientsTest {

  private static final LocalDate GROWN_UP = LocalDate.of(1980, 3, 4);

  @ParameterizedTest
  @ValueSource(strings = {"uni-x", "un\u0456-x", "university", "un\u0456versity", "a.user", "Acme"})
  void aRestrictionNamesTheRecipientAsAnybodyWritesIt(String name) {
    assertThat(decide(GROWN_UP, new ConsentFile().permit().deny("recipients", name)))
        .isEqualTo(Exclusion.DENIED.code());
  }

  @Test
  void aRestrictionOfAnotherRecipientChangesNothing() {
    assertThat(decide(GROWN_UP, new ConsentFile().permit().deny("recipients", "uni-y"))).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"IS:other|GS:FR", "GS:FR|IS:other"})
  void theFirstTermInTheOrderOfReasonsIsReported(String terms) {
    assertThat(decide(GROWN_UP, new ConsentFile().permit("duo", terms)))
        .isEqualTo(Exclusion.DUO_GS.code());
  }

  @Test
  void aBirthDateOfTodayCanBeRead() {
    LocalDate today = Requests.NOW.toLocalDate();

    assertThat(decide(today, new ConsentFile().permit())).isEqualTo(Exclusion.MINOR.code());
    assertThat(decide(today.plusDays(1), new ConsentFile().permit()))
        .isEqualTo(Exclusion.BIRTH_DATE_UNREADABLE.code());
  }

  private static int decide(LocalDate born, ConsentFile file) {
    ConsentRequest trial = Requests.trial();
    ConsentRequest request =
        new ConsentRequest(
            trial.study(),
            StudyState.OPEN,
            "CLINTRCH",
            MethodsResearch.NO,
            List.of("H02.4"),
            new Recipient(
                "uni-x",
                Set.of("university"),
                Profit.NON_PROFIT,
                Use.NON_COMMERCIAL,
                "US",
                Set.of("Acme"),
                Set.of("a.user")),
            Optional.of(LocalDate.of(2027, 1, 1)),
            Set.of(),
            Optional.empty(),
            Requests.NOW,
            Minors.STRICT);
    SubjectKeys keys = ConsentFile.keys("P1");
    ConsentDecider decider =
        new ConsentDecider(request, keys, BirthDays.on((int) born.toEpochDay()));
    file.readInto(decider, keys);
    return decider.decide().exclusionCode(0);
  }
}
