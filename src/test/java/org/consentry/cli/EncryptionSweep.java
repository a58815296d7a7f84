package org.consentry.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.consentry.data.Sha256;
import org.consentry.keys.BackupKey;
import org.consentry.keys.KeyReference;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.Problems;
import org.consentry.testing.Deaths;

/**
 * Lets a run die at changes of the disk while it encrypts its data files and removes the plain
 * ones, and takes it up again. Writes one line for each defect and one with the figures; ends with
 * 0 when there is no defect. Runs in a process whose file system is {@link
 * org.consentry.testing.KillingFiles}.
 */
final class EncryptionSweep {

  private static final String JOB = "eyelid-outcomes";

  private final Trials trials;
  private final BackupKey key;
  private int mixed;

  private EncryptionSweep(Trials trials, BackupKey key) {
    this.trials = trials;
    this.key = key;
  }

  /** Words: folder of an installation to make, and the distance of deaths in changes. */
  public static void main(String[] words) {
    Installation place = SmallSample.in(Path.of(words[0]));
    Path file = place.root().resolve("recipient/key.txt");
    BackupKey.generate().writeNew(file);
    BackupKey key =
        BackupKey.read(
            KeyReference.parse("file:" + file, place.root(), Place.of(file), new Problems())
                .orElseThrow());
    place.replace(
        place.job(JOB), "\nrecipient:\n", "\nrecipient:\n  key: " + key.publicKey() + "\n");
    place.replace(place.job(JOB), "format: parquet", "format: both");
    Trials trials = new Trials(place, JOB, 1);
    EncryptionSweep sweep = new EncryptionSweep(trials, key);
    int changes = sweep.deaths(Integer.parseInt(words[1]));
    sweep.fullDisk();
    trials.defects().forEach(System.out::println);
    System.out.println(
        changes + " changes of the disk, mixed " + sweep.mixed + ", " + trials.figures());
    System.exit(trials.defects().isEmpty() ? 0 : 1);
  }

  /** Dies between the first encrypted file and the last plain one that is removed. */
  private int deaths(int distance) {
    begin();
    List<String> changes = trials.changes("", trials::goOn);
    SortedMap<String, String> expected = opened("expected");
    List<Integer> ofData = new ArrayList<>();
    for (int i = 0; i < changes.size(); i++) {
      boolean isRemoved = changes.get(i).startsWith("unlink ") && isData(changes.get(i));
      if (isEncrypted(changes.get(i)) || isRemoved) {
        ofData.add(i + 1);
      }
    }
    for (int i = 0; i < ofData.size(); i += distance) {
      trials.installation().restoreCopy();
      String where = trials.die(ofData.get(i), trials::goOn);
      mixed += isMixed() ? 1 : 0;
      finish(trials.trial("encryption", ofData.get(i) + " " + where), expected);
    }
    return ofData.size();
  }

  /** A run that has its one-time codes and died before anything was encrypted. */
  private void begin() {
    trials.clear();
    trials.die((step, kind, path) -> isEncrypted(path.toString()), trials::begin);
    trials.installation().keepCopy();
  }

  /** The disk becomes full while a file is encrypted; later there is room again. */
  private void fullDisk() {
    trials.installation().restoreCopy();
    SortedMap<String, String> none = new TreeMap<>();
    Deaths.beginFilling(
        trials.installation().root().resolve("releases"),
        (step, kind, path) -> kind.equals("write") && isEncrypted(path.toString()));
    Installation.Answer answer = trials.goOn();
    Deaths.end();
    trials.require(
        answer.exitCode() == Category.TEMPORARY.exitCode(),
        "full disk: " + answer.exitCode() + " " + answer.err());
    finish(trials.trial("full disk", ""), none);
  }

  private void finish(String trial, SortedMap<String, String> expected) {
    trials.requireReleased(trial, 0);
    trials.requireNoStaging(trial);
    SortedMap<String, String> found = opened(trial);
    trials.require(expected.isEmpty() || found.equals(expected), trial + ": other content");
  }

  private static boolean isData(String change) {
    return change.contains("/release/data/");
  }

  private static boolean isEncrypted(String change) {
    return isData(change) && (change.endsWith(".age") || change.endsWith(".age.new"));
  }

  /** Whether staging has files of both kinds. */
  private boolean isMixed() {
    List<Path> staged =
        Installation.files(trials.installation().root().resolve("releases/.staging")).stream()
            .filter(file -> isData(file.toString()))
            .toList();
    long encrypted = staged.stream().filter(file -> file.toString().endsWith(".age")).count();
    return encrypted > 0 && encrypted < staged.size();
  }

  /** Digests of what is inside the data files of the release, all of which are encrypted. */
  private SortedMap<String, String> opened(String trial) {
    SortedMap<String, String> digests = new TreeMap<>();
    if (trials.releases().isEmpty()) {
      return digests;
    }
    Path data = trials.installation().release(JOB).resolve("data");
    for (Path file : Installation.files(data)) {
      trials.require(file.toString().endsWith(".age"), trial + ": a plain file is released");
      try (InputStream in = key.open(FileChannel.open(file), Place.of(file))) {
        digests.put(data.relativize(file).toString(), Sha256.hex(in.readAllBytes()));
      } catch (IOException unreadable) {
        throw new UncheckedIOException(unreadable);
      }
    }
    return digests;
  }
}
