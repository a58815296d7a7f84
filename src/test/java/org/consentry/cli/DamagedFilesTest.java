package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.consentry.cli.Installation.Answer;
import org.consentry.export.Accepted;
import org.consentry.export.ApprovedRelease;
import org.consentry.export.ClinicZone;
import org.consentry.export.ExportRuns;
import org.consentry.export.Publication;
import org.consentry.export.RunContext;
import org.consentry.export.RunOutcome;
import org.consentry.export.SignersFile;
import org.consentry.export.StateSession;
import org.consentry.followup.Runs;
import org.consentry.ledger.RunRecord;
import org.consentry.ledger.RunRecords;
import org.consentry.ledger.Staging;
import org.consentry.ledger.StateFolder;
import org.consentry.plan.ExportPlan;
import org.consentry.plan.Planner;
import org.consentry.problem.ProblemException;
import org.consentry.release.Approvals;
import org.consentry.release.Publisher;
import org.consentry.testing.ExportDriver;
import org.consentry.testing.SmallClinic;
import org.consentry.testing.SmallClinic.Basis;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;

/**
 * Every file of a state folder, of the keys and of staging is damaged in every way, one at a time,
 * and a person then works on: either a command refuses and names a problem, or every answer and
 * every released byte is as without the damage. Prints who detected what.
 */
final class DamagedFilesTest {

  private static final long SEED = 20261128;
  private static final Pattern ERROR = Pattern.compile("error ([A-Z_0-9]+) ");
  private static final Pattern REPAIR =
      Pattern.compile("were set aside here|is older than the ledger's newest entry");
  private static final String INTERRUPTED = "visits-interrupted";
  private static final String AGAIN = "visits-again";
  private static final String VANISHED = "run without a restriction";
  private static final String PATIENT = SmallClinic.id(2);

  @TempDir(factory = InMemory.class)
  private static Path folder;

  private static Path root = Path.of("");
  private static Path job = Path.of("");
  private static StateFolder state = new StateFolder(Path.of(""));
  private static String staged = "";
  private static List<Path> releases = List.of();
  private static final Map<List<String>, List<Reply>> baselines = new HashMap<>();

