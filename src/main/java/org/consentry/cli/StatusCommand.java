package org.consentry.cli;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.consentry.export.RunKeys;
import org.consentry.keys.SshSignature;
import org.consentry.ledger.Ledger;
import org.consentry.ledger.LedgerEntry;
import org.consentry.ledger.Recalls;
import org.consentry.ledger.RunRecord;
import org.consentry.ledger.RunRecords;
import org.consentry.ledger.Staging;
import org.consentry.ledger.StateFolder;
import org.consentry.release.InternalPage;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows one run. */
@Command(
    name = "status",
    description = "Shows a run, by default the newest, and the open recalls.",
    mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {

  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(
      paramLabel = "RUN",
      arity = "0..1",
      description = "The run's id; default: the newest.")
  private String run = "";

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Writes the exact manifest of the run as a page, into a new file.")
  private @Nullable Path html;

  @Option(names = "--recalls", description = "Lists every open recall.")
  private boolean recalls;

  /** After an entry of these kinds the run's record is written. */
  private static final Set<LedgerEntry.Kind> OF_RECORDS =
      EnumSet.of(
          LedgerEntry.Kind.STAGED,
          LedgerEntry.Kind.APPROVED,
          LedgerEntry.Kind.PUBLISHED,
          LedgerEntry.Kind.UNCHANGED,
          LedgerEntry.Kind.ABANDONED);

  /** Of more open recalls than these a summary is shown. */
  private static final int MOST_RECALLS = 3;

  @Override
  public Integer call() {
    StateFolder state = common.state();
    Console console = common.console();
    Optional<Ledger> ledger = Runs.checkedLedger(state);
    List<RunRecord> all = new RunRecords(state).all();
    if (run.isEmpty() && ledger.isEmpty()) {
      console.line("no run yet");
      console.line("state folder " + state.home());
      return 0;
    }
    if (!run.isEmpty()) {
      show(console, state, ledger, Runs.find(state, run));
    } else if (!all.isEmpty()) {
      show(console, state, ledger, all.get(0));
    }
    List<Recalls.Open> open = ledger.map(Recalls::new).map(Recalls::open).orElse(List.of());
    if (html != null) {
      PageFile.write(html, page(state, all));
    }
    if (recalls || open.size() <= MOST_RECALLS) {
      open.forEach(recall -> show(console, recall));
    } else {
      summarize(console, open);
    }
    console.line("state folder " + state.home());
    return 0;
  }

  private byte[] page(StateFolder state, List<RunRecord> all) {
    String shown = run.isEmpty() && !all.isEmpty() ? all.get(0).run() : run;
    return InternalPage.of(state.manifests(shown), RunKeys.SIGNER);
  }

  private static void summarize(Console console, List<Recalls.Open> open) {
    SortedMap<String, List<Recalls.Open>> byRecipient = new TreeMap<>();
    for (Recalls.Open recall : open) {
      byRecipient.computeIfAbsent(recall.recipient(), recipient -> new ArrayList<>()).add(recall);
    }
    console.line("");
    byRecipient.forEach(
        (recipient, theirs) -> {
          String since =
              theirs.stream().map(Recalls.Open::since).min(String::compareTo).orElseThrow();
          console.line(
              "recalls   " + theirs.size() + " releases to " + recipient + ", open since " + since);
          console.object(
              Map.of("openRecalls", theirs.size(), "recipient", recipient, "since", since));
        });
    console.line("next      consentry status --recalls   lists them");
  }

  private static void show(Console console, Recalls.Open recall) {
    console.line("");
    console.line(
        "recall    "
            + recall.job()
            + "/"
            + recall.release()
            + " to "
            + recall.recipient()
            + " is open");
    console.line("since     " + recall.since());
    console.line("list      " + recall.folder());
    console.line(
        "next      send the list; then consentry run --replaces "
            + recall.release()
            + " JOB   or, once the recipient confirms,   consentry recall --close "
            + recall.run());
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("openRecall", recall.job() + "/" + recall.release());
    fields.put("run", recall.run());
    fields.put("recipient", recall.recipient());
    fields.put("since", recall.since());
    fields.put("folder", recall.folder());
    console.object(fields);
  }

  private static void show(
      Console console, StateFolder state, Optional<Ledger> ledger, RunRecord record) {
    console.object(Runs.object(state, record));
    console.line("run       " + record.run());
    console.line("job       " + record.job() + ", study " + record.study());
    console.line("state     " + Runs.state(state, record));
    console.line("started   " + record.started());
    console.line("updated   " + record.updated());
    if (!record.release().isEmpty()) {
      console.line("release   " + record.release());
    }
    if (!record.message().isEmpty()) {
      console.line("message   " + record.message());
    }
    if (ledger.filter(known -> isBehind(known, record)).isPresent()) {
      console.remark(
          "the record of run "
              + record.run()
              + " is older than the ledger's newest entry of the run: a crash or a restored copy"
              + " left it so; what is shown may be out of date, the ledger decides");
    }
    record.counts().forEach((name, count) -> console.line("  " + name + ": " + count));
    switch (record.state()) {
      case STAGED -> showStaged(console, record);
      case FAILED, STOPPED, RUNNING ->
          console.line(
              "next      consentry resume "
                  + record.run()
                  + "   or   consentry abandon "
                  + record.run());
      case PUBLISHED -> console.line("next      consentry verify " + record.release());
      case ABANDONED, UNCHANGED -> {}
    }
  }

  private static boolean isBehind(Ledger ledger, RunRecord record) {
    Instant updated = Instant.parse(record.updated());
    return ledger.entries().stream()
        .filter(entry -> entry.run().equals(record.run()) && OF_RECORDS.contains(entry.kind()))
        .anyMatch(entry -> entry.moment().isAfter(updated));
  }

  /** What an approver reads, what is signed, and how. */
  private static void showStaged(Console console, RunRecord record) {
    Path release = Staging.of(Path.of(record.output()), record.run()).release();
    Path manifest = release.resolve("manifest.json");
    console.line("read      " + release.resolve("manifest.html"));
    console.line("sign      " + manifest);
    console.line("          consentry approve " + record.run() + " --key file:KEY   or");
    console.line(
        "          ssh-keygen -Y sign -f KEY -n "
            + SshSignature.APPROVAL
            + " < "
            + manifest
            + " > approval.sig");
    console.line("          consentry approve " + record.run() + " --signature approval.sig");
    console.line(
        "next      consentry publish "
            + record.run()
            + "   or   consentry abandon "
            + record.run());
  }
}
