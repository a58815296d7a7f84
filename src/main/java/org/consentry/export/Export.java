package org.consentry.export;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.consentry.connector.BatchReader;
import org.consentry.connector.PartWriter.PartFile;
import org.consentry.connector.SourceTable;
import org.consentry.connector.Split;
import org.consentry.data.Field;
import org.consentry.data.RowBatch;
import org.consentry.data.Tally;
import org.consentry.export.decide.ConsentInputs;
import org.consentry.export.decide.ConsentProblems;
import org.consentry.export.decide.ConsentStep;
import org.consentry.export.decide.Decisions;
import org.consentry.export.decide.FinalCheck;
import org.consentry.export.decide.RecordSpans;
import org.consentry.export.extract.Extractor;
import org.consentry.export.extract.KeySpill;
import org.consentry.export.extract.PartExtract;
import org.consentry.export.extract.PartMarker;
import org.consentry.export.extract.Parts;
import org.consentry.export.extract.RejectFiles;
import org.consentry.export.extract.SplitExtract;
import org.consentry.export.extract.SplitResult;
import org.consentry.export.seal.DisclosureBuilder;
import org.consentry.export.seal.MembershipBuilder;
import org.consentry.export.seal.SealedRelease;
import org.consentry.export.seal.Sealer;
import org.consentry.export.seal.TableOutcome;
import org.consentry.export.seal.TableSubjects;
import org.consentry.export.select.CountedSubjects;
import org.consentry.export.select.KeyHashes;
import org.consentry.export.select.LongSet;
import org.consentry.export.select.ReleasedRows;
import org.consentry.export.sort.SortSizes;
import org.consentry.export.sort.TableSort;
import org.consentry.export.sort.TableSort.Part;
import org.consentry.operator.Transformer;
import org.consentry.plan.ExportPlan;
import org.consentry.plan.TableExtract;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * One run of an export. Splits may be worked on by many threads between {@link #decide} and {@link
 * #seal}; the other calls are made by one.
 */
public final class Export implements ExportSteps {

  private final ExportPlan plan;
  private final RunKeys keys;
  private final RunContext context;
  private final SortSizes sizes;
  private final Parts parts;
  private final KeyHashes prints;
  private final Map<String, List<Split>> splits = new ConcurrentHashMap<>();
  private final Map<Split, SplitResult> results = new ConcurrentHashMap<>();
  private final Map<String, List<Transformer>> transformers = new ConcurrentHashMap<>();
  private final Map<String, TableSort> sorts = new ConcurrentHashMap<>();
  private final Map<String, Long> repeated = new ConcurrentHashMap<>();
  private final Map<String, List<Part>> cuts = new ConcurrentHashMap<>();
  private final Map<String, List<PartFile>> files = new ConcurrentHashMap<>();
  private final Map<String, TableOutcome> outcomes = new LinkedHashMap<>();
  private @Nullable SealedRelease sealed;
  private ReleasedRows released = ReleasedRows.NONE;
  private @Nullable Decisions decided;
  private @Nullable LocalDateTime decidedAt;
  private @Nullable ConsentInputs ground;
  private String basis = "";

  /** A run of a checked plan. */
  public Export(ExportPlan plan, RunKeys keys, RunContext context) {
    this(plan, keys, context, SortSizes.USUAL);
  }

  /** A run that cuts parts of another size. */
  public Export(ExportPlan plan, RunKeys keys, RunContext context, SortSizes sizes) {
    this.sizes = sizes;
    this.plan = plan;
    this.keys = keys;
    this.context = context;
    this.parts = new Parts(context.staging(), plan.sinks());
    this.prints = new KeyHashes(keys.references(), plan.foldedTables());
  }

  @Override
  public void decide(Parallel parallel) {
    refuseOtherKey();
    plan.requireRules(name -> context.pinnedRules(plan.job().study().id(), name));
    context.progress().phase("deciding consent");
    decidedAt = context.now();
    DecisionStep deciding = new DecisionStep(plan.decide(), this::splitsOf);
    DecisionStep.Consented consented = consentWhileCutting(deciding, decidedAt, parallel);
    deciding.checkSpans(plan.tables(), parallel);
    deciding.checkKeys(plan.tables(), plan.foldedTables());
    ground = consented.ground();
    decided =
        deciding.complete(
            consented,
            keys,
            parallel,
            (table, tally, first) -> RejectFiles.check(table, tally, first, rejectShare()));
    ConsentProblems.of(decided, plan.consentName()).forEach(context.progress()::note);
    basis = basis(decided);
    context
        .progress()
        .note(
            decided.cohort()
                + " of "
                + decided.index().size()
                + " subjects may be released: "
                + decided.excluded());
    context.progress().phase("extracting");
    context
        .progress()
        .total(
            plan.tables().stream()
                .flatMap(table -> splitsOf(table.source()).stream())
                .mapToLong(split -> split.end() - split.start())
                .sum());
  }

  /**
   * Over everything that parts depend on besides their split: another program may cut otherwise.
   */
  private String basis(Decisions now) {
    byte[] word = "basis".getBytes(StandardCharsets.UTF_8);
    return digest(
        plan.digest(),
        now.digest(),
        keys.studyFingerprint(),
        Long.toHexString(prints.of(word, 0, word.length)),
        context.software());
  }

  /** Reading consent lines keeps one thread busy; the others cut the tables meanwhile. */
  private DecisionStep.Consented consentWhileCutting(
      DecisionStep deciding, LocalDateTime now, Parallel parallel) {
    List<Callable<Optional<DecisionStep.Consented>>> pieces = new ArrayList<>();
    pieces.add(() -> Optional.of(ConsentStep.decide(plan, deciding, now, context)));
    for (TableExtract table : plan.tables()) {
      pieces.add(
          () -> {
            splitsOf(table.source());
            return Optional.empty();
          });
    }
    return parallel.all(pieces).get(0).orElseThrow();
  }

  private List<Split> splitsOf(SourceTable table) {
    return splits.computeIfAbsent(table.name(), name -> List.copyOf(table.splits()));
  }

  @Override
  public int levels() {
    return 1 + plan.tables().stream().mapToInt(TableExtract::level).max().orElse(0);
  }

  private List<TableExtract> tables(int level) {
    return plan.tables().stream().filter(table -> table.level() == level).toList();
  }

  @Override
  public List<Partition> splits(int level) {
    return splitsOf(level).stream()
        .map(split -> new Partition(split.table() + "-" + split.number(), () -> begin(split)))
        .toList();
  }

  private List<Split> splitsOf(int level) {
    return tables(level).stream().flatMap(table -> splitsOf(table.source()).stream()).toList();
  }

  private TableSort sort(TableExtract table) {
    return sorts.computeIfAbsent(
        table.name(),
        name ->
            new TableSort(
                table.schema(),
                table.subjectOutput(),
                table.source().size(),
                parts.work(),
                parts.store(),
                sizes));
  }

  /**
   * The sort of the keys of a table whose declared key is released in columns that tell rows apart.
   */
  private Optional<TableSort> keySort(TableExtract table) {
    return keyColumns(table).isEmpty()
        ? Optional.empty()
        : Optional.of(
            sorts.computeIfAbsent(
                KeySpill.schema(table.name()).table(),
                name ->
                    new TableSort(
                        KeySpill.schema(table.name()),
                        OptionalInt.empty(),
                        table.source().size(),
                        parts.work(),
                        parts.store(),
                        sizes)));
  }

  private List<Integer> keyColumns(TableExtract table) {
    List<String> names = table.schema().fields().stream().map(Field::name).toList();
    return DisclosureBuilder.releasedKey(plan, table.name()).stream().map(names::indexOf).toList();
  }

  private Optional<PartitionWork> begin(Split split) {
    TableExtract table = table(split.table());
    Optional<SplitResult> kept = parts.kept(basis, split, sort(table), keySort(table));
    if (kept.isPresent()) {
      account(table, split, kept.get());
      return Optional.empty();
    }
    return Optional.of(open(table, split));
  }

  private PartitionWork open(TableExtract table, Split split) {
    BatchReader reader = table.source().open(split, table.sourceColumns());
    SplitExtract extract =
        new SplitExtract(
            reader,
            released ->
                new Extractor(
                    table,
                    decided().index(),
                    decided().consent(),
                    this.released,
                    prints,
                    transformersOf(table),
                    released),
            sort(table).spill(split.number()),
            keySort(table)
                .map(keys -> new KeySpill(keyColumns(table), keys.spill(split.number()))));
    return new Work(table, split, extract);
  }

  private List<Transformer> transformersOf(TableExtract table) {
    return transformers.computeIfAbsent(
        table.name(),
        name -> table.operators().stream().map(operator -> operator.open(keys)).toList());
  }

  private TableExtract table(String name) {
    return plan.tables().stream()
        .filter(table -> table.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private Decisions decided() {
    if (decided == null) {
      throw new IllegalStateException("decide comes first");
    }
    return decided;
  }

  private void account(TableExtract table, Split split, SplitResult result) {
    if (rejectShare() == 0 && result.tally().rejectedTotal() > 0) {
      throw RejectFiles.refused(table, List.of(result), rejectShare());
    }
    results.put(split, result);
    context.progress().done(split.end() - split.start());
  }

  @Override
  public void endLevel(int level) {
    Optional<LongSet> subjects = released.subjects();
    Map<String, LongSet> byTable = new HashMap<>(released.keys());
    for (TableExtract table : tables(level)) {
      if (table.isSubjects()) {
        subjects = Optional.of(union(table));
      } else if (table.key().isPresent()) {
        byTable.put(table.name(), union(table));
      }
    }
    released = new ReleasedRows(subjects, byTable);
    basis = digest(basis, splitsOf(level).toString());
  }

  @Override
  public List<Partition> parts() {
    context.progress().phase("sorting");
    List<Partition> pieces = new ArrayList<>();
    for (TableExtract table : plan.tables()) {
      TableSort sort = sort(table);
      sort.complete(splitsOf(table.source()).stream().map(split -> result(split).spill()).toList());
      keySort(table).ifPresent(keys -> countRepeated(table, keys));
      List<Part> cut = sort.parts();
      cuts.put(table.name(), cut);
      for (Part part : cut) {
        pieces.add(new Partition(name(table, part), () -> begin(table, part, cut.size())));
      }
    }
    return pieces;
  }

  private void countRepeated(TableExtract table, TableSort keys) {
    keys.complete(
        splitsOf(table.source()).stream()
            .map(split -> result(split).keys().orElseThrow())
            .toList());
    long rows = keys.repeated();
    repeated.put(table.name(), rows);
    if (rows > 0) {
      context
          .progress()
          .note(
              Problem.warning(
                      "KEY_REPEATED",
                      Place.of(table.source().file()),
                      rows
                          + (rows == 1 ? " released row of table '" : " released rows of table '")
                          + table.name()
                          + "' repeat"
                          + (rows == 1 ? "s" : "")
                          + " the declared key of another, so the data package names no primaryKey",
                      "repair the rows, or correct the table's key in the mapping")
                  .toString());
    }
  }

  private static String name(TableExtract table, Part part) {
    return table.name() + "-" + part.number();
  }

  private Optional<PartitionWork> begin(TableExtract table, Part part, int of) {
    List<String> names = parts.names(table, part.number(), of);
    Optional<List<PartFile>> kept = parts.kept(basis, table.name(), part, names);
    kept.ifPresent(known -> files.put(name(table, part), known));
    return kept.isPresent() ? Optional.empty() : Optional.of(new PartWork(table, part, names));
  }

  private LongSet union(TableExtract table) {
    LongSet set = new LongSet();
    for (Split split : splitsOf(table.source())) {
      for (long number : result(split).released()) {
        set.add(number);
      }
    }
    return set;
  }

  private SplitResult result(Split split) {
    SplitResult result = results.get(split);
    if (result == null) {
      throw new IllegalStateException("a split of " + split.table() + " is not done");
    }
    return result;
  }

  @Override
  public void seal() {
    context.progress().phase("sealing");
    outcomes.clear();
    for (TableExtract table : plan.tables()) {
      outcomes.put(table.name(), outcome(table));
    }
    RejectFiles.check(plan.tables(), outcomes, rejectShare());
    parts.removeOthers(
        outcomes.values().stream()
            .flatMap(outcome -> outcome.files().stream())
            .map(TableOutcome.PartInRelease::name)
            .collect(Collectors.toSet()));
    if (decided().cohort() == 0) {
      throw ProblemException.of(
          Category.DISCLOSURE_CHECK,
          "NOTHING_TO_RELEASE",
          Place.of(plan.consentName()),
          "no subject may be released: " + decided().excluded(),
          "see consentry explain for one patient, or consentry plan for the flow");
    }
    Map<String, TableSubjects> leftOut = new LinkedHashMap<>();
    plan.tables().forEach(table -> leftOut.put(table.name(), leftOut(table)));
    MembershipBuilder members =
        new MembershipBuilder(
            plan, decided(), leftOut.values().stream().map(TableSubjects::spans).toList());
    sealed =
        new Sealer(context).seal(plan, decided(), decidedAt(), keys, outcomes, members, leftOut);
  }

  /** Whose records of a table are released, and of which days; and whose are left out. */
  private TableSubjects leftOut(TableExtract table) {
    RecordSpans spans = new RecordSpans(decided().index().size());
    CountedSubjects people = new CountedSubjects();
    for (Split split : splitsOf(table.source())) {
      byte[] log = parts.spansOf(split);
      spans.add(log);
      people.add(log);
    }
    return new TableSubjects(table.isSubjects(), spans, people);
  }

  private TableOutcome outcome(TableExtract table) {
    Tally tally = Tally.NONE;
    List<SplitResult> done = new ArrayList<>();
    for (Split split : splitsOf(table.source())) {
      SplitResult result = result(split);
      tally = tally.plus(result.tally());
      done.add(result);
    }
    return new TableOutcome(table, tally, done, filesOf(table), keysOf(table));
  }

  private List<TableOutcome.PartInRelease> filesOf(TableExtract table) {
    List<Part> cut = Optional.ofNullable(cuts.get(table.name())).orElseThrow();
    List<TableOutcome.PartInRelease> found = new ArrayList<>();
    for (Part part : cut) {
      List<String> names = parts.names(table, part.number(), cut.size());
      List<PartFile> written = Optional.ofNullable(files.get(name(table, part))).orElseThrow();
      for (int i = 0; i < names.size(); i++) {
        found.add(
            new TableOutcome.PartInRelease(names.get(i), plan.sinks().get(i), written.get(i)));
      }
    }
    return found;
  }

  private TableOutcome.Keys keysOf(TableExtract table) {
    return repeated.getOrDefault(table.name(), 1L) == 0
        ? TableOutcome.Keys.UNIQUE
        : TableOutcome.Keys.NOT_UNIQUE;
  }

  private LocalDateTime decidedAt() {
    if (decidedAt == null) {
      throw new IllegalStateException("decide comes first");
    }
    return decidedAt;
  }

  @Override
  public Publication publish() {
    Sealer sealing = new Sealer(context);
    sealing.requireVerified(sealed(), Category.DISCLOSURE_CHECK);
    FinalCheck lastLook = new FinalCheck(plan, context);
    if (plan.job().approval().isPresent()) {
      lastLook.requireAuthority();
      sealing.stage(plan, sealed());
      return Publication.STAGED;
    }
    lastLook.requireAuthority();
    lastLook.requireConsent(decided().consentDigest(), ground());
    context.progress().phase("publishing");
    sealing.publish(plan, sealed());
    return Publication.PUBLISHED;
  }

  private ConsentInputs ground() {
    if (ground == null) {
      throw new IllegalStateException("decide comes first");
    }
    return ground;
  }

  private double rejectShare() {
    return plan.job().rejects().orElse(org.consentry.config.JobRejects.NONE).share();
  }

  /** How many rows could not be used, in all tables. */
  public long rejected() {
    return outcomes.values().stream().mapToLong(table -> table.tally().rejectedTotal()).sum();
  }

  /** What came of the run, by name; counts only. */
  public Map<String, Long> counts() {
    Map<String, Long> counts = new TreeMap<>();
    counts.put("subjects", (long) decided().index().size());
    counts.put("subjects released", decided().cohort());
    outcomes.forEach(
        (table, outcome) -> {
          counts.put(table + " rows read", outcome.tally().read());
          counts.put(table + " rows released", outcome.tally().released());
          counts.put(table + " rows excluded", outcome.tally().excludedTotal());
          counts.put(table + " rows rejected", outcome.tally().rejectedTotal());
        });
    return counts;
  }

  /** Where the release stands once {@link #publish} returned. */
  public Path releaseFolder() {
    return sealed().target();
  }

  private SealedRelease sealed() {
    if (sealed == null) {
      throw new IllegalStateException("seal comes first");
    }
    return sealed;
  }

  private void refuseOtherKey() {
    context
        .pinnedStudyKey(plan.job().study().id())
        .filter(pinned -> !pinned.equals(keys.studyFingerprint()))
        .ifPresent(
            pinned -> {
              throw ProblemException.of(
                  Category.KEY,
                  "OTHER_KEY",
                  Place.of(plan.jobFile().toString()),
                  "the study key is not the one of the study's earlier releases",
                  "restore the earlier key, or give the study a new id");
            });
  }

  private static String digest(String... words) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      for (String word : words) {
        sha.update(word.getBytes(StandardCharsets.UTF_8));
        sha.update((byte) 0);
      }
      return HexFormat.of().formatHex(sha.digest());
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException("SHA-256 is missing");
    }
  }

  /** The work on one split. */
  private final class Work implements PartitionWork {
    private final TableExtract table;
    private final Split split;
    private final SplitExtract extract;

    Work(TableExtract table, Split split, SplitExtract extract) {
      this.table = table;
      this.split = split;
      this.extract = extract;
    }

    @Override
    public Optional<RowBatch> read() {
      return extract.read();
    }

    @Override
    public RowBatch extract(RowBatch batch) {
      RowBatch answer = extract.extract(batch);
      context.progress().rows(batch.rows(), answer.rows());
      return answer;
    }

    @Override
    public void write(RowBatch batch) {
      extract.write(batch);
    }

    @Override
    public Tally finish() {
      SplitResult result = extract.finish();
      parts.keep(basis, split, result, extract.spans());
      account(table, split, result);
      return result.tally();
    }

    @Override
    public void close() {
      extract.close();
    }
  }

  /** The work on one part. */
  private final class PartWork implements PartitionWork {
    private final TableExtract table;
    private final Part part;
    private final List<String> names;
    private final PartExtract extract;

    PartWork(TableExtract table, Part part, List<String> names) {
      this.table = table;
      this.part = part;
      this.names = names;
      this.extract =
          PartExtract.open(
              sort(table).open(part),
              table.schema(),
              parts.targets(names),
              Map.of("consentry.job", plan.job().name(), "consentry.table", table.name()));
    }

    @Override
    public Optional<RowBatch> read() {
      return extract.read();
    }

    @Override
    public RowBatch extract(RowBatch batch) {
      return batch;
    }

    @Override
    public void write(RowBatch batch) {
      extract.write(batch);
    }

    @Override
    public Tally finish() {
      List<PartFile> written = extract.finish();
      parts.keep(new PartMarker(basis, table.name(), part, written), names);
      files.put(name(table, part), written);
      return new Tally(part.rows(), part.rows(), Map.of(), Map.of(), Map.of(), Map.of());
    }

    @Override
    public void close() {
      extract.close();
    }
  }
}
