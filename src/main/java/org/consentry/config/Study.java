package org.consentry.config;

import java.util.List;
import java.util.Optional;
import org.consentry.problem.Place;

/**
 * The study the data is for.
 *
 * @param id the id consent lines name
 * @param purpose HL7 v3 PurposeOfUse; consent to a wider purpose covers it
 * @param state decides consents that end with the study
 * @param diseases codes, for consents limited to diseases
 * @param methodsResearch whether the study develops methods
 * @param description what the study is for and whose records it takes, in plain words, for the
 *     accounting of disclosures (45 CFR 164.528(b)(4)(i)(B))
 * @param sponsor who pays for it, for the accounting of disclosures
 */
@Doc("The study the data is for")
public record Study(
    Place place,
    @Doc("the id that consent lines name") String id,
    @Doc("title in plain words") String title,
    @Doc("HL7 v3 PurposeOfUse, such as CLINTRCH") WithPlace<String> purpose,
    @Doc("open or closed: decides consents that end with the study") State state,
    @Doc("disease codes, for consents limited to diseases") @MayBeEmpty List<String> diseases,
    @Doc("whether the study develops methods") @Default("no") YesNo methodsResearch,
    @Doc("the review board's approval") Optional<Board> board,
    @Doc("what it is for and whose records it takes, in plain words, for the accounting")
        Optional<String> description,
    @Doc("who pays for the study, for the accounting of disclosures") Optional<Sponsor> sponsor) {

  /** Whether the study still runs. */
  public enum State {
    OPEN,
    CLOSED
  }

  /** A word, not a boolean. */
  public enum YesNo {
    YES,
    NO
  }
}
