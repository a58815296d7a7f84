package org.consentry.ledger;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import org.consentry.data.Prf;
import org.consentry.data.SubjectKeys;
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

  private final StateFolder state;
  private final Ledger ledger;

  /** The memberships of a state folder. */
  public Memberships(StateFolder state, Ledger ledger) {
    this.state = state;
    this.ledger = ledger;
  }

  /**
   * A published release.
   *
   * @param entry its entry in the ledger
   */
  public record Published(LedgerEntry entry) {

    /** The name of its folder. */
    public String name() {
      return fact(LedgerFact.RELEASE);
    }

    /** A fact of the entry; empty text when it has none. */
    public String fact(LedgerFact name) {
      return entry.fact(name).orElse("");
    }
  }

  /** Every release that is out, the oldest first. */
  public List<Published> published() {
    return ledger.releases().map(Published::new).toList();
  }

  /** Every release of a legal basis that is out, the newest first. */
  public List<Published> published(String legalBasis) {
    List<Published> releases =
        new ArrayList<>(
            published().stream()
                .filter(one -> one.fact(LedgerFact.LEGAL_BASIS).equals(legalBasis))
                .toList());
    Collections.reverse(releases);
    return releases;
  }

  /** What became of the releases after they were published. */
  public HandOvers handOvers() {
    return HandOvers.of(ledger.entries());
  }

  /** The key patients are filed under. */
  public LedgerKey key() {
    return ledger.key();
  }

  /** Which subject each member of a release is; -1 for one who is not among them. */
  public int[] subjects(Membership membership, SubjectKeys keys) {
    int[] subjects = new int[membership.size()];
    Arrays.fill(subjects, -1);
    Prf digests = key().subjects();
    byte[] answer = new byte[Prf.SIZE];
    byte[] digest = new byte[Membership.DIGEST];
    for (int subject = 0; subject < keys.size(); subject++) {
      byte[] id = keys.key(subject);
      digests.compute(id, 0, id.length, answer, 0);
      System.arraycopy(answer, 0, digest, 0, digest.length);
      OptionalInt member = membership.find(digest);
      if (member.isPresent()) {
        subjects[member.getAsInt()] = subject;
      }
    }
    return subjects;
  }

  /** What runs have read of restrictions. */
  public RestrictionRecord restrictions() {
    return new RestrictionRecord(state, key());
  }

  /**
   * Who is in a release.
   *
   * @throws ProblemException category VERIFY when that is not known any more
   */
  public Membership of(Published release) {
    String sha256 = release.fact(LedgerFact.MEMBERSHIP_SHA256);
    if (sha256.isEmpty()) {
      throw ProblemException.of(
          Category.VERIFY,
          "MEMBERSHIP",
          Place.of("ledger", release.entry().number()),
          "release "
              + release.entry().job()
              + "/"
              + release.name()
              + " was adopted, and this state folder does not have who is in it",
          "give the command in the state folder that made the release (--home)");
    }
    return Membership.read(state.membership(release.entry().run()), sha256);
  }

  /**
   * The figures that a release showed.
   *
   * @throws ProblemException category VERIFY when they are not known any more
   */
  FigureFile figuresOf(Published release) {
    return FigureFile.read(
        state.figures(release.entry().run()), release.fact(LedgerFact.FIGURES_SHA256));
  }

  /**
   * What is wrong with the files, one problem a release; empty when they are those of the ledger.
   */
  public List<Problem> check() {
    List<Problem> problems = new ArrayList<>();
    for (Published release : published()) {
      try {
        if (!release.fact(LedgerFact.MEMBERSHIP_SHA256).isEmpty()) {
          of(release);
        }
        if (!release.fact(LedgerFact.FIGURES_SHA256).isEmpty()) {
          figuresOf(release);
        }
      } catch (ProblemException damaged) {
        problems.addAll(damaged.problems());
      }
    }
    return problems;
  }
}
