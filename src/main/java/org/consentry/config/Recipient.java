package org.consentry.config;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.consentry.config.Binding.Default;
import org.consentry.config.Binding.MayBeEmpty;
import org.consentry.problem.Place;

/**
 * Who receives the data; the clinic's own researchers too.
 *
 * @param id the id consent lines name
 * @param country ISO 3166-1 alpha-2, for consents limited to countries
 * @param profit whether the organization works for profit; absent means consents that ask fail
 * @param use whether the use is commercial; absent means consents that ask fail
 * @param classes classes of recipients it belongs to, as consent lines name them
 * @param institutions ids of the institutions involved; empty means the recipient's own id
 * @param users ids of the persons who will use the data
 * @param key to which data files are encrypted; absent means that they are not
 * @param internal whether the release stays in a folder of the clinic's own office
 */
@Doc("Who receives the data; the clinic's own researchers too")
public record Recipient(
    Place place,
    @Doc("the id that consent lines name") String id,
    @Doc("the person who answers for the data") String name,
    @Doc("the organization") String organization,
    @Doc("postal address, for the accounting of disclosures") Optional<String> address,
    @Doc("telephone, for the accounting of disclosures") Optional<String> phone,
    @Doc("ISO 3166-1 alpha-2 code, for consents limited to countries") Optional<String> country,
    @Doc("non-profit or for-profit, for consents that ask") Optional<Profit> profit,
    @Doc("non-commercial or commercial, for consents that ask") Optional<Use> use,
    @Doc("classes of recipients it belongs to, as consent lines name them") @MayBeEmpty
        List<String> classes,
    @Doc("ids of the institutions involved; by default the recipient's own id") @MayBeEmpty
        List<String> institutions,
    @Doc("ids of the persons who will use the data") @MayBeEmpty List<String> users,
    @Doc("the key of age to which the data files are encrypted; by default they are not")
        Optional<WithPlace<AgeKey>> key,
    @Doc("whether the release stays in a folder that only the clinic's own office reads")
        @Default("no")
        Study.YesNo internal) {

  /**
   * A key as it was written; the plan reads it.
   *
   * <p><b>Security promise:</b> toString shows nothing of it, because a secret key may be here by
   * mistake.
   *
   * @param text what was written, checked for nothing
   */
  @Doc(
      value = "a public key of age (X25519): age1 and 58 letters and digits",
      pattern = "age1[02-9ac-hj-np-z]{58}")
  public record AgeKey(String text) {

    /** Takes every text that is not blank. */
    public static Optional<AgeKey> parse(String word) {
      return word.isBlank() ? Optional.empty() : Optional.of(new AgeKey(word));
    }

    @Override
    public String toString() {
      return "AgeKey[...]";
    }
  }

  /** What the organization works for. */
  public enum Profit {
    NON_PROFIT,
    FOR_PROFIT
  }

  /** What the data is used for. */
  public enum Use {
    NON_COMMERCIAL,
    COMMERCIAL
  }

  private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

  public Recipient {
    requireId(id);
    if (country.filter(code -> !COUNTRIES.contains(code)).isPresent()) {
      throw new IllegalArgumentException(
          "country must be a code of ISO 3166-1 in two capital letters, such as US, CA, GB or DE");
    }
  }

  /**
   * Refuses what cannot be the id of a recipient.
   *
   * @throws IllegalArgumentException naming what an id is
   */
  static void requireId(String id) {
    if (!id.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")) {
      throw new IllegalArgumentException("id must be letters, digits, '.', '_' and '-'");
    }
  }

  /** An insurer, of which consent lines ask for nothing but the id. */
  static Recipient of(InsurerResponse.Insurer insurer) {
    return new Recipient(
        insurer.place(),
        insurer.id(),
        insurer.name(),
        insurer.name(),
        Optional.of(insurer.address()),
        insurer.phone(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(),
        insurer.key(),
        insurer.internal());
  }
}
