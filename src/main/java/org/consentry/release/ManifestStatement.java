package org.consentry.release;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.consentry.data.Absence;
import org.consentry.data.EnumWord;
import org.consentry.data.ExclusionGroup;
import org.consentry.data.FieldType;
import org.consentry.data.HandledIdentifier;
import org.consentry.data.HandledIdentifier.HandledColumn;
import org.consentry.data.PlannedColumn;
import org.consentry.data.PlannedColumn.Released;
import org.consentry.data.RecordCategory;
import org.consentry.data.SmallCounts;
import org.consentry.data.Tally;
import org.consentry.ledger.Figure;
import org.consentry.release.Disclosure.DataFile;
import org.consentry.release.Disclosure.Table;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The manifest: an in-toto Statement v1 (in-toto attestation framework) whose subjects are files of
 * the release by SHA-256 and whose predicate is the disclosure.
 */
final class ManifestStatement {

  static final String TYPE = "https://in-toto.io/Statement/v1";
  static final String PREDICATE = "https://consentry.org/attestation/disclosure/v1";
  static final int SCHEMA_VERSION = 1;

  /** The member of a data file that is encrypted. */
  static final String ENCRYPTION = "encryption";

  private static final String NOT_COUNTABLE =
      "not in this edition: not all tables have the same code of the patient, so that the groups"
          + " cannot be counted in the data; the clinic has them";

  private final Disclosure disclosure;
  private final Edition edition;

  private ManifestStatement(Disclosure disclosure, Edition edition) {
    this.disclosure = disclosure;
    this.edition = edition;
  }

  /**
   * Makes the statement.
   *
   * @param subjects digests of the files it speaks of, by path
   */
  static ObjectNode of(Disclosure disclosure, Edition edition, SortedMap<String, String> subjects) {
    ObjectNode statement = Json.object();
    statement.put("_type", TYPE);
    ArrayNode list = statement.putArray("subject");
    subjects.forEach(
        (path, digest) -> {
          ObjectNode subject = list.addObject().put("name", path);
          subject.putObject("digest").put("sha256", digest);
        });
    statement.put("predicateType", PREDICATE);
    new ManifestStatement(disclosure, edition).predicate(statement.putObject("predicate"));
    return statement;
  }

  private void predicate(ObjectNode node) {
    node.put("schemaVersion", SCHEMA_VERSION);
    node.put("edition", edition.word());
    node.put("status", "RELEASED");
    release(node.putObject("release"));
    authority(node.putObject("authority"));
    consent(node.putObject("consent"));
    if (edition == Edition.RECIPIENT && disclosure.figures().areStated()) {
      ObjectNode figures = node.putObject("figures");
      figures.put("released", "exact, as it can be counted in the data");
      figures.put("excluded", "rounded to the nearest 10");
      figures.put(SmallCounts.FEW, "fewer than 11 people are behind the count, or none");
      figures.put(
          Figure.Key.READ,
          "released and excludedTotal, added up; " + SmallCounts.FEW + " adds nothing");
      figures.put(
          "countedOn",
          "the day of the count; it is repeated in later releases of the study until 11 people"
              + " moved");
    }
    ArrayNode tables = node.putArray("tables");
    disclosure.tables().forEach(table -> table(tables.addObject(), table));
    ArrayNode identifiers = node.putArray("identifiers");
    disclosure.identifiers().forEach(each -> identifier(identifiers.addObject(), each));
    reasons(node.putObject("reasons"));
    inputs(node.putObject("inputs"));
    ArrayNode acknowledged = node.putArray("acknowledged");
    disclosure
        .acknowledged()
        .forEach(
            answer ->
                acknowledged
                    .addObject()
                    .put("code", answer.code())
                    .put("warning", answer.warning())
                    .put("citation", answer.citation())
                    .put("reason", answer.reason())
                    .put("until", answer.until().toString()));
    ArrayNode warnings = node.putArray("warnings");
    disclosure
        .warnings()
        .forEach(
            open ->
                warnings
                    .addObject()
                    .put("code", open.code())
                    .put("warning", open.warning())
                    .put("remedy", open.remedy()));
    node.putObject("spreadsheets")
        .put("formulas", disclosure.formulas().word())
        .put("formulaCells", disclosure.formulaCells());
    disclosure
        .risk()
        .ifPresentOrElse(
            measured -> risk(node.putObject("risk"), measured),
            () -> node.put("risk", "not measured"));
    node.put("scan", disclosure.scan().map(ScanReport::result).orElse(ScanReport.NOT_REQUESTED));
    disclosure.scan().ifPresent(scan -> scan.write(node.putObject("scanned"), edition));
    Json.putAll(node.putObject("software"), disclosure.software());
  }

