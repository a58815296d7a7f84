package org.consentry.release;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import org.consentry.data.EnumWord;
import org.consentry.ledger.Ledger;
import org.consentry.ledger.LedgerEntry;
import org.consentry.ledger.LedgerEvent;
import org.consentry.ledger.LedgerFact;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;
import org.consentry.problem.Problems;

/**
 * Makes releases of another state folder known to this one: an entry ADOPTED for each. What only
 * that state folder has, its code vault and who is in the releases, does not come with them.
 */
public final class Adoption {

  private final Ledger ledger;
  private final String operator;

  /** Adoption into a ledger by a person. */
  public Adoption(Ledger ledger, String operator) {
    this.ledger = ledger;
    this.operator = operator;
  }

  /**
   * The signed manifest of a release to adopt.
   *
   * @throws ProblemException category VERIFY when it cannot be read, or the ledger has a release of
   *     the same run with another manifest
   */
  public StoredManifest manifest(Path release) {
    Problems problems = new Problems();
    StoredManifest manifest =
        StoredManifest.read(release.resolve("manifest.json"), problems)
            .orElseThrow(() -> new ProblemException(Category.VERIFY, problems.list()));
    if (ledger.releases().anyMatch(entry -> entry.run().equals(manifest.run()))) {
      throw ProblemException.of(
          Category.VERIFY,
          "RELEASE_DIFFERS",
          Place.of(release),
          "the ledger has a release of run " + manifest.run() + " with another manifest",
          "find out which of the two was released; nothing was adopted");
    }
    return manifest;
  }

  /**
   * Writes that releases are known from now on, the oldest first by the moment that each manifest
   * was signed with.
   *
   * @param releases their manifests, by folder, each absolute
   */
  public void adopt(Map<Path, StoredManifest> releases, Instant now) {
    releases.entrySet().stream()
        .sorted(
            Map.Entry.comparingByValue(
                Comparator.comparing(manifest -> Instant.parse(manifest.claims().createdAt()))))
        .forEach(release -> adopt(release.getKey(), release.getValue(), now));
  }

  /**
   * Writes that a release is known from now on.
   *
   * @param release its folder, absolute
   */
  private void adopt(Path release, StoredManifest manifest, Instant now) {
    StoredManifest.Claims claims = manifest.claims();
    Map<LedgerFact, String> facts = new EnumMap<>(LedgerFact.class);
    facts.put(LedgerFact.RELEASE, claims.release());
    facts.put(LedgerFact.TARGET, release.toString());
    facts.put(LedgerFact.PREPARED_AT, Instant.parse(claims.createdAt()).toString());
    facts.put(LedgerFact.RECIPIENT, claims.recipient());
    facts.put(LedgerFact.PURPOSE, claims.purpose());
    facts.put(LedgerFact.LEGAL_BASIS, EnumWord.name(claims.legalBasis()));
    facts.put(LedgerFact.REQUESTED_BY, claims.requestedBy());
    facts.put(LedgerFact.STUDY_KEY, claims.studyKey());
    facts.put(LedgerFact.CODE_PREFIXES, claims.codePrefixes());
    facts.put(LedgerFact.RULES, claims.rules());
    facts.put(LedgerFact.SIGNING_KEY, manifest.signer().fingerprint());
    facts.put(LedgerFact.MANIFEST_SHA256, manifest.sha256());
    if (!claims.replaces().isEmpty()) {
      facts.put(LedgerFact.REPLACES, claims.replaces());
    }
    facts.put(LedgerFact.ASKED_BY, operator);
    ledger.append(
        now,
        new LedgerEvent(
            LedgerEntry.Kind.ADOPTED, manifest.run(), claims.job(), claims.study(), facts));
  }
}
