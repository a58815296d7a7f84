package org.consentry.ledger;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.consentry.data.Sha256;
import org.consentry.keys.LedgerKey;
import org.consentry.problem.Category;
import org.consentry.problem.DiskFailure;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;

/**
 * The append-only record of what was disclosed, of who approved, refused, asked or recalled. It is
 * a file of its own in the state folder, one entry a line, and every entry is on the disk before
 * the method that writes it returns. Nothing here changes or deletes an entry. Safe for any number
 * of threads.
 *
 * <p>Write with {@link #append}, read with {@link #entries(LedgerEntry.Kind)} and {@link
 * LedgerEntry#fact}. Who opens it to write has the installation's lock.
 *
 * <p><b>Security promise:</b> without the ledger's key, any change, addition, removal or new order
 * of entries, the newest included, is an error at the next {@link #open}. Two things it cannot
 * detect by itself: the whole folder put back to an earlier state, and changes by a person who has
 * the key. {@code ledger verify} detects both for entries that a signed manifest names.
 */
public final class Ledger {

  private final StateFolder state;
  private final LedgerKey key;
  private final LedgerFiles files;
  private final boolean writable;
  private final List<LedgerEntry> entries = new ArrayList<>();
  private final List<String> repairs = new ArrayList<>();
  private long bytes;
  private long rest;
  private boolean inStep = true;

  private Ledger(StateFolder state, LedgerKey key, boolean writable) {
    this.state = state;
    this.key = key;
    this.files = new LedgerFiles(state, key);
    this.writable = writable;
  }

