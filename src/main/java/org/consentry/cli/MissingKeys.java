package org.consentry.cli;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.consentry.export.RunKeys;
import org.consentry.keys.AllowedSigners;
import org.consentry.keys.KeyReference;
import org.consentry.keys.SigningKey;
import org.consentry.keys.StudyKey;
import org.consentry.ledger.StateFolder;
import org.consentry.plan.ExportPlan;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;

/** Makes the keys a job refers to when they are not there, because a person asked for it. */
final class MissingKeys {

  private MissingKeys() {}

  /**
   * Makes the missing ones. A new signing key is one this installation trusts from then on.
   *
   * @param released whether the study has released before: then a missing key is never made again,
   *     because codes would not be those of the earlier releases, and recipients would not know who
   *     signs
   * @throws ProblemException category KEY when it has, and one is missing
   */
  static void create(ExportPlan plan, StateFolder state, boolean released, Console console) {
    if (plan.studyKey() instanceof KeyReference.InFile file && isMissing(file.path())) {
      refuseReplacement(
          released, file.path(), "its key is not made again", "restore the key from its backup");
      StudyKey key = StudyKey.generate();
      key.writeNew(file.path());
      console.remark("made study key " + Place.name(file.path()) + " " + key.fingerprint());
    }
    if (plan.signingKey() instanceof KeyReference.InFile file && isMissing(file.path())) {
      refuseReplacement(
          released,
          file.path(),
          "its signing key is not made again",
          "restore the key from its backup; if it is lost, make one with consentry keys new signing"
              + " and pin it in trusted_signers of the state folder");
      SigningKey key = SigningKey.generate();
      key.writeNew(file.path());
      state.trust(AllowedSigners.Entry.forManifests(RunKeys.SIGNER, key.publicKey()));
      console.remark(
          "made signing key " + Place.name(file.path()) + " " + key.publicKey().fingerprint());
    }
  }

  private static void refuseReplacement(boolean released, Path file, String message, String hint) {
    if (released) {
      throw ProblemException.of(
          Category.KEY,
          "KEY_OF_RELEASED_STUDY",
          Place.of(file),
          "the study has released before, so " + message,
          hint);
    }
  }

  private static boolean isMissing(Path file) {
    return !Files.exists(file, LinkOption.NOFOLLOW_LINKS);
  }
}
