package org.consentry.release;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.consentry.keys.AllowedSigners;
import org.consentry.keys.SshSignature;
import org.consentry.manifest.Disclosure;
import org.consentry.manifest.KeptManifest;
import org.consentry.manifest.ReleaseSealer;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;
import org.consentry.problem.Problems;

/**
 * Holds the ledger against itself, against the run records and against every manifest that names
 * its head. A chain alone cannot know that its end was cut off or that all of it was written anew;
 * the manifests do, because they are signed and others hold copies of them.
 */
public final class LedgerCheck {

  private final Ledger ledger;
  private final StateFolder state;
  private final Problems problems = new Problems();
  private final Map<Long, String> hashes = new HashMap<>();
  private final Map<String, LedgerEntry> published = new HashMap<>();
  private int manifests;

  /** Who keeps a manifest, and the fact by which the ledger names its edition. */
  private enum Keeper {
    STATE_FOLDER("internalManifestSha256"),
    OTHERS("manifestSha256");

    private final String digest;

    Keeper(String digest) {
      this.digest = digest;
    }
  }

  private LedgerCheck(Ledger ledger, StateFolder state) {
    this.ledger = ledger;
    this.state = state;
  }

  /**
   * What was found.
   *
   * @param entries entries of the chain
   * @param manifests manifests whose head was looked up
   * @param findings errors and warnings; none when all is well
   */
  public record Outcome(int entries, int manifests, List<Problem> findings) {
    public Outcome {
      findings = List.copyOf(findings);
    }
  }

  /**
   * Refuses to work on a ledger that was changed or cut: what would be written after it would be
   * worth nothing. Quick, for every start.
   *
   * @throws ProblemException category VERIFY when the chain does not hold or lacks a release that
   *     the run records tell of
   */
  public static void require(Ledger ledger, StateFolder state) {
    LedgerCheck check = new LedgerCheck(ledger, state);
    check.chain();
    check.problems.throwIfAny(Category.VERIFY);
    check.remember();
    check.records();
    check.problems.throwIfAny(Category.VERIFY);
  }

  /**
   * Checks everything: the chain, the run records, the exact manifests of the state folder with
   * their signatures, and others given by name. Writes nothing.
   *
   * @param trusted whose signatures count; empty when the installation pins none
   * @param others manifests kept elsewhere, such as a recipient's, each beside its {@code .sig}
   */
  public static Outcome of(
      Ledger ledger, StateFolder state, Optional<AllowedSigners> trusted, List<Path> others) {
    LedgerCheck check = new LedgerCheck(ledger, state);
    check.chain();
    if (!check.problems.hasErrors()) {
      check.remember();
      check.records();
      check.kept(trusted);
      check.problems.addAll(new Memberships(state, ledger).check());
      for (Path other : others) {
        KeptManifest.read(other, check.problems)
            .ifPresent(manifest -> check.manifest(manifest, trusted, Keeper.OTHERS));
      }
    }
    return new Outcome(check.hashes.size(), check.manifests, check.problems.list());
  }

  private void chain() {
    ledger
        .firstBroken()
        .ifPresent(
            broken ->
                problems.error(
                    "LEDGER_CHAIN",
                    Place.of("ledger", broken),
                    "the chain does not hold from this entry on",
                    "restore the job database from a backup and find out who changed it"));
  }

  private void remember() {
    for (LedgerEntry entry : ledger.entries()) {
      hashes.put(entry.number(), entry.hash());
      if (entry.kind() == LedgerEntry.Kind.PUBLISHED) {
        published.put(entry.run(), entry);
      }
    }
  }

  private void records() {
    for (RunRecord record : new RunRecords(state).all()) {
      if (record.state() == RunRecord.State.PUBLISHED && !published.containsKey(record.run())) {
        cut(Place.of("run " + record.run()), "the ledger does not hold this run's release");
      }
    }
  }

