package org.consentry.export;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.consentry.config.JobKind;
import org.consentry.ledger.Ledger;
import org.consentry.ledger.LedgerEntry;
import org.consentry.ledger.LedgerFact;
import org.consentry.ledger.Memberships;
import org.consentry.ledger.Staging;
import org.consentry.ledger.StateFolder;
import org.consentry.plan.ExportPlan;
import org.consentry.release.Disclosure;
import org.consentry.release.Publisher;

/**
 * What surrounds a run.
 *
 * @param run id of the run
 * @param operator who works on the run, as the operating system names the person
 * @param operators the persons who started or resumed the run, the first one first
 * @param replaces name of the job's earlier release that this run corrects, or empty
 * @param accepted what the operator accepts that the run would refuse
 * @param state the installation's state folder
 * @param staging where the release is made
 * @param ledger the record of disclosures
 * @param publisher publishes releases and writes the ledger
 * @param clock the only clock there is
 * @param zone the clinic's time zone, in which consent dates are meant
 * @param software name and version of this program
 * @param progress receives the progress of the run
 */
public record RunContext(
    String run,
    String operator,
    List<String> operators,
    Optional<String> replaces,
    Accepted accepted,
    StateFolder state,
    Staging staging,
    Ledger ledger,
    Publisher publisher,
    Supplier<Instant> clock,
    ZoneId zone,
    String software,
    Progress progress) {

  public RunContext {
    operators = List.copyOf(operators);
  }

  public LocalDateTime now() {
    return LocalDateTime.ofInstant(clock.get(), zone);
  }

  /** Fingerprint of the key under which the study released before; empty when it never did. */
  Optional<String> pinnedStudyKey(String study) {
    return ledger.lastPublished(study).flatMap(entry -> entry.fact(LedgerFact.STUDY_KEY));
  }

  /** How many releases of a study are out, published here or adopted, to any recipient. */
  long releases(String study) {
    return ledger.releases().filter(entry -> entry.study().equals(study)).count();
  }

  /**
   * How many of the releases are out that the figures of a release follow: those of its study, or
   * where it has a receipt, all of its legal basis.
   */
  public long releasesBefore(ExportPlan plan) {
    return plan.job().kind() == JobKind.RECONTACT
        ? memberships().published(plan.legalBasis()).size()
        : releases(plan.studyId());
  }

  /**
   * The study of the release whose codes name people; empty for a plan without such.
   *
   * @throws org.consentry.problem.ProblemException category FILES_INVALID when the release is not
   *     out, or is no release for research
   */
  public Optional<String> releaseStudy(ExportPlan plan) {
    return new ReleaseCodes(memberships()).study(plan);
  }

  /** Who is in the releases that are out. */
  public Memberships memberships() {
    return new Memberships(state, ledger);
  }

  /**
   * Digest of a rule set, by name and version, in the newest release of the study that used it,
   * published here or adopted; empty when none did. A release that was recalled counts too: its
   * recipient knows the labels that the rules gave.
   */
  Optional<String> pinnedRules(String study, String rules) {
    return ledger
        .releases()
        .filter(entry -> entry.study().equals(study))
        .flatMap(entry -> entry.fact(LedgerFact.RULES).stream().flatMap(String::lines))
        .filter(line -> line.substring(line.indexOf(' ') + 1).equals(rules))
        .map(line -> line.substring(0, line.indexOf(' ')))
        .reduce((older, newer) -> newer);
  }

  /** Rule sets, digests by name and version, as the fact {@link LedgerFact#RULES}. */
  public static String rules(Map<String, String> digests) {
    return digests.entrySet().stream()
        .map(one -> one.getValue() + " " + one.getKey())
        .collect(Collectors.joining("\n"));
  }

  /** The newest ledger entry, as manifests name it; empty when there is none. */
  public Optional<Disclosure.LedgerHead> ledgerHead() {
    return ledger.head().map(entry -> new Disclosure.LedgerHead(entry.number(), entry.hash()));
  }

  /**
   * The release of a study to a recipient that came before. A recipient's manifest contains nothing
   * of releases to others.
   */
  public Optional<Disclosure.Earlier> previous(String study, String recipient) {
    return ledger.lastPublished(study, recipient).map(RunContext::earlier);
  }

  /** The release of a job that this run corrects; empty when it corrects none. */
  public Optional<Disclosure.Earlier> replaced(String job) {
    return replaces.flatMap(name -> ledger.release(job, name)).map(RunContext::earlier);
  }

  private static Disclosure.Earlier earlier(LedgerEntry published) {
    return new Disclosure.Earlier(
        published.job(),
        published.fact(LedgerFact.RELEASE).orElse(""),
        published.fact(LedgerFact.MANIFEST_SHA256).orElse(""));
  }
}
