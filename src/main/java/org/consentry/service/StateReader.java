package org.consentry.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.consentry.followup.Moments;
import org.consentry.followup.Register;
import org.consentry.followup.Runs;
import org.consentry.ledger.Ledger;
import org.consentry.ledger.LedgerEntry;
import org.consentry.ledger.LedgerFact;
import org.consentry.ledger.RunRecord;
import org.consentry.ledger.RunRecords;
import org.consentry.ledger.StateFolder;
import org.consentry.problem.ProblemException;
import org.consentry.release.ManifestView;
import org.consentry.release.StatedAuthority;
import org.jspecify.annotations.Nullable;

/**
 * What pages read of a state folder. It is read and checked again when a file of it changed, and
 * every minute; while one thread does that, others get what was read before. Safe for any number of
 * threads.
 */
public final class StateReader {

  private static final Duration LONGEST = Duration.ofMinutes(1);
  private static final int MOST_VIEWS = 64;
  private static final int LARGE = 4 << 20;

  private final StateFolder state;
  private final Supplier<Instant> clock;
  private final ReentrantLock reading = new ReentrantLock();
  private final Map<String, StatedAuthority> authorities = new ConcurrentHashMap<>();
  private final Map<String, ManifestView> views = new LinkedHashMap<>(MOST_VIEWS, 0.75f, true);
  private volatile @Nullable Known latest;

  /** Reads a state folder by a clock. */
  public StateReader(StateFolder state, Supplier<Instant> clock) {
    this.state = state;
    this.clock = clock;
  }

  /**
   * A state folder at a moment.
   *
   * @param ledger its ledger; empty where no run was made yet
   * @param register every disclosure
   * @param runs the records of runs, the newest first
   * @param moments the clinic's time
   * @param at when it was read and checked
   */
  public record Snapshot(
      Optional<Ledger> ledger,
      Register register,
      List<RunRecord> runs,
      Moments moments,
      Instant at) {

    public Snapshot {
      runs = List.copyOf(runs);
    }

    /** The entries of a run, the oldest first. */
    List<LedgerEntry> entries(String run) {
      return ledger.map(Ledger::entries).orElse(List.of()).stream()
          .filter(entry -> entry.run().equals(run))
          .toList();
    }
  }

  /** What was read, or why it could not be. */
  private record Known(
      List<Stamp> stamps,
      Instant at,
      Optional<Snapshot> snapshot,
      Optional<ProblemException> problem) {

    Snapshot get() {
      return snapshot.orElseThrow(problem::orElseThrow);
    }
  }

  /** Size and moment of a file. */
  private record Stamp(long size, long modified) {}

  /** The state folder. */
  public StateFolder state() {
    return state;
  }

  /** The moment by the clock of this reader. */
  Instant now() {
    return clock.get();
  }

  /** The day at the clinic. */
  LocalDate today(Snapshot snapshot) {
    return LocalDate.ofInstant(now(), snapshot.moments().zone());
  }

  /**
   * The state folder as it is.
   *
   * @throws ProblemException category VERIFY or KEY when something is lost or was changed
   */
  public Snapshot snapshot() {
    Known before = latest;
    List<Stamp> stamps = stamps();
    if (before != null && isCurrent(before, stamps)) {
      return before.get();
    }
    if (before != null && !reading.tryLock()) {
      return before.get();
    }
    if (before == null) {
      reading.lock();
    }
    try {
      Known meanwhile = latest;
      if (meanwhile != null && isCurrent(meanwhile, stamps)) {
        return meanwhile.get();
      }
      Known next = read(stamps);
      latest = next;
      return next.get();
    } finally {
      reading.unlock();
    }
  }

  private boolean isCurrent(Known before, List<Stamp> stamps) {
    return before.stamps().equals(stamps)
        && Duration.between(before.at(), now()).compareTo(LONGEST) < 0;
  }

  private Known read(List<Stamp> stamps) {
    try {
      state.requireOwn();
      Optional<Ledger> ledger = Runs.checkedLedger(state);
      Moments moments = Moments.of(state);
      Register register =
          ledger
              .map(known -> Register.of(known, moments.zone(), this::authority))
              .orElse(new Register(List.of()));
      List<RunRecord> runs =
          ledger.isPresent() ? new RunRecords(state).all() : List.<RunRecord>of();
      return new Known(
          stamps,
          now(),
          Optional.of(new Snapshot(ledger, register, runs, moments, now())),
          Optional.empty());
    } catch (ProblemException damaged) {
      return new Known(stamps, now(), Optional.empty(), Optional.of(damaged));
    }
  }

  /** What a manifest states never changes: the ledger names it by its digest. */
  private Optional<StatedAuthority> authority(LedgerEntry release) {
    String digest =
        release
            .fact(LedgerFact.INTERNAL_MANIFEST_SHA256)
            .or(() -> release.fact(LedgerFact.MANIFEST_SHA256))
            .orElse("");
    StatedAuthority known = authorities.get(digest);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<StatedAuthority> read = StatedAuthority.of(state, release);
    read.ifPresent(stated -> authorities.put(digest, stated));
    return read;
  }

  private List<Stamp> stamps() {
    List<Stamp> stamps = new ArrayList<>();
    for (Path file :
        List.of(
            state.ledger(),
            state.ledger().resolve("entries.jsonl"),
            state.runs(),
            state.manifests(),
            state.approvers(),
            state.trustedSigners(),
            state.properties(),
            state.lock())) {
      stamps.add(stamp(file));
    }
    return stamps;
  }

  private static Stamp stamp(Path file) {
    try {
      BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
      return new Stamp(found.size(), found.lastModifiedTime().toMillis());
    } catch (IOException absent) {
      return new Stamp(-1, 0);
    }
  }

  /**
   * A manifest, parsed once; of many the last ones that were asked for stay.
   *
   * @param folder of the release
   * @param sha256 its digest in the ledger
   * @throws ProblemException category VERIFY when it is not there as the ledger names it
   */
  ManifestView manifest(Path folder, String sha256) {
    synchronized (views) {
      ManifestView known = views.get(sha256);
      if (known != null) {
        return known;
      }
    }
    ManifestView read = ManifestView.of(folder, sha256, org.consentry.export.RunKeys.SIGNER);
    if (read.size() < LARGE) {
      synchronized (views) {
        views.put(sha256, read);
        if (views.size() > MOST_VIEWS) {
          views.remove(views.keySet().iterator().next());
        }
      }
    }
    return read;
  }
}
