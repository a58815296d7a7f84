package org.consentry.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.consentry.config.Job;
import org.consentry.config.Job.LegalBasis;
import org.consentry.config.JobFile;
import org.consentry.config.JobFileTest;
import org.consentry.config.JobKind;
import org.consentry.config.Mapping;
import org.consentry.config.MappingFile;
import org.consentry.config.OutputRule.Role;
import org.consentry.config.Study;
import org.consentry.config.WithPlace;
import org.consentry.consent.PurposeOfUse;
import org.consentry.data.EnumWord;
import org.consentry.operator.Operators;
import org.consentry.policy.Authority;
import org.consentry.policy.Policies;
import org.consentry.policy.PolicyInput;
import org.consentry.problem.Problem;
import org.consentry.problem.Problems;
import org.consentry.problem.Severity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every combination of kind, purpose, legal basis, target and column role: what is not listed here
 * is refused. In particular no kind can make a research release, and no job of research can use
 * what another kind may do.
 */
final class KindsTest {

  private static final LocalDate DAY = LocalDate.of(2026, 11, 23);

  private static final Set<Role> ALL = EnumSet.allOf(Role.class);

  /** What may leave as it is; dates, places and keys of these roles have rules of their own. */
  private static final Set<Role> NEITHER_NAMES_NOR_TEXT =
      EnumSet.of(Role.QUASI_IDENTIFIER, Role.SENSITIVE, Role.NON_SENSITIVE);

  private static final Set<Role> NEITHER_NAMES_NOR_TEXT_NOR_TABLE_KEYS =
      EnumSet.of(Role.QUASI_IDENTIFIER, Role.SENSITIVE, Role.LINKAGE_KEY, Role.NON_SENSITIVE);

  /** One line of what is allowed. */
  private record Line(JobKind kind, Set<LegalBasis> bases, String target, Set<Role> roles) {}

  private static final List<Line> LINES =
      List.of(
          new Line(
              JobKind.RESEARCH,
              Set.of(LegalBasis.AUTHORIZATION, LegalBasis.WAIVER, LegalBasis.DE_IDENTIFIED),
              "safe-harbor",
              NEITHER_NAMES_NOR_TEXT),
          new Line(
              JobKind.RESEARCH,
              Set.of(LegalBasis.AUTHORIZATION, LegalBasis.WAIVER, LegalBasis.LIMITED_DATA_SET),
              "limited-data-set",
              NEITHER_NAMES_NOR_TEXT_NOR_TABLE_KEYS),
          new Line(
              JobKind.RESEARCH,
              Set.of(LegalBasis.AUTHORIZATION, LegalBasis.WAIVER, LegalBasis.DE_IDENTIFIED),
              "expert-determination",
              NEITHER_NAMES_NOR_TEXT),
          new Line(
              JobKind.RESEARCH,
              Set.of(LegalBasis.GDPR_CONSENT),
              "gdpr-pseudonymised",
              NEITHER_NAMES_NOR_TEXT),
          new Line(JobKind.INSURER_RESPONSE, Set.of(LegalBasis.PAYMENT), "identified", ALL),
          new Line(JobKind.LEGAL_PROCESS, Set.of(LegalBasis.REQUIRED_BY_LAW), "identified", ALL),
          new Line(
              JobKind.MAILING,
              Set.of(LegalBasis.MARKETING_AUTHORIZATION),
              "contact-list",
              EnumSet.of(Role.DIRECT_IDENTIFIER)),
          new Line(
              JobKind.RECONTACT,
              Set.of(LegalBasis.RECONTACT_AUTHORIZATION),
              "contact-list",
              EnumSet.of(Role.DIRECT_IDENTIFIER)));

  private static final Map<JobKind, Set<String>> PURPOSES =
      Map.of(
          JobKind.INSURER_RESPONSE,
          Set.of(
              "HPAYMT",
              "CLMATTCH",
              "COVAUTH",
              "COVERAGE",
              "ELIGDTRM",
              "ELIGVER",
              "ENROLLM",
              "MILDCRG",
              "PMTDS",
              "REMITADV"),
          JobKind.LEGAL_PROCESS,
          Set.of("HLEGAL"),
          JobKind.MAILING,
          Set.of("HMARKT"),
          JobKind.RECONTACT,
          Set.of("RECONTACT"));

  private static final Set<String> OF_KIND = Set.of("BASIS_OF_KIND", "BASIS_TARGET");

  @TempDir Path folder;

  private Job research() throws IOException {
    Problems problems = new Problems();
    Path file = Files.writeString(folder.resolve("job.yaml"), JobFileTest.EYELID);
    Optional<JobFile> read = JobFile.read(file, "job.yaml", problems);
    assertThat(problems.list()).isEmpty();
    return read.orElseThrow().job();
  }

