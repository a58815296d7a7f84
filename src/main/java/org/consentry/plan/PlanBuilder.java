package org.consentry.plan;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.consentry.config.Binder;
import org.consentry.config.CohortRule.CohortRecord;
import org.consentry.config.Job;
import org.consentry.config.Job.KeyText;
import org.consentry.config.Job.Zone;
import org.consentry.config.JobFile;
import org.consentry.config.JobKind;
import org.consentry.config.LevelPlanFile;
import org.consentry.config.Mapping;
import org.consentry.config.MappingFile;
import org.consentry.config.ScanRule;
import org.consentry.config.Suggestion;
import org.consentry.config.TableRule;
import org.consentry.config.WithPlace;
import org.consentry.connector.Sink;
import org.consentry.data.AcknowledgedWarning;
import org.consentry.data.Digest;
import org.consentry.data.Effect;
import org.consentry.data.ValueList;
import org.consentry.keys.KeyReference;
import org.consentry.policy.Acknowledgements;
import org.consentry.policy.Authority;
import org.consentry.policy.LegalTarget;
import org.consentry.policy.Policy;
import org.consentry.policy.PolicyInput;
import org.consentry.policy.PolicyInput.Necessity;
import org.consentry.policy.PolicyReport;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.consentry.problem.Problems;

/** One making of a plan: looks at everything, whatever was found before. Used once. */
final class PlanBuilder {

  private final Catalogue catalogue;
  private final Path jobFile;
  private final LocalDate today;
  private final LocalDate begun;
  private final Optional<ZoneId> fallback;
  private final LevelUse use;
  private final Problems problems = new Problems();
  private final List<Problem> authority = new ArrayList<>();
  private Map<Place, Effect> effects = Map.of();
  private Optional<Policy> target = Optional.empty();
  private Optional<ScanRule> scanOtherwise = Optional.empty();
  private Map<Place, ValueList> listings = Map.of();
  private Optional<MappedSource> source = Optional.empty();
  private Optional<ConsentOrigin> consents = Optional.empty();

  /** Otherwise what seems to be missing may be what could not be read. */
  private boolean jobIsReadWhole;

  PlanBuilder(
      Path jobFile,
      LocalDate today,
      LocalDate begun,
      Optional<ZoneId> fallback,
      LevelUse use,
      Catalogue catalogue) {
    this.catalogue = catalogue;
    this.use = use;
    this.fallback = fallback;
    this.jobFile = jobFile;
    this.today = today;
    this.begun = begun;
  }

  /** Searches by a rule where the job has none. */
  PlanBuilder orScan(ScanRule rule) {
    scanOtherwise = Optional.of(rule);
    return this;
  }

  /** Problems of files, warnings too. */
  List<Problem> problems() {
    return Binder.withoutFillers(problems.list());
  }

  /** Problems of agreements and approvals. */
  List<Problem> authority() {
    return Binder.withoutFillers(authority);
  }

  /**
   * The tables with their mapping, whatever else is wrong; empty when job, mapping or source cannot
   * be read.
   */
  Optional<MappedSource> source() {
    return source;
  }

  /** Where consent lines are read, whatever else is wrong; empty when they are not there. */
  Optional<ConsentOrigin> consents() {
    return consents;
  }

  /** The plan; empty when a file has an error. */
  Optional<ExportPlan> run() {
    return JobFile.readPartly(jobFile, Place.name(jobFile), problems).flatMap(this::plan);
  }

  private Optional<ExportPlan> plan(JobFile file) {
    Optional<MappingFile> mapping = mapping(file);
    if (!file.job().kind().isContactList()) {
      return plan(file, mapping);
    }
    return mapping
        .flatMap(read -> KindBinder.listed(file, read, problems))
        .flatMap(list -> plan(list.job(), Optional.of(list.mapping())));
  }

