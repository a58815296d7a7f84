package org.consentry.connector.fhir;

import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What the address of an extension shows of its content. The words are those of the extensions that
 * HL7 publishes for patients: {@code patient-mothersMaidenName}, {@code patient-birthPlace}, {@code
 * geolocation}, {@code us-core-race}, {@code us-core-birthsex}, {@code patient-cadavericDonor}. The
 * parts of ISO 21090 are of addresses ({@code iso21090-ADXP-houseNumber}), of names ({@code
 * iso21090-EN-qualifier}) and of contacts, or a code for the text of one ({@code
 * iso21090-SC-coding}).
 */
final class PersonalExtensions {

  /** Elements that are extensions. */
  static final Set<String> ELEMENTS = Set.of("extension", "modifierExtension");

  private static final Pattern NAMES =
      Pattern.compile(
          "(?i)(name|birth-?place|address|geo-?location|latitude|longitude|telecom|phone|e-?mail"
              + "|contact|photo|signature|rendered-?value|iso21090-(adxp|en|sc|tel)-)[^/]*$");

  private static final Pattern WORD = Pattern.compile("[A-Z]?[a-z]+|[A-Z]+");

  private static final Set<String> TRAITS =
      Set.of(
          "race",
          "ethnicity",
          "ethnic",
          "birthsex",
          "sex",
          "gender",
          "religion",
          "congregation",
          "nationality",
          "citizenship",
          "tribal",
          "birth",
          "birthtime",
          "death",
          "deceased",
          "donor",
          "disability",
          "occupation");

  private PersonalExtensions() {}

  /** Whether an extension has a name or place of a person. */
  static boolean areNames(String url) {
    return NAMES.matcher(url).find();
  }

  /** Whether an extension has what describes a person. */
  static boolean areTraits(String url) {
    String last = url.replaceFirst(".*[/:#]", "");
    return WORD.matcher(last)
        .results()
        .map(MatchResult::group)
        .anyMatch(word -> TRAITS.contains(word.toLowerCase(Locale.ROOT)));
  }
}
