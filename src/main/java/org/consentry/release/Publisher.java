package org.consentry.release;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.consentry.data.DurableFiles;
import org.consentry.data.Sha256;
import org.consentry.ledger.Ledger;
import org.consentry.ledger.LedgerEntry;
import org.consentry.ledger.LedgerEvent;
import org.consentry.ledger.LedgerFact;
import org.consentry.ledger.Staging;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;

/**
 * The one door out. A release passes in this order: ledger entry PREPARED committed; every file and
 * folder on the disk; one atomic rename; ledger entry PUBLISHED committed. A crash at any point is
 * repaired by {@link #reconcile} at the next start: what was renamed is published, what was not is
 * not.
 */
public final class Publisher {

  /** The points at which something can go wrong; a test may fail at each. */
  public enum Step {
    PREPARE,
    FLUSH,
    RENAME,
    FLUSH_FOLDER,
    PUBLISH
  }

  private final Ledger ledger;
  private final Supplier<Instant> clock;
  private final Consumer<Step> hinge;

  /** A door that writes to this ledger. */
  public Publisher(Ledger ledger, Supplier<Instant> clock) {
    this(ledger, clock, step -> {});
  }

  /** A door whose hinge is told of every step before it is taken, and may throw. */
  public Publisher(Ledger ledger, Supplier<Instant> clock, Consumer<Step> hinge) {
    this.ledger = ledger;
    this.clock = clock;
    this.hinge = hinge;
  }

  /**
   * What passes the door.
   *
   * @param run id of the run
   * @param job the job's name
   * @param study the study's id
   * @param target the folder to publish as; must not exist
   * @param moment the time stamp of every file and folder of the release
   * @param facts what the ledger keeps: recipient, digests, key fingerprints, counts
   */
  public record Passage(
      String run,
      String job,
      String study,
      Path target,
      Instant moment,
      Map<LedgerFact, String> facts) {
    public Passage {
      EnumMap<LedgerFact, String> copy = new EnumMap<>(LedgerFact.class);
      copy.putAll(facts);
      facts = Collections.unmodifiableMap(copy);
    }
  }

  /**
   * Publishes a staged release.
   *
   * @throws ProblemException category TEMPORARY when the disk refuses, RUN_FAILED when the target
   *     exists or the run was published before; then nothing is published
   */
  public void publish(Staging staging, Passage passage) {
    Path target = passage.target().toAbsolutePath();
    publication(passage.run()).ifPresent(Publisher::refusePublished);
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      throw ProblemException.of(
          Category.RUN_FAILED,
          "TARGET_EXISTS",
          Place.of(target.toString()),
          "the release folder exists already",
          "move it away if it is not a release of ours, then resume");
    }
    Map<LedgerFact, String> facts = new EnumMap<>(LedgerFact.class);
    facts.putAll(passage.facts());
    facts.put(LedgerFact.TARGET, target.toString());
    facts.put(LedgerFact.STAGED, staging.release().toAbsolutePath().toString());
    facts.put(LedgerFact.MANIFEST_SHA256, sha256(staging.release().resolve("manifest.json")));
    hinge.accept(Step.PREPARE);
    Instant prepared = clock.get();
    facts.put(LedgerFact.PREPARED_AT, prepared.toString());
    append(prepared, LedgerEntry.Kind.PREPARED, passage, facts);
    try {
      flush(staging, target, passage.moment());
      hinge.accept(Step.RENAME);
      Files.move(staging.release(), target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException refused) {
      requireOut(staging, target, passage, facts);
    }
    hinge.accept(Step.FLUSH_FOLDER);
    flushAfter(staging, target);
    hinge.accept(Step.PUBLISH);
    complete(target, passage, facts);
  }

  private static void refusePublished(LedgerEntry before) {
    throw ProblemException.of(
        Category.RUN_FAILED,
        "RUN_PUBLISHED",
        Place.of("run " + before.run()),
        "the run was published before, as " + before.fact(LedgerFact.TARGET).orElse(""),
        "start another run");
  }