  private Optional<ExportPlan> plan(JobFile file, Optional<MappingFile> mapping) {
    Job job = file.job();
    jobIsReadWhole = !problems.hasErrors();
    authority.addAll(Authority.check(job, catalogue.policies(), today));
    target = target(job);
    Requests.check(job, problems);
    List<Sink> sinks = Outputs.sinks(catalogue.connectors(), job.output(), problems);
    Path output = Outputs.folder(file, problems);
    Handover.check(job.recipient(), problems);
    if (use == LevelUse.APPROVED) {
      Handover.checkFolders(job, output, problems);
    }
    Optional<KeyReference> study = key(job.keys().study(), file.folder());
    Optional<KeyReference> signing = key(job.keys().signing(), file.folder());
    SourceFormats formats =
        SourceFormats.of(mapping, catalogue.operators(), job, zone(job), problems);
    SourceHeads heads =
        SourceHeads.open(
            catalogue.connectors(), job.source(), jobFile.resolveSibling(""), formats, problems);
    consents = ConsentBinder.bind(job.consent(), jobFile, heads, zone(job), problems);
    consents
        .filter(origin -> job.kind().asksConsent())
        .ifPresent(origin -> ConsentExamples.check(origin, formats.consents(), problems));
    Optional<LevelPlanFile> levels = LevelPlans.read(file, use, problems);
    Optional<TablesPlan> tables = mapping.flatMap(read -> tables(job, read, levels, heads));
    tables.ifPresent(
        bound -> job.quality().ifPresent(of -> QualityNames.check(of, bound, problems)));
    target
        .filter(known -> jobIsReadWhole || job.risk().isPresent())
        .ifPresent(known -> RiskBinder.require(job, known.target(), problems));
    Lists files = new Lists(file.folder());
    Lists asked = new Lists(file.folder());
    Optional<PeopleAsked> people = PeopleFile.read(file.form(), asked, problems);
    Map<String, String> documents = KindBinder.documents(file.form(), asked, problems);
    KindBinder.past(file.form(), begun, problems);
    mapping.ifPresent(of -> KindBinder.check(file.form(), of.mapping(), problems));
    mapping.ifPresent(
        of -> people.ifPresent(named -> KindBinder.complete(named, of.mapping(), problems)));
    tables.ifPresent(of -> KindBinder.inScope(file.form(), of.columns(), problems));
    tables.ifPresent(of -> KindBinder.inDemand(file.form(), of.columns(), problems));
    Optional<ReleasedNames> names =
        mapping.map(MappingFile::mapping).map(of -> ReleasedNames.of(job, of));
    job.risk().ifPresent(rule -> names.ifPresent(of -> RiskBinder.check(rule, of, problems)));
    Optional<RiskPlan> risk =
        tables.flatMap(
            bound ->
                job.risk().map(rule -> RiskBinder.bind(rule, bound.tables(), files, problems)));
    levels.ifPresent(plan -> check(plan, file, mapping, tables.map(bound -> lists(bound, files))));
    JobAnswers answers = new JobAnswers(job, today, problems);
    List<AcknowledgedWarning> answered =
        target.map(known -> answers.warnings(known.target())).orElse(List.of());
    names.ifPresent(answers::findings);
    Optional<ScanPlan> scan =
        target.flatMap(
            known ->
                mapping.flatMap(
                    read ->
                        new ScanBinder(read.mapping(), effects, known.target())
                            .bind(job.scan().or(() -> scanOtherwise), heads)));
    Optional<PolicyReport> policy =
        target.flatMap(known -> mapping.map(read -> policy(job, known, read.mapping(), heads)));
    if (tables.isEmpty()
        || policy.isEmpty()
        || study.isEmpty()
        || signing.isEmpty()
        || problems.hasErrors()) {
      return Optional.empty();
    }
    Map<String, String> digests = digests(file, mapping.orElseThrow(), levels, tables.get(), files);
    asked.digests().forEach((name, digest) -> digests.put(ExportPlan.ofRequest(name), digest));
    documents.forEach((name, digest) -> digests.put(ExportPlan.ofRequest(name), digest));
    LocalDate reference = referenceDate(job);
    return Optional.of(
        new ExportPlan(
            file.form(),
            job,
            mapping.get().mapping(),
            file.path(),
            mapping.get().path(),
            reference,
            zone(job),
            tables.get().decide().asking(job.kind(), people),
            tables.get().tables(),
            tables.get().spans(),
            tables.get().columns(),
            levels,
            consents.orElseThrow(),
            sinks,
            output,
            study.get(),
            signing.get(),
            digests,
            digest(digests, reference, zone(job), tables.get()),
            problems.list(),
            policy.orElseThrow(),
            risk,
            answered,
            scan));
  }

  private Optional<Policy> target(Job job) {
    if (job.kind() == JobKind.RESEARCH) {
      Suggestion.check("target", job.target(), catalogue.policies().targets(), problems);
    }
    return catalogue.policies().named(job.target().value());
  }

  private PolicyReport policy(Job job, Policy policy, Mapping mapping, SourceHeads heads) {
    PolicyInput input =
        new PolicyInput(
            mapping,
            List.copyOf(ReleasedNames.tables(job, mapping, new Problems())),
            Necessity.of(job.legalBasis().value()),
            effects,
            listings);
    double tolerated = job.rejects().orElse(Job.Rejects.NONE).share();
    source = MappedSource.of(heads, policy, input, catalogue.policies(), today, tolerated);
    PolicyReport report =
        Acknowledgements.answer(policy.check(input), input, catalogue.policies(), today);
    problems.addAll(new UnreadRules(mapping, effects).without(report.problems()));
    return report;
  }

  /** A year that has passed would let out birth years of people who are over 89 by now. */
  private LocalDate referenceDate(Job job) {
    LocalDate date = job.referenceDate().map(WithPlace::value).orElse(begun);
    boolean ofTheYear =
        target
            .filter(known -> known.target().reference() == LegalTarget.Reference.YEAR_OF_RELEASE)
            .isPresent();
    if (ofTheYear && date.getYear() < today.getYear()) {
      problems.error(
          "REFERENCE_DATE_PAST",
          job.referenceDate().map(WithPlace::place).orElse(job.target().place()),
          "the reference date is in an earlier year than the release, so ages over 89 could be"
              + " disclosed (45 CFR 164.514(b)(2)(i)(C))",
          "leave referenceDate out, or name a date of this year; start a run of last year again");
    }
    return date;
  }