  /** The study or the request of a manifest, from its member {@code authority}. */
  static JsonNode asked(JsonNode authority) {
    return authority.has("study") ? authority.path("study") : authority.path("request");
  }

  private void risk(ObjectNode node, Disclosure.Risk risk) {
    Disclosure.Groups groups = risk.groups();
    node.put("adversary", risk.adversary());
    risk.identity().forEach(node.putArray("knownOfAnyone")::add);
    risk.events().forEach(node.putArray("knownOfEvents")::add);
    node.put("unit", "subject");
    node.put("k", groups.k());
    node.put("onViolation", groups.onViolation());
    node.put("missingValues", "a missing value is a value of its own");
    risk.plan().ifPresent(plan -> levels(node.putObject("plan"), plan));
    if (!risk.leftOut().isEmpty()) {
      leftOut(node.putArray("leftOut"), risk.leftOut());
    }
    if (edition == Edition.RECIPIENT && !risk.countable()) {
      node.put("groups", NOT_COUNTABLE);
      return;
    }
    risk.plan().ifPresent(plan -> node.put("smallestGroupWhenApproved", plan.smallestGroup()));
    node.put("smallestGroup", groups.smallest());
    node.put("subjects", groups.subjects());
    node.put("subjectsAlone", groups.uniques());
    node.put("subjectsBelowK", groups.below());
    node.put("highestRisk", groups.subjects() == 0 ? 0 : rounded(1.0 / groups.smallest()));
    node.put("averageRisk", rounded(groups.averageRisk()));
    if (risk.bounded() > 0) {
      node.put("subjectsWithEventsNotPaired", risk.bounded());
    }
    ObjectNode bands = node.putObject("subjectsBySizeOfGroup");
    groups.bands().forEach(bands::put);
    risk.lenient().ifPresent(lenient -> lenient(node.putObject("missingValuesMayBeAny"), lenient));
    risk.population().ifPresent(of -> population(node.putObject("population"), of));
    if (!risk.sensitive().isEmpty()) {
      sensitive(node.putArray("sensitive"), risk.sensitive());
    }
  }

  /** By identity columns alone; a missing value of the table of persons may be any. */
  private static void lenient(ObjectNode node, Disclosure.Groups groups) {
    node.put("smallestGroup", groups.smallest());
    node.put("subjectsAlone", groups.uniques());
    node.put("subjectsBelowK", groups.below());
    node.put("averageRisk", rounded(groups.averageRisk()));
  }

  private static void population(ObjectNode node, Disclosure.Population population) {
    population.region().ifPresent(region -> node.put("region", region));
    node.put("size", population.size());
    node.put("sampleUniques", rounded(population.sampleUniques()));
    ObjectNode uniques = node.putObject("populationUniques");
    population
        .uniques()
        .forEach(
            (model, share) -> {
              if (share.isPresent()) {
                uniques.put(model, rounded(share.getAsDouble()));
              } else {
                uniques.put(model, "does not fit");
              }
            });
    population
        .known()
        .ifPresent(
            known ->
                node.put("highestJournalistRisk", rounded(known.journalist()))
                    .put("marketerRisk", rounded(known.marketer()))
                    .put("lowestPresence", rounded(known.lowestPresence()))
                    .put("highestPresence", rounded(known.highestPresence())));
  }

  private static void sensitive(ArrayNode node, List<Disclosure.Sensitive> columns) {
    for (Disclosure.Sensitive column : columns) {
      ObjectNode one = node.addObject();
      one.put("column", column.column()).put("measure", column.measure());
      if (Double.isInfinite(column.worst())) {
        one.put("worstGroup", "too few values");
      } else {
        one.put("worstGroup", rounded(column.worst()));
      }
      one.put("subjectsExposed", column.exposed());
    }
  }

