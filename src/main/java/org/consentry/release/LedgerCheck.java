package org.consentry.release;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.consentry.data.EnumWord;
import org.consentry.keys.AllowedSigners;
import org.consentry.keys.SshSignature;
import org.consentry.ledger.Ledger;
import org.consentry.ledger.LedgerEntry;
import org.consentry.ledger.LedgerFact;
import org.consentry.ledger.LedgerFiles;
import org.consentry.ledger.Memberships;
import org.consentry.ledger.RunRecord;
import org.consentry.ledger.RunRecords;
import org.consentry.ledger.StateFolder;
import org.consentry.problem.Category;
import org.consentry.problem.CountWords;
import org.consentry.problem.DiskFailure;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;
import org.consentry.problem.Problems;

/**
 * Compares the ledger with the run records, with the exact manifests and the files of members in
 * the state folder, and with the releases in the output folder.
 *
 * <p>A signed manifest names the newest entry at the time it was sealed, by number and digest. All
 * entries up to that one were checked then and cannot have changed since, because each entry
 * contains the digest of the one before. So a check begins at the newest signed head: the releases
 * behind it are compared with their manifests, fact by fact. A full check compares all of them.
 *
 * <p><b>Security promise:</b> a person with the ledger's key, and no key that signs releases,
 * changes no fact of a published release and no entry before the newest signed head without an
 * error here.
 */
public final class LedgerCheck {

  private final Ledger ledger;
  private final StateFolder state;
  private final Optional<AllowedSigners> trusted;
  private final RunRecords runs;
  private final Problems problems = new Problems();
  private final Map<Long, String> hashes = new HashMap<>();
  private final Map<String, LedgerEntry> published = new LinkedHashMap<>();
  private final Set<String> abandoned = new HashSet<>();
  private int manifests;
  private long signedHead;

  /** Who has a manifest, and the fact by which the ledger names its edition. */
  private enum Keeper {
    STATE_FOLDER(LedgerFact.INTERNAL_MANIFEST_SHA256),
    OTHERS(LedgerFact.MANIFEST_SHA256);

    private final LedgerFact digest;

    Keeper(LedgerFact digest) {
      this.digest = digest;
    }
  }

  /** How much is checked. */
  public enum Extent {
    /** What is behind the newest signed head. */
    SINCE_SIGNED_HEAD,
    /** Everything. */
    FULL
  }

  private LedgerCheck(Ledger ledger, StateFolder state, Optional<AllowedSigners> trusted) {
    this.ledger = ledger;
    this.state = state;
    this.runs = new RunRecords(state);
    this.trusted = trusted;
    for (LedgerEntry entry : ledger.entries()) {
      hashes.put(entry.number(), entry.hash());
      if (entry.kind() == LedgerEntry.Kind.PUBLISHED) {
        published.put(entry.run(), entry);
      } else if (entry.kind() == LedgerEntry.Kind.ABANDONED
          || entry.kind() == LedgerEntry.Kind.UNCHANGED) {
        abandoned.add(entry.run());
      }
    }
  }

  /**
   * What was found.
   *
   * @param entries entries of the chain
   * @param signedHead number of the newest entry that a signed manifest names; 0 when none does
   * @param manifests manifests whose facts were compared
   * @param findings errors and warnings; none when all is well
   */
  public record Outcome(int entries, long signedHead, int manifests, List<Problem> findings) {
    public Outcome {
      findings = List.copyOf(findings);
    }
  }

  /**
   * Refuses to work on a state folder that lost or changed something. Quick, for every start.
   *
   * @param trusted whose signatures count; empty when the installation pins none
   * @throws ProblemException category VERIFY
   */
  public static void require(Ledger ledger, StateFolder state, Optional<AllowedSigners> trusted) {
    LedgerCheck check = new LedgerCheck(ledger, state, trusted);
    check.records();
    check.files();
    check.problems.throwIfAny(Category.VERIFY);
    check.sinceSignedHead();
    check.problems.throwIfAny(Category.VERIFY);
  }

  /**
   * Checks without an end at the first error, and others' manifests by name. Writes nothing.
   *
   * @param trusted whose signatures count; empty when the installation pins none
   * @param others manifests of others, such as a recipient's, each beside its {@code .sig}
   */
  public static Outcome of(
      Ledger ledger,
      StateFolder state,
      Optional<AllowedSigners> trusted,
      Extent extent,
      List<Path> others) {
    LedgerCheck check = new LedgerCheck(ledger, state, trusted);
    check.end();
    check.records();
    check.files();
    switch (extent) {
      case SINCE_SIGNED_HEAD -> check.sinceSignedHead();
      case FULL -> check.everything();
    }
    check.outputs();
    for (Path other : others) {
      StoredManifest.read(other, check.problems)
          .ifPresent(manifest -> check.manifest(manifest, Keeper.OTHERS));
    }
    return new Outcome(
        check.hashes.size(), check.signedHead, check.manifests, check.problems.list());
  }

