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
import org.consentry.problem.DiskFailure;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;

/**
 * Publishes releases; nothing else does. The order is: ledger entry PREPARED committed; every file
 * and folder on the disk; one atomic rename; ledger entry PUBLISHED committed. A crash at any point
 * is repaired by {@link #reconcile} at the next start: what was renamed is published, what was not
 * is not.
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
  private final Consumer<Step> listener;

  /** A publisher that writes to this ledger. */
  public Publisher(Ledger ledger, Supplier<Instant> clock) {
    this(ledger, clock, step -> {});
  }

  /** A publisher whose step listener is called before every step, and may throw. */
  public Publisher(Ledger ledger, Supplier<Instant> clock, Consumer<Step> listener) {
    this.ledger = ledger;
    this.clock = clock;
    this.listener = listener;
  }

  /**
   * What is published.
   *
   * @param run id of the run
   * @param job the job's name
   * @param study the study's id
   * @param target the folder to publish as; must not exist
   * @param moment the time stamp of every file and folder of the release
   * @param facts what the ledger keeps: recipient, digests, key fingerprints, counts
   */
  public record Publication(
      String run,
      String job,
      String study,
      Path target,
      Instant moment,
      Map<LedgerFact, String> facts) {
    public Publication {
      EnumMap<LedgerFact, String> copy = new EnumMap<>(LedgerFact.class);
      copy.putAll(facts);
      facts = Collections.unmodifiableMap(copy);
    }
  }

  /**
   * Publishes a staged release.
   *
   * @throws ProblemException category TEMPORARY when the disk refuses for now, RUN_FAILED when it
   *     refuses for good, the target exists or the run was published before; then nothing is
   *     published
   */
  public void publish(Staging staging, Publication publication) {
    Path target = publication.target().toAbsolutePath();
    publication(publication.run()).ifPresent(Publisher::refusePublished);
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      throw ProblemException.of(
          Category.RUN_FAILED,
          "TARGET_EXISTS",
          Place.of(target),
          "the release folder exists already",
          "move it away if it is not a release of ours, then resume");
    }
    Map<LedgerFact, String> facts = new EnumMap<>(LedgerFact.class);
    facts.putAll(publication.facts());
    facts.put(LedgerFact.TARGET, target.toString());
    facts.put(LedgerFact.STAGED, staging.release().toAbsolutePath().toString());
    facts.put(LedgerFact.MANIFEST_SHA256, sha256(staging.release().resolve("manifest.json")));
    listener.accept(Step.PREPARE);
    Instant prepared = clock.get();
    facts.put(LedgerFact.PREPARED_AT, prepared.toString());
    append(prepared, LedgerEntry.Kind.PREPARED, publication, facts);
    try {
      flush(staging, target, publication.moment());
      listener.accept(Step.RENAME);
      Files.move(staging.release(), target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException refused) {
      requireOut(staging, target, publication, facts, refused);
    }
    listener.accept(Step.FLUSH_FOLDER);
    flushAfter(staging, target);
    listener.accept(Step.PUBLISH);
    complete(target, publication, facts);
  }

  private static void refusePublished(LedgerEntry before) {
    throw ProblemException.of(
        Category.RUN_FAILED,
        "RUN_PUBLISHED",
        Place.of("run " + before.run()),
        "the run was published before, as "
            + Place.name(Path.of(before.fact(LedgerFact.TARGET).orElse(""))),
        "start another run");
  }

  /** A disk may refuse and have done it all the same, so the folder decides, not the error. */
  private void requireOut(
      Staging staging,
      Path target,
      Publication publication,
      Map<LedgerFact, String> facts,
      IOException refused) {
    if (!isOut(staging.release().toAbsolutePath(), target)) {
      append(clock.get(), LedgerEntry.Kind.NOT_PUBLISHED, publication, facts);
      throw ProblemException.of(
          DiskFailure.category(refused),
          "PUBLISH",
          Place.of(target),
          "the release cannot be moved to its place",
          "check free space and permissions of the output folder, then resume");
    }
  }

  private void complete(Path target, Publication publication, Map<LedgerFact, String> facts) {
    try {
      append(clock.get(), LedgerEntry.Kind.PUBLISHED, publication, facts);
    } catch (ProblemException unwritten) {
      throw ProblemException.of(
          unwritten.category(),
          "LEDGER",
          Place.of(target),
          "the release is published, but its ledger entry could not be written",
          "check free space and permissions of the state folder; the next start completes the"
              + " ledger");
    }
  }

  private void flush(Staging staging, Path target, Instant moment) throws IOException {
    listener.accept(Step.FLUSH);
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
   * What has left staging is out, wherever it was moved since: the account errs towards disclosed.
   * Where neither the folder of staging areas nor the release is there, the outcome is unknown: the
   * volume may be away, with the release still in staging on it.
   *
   * @throws ProblemException category TEMPORARY when the outcome is unknown
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
          Place.of(target),
          "whether this release was published is unknown: neither it nor its staging area is there",
          "mount the output folder, then try again; if it was removed, make "
              + Place.name(Staging.areas(staged))
              + " again: the release then counts as published");
    }
    return true;
  }

  /** Records an event that is no publication: a run abandoned, a question asked. */
  public void note(LedgerEvent event) {
    ledger.append(clock.get(), event);
  }

  private void append(
      Instant at, LedgerEntry.Kind kind, Publication publication, Map<LedgerFact, String> facts) {
    ledger.append(
        at,
        new LedgerEvent(kind, publication.run(), publication.job(), publication.study(), facts));
  }

  private static String sha256(Path file) {
    try {
      return Sha256.hex(Files.readAllBytes(file));
    } catch (IOException unreadable) {
      throw ProblemException.of(
          DiskFailure.category(unreadable),
          "MANIFEST",
          Place.of(file),
          "the manifest cannot be read",
          "resume the run");
    }
  }
}
