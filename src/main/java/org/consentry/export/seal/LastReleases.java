package org.consentry.export.seal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.consentry.config.JobKind;
import org.consentry.data.Change;
import org.consentry.data.Prf;
import org.consentry.export.RunContext;
import org.consentry.export.extract.ContentSum;
import org.consentry.export.extract.SplitResult;
import org.consentry.keys.LedgerKey;
import org.consentry.ledger.Ledger;
import org.consentry.ledger.StateFolder;
import org.consentry.plan.ExportPlan;
import org.consentry.plan.Handover;
import org.consentry.plan.ReleasedTable;
import org.consentry.plan.SpanTable;
import org.consentry.problem.Problem;
import org.consentry.release.BreakingChanges;
import org.consentry.release.Disclosure;
import org.consentry.release.LastRelease;
import org.consentry.release.ReleaseSealer;
import org.consentry.release.TableShape;

/** Compares what a plan releases with the release before it. */
public final class LastReleases {

  private LastReleases() {}

  /**
   * Changes that may break programs, as far as the plan alone shows them: a repeated key shows only
   * in the data.
   *
   * @return an error for each change
   */
  public static List<Problem> errors(ExportPlan plan, StateFolder state, Ledger ledger) {
    return last(plan, state, ledger).stream()
        .flatMap(last -> BreakingChanges.errors(breaking(plan, last), last).stream())
        .toList();
  }

  /** The same as warnings. */
  public static List<Problem> warnings(ExportPlan plan, StateFolder state, Ledger ledger) {
    return last(plan, state, ledger).stream()
        .flatMap(last -> BreakingChanges.warnings(breaking(plan, last), last).stream())
        .toList();
  }

  /** The release that the next one of a plan is compared with; an answer is compared with none. */
  static Optional<LastRelease> last(ExportPlan plan, StateFolder state, Ledger ledger) {
    if (plan.job().kind() != JobKind.RESEARCH) {
      return Optional.empty();
    }
    return LastRelease.of(
        state, ledger, plan.studyId(), plan.jobName(), plan.job().recipient().id());
  }

  private static List<Change> breaking(ExportPlan plan, LastRelease last) {
    return last.breaking(plan.released().stream().map(table -> shape(plan, table)).toList());
  }

  private static TableShape shape(ExportPlan plan, ReleasedTable table) {
    String ending =
        Handover.key(plan.job().recipient()).map(key -> Disclosure.DataFile.AGE).orElse("");
    Set<String> formats =
        plan.sinks().stream().map(sink -> sink.format() + ending).collect(Collectors.toSet());
    return TableShape.of(
        table.name(),
        table instanceof SpanTable computed
            ? ComputedTable.key(computed)
            : DisclosureBuilder.releasedKey(plan, table.name()),
        formats,
        plan.columns().stream().filter(column -> column.table().equals(table.name())).toList());
  }

  /** What the release of a run is compared with. */
  static ReleaseSealer.Since since(
      ExportPlan plan, RunContext context, Map<String, TableOutcome> outcomes, LedgerKey key) {
    return new ReleaseSealer.Since(
        last(plan, context.state(), context.ledger()),
        context.accepted().breaking(),
        contents(plan, outcomes, key.contents()));
  }

  /** Digests of the tables with codes of one release only, or with encrypted files. */
  private static Map<String, String> contents(
      ExportPlan plan, Map<String, TableOutcome> outcomes, Prf key) {
    Map<String, String> contents = new TreeMap<>();
    outcomes.forEach(
        (name, outcome) -> {
          if (ContentSum.isCounted(outcome.table())) {
            contents.put(name, content(plan.studyId(), outcome, sum(outcome, outcomes), key));
          } else if (Handover.key(plan.job().recipient()).isPresent()) {
            contents.put(name, files(plan.studyId(), outcome, key));
          }
        });
    return contents;
  }

  /** Of a computed table: the sums of the tables that it is computed from. */
  private static ContentSum sum(TableOutcome outcome, Map<String, TableOutcome> outcomes) {
    Stream<SplitResult> splits =
        outcome.table() instanceof SpanTable computed
            ? computed.spanned().stream()
                .flatMap(of -> Optional.ofNullable(outcomes.get(of.table())).stream())
                .flatMap(of -> of.splits().stream())
            : outcome.splits().stream();
    return splits.map(SplitResult::contents).reduce(ContentSum.NONE, ContentSum::plus);
  }

  private static String content(String study, TableOutcome outcome, ContentSum sum, Prf key) {
    String columns =
        outcome.table().schema().fields().stream()
            .map(field -> field.name() + " " + field.type() + "\n")
            .collect(Collectors.joining());
    String words = study + "\n" + columns + outcome.tally().released() + "\n";
    byte[] text = words.getBytes(StandardCharsets.UTF_8);
    byte[] input =
        ByteBuffer.allocate(text.length + 2 * Long.BYTES)
            .put(text)
            .putLong(sum.first())
            .putLong(sum.second())
            .array();
    return digest(input, key);
  }

  /** Of the files as they were before they were encrypted. */
  private static String files(String study, TableOutcome outcome, Prf key) {
    String digests =
        outcome.files().stream()
            .map(file -> file.sink().format() + " " + file.plainSha256() + "\n")
            .collect(Collectors.joining());
    return digest((study + "\nfiles\n" + digests).getBytes(StandardCharsets.UTF_8), key);
  }

  private static String digest(byte[] input, Prf key) {
    byte[] digest = new byte[Prf.SIZE];
    key.compute(input, 0, input.length, digest, 0);
    return HexFormat.of().formatHex(digest);
  }
}
