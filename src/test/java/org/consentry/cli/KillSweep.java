package org.consentry.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.consentry.problem.Category;
import org.consentry.release.RunRecord;
import org.consentry.release.RunRecords;
import org.consentry.release.StateFolder;
import org.consentry.testing.Deaths;

/**
 * Runs a job again and again, dies at another change of the disk each time, and takes the run up
 * again. Writes one line for each defect and one with the figures; ends with 0 when there is no
 * defect. Runs in a process whose file system is {@link org.consentry.testing.KillingFiles}.
 */
final class KillSweep {

  private final Installation installation;
  private final String job;
  private final List<String> defects = new ArrayList<>();
  private final Map<String, Integer> deaths = new TreeMap<>();
  private String where = "";

  private KillSweep(Installation installation, String job) {
    this.installation = installation;
    this.job = job;
  }

  /** Words: folder of an installation to make, job, first death, distance between deaths. */
  public static void main(String[] words) {
    KillSweep sweep = new KillSweep(Installation.in(Path.of(words[0])), words[1]);
    int first = Integer.parseInt(words[2]);
    int distance = Integer.parseInt(words[3]);
    long all =
        sweep.firstRuns(first, distance)
            + sweep.laterRuns(first, distance)
            + sweep.fullDisks("state", first, distance)
            + sweep.fullDisks("releases", first, distance);
    sweep.defects.forEach(System.out::println);
    System.out.println(words[1] + ": " + all + " changes of the disk, died at " + sweep.deaths);
    System.exit(sweep.defects.isEmpty() ? 0 : 1);
  }

  /** Dies in a run that makes state folder and keys. */
  private long firstRuns(int first, int distance) {
    long all = Long.MAX_VALUE;
    for (long at = first; at <= all; at += distance) {
      clear();
      long death = at;
      long steps = die((step, kind, path) -> step == death, this::begin);
      all = Math.min(all, steps < at ? steps : all);
      requireReleased("first run, change " + at);
    }
    return all;
  }

  /** Dies in a run that was begun before, so that its one-time codes are known. */
  private long laterRuns(int first, int distance) {
    clear();
    die((step, kind, path) -> path.toString().endsWith(".spill"), this::begin);
    installation.keepCopy();
    requireReleased("run without another death");
    Map<String, String> expected = data();
    long all = Long.MAX_VALUE;
    for (long at = first; at <= all; at += distance) {
      installation.restoreCopy();
      long death = at;
      long steps = die((step, kind, path) -> step == death, this::goOn);
      all = Math.min(all, steps < at ? steps : all);
      String trial = "resumed run, change " + at;
      requireReleased(trial);
      if (!data().equals(expected)) {
        defects.add(trial + ": other bytes after death at " + where);
      }
    }
    return all;
  }

  /** The disk of a folder becomes full during a run; later there is room again. */
  private long fullDisks(String folder, int first, int distance) {
    long all = Long.MAX_VALUE;
    for (long at = first; at <= all; at += distance) {
      clear();
      long full = at;
      Deaths.beginFilling(installation.root().resolve(folder), (step, kind, path) -> step == full);
      Installation.Answer answer = begin();
      where = Deaths.where();
      long steps = Deaths.end();
      all = Math.min(all, steps < at ? steps : all);
      String trial = "full disk of " + folder + ", change " + at;
      boolean isClear =
          where.isEmpty()
              || answer.exitCode() == Category.TEMPORARY.exitCode()
              || answer.exitCode() == RunSession.RELEASED_WITH_REJECTS
              || answer.exitCode() == 0;
      if (!isClear || answer.err().contains("INTERNAL")) {
        defects.add(trial + ": " + where + ": " + answer.exitCode() + " " + answer.err());
      }
      requireReleased(trial);
    }
    return all;
  }

  private void clear() {
    Stream.of("state", "keys", "releases")
        .map(installation.root()::resolve)
        .filter(Files::exists)
        .forEach(Installation::delete);
  }

  /** Lets a life begin that ends early. Returns how many changes of the disk it made. */
  private long die(Deaths.When when, Runnable life) {
    Deaths.begin(installation.root(), when);
    try {
      life.run();
    } catch (Deaths.Died died) {
      // What it left is examined next.
    }
    where = Deaths.where();
    if (!where.isEmpty()) {
      deaths.merge(where.substring(0, where.indexOf(' ')), 1, Integer::sum);
    }
    return Deaths.end();
  }

  private Installation.Answer begin() {
    return installation.run(job);
  }

  private Installation.Answer goOn() {
    return unfinished()
        .map(record -> installation.call("resume", "--threads", "2", record.run()))
        .orElseGet(this::begin);
  }

  private Optional<RunRecord> unfinished() {
    return new RunRecords(new StateFolder(installation.home()))
        .all().stream().filter(record -> record.state() != RunRecord.State.PUBLISHED).findFirst();
  }

  /** One release is out in the end, whatever happened before, and every command agrees. */
  private void requireReleased(String trial) {
    Installation.Answer answer =
        installation.releases(job).isEmpty() || unfinished().isPresent()
            ? goOn()
            : installation.call("list");
    Installation.Answer verified = installation.call("ledger", "verify");
    boolean isRight =
        List.of(0, RunSession.RELEASED_WITH_REJECTS).contains(answer.exitCode())
            && installation.releases(job).size() == 1
            && unfinished().isEmpty()
            && !Files.exists(installation.root().resolve("releases/.staging"))
            && verified.exitCode() == 0;
    if (!isRight) {
      defects.add(
          trial
              + ": after death at "
              + where
              + " exit code "
              + answer.exitCode()
              + ", "
              + installation.releases(job).size()
              + " releases; ledger verify "
              + verified.exitCode()
              + "; "
              + (answer.err() + verified.err()).lines().reduce((one, last) -> last).orElse(""));
    }
  }

  private Map<String, String> data() {
    List<Path> releases = installation.releases(job);
    return releases.isEmpty()
        ? Map.of()
        : Installation.digests(releases.get(releases.size() - 1).resolve("data"));
  }
}