  /**
   * The recipient counts who stays in the data, and sees masked how many do not. Beside encrypted
   * data nothing has a value of a column.
   */
  private void leftOut(ArrayNode node, List<Disclosure.LeftOut> values) {
    boolean isClosed = edition == Edition.RECIPIENT && disclosure.isEncrypted();
    for (Disclosure.LeftOut value :
        values.stream().filter(one -> !isClosed || one.value().isEmpty()).toList()) {
      ObjectNode one = node.addObject();
      one.put("column", value.column()).put("value", value.value());
      if (edition == Edition.INTERNAL) {
        one.put("percentBefore", value.before()).put("percentAfter", value.after());
        one.put("peopleLeftOut", value.people().cardinality());
      } else {
        Figure figure = disclosure.figures().of(value.figure().table(), value.figure().what());
        put(one, "peopleLeftOut", figure);
        one.put("countedOn", figure.countedOn().toString());
      }
    }
  }

  private static void levels(ObjectNode node, Disclosure.Levels plan) {
    node.put("sha256", plan.sha256());
    node.put("approvedBy", plan.approvedBy());
    node.put("approvedOn", plan.approvedOn());
    Json.putAll(node.putObject("levels"), plan.levels());
  }

  /** Six digits after the point, more than the data supports. */
  private static double rounded(double share) {
    return Math.rint(share * 1e6) / 1e6;
  }

  private void release(ObjectNode node) {
    Disclosure.Release release = disclosure.release();
    node.put("job", release.job());
    node.put("name", release.name());
    node.put("run", release.run());
    node.put("createdAt", release.createdAt().toString());
    node.put("referenceDate", release.referenceDate().toString());
    release
        .ledgerHead()
        .ifPresent(
            head ->
                node.putObject("ledgerHead")
                    .put("entry", head.entry())
                    .put("sha256", head.sha256()));
    release.previous().ifPresent(earlier -> earlier(node.putObject("previous"), earlier));
    release.replaces().ifPresent(earlier -> earlier(node.putObject("replaces"), earlier));
  }

  private static void earlier(ObjectNode node, Disclosure.Earlier earlier) {
    node.put("job", earlier.job()).put("name", earlier.name()).put("sha256", earlier.sha256());
  }

  private void authority(ObjectNode node) {
    Disclosure.Authority authority = disclosure.authority();
    if (!authority.isOfStudy()) {
      node.put("kind", authority.kind());
    }
    ObjectNode study = node.putObject(authority.asked());
    study.put("id", authority.study()).put("title", authority.title());
    Json.putAll(study, authority.studyFacts());
    ObjectNode recipient = node.putObject("recipient");
    recipient.put("organization", authority.recipient());
    Json.putAll(recipient, authority.recipientFacts());
    node.put("requestedBy", authority.requestedBy());
    node.put("legalBasis", authority.legalBasis());
    node.put("target", authority.target());
    if (!authority.agreement().isEmpty()) {
      Json.putAll(node.putObject("agreement"), authority.agreement());
    }
    if (!authority.board().isEmpty()) {
      Json.putAll(node.putObject("board"), authority.board());
    }
    if (!authority.attestation().isEmpty()) {
      Json.putAll(node.putObject("attestation"), authority.attestation());
    }
    if (authority.approvals() > 0) {
      node.putObject("approval").put("required", authority.approvals());
    }
    Json.putList(node, "terms", authority.terms());
  }

  private void consent(ObjectNode node) {
    Disclosure.Consent consent = disclosure.consent();
    Json.putAll(node.putObject("policy"), consent.policy());
    Json.putList(node, "decidedAt", consent.decidedAt().stream().map(Object::toString).toList());
    node.set("subjects", counts("", consent.subjects()));
    if (edition == Edition.INTERNAL) {
      lines(node.putObject("lines"), consent.lines());
    }
  }

  /**
   * What became of persons or rows.
   *
   * @param table name of the table; empty for persons
   */
  private ObjectNode counts(String table, Tally tally) {
    return switch (edition) {
      case INTERNAL -> exact(tally);
      case RECIPIENT -> figures(table, tally.released());
    };
  }

  private static ObjectNode exact(Tally tally) {
    ObjectNode node = Json.object();
    node.put("read", tally.read());
    node.put("released", tally.released());
    node.put("excludedTotal", tally.excludedTotal());
    ObjectNode excluded = node.putObject("excluded");
    tally.excluded().forEach((reason, count) -> excluded.put(reason.name(), count.longValue()));
    node.put("rejectedTotal", tally.rejectedTotal());
    ObjectNode rejected = node.putObject("rejected");
    tally.rejected().forEach((reason, count) -> rejected.put(reason.name(), count.longValue()));
    if (!tally.missing().isEmpty()) {
      ObjectNode missing = node.putObject("missing");
      tally
          .missing()
          .forEach(
              (column, cells) ->
                  missing
                      .putObject(column)
                      .put("null", cells.nulls())
                      .put("emptyText", cells.emptyTexts()));
    }
    return node;
  }

