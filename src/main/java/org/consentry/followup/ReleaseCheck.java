package org.consentry.followup;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.consentry.export.SignersFile;
import org.consentry.ledger.Ledger;
import org.consentry.ledger.LedgerFact;
import org.consentry.ledger.StateFolder;
import org.consentry.plan.Catalogue;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;
import org.consentry.problem.Problems;
import org.consentry.release.ReleaseApprovals;
import org.consentry.release.ReleaseVerifier;
import org.consentry.release.StoredManifest;
import org.consentry.release.Trust;
import org.consentry.release.Verification;

/** Verifies a release offline, and compares it with what the installation's state folder knows. */
public final class ReleaseCheck {

  /** Who made a release. */
  public enum Origin {
    /** This installation: what its state folder has against the release is an error. */
    OWN,
    /** A person names the trusted signer, so it may be another clinic's: that is a warning. */
    ANY
  }

  private final Path folder;
  private final StateFolder state;
  private final Origin origin;

  private ReleaseCheck(Path folder, StateFolder state, Origin origin) {
    this.folder = folder;
    this.state = state;
    this.origin = origin;
  }

  /** Verifies a release of this installation, by the signers it pins. */
  public static Verification own(Path folder, StateFolder state) {
    return of(folder, Optional.empty(), pinned(state), state, Origin.OWN);
  }

  /**
   * Verifies a release.
   *
   * @param previous the release before it; empty to look beside this one
   */
  public static Verification of(
      Path folder, Optional<Path> previous, Trust trust, StateFolder state, Origin origin) {
    return ReleaseVerifier.verify(folder, previous, trust, Catalogue.SHIPPED::content)
        .with(new ReleaseCheck(folder, state, origin).problems());
  }

  /** Trust in the signers that an installation pins; in none when it pins none. */
  public static Trust pinned(StateFolder state) {
    Optional<Path> own = Optional.of(state.trustedSigners()).filter(Files::isRegularFile);
    own.ifPresent(pins -> state.requireOwn());
    return own.map(ReleaseCheck::pinned).orElse(new Trust.None());
  }

  /** Trust in the signers of a file. */
  public static Trust pinned(Path file) {
    return new Trust.Pinned(SignersFile.read(file), file.toString(), Instant.now());
  }

  private List<Problem> problems() {
    List<Problem> problems = new ArrayList<>();
    try {
      if (Ledger.isThere(state)) {
        requireKnown().ifPresent(problems::add);
        requirePins().ifPresent(problems::add);
      }
      if (Ledger.isThere(state) || Files.exists(state.approvers())) {
        ReleaseApprovals.unpinned(folder, SignersFile.approvers(state)).stream()
            .map(this::unpinned)
            .forEach(problems::add);
      }
    } catch (ProblemException unreadable) {
      problems.addAll(unreadable.problems());
    }
    return problems;
  }

  private Optional<Problem> requireKnown() {
    Optional<StoredManifest> manifest =
        StoredManifest.read(folder.resolve("manifest.json"), new Problems());
    if (manifest.isEmpty()) {
      return Optional.empty(); // Reported already: it is not what was signed.
    }
    Ledger ledger = Ledger.read(state);
    boolean isKnown =
        Stream.concat(ledger.releases(), ledger.unsettled().stream())
            .flatMap(entry -> entry.fact(LedgerFact.MANIFEST_SHA256).stream())
            .anyMatch(manifest.get().sha256()::equals);
    return isKnown
        ? Optional.empty()
        : Optional.of(
            problem(
                "UNKNOWN_RELEASE",
                Place.of(folder),
                "the ledger of the state folder "
                    + Place.name(state.home())
                    + " does not know this release",
                "find out who made it; if another state folder did, name that one by --home"));
  }

  /** A state folder pins a signer at its first release, so without pins it lost them. */
  private Optional<Problem> requirePins() {
    boolean isLost =
        origin == Origin.OWN
            && !Files.exists(state.trustedSigners())
            && Ledger.read(state).releases().findAny().isPresent();
    return isLost
        ? Optional.of(
            Problem.error(
                "NO_SIGNER_PINNED",
                Place.of(state.trustedSigners()),
                "no signer is pinned, but this state folder has released, so whose signature counts"
                    + " is not known",
                "restore the file from its backup, or name the signer by --fingerprint or"
                    + " --signers"))
        : Optional.empty();
  }

  private Problem unpinned(String name) {
    return problem(
        "APPROVER_UNKNOWN",
        Place.of(name),
        "the key of this approval is none of those pinned in " + Place.name(state.approvers()),
        "do not use the release before its approver is known");
  }

  private Problem problem(String code, Place place, String message, String hint) {
    return switch (origin) {
      case OWN -> Problem.error(code, place, message, hint);
      case ANY -> Problem.warning(code, place, message, hint);
    };
  }
}
