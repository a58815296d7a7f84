package org.consentry.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.consentry.ledger.Ledger;
import org.consentry.ledger.LedgerEntry;
import org.consentry.ledger.LedgerFact;
import org.consentry.ledger.RunRecord;
import org.consentry.ledger.RunRecords;
import org.consentry.ledger.StateFolder;
import org.consentry.problem.Category;
import org.consentry.testing.Deaths;

/**
 * Runs a job again and again, dies at another change of the disk each time, and takes the run up
 * again. Writes one line for each defect and one with the figures; ends with 0 when there is no
 * defect. Runs in a process whose file system is {@link org.consentry.testing.KillingFiles}.
 *
 * <p>A run of the small sample makes some 700 changes, with one thread always the same ones in the
 * same order: with distance 1 a run dies once at each of them. Its files are small, so nearly every
 * write is the only one of its file, and none needs to represent others.
 */
final class KillSweep {

  private static final int PROGRESS = 50;

  private final Installation installation;
  private final String job;
  private final int first;
  private final int distance;
  private final String threads;
  private final List<String> defects = new ArrayList<>();
  private final Map<String, Integer> deaths = new TreeMap<>();
  private final Map<String, Integer> trials = new TreeMap<>();
  private String where = "";
  private int before;

  private KillSweep(Installation installation, List<String> words) {
    this.installation = installation;
    job = words.get(1);
    first = Integer.parseInt(words.get(2));
    distance = Integer.parseInt(words.get(3));
    threads = words.get(4);
  }

  /**
   * Words: folder of an installation to make, job, first death, distance of deaths, threads, and
   * what happens: {@code killed}, {@code full} or both.
   */
  public static void main(String[] words) {
    KillSweep sweep = new KillSweep(SmallSample.in(Path.of(words[0])), List.of(words));
    long all = 0;
    for (String what : List.of(words).subList(5, words.length)) {
      all +=
          what.equals("killed")
              ? sweep.firstRuns() + sweep.laterRuns()
              : sweep.fullDisks("state") + sweep.fullDisks("releases");
    }
    sweep.defects.forEach(System.out::println);
    System.out.println(
        sweep.job
            + ": "
            + all
            + " changes of the disk, trials "
            + sweep.trials
            + ", died at "
            + sweep.deaths);
    System.exit(sweep.defects.isEmpty() ? 0 : 1);
  }

  /** Dies in a run that makes state folder and keys. */
  private long firstRuns() {
    before = 0;
    clear();
    List<String> changes = changes("", this::begin);
    List<String> expected = disclosed();
    for (int at = first; at <= changes.size(); at += distance) {
      clear();
      die(at, this::begin);
      String trial = trial("first run", at);
      requireReleased(trial);
      require(disclosed().equals(expected), trial + ": disclosed " + disclosed());
    }
    return changes.size();
  }

  /** Dies in the second release of a study, in a run that has its one-time codes. */
  private long laterRuns() {
    before = 1;
    clear();
    begin();
    Deaths.begin(installation.root(), (step, kind, path) -> path.toString().endsWith(".spill"));
    live(this::begin);
    installation.keepCopy();
    List<String> changes = changes("", this::goOn);
    Map<String, String> expected = data();
    for (int at = first; at <= changes.size(); at += distance) {
      installation.restoreCopy();
      die(at, this::goOn);
      String trial = trial("resumed run", at);
      requireReleased(trial);
      require(data().equals(expected), trial + ": other bytes");
    }
    return changes.size();
  }

  /** The disk of a folder becomes full during a run; later there is room again. */
  private long fullDisks(String folder) {
    before = 0;
    clear();
    List<String> changes = changes(folder, this::begin);
    int[] needRoom =
        IntStream.range(0, changes.size())
            .filter(at -> Deaths.needsRoom(changes.get(at)))
            .toArray();
    for (int i = (first - 1) % Math.min(distance, needRoom.length);
        i < needRoom.length;
        i += distance) {
      clear();
      fillAt(folder, needRoom[i] + 1);
    }
    return needRoom.length;
  }