  private ObjectNode figures(String table, long released) {
    ObjectNode node = Json.object();
    if (!disclosure.figures().areStated()) {
      return node.put("released", released);
    }
    ObjectNode countedOn = Json.object();
    figure(node, countedOn, table, Figure.Key.READ);
    node.put("released", released);
    figure(node, countedOn, table, Figure.Key.EXCLUDED);
    ObjectNode excluded = node.putObject("excluded");
    for (ExclusionGroup group : ExclusionGroup.values()) {
      figure(excluded, countedOn, table, group.name());
    }
    node.set("countedOn", countedOn);
    return node;
  }

  private void figure(ObjectNode node, ObjectNode countedOn, String table, String what) {
    Figure figure = disclosure.figures().of(table, what);
    put(node, what, figure);
    countedOn.put(what, figure.countedOn().toString());
  }

  private static void put(ObjectNode node, String name, Figure figure) {
    figure
        .number()
        .ifPresentOrElse(number -> node.put(name, number), () -> node.put(name, figure.shown()));
  }

  /** Lines are of excluded persons, too, and reveal of them what the recipient must not learn. */
  private static void lines(ObjectNode node, Disclosure.Lines lines) {
    node.put("read", lines.read());
    ObjectNode outcomes = node.putObject("outcomes");
    lines.outcomes().forEach((outcome, count) -> outcomes.put(outcome, count.longValue()));
    ObjectNode failed = node.putObject("permitsFailed");
    lines.permitsFailed().forEach((reason, count) -> failed.put(reason, count.longValue()));
  }

  private void table(ObjectNode node, Table table) {
    node.put("name", table.name());
    if (!table.description().isEmpty()) {
      node.put("description", table.description());
    }
    table.computed().ifPresent(rule -> node.put("computed", rule));
    if (!table.category().isEmpty()) {
      node.put("category", table.category());
    }
    table.timeless().ifPresent(why -> node.put("timeless", why));
    Json.putList(node, "recordDates", table.recordDates());
    Json.putList(node, "key", table.key());
    ArrayNode references = node.putArray("references");
    for (Disclosure.Reference reference : table.references()) {
      ObjectNode item = references.addObject();
      Json.putList(item, "columns", reference.columns());
      item.put("table", reference.table());
      Json.putList(item, "keys", reference.keys());
    }
    if (table.computed().isPresent()) {
      node.putObject("rows").put("released", table.rows().released());
    } else {
      node.set("rows", counts(table.name(), table.rows()));
    }
    ArrayNode columns = node.putArray("columns");
    table.columns().forEach(column -> column(columns.addObject(), table, column));
    ArrayNode files = node.putArray("files");
    for (DataFile file : table.files()) {
      ObjectNode item = files.addObject();
      item.put("name", file.path()).put("format", file.format().word());
      if (file.isEncrypted()) {
        item.put(ENCRYPTION, DataFile.ENCRYPTED.word());
      }
      item.put("rows", file.rows()).put("bytes", file.bytes()).put("sha256", file.sha256());
    }
  }

  private void column(ObjectNode node, Table table, PlannedColumn column) {
    node.put("source", column.source());
    node.put("role", column.role());
    node.put("operator", column.operator());
    node.put("technique", column.note().technique());
    node.put("done", column.note().done());
    node.put("survives", column.note().survives());
    Json.putAll(node.putObject("parameters"), column.note().parameters());
    if (!column.texts().why().isEmpty()) {
      node.put("why", column.texts().why());
    }
    column
        .released()
        .ifPresentOrElse(
            released -> released(node.putObject("released"), table, column, released),
            () -> node.putNull("released"));
  }