  /**
   * A disk may refuse and have done it all the same, so what lies there is asked, not the error.
   */
  private void requireOut(
      Staging staging, Path target, Passage passage, Map<LedgerFact, String> facts) {
    if (!isOut(staging.release().toAbsolutePath(), target)) {
      append(clock.get(), LedgerEntry.Kind.NOT_PUBLISHED, passage, facts);
      throw ProblemException.of(
          Category.TEMPORARY,
          "PUBLISH",
          Place.of(target.toString()),
          "the release cannot be moved to its place",
          "check free space and permissions of the output folder, then resume");
    }
  }

  private void complete(Path target, Passage passage, Map<LedgerFact, String> facts) {
    try {
      append(clock.get(), LedgerEntry.Kind.PUBLISHED, passage, facts);
    } catch (ProblemException unwritten) {
      throw ProblemException.of(
          Category.TEMPORARY,
          "LEDGER",
          Place.of(target.toString()),
          "the release is out at its place, but the ledger could not be told so",
          "check free space and permissions of the state folder; the next start completes the"
              + " ledger");
    }
  }

  private void flush(Staging staging, Path target, Instant moment) throws IOException {
    hinge.accept(Step.FLUSH);
    DurableFiles.stamp(staging.release(), moment);
    DurableFiles.createFolder(DurableFiles.folderOf(target));
  }

  /**
   * Puts the rename on the disk. The release is out whether the disk confirms it or not, so a
   * failure here changes nothing in the account, which errs towards disclosed.
   */
  private static void flushAfter(Staging staging, Path target) {
    try {
      DurableFiles.sync(DurableFiles.folderOf(target));
      DurableFiles.sync(staging.folder());
    } catch (IOException unconfirmed) {
      return;
    }
  }

  /** Brings ledger and folders together after a crash. Called at every start, under the lock. */
  public void reconcile() {
    for (LedgerEntry entry : ledger.unsettled()) {
      LedgerEntry.Kind outcome =
          isOut(entry) ? LedgerEntry.Kind.PUBLISHED : LedgerEntry.Kind.NOT_PUBLISHED;
      ledger.append(clock.get(), LedgerEvent.outcome(entry, outcome));
    }
  }

  /** The entry of a run's publication; empty when it was not published. */
  public Optional<LedgerEntry> publication(String run) {
    return ledger.entries().stream()
        .filter(entry -> entry.kind() == LedgerEntry.Kind.PUBLISHED && entry.run().equals(run))
        .findFirst();
  }

  private static boolean isOut(LedgerEntry entry) {
    Optional<Path> staged = entry.fact(LedgerFact.STAGED).map(Path::of);
    return staged.isPresent()
        && isOut(staged.get(), Path.of(entry.fact(LedgerFact.TARGET).orElse("")).toAbsolutePath());
  }

  /**
   * What has left staging is out, wherever somebody moved it since: the account errs towards
   * disclosed. Where neither the folder of staging areas nor the release is to be seen, nothing can
   * be told: the volume may be away, with the release still in staging on it.
   *
   * @throws ProblemException category TEMPORARY when it cannot be told
   */
  private static boolean isOut(Path staged, Path target) {
    if (Files.exists(staged, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    if (!Files.isDirectory(Staging.areas(staged))
        && !Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      throw ProblemException.of(
          Category.TEMPORARY,
          "OUTPUT_AWAY",
          Place.of(target.toString()),
          "it cannot be told whether this release is out: neither it nor its staging area is there",
          "mount the output folder, then try again; if it was removed, make "
              + Staging.areas(staged)
              + " anew: the release then counts as out");
    }
    return true;
  }

  /** Records an event that is no publication: a run abandoned, a question asked. */
  public void note(LedgerEvent event) {
    ledger.append(clock.get(), event);
  }

  private void append(
      Instant at, LedgerEntry.Kind kind, Passage passage, Map<LedgerFact, String> facts) {
    ledger.append(at, new LedgerEvent(kind, passage.run(), passage.job(), passage.study(), facts));
  }

  private static String sha256(Path file) {
    try {
      return Sha256.hex(Files.readAllBytes(file));
    } catch (IOException unreadable) {
      throw ProblemException.of(
          Category.TEMPORARY,
          "MANIFEST",
          Place.of(file.toString()),
          "the manifest cannot be read",
          "resume the run");
    }
  }
}
