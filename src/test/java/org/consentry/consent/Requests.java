package org.consentry.consent;

import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.consentry.consent.ConsentRequest.MethodsResearch;
import org.consentry.consent.ConsentRequest.Minors;
import org.consentry.consent.ConsentRequest.Profit;
import org.consentry.consent.ConsentRequest.Recipient;
import org.consentry.consent.ConsentRequest.StudyState;
import org.consentry.consent.ConsentRequest.Use;

/** Requests for tests. */
final class Requests {

  static final LocalDateTime NOW = LocalDateTime.of(2026, 11, 23, 12, 0);

  private Requests() {}

  /** An open clinical trial of a university. */
  static ConsentRequest trial() {
    return new ConsentRequest(
        "IRB-2026-014",
        StudyState.OPEN,
        "CLINTRCH",
        MethodsResearch.NO,
        List.of("H02.4"),
        university(),
        Optional.of(NOW.toLocalDate().plusDays(60)),
        Set.of(),
        Optional.empty(),
        NOW,
        Minors.STRICT);
  }

  static Recipient university() {
    return new Recipient(
        "uni-x",
        Set.of("university"),
        Profit.NON_PROFIT,
        Use.NON_COMMERCIAL,
        "US",
        Set.of(),
        Set.of());
  }
}
