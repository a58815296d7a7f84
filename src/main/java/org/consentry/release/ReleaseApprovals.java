package org.consentry.release;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.consentry.data.DurableFiles;
import org.consentry.data.Sha256;
import org.consentry.keys.AllowedSigners;
import org.consentry.keys.SshPublicKey;
import org.consentry.keys.SshSignature;
import org.consentry.problem.Category;
import org.consentry.problem.CountWords;
import org.consentry.problem.DiskFailure;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;
import org.consentry.problem.Problems;

/**
 * The approvals in a release: {@code approvals/1.sig} and so on, each an OpenSSH signature over the
 * bytes of {@code manifest.json} for the namespace {@code consentry-approval}, and {@code
 * approvals/approvers}, which names the keys. They are made after the manifest, so the manifest has
 * only how many are needed; {@code SHA256SUMS} covers them and is signed again when they are added.
 */
public final class ReleaseApprovals {

  static final String FOLDER = "approvals";
  static final String APPROVERS = FOLDER + "/approvers";

  private static final int MAX_SUMS = 64 << 20;
  private static final int MAX_SIGNATURE = 16 << 10;

  private final Path folder;

  private ReleaseApprovals(Path folder) {
    this.folder = folder;
  }

  /**
   * One approval.
   *
   * @param approver the name the installation pins the key under: letters, digits and {@code @._-}
   * @param signature over the bytes of the manifest
   */
  public record Approval(String approver, SshSignature signature) {
    public Approval {
      if (!isName(approver)) {
        throw new IllegalArgumentException("an approver is named by letters, digits and @._-");
      }
    }
  }

  /** Whether a word may name an approver: it is part of commands that people copy. */
  public static boolean isName(String word) {
    return word.matches("[A-Za-z0-9@._-]{1,100}");
  }

  /**
   * Adds approvals to a staged release and signs its digests again. Adding again, after a failure
   * or with others, gives what adding once gives.
   *
   * @param sealedSums digest of {@code SHA256SUMS} as it was sealed, without approvals
   * @return digest of {@code SHA256SUMS} with approvals
   * @throws ProblemException category STALE when the release is not as it was sealed, TEMPORARY
   *     when the disk refuses
   */
  public static String add(
      Path folder, String sealedSums, List<Approval> approvals, ReleaseSealer.Signer signer) {
    try {
      return new ReleaseApprovals(folder).add(sealedSums, approvals, signer);
    } catch (IOException refused) {
      throw ProblemException.of(
          DiskFailure.category(refused),
          "APPROVALS",
          Place.of(folder),
          "the approvals cannot be written into the staged release",
          "check free space and permissions, then publish again");
    }
  }

  private String add(String sealedSums, List<Approval> approvals, ReleaseSealer.Signer signer)
      throws IOException {
    SortedMap<String, String> sums = sealed(sealedSums);
    clear(folder);
    Files.createDirectory(folder.resolve(FOLDER));
    List<AllowedSigners.Entry> approvers = new ArrayList<>();
    for (Approval approval : approvals) {
      approvers.add(
          new AllowedSigners.Entry(
              approval.approver(),
              approval.signature().signer(),
              List.of(SshSignature.APPROVAL),
              Instant.MIN,
              Instant.MAX));
      put(FOLDER + "/" + approvers.size() + ".sig", approval.signature().armored(), sums);
    }
    put(APPROVERS, new AllowedSigners(approvers).text(), sums);
    byte[] text = Checksums.write(sums);
    ReleaseFiles.write(folder.resolve(ReleaseFiles.SUMS), text);
    ReleaseFiles.write(
        folder.resolve(ReleaseFiles.SUMS_SIGNATURE),
        SshSignature.sign(signer.key(), SshSignature.MANIFEST, text)
            .armored()
            .getBytes(StandardCharsets.UTF_8));
    DurableFiles.sync(folder.resolve(FOLDER));
    DurableFiles.sync(folder);
    return Sha256.hex(text);
  }

  /** The digests as they were sealed: what an earlier adding put beside them does not count. */
  private SortedMap<String, String> sealed(String sealedSums) throws IOException {
    Path file = folder.resolve(ReleaseFiles.SUMS);
    Optional<SortedMap<String, String>> sums =
        Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
            ? Checksums.read(ReleaseFiles.read(file, MAX_SUMS))
            : Optional.empty();
    sums.ifPresent(all -> all.keySet().removeIf(ReleaseApprovals::isOne));
    return sums.filter(all -> Sha256.hex(Checksums.write(all)).equals(sealedSums))
        .orElseThrow(
            () ->
                ProblemException.of(
                    Category.STALE,
                    "STAGING_CHANGED",
                    Place.of(file),
                    "the staged release is not as it was sealed; nothing was published",
                    "resume the run to make the release again, then have it approved again"));
  }

