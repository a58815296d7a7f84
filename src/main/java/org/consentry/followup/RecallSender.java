package org.consentry.followup;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.consentry.data.Sha256;
import org.consentry.export.RunKeys;
import org.consentry.keys.SigningKey;
import org.consentry.ledger.Ledger;
import org.consentry.ledger.LedgerEntry;
import org.consentry.ledger.LedgerEvent;
import org.consentry.ledger.LedgerFact;
import org.consentry.ledger.RecallFolder;
import org.consentry.ledger.Recalls;
import org.consentry.problem.ProblemException;

/**
 * Writes lists to be sent and records them in the ledger. A list that equals the newest one of its
 * release is not written again.
 */
public final class RecallSender {

  private static final int SHORT_DIGEST = 12;

  private final Ledger ledger;
  private final Recalls recalls;
  private final Path output;
  private final ZoneId zone;
  private final String askedBy;
  private final Letterhead letterhead;

  /**
   * Sends lists.
   *
   * @param output where folders are made, {@code RECIPIENT/JOB-RELEASE-DIGEST} each
   * @param zone the clinic's time zone, in which letters are dated
   * @param askedBy who runs the command
   * @param letterhead who writes the letters, and the deadline
   */
  public RecallSender(
      Ledger ledger, Path output, ZoneId zone, String askedBy, Letterhead letterhead) {
    this.ledger = ledger;
    this.recalls = new Recalls(ledger);
    this.output = output;
    this.zone = zone;
    this.askedBy = askedBy;
    this.letterhead = letterhead;
  }

  /** Receives each list that was written, or was written before. */
  @FunctionalInterface
  public interface Listener {

    /**
     * A list is done.
     *
     * @param folder where it was written; empty when the same list was written before
     */
    void done(RecallList list, Optional<Path> folder);
  }

  /**
   * Writes lists, one after the other. One that cannot be written, such as one whose signing key is
   * missing, stops no other.
   *
   * @param undone takes what kept a list from being written
   * @return how many were written
   */
  public int sendAll(
      List<RecallList> lists, Instant now, Listener listener, RecallFailures undone) {
    int written = 0;
    for (RecallList list : lists) {
      try {
        Optional<Path> folder = send(list, now);
        written += folder.isPresent() ? 1 : 0;
        listener.done(list, folder);
      } catch (ProblemException unwritten) {
        undone.add(unwritten);
      }
    }
    return written;
  }

  /**
   * Writes a list. First the folder appears, signed and whole, then its entry is committed; between
   * the two a crash leaves a folder that the next command makes again under the same name.
   *
   * @return the folder; empty when the same list was written before
   */
  public Optional<Path> send(RecallList list, Instant now) {
    String digest = Sha256.hex(list.csv());
    boolean known =
        recalls
            .newest(list.release().entry().run())
            .flatMap(entry -> entry.fact(LedgerFact.LIST_SHA256))
            .filter(digest::equals)
            .isPresent();
    if (known) {
      return Optional.empty();
    }
    SigningKey key = SigningKey.read(list.signing());
    LedgerEntry release = list.release().entry();
    Path folder =
        output
            .resolve(list.recipient())
            .resolve(
                release.job()
                    + "-"
                    + list.release().name()
                    + "-"
                    + digest.substring(0, SHORT_DIGEST));
    Map<String, String> texts = new TreeMap<>();
    texts.put("recall.csv", list.csv());
    texts.put(
        "README.md",
        RecallLetter.of(
            list, now.atZone(zone).toLocalDate(), key.publicKey().fingerprint(), letterhead));
    RecallFolder.write(folder, texts, now, RunKeys.SIGNER, key);
    ledger.append(
        now,
        LedgerEvent.recalled(
            release,
            askedBy,
            list.patients(),
            digest,
            folder.toAbsolutePath().normalize().toString()));
    return Optional.of(folder);
  }
}
