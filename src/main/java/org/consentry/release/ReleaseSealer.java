package org.consentry.release;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.consentry.data.Change;
import org.consentry.data.DurableFiles;
import org.consentry.data.Sha256;
import org.consentry.keys.AllowedSigners;
import org.consentry.keys.SigningKey;
import org.consentry.keys.SshSignature;
import org.consentry.problem.Category;
import org.consentry.problem.CountWords;
import org.consentry.problem.DiskFailure;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;
import org.consentry.problem.Problems;
import org.consentry.release.Disclosure.DataFile;
import org.consentry.release.page.CodebookPage;
import org.consentry.release.page.FlowDiagram;
import org.consentry.release.page.Page;
import org.consentry.release.page.Pages;
import tools.jackson.databind.node.ObjectNode;

/**
 * Completes a staged release: everything beside the data, the manifest in both editions, digests
 * and signatures. Sealing twice gives the same bytes. Every file and folder is on the disk when it
 * returns.
 *
 * <p>The digests of the data files are taken from the disclosure and not computed again; verify the
 * folder ({@link ReleaseVerifier}) before publication.
 */
public final class ReleaseSealer {

  /** Name of the exact edition, which stays in the clinic. */
  public static final String INTERNAL_MANIFEST = "manifest.internal.json";

  private final Path folder;
  private final Disclosure disclosure;
  private final ReleaseFigures figures;
  private final Signer signer;
  private final Since since;
  private final SortedMap<String, String> digests = new TreeMap<>();

  private ReleaseSealer(
      Path folder, Disclosure disclosure, ReleaseFigures figures, Signer signer, Since since) {
    this.folder = folder;
    this.since = since;
    this.disclosure = disclosure;
    this.figures = figures;
    this.signer = signer;
  }

  /**
   * Who signs.
   *
   * @param principal the name of the signer, one word such as {@code releases@clinic}
   * @param key the signer's key
   */
  public record Signer(String principal, SigningKey key) {}

  /**
   * What a release is compared with, and what the clinic alone knows of it.
   *
   * @param last the release before it; empty for the first
   * @param accepted why a person accepts changes that may break programs; empty when none does
   * @param contents digest of the content of each table with codes of one release only
   */
  public record Since(
      Optional<LastRelease> last, Optional<String> accepted, Map<String, String> contents) {

    /** The first release of a study to a recipient, all of whose data can be compared as it is. */
    public static final Since NOTHING = new Since(Optional.empty(), Optional.empty(), Map.of());

    public Since {
      contents = Map.copyOf(contents);
    }

    /**
     * Whether a release would repeat the one before it: the same data, apart from codes that are
     * valid in one release only, and no other table, column, meaning, rule, authority or term.
     * Figures of what was left out, risk, scan, mapping version and software may differ.
     */
    public boolean isRepeatedBy(Disclosure disclosure) {
      ObjectNode statement = ManifestStatement.of(disclosure, Edition.RECIPIENT, new TreeMap<>());
      return ReleaseChanges.of(this, statement).filter(ReleaseChanges::isUnchanged).isPresent();
    }
  }

  /**
   * What was sealed.
   *
   * @param manifestSha256 digest of the recipient's edition
   * @param internalSha256 digest of the internal edition
   * @param sumsSha256 digest of {@code SHA256SUMS}, which covers the whole release
   * @param data one sentence on whether the data changed; empty for a first release
   * @param breaking changes that may break programs, which a person accepted, a line each
   */
  public record Sealed(
      String manifestSha256,
      String internalSha256,
      String sumsSha256,
      Optional<String> data,
      List<String> breaking) {
    public Sealed {
      breaking = List.copyOf(breaking);
    }
  }

  /**
   * Seals a release.
   *
   * @param folder the staged release: its data files and nothing else, or what an earlier sealing
   *     left
   * @param internalFolder where the internal edition and its signature are written
   * @param figures what the released columns look like
   * @param since what it is compared with
   * @throws ProblemException category RUN_FAILED when the data files are not those of the
   *     disclosure, DISCLOSURE_CHECK when it has changes that may break programs and that no person
   *     accepted, TEMPORARY when the disk refuses
   */
  public static Sealed seal(
      Path folder,
      Path internalFolder,
      Disclosure disclosure,
      ReleaseFigures figures,
      Signer signer,
      Since since) {
    try {
      return new ReleaseSealer(folder, disclosure, figures, signer, since).seal(internalFolder);
    } catch (IOException e) {
      throw ProblemException.of(
          DiskFailure.category(e),
          "SEAL",
          Place.of(folder),
          "the release cannot be completed on the disk",
          "check free space and permissions, then resume the run");
    }
  }

