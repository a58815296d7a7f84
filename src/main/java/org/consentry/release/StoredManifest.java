package org.consentry.release;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.consentry.data.CodeForm;
import org.consentry.data.Sha256;
import org.consentry.keys.SshPublicKey;
import org.consentry.keys.SshSignature;
import org.consentry.problem.Place;
import org.consentry.problem.Problems;
import tools.jackson.databind.JsonNode;

/**
 * A signed manifest, of either edition, as it was stored: what it proves of the ledger.
 *
 * @param file where it was read
 * @param run the run it speaks of
 * @param sha256 digest of its bytes
 * @param head the newest ledger entry when it was sealed; empty when the ledger was empty
 * @param signer the key of the valid signature
 * @param claims what it states of the release
 */
public record StoredManifest(
    Path file,
    String run,
    String sha256,
    Optional<Disclosure.LedgerHead> head,
    SshPublicKey signer,
    Claims claims) {

  /**
   * What a manifest states of its release. A text that it does not state is empty.
   *
   * @param job name of the job
   * @param release name of the release
   * @param study id of the study
   * @param recipient id of the recipient
   * @param purpose purpose of use
   * @param legalBasis legal basis
   * @param requestedBy who requested the data
   * @param replaces name of the release that it replaces
   * @param recipientEdition digest of the recipient's edition, which the internal one names
   * @param studyKey fingerprint of the study's key
   * @param codePrefixes what codes of later releases begin with, too, a line each: domain, blank,
   *     prefix
   * @param rules rule sets that label released rows, a line each: digest, blank, name and version
   * @param createdAt when it was sealed, ISO 8601 UTC
   * @param rows released rows of all tables
   */
  public record Claims(
      String job,
      String release,
      String study,
      String recipient,
      String purpose,
      String legalBasis,
      String requestedBy,
      String replaces,
      String recipientEdition,
      String studyKey,
      String codePrefixes,
      String rules,
      String createdAt,
      long rows) {}

  private static final int MAX_TEXT = 64 << 20;
  private static final int MAX_SIGNATURE = 16 << 10;

  /**
   * Reads a manifest whose signature is beside it as {@code FILE.sig}.
   *
   * @param problems receives one error when it cannot be read or the signature is not one of it
   */
  public static Optional<StoredManifest> read(Path file, Problems problems) {
    try {
      byte[] bytes = ReleaseFiles.read(file, MAX_TEXT);
      byte[] armor =
          ReleaseFiles.read(file.resolveSibling(file.getFileName() + ".sig"), MAX_SIGNATURE);
      Optional<StoredManifest> kept =
          SshSignature.parse(armor)
              .filter(signature -> signature.verifies(SshSignature.MANIFEST, bytes))
              .flatMap(signature -> of(file, bytes, signature.signer()));
      if (kept.isEmpty()) {
        problems.error(
            "MANIFEST_SIGNATURE",
            Place.of(file),
            "the manifest is not what was signed",
            "restore it and its signature from a backup and find out who changed it");
      }
      return kept;
    } catch (IOException unreadable) {
      problems.error(
          "MANIFEST_UNREADABLE",
          Place.of(file),
          "the manifest or its signature cannot be read",
          "restore both from a backup");
      return Optional.empty();
    }
  }

  private static Optional<StoredManifest> of(Path file, byte[] bytes, SshPublicKey signer) {
    return Json.read(bytes)
        .map(statement -> statement.path("predicate"))
        .map(
            predicate ->
                new StoredManifest(
                    file,
                    text(predicate, "/release/run"),
                    Sha256.hex(bytes),
                    head(predicate.path("release").path("ledgerHead")),
                    signer,
                    claims(predicate)));
  }

  private static Claims claims(JsonNode predicate) {
    long rows = 0;
    for (JsonNode table : predicate.path("tables")) {
      rows += table.path("rows").path("released").asLong(0);
    }
    JsonNode asked = ManifestStatement.asked(predicate.path("authority"));
    return new Claims(
        text(predicate, "/release/job"),
        text(predicate, "/release/name"),
        text(asked, "/id"),
        text(predicate, "/authority/recipient/id"),
        text(asked, "/purpose"),
        text(predicate, "/authority/legalBasis"),
        text(predicate, "/authority/requestedBy"),
        text(predicate, "/release/replaces/name"),
        text(predicate, "/recipientEdition/sha256"),
        text(predicate, "/inputs/keys/study key"),
        codePrefixes(predicate),
        rules(predicate),
        text(predicate, "/release/createdAt"),
        rows);
  }

  private static String codePrefixes(JsonNode predicate) {
    Set<String> prefixes = new TreeSet<>();
    for (JsonNode table : predicate.path("tables")) {
      for (JsonNode column : table.path("columns")) {
        String prefix = text(column, "/parameters/prefix");
        if (prefix.isEmpty() && !text(column, "/parameters/numbers").isEmpty()) {
          prefix = CodeForm.INTEGER.word();
        }
        boolean isForOneTime = text(column, "/parameters/code").equals("one-time");
        if (column.path("released").isObject() && !prefix.isEmpty() && !isForOneTime) {
          prefixes.add(text(column, "/parameters/domain") + " " + prefix);
        }
      }
    }
    return String.join("\n", prefixes);
  }

  private static String rules(JsonNode predicate) {
    Set<String> rules = new TreeSet<>();
    for (JsonNode table : predicate.path("tables")) {
      for (JsonNode column : table.path("columns")) {
        String name = text(column, "/parameters/ruleSet");
        if (!name.isEmpty()) {
          rules.add(
              "sha256:"
                  + text(column, "/parameters/sha256")
                  + " "
                  + name
                  + " version "
                  + text(column, "/parameters/version"));
        }
      }
    }
    return String.join("\n", rules);
  }

  private static String text(JsonNode node, String pointer) {
    return node.at(pointer).asString("");
  }

  private static Optional<Disclosure.LedgerHead> head(JsonNode node) {
    return node.isMissingNode()
        ? Optional.empty()
        : Optional.of(
            new Disclosure.LedgerHead(
                node.path("entry").asLong(0), node.path("sha256").asString("")));
  }
}
