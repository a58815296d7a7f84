package org.consentry.release;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.consentry.keys.SshSignature;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;
import org.consentry.release.page.Page;
import org.consentry.release.page.Pages;

/**
 * The page of an exact manifest, as people read it. It is made when a person asks for it, because
 * the signed manifest has all of it.
 */
public final class InternalPage {

  private static final int MAX_TEXT = 64 << 20;
  private static final int MAX_SIGNATURE = 16 << 10;

  private InternalPage() {}

  /**
   * Makes the page.
   *
   * @param folder where the exact manifest of a run is
   * @param principal what its signer is called
   * @return HTML in UTF-8
   * @throws ProblemException category VERIFY when the manifest is missing or not what was signed
   */
  public static byte[] of(Path folder, String principal) {
    Path file = folder.resolve(ReleaseSealer.INTERNAL_MANIFEST);
    try {
      byte[] bytes = ReleaseFiles.read(file, MAX_TEXT);
      SshSignature signature =
          SshSignature.parse(
                  ReleaseFiles.read(
                      file.resolveSibling(file.getFileName() + ".sig"), MAX_SIGNATURE))
              .filter(one -> one.verifies(SshSignature.MANIFEST, bytes))
              .orElseThrow(() -> unusable(file, "the exact manifest is not what was signed"));
      Page page =
          new Page(
              Json.read(bytes).orElseThrow(() -> unusable(file, "the exact manifest is no JSON")),
              signature.signer().fingerprint(),
              List.of(
                  ReleaseGuide.command(
                      ReleaseFiles.SIGNERS, principal, String.valueOf(file.getFileName()))));
      return Pages.render("manifest.jte", page);
    } catch (IOException unreadable) {
      throw unusable(file, "the exact manifest or its signature cannot be read");
    }
  }

  private static ProblemException unusable(Path file, String message) {
    return ProblemException.of(
        Category.VERIFY,
        "MANIFEST",
        Place.of(file),
        message,
        "consentry ledger verify shows what is wrong; restore it from a backup");
  }
}
