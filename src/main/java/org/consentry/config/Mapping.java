package org.consentry.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.consentry.config.Binding.Default;
import org.consentry.config.Binding.Key;
import org.consentry.config.Binding.MayBeEmpty;
import org.consentry.config.Binding.ReservedWords;
import org.consentry.data.BirthForm;
import org.consentry.data.CodeForm;
import org.consentry.problem.Place;

/**
 * The content of a mapping file. Bound and checked in itself; whether it fits a source is for the
 * plan.
 *
 * @param name name of the mapping, lower-case words joined by {@code -}
 * @param version raised with every change that a recipient can notice
 * @param kind the kind of disclosure whose columns these are
 * @param description plain words
 * @param unmapped what happens to a source column without a rule
 * @param prefixes what the codes of a domain begin with, where it is not the first letter of the
 *     domain in upper case
 * @param dates which dates the source has, where they are not the usual ones
 * @param subjects where a person is described once
 * @param contacts what contacting a person needs, for contact lists alone
 * @param tables rules by table name, in the order of the file
 * @param spans tables that are computed from the release, by name, in the order of the file
 */
@Doc("Consentry mapping: what becomes of every column of every table")
@ReservedWords({"risk", "scan", "classify", "scrubText", "include", "extends"})
public record Mapping(
    @Doc("name of the mapping: lower-case words joined by -") @Key("mapping") String name,
    @Doc("raised with every change that a recipient can notice") int version,
    @Doc("the kind of disclosure whose columns these are") @Default("research")
        WithPlace<ForKind> kind,
    @Doc("plain words") Optional<String> description,
    @Doc("what happens to a source column without a rule") @Default("stop")
        WithPlace<UnmappedColumns> unmapped,
    @Doc("what the codes of a domain begin with; by default the first letter of its name")
        @MayBeEmpty
        Map<String, WithPlace<Prefix>> prefixes,
    @Doc("which dates the source has; by default 1901 to the tenth year ahead")
        Optional<SourceDates> dates,
    @Doc("where a person is described once") SubjectsTable subjects,
    @Doc("what contacting a person needs; a release for research does not depend on it")
        Optional<Contacts> contacts,
    @Doc("what becomes of each table") Map<String, TableRule> tables,
    @Doc("tables computed from the release: the first and the last date of each person") @MayBeEmpty
        Map<String, SpansRule> spans) {

  public Mapping {
    if (!name.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
      throw new IllegalArgumentException("mapping must be lower-case words joined by -");
    }
    if (version < 1) {
      throw new IllegalArgumentException("version must be at least 1 but was " + version);
    }
  }

  /** How the codes of a domain are written. */
  public CodeForm codeForm(String domain) {
    WithPlace<Prefix> own = prefixes.get(domain);
    return own == null ? CodeForm.usual(domain) : own.value().form();
  }

  /**
   * What the codes of a domain begin with.
   *
   * @param form how its codes are written
   */
  @Doc(value = "1 to 4 letters from A to Z", pattern = CodeForm.PREFIX)
  public record Prefix(CodeForm form) {

    /** Reads the letters. */
    public static Optional<Prefix> parse(String word) {
      return word.matches(CodeForm.PREFIX)
          ? Optional.of(new Prefix(new CodeForm(word)))
          : Optional.empty();
    }
  }

  /**
   * The kind of disclosure whose columns a mapping has.
   *
   * @param kind research, or one of the kinds with records of named patients
   */
  @Doc(
      value = "research, insurer-response or legal-process",
      pattern = "research|insurer-response|legal-process")
  public record ForKind(JobKind kind) {

    /** Reads the word of a kind; lists of contacts are made of a mapping of any kind. */
    public static Optional<ForKind> parse(String word) {
      return JobKind.of(word).filter(kind -> !kind.isContactList()).map(ForKind::new);
    }
  }

  /** What happens to a source column without a rule. The strict choice is the default. */
  public enum UnmappedColumns {
    /** The run stops. */
    STOP,
    /** The column is not released, and listed. */
    DROP
  }

  /**
   * Where a person is described once.
   *
   * @param table the table with one row a person
   * @param key its column of the person's id
   * @param birthDate its column of the date of birth, {@code yyyy-MM-dd}
   * @param birthYear its column of the year of birth, where it has no date
   * @param age its columns of an age and of the year of that age, where it has neither
   * @param deathDate its column of the date of death, {@code yyyy-MM-dd}
   */
  @Doc("Where a person is described once")
  public record SubjectsTable(
      Place place,
      @Doc("the table with one row a person") WithPlace<String> table,
      @Doc("its column of the person's id") WithPlace<String> key,
      @Doc("its column of the date of birth, yyyy-MM-dd") Optional<WithPlace<String>> birthDate,
      @Doc("its column of the year of birth, where it has no date of birth")
          Optional<WithPlace<String>> birthYear,
      @Doc("its columns of an age and its year, where it has neither date nor year of birth")
          Optional<AgeInYear> age,
      @Doc("its column of the date of death, yyyy-MM-dd") Optional<WithPlace<String>> deathDate) {

    /** How it shows when a person was born: by the first of the keys that is there. */
    public BirthForm birthForm() {
      if (birthDate.isPresent()) {
        return BirthForm.DATE;
      }
      if (birthYear.isPresent()) {
        return BirthForm.YEAR;
      }
      return age.isPresent() ? BirthForm.AGE : BirthForm.NONE;
    }

    /** The columns that show it, in the order of their keys; none where it is not shown. */
    public List<WithPlace<String>> birthColumns() {
      return Stream.of(
              birthDate.stream(),
              birthYear.stream(),
              age.stream().flatMap(known -> Stream.of(known.column(), known.at())))
          .flatMap(columns -> columns)
          .toList();
    }
  }

  /**
   * An age that is known for a year.
   *
   * @param column the column of the age in full years
   * @param at the column of the year in which the person was that old, {@code yyyy} or a date
   */
  @Doc("An age that is known for a year")
  public record AgeInYear(
      Place place,
      @Doc("the column of the age in full years") WithPlace<String> column,
      @Doc("the column of the year in which the person was that old, yyyy or a date")
          WithPlace<String> at) {}
}
