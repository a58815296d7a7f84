package org.consentry.export.seal;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.consentry.config.Mapping;
import org.consentry.config.TableRule;
import org.consentry.config.WithPlace;
import org.consentry.consent.ConsentFlow;
import org.consentry.data.Effect;
import org.consentry.data.EnumWord;
import org.consentry.data.Exclusion;
import org.consentry.data.FieldType;
import org.consentry.data.PlannedColumn;
import org.consentry.data.SourceCalendar;
import org.consentry.data.Tally;
import org.consentry.export.RunContext;
import org.consentry.export.RunKeys;
import org.consentry.export.decide.Decisions;
import org.consentry.ledger.Figures;
import org.consentry.plan.ExportPlan;
import org.consentry.plan.ReleasedTable;
import org.consentry.plan.TableExtract;
import org.consentry.release.Disclosure;
import org.consentry.release.Reply;

/** Tells a run as a disclosure: the words of job, mapping and plan, and the counts of the run. */
public final class DisclosureBuilder {

  /** Why the own row of a permitted person stays. */
  private static final List<Exclusion> OWN_ROW_STAYS =
      List.of(
          Exclusion.CATEGORY,
          Exclusion.RECORD_DATE,
          Exclusion.DENIED_CATEGORY,
          Exclusion.RECORD_NOT_ASKED);

  private final ExportPlan plan;
  private final Decisions decided;
  private final RunContext context;
  private final Map<String, TableOutcome> outcomes;

  DisclosureBuilder(
      ExportPlan plan, Decisions decided, RunContext context, Map<String, TableOutcome> outcomes) {
    this.plan = plan;
    this.decided = decided;
    this.context = context;
    this.outcomes = outcomes;
  }

  Disclosure build(
      String release,
      LocalDateTime decidedAt,
      RunKeys keys,
      Measurements measured,
      Optional<Reply> reply,
      BiFunction<Tally, List<Disclosure.Table>, Figures> figures) {
    Tally subjects = subjects();
    List<Disclosure.Table> tables =
        new ArrayList<>(plan.tables().stream().map(this::table).toList());
    plan.spans().forEach(table -> tables.add(new ComputedTable(plan, table).in(outcome(table))));
    return new Disclosure(
        new Disclosure.Release(
            plan.job().name(),
            release,
            context.run(),
            context.clock().get(),
            plan.decide().births().calendar().reference(plan.referenceDate()),
            context.ledgerHead(),
            context.previous(plan.job().study().id(), plan.job().recipient().id()),
            context.replaced(plan.job().name())),
        new AuthorityPart(plan, decided.moratorium()).of(plan.approvals(measured.findings())),
        new Disclosure.Consent(
            policy(),
            List.of(decidedAt.atZone(context.zone()).toInstant()),
            subjects,
            lines(decided.flow())),
        tables,
        figures.apply(subjects, tables),
        plan.identifiers(),
        inputs(keys),
        software(measured.engine()),
        plan.acknowledged(),
        PolicyPart.openWarnings(plan),
        PolicyPart.formulas(plan),
        measured.risk(),
        measured.scan(),
        reply);
  }

  /**
   * Persons. One whose own row stays is out, so that persons released are as many as rows of their
   * table: the difference of the two would give away how many stay, however few. No own row is
   * rejected: such a run is refused before this.
   */
  private Tally subjects() {
    Map<Exclusion, Long> excluded = new EnumMap<>(Exclusion.class);
    excluded.putAll(decided.excluded());
    plan.tables().stream()
        .filter(TableExtract::isSubjects)
        .map(table -> outcome(table).tally().excluded())
        .forEach(
            own ->
                OWN_ROW_STAYS.forEach(
                    reason -> excluded.merge(reason, own.getOrDefault(reason, 0L), Long::sum)));
    long out = excluded.values().stream().mapToLong(Long::longValue).sum();
    long read = decided.index().size();
    return new Tally(read, read - out, excluded, Map.of(), Map.of(), Map.of());
  }

  private static Disclosure.Lines lines(ConsentFlow flow) {
    Map<String, Long> outcomes = new LinkedHashMap<>();
    flow.outcomes().forEach((outcome, count) -> outcomes.put(outcome.name(), count));
    Map<String, Long> failed = new LinkedHashMap<>();
    flow.failedPermits().forEach((reason, count) -> failed.put(reason.name(), count));
    return new Disclosure.Lines(flow.lines(), outcomes, failed);
  }

  private Map<String, String> policy() {
    Map<String, String> facts = new LinkedHashMap<>();
    if (!plan.decide().asksConsent()) {
      facts.put("zone", context.zone().getId());
      facts.put("notAsked", "the law or a court demands the records, 45 CFR 164.512");
      return facts;
    }
    facts.put("default", "deny");
    facts.put("zone", context.zone().getId());
    facts.put("minors", EnumWord.of(plan.job().consent().minors()));
    Map<String, Integer> ages = new TreeMap<>(plan.job().consent().ages());
    ages.forEach((where, age) -> facts.put("majority " + where, age.toString()));
    facts.put("assentAge", Integer.toString(plan.job().consent().assentAge()));
    facts.put("births", plan.decide().births().form().word());
    plan.job()
        .consent()
        .adultsOnly()
        .filter(statement -> plan.decide().births().adultsOnly().isPresent())
        .ifPresent(
            statement -> {
              facts.put("adultsOnly", statement.text());
              facts.put("adultsOnlyBy", statement.by());
              facts.put("adultsOnlyOn", statement.on().value().toString());
            });
    SourceCalendar calendar = plan.decide().births().calendar();
    facts.put("datesFrom", LocalDate.ofEpochDay(calendar.days().first()).toString());
    facts.put("datesTo", LocalDate.ofEpochDay(calendar.days().last()).toString());
    facts.put("calendar", EnumWord.of(calendar.kind()));
    plan.job().consent().stewardDecision().ifPresent(id -> facts.put("stewardDecision", id));
    facts.put("cohort", plan.decide().cohort().isPresent() ? "as the job defines" : "everyone");
    return facts;
  }

