package org.consentry.config;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.consentry.config.Binding.Among;
import org.consentry.config.Binding.Default;
import org.consentry.config.Binding.NotWritten;
import org.consentry.config.Job.Attestation;
import org.consentry.data.EnumWord;
import org.consentry.problem.Place;

/**
 * Where consent lines are read and what the clinic decided about minors.
 *
 * @param path the file, relative to the job file; absent when they are a table
 * @param table the table of the source; absent when they are a file
 * @param profile the pack that reads Consent resources; absent for other types
 * @param csv how the file is written
 * @param words how its columns and cells are written
 * @param minors what a parent's consent is worth once the patient is of age
 * @param majority age of majority by jurisdiction, with {@code default}; absent means 18, 19 in
 *     Alabama and Nebraska, 21 in Mississippi and Puerto Rico
 * @param assentAge age from which a minor's own assent is asked
 * @param stewardDecision id of the decision on consents that only a person can judge
 * @param adultsOnly a person's statement that every patient of the source is of age, and was on the
 *     day of every signature that counts; for a source that does not show when people were born
 * @param unknownRestrictions what a restriction does whose patient the subjects table does not know
 */
@Doc("Where consent lines are read, and the clinic's rules about minors")
public record ConsentRule(
    Place place,
    @Doc("where they are read: a file, a table of the source, or Consent resources") Type type,
    @Doc("the file, or for type fhir the folder, relative to the job file")
        Optional<WithPlace<Path>> path,
    @Doc("the table of the source's database; for type jdbc") Optional<WithPlace<String>> table,
    @Doc("the profile pack that reads Consent resources; for type fhir")
        Optional<WithPlace<String>> profile,
    @Among CsvWords csv,
    @Among ConsentWords words,
    @Doc("what a parent's consent is worth once the patient is of age") @Default("reconsent")
        Minors minors,
    @Doc(
            "age of majority by jurisdiction, with 'default'; by default 18, 19 in AL and NE, 21 in"
                + " MS and PR")
        Optional<Map<String, Integer>> majority,
    @Doc("age from which a minor's own assent is asked") @Default("7") int assentAge,
    @Doc("id of the decision on consents that only a person can judge")
        Optional<String> stewardDecision,
    @Doc("a person's statement that every patient of the source is of age, and was when consenting")
        Optional<Attestation> adultsOnly,
    @Doc("what a restriction does whose patient the subjects table does not know") @Default("stop")
        UnknownRestrictions unknownRestrictions) {

  /** The key of the age for all other jurisdictions. */
  public static final String OTHERWISE = "default";

  private static final Map<String, Integer> KNOWN =
      Map.of(OTHERWISE, 18, "AL", 19, "NE", 19, "MS", 21, "PR", 21);

  /** Where consent lines are read. */
  public enum Type {
    /** In a file. */
    CSV,
    /** In a table of the database that the source reads. */
    JDBC,
    /** In Consent resources of a folder. */
    FHIR,
    /** Nowhere: no consent is asked. */
    @NotWritten
    NONE
  }

  /** What a parent's consent is worth once the patient is of age. */
  public enum Minors {
    /** Nothing: the patient must consent (45 CFR 46). */
    RECONSENT,
    /** It is valid until it ends or is withdrawn (HIPAA). */
    HIPAA_CONTINUES
  }

  /** What a restriction does whose patient the subjects table does not know. */
  public enum UnknownRestrictions {
    /** It stops the run: a patient who is released may be meant. */
    STOP,
    /** It is counted and reported: the file is also about patients who are not in the source. */
    COUNT
  }

  public ConsentRule {
    majority = majority.map(Map::copyOf);
    checkOrigin(type, path.isPresent(), table.isPresent(), profile.isPresent());
    if (type != Type.CSV && !csv.equals(CsvWords.RFC_4180)) {
      throw new IllegalArgumentException(
          "type: " + EnumWord.of(type) + " has no delimiter, quote or encoding; remove them");
    }
    if (assentAge < 0 || assentAge > 21) {
      throw new IllegalArgumentException("assentAge must be 0 to 21 but was " + assentAge);
    }
    if (majority.isPresent()) {
      check(majority.get());
    }
  }

  /**
   * No consent is asked, as by a disclosure that the law demands.
   *
   * @param place where the job names what demands it
   */
  static ConsentRule notAsked(Place place) {
    return new ConsentRule(
        place,
        Type.NONE,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        CsvWords.RFC_4180,
        ConsentWords.NONE,
        Minors.RECONSENT,
        Optional.empty(),
        7,
        Optional.empty(),
        Optional.empty(),
        UnknownRestrictions.COUNT);
  }

  private static void checkOrigin(
      Type type, boolean hasPath, boolean hasTable, boolean hasProfile) {
    if (hasProfile && type != Type.FHIR) {
      throw new IllegalArgumentException("profile is for type: fhir; remove it");
    }
    switch (type) {
      case CSV -> {
        if (!hasPath || hasTable) {
          throw new IllegalArgumentException(
              "type: csv needs path, the file relative to this one, and has no table");
        }
      }
      case JDBC -> {
        if (hasPath || !hasTable) {
          throw new IllegalArgumentException(
              "type: jdbc needs table, a table of the source's database, and has no path");
        }
      }
      case FHIR -> {
        if (!hasPath || hasTable || !hasProfile) {
          throw new IllegalArgumentException(
              "type: fhir needs path, a folder of Consent resources, and profile, and has no"
                  + " table");
        }
      }
      case NONE -> {}
    }
  }

  private static void check(Map<String, Integer> majority) {
    if (!majority.containsKey(OTHERWISE)) {
      throw new IllegalArgumentException("majority must have an age for 'default'");
    }
    if (majority.values().stream().anyMatch(age -> age < 14 || age > 25)) {
      throw new IllegalArgumentException("majority must be ages from 14 to 25");
    }
  }

  /**
   * Ages of majority by jurisdiction, with {@value #OTHERWISE}. The ages of the job replace those
   * of the known exceptions, so that naming one does not forget the others.
   */
  public Map<String, Integer> ages() {
    Map<String, Integer> ages = new HashMap<>(KNOWN);
    majority.ifPresent(ages::putAll);
    return ages;
  }
}
