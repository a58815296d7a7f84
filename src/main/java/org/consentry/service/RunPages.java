package org.consentry.service;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.consentry.followup.Register;
import org.consentry.followup.RegisterTable;
import org.consentry.followup.RunView;
import org.consentry.followup.Runs;
import org.consentry.keys.SshSignature;
import org.consentry.ledger.LedgerEntry;
import org.consentry.ledger.LedgerFact;
import org.consentry.ledger.RunRecord;
import org.consentry.ledger.Staging;
import org.consentry.problem.CountWords;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;
import org.consentry.release.ManifestView;
import org.consentry.service.StateReader.Snapshot;
import org.consentry.service.page.ApprovalPage;
import org.consentry.service.page.DueJob;
import org.consentry.service.page.OverviewPage;
import org.consentry.service.page.OverviewPage.Task;
import org.consentry.service.page.OverviewPage.Tile;
import org.consentry.service.page.Part;
import org.consentry.service.page.ReleasePage;
import org.consentry.service.page.RunCard;
import org.consentry.service.page.RunPage;
import org.consentry.service.page.RunsPage;
import org.consentry.service.page.Tone;
import org.consentry.service.page.WeekChart;

/** Makes the pages about runs. */
public final class RunPages {

  private static final int SIZE = 50;

  private final StateReader reader;
  private final Supplier<List<DueJob>> schedules;
  private final Supplier<Optional<String>> atWork;

  /**
   * Pages of a state folder.
   *
   * @param schedules the jobs with a schedule, the next one first
   * @param atWork the run that this service works on; empty when it works on none
   */
  public RunPages(
      StateReader reader, Supplier<List<DueJob>> schedules, Supplier<Optional<String>> atWork) {
    this.reader = reader;
    this.schedules = schedules;
    this.atWork = atWork;
  }

  private String state(RunRecord record) {
    return Runs.state(reader.state(), record);
  }

  private RunCard card(Snapshot now, RunRecord record) {
    return card(now, view(now, record));
  }

  private RunCard card(Snapshot now, RunView view) {
    boolean isAtWork = view.record().state() == RunRecord.State.RUNNING;
    return RunCard.of(view, now.moments(), isAtWork ? atWork.get() : Optional.empty());
  }

  private RunView view(Snapshot now, RunRecord record) {
    return RunView.of(reader.state(), now.ledger(), record, reader.now());
  }

  /** What runs, what is due, what waits, what failed, what is to be done. */
  public OverviewPage overview() {
    Snapshot now = reader.snapshot();
    List<RunCard> running = new ArrayList<>();
    List<RunCard> waiting = new ArrayList<>();
    List<RunCard> failed = new ArrayList<>();
    for (RunRecord record : now.runs()) {
      switch (record.state()) {
        case RUNNING -> {
          RunCard card = card(now, record);
          (card.mark().tone() == Tone.BUSY ? running : failed).add(card);
        }
        case STAGED -> waiting.add(card(now, record));
        case FAILED, STOPPED -> failed.add(card(now, record));
        case PUBLISHED, UNCHANGED, ABANDONED -> {}
      }
    }
    List<Task> tasks = tasks(now);
    return new OverviewPage(
        running, waiting, failed, schedules.get(), tasks, tiles(now, tasks), chart(now));
  }

  private List<Task> tasks(Snapshot now) {
    LocalDate today = reader.today(now);
    List<Task> tasks = new ArrayList<>();
    for (Register.Disclosed one : now.register().disclosures()) {
      List<String> toDo = RegisterTable.toDo(one, today);
      if (!toDo.isEmpty()) {
        tasks.add(
            new Task(one.entry().job(), one.fact(LedgerFact.RELEASE), String.join("; ", toDo)));
      }
    }
    return tasks;
  }

