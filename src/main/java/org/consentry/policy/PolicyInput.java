package org.consentry.policy;

import java.util.List;
import java.util.Map;
import org.consentry.config.Mapping;
import org.consentry.data.ValueList;
import org.consentry.problem.Place;

/**
 * What a policy judges.
 *
 * @param mapping what becomes of every column
 * @param tables the tables that are released; empty means all the mapping names
 * @param necessity whether every released column must say why it is needed
 * @param listings what the lists of the mapping make of values, by the place of the operator's
 *     word; a list that cannot be read is not among them
 */
public record PolicyInput(
    Mapping mapping, List<String> tables, Necessity necessity, Map<Place, ValueList> listings) {

  /** Whether the minimum necessary rule asks for reasons (45 CFR 164.502(b), 164.514(d)). */
  public enum Necessity {
    /** Waivers, limited data sets, and GDPR article 5(1)(c). */
    REASON_FOR_EVERY_COLUMN,
    /** Authorizations and de-identified data. */
    NO_REASON_ASKED
  }

  public PolicyInput {
    tables = List.copyOf(tables);
    listings = Map.copyOf(listings);
  }
}