  private Sealed seal(Path internalFolder) throws IOException {
    ReleaseApprovals.clear(folder);
    ObjectNode counted = ManifestStatement.of(disclosure, Edition.RECIPIENT, new TreeMap<>());
    Optional<ReleaseChanges> changes = ReleaseChanges.of(since, counted);
    changes.ifPresent(found -> BreakingChanges.require(found.breaking(), since));
    Map<String, byte[]> companions = companions(counted, changes);
    requireDataFiles(companions.keySet());
    for (Map.Entry<String, byte[]> companion : companions.entrySet()) {
      put(companion.getKey(), companion.getValue());
    }
    ObjectNode statement = statement(Edition.RECIPIENT, digests, changes);
    byte[] manifest = Json.write(statement);
    put(ReleaseFiles.MANIFEST, manifest);
    List<String> commands = ReleaseGuide.commands(ReleaseFiles.SIGNERS, signer.principal());
    put(ReleaseFiles.MANIFEST_PAGE, Pages.render("manifest.jte", page(statement, commands)));
    put(ReleaseFiles.MANIFEST_SIGNATURE, signature(manifest));
    put(ReleaseFiles.SIGNERS, bytes(signers().text()));
    byte[] sums = Checksums.write(digests);
    ReleaseFiles.write(folder.resolve(ReleaseFiles.SUMS), sums);
    ReleaseFiles.write(folder.resolve(ReleaseFiles.SUMS_SIGNATURE), signature(sums));
    syncFolders();
    String manifestSha256 = Sha256.hex(manifest);
    return new Sealed(
        manifestSha256,
        sealInternal(internalFolder, manifest, changes),
        Sha256.hex(sums),
        changes.map(ReleaseChanges::dataWords),
        changes.stream().flatMap(found -> found.breaking().stream()).map(Change::text).toList());
  }

  private ObjectNode statement(
      Edition edition, SortedMap<String, String> subjects, Optional<ReleaseChanges> changes) {
    ObjectNode statement = ManifestStatement.of(disclosure, edition, subjects);
    ObjectNode predicate = (ObjectNode) statement.get("predicate");
    changes.ifPresent(found -> found.write(predicate.putObject(ReleaseChanges.MEMBER)));
    return statement;
  }

  /** What the statement speaks of beside the data, by path. */
  private Map<String, byte[]> companions(ObjectNode counted, Optional<ReleaseChanges> changes) {
    Map<String, byte[]> companions = new TreeMap<>(LoadScripts.of(disclosure));
    companions.put(ReleaseFiles.PACKAGE, Json.write(DataPackage.of(disclosure, figures)));
    companions.put("codebook.csv", Codebook.csv(counted, figures));
    companions.put(
        "codebook.html",
        Pages.render("codebook.jte", new CodebookPage(page(counted, List.of()), figures)));
    if (disclosure.authority().isOfStudy() && !disclosure.isEncrypted()) {
      companions.put("croissant.json", Json.write(Croissant.of(disclosure)));
    }
    if (disclosure.figures().areStated()) {
      companions.put("flow.csv", Flow.csv(counted));
      companions.put("flow.svg", FlowDiagram.svg(Flow.of(counted)));
    }
    disclosure.reply().ifPresent(reply -> companions.putAll(reply.files(this::signature)));
    companions.put(
        "README.md",
        ReleaseGuide.readme(
            disclosure,
            signer.principal(),
            signer.key().publicKey().fingerprint(),
            changes.map(found -> found.last().name())));
    changes.ifPresent(found -> companions.put(ReleaseChanges.FILE, found.file()));
    return companions;
  }

