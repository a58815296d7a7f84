package org.consentry.manifest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.consentry.keys.SshPublicKey;
import org.consentry.keys.SshSignature;
import org.consentry.problem.Place;
import org.consentry.problem.Problems;
import tools.jackson.databind.JsonNode;

/**
 * A signed manifest, of either edition, as somebody kept it: what it proves of the ledger.
 *
 * @param file where it was read
 * @param run the run it speaks of
 * @param sha256 digest of its bytes
 * @param head the newest ledger entry when it was sealed; empty when the ledger was empty
 * @param signer the key whose signature holds
 */
public record KeptManifest(
    Path file,
    String run,
    String sha256,
    Optional<Disclosure.LedgerHead> head,
    SshPublicKey signer) {

  private static final int MAX_TEXT = 64 << 20;
  private static final int MAX_SIGNATURE = 16 << 10;

  /**
   * Reads a manifest whose signature lies beside it as {@code FILE.sig}.
   *
   * @param problems receives one error when it cannot be read or the signature is not one of it
   */
  public static Optional<KeptManifest> read(Path file, Problems problems) {
    try {
      byte[] bytes = ReleaseFiles.read(file, MAX_TEXT);
      byte[] armor =
          ReleaseFiles.read(file.resolveSibling(file.getFileName() + ".sig"), MAX_SIGNATURE);
      Optional<KeptManifest> kept =
          SshSignature.parse(armor)
              .filter(signature -> signature.verifies(SshSignature.MANIFEST, bytes))
              .flatMap(signature -> of(file, bytes, signature.signer()));
      if (kept.isEmpty()) {
        problems.error(
            "MANIFEST_SIGNATURE",
            Place.of(file.toString()),
            "the manifest is not what was signed",
            "restore it and its signature from a backup and find out who changed it");
      }
      return kept;
    } catch (IOException unreadable) {
      problems.error(
          "MANIFEST_UNREADABLE",
          Place.of(file.toString()),
          "the manifest or its signature cannot be read",
          "restore both from a backup");
      return Optional.empty();
    }
  }

  private static Optional<KeptManifest> of(Path file, byte[] bytes, SshPublicKey signer) {
    return Json.read(bytes)
        .map(statement -> statement.path("predicate").path("release"))
        .map(
            release ->
                new KeptManifest(
                    file,
                    release.path("run").asString(""),
                    ReleaseFiles.sha256(bytes),
                    head(release.path("ledgerHead")),
                    signer));
  }

  private static Optional<Disclosure.LedgerHead> head(JsonNode node) {
    return node.isMissingNode()
        ? Optional.empty()
        : Optional.of(
            new Disclosure.LedgerHead(
                node.path("entry").asLong(0), node.path("sha256").asString("")));
  }
}
