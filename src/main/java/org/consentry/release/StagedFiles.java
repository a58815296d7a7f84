package org.consentry.release;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.consentry.data.Sha256;
import org.consentry.ledger.LedgerEntry;
import org.consentry.ledger.LedgerFact;
import org.consentry.ledger.StateFolder;
import org.consentry.problem.Problems;

/** The files in the state folder that belong to a staged release. */
public final class StagedFiles {

  private StagedFiles() {}

  /**
   * The first file of a staged release that is missing or is not the one its entry names: members,
   * figures or the exact manifest with its signature; empty when all are as they were written.
   */
  public static Optional<Path> damaged(StateFolder state, LedgerEntry staged) {
    Path internal = state.manifests(staged.run()).resolve(ReleaseSealer.INTERNAL_MANIFEST);
    boolean isWhole =
        StoredManifest.read(internal, new Problems())
            .map(StoredManifest::sha256)
            .equals(staged.fact(LedgerFact.INTERNAL_MANIFEST_SHA256));
    if (!isWhole) {
      return Optional.of(internal);
    }
    Map<Path, LedgerFact> files = new LinkedHashMap<>();
    files.put(state.membership(staged.run()), LedgerFact.MEMBERSHIP_SHA256);
    files.put(state.figures(staged.run()), LedgerFact.FIGURES_SHA256);
    return files.entrySet().stream()
        .filter(file -> !sha256(file.getKey()).equals(staged.fact(file.getValue())))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private static Optional<String> sha256(Path file) {
    try {
      return Optional.of(Sha256.hex(Files.readAllBytes(file)));
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }
}
