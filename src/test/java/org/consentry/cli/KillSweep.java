package org.consentry.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.consentry.ledger.LedgerEntry;
import org.consentry.ledger.LedgerFact;
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

  private final Trials trials;
  private final int first;
  private final int distance;

  private KillSweep(Trials trials, int first, int distance) {
    this.trials = trials;
    this.first = first;
    this.distance = distance;
  }

  /**
   * Words: folder of an installation to make, job, first death, distance of deaths, threads, and
   * what happens: {@code killed}, {@code full} or both.
   */
  public static void main(String[] words) {
    Trials trials =
        new Trials(SmallSample.in(Path.of(words[0])), words[1], Integer.parseInt(words[4]));
    KillSweep sweep = new KillSweep(trials, Integer.parseInt(words[2]), Integer.parseInt(words[3]));
    long all = 0;
    for (String what : List.of(words).subList(5, words.length)) {
      all +=
          what.equals("killed")
              ? sweep.firstRuns() + sweep.laterRuns()
              : sweep.fullDisks("state") + sweep.fullDisks("releases");
    }
    trials.defects().forEach(System.out::println);
    System.out.println(words[1] + ": " + all + " changes of the disk, " + trials.figures());
    System.exit(trials.defects().isEmpty() ? 0 : 1);
  }

  /** Dies in a run that makes state folder and keys. */
  private long firstRuns() {
    trials.clear();
    List<String> changes = trials.changes("", trials::begin);
    List<String> expected = disclosed();
    for (int at = first; at <= changes.size(); at += distance) {
      trials.clear();
      String trial = trials.trial("first run", at + " " + trials.die(at, trials::begin));
      trials.requireReleased(trial, 0);
      trials.requireNoStaging(trial);
      trials.require(disclosed().equals(expected), trial + ": disclosed " + disclosed());
    }
    return changes.size();
  }

  /** Dies in the second release of a study, in a run that has its one-time codes. */
  private long laterRuns() {
    trials.clear();
    trials.begin();
    trials.die((step, kind, path) -> path.toString().endsWith(".spill"), trials::begin);
    trials.installation().keepCopy();
    List<String> changes = trials.changes("", trials::goOn);
    Map<String, String> expected = trials.data();
    for (int at = first; at <= changes.size(); at += distance) {
      trials.installation().restoreCopy();
      String trial = trials.trial("resumed run", at + " " + trials.die(at, trials::goOn));
      trials.requireReleased(trial, 1);
      trials.requireNoStaging(trial);
      trials.require(trials.data().equals(expected), trial + ": other bytes");
    }
    return changes.size();
  }

  /** The disk of a folder becomes full during a run; later there is room again. */
  private long fullDisks(String folder) {
    trials.clear();
    List<String> changes = trials.changes(folder, trials::begin);
    int[] needRoom =
        IntStream.range(0, changes.size())
            .filter(at -> Deaths.needsRoom(changes.get(at).split(" ", 2)[0]))
            .toArray();
    for (int i = (first - 1) % Math.min(distance, needRoom.length);
        i < needRoom.length;
        i += distance) {
      trials.clear();
      fillAt(folder, needRoom[i] + 1);
    }
    return needRoom.length;
  }

  private void fillAt(String folder, int at) {
    Deaths.beginFilling(
        trials.installation().root().resolve(folder), (step, kind, path) -> step == at);
    Installation.Answer answer = trials.begin();
    String where = Deaths.where();
    Deaths.end();
    String trial = trials.trial("full disk of " + folder, at + " " + where);
    boolean isClear =
        where.isEmpty()
            || answer.exitCode() == Category.TEMPORARY.exitCode()
            || Trials.isReleased(answer);
    trials.require(
        isClear && !answer.err().contains("INTERNAL"),
        trial + ": " + answer.exitCode() + " " + answer.err());
    trials.requireReleased(trial, 0);
    trials.requireNoStaging(trial);
  }

  /** How many subjects and rows the ledger has as disclosed, and how many rows as rejected. */
  private List<String> disclosed() {
    return trials.facts(
        LedgerEntry.Kind.PUBLISHED, LedgerFact.SUBJECTS, LedgerFact.ROWS, LedgerFact.REJECTED);
  }
}
