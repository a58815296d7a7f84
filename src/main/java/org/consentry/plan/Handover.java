package org.consentry.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.consentry.config.Job;
import org.consentry.config.Recipient;
import org.consentry.config.Recipient.AgeKey;
import org.consentry.config.Study.YesNo;
import org.consentry.config.WithPlace;
import org.consentry.keys.BackupPublicKey;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;
import org.consentry.problem.Problems;

/**
 * How a release is closed to all but its recipient: its data files are encrypted to the recipient's
 * key, or it stays in a folder that only the clinic's own office reads.
 */
public final class Handover {

  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.of(
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE,
          PosixFilePermission.OTHERS_EXECUTE);

  private Handover() {}

  /**
   * The key to which data files are encrypted; empty when they are not.
   *
   * @param recipient of a checked plan
   * @throws ProblemException category USAGE when the key is none
   */
  public static Optional<BackupPublicKey> key(Recipient recipient) {
    return recipient.key().map(Handover::read);
  }

  private static BackupPublicKey read(WithPlace<AgeKey> key) {
    return BackupPublicKey.ofRecipient(key.value().text(), key.place());
  }

  /** Whether a release is for the clinic's own office. */
  public static boolean isInternal(Recipient recipient) {
    return recipient.internal() == YesNo.YES;
  }

  /** How a release is closed, to follow its formats; an empty text when it is not. */
  static String words(Recipient recipient) {
    return key(recipient)
        .map(key -> ", encrypted to " + key.text())
        .orElse(isInternal(recipient) ? ", internal" : "");
  }

  /** Reports a key that is none, and one beside {@code internal}. */
  static void check(Recipient recipient, Problems problems) {
    recipient.key().ifPresent(key -> check(recipient, key, problems));
  }

  private static void check(Recipient recipient, WithPlace<AgeKey> key, Problems problems) {
    try {
      read(key);
    } catch (ProblemException none) {
      problems.addAll(none.problems());
    }
    if (isInternal(recipient)) {
      problems.error(
          "RECIPIENT_KEY",
          key.place(),
          "a release is encrypted to a key, or internal and in a folder of the clinic's own office",
          "remove key, or internal");
    }
  }

  /**
   * Asks of a job that its release is closed to all but its recipient.
   *
   * @param place what asks for it, such as the kind of the disclosure
   */
  public static void require(Recipient recipient, Place place, Problems problems) {
    if (recipient.key().isEmpty() && !isInternal(recipient)) {
      problems.error(
          "RECIPIENT_KEY",
          place,
          "this release has records of people who can be identified, so it is encrypted to its"
              + " recipient, or stays in a folder of the clinic's own office",
          "add recipient.key with the recipient's public key of age, or recipient.internal: yes");
    }
  }

  /** Reports folders of an internal release that are open to others. */
  static void checkFolders(Job job, Path output, Problems problems) {
    if (isInternal(job.recipient())) {
      problems.addAll(open(job, List.of(output, output.resolve(job.name()))));
    }
  }

  /**
   * Refuses to publish an internal release into folders that are open to others.
   *
   * @param release the staged release
   * @throws ProblemException category FILES_INVALID
   */
  public static void requireClosed(ExportPlan plan, Path release) {
    Job job = plan.job();
    if (!isInternal(job.recipient())) {
      return;
    }
    List<Problem> open =
        open(job, List.of(plan.output(), plan.output().resolve(job.name()), release));
    if (!open.isEmpty()) {
      throw new ProblemException(Category.FILES_INVALID, open);
    }
  }

  /** A folder that is not there yet is made for its owner alone. */
  private static List<Problem> open(Job job, List<Path> folders) {
    return folders.stream()
        .filter(Files::exists)
        .flatMap(folder -> open(job.output().directory().place(), folder).stream())
        .toList();
  }

  private static Optional<Problem> open(Place place, Path folder) {
    try {
      Set<PosixFilePermission> found = Files.getPosixFilePermissions(folder);
      return found.stream().noneMatch(OTHERS::contains)
          ? Optional.empty()
          : Optional.of(
              problem(
                  place,
                  "the release is internal, and other users may use the folder "
                      + Place.name(folder)
                      + ", whose permissions are "
                      + PosixFilePermissions.toString(found),
                  "run: chmod o-rwx '" + Place.name(folder) + "'"));
    } catch (IOException | UnsupportedOperationException unknown) {
      return Optional.of(
          problem(
              place,
              "the release is internal, and whether other users may use the folder "
                  + Place.name(folder)
                  + " cannot be read",
              "name a folder on a file system with permissions of POSIX"));
    }
  }

  private static Problem problem(Place place, String message, String hint) {
    return Problem.error("RECIPIENT_INTERNAL", place, message, hint);
  }
}