  /** What follows the newest entry counts for nothing, but a person should look at it. */
  private void end() {
    if (ledger.rest() > 0) {
      int entries = ledger.entries().size();
      problems.warning(
          "LEDGER_REST",
          Place.of(Place.name(LedgerFiles.entries(state)), entries + 1L),
          "the file goes on behind entry "
              + entries
              + " with "
              + CountWords.of(ledger.rest(), "byte")
              + " that are no entry: a crash left them, or a person without the ledger's key"
              + " added them",
          "the next command that writes moves them to a file torn-* beside it; if no command"
              + " crashed, find out who changed the file");
    }
  }

  private void records() {
    Map<String, RunRecord> records = new HashMap<>();
    for (RunRecord record : runs.all()) {
      records.put(record.run(), record);
      if (record.state() == RunRecord.State.PUBLISHED && !published.containsKey(record.run())) {
        cut(Place.of("run " + record.run()), "the ledger does not have this run's release");
      }
    }
    String purged =
        ledger.entries(LedgerEntry.Kind.PURGED).stream()
            .flatMap(entry -> entry.fact(LedgerFact.BEFORE).stream())
            .reduce("", (older, newer) -> newer);
    for (LedgerEntry release : published.values()) {
      boolean mayBeGone =
          !purged.isEmpty() && release.disclosedAt().isBefore(java.time.Instant.parse(purged));
      if (!records.containsKey(release.run()) && !mayBeGone) {
        missing(release, "RUN_RECORD", "the run record", state.runs());
      }
    }
  }

  /** Whether each release still has its files; what they contain is not read. */
  private void files() {
    for (LedgerEntry release : published.values()) {
      Path manifest = internal(release.run());
      if (!Files.isRegularFile(manifest)
          || !Files.isRegularFile(manifest.resolveSibling(manifest.getFileName() + ".sig"))) {
        missing(
            release, "MANIFEST_MISSING", "the exact manifest or its signature", state.manifests());
      }
      if (release.fact(LedgerFact.MEMBERSHIP_SHA256).isPresent()
          && !Files.isRegularFile(state.membership(release.run()))) {
        missing(release, "MEMBERSHIP", "the file of its members", state.memberships());
      }
      if (release.fact(LedgerFact.FIGURES_SHA256).isPresent()
          && !Files.isRegularFile(state.figures(release.run()))) {
        missing(release, "FIGURES", "the file of its figures", state.memberships());
      }
    }
    for (String run : foldersOfManifests()) {
      if (!published.containsKey(run) && !abandoned.contains(run) && runs.find(run).isEmpty()) {
        cut(
            Place.of(state.manifests(run)),
            "the ledger does not have the release of this manifest, and no run record reports that"
                + " it was not published");
      }
    }
  }

  private void missing(LedgerEntry release, String code, String what, Path folder) {
    problems.error(
        code,
        Place.of(Place.name(LedgerFiles.entries(state)), release.number()),
        what + " of run " + release.run() + " is missing in " + Place.name(folder),
        "restore it from a backup of the state folder");
  }

  private Path internal(String run) {
    return state.manifests(run).resolve(ReleaseSealer.INTERNAL_MANIFEST);
  }

  private List<String> foldersOfManifests() {
    if (!Files.isDirectory(state.manifests())) {
      return List.of();
    }
    try (Stream<Path> list = Files.list(state.manifests())) {
      return list.filter(Files::isDirectory)
          .map(folder -> String.valueOf(folder.getFileName()))
          .sorted()
          .toList();
    } catch (IOException unreadable) {
      throw ProblemException.of(
          DiskFailure.category(unreadable),
          "STATE_FOLDER",
          Place.of(state.manifests()),
          "the folder of manifests cannot be read",
          "check the permissions of the state folder");
    }
  }

  /** From the newest release back to the newest entry that a manifest on the way signs. */
  private void sinceSignedHead() {
    List<LedgerEntry> releases = new ArrayList<>(published.values());
    for (int i = releases.size() - 1; i >= 0 && releases.get(i).number() > signedHead; i--) {
      release(releases.get(i));
    }
  }

  private void everything() {
    published.values().forEach(this::release);
    for (String run : foldersOfManifests()) {
      if (!published.containsKey(run)) {
        StoredManifest.read(internal(run), problems)
            .ifPresent(manifest -> manifest(manifest, Keeper.STATE_FOLDER));
      }
    }
    problems.addAll(new Memberships(state, ledger).check());
  }

