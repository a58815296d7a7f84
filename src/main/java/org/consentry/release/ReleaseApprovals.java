package org.consentry.release;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.consentry.data.DurableFiles;
import org.consentry.data.Sha256;
import org.consentry.keys.AllowedSigners;
import org.consentry.keys.SshPublicKey;
import org.consentry.keys.SshSignature;
import org.consentry.ledger.Staging;
import org.consentry.problem.Category;
import org.consentry.problem.CountWords;
import org.consentry.problem.DiskFailure;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;
import org.consentry.problem.Problems;
import org.consentry.release.page.Page;
import org.consentry.release.page.Pages;
import tools.jackson.databind.JsonNode;

/**
 * The approvals in a release: {@code approvals/1.sig} and so on, each an OpenSSH signature over the
 * bytes of {@code manifest.json} for the namespace {@code consentry-approval}; {@code
 * approvals/approvers}, which names the keys; and {@code approvals/approvals.json}, which states
 * who approved that manifest and when. They are made after the manifest, so the manifest has only
 * how many are needed, and stays as it was approved. {@code SHA256SUMS} covers them and is signed
 * again when they are added, with a page of the manifest that names the approvers.
 *
 * <p><b>Security promise:</b> an approval is of one manifest. In another release it is an error.
 */
public final class ReleaseApprovals {

  static final String FOLDER = "approvals";
  static final String APPROVERS = FOLDER + "/approvers";
  static final String STATEMENT = FOLDER + "/approvals.json";

  private static final int MAX_TEXT = 64 << 20;
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
   * @param at when the clinic recorded it
   */
  public record Approval(String approver, SshSignature signature, Instant at) {
    public Approval {
      if (!isName(approver)) {
        throw new IllegalArgumentException("an approver is named by letters, digits and @._-");
      }
    }

    Approved approved() {
      return new Approved(approver, signature.signer().fingerprint(), at);
    }
  }

  /**
   * What a check of the approvals in a release found.
   *
   * @param approved who approved it and when, in the order of the files; empty after an error
   * @param commands the commands that check the same with stock tools
   */
  record Checked(List<Approved> approved, List<String> commands) {
    Checked {
      approved = List.copyOf(approved);
      commands = List.copyOf(commands);
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
      Staging staging, String sealedSums, List<Approval> approvals, ReleaseSealer.Signer signer) {
    Path folder = staging.release();
    try {
      return new ReleaseApprovals(folder).add(sealed(staging, sealedSums), approvals, signer);
    } catch (IOException refused) {
      throw ProblemException.of(
          DiskFailure.category(refused),
          "APPROVALS",
          Place.of(folder),
          "the approvals cannot be written into the staged release",
          "check free space and permissions, then publish again");
    }
  }

  private String add(
      SortedMap<String, String> sums, List<Approval> approvals, ReleaseSealer.Signer signer)
      throws IOException {
    byte[] manifest = ReleaseFiles.read(folder.resolve(ReleaseFiles.MANIFEST), MAX_TEXT);
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
      put(file(approvers.size()), bytes(approval.signature().armored()), sums);
    }
    put(APPROVERS, bytes(new AllowedSigners(approvers).text()), sums);
    List<Approved> approved = approvals.stream().map(Approval::approved).toList();
    put(STATEMENT, ApprovalStatement.bytes(manifest, approved), sums);
    put(ReleaseFiles.MANIFEST_PAGE, page(manifest, approved, signer), sums);
    byte[] text = Checksums.write(sums);
    ReleaseFiles.write(folder.resolve(ReleaseFiles.SUMS), text);
    ReleaseFiles.write(
        folder.resolve(ReleaseFiles.SUMS_SIGNATURE),
        bytes(SshSignature.sign(signer.key(), SshSignature.MANIFEST, text).armored()));
    DurableFiles.sync(folder.resolve(FOLDER));
    DurableFiles.sync(folder);
    return Sha256.hex(text);
  }

  /**
   * The digests as they were sealed. They are stored outside of the release before an approval
   * changes them there, so that approvals can be added again.
   */
  private static SortedMap<String, String> sealed(Staging staging, String sealedSums)
      throws IOException {
    Path file = staging.release().resolve(ReleaseFiles.SUMS);
    Optional<byte[]> stored = staging.bytes(ReleaseFiles.SUMS).filter(isSealed(sealedSums));
    Optional<byte[]> sums =
        stored.isPresent() || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
            ? stored
            : Optional.of(ReleaseFiles.read(file, MAX_TEXT)).filter(isSealed(sealedSums));
    if (stored.isEmpty() && sums.isPresent()) {
      staging.keep(ReleaseFiles.SUMS, sums.get());
    }
    return sums.flatMap(Checksums::read)
        .orElseThrow(
            () ->
                ProblemException.of(
                    Category.STALE,
                    "STAGING_CHANGED",
                    Place.of(file),
                    "the staged release is not as it was sealed; nothing was published",
                    "resume the run to make the release again, then have it approved again"));
  }

