package org.consentry.release;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.consentry.data.AcknowledgedWarning;
import org.consentry.data.EnumWord;
import org.consentry.data.HandledIdentifier;
import org.consentry.data.PlannedColumn;
import org.consentry.data.Tally;
import org.consentry.ledger.Figure;
import org.consentry.ledger.Figures;

/**
 * Everything a manifest states of one release: plain, exact, without a value of any patient. In the
 * recipient's edition the figures take the place of the counts.
 *
 * @param release what was released when
 * @param authority who asked, who receives, why and under which rule
 * @param consent how consent was decided and what became of the subjects
 * @param tables the released tables, at least one, in order
 * @param figures what the recipient sees of the counts
 * @param identifiers how each of the eighteen identifiers of Safe Harbor was handled, A to R
 * @param inputs what the release was made from
 * @param software name, version, Java and so on, in order
 * @param acknowledged warnings of the policy check that a person answered
 * @param warnings all other warnings of the checks before the run
 * @param formulas what CSV files have for texts that a spreadsheet runs as a formula
 * @param risk how many subjects share what an adversary may know; empty when it was not measured
 * @param scan what the finished files were searched for; empty when they were not searched
 * @param reply what is answered to who asked, in files beside the data; empty when nothing is
 */
public record Disclosure(
    Release release,
    Authority authority,
    Consent consent,
    List<Table> tables,
    Figures figures,
    List<HandledIdentifier> identifiers,
    Inputs inputs,
    Map<String, String> software,
    List<AcknowledgedWarning> acknowledged,
    List<Warning> warnings,
    Formulas formulas,
    Optional<Risk> risk,
    Optional<ScanReport> scan,
    Optional<Reply> reply) {

  /** The fact of a recipient that the release stays in a folder of the clinic's own office. */
  public static final String INTERNAL = "internal";

  public Disclosure {
    tables = List.copyOf(tables);
    identifiers = List.copyOf(identifiers);
    software = ordered(software);
    acknowledged = List.copyOf(acknowledged);
    warnings = List.copyOf(warnings);
    if (tables.isEmpty()) {
      throw new IllegalArgumentException("a release has at least one table");
    }
    Set<String> paths = new HashSet<>();
    for (Table table : tables) {
      for (DataFile file : table.files()) {
        if (!paths.add(file.path())) {
          throw new IllegalArgumentException("two files are named " + file.path());
        }
      }
    }
  }

  /** What CSV files have for texts that a spreadsheet runs as a formula, as set in the job. */
  public enum Formulas {
    /** The text. */
    REPORT,
    /** The text after a single quote. */
    ESCAPE,
    /** There is no such text. */
    STOP;

    String word() {
      return EnumWord.of(this);
    }
  }

  /**
   * What an adversary may know of a subject, and how many subjects share it.
   *
   * @param adversary who knows it, in plain words
   * @param identity released columns known of anyone, as {@code table.column}
   * @param events released columns known of single events
   * @param groups how many subjects share it
   * @param lenient the same by identity columns alone when a missing value may be any; empty when
   *     that was not measured
   * @param sensitive how well values of sensitive columns hide in groups of the same identity
   * @param population the risk beside a population; empty when the job names none
   * @param bounded subjects of whom not all pairs of events were looked at
   * @param plan the levels that a person approved; empty when the job has no plan
   * @param leftOut from whom suppression took
   * @param countable whether a reader can count the groups in the released data; otherwise they are
   *     not in the recipient's edition
   */
  public record Risk(
      String adversary,
      List<String> identity,
      List<String> events,
      Groups groups,
      Optional<Groups> lenient,
      List<Sensitive> sensitive,
      Optional<Population> population,
      long bounded,
      Optional<Levels> plan,
      List<LeftOut> leftOut,
      boolean countable) {

    public Risk {
      identity = List.copyOf(identity);
      events = List.copyOf(events);
      sensitive = List.copyOf(sensitive);
      leftOut = List.copyOf(leftOut);
    }

    /** The same with from whom suppression took. */
    public Risk withLeftOut(List<LeftOut> from) {
      return new Risk(
          adversary,
          identity,
          events,
          groups,
          lenient,
          sensitive,
          population,
          bounded,
          plan,
          from,
          countable);
    }
  }

  /**
   * The risk beside a population of which the released subjects are a part.
   *
   * @param region which one, in words
   * @param size how many people
   * @param sampleUniques the share of released subjects who are alone among these
   * @param uniques the share of the population that is alone in it, as models estimate it, by
   *     model; empty for one that does not fit
   * @param known the risk where it is known how many people have each identity
   */
  public record Population(
      Optional<String> region,
      long size,
      double sampleUniques,
      Map<String, OptionalDouble> uniques,
      Optional<KnownPopulation> known) {

    public Population {
      uniques = Collections.unmodifiableMap(new LinkedHashMap<>(uniques));
    }
  }

  /**
   * The risk where it is known how many people of a population have each identity.
   *
   * @param journalist the highest risk of a released subject whom an adversary looks for in the
   *     population
   * @param marketer the mean share of released subjects whom an adversary links rightly
   * @param lowestPresence the lowest share of an identity's people who are released
   * @param highestPresence the highest such share
   */
  public record KnownPopulation(
      double journalist, double marketer, double lowestPresence, double highestPresence) {}

  /**
   * How well the values of a sensitive column hide in groups of subjects of the same identity.
   *
   * @param column released column, as {@code table.column}
   * @param measure what is measured and what the job asks for, such as {@code distinct 2}
   * @param worst the measure of the worst group; infinite when a group has too few values for it
   * @param exposed subjects in groups that do not satisfy it
   */
  public record Sensitive(String column, String measure, double worst, long exposed) {}

  /**
   * Whom suppression took from the people with a value.
   *
   * @param column released identity column, as {@code table.column}; or all people, in words
   * @param value a value, or a span of values; empty for all people
   * @param figure the figure of how many they are
   * @param before share of all people in whole percent; for the clinic alone
   * @param after share of those who stay; for the clinic alone
   * @param people who was left out, by their numbers in the run; never written
   */
  public record LeftOut(
      String column, String value, Figure.Key figure, long before, long after, BitSet people) {

    public LeftOut {
      people = (BitSet) people.clone();
    }

    @Override
    public BitSet people() {
      return (BitSet) people.clone();
    }
  }

  /**
   * Levels of generalization that a search found and a person approved.
   *
   * @param sha256 digest of the plan file, 64 lower-case hexadecimal digits
   * @param approvedBy who approved it; empty when no person did
   * @param approvedOn when; empty when no person did
   * @param levels by {@code table.column}
   * @param smallestGroup the smallest group when it was searched
   */
  public record Levels(
      String sha256,
      String approvedBy,
      String approvedOn,
      Map<String, String> levels,
      long smallestGroup) {

    public Levels {
      levels = ordered(levels);
    }
  }

  /**
   * Groups of subjects of whom an adversary knows the same; a subject counts by its smallest one.
   *
   * @param k how many subjects the job asks for
   * @param onViolation what happens to a release with fewer
   * @param subjects released subjects
   * @param smallest size of the smallest group
   * @param uniques subjects who are alone
   * @param below subjects in groups smaller than k
   * @param averageRisk mean of one divided by the size, 0 to 1
   * @param bands subjects by the size of their group, such as {@code 2-4}
   */
  public record Groups(
      int k,
      String onViolation,
      long subjects,
      long smallest,
      long uniques,
      long below,
      double averageRisk,
      Map<String, Long> bands) {

    public Groups {
      bands = Collections.unmodifiableMap(new LinkedHashMap<>(bands));
    }
  }

  /**
   * A warning of the checks before the run that no person answered.
   *
   * @param code stable word of the warning
   * @param warning what was found, in words, with the paragraph of the rule
   * @param remedy what can be done; may be empty
   */
  public record Warning(String code, String warning, String remedy) {}

  /**
   * What was released when.
   *
   * @param job name of the job
   * @param name name of the release, such as {@code 2026-11-23-r3}
   * @param run id of the run
   * @param createdAt when the release was sealed
   * @param referenceDate what ages and buckets refer to
   * @param ledgerHead the newest ledger entry when it was sealed; empty for an empty ledger
   * @param previous the release of this study to this recipient that came before, by whatever job;
   *     empty for the first
   * @param replaces the earlier release that this one corrects, or empty
   */
  public record Release(
      String job,
      String name,
      String run,
      Instant createdAt,
      LocalDate referenceDate,
      Optional<LedgerHead> ledgerHead,
      Optional<Earlier> previous,
      Optional<Earlier> replaces) {}

  /**
   * The end of the disclosure ledger's chain at a moment: who knows it sees whether the chain was
   * cut off or rewritten since.
   *
   * @param entry number of the newest entry, from 1
   * @param sha256 its hash, 64 lower-case hexadecimal digits
   */
  public record LedgerHead(long entry, String sha256) {}

  /**
   * An earlier release, with its digest so that no other can take its place.
   *
   * @param job name of the job that made it
   * @param name its name, such as {@code 2026-11-23-r2}
   * @param sha256 digest of its {@code manifest.json}, 64 lower-case hexadecimal digits
   */
  public record Earlier(String job, String name, String sha256) {}

  /**
   * Who asked, who receives, why and under which rule. The maps have what the job file has under
   * these heads, in its words and order.
   *
   * @param kind what the disclosure is for, such as {@code research} or {@code legal-process}
   * @param study id of the study, or of the request or document where it is for no research
   * @param title its title
   * @param studyFacts purpose, state, diseases and so on; what the request or document states
   * @param recipient organization or person that receives
   * @param recipientFacts id, address, country and so on
   * @param requestedBy who asked for the release
   * @param legalBasis in the words of the job file
   * @param target what the policy check proved
   * @param agreement the agreement's facts; empty when there is none
   * @param board the review board's facts; empty when there is none
   * @param attestation what a person answers for; empty when there is none
   * @param terms what the recipient may and may not do, one sentence each
   * @param approvals how many approvers must sign the manifest before it is published; 0 when none
   *     need to
   */
  public record Authority(
      String kind,
      String study,
      String title,
      Map<String, String> studyFacts,
      String recipient,
      Map<String, String> recipientFacts,
      String requestedBy,
      String legalBasis,
      String target,
      Map<String, String> agreement,
      Map<String, String> board,
      Map<String, String> attestation,
      List<String> terms,
      int approvals) {

    public Authority {
      studyFacts = ordered(studyFacts);
      recipientFacts = ordered(recipientFacts);
      agreement = ordered(agreement);
      board = ordered(board);
      attestation = ordered(attestation);
      terms = List.copyOf(terms);
    }

    /** Whether it is for a study; what it is for otherwise is a request or a document. */
    boolean isOfStudy() {
      return kind.equals("research");
    }

    /** What the manifest calls what is asked for. */
    String asked() {
      return isOfStudy() ? "study" : "request";
    }
  }

  /**
   * How consent was decided and what became of the subjects.
   *
   * @param policy settings of the decision: minors, majority, cohort and so on
   * @param decidedAt when it was decided: at the start, on resume, before publication
   * @param subjects persons, not rows: read, released, excluded by reason; where the table of
   *     persons is released, as many are released as it has rows
   * @param lines what became of the lines of consent; internal edition only
   */
  public record Consent(
      Map<String, String> policy, List<Instant> decidedAt, Tally subjects, Lines lines) {

    public Consent {
      policy = ordered(policy);
      decidedAt = List.copyOf(decidedAt);
    }
  }

  /**
   * What became of the lines of consent, every line once.
   *
   * @param read all lines
   * @param outcomes lines by outcome, in order; they add up to all lines
   * @param permitsFailed permits that failed a test, by the reason, in the order of the tests
   */
  public record Lines(long read, Map<String, Long> outcomes, Map<String, Long> permitsFailed) {

    public Lines {
      outcomes = Collections.unmodifiableMap(new LinkedHashMap<>(outcomes));
      permitsFailed = Collections.unmodifiableMap(new LinkedHashMap<>(permitsFailed));
      if (read != outcomes.values().stream().mapToLong(Long::longValue).sum()) {
        throw new IllegalArgumentException("lines of consent do not balance");
      }
    }
  }

  /**
   * A released table.
   *
   * @param name its name
   * @param description plain words for the recipient; may be empty
   * @param computed from what of the release it is computed, in words; empty for a table that is
   *     read
   * @param category consent category of its rows; empty for a computed table
   * @param timeless why no record date applies, for a table of persons
   * @param recordDates source columns whose dates are inside the consent's data window
   * @param key released columns that make a row unique; may be empty
   * @param references to other tables of this release
   * @param rows what became of its rows
   * @param columns every source column, released or not; one source column may be released twice
   * @param files its files
   */
  public record Table(
      String name,
      String description,
      Optional<String> computed,
      String category,
      Optional<String> timeless,
      List<String> recordDates,
      List<String> key,
      List<Reference> references,
      Tally rows,
      List<PlannedColumn> columns,
      List<DataFile> files) {

    public Table {
      recordDates = List.copyOf(recordDates);
      key = List.copyOf(key);
      references = List.copyOf(references);
      columns = List.copyOf(columns);
      files = List.copyOf(files);
      if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
        throw new IllegalArgumentException("a table's name is a word of letters, digits and . _ -");
      }
      if (files.isEmpty()) {
        throw new IllegalArgumentException("table " + name + " has no file");
      }
    }

    /** A table that is read. */
    public Table(
        String name,
        String description,
        String category,
        Optional<String> timeless,
        List<String> recordDates,
        List<String> key,
        List<Reference> references,
        Tally rows,
        List<PlannedColumn> columns,
        List<DataFile> files) {
      this(
          name,
          description,
          Optional.empty(),
          category,
          timeless,
          recordDates,
          key,
          references,
          rows,
          columns,
          files);
    }

    /** What the table is, in words; a computed one also from what it is computed. */
    String about() {
      return computed
          .map(rule -> description.isEmpty() ? rule : description + "; " + rule)
          .orElse(description);
    }

    /** The released columns with what was done to them, in order. */
    List<PlannedColumn> released() {
      return columns.stream().filter(column -> column.released().isPresent()).toList();
    }
  }

  /**
   * Rows of this table name rows of another.
   *
   * @param columns released columns here
   * @param table the other table
   * @param keys released columns there
   */
  public record Reference(List<String> columns, String table, List<String> keys) {

    public Reference {
      columns = List.copyOf(columns);
      keys = List.copyOf(keys);
    }
  }

  /**
   * The format of a data file.
   *
   * @param word for it, such as {@code csv}
   * @param mediaType of its files
   */
  public record Format(String word, String mediaType) implements Comparable<Format> {

    /** Comma-separated values. */
    public static final Format CSV = new Format("csv", "text/csv");

    /** Apache Parquet. */
    public static final Format PARQUET = new Format("parquet", "application/vnd.apache.parquet");

    @Override
    public int compareTo(Format other) {
      return word.compareTo(other.word);
    }
  }

  /**
   * A data file. One that is encrypted to the recipient has the name of what it contains and
   * {@value #AGE} behind it.
   *
   * @param path relative to the release folder, parts joined by {@code /}, below {@code data/}
   * @param format of its rows, once it is decrypted where it is encrypted
   * @param rows rows in it
   * @param bytes its size
   * @param sha256 64 lower-case hexadecimal digits
   */
  public record DataFile(String path, Format format, long rows, long bytes, String sha256) {

    public DataFile {
      if (!path.startsWith("data/") || !Checksums.isPlainPath(path)) {
        throw new IllegalArgumentException("a data file is below data/ and named in plain letters");
      }
      if (!sha256.matches("[0-9a-f]{64}")) {
        throw new IllegalArgumentException("a digest has 64 lower-case hexadecimal digits");
      }
    }

    /** What the name of an encrypted file ends with. */
    public static final String AGE = ".age";

    /** The format of an encrypted file, age-encryption.org/v1. */
    static final Format ENCRYPTED = new Format(AGE.substring(1), "application/age");

    boolean isEncrypted() {
      return path.endsWith(AGE);
    }

    /** The path of the file once it is decrypted. */
    String plainPath() {
      return isEncrypted() ? path.substring(0, path.length() - AGE.length()) : path;
    }
  }

  /**
   * What the release was made from, by digest.
   *
   * @param job SHA-256 of the job file
   * @param mapping name and version of the mapping
   * @param mappingSha256 SHA-256 of the mapping file
   * @param lists digests of lists and hierarchies used, by name
   * @param sources digests of source files, by name; internal edition only
   * @param keys public fingerprints of keys, by purpose
   */
  public record Inputs(
      String job,
      String mapping,
      String mappingSha256,
      Map<String, String> lists,
      Map<String, String> sources,
      Map<String, String> keys) {

    public Inputs {
      lists = ordered(lists);
      sources = ordered(sources);
      keys = ordered(keys);
    }
  }

  /** All data files, in the order of tables. */
  List<DataFile> files() {
    List<DataFile> files = new ArrayList<>();
    tables.forEach(table -> files.addAll(table.files()));
    return files;
  }

  /** Whether the data files are encrypted to the recipient. */
  boolean isEncrypted() {
    return files().stream().anyMatch(DataFile::isEncrypted);
  }

  /** Released cells that a spreadsheet runs as a formula, in all tables. */
  long formulaCells() {
    return tables.stream()
        .flatMap(table -> table.rows().formulas().values().stream())
        .mapToLong(Long::longValue)
        .sum();
  }

  private static Map<String, String> ordered(Map<String, String> facts) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(facts));
  }
}