  private List<Tile> tiles(Snapshot now, List<Task> tasks) {
    List<Register.Disclosed> all = now.register().disclosures();
    long recalls = all.stream().filter(one -> one.recall() == Register.Recall.OPEN).count();
    return List.of(
        new Tile(
            "Releases",
            CountWords.of(all.size()),
            all.isEmpty() ? "" : "the newest on " + all.get(0).day()),
        new Tile("Runs", CountWords.of(now.runs().size()), ""),
        new Tile("Open recalls", CountWords.of(recalls), ""),
        new Tile("Releases with something to do", CountWords.of(tasks.size()), ""));
  }

  private WeekChart chart(Snapshot now) {
    List<Map.Entry<LocalDate, Tone>> marks = new ArrayList<>();
    for (RunRecord record : now.runs()) {
      LocalDate day =
          LocalDate.ofInstant(java.time.Instant.parse(record.started()), now.moments().zone());
      marks.add(Map.entry(day, tone(record)));
    }
    return WeekChart.of("weeks", "Runs by week", reader.today(now), marks);
  }

  private static Tone tone(RunRecord record) {
    return switch (record.state()) {
      case PUBLISHED, UNCHANGED -> Tone.DONE;
      case RUNNING, STAGED -> Tone.WAIT;
      case FAILED, STOPPED, ABANDONED -> Tone.BAD;
    };
  }

  /**
   * The history of runs.
   *
   * @param job only runs of this job; empty for all
   * @param state only runs of this state; empty for all
   * @param number of the part
   */
  public RunsPage runs(String job, String state, int number) {
    Snapshot now = reader.snapshot();
    List<RunRecord> found =
        now.runs().stream()
            .filter(record -> job.isEmpty() || record.job().equals(job))
            .filter(
                record -> state.isEmpty() || state(record).equals(state.toUpperCase(Locale.ROOT)))
            .toList();
    Part part = Part.of(number, SIZE, found.size());
    return new RunsPage(
        part.of(found).stream().map(record -> card(now, record)).toList(),
        part,
        job,
        state,
        now.runs().stream().map(RunRecord::job).distinct().sorted().toList(),
        chart(now));
  }

  /**
   * One run.
   *
   * @throws ProblemException category USAGE when there is none of that id
   */
  public RunPage run(String id) {
    Snapshot now = reader.snapshot();
    RunRecord record = Runs.find(reader.state(), id);
    RunView view = view(now, record);
    Optional<ManifestView> manifest = manifest(now, record);
    List<String> remarks = new ArrayList<>();
    if (view.recorded() == RunView.Recorded.BEHIND) {
      remarks.add(
          "The record of the run is older than the ledger's newest entry of it: a crash or a"
              + " restored copy left it so; the ledger decides");
    }
    return new RunPage(
        card(now, view),
        facts(now, record),
        remarks,
        manifest.map(ManifestView::counts).orElse(List.of()),
        manifest.flatMap(one -> ReleasePage.people(one.people())),
        release(now, record));
  }

  private static List<Map.Entry<String, String>> facts(Snapshot now, RunRecord record) {
    List<Map.Entry<String, String>> facts = new ArrayList<>();
    facts.add(Map.entry("Job", record.job()));
    facts.add(Map.entry("Study", record.study()));
    facts.add(Map.entry("Started", now.moments().words(record.started())));
    facts.add(Map.entry("Last change", now.moments().words(record.updated())));
    facts.add(Map.entry("Reference date", record.referenceDate()));
    facts.add(Map.entry("Started or resumed by", String.join(", ", record.operators())));
    facts.add(Map.entry("Exit code", Integer.toString(record.exitCode())));
    if (!record.replaces().isEmpty()) {
      facts.add(Map.entry("Replaces", record.replaces()));
    }
    return facts;
  }

  private static Optional<LedgerEntry> newest(Snapshot now, String run, LedgerEntry.Kind kind) {
    return now.entries(run).stream()
        .filter(entry -> entry.kind() == kind)
        .reduce((older, newer) -> newer);
  }

  private static Optional<Map.Entry<String, String>> release(Snapshot now, RunRecord record) {
    return newest(now, record.run(), LedgerEntry.Kind.PUBLISHED)
        .flatMap(entry -> entry.fact(LedgerFact.RELEASE))
        .map(name -> Map.entry(record.job(), name));
  }

