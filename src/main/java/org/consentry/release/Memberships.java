package org.consentry.release;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consentry.keys.LedgerKey;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;

/**
 * Who is in the published releases of a state folder, and the key that finds them. A file that no
 * entry PUBLISHED speaks of belongs to a run that never got out and counts for nothing.
 */
public final class Memberships {

  /** Name of the fact that binds a membership file to an entry of the ledger. */
  public static final String SHA256 = "membershipSha256";

  /** Name of the fact that tells the key its patients are filed under. */
  public static final String KEY = "ledgerKey";

  /** Name of the fact that tells which earlier release of the job this one replaces. */
  public static final String REPLACES = "replaces";

  /** Name of the fact that holds a digest of what was asked of every consent. */
  public static final String REQUEST = "requestSha256";

  /** Name of the fact that tells the file of consent lines as the job wrote it. */
  public static final String CONSENT_NAME = "consentName";

  /** Name of the fact that tells where that file was. */
  public static final String CONSENT_FILE = "consentFile";

  private final StateFolder state;
  private final Ledger ledger;

  /** The memberships of a state folder. */
  public Memberships(StateFolder state, Ledger ledger) {
    this.state = state;
    this.ledger = ledger;
  }

  /**
   * A release that is out.
   *
   * @param entry its entry in the ledger
   * @param facts what the entry keeps
   */
  public record Published(LedgerEntry entry, Map<String, String> facts) {

    /** The name of its folder. */
    public String name() {
      return fact("release");
    }

    /** A fact the entry keeps; empty text when it does not. */
    public String fact(String name) {
      return facts.getOrDefault(name, "");
    }
  }

  /** Every release that is out, the oldest first. */
  public List<Published> published() {
    return ledger.entries(LedgerEntry.Kind.PUBLISHED).stream()
        .map(entry -> new Published(entry, entry.facts()))
        .toList();
  }

  /**
   * The ledger's key. One is made when there is none and no release needs it.
   *
   * @throws ProblemException category KEY when releases were filed under a key that is not there
   */
  public LedgerKey key() {
    Optional<String> pinned =
        published().stream()
            .map(release -> release.fact(KEY))
            .filter(fingerprint -> !fingerprint.isEmpty())
            .reduce((older, newer) -> newer);
    Path file = state.ledgerKey();
    if (pinned.isEmpty() && !Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      LedgerKey.generate().writeNew(file);
    }
    LedgerKey key = LedgerKey.read(file);
    if (pinned.isPresent() && !pinned.get().equals(key.fingerprint())) {
      throw ProblemException.of(
          Category.KEY,
          "OTHER_LEDGER_KEY",
          Place.of(file.toString()),
          "the ledger key is not the one earlier releases were filed under",
          "restore the earlier key from its backup");
    }
    return key;
  }

  /**
   * Who is in a release.
   *
   * @throws ProblemException category VERIFY when that cannot be told any more
   */
  public Membership of(Published release) {
    String sha256 = release.fact(SHA256);
    if (sha256.isEmpty()) {
      throw ProblemException.of(
          Category.VERIFY,
          "MEMBERSHIP",
          Place.of("ledger", release.entry().number()),
          "the ledger does not say who is in this release",
          "it was made before Consentry kept that; ask the recipient to destroy it");
    }
    return Membership.read(state.membership(release.entry().run()), sha256);
  }

  /** What is wrong with the files, one problem a release; empty when the ledger's word holds. */
  public List<Problem> check() {
    List<Problem> problems = new ArrayList<>();
    for (Published release : published()) {
      try {
        if (!release.fact(SHA256).isEmpty()) {
          of(release);
        }
      } catch (ProblemException damaged) {
        problems.addAll(damaged.problems());
      }
    }
    return problems;
  }
}
