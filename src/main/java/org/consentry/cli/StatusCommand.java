package org.consentry.cli;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.consentry.export.PageFile;
import org.consentry.export.RunKeys;
import org.consentry.followup.Moments;
import org.consentry.followup.Register;
import org.consentry.followup.RegisterTable;
import org.consentry.followup.Runs;
import org.consentry.ledger.Ledger;
import org.consentry.ledger.Recalls;
import org.consentry.ledger.RunRecord;
import org.consentry.ledger.RunRecords;
import org.consentry.ledger.StateFolder;
import org.consentry.problem.CountWords;
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

  /** Of more open recalls than these a summary is shown. */
  private static final int MOST_RECALLS = 3;

  @Override
  public Integer call() {
    StateFolder state = common.state();
    Console console = common.console();
    Optional<Ledger> ledger = Runs.checkedLedger(state);
    List<RunRecord> all = new RunRecords(state).all();
    if (run.isEmpty() && ledger.isEmpty()) {
      common.noRunYet(console, state);
      return 0;
    }
    RunStatus status = new RunStatus(console, state, ledger, common.homeWords());
    if (!run.isEmpty()) {
      status.show(Runs.find(state, run));
    } else if (!all.isEmpty()) {
      status.show(all.get(0));
      status.showStaged(all.subList(1, all.size()));
    }
    if (html != null) {
      PageFile.write(html, page(state, all));
    }
    showRecalls(console, state, ledger);
    ledger.ifPresent(known -> showOverdue(console, state, known));
    console.line("state folder " + state.home());
    return 0;
  }

  private void showRecalls(Console console, StateFolder state, Optional<Ledger> ledger) {
    List<Recalls.Open> open = ledger.map(Recalls::new).map(Recalls::open).orElse(List.of());
    if (recalls || open.size() <= MOST_RECALLS) {
      Moments moments = Moments.of(state);
      open.forEach(recall -> show(console, moments, recall));
    } else {
      summarize(console, open);
    }
  }

  private static void showOverdue(Console console, StateFolder state, Ledger ledger) {
    ZoneId zone = Moments.of(state).zone();
    LocalDate today = LocalDate.now(zone);
    List<Register.Disclosed> overdue =
        Register.of(state, ledger, zone).overdue(today).disclosures();
    overdue.forEach(
        one -> {
          console.line("");
          console.line("overdue   " + RegisterTable.line(one));
          console.line(
              "next      consentry confirm "
                  + one.name()
                  + " destroyed --document FILE   once the recipient confirms it");
        });
    if (!overdue.isEmpty()) {
      console.result(
          "overdueReleases",
          Map.of("releases", overdue.stream().map(Register.Disclosed::name).toList()));
    }
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
              "recalls   "
                  + CountWords.of(theirs.size(), "release")
                  + " to "
                  + recipient
                  + ", open since "
                  + since);
          console.result(
              "openRecalls",
              Map.of(
                  "recalls", theirs.size(), "recipient", recipient, "since", Moments.iso(since)));
        });
    console.line("next      consentry status --recalls   lists them");
  }

  private static void show(Console console, Moments moments, Recalls.Open recall) {
    console.line("");
    console.line(
        "recall    "
            + recall.job()
            + "/"
            + recall.release()
            + " to "
            + recall.recipient()
            + " is open");
    console.line("since     " + moments.words(recall.since()));
    console.line("list      " + recall.folder());
    console.line(
        "next      send the list; then consentry run --replaces "
            + recall.release()
            + " JOB   or, once the recipient confirms,   consentry recall --close "
            + recall.run());
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("release", recall.job() + "/" + recall.release());
    fields.put("run", recall.run());
    fields.put("recipient", recall.recipient());
    fields.put("since", Moments.iso(recall.since()));
    fields.put("folder", recall.folder());
    console.result("openRecall", fields);
  }
}