  private static Predicate<byte[]> isSealed(String sealedSums) {
    return bytes -> Sha256.hex(bytes).equals(sealedSums);
  }

  private static byte[] page(
      byte[] manifest, List<Approved> approved, ReleaseSealer.Signer signer) {
    List<String> commands =
        new ArrayList<>(ReleaseGuide.commands(ReleaseFiles.SIGNERS, signer.principal()));
    for (Approved one : approved) {
      commands.add(command(one.approver(), file(commands.size() - 2)));
    }
    JsonNode statement = Json.read(manifest).orElseGet(Json::object);
    return Pages.render(
        "manifest.jte",
        new Page(statement, signer.key().publicKey().fingerprint(), commands, approved));
  }

  /** The name of an approval, by its number from 1. */
  static String file(int number) {
    return FOLDER + "/" + number + ".sig";
  }

  private void put(String name, byte[] bytes, SortedMap<String, String> sums) throws IOException {
    ReleaseFiles.write(folder.resolve(name), bytes);
    sums.put(name, Sha256.hex(bytes));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
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

  /** Whether a name is that of an approval, of the approvers' keys or of what is stated of them. */
  static boolean isOne(String name) {
    return name.equals(APPROVERS) || name.equals(STATEMENT) || isSignature(name);
  }

  private static boolean isSignature(String name) {
    return name.matches(FOLDER + "/[1-9][0-9]*\\.sig");
  }

  /**
   * Checks that a release has the approvals its manifest needs, by keys that differ, and states who
   * gave them.
   *
   * @param manifest bytes whose signature is valid
   * @param names the files of the release whose digest is signed
   */
  static Checked check(Path folder, byte[] manifest, Set<String> names, Problems problems) {
    int required =
        Json.read(manifest)
            .map(statement -> statement.path("predicate").path("authority"))
            .map(authority -> authority.path("approval").path("required").asInt(0))
            .orElse(0);
    List<String> files = names.stream().filter(ReleaseApprovals::isSignature).toList();
    if (required == 0) {
      names.stream()
          .filter(ReleaseApprovals::isOne)
          .forEach(
              name ->
                  error(
                      problems,
                      name,
                      "the manifest needs no approvals but this is a file of some"));
      return new Checked(List.of(), List.of());
    }
    SortedMap<String, SshPublicKey> keys = new TreeMap<>();
    for (String name : files) {
      signer(folder.resolve(name), manifest)
          .ifPresentOrElse(
              key -> keys.put(name, key),
              () -> error(problems, name, "the signature is not an approval of this manifest"));
    }
    int found = Set.copyOf(keys.values()).size();
    if (found < required) {
      error(
          problems,
          ReleaseFiles.MANIFEST,
          "expected "
              + CountWords.of(required, "approval")
              + " of this manifest but found "
              + found);
    }
    return stated(folder, manifest, names, keys, problems);
  }

  /** Whom the clinic states to have approved a manifest, where the signatures are theirs. */
  private static Checked stated(
      Path folder,
      byte[] manifest,
      Set<String> names,
      SortedMap<String, SshPublicKey> keys,
      Problems problems) {
    AllowedSigners approvers = approvers(folder, names);
    Optional<List<Approved>> stated =
        (names.contains(STATEMENT) ? read(folder.resolve(STATEMENT)) : Optional.<byte[]>empty())
            .flatMap(bytes -> ApprovalStatement.read(bytes, manifest))
            .filter(list -> isOf(list, keys, approvers));
    if (stated.isEmpty() && !keys.isEmpty()) {
      error(
          problems,
          STATEMENT,
          "expected one approver with a moment for each signature of this manifest but found"
              + " others");
    }
    List<Approved> approved = stated.orElse(List.of());
    List<String> commands = new ArrayList<>();
    for (Approved one : approved) {
      commands.add(command(one.approver(), file(commands.size() + 1)));
    }
    return new Checked(approved, commands);
  }

  private static boolean isOf(
      List<Approved> stated, SortedMap<String, SshPublicKey> keys, AllowedSigners approvers) {
    return stated.size() == keys.size()
        && IntStream.range(0, stated.size())
            .allMatch(
                i -> {
                  Approved one = stated.get(i);
                  SshPublicKey key = keys.get(file(i + 1));
                  return key != null
                      && key.fingerprint().equals(one.key())
                      && approvers.entries().stream()
                          .anyMatch(
                              entry ->
                                  entry.principal().equals(one.approver())
                                      && entry.key().equals(key));
                });
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
        + approver
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
