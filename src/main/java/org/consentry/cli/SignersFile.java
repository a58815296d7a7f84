package org.consentry.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.consentry.keys.AllowedSigners;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;
import org.consentry.problem.Problems;

/** A file of signers, in the form of OpenSSH's {@code allowed_signers}, as commands read it. */
final class SignersFile {

  private SignersFile() {}

  /**
   * Reads it.
   *
   * @throws ProblemException category USAGE with every line that is not understood
   */
  static AllowedSigners read(Path file) {
    try {
      String text = Files.readString(file, StandardCharsets.UTF_8);
      Problems problems = new Problems();
      AllowedSigners signers = AllowedSigners.parse(file.toString(), text, problems);
      problems.throwIfAny(Category.USAGE);
      return signers;
    } catch (IOException unreadable) {
      throw ProblemException.of(
          Category.USAGE,
          "SIGNERS",
          Place.of(file.toString()),
          "the file of trusted signers cannot be read",
          "give a file in the form of OpenSSH's allowed_signers");
    }
  }
}