  /** A file system without a disk, where there is one: thousands of flushes take no time there. */
  static final class InMemory implements TempDirFactory {
    @Override
    public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext extension)
        throws IOException {
      Path memory = Path.of("/dev/shm");
      return Files.isWritable(memory)
          ? Files.createTempDirectory(memory, "consentry")
          : Files.createTempDirectory("consentry");
    }
  }

  /** What happens to a file. */
  private enum Damage {
    FLIPPED,
    HALVED,
    EMPTIED,
    REMOVED,
    OLDER
  }

  /**
   * What a command answered.
   *
   * @param code the problem it named first, or what it repaired; empty when all was well
   * @param output what a person or recipient gets
   */
  private record Reply(String command, int exitCode, String code, String output) {

    boolean succeeded() {
      return exitCode == 0 || exitCode == RunOutcome.RELEASED_WITH_REJECTS;
    }
  }

  /** A command that is given. */
  private record Step(String name, Supplier<Reply> work) {}

  /**
   * Two releases, a third one that is staged and approved, and a run that was interrupted before
   * publication. Both unfinished runs worked under two decisions, so there are older copies of
   * their files.
   */
  @BeforeAll
  static void releaseTwiceAndStage() throws IOException {
    root = folder.toRealPath();
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
    SmallClinic clinic = new SmallClinic(root).patients(1, 14);
    state = clinic.state();
    deny(5, "LAB");
    Files.delete(root.resolve("keys/b.key")); // No job uses it.
    job = clinic.job("visits", "a", "R1", Basis.WAIVER);
    Installation.write(state.home().resolve("application.properties"), "zone=America/Phoenix\n");
    done(0, call("run", job.toString()));
    copy("first", "state", "keys", "releases");
    clinic.withdraws(3).patients(15, 17);
    deny(5, "LAB");
    deny(6, "LAB");
    done(0, call("run", job.toString()));
    Path approved = clinic.job("approved", "a", "R2", Basis.WAIVER);
    Files.writeString(approved, Files.readString(approved) + "approval: {required: 1}\n");
    Approvers.pin(state, name -> root.resolve("approvers/" + name + ".pem"), "ann", "bob");
    done(RunOutcome.STAGED, call("run", approved.toString()));
    staged = new RunRecords(state).all().get(0).run();
    interrupt();
    copy("second", "state", "keys", "releases");
    clinic.withdraws(4);
    deny(5, "LAB");
    deny(6, "LAB");
    done(0, approve());
    done(15, call("publish", staged));
    done(RunOutcome.STAGED, call("resume", staged));
    interrupt();
    done(0, approve());
    copy("base", "state", "keys", "releases", "clinic");
    releases = List.of(release(1), release(2));
  }

  private static Path release(int number) throws IOException {
    try (Stream<Path> list = Files.list(root.resolve("releases/visits"))) {
      return list.sorted().toList().get(number - 1);
    }
  }

  private static void done(int expected, Answer answer) {
    assertThat(answer.exitCode()).as(answer.err()).isEqualTo(expected);
  }

  /** A restriction, which later runs remember. */
  private static void deny(int patient, String category) throws IOException {
    Path file = root.resolve("clinic/consents.csv");
    Files.writeString(
        file,
        Files.readString(file)
            + ("D" + patient + "," + SmallClinic.id(patient))
            + ",DENY,ACTIVE,2021-01-01T10:00:00,2021-01-01T10:00:00,2021-01-01,,NONE,"
            + ("BROAD_CONSENT,F,1," + "a".repeat(64) + ",PATIENT,,NA,HRESCH,,*,*,*,*,")
            + (category + ",,,,AZ,paper\n"));
  }

  private static Answer approve() {
    return call("approve", staged, "--key", "file:" + root.resolve("approvers/ann.pem"));
  }

  /** A run that is sealed and not published, with a record as a kill leaves it. */
  private static void interrupt() {
    try (StateSession session = session()) {
      ExportPlan plan = plan();
      driver(session).extract(plan, INTERRUPTED, Optional.empty()).seal();
      record(INTERRUPTED, plan, RunRecord.State.FAILED);
    }
  }

  private static void record(String run, ExportPlan plan, RunRecord.State how) {
    String then = "2020-01-01T00:00:00Z";
    new RunRecords(state)
        .write(
            new RunRecord(
                run,
                "visits",
                "S-A",
                job.toString(),
                plan.output().toString(),
                how,
                then,
                then,
                plan.referenceDate().toString(),
                "",
                plan.digest(),
                "",
                "",
                0,
                Map.of(),
                List.of("operator")));
  }

  private static StateSession session() {
    return Sessions.open(state, Installation.silent());
  }

  private static ExportPlan plan() {
    LocalDate day = LocalDate.of(2026, 11, 28);
    return Planner.plan(job, day, day, Optional.of(ClinicZone.of(job, state)));
  }

  private static ExportRuns runs(StateSession session) {
    return new ExportRuns(session, Assertions::fail, "test", Accepted.NOTHING);
  }

  private static ExportDriver driver(StateSession session) {
    return new ExportDriver(state, session.ledger(), Instant::now);
  }

  private static Answer call(String... words) {
    List<String> all = new ArrayList<>(Arrays.asList(words));
    all.addAll(List.of("--home", state.home().toString()));
    return Installation.execute(all);
  }

  @Test
  void nothingIsSilentlyWrong() throws IOException {
    System.out.println("seed " + SEED);
    SortedMap<String, String> table = new TreeMap<>();
    restore();
    for (List<Path> files : groups()) {
      List<Step> steps = steps(files.get(0));
      if (!baselines.containsKey(names(steps))) {
        baselines.put(names(steps), baseline(steps));
      }
      for (Damage damage : Damage.values()) {
        outcomes(files, damage)
            .forEach(
                (file, outcome) ->
                    table.merge(
                        String.format(Locale.ROOT, "%-60s %-8s", kind(file), damage),
                        outcome,
                        (one, other) -> one.contains(other) ? one : one + " | " + other));
      }
    }
    table.forEach((line, outcome) -> System.out.println(line + " " + outcome));
    assertThat(table).hasSizeGreaterThan(100);
    assertThat(table.values()).noneMatch(outcome -> outcome.contains("WRONG"));
  }

  /**
   * Damages files, all of them at once, and one at a time where that does anything.
   *
   * @return what was the outcome for each file that the damage changed
   */
  private static Map<Path, String> outcomes(List<Path> files, Damage damage) throws IOException {
    Map<Path, String> outcomes = new TreeMap<>();
    restore();
    for (Path file : files) {
      if (damage(file, damage)) {
        outcomes.put(file, "harmless");
      }
    }
    if (outcomes.isEmpty()) {
      return outcomes;
    }
    String outcome = outcome(files.get(0));
    if (outcomes.size() > 1 && !outcome.equals("harmless")) {
      for (Path file : files) {
        outcomes.putAll(outcomes(List.of(file), damage));
      }
    } else {
      outcomes.replaceAll((file, any) -> outcome);
    }
    return outcomes;
  }

  /** Whether the damage changed anything. */
  private static boolean damage(Path file, Damage damage) throws IOException {
    byte[] content = Files.readAllBytes(file);
    switch (damage) {
      case FLIPPED -> {
        if (content.length == 0) {
          return false;
        }
        Random random = new Random(SEED + content.length);
        int quarter = content.length / 4; // Key files begin with remarks.
        int at =
            content[0] == '#'
                ? 3 * quarter + random.nextInt(quarter)
                : quarter + random.nextInt(2 * quarter + 1);
        content[at] ^= (byte) (1 << random.nextInt(8));
        Files.write(file, content);
      }
      case HALVED -> Files.write(file, Arrays.copyOf(content, content.length / 2));
      case EMPTIED -> Files.write(file, new byte[0]);
      case REMOVED -> Files.delete(file);
      case OLDER -> {
        Optional<Path> older = older(file, content);
        if (older.isEmpty()) {
          return false;
        }
        Files.write(file, Files.readAllBytes(older.get()));
      }
    }
    return content.length > 0 || damage == Damage.REMOVED || damage == Damage.OLDER;
  }

  /** The oldest copy that differs. */
  private static Optional<Path> older(Path file, byte[] content) throws IOException {
    for (String copy : List.of("first", "second")) {
      Path older = root.resolve(copy).resolve(root.relativize(file).toString());
      if (Files.exists(older) && !Arrays.equals(content, Files.readAllBytes(older))) {
        return Optional.of(older);
      }
    }
    return Optional.empty();
  }

  private static List<String> names(List<Step> steps) {
    return steps.stream().map(Step::name).toList();
  }

  /** What the same commands answer when nothing is damaged. */
  private static List<Reply> baseline(List<Step> steps) throws IOException {
    restore();
    List<Reply> replies = new ArrayList<>();
    for (Step step : steps) {
      replies.add(step.work().get());
    }
    assertThat(replies)
        .as("without damage")
        .allMatch(reply -> reply.succeeded() || reply.command().equals(VANISHED));
    return replies;
  }

  private static String outcome(Path file) throws IOException {
    List<Step> steps = steps(file);
    List<Reply> baseline = Optional.ofNullable(baselines.get(names(steps))).orElseThrow();
    String reported = "";
    for (int i = 0; i < steps.size(); i++) {
      Reply reply = steps.get(i).work().get();
      Reply expected = baseline.get(i);
      boolean isSame =
          expected.exitCode() == reply.exitCode()
              && expected.output().equals(reply.output())
              && (reply.succeeded() || expected.code().equals(reply.code()));
      if (!isSame && !reply.succeeded() && !reply.code().isEmpty()) {
        return reported + reply.command() + " " + reply.exitCode() + " " + reply.code();
      }
      if (!isSame && reply.code().isEmpty()) {
        return "WRONG " + reply.command() + " " + reply.exitCode() + ": " + reply.output();
      }
      if (reply.succeeded() && !reply.code().isEmpty()) {
        reported = "reported by " + reply.command() + ", then ";
      }
    }
    return reported + "harmless";
  }

  /** What a person does, the cheap things first. */
  private static List<Step> steps(Path file) {
    if (file.startsWith(staging(staged))) {
      return List.of(new Step("publish", DamagedFilesTest::publish));
    }
    if (file.startsWith(staging(INTERRUPTED))) {
      return file.endsWith("one-time.key")
          ? List.of(new Step("resume under a key", () -> resume(false)))
          : List.of(new Step("resume", () -> resume(true)));
    }
    List<Step> steps = new ArrayList<>();
    steps.add(ask("status", staged));
    steps.add(ask("list"));
    steps.add(ask("ledger", "verify", "--full"));
    releases.forEach(release -> steps.add(ask("verify", release.toString())));
    steps.add(ask("accounting", "--patient", PATIENT));
    steps.add(ask("recall"));
    if (file.startsWith(state.restrictions())) {
      steps.add(new Step(VANISHED, DamagedFilesTest::runWithoutARestriction));
    }
    boolean isOfReleases =
        Stream.of(state.manifests(), state.memberships(), state.restrictions())
            .anyMatch(file::startsWith);
    steps.add(
        isOfReleases
            ? new Step("publish without Spring", DamagedFilesTest::publish)
            : new Step("publish", () -> released(call("publish", staged))));
    steps.add(new Step("run", DamagedFilesTest::runAgain));
    steps.add(new Step("resume", () -> resume(true)));
    steps.add(ask("ledger", "verify", "--full"));
    steps.add(ask("accounting", "--patient", PATIENT));
    return steps;
  }

  private static Path staging(String run) {
    return Staging.of(root.resolve("releases"), run).folder();
  }

  private static Step ask(String... words) {
    String command =
        Arrays.stream(words)
            .map(word -> word.replace(root.toString(), "").replace(staged, "RUN"))
            .collect(Collectors.joining(" "));
    return new Step(
        command,
        () -> {
          Answer answer = call(words);
          return reply(command, answer, answer.out());
        });
  }

  private static Reply reply(String command, Answer answer, String output) {
    Matcher error = ERROR.matcher(answer.err());
    String code = error.find() ? error.group(1) : REPAIR.matcher(answer.err()).find() ? "r" : "";
    if (code.isEmpty() && answer.out().contains("may sign  none of the approvers: add one to")) {
      code = "APPROVERS";
    }
    String same =
        output
            .replaceAll("\\d{8}-\\d{6}-[0-9a-f]{4}", "ID")
            .replaceAll("\\d{8}T\\d{6}\\w*", "STAMP")
            .replaceAll("\\d{4}-\\d{2}-\\d{2}T[0-9:.]+Z", "TIME")
            .replaceAll("as of \\d{4}-\\d{2}-\\d{2} \\d{2}:\\d{2}(:\\d{2})?", "as of TIME")
            .replaceAll(
                "\\d{4}-\\d{2}-\\d{2} \\d{2}:\\d{2}:\\d{2} ([-+]\\d{2}:\\d{2} )?[A-Za-z/_]+",
                "TIME ZONE");
    return new Reply(command, answer.exitCode(), code, same);
  }

  private static Reply released(Answer answer) {
    return reply("publish", answer, content(root.resolve("releases/approved")).toString());
  }

  /** Digests of the files of the newest release. */
  private static Map<String, String> content(Path releasesOfJob) {
    List<Path> all = Installation.files(releasesOfJob);
    return all.isEmpty() ? Map.of() : Installation.digests(releasesOfJob);
  }

  /** Publishes the staged run as the command does, without Spring. */
  private static Reply publish() {
    return reply(
        "publish",
        answer(
            session -> {
              RunRecord record = Runs.findStaged(state, staged);
              ExportPlan plan = runs(session).plan(record);
              new ApprovedRelease(
                      plan,
                      new RunContext(
                          staged,
                          "operator",
                          record.operators(),
                          Optional.empty(),
                          Accepted.NOTHING,
                          state,
                          Staging.of(plan.output(), staged),
                          session.ledger(),
                          new Publisher(session.ledger(), Instant::now),
                          Instant::now,
                          plan.zone().orElseThrow(),
                          "test",
                          new ConsoleProgress(Installation.silent(), Instant::now)),
                      new Approvals(session.ledger(), SignersFile.approvers(state), Instant::now))
                  .publish();
            }),
        content(root.resolve("releases/approved")).toString());
  }

  /**
   * Takes the interrupted run up and publishes it, without Spring.
   *
   * @param sameKey false where it may draw another one-time key, so that codes of visits are others
   */
  private static Reply resume(boolean sameKey) {
    List<String> data = new ArrayList<>();
    Answer answer =
        answer(
            session -> {
              Publication export =
                  driver(session)
                      .extract(
                          runs(session).plan(Runs.find(state, INTERRUPTED)),
                          INTERRUPTED,
                          Optional.empty())
                      .seal()
                      .publish();
              record(INTERRUPTED, plan(), RunRecord.State.PUBLISHED);
              if (sameKey) {
                data.add(Installation.digests(export.folder().resolve("data")).toString());
              }
              data.addAll(withoutCodesOfVisits(export.folder()));
              data.add(export.counts().toString());
            });
    return reply("resume", answer, data.toString());
  }

  private interface Work {
    void on(StateSession session);
  }

  private static Answer answer(Work work) {
    try (StateSession session = session()) {
      work.on(session);
      return new Answer(0, "", "");
    } catch (ProblemException refused) {
      return new Answer(refused.category().exitCode(), "", refused.getMessage() + " ");
    }
  }

  /** Another release, without Spring. Codes of visits are drawn for each run. */
  private static Reply runAgain() {
    List<String> lines = new ArrayList<>();
    Answer answer =
        answer(
            session -> {
              Publication export =
                  driver(session).extract(plan(), AGAIN, Optional.empty()).seal().publish();
              record(AGAIN, plan(), RunRecord.State.PUBLISHED);
              lines.addAll(withoutCodesOfVisits(export.folder()));
            });
    return reply("run", answer, String.join("\n", lines));
  }

  private static List<String> withoutCodesOfVisits(Path release) {
    String patients = Installation.read(release.resolve("data/patients.csv"));
    String visits = Installation.read(release.resolve("data/visits.csv"));
    return Stream.concat(
            patients.lines().sorted(),
            visits.lines().map(line -> line.substring(line.indexOf(','))).sorted())
        .toList();
  }

  /** A restriction that was read before is gone from the source. */
  private static Reply runWithoutARestriction() {
    Path consents = root.resolve("clinic/consents.csv");
    String text = Installation.read(consents);
    Installation.write(
        consents,
        text.lines()
            .filter(line -> !line.startsWith("D6,"))
            .collect(Collectors.joining("\n", "", "\n")));
    Answer answer =
        answer(session -> driver(session).extract(plan(), AGAIN, Optional.empty()).seal());
    Installation.write(consents, text);
    return reply(VANISHED, answer, "");
  }

  /**
   * Every file, alone. Together only what no command is expected to read: the work of a run that is
   * staged, and the pages of a run that was interrupted, which are made again.
   */
  private static List<List<Path>> groups() {
    Path work = staging(staged).resolve("work");
    Path pages = staging(INTERRUPTED).resolve("release");
    Path data = pages.resolve("data");
    Map<Path, List<Path>> groups = new LinkedHashMap<>();
    for (Path file : files()) {
      boolean isWork = file.startsWith(work);
      boolean isPage = file.startsWith(pages) && !file.startsWith(data);
      groups
          .computeIfAbsent(isWork ? work : isPage ? pages : file, any -> new ArrayList<>())
          .add(file);
    }
    return List.copyOf(groups.values());
  }

  private static List<Path> files() {
    return Stream.of(state.home(), root.resolve("keys"), root.resolve("releases/.staging"))
        .flatMap(tree -> Installation.files(tree).stream())
        .toList();
  }

  /** The path of a file without what is drawn at random. */
  private static String kind(Path file) {
    return root.relativize(file)
        .toString()
        .replace(staged, "STAGED-RUN")
        .replace(INTERRUPTED, "INTERRUPTED-RUN")
        .replaceAll("visits-\\d{8}-\\d{6}-[0-9a-f]{4}", "PUBLISHED-RUN")
        .replaceAll("[0-9a-f]{32,}", "DIGEST");
  }

  private static void copy(String name, String... folders) {
    for (String one : folders) {
      Installation.copy(root.resolve(one), root.resolve(name).resolve(one));
    }
  }

  /**
   * Puts back what differs from the copy. What HSQLDB did not close of a damaged database ends with
   * the process of a command; here it must not answer for the next one.
   */
  private static void restore() throws IOException {
    Engine.closeEmbedded(state);
    for (String one : List.of("state", "keys", "releases", "clinic")) {
      Path copy = root.resolve("base").resolve(one);
      Path tree = root.resolve(one);
      try (Stream<Path> walk = Files.walk(tree)) {
        for (Path file : walk.sorted(Comparator.reverseOrder()).toList()) {
          if (!Files.exists(copy.resolve(tree.relativize(file).toString()))) {
            Files.delete(file);
          }
        }
      }
      try (Stream<Path> walk = Files.walk(copy)) {
        for (Path file : walk.toList()) {
          putBack(file, tree.resolve(copy.relativize(file).toString()));
        }
      }
    }
  }

  private static void putBack(Path copy, Path file) throws IOException {
    if (Files.isDirectory(copy) && !Files.exists(file)) {
      Files.createDirectory(file);
      Files.setPosixFilePermissions(file, Files.getPosixFilePermissions(copy));
    } else if (!Files.isDirectory(copy) && differs(copy, file)) {
      Files.copy(
          copy, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
    }
  }

  private static boolean differs(Path copy, Path file) throws IOException {
    return !Files.exists(file)
        || Files.size(copy) != Files.size(file)
        || !Files.getLastModifiedTime(copy).equals(Files.getLastModifiedTime(file));
  }
}
