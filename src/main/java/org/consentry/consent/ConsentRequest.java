package org.consentry.consent;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What is asked of every consent: one study, one purpose, one recipient, at one moment.
 *
 * @param study id of the study; {@link #NO_STUDY} when the request is of none, and then a permit
 *     limited to studies does not cover it and a restriction limited to studies is not about it
 * @param studyState whether the study still runs
 * @param purpose an HL7 v3 PurposeOfUse code; without one there is nothing to decide
 * @param methods whether the study is research into methods
 * @param diseases ICD-10-CM codes the study is about; may be empty
 * @param recipient who receives the records
 * @param boardApprovedUntil last day of the board's approval; empty when there is none
 * @param obligations what the agreement with the recipient promises
 * @param stewardDecision id of the data steward's decision on terms that need a person
 * @param now the moment of decision, local to the clinic
 * @param minors how minors are treated
 */
public record ConsentRequest(
    String study,
    StudyState studyState,
    String purpose,
    MethodsResearch methods,
    List<String> diseases,
    Recipient recipient,
    Optional<LocalDate> boardApprovedUntil,
    Set<Obligation> obligations,
    Optional<String> stewardDecision,
    LocalDateTime now,
    Minors minors) {

  /** In place of the id of a study: an insurer or a mailing has none. */
  public static final String NO_STUDY = "";

  private static final Pattern DISEASE = Pattern.compile("[A-Z][0-9][0-9A-Z](\\.?[0-9A-Z]{1,4})?");

  /** Whether the study still runs; decides consents that end with it. */
  public enum StudyState {
    OPEN,
    CLOSED
  }

  /** Whether the study is research into methods (DUO NMDS forbids it). */
  public enum MethodsResearch {
    NO,
    YES
  }

  /** A promise of the agreement, by the DUO term that asks for it. */
  public enum Obligation {
    /** The recipient publishes its results (PUB). */
    PUBLISHES,
    /** The recipient works with the clinic's investigators (COL). */
    COLLABORATES,
    /** The recipient returns derived data (RTN). */
    RETURNS
  }

  /** What kind of organisation the recipient is (DUO NPU). */
  public enum Profit {
    FOR_PROFIT,
    NON_PROFIT
  }

  /** What the recipient does with the records (DUO NCU). */
  public enum Use {
    COMMERCIAL,
    NON_COMMERCIAL
  }

  /** What becomes of a parent's permit when the child comes of age. */
  public enum ParentalPermit {
    /** It ends; the grown-up must sign (45 CFR 46). */
    RECONSENT,
    /** It stays valid until it expires or is revoked (guidance on 45 CFR 164.508). */
    HIPAA_CONTINUES
  }

  /**
   * Who receives the records. The clinic's own researchers are recipients like anyone.
   *
   * @param id the recipient's id, never empty
   * @param classes classes of recipients it belongs to, as consent lines may name them
   * @param profit what kind of organisation it is
   * @param use what it does with the records
   * @param country ISO 3166-1 alpha-2 code
   * @param institutions ids of the institutions involved; the recipient's own id when empty
   * @param users ids of the persons who will use the records; may be empty
   */
  public record Recipient(
      String id,
      Set<String> classes,
      Profit profit,
      Use use,
      String country,
      Set<String> institutions,
      Set<String> users) {

    public Recipient {
      if (id.isEmpty()) {
        throw new IllegalArgumentException("a recipient has an id");
      }
      classes = Set.copyOf(classes);
      institutions = institutions.isEmpty() ? Set.of(id) : Set.copyOf(institutions);
      users = Set.copyOf(users);
    }
  }

  /**
   * How minors are treated.
   *
   * @param parentalPermit what becomes of a parent's permit at majority
   * @param majority age of majority by jurisdiction: AL, US-AL and al are the same
   * @param defaultMajority age of majority everywhere else, in years
   * @param assentAge age from which a child must agree too, in years
   */
  public record Minors(
      ParentalPermit parentalPermit,
      Map<String, Integer> majority,
      int defaultMajority,
      int assentAge) {

    /**
     * A grown-up must sign again, assent from 7, majority 18, in Alabama and Nebraska 19, in
     * Mississippi and Puerto Rico 21.
     */
    public static final Minors STRICT =
        new Minors(ParentalPermit.RECONSENT, Map.of("AL", 19, "NE", 19, "MS", 21, "PR", 21), 18, 7);

    public Minors {
      majority =
          majority.entrySet().stream()
              .collect(
                  Collectors.toUnmodifiableMap(
                      age -> jurisdiction(age.getKey()), Map.Entry::getValue));
      if (defaultMajority < 1 || majority.values().stream().anyMatch(age -> age < 1)) {
        throw new IllegalArgumentException("an age of majority is at least 1");
      }
      if (assentAge < 0) {
        throw new IllegalArgumentException("the age of assent is at least 0");
      }
    }

    /**
     * The ages of majority, in years, that may apply in a jurisdiction as a line writes it: one, or
     * all of them where it does not name one. A country whose parts differ does not, and neither
     * does a name that is no code: {@code Alabama} must not be taken for a place of which nothing
     * is known.
     */
    Set<Integer> majoritiesIn(String jurisdiction) {
      String place = jurisdiction(jurisdiction);
      Integer known = majority.get(place);
      if (known != null) {
        return Set.of(known);
      }
      boolean unclear = !isCode(place) || place.equals("US");
      return unclear ? majorities() : Set.of(defaultMajority);
    }

    /** Two letters, or a country and a part of it (ISO 3166-2). */
    private static boolean isCode(String place) {
      int length = place.length();
      boolean fits = length == 2 || (length >= 4 && length <= 6 && place.charAt(2) == '-');
      for (int i = 0; fits && i < length; i++) {
        char c = place.charAt(i);
        boolean digit = i > 2 && c >= '0' && c <= '9';
        fits = i == 2 || digit || (c >= 'A' && c <= 'Z');
      }
      return fits;
    }

    private Set<Integer> majorities() {
      Set<Integer> all = new HashSet<>(majority.values());
      all.add(defaultMajority);
      return all;
    }

    private static String jurisdiction(String written) {
      String folded = written.strip().toUpperCase(Locale.ROOT);
      return folded.startsWith("US-") ? folded.substring(3) : folded;
    }
  }

  public ConsentRequest {
    if (!PurposeOfUse.bundled().isKnown(purpose)) {
      throw new IllegalArgumentException("purpose is no code below PurposeOfUse");
    }
    diseases = List.copyOf(diseases);
    if (!diseases.stream().allMatch(ConsentRequest::isDisease)) {
      throw new IllegalArgumentException("a disease is an ICD-10-CM code");
    }
    obligations = Set.copyOf(obligations);
  }

  /** Whether the request is of a study. */
  public boolean isOfStudy() {
    return !study.equals(NO_STUDY);
  }

  /** Whether the word has the shape of an ICD-10-CM code, with or without its point. */
  public static boolean isDisease(String word) {
    return DISEASE.matcher(word).matches();
  }
}
