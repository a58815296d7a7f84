package org.consentry.export;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.consentry.connector.SourceTable;
import org.consentry.connector.Split;
import org.consentry.consent.RecordConsent;
import org.consentry.data.FlatInput;
import org.consentry.data.FlatOutput;
import org.consentry.data.LongSet;
import org.consentry.data.Prf;
import org.consentry.data.SubjectIndex;
import org.consentry.export.decide.Decisions;
import org.consentry.export.select.ReleasedRows;
import org.consentry.export.sort.SortSizes;
import org.consentry.ledger.Staging;
import org.consentry.operator.OperatorKeys;
import org.consentry.plan.ExportPlan;
import org.consentry.plan.ScanPlan;
import org.consentry.plan.TableExtract;

/**
 * What a run sends to other processes. The plan is not sent: they make it again of the same files,
 * and its digest shows that it is the same.
 */
final class SentRun {

  /** Names the attempt at work; a process of an earlier one stores nothing any more. */
  static final String ATTEMPT = "attempt";

  /** First word of the content of a level, and of the check of shared files. */
  static final String LEVEL = "level";

  static final String CHECK = "check";

  private final ExportPlan plan;
  private final RunKeys keys;
  private final RunContext context;
  private final SortSizes sizes;
  private final String attempt;

  SentRun(ExportPlan plan, RunKeys keys, RunContext context, SortSizes sizes) {
    this.plan = plan;
    this.keys = keys;
    this.context = context;
    this.sizes = sizes;
    byte[] random = new byte[16];
    new SecureRandom().nextBytes(random);
    this.attempt = HexFormat.of().formatHex(random);
  }

  /**
   * The run as other processes read it.
   *
   * @param job the job file, absolute
   * @param today the day that agreements and approvals are compared with
   * @param referenceDate the day the run began, the reference date of a job that names none
   * @param zone the clinic's time zone
   * @param digest the digest of its plan
   * @param staging the staging folder of the run
   * @param attempt name of the attempt at work
   */
  record Described(
      Path job,
      LocalDate today,
      LocalDate referenceDate,
      ZoneId zone,
      String digest,
      Path staging,
      String attempt,
      SortSizes sizes) {

    private void write(FlatOutput out) {
      out.text(job.toString());
      out.text(today.toString());
      out.text(referenceDate.toString());
      out.text(zone.toString());
      out.text(digest);
      out.text(staging.toString());
      out.text(attempt);
      out.number(sizes.bufferBytes());
      out.number(sizes.rangeBytes());
      out.number(sizes.sourceBytes());
      out.number(sizes.partRows());
    }

    static Described read(FlatInput in) {
      return new Described(
          Path.of(in.text()),
          LocalDate.parse(in.text()),
          LocalDate.parse(in.text()),
          ZoneId.of(in.text()),
          in.text(),
          Path.of(in.text()),
          in.text(),
          new SortSizes(in.integer(), in.integer(), in.number(), in.number()));
    }
  }

  /**
   * Begins a step: tasks of every earlier one, of this attempt too, store nothing from now on.
   *
   * @param step what is sent of the step alone
   */
  void begin(SentContent step) {
    context.staging().keep(ATTEMPT, attempt + " " + step.name());
  }

  /** Name of the attempt that this process works on. */
  String attempt() {
    return attempt;
  }

  /** What makes the plan again; nothing of a patient and no secret. */
  SentContent run() {
    Described described =
        new Described(
            plan.jobFile().toAbsolutePath(),
            context.now().toLocalDate(),
            plan.referenceDate(),
            context.zone(),
            plan.digest(),
            context.staging().folder().toAbsolutePath(),
            attempt,
            sizes);
    return new SentContent("run", described::write);
  }

  /** The check of shared files, which needs nothing more. */
  SentContent check() {
    return new SentContent(CHECK, out -> out.text(CHECK));
  }

  /** The decisions, and the keys that splits need. */
  SentContent decisions(RunDecisions decided) {
    return new SentContent("decisions-" + decided.basis(), out -> write(decided, out));
  }

