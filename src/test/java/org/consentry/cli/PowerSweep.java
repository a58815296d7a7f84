package org.consentry.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.consentry.ledger.LedgerEntry;
import org.consentry.ledger.LedgerFact;
import org.consentry.problem.ProblemException;
import org.consentry.testing.PowerLoss;

/**
 * Runs a job again and again, and loses the power at another change of the disk each time: what was
 * not flushed is lost, all or some of it. A release is complete then or not there; the ledger knows
 * it; it has the codes that the next release has. Writes one line for each defect and one with the
 * figures. Runs in a process whose file system is {@link org.consentry.testing.KillingFiles}.
 */
final class PowerSweep {

  private final Trials trials;
  private final Random random;

  private PowerSweep(Trials trials, Random random) {
    this.trials = trials;
    this.random = random;
  }

  /**
   * Words: folder of an installation to make, job, seed, and how many losses of power. In the place
   * of the latter the flushes that are left out, one at a time: names of files or folders as {@link
   * #nameOf} gives them, or {@code each}. Of each a line then reports whether that was noticed.
   */
  public static void main(String[] words) {
    Trials trials = new Trials(SmallSample.in(Path.of(words[0])), words[1], 1);
    PowerSweep sweep = new PowerSweep(trials, new Random(Long.parseLong(words[2])));
    List<String> flushes = List.of(words).subList(3, words.length);
    if (flushes.get(0).matches("[0-9]+")) {
      sweep.lose(Integer.parseInt(words[3]));
      trials.defects().forEach(System.out::println);
      System.out.println(words[1] + ": " + trials.figures());
    } else {
      Iterable<String> all = flushes.equals(List.of("each")) ? sweep.flushes() : flushes;
      all.forEach(flush -> System.out.println(flush + ": " + sweep.leaveOut(flush)));
      trials.defects().clear();
    }
    System.exit(trials.defects().isEmpty() ? 0 : 1);
  }

  /** At changes anywhere in a run, and after its end. */
  private void lose(int times) {
    trials.clear();
    int changes = trials.changes("", trials::begin).size();
    loseAt(0, "", "power loss");
    IntStream.range(0, times)
        .map(i -> random.nextInt(changes) + 1)
        .forEach(at -> loseAt(at, "", "power loss"));
  }

  /**
   * Loses the power after the end of a run that leaves a flush out, around its publication, before
   * it and after its last split, until there is a defect.
   *
   * @return the defect; empty when there was none
   */
  private String leaveOut(String flush) {
    trials.defects().clear();
    trials.clear();
    List<String> changes = trials.changes("", trials::begin);
    int rename = 0;
    int marker = 0;
    for (int at = 1; at <= changes.size(); at++) {
      String name = nameOf(changes.get(at - 1).split(" ", 2)[1]);
      rename = name.equals("releases/JOB/RELEASE") ? at : rename;
      marker = name.endsWith(".marker") ? at : marker;
    }
    IntStream points =
        IntStream.of(0, rename + 1, rename + 2, rename + 3, rename + 4, rename - 1, marker + 2);
    for (int at : points.toArray()) {
      if (trials.defects().isEmpty()) {
        loseAt(at, flush, "");
      }
    }
    return trials.defects().stream().findFirst().orElse("");
  }

  /**
   * One loss of power.
   *
   * @param at number of the change; 0 for the end of the run
   * @param flush the flush that is left out
   */
  private void loseAt(int at, String flush, String kind) {
    trials.clear();
    makeFolders();
    PowerLoss.begin(
        trials.installation().root(), path -> !flush.isEmpty() && nameOf(path).equals(flush));
    Installation.Answer[] answers = new Installation.Answer[1];
    String where = trials.die(at, () -> answers[0] = trials.begin());
    boolean isSparing = flush.isEmpty() && at > 0 && random.nextBoolean();
    if (isSparing) {
      PowerLoss.strikeSparing(random);
    } else {
      PowerLoss.strike();
    }
    String trial = trials.trial(kind, at + " " + where + (isSparing ? ", some spared" : ""));
    try {
      requireRecovered(trial, answers[0] != null && Trials.isReleased(answers[0]));
    } catch (ProblemException unreadable) {
      trials.require(false, trial + ": " + unreadable.problems().get(0));
    }
  }

  private void requireRecovered(String trial, boolean isPromised) {
    int out = trials.releases().size();
    trials.require(!isPromised || out == 1, trial + ": the release is lost");
    if (out > 0) {
      requireKnown(trial);
    }
    trials.requireReleased(trial, 0);
    if (out > 0) {
      requireComplete(trial);
      requireSameCodes(trial);
    }
    trials.requireNoStaging(trial);
  }

  /** An operator made these folders long ago. */
  private void makeFolders() {
    try {
      Files.createDirectories(trials.installation().root().resolve("releases"));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** The ledger knew of what is out. */
  private void requireKnown(String trial) {
    Installation.Answer checked = trials.installation().call("ledger", "verify", "--full");
    trials.require(
        checked.exitCode() == 0
            && trials
                .facts(LedgerEntry.Kind.PREPARED, LedgerFact.TARGET)
                .contains(trials.releases().get(0).toString()),
        trial + ": the ledger does not know the release; " + Trials.lastLine(checked.err()));
  }

  /** What is out passes all checks. */
  private void requireComplete(String trial) {
    Installation.Answer answer =
        trials.installation().call("verify", trials.releases().get(0).toString());
    trials.require(
        answer.exitCode() == 0, trial + ": the release is not complete; " + answer.err());
  }

  /** The vault has the codes that are out. */
  private void requireSameCodes(String trial) {
    Map<String, String> before = patients();
    Installation.Answer answer = trials.begin();
    trials.require(
        Trials.isReleased(answer) && patients().equals(before),
        trial + ": the next release has other codes; " + Trials.lastLine(answer.err()));
  }

  private Map<String, String> patients() {
    return trials.data().entrySet().stream()
        .filter(file -> file.getKey().startsWith("patients"))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** The files and folders that a run flushes. */
  private Set<String> flushes() {
    trials.clear();
    makeFolders();
    return trials.changes("", trials::begin).stream()
        .filter(change -> change.startsWith("fsync "))
        .map(change -> nameOf(change.split(" ", 2)[1]))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private String nameOf(String path) {
    return nameOf(trials.installation().root().toAbsolutePath().relativize(Path.of(path)));
  }

  /** The name of a file or folder without what is different in each run. */
  private static String nameOf(Path path) {
    return path.toString()
        .replaceAll("\\.staging/[^/]+", ".staging/RUN")
        .replaceAll("releases/([a-z][^/]*)", "releases/JOB")
        .replaceAll("JOB/[^/]+", "JOB/RELEASE")
        .replaceAll("(runs|manifests|members|figures)/[^/.]+", "$1/RUN")
        .replaceAll("[0-9a-f]{16,}", "ID")
        .replaceAll("[0-9]+", "#");
  }
}
