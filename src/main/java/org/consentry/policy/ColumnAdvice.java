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
 * @param treatment what is usually done with it under Safe Harbor
 * @param reason in plain words, the hint of the name and what is usually done
 */
public record ColumnAdvice(Role role, Content content, Treatment treatment, String reason) {

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
              + " education country state insurance insurer geschlecht familienstand sprache"
              + " bundesland staatsangehorigkeit sexo idioma nacionalidad raza etnia sexe langue"
              + " sesso lingua raca geslacht taal burgerlijke");

  private static final Set<String> INCOME =
      Set.of("income", "salary", "einkommen", "renda", "inkomen");

  /** Words for post codes of countries in which ZIP codes are none. */
  private static final Set<String> FOREIGN_POSTCODE =
      NameWords.set("plz postleitzahl postcode postal code_postal cp cap cep postale");

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

  private static final Set<String> AMOUNT =
      NameWords.set(
          "cost costs charge charges price prices expense expenses fee kosten preis betrag"
              + " rechnungsbetrag honorar");

  private static final ColumnAdvice AMOUNTS =
      new ColumnAdvice(
          Role.SENSITIVE,
          Content.OTHER,
          Treatment.AMOUNT_RANGE,
          "amounts of money; an exact one may identify a person");

  /** What is usually done with a column under Safe Harbor. */
  public enum Treatment {
    /** It joins rows: it becomes a code. */
    PSEUDONYMIZE,
    /** It becomes a birth year, the oldest in one bucket. */
    BIRTH_YEAR,
    /** It becomes a year. */
    YEAR,
    /** It becomes three digits of a ZIP code. */
    ZIP3,
    /** It becomes a range of ages. */
    AGE_RANGE,
    /** It becomes a range of incomes in a year. */
    INCOME_RANGE,
    /** It becomes a range of amounts of money. */
    AMOUNT_RANGE,
    /** It is released where its values are codes or numbers. */
    KEEP,
    /** It is not released. */
    DROP
  }

  /** The advice for a column of that name. */
  public static ColumnAdvice of(String column) {
    List<String> words = NameWords.split(NameWords.of(column));
    if (words.isEmpty()) {
      return ofNoKind(words);
    }
    ColumnKind kind = ColumnNames.kindOf(column);
    if (isPerson(words)) {
      return new ColumnAdvice(
          Role.LINKAGE_KEY, Content.PERSON, Treatment.PSEUDONYMIZE, "names the person of a row");
    }
    if (kind == ColumnKind.NOTHING_KNOWN && isNumber(words) && ColumnNames.isNumber(column)) {
      return new ColumnAdvice(
          Role.LINKAGE_KEY, Content.RECORD, Treatment.PSEUDONYMIZE, "seems to join rows");
    }
    return switch (kind) {
      case BIRTH -> quasi(Content.BIRTH, Treatment.BIRTH_YEAR, "of the birth date");
      case DATE ->
          quasi(
              words.stream().anyMatch(DEATH::contains) ? Content.DEATH : Content.DATE,
              Treatment.YEAR,
              "a date");
      case AGE -> quasi(Treatment.AGE_RANGE, "an age");
      case ZIP ->
          words.stream().anyMatch(FOREIGN_POSTCODE::contains)
              ? quasi(Treatment.DROP, "a post code, smaller than a state")
              : quasi(Treatment.ZIP3, "ZIP codes");
      case TOWN, AREA -> quasi(Treatment.DROP, "a place smaller than a state");
      case OCCUPATION -> quasi(Treatment.DROP, "an occupation; a rare one identifies a person");
      case PROVIDER -> quasi(Treatment.DROP, "names staff, by whom patients may be found");
      case FREE_TEXT ->
          new ColumnAdvice(
              Role.FREE_TEXT,
              Content.OTHER,
              Treatment.DROP,
              "written by people; may contain any identifier");
      case NOTHING_KNOWN -> ofNoKind(words);
      default ->
          new ColumnAdvice(
              Role.DIRECT_IDENTIFIER,
              Content.OTHER,
              Treatment.DROP,
              "by its name "
                  + kind.identifier().map(Identifier::title).orElse("an identifier")
                  + kind.identifier().map(known -> ", " + known.safeHarbor()).orElse(""));
    };
  }

  private static ColumnAdvice ofNoKind(List<String> words) {
    if (words.stream().anyMatch(INCOME::contains)) {
      return quasi(Treatment.INCOME_RANGE, "an income");
    }
    if (words.stream().anyMatch(AMOUNT::contains)) {
      return AMOUNTS;
    }
    return words.stream().anyMatch(DEMOGRAPHIC::contains)
        ? quasi(Treatment.KEEP, "known of many people; rare values identify a person")
        : new ColumnAdvice(
            Role.SENSITIVE,
            Content.OTHER,
            Treatment.KEEP,
            "its name is no hint; look at its values");
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
    boolean isNameAlone =
        byValues.role() == Role.SENSITIVE
            && (byName.role() != Role.SENSITIVE || byName.treatment() != Treatment.KEEP);
    return isNameAlone ? byName : byValues;
  }

  private static ColumnAdvice byValues(ColumnSummary values) {
    ColumnType type = values.written().type();
    if (type == ColumnType.DATE || type == ColumnType.TIMESTAMP) {
      return values.looksLike().contains(ContentKind.BIRTH_DATE)
          ? quasi(Content.BIRTH, Treatment.BIRTH_YEAR, "its values look like birth dates")
          : quasi(Content.DATE, Treatment.YEAR, "its values are dates");
    }
    if (type == ColumnType.TIME) {
      return quasi(Treatment.DROP, "its values are times of day");
    }
    if (ContentEvidence.isEnough(ContentKind.FREE_TEXT, values)) {
      return new ColumnAdvice(
          Role.FREE_TEXT, Content.OTHER, Treatment.DROP, "its values are free text");
    }
    Optional<ContentKind> direct = ContentEvidence.direct(values);
    if (direct.isPresent()) {
      return direct("has " + direct.get().plural());
    }
    if (!values.written().style().currency().isEmpty()) {
      return AMOUNTS;
    }
    return values.looksLike().contains(ContentKind.RECORD_NUMBER)
        ? direct("its values hardly repeat and have one form, like record numbers")
        : new ColumnAdvice(
            Role.SENSITIVE,
            Content.OTHER,
            Treatment.KEEP,
            "no hint in its name or its values; look at it");
  }

  private static ColumnAdvice direct(String reason) {
    return new ColumnAdvice(Role.DIRECT_IDENTIFIER, Content.OTHER, Treatment.DROP, reason);
  }

  private static ColumnAdvice quasi(Treatment treatment, String reason) {
    return quasi(Content.OTHER, treatment, reason);
  }

  private static ColumnAdvice quasi(Content content, Treatment treatment, String reason) {
    return new ColumnAdvice(Role.QUASI_IDENTIFIER, content, treatment, reason);
  }

  private static boolean isPerson(List<String> words) {
    boolean number = words.size() == 1 || NUMBER.contains(words.get(words.size() - 1));
    return words.size() <= 2 && number && PERSON.contains(words.get(0));
  }

  private static boolean isNumber(List<String> words) {
    return JOINING.contains(words.get(words.size() - 1));
  }

  /** Whether a key of that name numbers records, and is no identifier of another kind. */
  public static boolean mayNumberRecords(String column) {
    ColumnKind kind = ColumnNames.kindOf(column);
    return kind == ColumnKind.NOTHING_KNOWN || kind == ColumnKind.OTHER_NUMBER;
  }

  /** Whether the name is one that columns of clinic systems have. */
  public static boolean isKnown(String column) {
    ColumnAdvice advice = of(column);
    return advice.content() != Content.OTHER
        || ColumnNames.kindOf(column) != ColumnKind.NOTHING_KNOWN;
  }
}
