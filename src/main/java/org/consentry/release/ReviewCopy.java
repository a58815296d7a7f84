package org.consentry.release;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.consentry.data.DurableFiles;
import org.consentry.data.Sha256;
import org.consentry.keys.SshSignature;
import org.consentry.ledger.LedgerEntry;
import org.consentry.ledger.LedgerFact;
import org.consentry.ledger.Staging;
import org.consentry.problem.Category;
import org.consentry.problem.DiskFailure;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;
import org.consentry.release.Disclosure.DataFile;

/**
 * A copy of a staged release for the people who approve it: its pages and texts, the bytes to sign
 * and the commands that sign them. Every file is compared with the digests that were sealed while
 * it is copied. The folder appears whole or not at all, for its owner only.
 *
 * <p><b>Security promise:</b> a copy has no released table unless a person asked for that.
 *
 * @param staged the staging
 * @param approvals those given until now
 * @param staging the staging area of the run
 * @param data whether the released tables are copied too
 * @param doubt a warning about the study that the release does not have; its approvers read it
 */
public record ReviewCopy(
    LedgerEntry staged,
    Approvals.Status approvals,
    Staging staging,
    LedgerFact.Data data,
    Optional<Problem> doubt) {

  /** The file to sign: the bytes of the staged {@code manifest.json}. */
  static final String STATEMENT = "statement.json";

  private static final String GUIDE = "SIGN.md";
  private static final String COPY = "release";
  private static final String TABLES = "data/";
  private static final int MAX_SUMS = 64 << 20;

  /**
   * Refuses a folder that has anything in it, or that is no folder.
   *
   * @throws ProblemException category USAGE
   */
  public static void requireFree(Path folder) {
    Path parent = DurableFiles.folderOf(folder.toAbsolutePath().normalize());
    if (!Files.isDirectory(parent)) {
      throw refused(
          folder, "REVIEW_FOLDER", "there is no folder " + Place.name(parent), "make it first");
    }
    if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS) && !isEmptyFolder(folder)) {
      throw refused(
          folder,
          "REVIEW_EXISTS",
          "something is there already; a copy is written into a new or an empty folder",
          "name another folder");
    }
  }

  private static boolean isEmptyFolder(Path folder) {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.findAny().isEmpty();
    } catch (IOException unreadable) {
      return false;
    }
  }

  /**
   * Writes the copy.
   *
   * @param folder as {@link #requireFree} allows it
   * @param manifest the bytes to sign
   * @param record records the copy before it appears; when it fails, nothing appears
   * @throws ProblemException category STALE when the staging area is not as it was sealed,
   *     TEMPORARY when the disk refuses; nothing is written then
   */
  public void write(Path folder, byte[] manifest, Runnable record) {
    requireFree(folder);
    Path whole = folder.toAbsolutePath().normalize();
    Path fresh = whole.resolveSibling("." + whole.getFileName() + "." + staged.run());
    try {
      DurableFiles.delete(fresh);
      DurableFiles.createFolder(fresh);
      try {
        SortedMap<String, String> sums = sealed();
        requireReadable(folder, sums);
        for (Map.Entry<String, String> file : sums.entrySet()) {
          if (isCopied(file.getKey())) {
            copy(file.getKey(), file.getValue(), fresh.resolve(COPY));
          }
        }
        copy(
            ReleaseFiles.SUMS, staged.fact(LedgerFact.SUMS_SHA256).orElse(""), fresh.resolve(COPY));
        DurableFiles.create(fresh.resolve(STATEMENT), manifest);
        DurableFiles.create(fresh.resolve(GUIDE), guide(manifest).getBytes(StandardCharsets.UTF_8));
        record.run();
        Files.move(fresh, whole, StandardCopyOption.ATOMIC_MOVE);
        DurableFiles.sync(DurableFiles.folderOf(whole));
      } finally {
        DurableFiles.delete(fresh);
      }
    } catch (IOException refused) {
      throw ProblemException.of(
          DiskFailure.category(refused),
          "REVIEW_COPY",
          Place.of(folder),
          "the copy cannot be written; nothing is there",
          "check free space and permissions of the folder");
    }
  }

  private boolean isCopied(String name) {
    return !ReleaseApprovals.isOne(name)
        && (data == LedgerFact.Data.INCLUDED || !name.startsWith(TABLES));
  }

  /** No approver can read what is encrypted to the recipient. */
  private void requireReadable(Path folder, SortedMap<String, String> sums) {
    if (data == LedgerFact.Data.INCLUDED
        && sums.keySet().stream().anyMatch(name -> name.endsWith(DataFile.AGE))) {
      throw refused(
          folder,
          "REVIEW_ENCRYPTED",
          "the released tables are encrypted to the recipient, so a copy of them shows nothing",
          "leave out --with-data");
    }
  }

  private SortedMap<String, String> sealed() throws IOException {
    byte[] sums = ReleaseFiles.read(release().resolve(ReleaseFiles.SUMS), MAX_SUMS);
    return Optional.of(sums)
        .filter(this::isSealed)
        .flatMap(Checksums::read)
        .orElseThrow(this::approvedOrChanged);
  }

  private boolean isSealed(byte[] sums) {
    return staged.fact(LedgerFact.SUMS_SHA256).equals(Optional.of(Sha256.hex(sums)));
  }

  /** A publication stores the sealed digests before it adds the approvals. */
  private ProblemException approvedOrChanged() {
    return staging.bytes(ReleaseFiles.SUMS).filter(this::isSealed).isPresent()
        ? ProblemException.of(
            Category.STALE,
            "PUBLICATION_FAILED",
            Place.of("run " + staged.run()),
            "a publication added the approvals to the staged release and then failed, so there is"
                + " no copy to review; nothing was copied",
            "publish it as it was approved: consentry publish "
                + staged.run()
                + "; to review it again, abandon the run and start another")
        : changed(ReleaseFiles.SUMS);
  }

  private Path release() {
    return staging.release();
  }

  private void copy(String name, String sha256, Path to) throws IOException {
    Path from = release().resolve(name);
    if (!Files.isRegularFile(from, LinkOption.NOFOLLOW_LINKS)) {
      throw changed(name);
    }
    String digest = DurableFiles.replace(to.resolve(name), out -> Files.copy(from, out));
    if (!digest.equals(sha256)) {
      throw changed(name);
    }
  }

  private ProblemException changed(String name) {
    return ProblemException.of(
        Category.STALE,
        "STAGING_CHANGED",
        Place.of(release().resolve(name)),
        "the staged release of run "
            + staged.run()
            + " is not as it was sealed; nothing was copied",
        "abandon the run and start another: consentry abandon " + staged.run());
  }

  /** What the manifest calls what is asked for: a study or a request. */
  private static String asked(byte[] manifest) {
    return Json.read(manifest)
        .filter(statement -> statement.at("/predicate/authority").has("request"))
        .map(request -> "request")
        .orElse("study");
  }

  private String guide(byte[] manifest) {
    String digest = Sha256.hex(manifest);
    String tables =
        data == LedgerFact.Data.INCLUDED
            ? "The released tables are in `release/data`. Delete this folder when you are done."
            : "The released tables are not in this copy.";
    return String.join(
        "\n",
        "# Approve a release: " + staged.job() + ", " + fact(LedgerFact.RELEASE),
        "",
        "Run "
            + staged.run()
            + " of "
            + asked(manifest)
            + " "
            + staged.study()
            + ", for "
            + fact(LedgerFact.RECIPIENT)
            + ". It was asked for by "
            + fact(LedgerFact.REQUESTED_BY)
            + ".",
        approvals.words() + ".",
        doubt.map(ReviewCopy::section).orElse(""),
        "## Read",
        "",
        "- `release/manifest.html`: what leaves, for whom and why; risk, scan and left-out people",
        "- `release/codebook.html`: every column, and what was done to it",
        "- `release/README.md`: what the recipient reads and must do",
        "- `release/flow.svg`: how many people were left out at each step",
        Files.exists(release().resolve(ReleaseChanges.FILE))
            ? "- `release/CHANGES.md`: what changed since the last release"
            : "- this is the first release of the study: nothing to compare it with",
        "",
        tables,
        "",
        "## Sign",
        "",
        "You sign `" + STATEMENT + "`. It is the machine-readable form of the manifest and has the",
        "digest of every released file. Compare its SHA-256 with the one that the steward reads to",
        "you:",
        "",
        "    " + digest,
        "",
        "Sign in this folder, where KEY is the file of your key. A key with a passphrase asks for"
            + " it.",
        "A security key asks for a touch.",
        "",
        "    sha256sum " + STATEMENT,
        "    ssh-keygen -Y sign -n " + SshSignature.APPROVAL + " -f KEY " + STATEMENT,
        "",
        "To sign by the agent, add the key and name its public file:",
        "",
        "    ssh-add KEY",
        "    ssh-keygen -Y sign -n " + SshSignature.APPROVAL + " -f KEY.pub " + STATEMENT,
        "",
        "Send `" + STATEMENT + ".sig` to the steward, who enters it:",
        "",
        "    consentry approve " + staged.run() + " --signature " + STATEMENT + ".sig",
        "");
  }

  private static String section(Problem doubt) {
    return String.join(
        "\n",
        "",
        "## Warning",
        "",
        doubt.code() + ": " + doubt.message() + ".",
        "Remedy: " + doubt.hint() + ".",
        "");
  }

  private String fact(LedgerFact name) {
    return staged.fact(name).orElse("not recorded");
  }

  /** What a person does next, for the terminal. */
  public static List<String> next(Path folder, String run) {
    return List.of(
        "read      " + folder.resolve(GUIDE),
        "sign      ssh-keygen -Y sign -n "
            + SshSignature.APPROVAL
            + " -f KEY "
            + folder.resolve(STATEMENT),
        "enter     consentry approve "
            + run
            + " --signature "
            + folder.resolve(STATEMENT + ".sig"));
  }

  private static ProblemException refused(Path folder, String code, String message, String hint) {
    return ProblemException.of(Category.USAGE, code, Place.of(folder), message, hint);
  }
}