  private Optional<KeyReference> key(WithPlace<KeyText> key, Path folder) {
    return KeyReference.parse(key.value().text(), folder, key.place(), problems);
  }

  private Optional<MappingFile> mapping(JobFile file) {
    Path written = file.job().mapping().value();
    Path path = file.folder().resolve(written).normalize();
    if (!Files.exists(path)) {
      ConsentBinder.noFile("the mapping", file.job().mapping(), problems);
      return Optional.empty();
    }
    return MappingFile.read(path, Place.name(jobFile.resolveSibling(written)), problems);
  }

  private Optional<ZoneId> zone(Job job) {
    return job.zone().map(Zone::id).or(() -> fallback);
  }

  private void check(
      LevelPlanFile levels,
      JobFile job,
      Optional<MappingFile> mapping,
      Optional<SortedMap<String, String>> lists) {
    if (mapping.isPresent() && lists.isPresent()) {
      LevelPlans.requireSame(
          levels, job, "sha256:" + mapping.get().sha256(), lists.get(), problems);
    }
    if (use == LevelUse.APPROVED) {
      authority.addAll(LevelPlans.unapproved(levels, today));
    }
  }

  private Optional<TablesPlan> tables(
      Job job, MappingFile file, Optional<LevelPlanFile> levels, SourceHeads heads) {
    Mapping mapping = file.mapping();
    Set<String> released = ReleasedNames.tables(job, mapping, problems);
    Lists lists = new Lists(MappingOnly.folder(file.path()));
    SourceTime time =
        SourceTime.of(job, mapping, heads.formats().dates(), referenceDate(job), today, problems);
    ChosenLevels chosen =
        new ChosenLevels(levels.map(read -> read.plan().levels()).orElse(Map.of()), problems);
    RuleBinder operators =
        new RuleBinder(
            catalogue.operators(), mapping, heads.formats(), time, lists, chosen, problems);
    CodePrefixes.check(mapping, operators.effects(), problems);
    Optional<TablesPlan> plan =
        new TablesPlanner(
                mapping,
                released,
                ReleasedNames.spans(job, mapping),
                cohortTables(job, mapping),
                heads,
                time,
                problems)
            .plan(operators, lists, job.cohort());
    chosen.requireAllBound();
    effects = operators.effects();
    listings = operators.listings();
    return plan;
  }

  private static Map<String, TableRule> cohortTables(Job job, Mapping mapping) {
    Map<String, TableRule> tables = new LinkedHashMap<>();
    List<CohortRecord> records = new ArrayList<>();
    job.cohort().ifPresent(cohort -> records.addAll(cohort.any()));
    job.cohort().ifPresent(cohort -> records.addAll(cohort.all()));
    for (CohortRecord record : records) {
      TableRule rule = mapping.tables().get(record.table().value());
      if (rule != null) {
        tables.put(record.table().value(), rule);
      }
    }
    return tables;
  }

  private Map<String, String> digests(
      JobFile job,
      MappingFile mapping,
      Optional<LevelPlanFile> levels,
      TablesPlan tables,
      Lists files) {
    Map<String, String> digests = new LinkedHashMap<>();
    digests.put("job", "sha256:" + job.sha256());
    digests.put("mapping", "sha256:" + mapping.sha256());
    levels.ifPresent(plan -> digests.put("riskPlan", plan.sha256()));
    lists(tables, files).forEach((name, digest) -> digests.put("list:" + name, digest));
    consents
        .flatMap(ConsentOrigin::table)
        .ifPresent(
            table ->
                table
                    .definition()
                    .ifPresent(digest -> digests.put("list:" + table.name(), digest)));
    return digests;
  }

  /** Digests of the lists of the mapping, of the job's risk, and of what defines tables. */
  private static SortedMap<String, String> lists(TablesPlan tables, Lists files) {
    SortedMap<String, String> lists = new TreeMap<>(tables.lists());
    files.digests().forEach((name, digest) -> lists.put("risk " + name, digest));
    for (TableExtract table : tables.tables()) {
      table.source().definition().ifPresent(digest -> lists.put("view " + table.name(), digest));
    }
    return lists;
  }

  private static String digest(
      Map<String, String> digests,
      LocalDate referenceDate,
      Optional<ZoneId> zone,
      TablesPlan tables) {
    Digest digest = new Digest().add("consentry-plan-1").add(referenceDate.toString());
    digest.add(zone.map(ZoneId::getId).orElse(""));
    digests.forEach((name, value) -> digest.add(name).add(value));
    tables.heads().forEach((name, columns) -> digest.add(name).addAll(columns));
    return digest.text();
  }
}