  /** The manifest of a run, published or staged; empty while it has none that is as it was. */
  private Optional<ManifestView> manifest(Snapshot now, RunRecord record) {
    try {
      Optional<LedgerEntry> published = newest(now, record.run(), LedgerEntry.Kind.PUBLISHED);
      if (published.isPresent()) {
        return published.map(
            entry ->
                reader.manifest(
                    Path.of(entry.fact(LedgerFact.TARGET).orElse("")),
                    entry.fact(LedgerFact.MANIFEST_SHA256).orElse("")));
      }
      return record.state() == RunRecord.State.STAGED
          ? newest(now, record.run(), LedgerEntry.Kind.STAGED)
              .map(entry -> stagedManifest(record, entry))
          : Optional.empty();
    } catch (ProblemException movedOrChanged) {
      return Optional.empty();
    }
  }

  private ManifestView stagedManifest(RunRecord record, LedgerEntry staged) {
    return reader.manifest(
        Staging.of(Path.of(record.output()), record.run()).release(),
        staged.fact(LedgerFact.MANIFEST_SHA256).orElse(""));
  }

  /**
   * What an approver approves.
   *
   * @throws ProblemException category USAGE when the run is not staged
   */
  public ApprovalPage approval(String id) {
    Snapshot now = reader.snapshot();
    RunRecord record = Runs.findStaged(reader.state(), id);
    RunView view = view(now, record);
    List<Problem> problems = new ArrayList<>(view.problems());
    Optional<ManifestView> manifest = Optional.empty();
    try {
      manifest = Optional.of(staged(id));
    } catch (ProblemException notAsStaged) {
      problems.addAll(notAsStaged.problems());
    }
    String release =
        newest(now, id, LedgerEntry.Kind.STAGED)
            .flatMap(entry -> entry.fact(LedgerFact.RELEASE))
            .orElse("");
    return new ApprovalPage(
        card(now, view),
        manifest.map(one -> approved(now, one)).orElse(List.of()),
        manifest,
        problems,
        release,
        SshSignature.APPROVAL);
  }

  /**
   * The staged manifest of a run: what is signed.
   *
   * @throws ProblemException category USAGE when the run is not staged, VERIFY when the manifest is
   *     not as it was staged
   */
  public ManifestView staged(String id) {
    Snapshot now = reader.snapshot();
    RunRecord record = Runs.findStaged(reader.state(), id);
    return newest(now, id, LedgerEntry.Kind.STAGED)
        .map(entry -> stagedManifest(record, entry))
        .orElseThrow(
            () ->
                ProblemException.of(
                    org.consentry.problem.Category.STALE,
                    "NOT_STAGED",
                    org.consentry.problem.Place.of("run " + id),
                    "the ledger knows of no staged release of this run",
                    "resume the run to make the release again"));
  }

  private static List<Map.Entry<String, String>> approved(Snapshot now, ManifestView manifest) {
    List<Map.Entry<String, String>> facts = new ArrayList<>();
    add(facts, "Study", manifest.word("authority/study/title"));
    add(facts, "Request", manifest.word("authority/request/title"));
    add(
        facts,
        "Recipient",
        manifest.word("authority/recipient/name")
            + ", "
            + manifest.word("authority/recipient/organization"));
    add(facts, "Legal basis", manifest.word("authority/legalBasis"));
    add(facts, "Rules", manifest.word("authority/target"));
    add(facts, "Requested by", manifest.word("authority/requestedBy"));
    add(facts, "Agreement", manifest.word("authority/agreement/id"));
    add(facts, "Board approval until", manifest.word("authority/board/expiresOn"));
    add(facts, "Made on", now.moments().words(manifest.word("release/createdAt")));
    return facts;
  }

  private static void add(List<Map.Entry<String, String>> facts, String label, String value) {
    if (!value.isBlank()) {
      facts.add(Map.entry(label, value));
    }
  }
}
