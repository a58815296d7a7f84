package org.consentry.cli;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.consentry.export.ClinicContact;
import org.consentry.export.ClinicZone;
import org.consentry.export.RestrictionMemory;
import org.consentry.export.StateSession;
import org.consentry.followup.Judged;
import org.consentry.followup.Letterhead;
import org.consentry.followup.Moments;
import org.consentry.followup.RecallFailures;
import org.consentry.followup.RecallList;
import org.consentry.followup.RecallRun;
import org.consentry.followup.RecallSender;
import org.consentry.ledger.LedgerEntry;
import org.consentry.ledger.LedgerEvent;
import org.consentry.ledger.Recalls;
import org.consentry.ledger.StateFolder;
import org.consentry.problem.Category;
import org.consentry.problem.CountWords;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Compares releases with consent as of now, and lists what recipients must remove. */
@Command(
    name = "recall",
    description = {
      "Lists what recipients must delete after a change of consent.",
      "Each release that consent no longer covers gets one signed list.",
      "Without a change of consent nothing is written."
    },
    mixinStandardHelpOptions = true)
final class RecallCommand implements Callable<Integer> {

  private static final int MOST_DAYS = 366;

  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private ClockOption clock = new ClockOption();
  @Mixin private MissingRestrictionsOption missing = new MissingRestrictionsOption();

  @Parameters(
      paramLabel = "JOB",
      arity = "0..*",
      description = "Job files that moved since the releases were made.")
  private List<Path> jobs = new ArrayList<>();

  @Option(
      names = "--study",
      paramLabel = "ID",
      description = "Judges only the releases of this study.")
  private @Nullable String study;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description = "Where to write the lists; default: recalls in the state folder.")
  private @Nullable Path output;

  @Option(
      names = "--deadline",
      paramLabel = "DAYS",
      defaultValue = "" + Letterhead.DAYS,
      description = "Days until recipients must confirm; default: ${DEFAULT-VALUE}.")
  private int deadline = Letterhead.DAYS;

  @Option(
      names = "--close",
      paramLabel = "RUN",
      description = "Closes the recall of this run: its recipient confirmed the removal.")
  private String close = "";

  @Override
  public Integer call() {
    Console console = common.console();
    StateFolder state = common.state();
    requireDeadline();
    requireStudy();
    try (StateSession session = Sessions.ask(state, console)) {
      clock.accept(session);
      session.requireClock();
      return close.isEmpty() ? recall(session, state, console) : close(session, console);
    }
  }

  private int recall(StateSession session, StateFolder state, Console console) {
    Instant now = session.instant();
    ZoneId zone = ClinicZone.ofInstallation(state);
    RecallRun.Outcome outcome =
        new RecallRun(session.memberships(), memory(session, console), now, zone, jobs)
            .judge(release -> study == null || release.entry().study().equals(study));
    outcome.judged().forEach(judged -> show(console, judged));
    Optional<ClinicContact> clinic = ClinicContact.find(state);
    if (clinic.isEmpty() && !outcome.lists().isEmpty()) {
      console.remark(
          "the letters name no contact: add clinic.name, clinic.address and clinic.phone to "
              + Place.name(state.properties()));
    }
    RecallSender sending =
        new RecallSender(
            session.ledger(),
            output == null ? state.recalls() : output,
            zone,
            session.operator(),
            new Letterhead(clinic, deadline));
    RecallFailures unwritten = new RecallFailures();
    int written =
        sending.sendAll(
            outcome.lists(), now, (list, folder) -> show(console, list, folder), unwritten);
    boolean nothing = written == 0 && unwritten.problems().isEmpty();
    console.line(nothing ? "nothing new to recall" : CountWords.of(written, "list") + " written");
    console.result(
        "recallSummary",
        Map.of(
            "written",
            written,
            "unjudged",
            outcome.problems().size(),
            "unwritten",
            unwritten.problems().size()));
    RecallFailures undone = new RecallFailures();
    if (!outcome.problems().isEmpty()) {
      undone.add(new ProblemException(outcome.category(), outcome.problems()));
    }
    if (!unwritten.problems().isEmpty()) {
      undone.add(new ProblemException(unwritten.category(), unwritten.problems()));
    }
    undone.throwIfAny();
    return 0;
  }

  private RestrictionMemory memory(StateSession session, Console console) {
    return new RestrictionMemory(
        session.state(),
        session.ledger(),
        new RestrictionMemory.Acceptance(
            "",
            session.operator(),
            missing.reason(),
            event -> session.ledger().append(session.instant(), event),
            console::remark));
  }

  /** What a person accepts for one study is nothing about another. */
  private void requireStudy() {
    if (missing.reason().isPresent() && study == null) {
      throw ProblemException.of(
          Category.USAGE,
          "STUDY",
          Place.of("--accept-missing-restrictions"),
          "it is accepted for one study at a time, and none is named",
          "add --study ID");
    }
  }

  private void requireDeadline() {
    if (deadline < 1 || deadline > MOST_DAYS) {
      throw ProblemException.of(
          Category.USAGE,
          "DEADLINE",
          Place.of("--deadline"),
          "expected days between 1 and " + MOST_DAYS + " but found " + deadline,
          "");
    }
  }

  private static void show(Console console, Judged judged) {
    console.line(judged.words());
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("jobFile", judged.job().toString());
    fields.put("consentFile", judged.consentFile());
    fields.put("consentSha256", judged.consentSha256());
    fields.put("consentLines", judged.lines());
    fields.put("asOf", Moments.iso(judged.asOf().toInstant()));
    fields.put("releases", judged.releases());
    console.result("judgedReleases", fields);
  }

  private static void show(Console console, RecallList list, Optional<Path> folder) {
    String name = list.release().entry().job() + "/" + list.release().name();
    console.line(
        name
            + " to "
            + list.recipient()
            + ": "
            + CountWords.of(list.patients(), "patient")
            + " ("
            + CountWords.of(list.reasons())
            + ")"
            + folder.map(path -> ", list in " + path).orElse(", as listed before"));
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("run", list.release().entry().run());
    fields.put("release", name);
    fields.put("recipient", list.recipient());
    fields.put("subjects", list.patients());
    fields.put("reasons", list.reasons());
    fields.put("folder", folder.map(Path::toString));
    console.result("recallList", fields);
  }

  private int close(StateSession session, Console console) {
    Recalls.Open open =
        new Recalls(session.ledger())
            .open().stream()
                .filter(recall -> recall.run().equals(close))
                .findFirst()
                .orElseThrow(RecallCommand::notOpen);
    LedgerEntry listed = new Recalls(session.ledger()).newest(open.run()).orElseThrow();
    session
        .ledger()
        .append(session.instant(), LedgerEvent.recallClosed(listed, session.operator()));
    String release = open.job() + "/" + open.release();
    console.line("closed the recall of " + release);
    console.result("closedRecall", Map.of("run", open.run(), "release", release));
    return 0;
  }

  private static ProblemException notOpen() {
    return ProblemException.of(
        Category.USAGE,
        "NO_OPEN_RECALL",
        Place.of("--close"),
        "no recall of that run's release is open",
        "consentry status shows open recalls");
  }
}
