package org.consentry.release;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.consentry.data.PartContent;
import org.consentry.keys.SshPublicKey;
import org.consentry.keys.SshSignature;
import org.consentry.problem.Place;
import org.consentry.problem.Problems;
import org.consentry.release.Disclosure.DataFile;
import org.consentry.release.Verification.Assurance;

/**
 * Checks a release folder offline: both signatures, the signer, every digest, missing and surplus
 * files, and that manifest, digests and data speak of the same files, columns, types and rows.
 *
 * <p><b>Security promise:</b> the folder is of unknown origin. No link is followed, no name leaves
 * the folder, files of text have a largest size, and nothing of the manifest is believed before its
 * signature is valid.
 */
public final class ReleaseVerifier {

  private static final int MAX_TEXT = 64 << 20;
  private static final int MAX_SIGNATURE = 16 << 10;

  private final Stage stage;
  private final Path folder;
  private final Optional<Path> previous;
  private final Trust trust;
  private final PartReader reader;
  private final Problems problems = new Problems();
  private final SortedMap<String, Optional<PartContent>> csv = new TreeMap<>();
  private final Set<String> unchanged = new HashSet<>();
  private Optional<SshPublicKey> signer = Optional.empty();
  private Optional<String> principal = Optional.empty();
  private long bytes;
  private int encrypted;
  private ReleaseApprovals.Checked approvals = new ReleaseApprovals.Checked(List.of(), List.of());
  private String chain = "no manifest, so no chain";
  private String scan = "not known";

  /** When a release is verified. */
  private enum Stage {
    /** Its approvals are still to come. */
    STAGED,
    RELEASED
  }

  private ReleaseVerifier(
      Path folder, Optional<Path> previous, Trust trust, PartReader reader, Stage stage) {
    this.stage = stage;
    this.folder = folder;
    this.previous = previous;
    this.trust = trust;
    this.reader = reader;
  }

  /**
   * Verifies a release. Everything wrong is found in one go.
   *
   * @param reader reads data files that are not CSV
   */
  public static Verification verify(Path folder, Trust trust, PartReader reader) {
    return verify(folder, Optional.empty(), trust, reader);
  }

  /**
   * The same, and compares it with the release before it.
   *
   * @param previous folder of the release before it; empty to look beside this one
   */
  public static Verification verify(
      Path folder, Optional<Path> previous, Trust trust, PartReader reader) {
    return new ReleaseVerifier(real(folder), previous, trust, reader, Stage.RELEASED).verify();
  }

  /** The same for a release in staging, which approvers have yet to sign. */
  public static Verification verifyStaged(Path folder, Trust trust, PartReader reader) {
    return new ReleaseVerifier(real(folder), Optional.empty(), trust, reader, Stage.STAGED)
        .verify();
  }

  /** The folder a link to it names; links inside it are followed nowhere. */
  private static Path real(Path folder) {
    try {
      return folder.toRealPath();
    } catch (IOException absent) {
      return folder; // Reported as no release.
    }
  }

  private Verification verify() {
    SortedMap<String, String> sums = new TreeMap<>();
    if (!Files.isDirectory(folder)) {
      error("NOT_A_RELEASE", "", "expected a release folder but found none", "check the path");
    } else {
      sums.putAll(signedSums());
      compareFiles(sums);
      signedText(ReleaseFiles.MANIFEST, ReleaseFiles.MANIFEST_SIGNATURE)
          .ifPresent(manifest -> check(manifest, sums));
    }
    return answer(sums.size());
  }

  /** Checks a manifest whose signature is valid. */
  private void check(byte[] manifest, SortedMap<String, String> sums) {
    new ManifestCheck(manifest, sums, problems).check(this::content);
    if (stage == Stage.RELEASED) {
      approvals = ReleaseApprovals.check(folder, manifest, sums.keySet(), problems);
    }
    chain = new ManifestChain(folder, previous, problems).check(manifest);
    scan = ScanReport.resultIn(manifest);
  }

  private SortedMap<String, String> signedSums() {
    Optional<byte[]> text = signedText(ReleaseFiles.SUMS, ReleaseFiles.SUMS_SIGNATURE);
    if (text.isEmpty()) {
      return new TreeMap<>();
    }
    Optional<SortedMap<String, String>> sums = Checksums.read(text.get());
    if (sums.isEmpty()) {
      error(
          "SUMS",
          ReleaseFiles.SUMS,
          "expected one digest and one plain name a line, each name once",
          "ask the clinic for another copy");
    }
    return sums.orElseGet(TreeMap::new);
  }