  private void kept(Optional<AllowedSigners> trusted) {
    for (Path folder : folders()) {
      KeptManifest.read(folder.resolve(ReleaseSealer.INTERNAL_MANIFEST), problems)
          .ifPresent(manifest -> manifest(manifest, trusted, Keeper.STATE_FOLDER));
    }
    for (LedgerEntry entry : published.values()) {
      if (!Files.isDirectory(state.manifests(entry.run()))) {
        problems.error(
            "MANIFEST_MISSING",
            Place.of("ledger", entry.number()),
            "the exact manifest of run " + entry.run() + " is not in the state folder",
            "restore it from a backup");
      }
    }
  }

  private List<Path> folders() {
    if (!Files.isDirectory(state.manifests())) {
      return List.of();
    }
    try (Stream<Path> list = Files.list(state.manifests())) {
      return list.filter(Files::isDirectory).sorted().toList();
    } catch (IOException unreadable) {
      throw ProblemException.of(
          Category.TEMPORARY,
          "STATE_FOLDER",
          Place.of(state.manifests().toString()),
          "the folder of manifests cannot be read",
          "check the permissions of the state folder");
    }
  }

  /** A signer that counts for nothing proves nothing of the ledger, so it is looked at first. */
  private void manifest(KeptManifest manifest, Optional<AllowedSigners> trusted, Keeper keeper) {
    manifests++;
    Place place = Place.of(manifest.file().toString());
    Optional<LedgerEntry> release = Optional.ofNullable(published.get(manifest.run()));
    if (trusted.filter(all -> !isTrusted(all, manifest, release)).isPresent()) {
      problems.error(
          "MANIFEST_SIGNER",
          place,
          "signed by the key "
              + manifest.signer().fingerprint()
              + ", which is none of those this installation trusts",
          "pin the key in trusted_signers if it is the clinic's");
      return;
    }
    Optional<Disclosure.LedgerHead> lost =
        manifest.head().filter(head -> !head.sha256().equals(hashes.get(head.entry())));
    lost.ifPresent(
        head ->
            cut(
                place,
                "the ledger does not hold entry " + head.entry() + " as this manifest names it"));
    release.ifPresentOrElse(
        entry -> unchanged(manifest, entry, keeper, place),
        () -> {
          if (lost.isEmpty()) {
            unpublished(manifest, keeper, place);
          }
        });
  }

  /** Limits in time of a signer are judged for the moment of its release, if that is known. */
  private static boolean isTrusted(
      AllowedSigners trusted, KeptManifest manifest, Optional<LedgerEntry> release) {
    return release
        .map(
            entry ->
                trusted.principal(manifest.signer(), SshSignature.MANIFEST, entry.disclosedAt()))
        .orElseGet(() -> trusted.everPrincipal(manifest.signer(), SshSignature.MANIFEST))
        .isPresent();
  }

  private void unchanged(KeptManifest manifest, LedgerEntry release, Keeper keeper, Place place) {
    if (!release.fact(keeper.digest).equals(Optional.of(manifest.sha256()))) {
      problems.error(
          "MANIFEST_CHANGED",
          place,
          "the manifest is not the one that ledger entry " + release.number() + " names",
          "restore it from a backup and find out who changed it");
    }
  }

  /**
   * A manifest names the head before its own release, so the newest release can be cut off without
   * any head being lost. What others hold was released; what the state folder holds was sealed, and
   * the run record must say that it did not get out.
   */
  private void unpublished(KeptManifest manifest, Keeper keeper, Place place) {
    switch (keeper) {
      case OTHERS -> cut(place, "the ledger does not hold the release of this manifest");
      case STATE_FOLDER -> {
        if (new RunRecords(state).find(manifest.run()).isEmpty()) {
          cut(
              place,
              "the ledger does not hold the release of this manifest, and no run record says that"
                  + " it did not get out");
        }
      }
    }
  }

  private void cut(Place place, String message) {
    problems.error(
        "LEDGER_CUT",
        place,
        message,
        "the ledger was cut off or written anew: restore the job database from its newest backup"
            + " and find out who changed it");
  }
}