  private void put(String name, String text, SortedMap<String, String> sums) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ReleaseFiles.write(folder.resolve(name), bytes);
    sums.put(name, Sha256.hex(bytes));
  }

  /** Removes approvals from a staged release; they are valid for no other sealing. */
  static void clear(Path folder) throws IOException {
    Path approvals = folder.resolve(FOLDER);
    if (!Files.exists(approvals, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (Stream<Path> walk = Files.walk(approvals)) {
      for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  /** Whether a name is that of an approval or of the approvers' keys. */
  static boolean isOne(String name) {
    return name.startsWith(FOLDER + "/");
  }

  /**
   * Checks that a release has the approvals its manifest needs, by keys that differ.
   *
   * @param manifest bytes whose signature is valid
   * @param names the files of the release whose digest is signed
   * @return the commands that check the same with stock tools
   */
  static List<String> check(Path folder, byte[] manifest, Set<String> names, Problems problems) {
    int required =
        Json.read(manifest)
            .map(statement -> statement.path("predicate").path("authority"))
            .map(authority -> authority.path("approval").path("required").asInt(0))
            .orElse(0);
    AllowedSigners approvers = approvers(folder, names);
    Set<SshPublicKey> keys = new HashSet<>();
    List<String> commands = new ArrayList<>();
    for (String name : names) {
      if (isOne(name) && name.endsWith(".sig")) {
        Optional<SshPublicKey> key = signer(folder.resolve(name), manifest);
        key.ifPresent(keys::add);
        key.flatMap(one -> approvers.principal(one, SshSignature.APPROVAL, Instant.EPOCH))
            .ifPresent(approver -> commands.add(command(approver, name)));
        if (key.isEmpty()) {
          error(problems, name, "the signature is not an approval of this manifest");
        }
      }
    }
    if (keys.size() < required) {
      error(
          problems,
          ReleaseFiles.MANIFEST,
          "expected "
              + CountWords.of(required, "approval")
              + " of this manifest but found "
              + keys.size());
    }
    return commands;
  }

  /**
   * The approvals in a release whose keys an installation does not pin for approvals. That each is
   * a signature of the manifest is another check.
   *
   * @return names of the files of approvals, in order
   */
  public static List<String> unpinned(Path folder, AllowedSigners pinned) {
    Path approvals = folder.resolve(FOLDER);
    if (!Files.isDirectory(approvals, LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    try (Stream<Path> list = Files.list(approvals)) {
      return list.filter(file -> file.toString().endsWith(".sig"))
          .filter(
              file ->
                  read(file)
                      .flatMap(SshSignature::parse)
                      .flatMap(one -> pinned.everPrincipal(one.signer(), SshSignature.APPROVAL))
                      .isEmpty())
          .map(file -> FOLDER + "/" + file.getFileName())
          .sorted()
          .toList();
    } catch (IOException unreadable) {
      return List.of(FOLDER);
    }
  }

  private static String command(String approver, String name) {
    return "ssh-keygen -Y verify -f "
        + APPROVERS
        + " -I "
        + (isName(approver) ? approver : "APPROVER")
        + " -n "
        + SshSignature.APPROVAL
        + " -s "
        + name
        + " < "
        + ReleaseFiles.MANIFEST;
  }

  private static AllowedSigners approvers(Path folder, Set<String> names) {
    Optional<byte[]> text =
        names.contains(APPROVERS) ? read(folder.resolve(APPROVERS)) : Optional.empty();
    return AllowedSigners.parse(
        APPROVERS,
        text.map(bytes -> new String(bytes, StandardCharsets.UTF_8)).orElse(""),
        new Problems());
  }

  private static Optional<SshPublicKey> signer(Path file, byte[] manifest) {
    return read(file)
        .flatMap(SshSignature::parse)
        .filter(signature -> signature.verifies(SshSignature.APPROVAL, manifest))
        .map(SshSignature::signer);
  }

  private static Optional<byte[]> read(Path file) {
    try {
      return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
          ? Optional.of(ReleaseFiles.read(file, MAX_SIGNATURE))
          : Optional.empty();
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  private static void error(Problems problems, String name, String message) {
    problems.error(
        "APPROVALS",
        Place.of(ManifestCheck.shown(name)),
        message,
        "do not use the release before the clinic explains it");
  }
}