  private void fillAt(String folder, int at) {
    Deaths.beginFilling(installation.root().resolve(folder), (step, kind, path) -> step == at);
    Installation.Answer answer = begin();
    where = Deaths.where();
    Deaths.end();
    String trial = trial("full disk of " + folder, at);
    boolean isClear =
        where.isEmpty()
            || answer.exitCode() == Category.TEMPORARY.exitCode()
            || answer.exitCode() == RunSession.RELEASED_WITH_REJECTS
            || answer.exitCode() == 0;
    require(
        isClear && !answer.err().contains("INTERNAL"),
        trial + ": " + answer.exitCode() + " " + answer.err());
    requireReleased(trial);
  }

  private void clear() {
    Stream.of("state", "keys", "releases")
        .map(installation.root()::resolve)
        .filter(Files::exists)
        .forEach(Installation::delete);
  }

  /** The kinds of the changes below a folder that a life makes to its end. */
  private List<String> changes(String folder, Runnable life) {
    List<String> kinds = Collections.synchronizedList(new ArrayList<>());
    Deaths.begin(
        installation.root().resolve(folder),
        (step, kind, path) -> {
          kinds.add(kind);
          return false;
        });
    live(life);
    return List.copyOf(kinds);
  }

  private void die(long at, Runnable life) {
    Deaths.begin(installation.root(), (step, kind, path) -> step == at);
    live(life);
    if (!where.isEmpty()) {
      deaths.merge(where.substring(0, where.indexOf(' ')), 1, Integer::sum);
    }
  }

  /** Lets a life that was begun go on to its end. */
  private void live(Runnable life) {
    try {
      life.run();
    } catch (Deaths.Died died) {
      // What it left is examined next.
    }
    where = Deaths.where();
    Deaths.end();
  }

  private String trial(String kind, int at) {
    int number = trials.merge(kind, 1, Integer::sum);
    if (number % PROGRESS == 0) {
      System.err.println(job + ": " + trials + ", " + defects.size() + " defects");
    }
    return kind + ", change " + at + ", " + where;
  }

  private Installation.Answer begin() {
    return installation.call(
        "run", "--create-keys", "--threads", threads, installation.job(job).toString());
  }

  private Installation.Answer goOn() {
    return unfinished()
        .map(record -> installation.call("resume", "--threads", threads, record.run()))
        .orElseGet(this::begin);
  }

  private Optional<RunRecord> unfinished() {
    return new RunRecords(new StateFolder(installation.home()))
        .all().stream().filter(record -> record.state() != RunRecord.State.PUBLISHED).findFirst();
  }

  /** How many subjects and rows the ledger has as disclosed, and how many rows as rejected. */
  private List<String> disclosed() {
    return Ledger.read(new StateFolder(installation.home()))
        .entries(LedgerEntry.Kind.PUBLISHED)
        .stream()
        .flatMap(
            entry ->
                Stream.of(LedgerFact.SUBJECTS, LedgerFact.ROWS, LedgerFact.REJECTED)
                    .map(fact -> entry.fact(fact).orElse("")))
        .toList();
  }

  /** One more release is out in the end, whatever happened before, and every command agrees. */
  private void requireReleased(String trial) {
    Installation.Answer answer =
        installation.releases(job).size() == before || unfinished().isPresent()
            ? goOn()
            : installation.call("list");
    Installation.Answer verified = installation.call("ledger", "verify");
    boolean isRight =
        List.of(0, RunSession.RELEASED_WITH_REJECTS).contains(answer.exitCode())
            && installation.releases(job).size() == before + 1
            && unfinished().isEmpty()
            && !Files.exists(installation.root().resolve("releases/.staging"))
            && verified.exitCode() == 0;
    require(
        isRight,
        trial
            + ": exit code "
            + answer.exitCode()
            + ", "
            + installation.releases(job).size()
            + " releases; ledger verify "
            + verified.exitCode()
            + "; "
            + (answer.err() + verified.err()).lines().reduce((one, last) -> last).orElse(""));
  }

  private void require(boolean isRight, String defect) {
    if (!isRight) {
      defects.add(defect);
      System.err.println(defect);
    }
  }

  private Map<String, String> data() {
    return installation.releases(job).isEmpty()
        ? Map.of()
        : Installation.digests(installation.release(job).resolve("data"));
  }
}
