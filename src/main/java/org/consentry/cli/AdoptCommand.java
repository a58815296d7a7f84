package org.consentry.cli;

import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.consentry.export.RunKeys;
import org.consentry.export.SignersFile;
import org.consentry.export.StateSession;
import org.consentry.keys.AllowedSigners;
import org.consentry.keys.SshSignature;
import org.consentry.ledger.StateFolder;
import org.consentry.plan.Catalogue;
import org.consentry.problem.Category;
import org.consentry.problem.CountWords;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;
import org.consentry.release.Adoption;
import org.consentry.release.PublishedReleases;
import org.consentry.release.ReleaseVerifier;
import org.consentry.release.StoredManifest;
import org.consentry.release.Trust;
import org.consentry.release.Verification;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Makes releases of another state folder known to this one. */
@Command(
    name = "adopt",
    description = {
      "Records the releases of a lost state folder in this one.",
      "Each is verified in full before the ledger records it.",
      "Who is in them remains unknown; accounting and recall report that.",
      "Later random codes are new unless the lost vault is copied here."
    },
    mixinStandardHelpOptions = true)
final class AdoptCommand implements Callable<Integer> {

  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private TrustOption trusted = new TrustOption();

  @Parameters(
      paramLabel = "DIR",
      description = "A release, the folder of a job's releases, or the output folder.")
  private Path folder = Path.of("");

  @Override
  public Integer call() {
    Console console = common.console();
    StateFolder state = common.state();
    try (StateSession session = Sessions.open(state, console)) {
      session.requireClock();
      Trust trust = trust(state);
      Adoption adoption = new Adoption(session.ledger(), session.operator());
      Map<Path, StoredManifest> adopted = new LinkedHashMap<>();
      for (Path release : PublishedReleases.unknownBelow(session.ledger(), state, folder)) {
        requireVerified(release, trust);
        adopted.put(release, adoption.manifest(release));
      }
      adopted.forEach((release, manifest) -> pin(state, manifest, session.instant()));
      adoption.adopt(adopted, session.instant());
      show(console, state, List.copyOf(adopted.keySet()));
    }
    return 0;
  }

  private static void requireVerified(Path release, Trust trust) {
    Verification answer =
        ReleaseVerifier.verify(release, Optional.empty(), trust, Catalogue.SHIPPED::content);
    if (!answer.errors().isEmpty()) {
      throw new ProblemException(Category.VERIFY, answer.errors());
    }
  }

  /** What a person trusts by name or fingerprint is trusted from now on. */
  private static void pin(StateFolder state, StoredManifest manifest, Instant now) {
    Optional<AllowedSigners> pinned = SignersFile.trusted(state);
    boolean isPinned =
        pinned
            .flatMap(all -> all.principal(manifest.signer(), SshSignature.MANIFEST, now))
            .isPresent();
    if (!isPinned) {
      state.trust(AllowedSigners.Entry.forManifests(RunKeys.SIGNER, manifest.signer()));
    }
  }

  private static void show(Console console, StateFolder state, List<Path> adopted) {
    for (Path release : adopted) {
      console.line("adopted " + release);
      console.result("adoptedRelease", Map.of("releaseFolder", release.toString()));
    }
    console.line(
        CountWords.of(adopted.size(), "release") + " adopted into state folder " + state.home());
    if (!adopted.isEmpty()) {
      console.remark(
          "the code vault and the list of who is in these releases are in the state folder that"
              + " made them: copy its folder vault into "
              + Place.name(state.home())
              + ", or random codes of the next release are new ones; its counts are not compared"
              + " with theirs either");
      console.remark(
          "RESTRICTIONS_FORGOTTEN: this state folder remembers no denial or withdrawal that earlier"
              + " runs read, so a file of consent lines that lost some is not detected: copy the"
              + " folder restrictions too, or compare the file with its newest backup before the"
              + " next run");
    }
  }

  private Trust trust(StateFolder state) {
    Optional<Trust> given = trusted.given();
    if (given.isPresent()) {
      return given.get();
    }
    return SignersFile.trusted(state)
        .map(all -> new Trust.Pinned(all, state.trustedSigners().toString(), Instant.now()))
        .map(Trust.class::cast)
        .orElseThrow(
            () ->
                ProblemException.of(
                    Category.USAGE,
                    "NO_SIGNER",
                    Place.of("--fingerprint"),
                    "no trusted signer is given",
                    "give --fingerprint SHA256:... or --signers FILE"));
  }
}
