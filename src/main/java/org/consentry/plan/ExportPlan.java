package org.consentry.plan;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.consentry.config.DeriveRule.DerivedColumn;
import org.consentry.config.Job;
import org.consentry.config.Job.Approval;
import org.consentry.config.JobForm;
import org.consentry.config.LevelPlanFile;
import org.consentry.config.Mapping;
import org.consentry.config.ScanRule.OnFinding;
import org.consentry.config.TableRule;
import org.consentry.config.TableRule.KeyComparison;
import org.consentry.connector.Sink;
import org.consentry.consent.ConsentRequest;
import org.consentry.data.AcknowledgedWarning;
import org.consentry.data.HandledIdentifier;
import org.consentry.data.PlannedColumn;
import org.consentry.keys.KeyReference;
import org.consentry.policy.Authority;
import org.consentry.policy.LegalTarget;
import org.consentry.policy.Policies;
import org.consentry.policy.PolicyReport;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;

/**
 * Everything an export does, checked and bound before a row or a key is read. Immutable; safe for
 * any number of threads.
 *
 * @param form what the job file contains, as its kind has it
 * @param job the same in the words of the engine
 * @param mapping what the mapping file contains
 * @param jobFile where the job was read
 * @param mappingFile where the mapping was read
 * @param referenceDate what ages and buckets refer to
 * @param zone the clinic's time zone; empty when neither job nor caller names one
 * @param decide what deciding every subject needs
 * @param tables the released tables, parents before children
 * @param spans the tables that are computed from those
 * @param columns what becomes of every source column of the released tables, in the order of {@code
 *     tables} and of the mapping; columns without a rule last of their table; then the columns of
 *     computed tables
 * @param levels the levels of a plan file that are applied; empty when none are
 * @param consents where consent lines are read
 * @param sinks formats of part files, at least one
 * @param output absolute folder of releases
 * @param studyKey where the study's key is kept
 * @param signingKey where the signing key is kept
 * @param digests {@code sha256:...} of the files the plan was made of, by {@code job}, {@code
 *     mapping}, {@code riskPlan} and {@code list:NAME}
 * @param digest {@code sha256:...} over those, the reference date and the columns of every table
 * @param warnings what a person should know; none is an error
 * @param policy what the check of the legal target found
 * @param risk what an adversary may know; empty when the job has no rule for it
 * @param answered warnings about the job itself that a person answered
 * @param scan what the finished files are searched for; empty when the job has no rule for it
 */