  private void write(RunDecisions decided, FlatOutput out) {
    Domains domains = new Domains(keys);
    plan.tables().forEach(table -> table.operators().forEach(one -> one.open(domains)));
    domains.oneTime(RunKeys.REFERENCES);
    domains.oneTime(RunKeys.SCAN);
    keys.write(domains.keyed, domains.oneTime, out);
    decided.decisions().index().write(out);
    decided.decisions().writeRecords(out);
    out.text(decided.basis());
    List<SourceTable> tables = tables(plan);
    out.number(tables.size());
    for (SourceTable table : tables) {
      List<Split> splits = decided.splits().apply(table);
      out.text(table.name());
      out.number(splits.size());
      for (Split split : splits) {
        out.number(split.digest());
        out.text(String.join(" ", split.range().words()));
      }
    }
  }

  private static List<SourceTable> tables(ExportPlan plan) {
    Map<String, SourceTable> tables = new LinkedHashMap<>();
    Stream.concat(
            plan.tables().stream().map(TableExtract::source),
            plan.scan().map(ScanPlan::tables).orElse(List.of()).stream()
                .map(ScanPlan.ScannedTable::source))
        .forEach(table -> tables.putIfAbsent(table.name(), table));
    return List.copyOf(tables.values());
  }

  /** The decisions and keys as another process reads them. */
  record Decided(OperatorKeys keys, DecidedRows rows) {

    static Decided read(FlatInput in) {
      OperatorKeys keys = RunKeys.sent(in);
      return new Decided(keys, rows(in));
    }

    private static DecidedRows rows(FlatInput in) {
      SubjectIndex index = SubjectIndex.read(in);
      RecordConsent records = Decisions.readRecords(in, index.keys());
      String basis = in.text();
      Map<String, List<Split>> splits = new LinkedHashMap<>();
      int tables = in.integer();
      for (int i = 0; i < tables; i++) {
        String table = in.text();
        splits.put(table, splits(table, in));
      }
      return new DecidedRows(
          index, records, table -> splits.getOrDefault(table.name(), List.of()), basis);
    }

    private static List<Split> splits(String table, FlatInput in) {
      Split[] splits = new Split[in.integer()];
      for (int number = 0; number < splits.length; number++) {
        int digest = in.integer();
        splits[number] =
            new Split(table, number, Split.range(List.of(in.text().split(" "))), digest);
      }
      return List.of(splits);
    }
  }

  /** The splits of one level. */
  static SentContent level(String step, int level, ReleasedRows released, String basis) {
    return new SentContent(
        step + "-" + basis,
        out -> {
          out.text(LEVEL);
          out.number(level);
          out.text(basis);
          out.number(released.subjects().isPresent() ? 1 : 0);
          released.subjects().ifPresent(subjects -> out.longs(subjects.sorted()));
          out.number(released.keys().size());
          released
              .keys()
              .forEach(
                  (table, keys) -> {
                    out.text(table);
                    out.longs(keys.sorted());
                  });
        });
  }

  /** The splits of the level that {@link #level} wrote. */
  static LevelExtract level(SplitSetting setting, DecidedRows decided, FlatInput in) {
    int level = in.integer();
    String basis = in.text();
    Optional<LongSet> subjects = in.number() == 1 ? Optional.of(set(in.longs())) : Optional.empty();
    Map<String, LongSet> keys = new LinkedHashMap<>();
    int tables = in.integer();
    for (int i = 0; i < tables; i++) {
      keys.put(in.text(), set(in.longs()));
    }
    return new LevelExtract(setting, level, decided, new ReleasedRows(subjects, keys), basis);
  }

  private static LongSet set(long[] numbers) {
    LongSet set = new LongSet();
    for (long number : numbers) {
      set.add(number);
    }
    return set;
  }

  /** Which functions operators ask for. */
  private static final class Domains implements OperatorKeys {
    private final OperatorKeys keys;
    private final Set<String> keyed = new TreeSet<>();
    private final Set<String> oneTime = new TreeSet<>();

    Domains(OperatorKeys keys) {
      this.keys = keys;
    }

    @Override
    public Prf keyed(String domain) {
      keyed.add(domain);
      return keys.keyed(domain);
    }

    @Override
    public Prf oneTime(String domain) {
      oneTime.add(domain);
      return keys.oneTime(domain);
    }
  }

  /** Where a process of another machine stores results. */
  static Staging staging(Described run) {
    return new Staging(run.staging()).ofSeveral();
  }
}