  private void release(LedgerEntry release) {
    Path file = internal(release.run());
    if (Files.isRegularFile(file)) {
      StoredManifest.read(file, problems)
          .ifPresent(manifest -> manifest(manifest, Keeper.STATE_FOLDER));
    }
  }

  /** A signer that is not trusted proves nothing of the ledger, so it is checked first. */
  private void manifest(StoredManifest manifest, Keeper keeper) {
    manifests++;
    Place place = Place.of(manifest.file());
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
    if (lost.isPresent()) {
      cut(
          place,
          "the ledger does not have entry " + lost.get().entry() + " as this manifest names it");
    } else {
      manifest.head().ifPresent(head -> signedHead = Math.max(signedHead, head.entry()));
    }
    release.ifPresentOrElse(
        entry -> compare(manifest, entry, keeper, place),
        () -> {
          if (lost.isEmpty() && keeper == Keeper.OTHERS) {
            cut(place, "the ledger does not have the release of this manifest");
          }
        });
  }

  /** Limits in time of a signer are judged for the moment of its release, if that is known. */
  private static boolean isTrusted(
      AllowedSigners trusted, StoredManifest manifest, Optional<LedgerEntry> release) {
    return release
        .map(
            entry ->
                trusted.principal(manifest.signer(), SshSignature.MANIFEST, entry.disclosedAt()))
        .orElseGet(() -> trusted.everPrincipal(manifest.signer(), SshSignature.MANIFEST))
        .isPresent();
  }

  private void compare(StoredManifest manifest, LedgerEntry release, Keeper keeper, Place place) {
    if (!release.fact(keeper.digest).equals(Optional.of(manifest.sha256()))) {
      problems.error(
          "MANIFEST_CHANGED",
          place,
          "the manifest is not the one that ledger entry " + release.number() + " names",
          "restore it from a backup and find out who changed it");
      return;
    }
    if (!release.job().equals(manifest.claims().job())
        || !release.study().equals(manifest.claims().study())) {
      differs(release, "job or study", manifest);
    }
    claimed(manifest, keeper)
        .forEach(
            (fact, claim) -> {
              if (!release.fact(fact).orElse("").equals(claim)) {
                differs(release, fact.word(), manifest);
              }
            });
  }

  /** What the manifest states of facts that the ledger has too. */
  private static Map<LedgerFact, String> claimed(StoredManifest manifest, Keeper keeper) {
    StoredManifest.Claims claims = manifest.claims();
    Map<LedgerFact, String> claimed = new EnumMap<>(LedgerFact.class);
    claimed.put(LedgerFact.RELEASE, claims.release());
    claimed.put(LedgerFact.RECIPIENT, claims.recipient());
    claimed.put(LedgerFact.PURPOSE, claims.purpose());
    claimed.put(LedgerFact.LEGAL_BASIS, EnumWord.name(claims.legalBasis()));
    claimed.put(LedgerFact.REQUESTED_BY, claims.requestedBy());
    claimed.put(LedgerFact.REPLACES, claims.replaces());
    claimed.put(LedgerFact.STUDY_KEY, claims.studyKey());
    claimed.put(LedgerFact.SIGNING_KEY, manifest.signer().fingerprint());
    claimed.put(LedgerFact.ROWS, Long.toString(claims.rows()));
    if (keeper == Keeper.STATE_FOLDER) {
      claimed.put(LedgerFact.MANIFEST_SHA256, claims.recipientEdition());
    }
    return claimed;
  }

  private void differs(LedgerEntry release, String fact, StoredManifest manifest) {
    problems.error(
        "LEDGER_FACT",
        Place.of(Place.name(LedgerFiles.entries(state)), release.number()),
        "the fact " + fact + " is not what the signed manifest states: " + manifest.file(),
        "the ledger was changed by a person with its key: restore the folder ledger of the state"
            + " folder from its newest backup and find out who changed it");
  }

  /** The output folders that this state folder knows. */
  private void outputs() {
    Stream<Path> ofReleases =
        published.values().stream()
            .flatMap(entry -> entry.fact(LedgerFact.TARGET).stream())
            .map(Path::of)
            .flatMap(target -> Optional.ofNullable(target.getParent()).stream());
    Stream<Path> ofRuns =
        runs.all().stream().map(record -> Path.of(record.output()).resolve(record.job()));
    Stream.concat(ofReleases, ofRuns)
        .distinct()
        .sorted()
        .forEach(folder -> problems.addAll(PublishedReleases.unknown(ledger, state, folder)));
  }

  private void cut(Place place, String message) {
    problems.error(
        "LEDGER_CUT",
        place,
        message,
        "the state folder was put back to an earlier state, or its ledger was cut: restore the"
            + " newest backup of the whole state folder and find out who changed it");
  }
}
