package org.consentry.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.consentry.export.RunOutcome;
import org.consentry.ledger.Ledger;
import org.consentry.ledger.LedgerEntry;
import org.consentry.ledger.LedgerFact;
import org.consentry.ledger.RunRecord;
import org.consentry.ledger.RunRecords;
import org.consentry.ledger.StateFolder;
import org.consentry.testing.Deaths;

/**
 * A job that is run again and again in one process, each time with another mishap, and taken up
 * again after it. Collects what was not as it should be.
 */
final class Trials {

  private static final int PROGRESS = 50;

  private final Installation installation;
  private final String job;
  private final String threads;
  private final List<String> defects = new ArrayList<>();
  private final Map<String, Integer> deaths = new TreeMap<>();
  private final Map<String, Integer> counts = new TreeMap<>();

  /** A job of an installation. */
  Trials(Installation installation, String job, int threads) {
    this.installation = installation;
    this.job = job;
    this.threads = String.valueOf(threads);
  }

  Installation installation() {
    return installation;
  }

  /** How many trials there were, by kind, and at which changes of the disk a run died. */
  String figures() {
    return "trials " + counts + ", died at " + deaths;
  }

  /** One line for each thing that was not as it should be. */
  List<String> defects() {
    return defects;
  }

  /** Removes everything that runs made. */
  void clear() {
    Stream.of("state", "keys", "releases")
        .map(installation.root()::resolve)
        .filter(Files::exists)
        .forEach(Installation::delete);
  }

  /** Another run from its beginning. */
  Installation.Answer begin() {
    return installation.call(
        "run", "--create-keys", "--threads", threads, installation.job(job).toString());
  }

  /** Takes up the run that has not ended; begins another when there is none. */
  Installation.Answer goOn() {
    return unfinished()
        .map(record -> installation.call("resume", "--threads", threads, record.run()))
        .orElseGet(this::begin);
  }

  private Optional<RunRecord> unfinished() {
    return new RunRecords(new StateFolder(installation.home()))
        .all().stream().filter(record -> record.state() != RunRecord.State.PUBLISHED).findFirst();
  }

  /** Lets a run die at a change of the disk. Returns where that was; empty when it did not die. */
  String die(long at, Runnable life) {
    return die((step, kind, path) -> step == at, life);
  }

  /** The same at the first change for which something is so. */
  String die(Deaths.When when, Runnable life) {
    Deaths.begin(installation.root(), when);
    try {
      life.run();
    } catch (Deaths.Died died) {
      // What it left is examined next.
    }
    Deaths.end();
    String where = Deaths.where();
    if (!where.isEmpty()) {
      deaths.merge(where.substring(0, where.indexOf(' ')), 1, Integer::sum);
    }
    return where;
  }

  /**
   * The changes below a folder that a run makes to its end.
   *
   * @return of each its kind, a blank, and the path
   */
  List<String> changes(String folder, Runnable life) {
    List<String> changes = Collections.synchronizedList(new ArrayList<>());
    Deaths.begin(
        installation.root().resolve(folder),
        (step, kind, path) -> {
          changes.add(kind + " " + path);
          return false;
        });
    life.run();
    Deaths.end();
    return List.copyOf(changes);
  }

  /** Names a trial and shows from time to time how far the trials are. */
  String trial(String kind, String where) {
    int number = counts.merge(kind, 1, Integer::sum);
    if (number % PROGRESS == 0) {
      System.err.println(job + ": " + counts + ", " + defects.size() + " defects");
    }
    return kind + ", " + where;
  }

  /**
   * One more release is out in the end, whatever happened before, and every command agrees.
   *
   * @param before how many there were
   */
  void requireReleased(String trial, int before) {
    Installation.Answer answer =
        releases().size() == before || unfinished().isPresent()
            ? goOn()
            : installation.call("list");
    Installation.Answer verified = installation.call("ledger", "verify", "--full");
    boolean isRight =
        isReleased(answer)
            && releases().size() == before + 1
            && unfinished().isEmpty()
            && verified.exitCode() == 0;
    require(
        isRight,
        trial
            + ": exit code "
            + answer.exitCode()
            + ", "
            + releases().size()
            + " releases; ledger verify "
            + verified.exitCode()
            + "; "
            + lastLine(answer.err() + verified.err()));
  }

  /** Nothing of a run is left in staging. */
  void requireNoStaging(String trial) {
    require(
        !Files.exists(installation.root().resolve("releases/.staging")),
        trial + ": something is left in staging");
  }

  static boolean isReleased(Installation.Answer answer) {
    return List.of(0, RunOutcome.RELEASED_WITH_REJECTS).contains(answer.exitCode());
  }

  static String lastLine(String text) {
    return text.lines().reduce((one, last) -> last).orElse("");
  }

  void require(boolean isRight, String defect) {
    if (!isRight) {
      defects.add(defect);
    }
  }

  List<Path> releases() {
    return installation.releases(job);
  }

  /** Digests of the data files of the newest release. */
  Map<String, String> data() {
    return releases().isEmpty()
        ? Map.of()
        : Installation.digests(installation.release(job).resolve("data"));
  }

  /** Facts of the entries of one kind that the ledger has. */
  List<String> facts(LedgerEntry.Kind kind, LedgerFact... facts) {
    return Ledger.read(new StateFolder(installation.home())).entries(kind).stream()
        .flatMap(entry -> Stream.of(facts).map(fact -> entry.fact(fact).orElse("")))
        .toList();
  }
}
