package org.consentry.policy;

import java.util.List;
import java.util.Map;
import org.consentry.config.Job.LegalBasis;
import org.consentry.config.Mapping;
import org.consentry.data.Effect;
import org.consentry.data.ValueList;
import org.consentry.problem.Place;

/**
 * What a policy judges.
 *
 * @param mapping what becomes of every column
 * @param tables the tables that are released; empty means all the mapping names
 * @param necessity whether every released column needs a reason
 * @param effects what the rules of the mapping still reveal, by the place of the operator's word; a
 *     rule whose settings cannot be read is not among them
 * @param listings what the lists of the mapping make of values, by the place of the operator's
 *     word; a list that cannot be read is not among them
 */
public record PolicyInput(
    Mapping mapping,
    List<String> tables,
    Necessity necessity,
    Map<Place, Effect> effects,
    Map<Place, ValueList> listings) {

  /** Whether the minimum necessary rule asks for reasons (45 CFR 164.502(b), 164.514(d)). */
  public enum Necessity {
    /** Waivers, limited data sets, and GDPR article 5(1)(c). */
    REASON_FOR_EVERY_COLUMN,
    /** Authorizations and de-identified data. */
    NO_REASON_ASKED;

    /** What is asked under a legal basis; of identified records a reason always. */
    public static Necessity of(LegalBasis basis) {
      return switch (basis) {
        case WAIVER,
            LIMITED_DATA_SET,
            GDPR_CONSENT,
            PAYMENT,
            REQUIRED_BY_LAW,
            MARKETING_AUTHORIZATION,
            RECONTACT_AUTHORIZATION ->
            REASON_FOR_EVERY_COLUMN;
        case AUTHORIZATION, DE_IDENTIFIED -> NO_REASON_ASKED;
      };
    }
  }

  public PolicyInput {
    tables = List.copyOf(tables);
    effects = Map.copyOf(effects);
    listings = Map.copyOf(listings);
  }
}