  private void released(ObjectNode node, Table table, PlannedColumn column, Released output) {
    node.put("name", output.name());
    node.put("type", output.type().toString());
    output.limits().ifPresent(limits -> node.put("maxLength", limits.maxLength()));
    node.put(
        "category",
        String.join(" and ", column.categories().stream().map(RecordCategory::name).toList()));
    node.put("description", output.field().description());
    if (!column.texts().unit().isEmpty()) {
      node.put("unit", column.texts().unit());
    }
    Map<String, String> labels = column.note().labels();
    if (!labels.isEmpty()) {
      Json.putAll(node.putObject("labels"), labels);
    }
    if (!column.listed().isEmpty()) {
      Json.putList(node, "values", column.listed());
    }
    answers(node, table.rows().answers().getOrDefault(output.name(), Map.of()));
    Json.putList(node, "absent", output.absences().stream().map(Enum::name).toList());
    formulas(node, table.rows().formulas().getOrDefault(output.name(), 0L));
    if (output.absences().contains(Absence.WITHHELD)) {
      long withheld = table.rows().withheld().getOrDefault(output.name(), 0L);
      cells(node, table, Absence.WITHHELD, output.name(), withheld);
    }
    if (output.countsBlanked()) {
      long blanked = table.rows().blanked().getOrDefault(output.name(), 0L);
      cells(node, table, Absence.BLANKED, output.name(), blanked);
    }
  }

  private void cells(ObjectNode node, Table table, Absence absence, String column, long exact) {
    String word = EnumWord.of(absence);
    switch (edition) {
      case INTERNAL -> node.put(word + "Cells", exact);
      case RECIPIENT -> {
        if (disclosure.figures().areStated()) {
          Figure figure = disclosure.figures().of(table.name(), absence.of(column));
          put(node, word + "Cells", figure);
          node.put(word + "CountedOn", figure.countedOn().toString());
        }
      }
    }
  }

  /** Released texts can be looked at, so that their number is exact in every edition. */
  private static void formulas(ObjectNode node, long cells) {
    if (cells > 0) {
      node.put("formulaCells", cells);
    }
  }

  private static void identifier(ObjectNode node, HandledIdentifier identifier) {
    node.put("letter", identifier.letter()).put("title", identifier.title());
    node.put("rule", identifier.rule());
    ArrayNode columns = node.putArray("columns");
    for (HandledColumn column : identifier.columns()) {
      ObjectNode item = columns.addObject().put("table", column.table());
      item.put("column", column.column()).put("done", column.done());
    }
  }

  /** Plain words for every group or reason this manifest counts. */
  private void reasons(ObjectNode node) {
    if (edition == Edition.RECIPIENT && !disclosure.figures().areStated()) {
      return;
    }
    if (edition == Edition.RECIPIENT) {
      for (ExclusionGroup group : ExclusionGroup.values()) {
        node.put(group.name(), Reasons.words(group));
      }
      return;
    }
    Tally all = disclosure.consent().subjects();
    for (Table table : disclosure.tables()) {
      all = all.plus(table.rows());
    }
    all.excluded().keySet().forEach(reason -> node.put(reason.name(), Reasons.words(reason)));
    all.rejected().keySet().forEach(reason -> node.put(reason.name(), Reasons.words(reason)));
  }

  /** How often an operator gave each of its own words: kept in the clinic alone. */
  private void answers(ObjectNode node, Map<String, Long> counts) {
    if (edition == Edition.INTERNAL && !counts.isEmpty()) {
      ObjectNode words = node.putObject("answers");
      counts.forEach((word, cells) -> words.put(word, cells.longValue()));
    }
  }

  private void inputs(ObjectNode node) {
    Disclosure.Inputs inputs = disclosure.inputs();
    node.putObject("job").put("sha256", inputs.job());
    node.putObject("mapping").put("name", inputs.mapping()).put("sha256", inputs.mappingSha256());
    Json.putAll(node.putObject("lists"), inputs.lists());
    if (edition == Edition.INTERNAL) {
      Json.putAll(node.putObject("sources"), inputs.sources());
    }
    Json.putAll(node.putObject("keys"), inputs.keys());
  }

  /** The word of a type that other standards use too. */
  static String plainType(FieldType type) {
    return switch (type.kind()) {
      case TEXT, CODE -> "string";
      case INTEGER -> "integer";
      case DECIMAL -> "number";
      case DATE -> "date";
      case TIMESTAMP -> "datetime";
    };
  }

  /** Why a cell of a released column may have no value, in words. */
  static List<String> absenceWords(Released output) {
    return output.absences().stream().map(Absence::words).toList();
  }
}