  /** The content of a signed file; empty after a finding when it or its signature is not valid. */
  private Optional<byte[]> signedText(String name, String signatureName) {
    Optional<byte[]> text = text(name, MAX_TEXT);
    Optional<byte[]> armor = text(signatureName, MAX_SIGNATURE);
    if (text.isEmpty() || armor.isEmpty()) {
      return Optional.empty();
    }
    Optional<SshSignature> signature = SshSignature.parse(armor.get());
    boolean isValid =
        signature.filter(found -> found.verifies(SshSignature.MANIFEST, text.get())).isPresent();
    if (!isValid) {
      error(
          "SIGNATURE",
          signatureName,
          "the signature is not one of " + name + " as it is here",
          "ask the clinic for another copy");
      return Optional.empty();
    }
    checkSigner(signature.orElseThrow().signer(), signatureName);
    return text;
  }

  private Optional<byte[]> text(String name, int most) {
    Path file = folder.resolve(name);
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      error("MISSING", name, "the file is missing", "ask the clinic for another copy");
      return Optional.empty();
    }
    try {
      return Optional.of(ReleaseFiles.read(file, most));
    } catch (IOException e) {
      error("UNREADABLE", name, "the file cannot be read or is larger than any of ours", "");
      return Optional.empty();
    }
  }

  private void checkSigner(SshPublicKey key, String signatureName) {
    if (signer.isPresent() && !signer.get().equals(key)) {
      error("SIGNER", signatureName, "another key signed this than the rest of the release", "");
      return;
    }
    boolean first = signer.isEmpty();
    signer = Optional.of(key);
    if (trust instanceof Trust.Pinned pinned) {
      principal = pinned.signers().principal(key, SshSignature.MANIFEST, pinned.when());
    }
    boolean trusted =
        principal.isPresent()
            || (trust instanceof Trust.Fingerprint pin
                && pin.fingerprint().equals(key.fingerprint()));
    if (first && !trusted) {
      untrusted(key, signatureName);
    }
  }

  private void untrusted(SshPublicKey key, String signatureName) {
    if (trust instanceof Trust.None) {
      problems.warning(
          "SIGNER_NOT_TRUSTED",
          Place.of(signatureName),
          "integrity only, signer not trusted: the key " + key.fingerprint() + " is not pinned",
          "ask the clinic for the fingerprint of its key by another way");
    } else {
      error(
          "SIGNER",
          signatureName,
          "signed by the key " + key.fingerprint() + ", which is none of those trusted",
          "do not use the release before the clinic explains it");
    }
  }

  private void compareFiles(SortedMap<String, String> sums) {
    ReleaseFiles.Listing listing;
    try {
      listing = ReleaseFiles.list(folder);
    } catch (IOException e) {
      error("UNREADABLE", "", "the folder cannot be read", "check its permissions");
      return;
    }
    for (String other : listing.others) {
      error("NO_PLAIN_FILE", other, "expected plain files but found a link or something else", "");
    }
    if (listing.files.size() > ReleaseFiles.MAX_FILES) {
      error("SURPLUS", "", "the folder has more files than any release", "");
      return;
    }
    if (sums.isEmpty()) {
      return; // Reported already: without digests every file would be reported as surplus.
    }
    for (String name : listing.files.keySet()) {
      boolean own = name.equals(ReleaseFiles.SUMS) || name.equals(ReleaseFiles.SUMS_SIGNATURE);
      if (!own && !sums.containsKey(name)) {
        error("SURPLUS", name, "the file is not part of the release", "remove it");
      }
    }
    Set<String> present = new TreeSet<>(sums.keySet());
    present.retainAll(listing.files.keySet());
    Map<String, Content> contents =
        present.parallelStream()
            .map(name -> Map.entry(name, read(name)))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    for (Map.Entry<String, String> sum : sums.entrySet()) {
      Content content = contents.get(sum.getKey());
      if (content != null) {
        compare(sum.getKey(), sum.getValue(), content);
      } else if (!listing.others.contains(sum.getKey())
          && !sum.getKey().equals(ReleaseFiles.MANIFEST)
          && !sum.getKey().equals(ReleaseFiles.MANIFEST_SIGNATURE)) {
        error("MISSING", sum.getKey(), "the file is missing", "ask the clinic for another copy");
      }
    }
  }

  /**
   * What was read of a file.
   *
   * @param sha256 its digest; empty when it cannot be read
   * @param bytes how many were read
   * @param rows what it is as a CSV file; empty when it is none
   */
  private record Content(Optional<String> sha256, long bytes, Optional<PartContent> rows) {}

  /** Reads a file to its end; for any number of threads. */
  private Content read(String name) {
    CsvRows rows = new CsvRows();
    boolean isCsv = name.startsWith("data/") && name.endsWith(".csv");
    AtomicLong read = new AtomicLong();
    ReleaseFiles.Observer observer =
        (block, length) -> {
          read.addAndGet(length);
          if (isCsv) {
            rows.see(block, length);
          }
        };
    try {
      String sha256 = ReleaseFiles.sha256(folder.resolve(name), observer);
      Optional<PartContent> content = isCsv ? rows.content() : Optional.empty();
      return new Content(Optional.of(sha256), read.get(), content);
    } catch (IOException e) {
      return new Content(Optional.empty(), read.get(), Optional.empty());
    }
  }

  private void compare(String name, String expected, Content found) {
    bytes += found.bytes();
    if (found.sha256().isEmpty()) {
      error("UNREADABLE", name, "the file cannot be read", "check its permissions");
    } else if (!found.sha256().get().equals(expected)) {
      error(
          "DIGEST", name, "the content is not what was signed", "ask the clinic for another copy");
    } else {
      unchanged.add(name);
      csv.put(name, found.rows());
    }
  }

  /**
   * The own facts of a data file; empty, after a finding, when it cannot be read, and without one
   * when its digest was wrong, which was reported already, or when it is encrypted.
   */
  private Optional<PartContent> content(String name, String format) {
    if (!unchanged.contains(name)) {
      return Optional.empty();
    }
    if (format.equals(DataFile.ENCRYPTED.word()) && isEncrypted(name)) {
      encrypted++;
      return Optional.empty();
    }
    Optional<PartContent> content =
        format.equals("csv")
            ? csv.getOrDefault(name, Optional.empty())
            : reader.read(folder.resolve(name), format);
    if (content.isEmpty()) {
      error(
          "DATA",
          name,
          "the file cannot be read as a data file of the format that the manifest names",
          "");
    }
    return content;
  }

  /** Whether a file begins as age-encryption.org/v1 has it, so that no rows can be read. */
  private boolean isEncrypted(String name) {
    byte[] begin = "age-encryption.org/v1\n".getBytes(StandardCharsets.UTF_8);
    try (InputStream in = Files.newInputStream(folder.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
      return Arrays.equals(in.readNBytes(begin.length), begin);
    } catch (IOException unreadable) {
      return false;
    }
  }

  private Verification answer(int files) {
    boolean broken = problems.hasErrors() || signer.isEmpty();
    Assurance assurance =
        broken
            ? Assurance.BROKEN
            : trust instanceof Trust.None ? Assurance.INTEGRITY_ONLY : Assurance.TRUSTED;
    String signers = trust instanceof Trust.Pinned pinned ? pinned.file() : ReleaseFiles.SIGNERS;
    List<String> commands =
        new ArrayList<>(ReleaseGuide.commands(signers, principal.orElse(ownPrincipal())));
    commands.addAll(approvals.commands());
    return new Verification(
        problems.list(),
        assurance,
        signer.map(SshPublicKey::fingerprint),
        principal,
        files,
        bytes,
        encrypted,
        chain,
        scan,
        approvals.approved(),
        commands);
  }

  /** The name in the folder's own list of signers, for the commands only. */
  private String ownPrincipal() {
    try {
      String text =
          new String(
              ReleaseFiles.read(folder.resolve(ReleaseFiles.SIGNERS), MAX_SIGNATURE),
              StandardCharsets.UTF_8);
      String word = text.split("[ \\n]", 2)[0];
      return word.matches("[A-Za-z0-9@._-]+") ? word : "PRINCIPAL";
    } catch (IOException e) {
      return "PRINCIPAL";
    }
  }

  private void error(String code, String name, String message, String hint) {
    Place place = Place.of(name.isEmpty() ? folder.toString() : ManifestCheck.shown(name));
    problems.error(code, place, message, hint);
  }
}
