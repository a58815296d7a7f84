package org.consentry.custody;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.consentry.keys.LedgerKey;
import org.consentry.keys.OneTimeKey;
import org.consentry.manifest.Disclosure;
import org.consentry.manifest.ReleaseSealer;
import org.consentry.manifest.ReleaseVerifier;
import org.consentry.manifest.Trust;
import org.consentry.manifest.Verification;
import org.consentry.pipeline.Decided;
import org.consentry.plan.ExportPlan;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;
import org.consentry.release.Door;
import org.consentry.release.Memberships;
import org.consentry.sink.PartFiles;

/** Completes and signs the staged release, and takes it through the door. */
final class Sealing {

  private final RunContext context;

  Sealing(RunContext context) {
    this.context = context;
  }

  /** Completes and signs the staged release. */
  SealedRelease seal(
      ExportPlan plan,
      Decided decided,
      LocalDateTime decidedAt,
      RunKeys keys,
      Map<String, TableOutcome> outcomes,
      Members members) {
    Path target = target(plan, decidedAt.toLocalDate());
    Disclosure disclosure =
        new Disclosures(plan, decided, context, outcomes)
            .tell(String.valueOf(target.getFileName()), decidedAt, keys);
    Path internal = context.state().manifests(context.run());
    ReleaseSealer.Sealed sealed =
        ReleaseSealer.seal(
            context.staging().release(),
            internal,
            disclosure,
            new ReleaseSealer.Signer(RunKeys.SIGNER, keys.signing()));
    Map<String, String> facts = facts(plan, decided, keys, target, sealed);
    LedgerKey ledgerKey = context.memberships().key();
    facts.put(Memberships.SHA256, members.write(context, ledgerKey));
    facts.put(Memberships.KEY, ledgerKey.fingerprint());
    context.replaces().ifPresent(name -> facts.put(Memberships.REPLACES, name));
    return new SealedRelease(target, facts);
  }

  /** The next free name, {@code DATE-rN}: N counts the job's releases and is never used twice. */
  private Path target(ExportPlan plan, LocalDate day) {
    Path folder = plan.output().resolve(plan.job().name());
    long number = context.ledger().published(plan.job().name()) + 1;
    Path target = folder.resolve(day + "-r" + number);
    while (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      number++;
      target = folder.resolve(day + "-r" + number);
    }
    return target;
  }

  private static Map<String, String> facts(
      ExportPlan plan, Decided decided, RunKeys keys, Path target, ReleaseSealer.Sealed sealed) {
    Map<String, String> facts = new TreeMap<>();
    facts.put("release", String.valueOf(target.getFileName()));
    facts.put("recipient", plan.job().recipient().id());
    facts.put("jobFile", plan.jobFile().toAbsolutePath().normalize().toString());
    facts.put("purpose", plan.job().study().purpose().value());
    facts.put("legalBasis", plan.job().legalBasis().value().name());
    facts.put("studyKey", keys.studyFingerprint());
    facts.put("signingKey", keys.signing().publicKey().fingerprint());
    facts.put("plan", plan.digest());
    plan.ruleSets().forEach((name, digest) -> facts.put(RunContext.RULES_FACT + name, digest));
    facts.put("decisions", decided.digest());
    facts.put("subjects", Long.toString(decided.cohort()));
    facts.put("internalManifestSha256", sealed.internalSha256());
    facts.put("sumsSha256", sealed.sumsSha256());
    return facts;
  }

  /** Publishes, destroys the one-time key and clears staging away. */
  void publish(ExportPlan plan, SealedRelease sealed) {
    Door.Passage passage =
        new Door.Passage(
            context.run(),
            plan.job().name(),
            plan.job().study().id(),
            sealed.target(),
            sealed.facts());
    context.door().publish(context.staging(), passage);
    OneTimeKey.destroy(RunKeys.oneTimeFile(context.staging()));
    context.staging().discard();
  }

  /**
   * Reads the whole staged release again and checks it as a recipient would. It may take a while,
   * so it comes before consent is decided for the last time.
   */
  void requireVerified(SealedRelease sealed) {
    Verification verification =
        ReleaseVerifier.verify(
            context.staging().release(),
            new Trust.Fingerprint(sealed.facts().getOrDefault("signingKey", "")),
            PartFiles::read);
    if (verification.standing() != Verification.Standing.TRUSTED) {
      throw new ProblemException(
          Category.DISCLOSURE_CHECK,
          verification.errors().isEmpty() ? List.of(notTrusted()) : verification.errors());
    }
  }

  private Problem notTrusted() {
    return Problem.error(
        "NOT_VERIFIED",
        Place.of(context.staging().release().toString()),
        "the sealed release does not verify against the key that signed it",
        "resume the run; if it happens again, abandon it");
  }
}