  /**
   * Opens the ledger to write. Makes one, and its key, where there has been none. Completes what a
   * crash left: a torn last line is set aside, and an entry reports that.
   *
   * @param clock the moment of that entry
   * @throws ProblemException category VERIFY when the ledger was changed, cut or lost; KEY when its
   *     key is missing or another one; TEMPORARY when the disk refuses
   */
  public static Ledger open(StateFolder state, Supplier<Instant> clock) {
    if (!LedgerFiles.exist(state)) {
      requireUntouched(state);
      if (!Files.exists(state.ledgerKey(), java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
        LedgerKey.generate().writeNew(state.ledgerKey());
      }
    }
    Ledger ledger = new Ledger(state, LedgerKey.read(state.ledgerKey()), true);
    return ledger.guard(
        () -> {
          ledger.create();
          ledger.load();
          ledger.repair(clock);
          return ledger;
        });
  }

  /**
   * Reads the ledger as it is. Writes nothing and needs no lock, so a run may append meanwhile.
   *
   * @throws ProblemException category USAGE when the folder never had a ledger, VERIFY when the
   *     ledger was changed, cut or lost; KEY when its key is missing or another one; TEMPORARY when
   *     it cannot be read
   */
  public static Ledger read(StateFolder state) {
    requireThere(state);
    Ledger ledger = new Ledger(state, LedgerKey.read(state.ledgerKey()), false);
    return ledger.guard(
        () -> {
          ledger.readStable();
          return ledger;
        });
  }

  /** Whether a folder has a ledger, or a part of one. */
  public static boolean isThere(StateFolder state) {
    return LedgerFiles.exist(state);
  }

  /**
   * Refuses a folder that never had a ledger, or lost it.
   *
   * @throws ProblemException category USAGE when it never had one, VERIFY when it is lost
   */
  public static void requireThere(StateFolder state) {
    if (LedgerFiles.exist(state)) {
      return;
    }
    requireUntouched(state);
    throw ProblemException.of(
        Category.USAGE,
        "NO_STATE",
        Place.of(state.home()),
        "this is no state folder of Consentry: it has no ledger",
        "name the right one by --home or CONSENTRY_HOME");
  }

  /** A state folder in which a run was made once has a ledger. */
  private static void requireUntouched(StateFolder state) {
    for (Path folder : List.of(state.runs(), state.manifests(), state.memberships())) {
      if (hasFiles(folder)) {
        throw LedgerFiles.lost(
            "LEDGER_CUT",
            Place.of(LedgerFiles.entries(state)),
            "the ledger is gone, but " + Place.name(folder) + " has files of earlier runs");
      }
    }
  }

  private static boolean hasFiles(Path folder) {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (Stream<Path> list = Files.list(folder)) {
      return list.findAny().isPresent();
    } catch (IOException unreadable) {
      return true;
    }
  }

  private void create() throws IOException {
    if (!Files.exists(LedgerFiles.head(state)) && !Files.exists(LedgerFiles.entries(state))) {
      files.writeHead(List.of());
    }
    if (!Files.exists(LedgerFiles.entries(state)) && files.head(files.readHead()).entries() == 0) {
      files.create();
    }
  }

  /** Reads again as long as the head changes meanwhile. */
  private void readStable() throws IOException {
    Optional<ProblemException> problem;
    byte[] before;
    do {
      before = headBytes();
      problem = loadOnce();
    } while (!Arrays.equals(before, headBytes()));
    if (problem.isPresent()) {
      throw problem.get();
    }
  }

  private Optional<ProblemException> loadOnce() throws IOException {
    try {
      load();
      return Optional.empty();
    } catch (ProblemException maybeMeanwhile) {
      return Optional.of(maybeMeanwhile);
    }
  }

  private byte[] headBytes() throws IOException {
    return Files.exists(LedgerFiles.head(state)) ? files.readHead() : new byte[0];
  }

  private void load() throws IOException {
    LedgerFiles.Chain chain = files.read();
    entries.clear();
    entries.addAll(chain.entries());
    bytes = chain.bytes();
    rest = chain.rest();
    if (writable) {
      if (rest > 0) {
        files.setAside(chain);
        rest = 0;
      }
      if (chain.recorded() < entries.size()) {
        files.truncate(bytes);
        files.writeHead(entries);
      }
    }
  }

  /** Reports every torn line that no entry reports yet. */
  private void repair(Supplier<Instant> clock) throws IOException {
    for (Path torn : files.torn()) {
      String name = String.valueOf(torn.getFileName());
      boolean known =
          entries.stream()
              .anyMatch(entry -> entry.fact(LedgerFact.TORN_FILE).equals(Optional.of(name)));
      if (!known) {
        append(clock.get(), LedgerEvent.repaired(name, Sha256.hex(Files.readAllBytes(torn))));
        repairs.add(
            Place.name(torn)
                + ": a crash left the ledger's last line torn; the line is in this file and the"
                + " ledger goes on without it");
      }
    }
  }

  /** What {@link #open} repaired, a sentence each. */
  public List<String> repairs() {
    return List.copyOf(repairs);
  }

  /**
   * How many bytes of the file follow the newest entry and are no entry: of a torn last line, or
   * added without the ledger's key. 0 once the ledger is open to write, which sets them aside.
   */
  public long rest() {
    return rest;
  }

  /**
   * Appends an entry and waits until it is on the disk.
   *
   * @param at the moment, by the caller's clock; entries are ordered by number, not by clock
   * @throws ProblemException category TEMPORARY when the disk refuses; then the ledger is as before
   */
  public synchronized LedgerEntry append(Instant at, LedgerEvent event) {
    if (!writable) {
      throw new IllegalStateException("the ledger was opened to read");
    }
    LedgerEntry entry =
        LedgerEntry.after(
            entries.size() + 1L,
            entries.isEmpty() ? LedgerEntry.ROOT : entries.get(entries.size() - 1).hash(),
            at.toString(),
            event,
            key.entries());
    byte[] line = (entry.line() + "\n").getBytes(StandardCharsets.UTF_8);
    return guard(
        () -> {
          write(entry, line);
          return entry;
        });
  }

  private void write(LedgerEntry entry, byte[] line) throws IOException {
    if (!inStep) {
      throw new IOException("an earlier entry could not be taken back");
    }
    try {
      files.append(bytes, line);
      entries.add(entry);
      files.writeHead(entries);
      bytes += line.length;
    } catch (IOException refused) {
      entries.remove(entry);
      inStep = false;
      files.takeBack(bytes, entries);
      inStep = true;
      throw refused;
    }
  }

  private interface Work<T> {
    T run() throws IOException;
  }

  private <T> T guard(Work<T> work) {
    try {
      return work.run();
    } catch (IOException refused) {
      throw ProblemException.of(
          DiskFailure.category(refused),
          "LEDGER",
          Place.of(state.ledger()),
          "the disclosure ledger cannot be read or written",
          "check free space and permissions of the state folder, then try again");
    }
  }

  /** The key under which entries are authenticated and patients are filed. */
  public LedgerKey key() {
    return key;
  }

  /** The newest entry; empty when there is none. */
  public synchronized Optional<LedgerEntry> head() {
    return entries.isEmpty() ? Optional.empty() : Optional.of(entries.get(entries.size() - 1));
  }

  /** All entries, the oldest first. */
  public synchronized List<LedgerEntry> entries() {
    return List.copyOf(entries);
  }

  /** All entries of a kind, the oldest first. */
  public List<LedgerEntry> entries(LedgerEntry.Kind kind) {
    return entries().stream().filter(entry -> entry.kind() == kind).toList();
  }

  /**
   * The entries of all releases that are out, published here or adopted, the oldest first by the
   * moment they were sealed.
   */
  public Stream<LedgerEntry> releases() {
    return ReleaseOrder.of(entries()).stream();
  }

  /**
   * The newest entry PREPARED of each run that has no outcome yet, because a crash came between.
   * The next start that writes finds out whether the release is out.
   */
  public List<LedgerEntry> unsettled() {
    Map<String, LedgerEntry> open = new TreeMap<>();
    for (LedgerEntry entry : entries()) {
      switch (entry.kind()) {
        case PREPARED -> open.put(entry.run(), entry);
        case PUBLISHED, NOT_PUBLISHED -> open.remove(entry.run());
        case STAGED,
            REVIEWED,
            APPROVED,
            UNCHANGED,
            REFUSED,
            ABANDONED,
            ADOPTED,
            EXPLAINED,
            SAMPLED,
            ACCOUNTED,
            RECALLED,
            ACCEPTED,
            PACKAGED,
            RECEIVED,
            DESTROYED,
            MISTAKEN,
            REPAIRED,
            RESTORED,
            PURGED -> {}
      }
    }
    return List.copyOf(open.values());
  }

  /** The newest release of a study; empty when it never released. */
  public Optional<LedgerEntry> lastPublished(String study) {
    return releases().filter(entry -> entry.study().equals(study)).reduce((older, newer) -> newer);
  }

  /** The newest release of a study for a recipient, by the recipient's id. */
  public Optional<LedgerEntry> lastPublished(String study, String recipient) {
    return releases()
        .filter(entry -> entry.study().equals(study))
        .filter(entry -> entry.fact(LedgerFact.RECIPIENT).equals(Optional.of(recipient)))
        .reduce((older, newer) -> newer);
  }

  /**
   * The release before the next one of a job: the newest one of its study, by this job, to its
   * recipient. Another job of the study is another series of files.
   */
  public Optional<LedgerEntry> lastPublished(String study, String job, String recipient) {
    return releases()
        .filter(entry -> entry.study().equals(study) && entry.job().equals(job))
        .filter(entry -> entry.fact(LedgerFact.RECIPIENT).equals(Optional.of(recipient)))
        .reduce((older, newer) -> newer);
  }

  /** The entry of a job's release, by the release's name such as {@code DATE-rN}. */
  public Optional<LedgerEntry> release(String job, String name) {
    return releases()
        .filter(entry -> entry.job().equals(job))
        .filter(entry -> entry.fact(LedgerFact.RELEASE).equals(Optional.of(name)))
        .findFirst();
  }

  /** How many releases of a job are out. */
  public long published(String job) {
    return releases().filter(entry -> entry.job().equals(job)).count();
  }

  /**
   * The latest moment that an entry names, since a person last accepted a clock behind it; empty
   * when there is none.
   */
  public Optional<Instant> latest() {
    Instant latest = Instant.MIN;
    for (LedgerEntry entry : entries()) {
      boolean accepted =
          entry.fact(LedgerFact.ACCEPTED).equals(Optional.of(LedgerFact.Accepted.CLOCK.name()));
      latest = accepted || entry.moment().isAfter(latest) ? entry.moment() : latest;
    }
    return latest.equals(Instant.MIN) ? Optional.empty() : Optional.of(latest);
  }
}