  @Test
  void whatIsNotListedIsRefused() throws IOException {
    Job research = research();
    Map<String, Set<Role>> roles = new HashMap<>();
    List<String> targets =
        Policies.SHIPPED.all().stream().map(policy -> policy.target().word()).toList();
    for (String target : targets) {
      roles.put(target, roles(target));
    }
    List<String> wrong = new ArrayList<>();
    int combinations = 0;
    for (JobKind kind : JobKind.values()) {
      for (String purpose : PurposeOfUse.bundled().codes()) {
        for (LegalBasis basis : LegalBasis.values()) {
          for (String target : targets) {
            boolean allowed = isAllowed(job(research, kind, purpose, basis, target));
            for (Role role : Role.values()) {
              combinations++;
              boolean is = allowed && roles.getOrDefault(target, Set.of()).contains(role);
              if (is != isListed(kind, purpose, basis, target, role)) {
                wrong.add(kind + " " + purpose + " " + basis + " " + target + " " + role);
              }
            }
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(combinations).isGreaterThan(50_000);
  }

  private static boolean isListed(
      JobKind kind, String purpose, LegalBasis basis, String target, Role role) {
    Set<String> others = new TreeSet<>();
    PURPOSES.values().forEach(others::addAll);
    boolean ofKind =
        kind == JobKind.RESEARCH
            ? !others.contains(purpose)
            : PURPOSES.getOrDefault(kind, Set.of()).contains(purpose);
    return ofKind
        && LINES.stream()
            .anyMatch(
                line ->
                    line.kind() == kind
                        && line.bases().contains(basis)
                        && line.target().equals(target)
                        && line.roles().contains(role));
  }

  private static boolean isAllowed(Job job) {
    Problems problems = new Problems();
    Requests.check(job, problems);
    boolean purpose =
        problems.list().stream().noneMatch(one -> one.code().equals("PURPOSE_OF_KIND"));
    return purpose
        && Authority.check(job, Policies.SHIPPED, DAY).stream()
            .map(Problem::code)
            .noneMatch(OF_KIND::contains);
  }

  /** The roles of which a target lets a column leave as it is. */
  private Set<Role> roles(String target) throws IOException {
    Set<Role> kept = EnumSet.noneOf(Role.class);
    for (Role role : Role.values()) {
      PolicyInput input = input(role);
      boolean refused =
          Policies.SHIPPED.named(target).orElseThrow().check(input).problems().stream()
              .anyMatch(problem -> problem.severity() == Severity.ERROR);
      if (!refused) {
        kept.add(role);
      }
    }
    return kept;
  }

  private PolicyInput input(Role role) throws IOException {
    String text =
        """
            mapping: spec
            version: 1
            subjects: {table: patients, key: mrn}
            tables:
              patients:
                subject: mrn
                key: [mrn]
                category: DEMOGRAPHIC
                timeless: one row a person
                columns:
                  mrn: {role: linkage-key, do: drop}
                  thing: {role: %s, do: keep, type: code, why: for this test}
            """
            .formatted(EnumWord.of(role));
    Path file = Files.writeString(folder.resolve("mapping.yaml"), text);
    Mapping mapping =
        MappingFile.read(file, "mapping.yaml", new Problems()).orElseThrow().mapping();
    return new PolicyInput(
        mapping,
        List.of(),
        PolicyInput.Necessity.REASON_FOR_EVERY_COLUMN,
        Operators.SHIPPED.effects(mapping),
        Map.of());
  }

  private static Job job(Job job, JobKind kind, String purpose, LegalBasis basis, String target) {
    Study of = job.study();
    Study study =
        new Study(
            of.place(),
            of.id(),
            of.title(),
            new WithPlace<>(purpose, of.purpose().place()),
            of.state(),
            of.diseases(),
            of.methodsResearch(),
            of.board(),
            of.description(),
            of.sponsor());
    return new Job(
        job.name(),
        kind,
        study,
        job.recipient(),
        job.requestedBy(),
        new WithPlace<>(basis, job.legalBasis().place()),
        new WithPlace<>(target, job.target().place()),
        job.attestation(),
        job.agreement(),
        job.referenceDate(),
        job.zone(),
        job.source(),
        job.consent(),
        job.cohort(),
        job.mapping(),
        job.tables(),
        job.rejects(),
        job.quality(),
        job.risk(),
        job.scan(),
        job.approval(),
        job.schedule(),
        job.skipUnchanged(),
        job.acknowledge(),
        job.output(),
        job.keys());
  }
}