  private Disclosure.Table table(TableExtract table) {
    TableOutcome outcome = outcome(table);
    TableRule rule = rule(table.name());
    return new Disclosure.Table(
        table.name(),
        rule.description().orElse(""),
        table.category().name(),
        rule.timeless().map(WithPlace::value),
        rule.recordDate().stream().map(WithPlace::value).toList(),
        outcome.keyIsUnique() ? releasedKey(plan, table.name()) : List.of(),
        references(table, rule),
        outcome.tally(),
        columns(table),
        outcome.files().stream().map(DisclosureBuilder::file).toList());
  }

  private static List<String> names(List<WithPlace<String>> columns) {
    return columns.stream().map(WithPlace::value).toList();
  }

  private TableOutcome outcome(ReleasedTable table) {
    return Optional.ofNullable(outcomes.get(table.name())).orElseThrow();
  }

  private TableRule rule(String table) {
    return Optional.ofNullable(plan.mapping().tables().get(table)).orElseThrow();
  }

  /** The released columns made of a source column. */
  private List<PlannedColumn> releasedOf(String table, String source) {
    return releasedOf(plan, table, source);
  }

  private static List<PlannedColumn> releasedOf(ExportPlan plan, String table, String source) {
    return plan.columns().stream()
        .filter(column -> column.table().equals(table) && column.isOf(source))
        .filter(column -> column.name().isPresent())
        .toList();
  }

  /**
   * The released names of the columns of a table's declared key; empty when one of them is not
   * released in a way that keeps keys apart.
   */
  public static List<String> releasedKey(ExportPlan plan, String table) {
    List<String> names = new ArrayList<>();
    List<WithPlace<String>> key =
        Optional.ofNullable(plan.mapping().tables().get(table)).orElseThrow().key();
    for (WithPlace<String> source : key) {
      releasedOf(plan, table, source.value()).stream()
          .filter(DisclosureBuilder::keepsApart)
          .findFirst()
          .flatMap(PlannedColumn::name)
          .ifPresent(names::add);
    }
    return names.size() == key.size() ? names : List.of();
  }

  private List<Disclosure.Reference> references(TableExtract table, TableRule rule) {
    List<Disclosure.Reference> references = new ArrayList<>();
    plan.tables().stream()
        .filter(other -> other.isSubjects() && !table.isSubjects())
        .forEach(
            subjects -> add(references, table.name(), rule.subject().value(), subjects.name()));
    rule.references()
        .forEach(
            (column, reference) -> {
              if (outcomes.containsKey(reference.value().table())) {
                add(references, table.name(), column, reference.value().table());
              }
            });
    return references.stream().distinct().toList();
  }

  private void add(
      List<Disclosure.Reference> references, String table, String column, String other) {
    List<String> key = names(rule(other).key());
    TableOutcome parent = Optional.ofNullable(outcomes.get(other)).orElseThrow();
    if (key.size() != 1 || !parent.keyIsUnique()) {
      return;
    }
    releasedOf(other, key.get(0)).stream()
        .filter(DisclosureBuilder::keepsApart)
        .findFirst()
        .ifPresent(
            there ->
                releasedOf(table, column).stream()
                    .filter(there::joins)
                    .findFirst()
                    .ifPresent(here -> references.add(reference(here, other, there))));
  }

  private static Disclosure.Reference reference(
      PlannedColumn here, String other, PlannedColumn there) {
    return new Disclosure.Reference(
        List.of(here.name().orElseThrow()), other, List.of(there.name().orElseThrow()));
  }

  /** Whether different values of the source are released as different values. */
  private static boolean keepsApart(PlannedColumn column) {
    boolean isText = column.type().filter(FieldType::isBytes).isPresent();
    return column.effect() instanceof Effect.Code
        || (column.effect() instanceof Effect.TrueValue && isText);
  }

  private List<PlannedColumn> columns(TableExtract table) {
    return plan.columns().stream().filter(column -> column.table().equals(table.name())).toList();
  }

  static Disclosure.DataFile file(TableOutcome.PartInRelease file) {
    return new Disclosure.DataFile(
        file.name(),
        new Disclosure.Format(file.sink().format(), file.sink().mediaType()),
        file.part().rows(),
        file.part().bytes(),
        file.part().sha256());
  }

  private Disclosure.Inputs inputs(RunKeys keys) {
    Mapping mapping = plan.mapping();
    Map<String, String> lists = new TreeMap<>();
    plan.digests().entrySet().stream()
        .filter(entry -> entry.getKey().startsWith("list:"))
        .forEach(entry -> lists.put(entry.getKey().substring(5), bare(entry.getValue())));
    return new Disclosure.Inputs(
        bare(plan.digests().getOrDefault("job", "")),
        mapping.name() + " version " + mapping.version(),
        bare(plan.digests().getOrDefault("mapping", "")),
        lists,
        Map.of("consent lines", bare(decided.reading().sha256())),
        new TreeMap<>(
            Map.of(
                "study key", keys.studyFingerprint(),
                "signing key", keys.signing().publicKey().fingerprint())));
  }

  private static String bare(String digest) {
    return digest.startsWith("sha256:") ? digest.substring(7) : digest;
  }

  private Map<String, String> software(String engine) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("name", context.software());
    facts.put("java", System.getProperty("java.vm.version", "unknown"));
    facts.put("system", System.getProperty("os.name", "unknown"));
    facts.put("engine", engine);
    return facts;
  }
}