public record ExportPlan(
    JobForm form,
    Job job,
    Mapping mapping,
    Path jobFile,
    Path mappingFile,
    LocalDate referenceDate,
    Optional<ZoneId> zone,
    DecidePlan decide,
    List<TableExtract> tables,
    List<SpanTable> spans,
    List<PlannedColumn> columns,
    Optional<LevelPlanFile> levels,
    ConsentOrigin consents,
    List<Sink> sinks,
    Path output,
    KeyReference studyKey,
    KeyReference signingKey,
    Map<String, String> digests,
    String digest,
    List<Problem> warnings,
    PolicyReport policy,
    Optional<RiskPlan> risk,
    List<AcknowledgedWarning> answered,
    Optional<ScanPlan> scan) {

  public ExportPlan {
    tables = List.copyOf(tables);
    spans = List.copyOf(spans);
    columns = List.copyOf(columns);
    sinks = List.copyOf(sinks);
    digests = Collections.unmodifiableMap(new TreeMap<>(digests));
    warnings = List.copyOf(warnings);
    answered = List.copyOf(answered);
    if (tables.isEmpty() || sinks.isEmpty()) {
      throw new IllegalArgumentException("a plan releases at least one table in one format");
    }
  }

  /** All tables of the release: those that are read, then those that are computed. */
  public List<ReleasedTable> released() {
    return Stream.<ReleasedTable>concat(tables.stream(), spans.stream()).toList();
  }

  /** How messages name the consent lines. */
  public String consentName() {
    return consents.name();
  }

  /** How each of the eighteen identifiers of Safe Harbor is handled, A to R. */
  public List<HandledIdentifier> identifiers() {
    return policy.identifiers();
  }

  /** The warnings of the checks before the run that a person answered. */
  public List<AcknowledgedWarning> acknowledged() {
    Stream<AcknowledgedWarning> ofPolicy =
        policy.acknowledged().stream()
            .map(
                answer ->
                    new AcknowledgedWarning(
                        answer.finding().code(),
                        answer.finding().message(),
                        answer.finding().citation(),
                        answer.reason(),
                        answer.until()));
    return Stream.concat(ofPolicy, answered.stream()).toList();
  }

  /** How many approvals a release needs at least, if the scan finds something in it. */
  public int approvals(Findings findings) {
    int required = job.approval().map(Approval::required).orElse(0);
    boolean asks =
        findings == Findings.OPEN
            && scan.filter(plan -> plan.rule().onFinding() == OnFinding.REVIEW).isPresent();
    return asks ? Math.max(1, required) : required;
  }

  /** Whether the scan of a release found something that no person acknowledged. */
  public enum Findings {
    NONE,
    OPEN
  }

  /**
   * Digest of what the job asks of levels.
   *
   * @return {@code sha256:...}
   * @throws java.util.NoSuchElementException when the job has no risk
   */
  public String riskDigest() {
    return LevelPlans.digest(job.risk().orElseThrow());
  }

  /** Names of the tables whose keys are compared like patient ids. */
  public Set<String> foldedTables() {
    return mapping.tables().entrySet().stream()
        .filter(table -> table.getValue().compareKeys().value() == KeyComparison.FOLDED)
        .map(Map.Entry::getKey)
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * What the agreements and approvals of the job lack on a day; empty when they allow a release.
   */
  public List<Problem> authority(LocalDate day) {
    return Authority.check(job, new Policies(List.of(policy.policy())), day);
  }

  /** Whether the reference date is too old for a release on that day. */
  public boolean isOutdated(LocalDate day) {
    return isOutdated(referenceDate, day);
  }

  /** The same of the reference date that a release of this job was made with. */
  public boolean isOutdated(LocalDate reference, LocalDate day) {
    return policy.policy().target().reference() == LegalTarget.Reference.YEAR_OF_RELEASE
        && reference.getYear() < day.getYear();
  }

  /**
   * The rule sets that label released rows, by name and version, with the digest of each.
   *
   * @throws org.consentry.problem.ProblemException of {@code FILES_INVALID} when two of the same
   *     name and version differ
   */
  public SortedMap<String, String> ruleSets() {
    SortedMap<String, String> found = new TreeMap<>();
    for (PlannedColumn column : columns) {
      RuleSetUse.of(column)
          .ifPresent(
              use -> {
                String other = found.put(use.name(), use.digest());
                if (other != null && !other.equals(use.digest())) {
                  throw use.differs(place(column), "another rules file of this job");
                }
              });
    }
    return Collections.unmodifiableSortedMap(found);
  }

  /** The rule of a derived column in the mapping. */
  private Place place(PlannedColumn column) {
    TableRule table = Objects.requireNonNull(mapping.tables().get(column.table()));
    return table.derive().stream()
        .flatMap(rule -> rule.release().stream())
        .filter(derived -> column.name().equals(Optional.of(derived.as().value())))
        .map(DerivedColumn::place)
        .findFirst()
        .orElse(table.place());
  }

  /**
   * Refuses a rule set that changed without a new version.
   *
   * @param released the digest under which the study released before by a rule set's name and
   *     version; empty when it never did
   * @throws org.consentry.problem.ProblemException of {@code FILES_INVALID} when the digest of a
   *     rule set is another
   */
  public void requireRules(Function<String, Optional<String>> released) {
    for (PlannedColumn column : columns) {
      RuleSetUse.of(column)
          .filter(
              use -> released.apply(use.name()).filter(d -> !d.equals(use.digest())).isPresent())
          .ifPresent(
              use -> {
                throw use.differs(place(column), "the study's last release with it");
              });
    }
  }

  /**
   * What is asked of every consent.
   *
   * @param now the moment of decision, local to the clinic
   */
  public ConsentRequest request(LocalDateTime now) {
    return request(now, Optional.empty());
  }

  /**
   * The same of people of a release, who are contacted for its study: a permit that is limited to
   * that study covers it.
   *
   * @param releaseStudy the study of the release; empty for no release
   */
  public ConsentRequest request(LocalDateTime now, Optional<String> releaseStudy) {
    return Requests.of(job, now, releaseStudy);
  }

  /**
   * The name in {@link #digests} of a file that a request rests on, such as its list of people.
   *
   * @param name of the file, or what it is
   */
  public static String ofRequest(String name) {
    return "list:request " + name;
  }

  /**
   * The lists, recode tables and hierarchies of the mapping, by name, with the digest of each. Rule
   * sets are none of them: they have versions of their own.
   */
  public SortedMap<String, String> mappingLists() {
    Set<String> rules = Set.copyOf(ruleSets().values());
    SortedMap<String, String> lists = new TreeMap<>();
    digests.forEach(
        (name, digest) -> {
          boolean isOfJob =
              name.startsWith("list:risk ")
                  || name.startsWith("list:consent profile ")
                  || name.startsWith(ofRequest(""));
          if (name.startsWith("list:") && !isOfJob && !rules.contains(digest)) {
            lists.put(name.substring("list:".length()), digest);
          }
        });
    return lists;
  }

  /** The name of the job. */
  public String jobName() {
    return job.name();
  }

  /** The id of the study. */
  public String studyId() {
    return job.study().id();
  }

  /** The file of the subjects table, as messages name it. */
  public String subjectsFile() {
    return decide.subjects().file();
  }

  /** The id of the recipient. */
  public String recipientId() {
    return job.recipient().id();
  }

  /** The purpose of use, a code of HL7 v3 PurposeOfUse. */
  public String purpose() {
    return job.study().purpose().value();
  }

  /** The name of the legal basis, as the ledger keeps it. */
  public String legalBasis() {
    return job.legalBasis().value().name();
  }

  /**
   * Digest of what is asked of every consent, without what may change while records are out: the
   * moment, the study's state, the board's and the steward's decisions and the agreement.
   *
   * @return {@code sha256:...}
   */
  public String requestDigest() {
    return Requests.digest(job);
  }
}
