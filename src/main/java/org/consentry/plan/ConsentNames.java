package org.consentry.plan;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.consentry.consent.ConsentCells;
import org.consentry.policy.ColumnAdvice;
import org.consentry.policy.ColumnAdvice.Content;

/**
 * Which columns of a table may be those of consent lines, by their names. A guess for a draft: a
 * person states what they are.
 *
 * @param columns the names in the file, by the documented ones
 */
record ConsentNames(Map<String, String> columns) {

  private static final String PATIENT = "patient_id";
  private static final String DECISION = "decision";

  /** What a day of consent may be. */
  private static final List<String> DAYS = List.of("signed_at", "valid_from", "valid_to");

  /** Beginnings of words of tables with consents. */
  private static final List<String> TABLES =
      List.of("consent", "einwillig", "einverstandnis", "zustimmung", "permission");

  /** Beginnings of the one word of tables with withdrawals; others may be of drugs. */
  private static final List<String> WITHDRAWALS =
      List.of("withdraw", "revocation", "revoked", "widerruf");

  /** Other names of columns, by the documented ones, without blanks, signs and accents. */
  private static final Map<String, Set<String>> NAMES =
      Map.ofEntries(
          names("line_id", "lineid consentid consentnumber einwilligungsnummer zeile"),
          names("decision", "decision consent consentgiven entscheidung einwilligung zustimmung"),
          names("status", "status consentstatus zustand"),
          names(
              "signed_at",
              "signedat signed signedon datesigned signaturedate consentdate date datum"
                  + " unterschriebenam unterschriftsdatum"),
          names("recorded_at", "recordedat recorded recordedon enteredat erfasstam"),
          names("valid_from", "validfrom startdate gultigab gultigvon"),
          names(
              "valid_to",
              "validto validuntil expires expirydate expirationdate enddate gultigbis ablauf"),
          names("expiry_event", "expiryevent"),
          names("legal_basis", "legalbasis rechtsgrundlage"),
          names("form_id", "formid form formular"),
          names("form_version", "formversion version"),
          names("evidence_sha256", "evidencesha256 sha256"),
          names("signer_role", "signerrole signer signedby unterzeichner"),
          names("signer_authority", "signerauthority authority"),
          names("assent", "assent"),
          names("purposes", "purposes purpose zweck zwecke"),
          names("duo", "duo"),
          names("studies", "studies study studie studien"),
          names("recipients", "recipients recipient empfanger"),
          names("data_from", "datafrom datenab datenvon"),
          names("data_to", "datato datenbis"),
          names("categories_in", "categoriesin categories kategorien"),
          names("categories_ex", "categoriesex excludedcategories"),
          names("revokes", "revokes widerruft"),
          names("supersedes", "supersedes ersetzt"),
          names("jurisdiction", "jurisdiction state bundesland"),
          names("source", "source quelle"));

  ConsentNames {
    columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
  }

  private static Map.Entry<String, Set<String>> names(String documented, String others) {
    return Map.entry(documented, Set.of(others.split(" ", -1)));
  }

  /** The columns of a table that seems to be of consents; empty when it does not. */
  static Optional<ConsentNames> of(String table, List<String> names) {
    Map<String, String> found = new HashMap<>();
    for (String name : names) {
      if (isPatient(name)) {
        found.putIfAbsent(PATIENT, name);
      }
      NAMES.forEach(
          (documented, others) -> {
            if (others.contains(plain(name))) {
              found.putIfAbsent(documented, name);
            }
          });
    }
    boolean isNamed = words(table).stream().anyMatch(ConsentNames::isTable);
    boolean decides = found.containsKey(DECISION) || (isNamed && found.containsKey("status"));
    boolean isDated = DAYS.stream().anyMatch(found::containsKey);
    boolean hasPurpose = found.containsKey("purposes");
    boolean isConsent =
        found.containsKey(PATIENT)
            && decides
            && (isNamed ? isDated || hasPurpose : isDated && hasPurpose);
    Map<String, String> ordered = new LinkedHashMap<>();
    for (String column : ConsentCells.columns()) {
      Optional.ofNullable(found.get(column)).ifPresent(name -> ordered.put(column, name));
    }
    return isConsent ? Optional.of(new ConsentNames(ordered)) : Optional.empty();
  }

  /** Whether a table of patients is named like consents or withdrawals, whatever else it has. */
  static boolean isNamed(String table, List<String> names) {
    List<String> words = words(table);
    boolean isWithdrawals =
        words.size() == 1 && WITHDRAWALS.stream().anyMatch(words.get(0)::startsWith);
    return names.stream().anyMatch(ConsentNames::isPatient)
        && (isWithdrawals || words.stream().anyMatch(ConsentNames::isTable));
  }

  private static boolean isPatient(String name) {
    return ColumnAdvice.of(name).content() == Content.PERSON || DraftSource.isRecordNumber(name);
  }

  private static List<String> words(String table) {
    return Stream.of(table.split("[^\\p{L}]+", -1))
        .filter(word -> !word.isEmpty())
        .map(ConsentNames::plain)
        .toList();
  }

  private static boolean isTable(String word) {
    return TABLES.stream().anyMatch(word::startsWith);
  }

  /** Letters and digits alone, without accents. */
  private static String plain(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFD)
        .replaceAll("[^A-Za-z0-9]", "")
        .toLowerCase(Locale.ROOT);
  }

  /** Columns that are not in the file. */
  List<String> missing() {
    List<String> missing = new ArrayList<>(ConsentCells.columns());
    missing.removeAll(columns.keySet());
    return missing;
  }
}