  private void requireDataFiles(Set<String> companions) throws IOException {
    ReleaseFiles.Listing listing = ReleaseFiles.list(folder);
    Problems problems = new Problems();
    Set<String> known = new HashSet<>(companions);
    known.addAll(
        List.of(
            ReleaseFiles.MANIFEST,
            ReleaseFiles.MANIFEST_SIGNATURE,
            ReleaseFiles.MANIFEST_PAGE,
            ReleaseFiles.SIGNERS,
            ReleaseFiles.SUMS,
            ReleaseFiles.SUMS_SIGNATURE));
    for (DataFile file : disclosure.files()) {
      known.add(file.path());
      digests.put(file.path(), file.sha256());
      Long size = listing.files.get(file.path());
      if (size == null || size != file.bytes()) {
        String found = size == null ? "none" : "one of " + size + " bytes";
        problems.error(
            "STAGED_FILE",
            Place.of(file.path()),
            "expected a data file of " + file.bytes() + " bytes but found " + found,
            "abandon this run and start another");
      }
    }
    disclosure.tables().forEach(table -> requireRows(table, problems));
    Set<String> found = new HashSet<>(listing.files.keySet());
    found.addAll(listing.others);
    found.removeAll(known);
    for (String surplus : found) {
      problems.error(
          "STAGED_FILE",
          Place.of(surplus),
          "the staged release has a file that is not part of it",
          "abandon this run and start another");
    }
    problems.throwIfAny(Category.RUN_FAILED);
  }

  /** The files of each format have the rows released, no more and no fewer. */
  private static void requireRows(Disclosure.Table table, Problems problems) {
    for (Disclosure.Format format :
        table.files().stream().map(DataFile::format).distinct().toList()) {
      List<DataFile> files =
          table.files().stream().filter(file -> file.format().equals(format)).toList();
      long rows = files.stream().mapToLong(DataFile::rows).sum();
      if (rows != table.rows().released()) {
        problems.error(
            "STAGED_ROWS",
            Place.of(table.name()),
            "expected "
                + CountWords.of(table.rows().released(), "row")
                + " but its files have "
                + rows,
            "abandon this run and start another");
      }
    }
  }

  private void put(String path, byte[] content) throws IOException {
    Path file = folder.resolve(path);
    Path parent = file.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    ReleaseFiles.write(file, content);
    digests.put(path, Sha256.hex(content));
  }

  private Page page(ObjectNode statement, List<String> commands) {
    return new Page(statement, signer.key().publicKey().fingerprint(), commands);
  }

  private byte[] signature(byte[] content) {
    return bytes(SshSignature.sign(signer.key(), SshSignature.MANIFEST, content).armored());
  }

  private AllowedSigners signers() {
    return new AllowedSigners(
        List.of(AllowedSigners.Entry.forManifests(signer.principal(), signer.key().publicKey())));
  }

  private void syncFolders() throws IOException {
    Set<Path> folders = new HashSet<>();
    folders.add(folder);
    for (String path : digests.keySet()) {
      for (Path parent = folder.resolve(path).getParent();
          parent != null && !parent.equals(folder);
          parent = parent.getParent()) {
        folders.add(parent);
      }
    }
    for (Path each : folders) {
      DurableFiles.sync(each);
    }
  }

  private String sealInternal(
      Path internalFolder, byte[] recipients, Optional<ReleaseChanges> changes) throws IOException {
    SortedMap<String, String> subjects = new TreeMap<>(digests);
    subjects
        .keySet()
        .removeAll(
            List.of(
                ReleaseFiles.MANIFEST_SIGNATURE, ReleaseFiles.MANIFEST_PAGE, ReleaseFiles.SIGNERS));
    ObjectNode statement = statement(Edition.INTERNAL, subjects, changes);
    ObjectNode predicate = (ObjectNode) statement.get("predicate");
    predicate
        .putObject("recipientEdition")
        .put("name", ReleaseFiles.MANIFEST)
        .put("sha256", Sha256.hex(recipients));
    ReleaseChanges.writeContents(predicate, since.contents());
    byte[] manifest = Json.write(statement);
    DurableFiles.createFolder(internalFolder);
    ReleaseFiles.write(internalFolder.resolve(ReleaseFiles.MANIFEST), recipients);
    ReleaseFiles.write(internalFolder.resolve(INTERNAL_MANIFEST), manifest);
    ReleaseFiles.write(internalFolder.resolve(INTERNAL_MANIFEST + ".sig"), signature(manifest));
    ReleaseFiles.write(internalFolder.resolve(ReleaseFiles.SIGNERS), bytes(signers().text()));
    DurableFiles.sync(internalFolder);
    return Sha256.hex(manifest);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
