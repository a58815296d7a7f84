package org.consentry.policy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.consentry.config.OutputRule.Role;
import org.consentry.profile.ColumnSummary;
import org.consentry.profile.ColumnType;
import org.consentry.profile.ContentKind;

/**
 * What a column's name alone suggests, for the first draft of a mapping. It is a suggestion to a
 * person: a name without a hint may be the head of anything.
 *
 * @param role why the column may matter
 * @param content what it seems to contain
 * @param reason in plain words, the hint of the name and what is usually done
 */
public record ColumnAdvice(Role role, Content content, String reason) {

  private static final Set<String> PERSON =
      NameWords.set(
          "patient patients pat pid subject person client enrollee participant patienten"
              + " paciente paziente");
  private static final Set<String> NUMBER =
      NameWords.set("id key no nr num nbr ide number code icn sid ien reference");

  /** Last words of columns that join rows. */
  private static final Set<String> JOINING =
      NameWords.set("id key num nbr ide pid encounter reference");

  /** What an adversary may know of a person, and Safe Harbor allows. */
  private static final Set<String> DEMOGRAPHIC =
      NameWords.set(
          "sex gender race races ethnic ethnicity hispanic marital religion language nationality"
              + " income education country state insurance geschlecht familienstand sprache bundesland"
              + " staatsangehorigkeit einkommen sexo idioma nacionalidad raza etnia sexe langue sesso"
              + " lingua raca renda geslacht taal inkomen burgerlijke");

  private static final Set<String> DEATH = Set.of("death", "deceased", "died", "dod", "deathdate");

  /** What matters of a column before it is decided on. */
  public enum Content {
    /** The day of birth. */
    BIRTH,
    /** The day of death. */
    DEATH,
    /** Another date. */
    DATE,
    /** The number of a person. */
    PERSON,
    /** The number of another record. */
    RECORD,
    /** Anything else. */
    OTHER
  }

  /** The advice for a column of that name. */
  public static ColumnAdvice of(String column) {
    List<String> words = NameWords.split(NameWords.of(column));
    ColumnKind kind = ColumnNames.kindOf(column);
    if (isPerson(words)) {
      return new ColumnAdvice(
          Role.LINKAGE_KEY, Content.PERSON, "names the person of a row; usually pseudonymize");
    }
    if (kind == ColumnKind.NOTHING_KNOWN && isNumber(words) && ColumnNames.isNumber(column)) {
      return new ColumnAdvice(
          Role.LINKAGE_KEY, Content.RECORD, "seems to join rows; usually pseudonymize");
    }
    return switch (kind) {
      case BIRTH ->
          advice(Role.QUASI_IDENTIFIER, Content.BIRTH, "a birth date; usually birth-year");
      case DATE ->
          advice(
              Role.QUASI_IDENTIFIER,
              words.stream().anyMatch(DEATH::contains) ? Content.DEATH : Content.DATE,
              "a date; usually generalize to year, age, or dateShift");
      case AGE -> advice(Role.QUASI_IDENTIFIER, Content.OTHER, "an age; those over 89 are hidden");
      case ZIP ->
          advice(Role.QUASI_IDENTIFIER, Content.OTHER, "ZIP codes; usually generalize to zip3");
      case TOWN, AREA ->
          advice(Role.QUASI_IDENTIFIER, Content.OTHER, "a place smaller than a state");
      case OCCUPATION ->
          advice(
              Role.QUASI_IDENTIFIER,
              Content.OTHER,
              "an occupation; a rare one identifies a person");
      case PROVIDER ->
          advice(
              Role.QUASI_IDENTIFIER, Content.OTHER, "names staff, by whom patients may be found");
      case FREE_TEXT ->
          advice(Role.FREE_TEXT, Content.OTHER, "written by people; may contain any identifier");
      case NOTHING_KNOWN ->
          words.stream().anyMatch(DEMOGRAPHIC::contains)
              ? advice(
                  Role.QUASI_IDENTIFIER,
                  Content.OTHER,
                  "known of many people; rare values identify a person")
              : advice(Role.SENSITIVE, Content.OTHER, "its name is no hint; look at its values");
      default ->
          new ColumnAdvice(
              Role.DIRECT_IDENTIFIER,
              Content.OTHER,
              "by its name "
                  + kind.identifier().map(Identifier::title).orElse("an identifier")
                  + kind.identifier().map(known -> ", " + known.safeHarbor()).orElse(""));
    };
  }

  /**
   * The advice for a column whose values were looked at: where the name is no hint, the values are.
   *
   * @param values what the column contains; empty when the values were not read
   */
  public static ColumnAdvice of(String column, Optional<ColumnSummary> values) {
    ColumnAdvice byName = of(column);
    if (values.isEmpty()
        || byName.content() != Content.OTHER
        || ColumnNames.kindOf(column) != ColumnKind.NOTHING_KNOWN) {
      return byName;
    }
    ColumnAdvice byValues = byValues(values.get());
    boolean isNameAlone = byValues.role() == Role.SENSITIVE && byName.role() != Role.SENSITIVE;
    return isNameAlone ? byName : byValues;
  }

  private static ColumnAdvice byValues(ColumnSummary values) {
    ColumnType type = values.written().type();
    if (type == ColumnType.DATE || type == ColumnType.TIMESTAMP) {
      return values.looksLike().contains(ContentKind.BIRTH_DATE)
          ? advice(Role.QUASI_IDENTIFIER, Content.BIRTH, "its values look like birth dates")
          : advice(Role.QUASI_IDENTIFIER, Content.DATE, "its values are dates");
    }
    if (type == ColumnType.TIME) {
      return advice(Role.QUASI_IDENTIFIER, Content.OTHER, "its values are times of day");
    }
    if (ContentEvidence.isEnough(ContentKind.FREE_TEXT, values)) {
      return advice(Role.FREE_TEXT, Content.OTHER, "its values are free text");
    }
    Optional<ContentKind> direct = ContentEvidence.direct(values);
    if (direct.isPresent()) {
      return advice(Role.DIRECT_IDENTIFIER, Content.OTHER, "has " + direct.get().plural());
    }
    return values.looksLike().contains(ContentKind.RECORD_NUMBER)
        ? advice(
            Role.DIRECT_IDENTIFIER,
            Content.OTHER,
            "its values hardly repeat and have one form, like record numbers")
        : advice(
            Role.SENSITIVE,
            Content.OTHER,
            "neither its name nor its values are a hint; look at it");
  }

  private static ColumnAdvice advice(Role role, Content content, String reason) {
    return new ColumnAdvice(role, content, reason);
  }

  private static boolean isPerson(List<String> words) {
    boolean number = words.size() == 1 || NUMBER.contains(words.get(words.size() - 1));
    return words.size() <= 2 && number && PERSON.contains(words.get(0));
  }

  private static boolean isNumber(List<String> words) {
    return JOINING.contains(words.get(words.size() - 1));
  }

  /** Whether the name is one that columns of clinic systems have. */
  public static boolean isKnown(String column) {
    ColumnAdvice advice = of(column);
    return advice.content() != Content.OTHER
        || ColumnNames.kindOf(column) != ColumnKind.NOTHING_KNOWN;
  }
}
