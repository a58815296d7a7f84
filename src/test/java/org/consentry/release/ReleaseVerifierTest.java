package org.consentry.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.consentry.data.FieldType;
import org.consentry.data.PartContent;
import org.consentry.data.Sha256;
import org.consentry.keys.AllowedSigners;
import org.consentry.keys.SigningKey;
import org.consentry.keys.SshSignature;
import org.consentry.problem.Problem;
import org.consentry.release.Verification.Assurance;
import org.consentry.testing.Program;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReleaseVerifierTest {

  @TempDir Path place;

  private SampleRelease release;

  @BeforeEach
  void seal() throws IOException {
    release = new SampleRelease(place);
    release.seal();
  }

  @Test
  void trustsASealedReleaseOfAPinnedSigner() {
    Verification found = verify(pinned());

    assertThat(found.findings()).isEmpty();
    assertThat(found.assurance()).isEqualTo(Assurance.TRUSTED);
    assertThat(found.principal()).contains("releases@clinic");
    assertThat(found.commands())
        .containsExactly(
            "sha256sum -c SHA256SUMS",
            "ssh-keygen -Y verify -f /pins/signers -I releases@clinic -n consentry-manifest -s"
                + " SHA256SUMS.sig < SHA256SUMS",
            "ssh-keygen -Y verify -f /pins/signers -I releases@clinic -n consentry-manifest -s"
                + " manifest.json.sig < manifest.json");
  }

  @Test
  void trustsASealedReleaseOfAPinnedFingerprint() {
    Verification found = verify(new Trust.Fingerprint(fingerprint()));

    assertThat(found.findings()).isEmpty();
    assertThat(found.assurance()).isEqualTo(Assurance.TRUSTED);
  }

  @Test
  void withNoPinnedSignerItSpeaksOfIntegrityOnly() {
    Verification found = verify(new Trust.None());

    assertThat(found.errors()).isEmpty();
    assertThat(found.assurance()).isEqualTo(Assurance.INTEGRITY_ONLY);
    assertThat(found.findings())
        .map(Problem::toString)
        .containsExactly(
            "SHA256SUMS.sig: warning SIGNER_NOT_TRUSTED integrity only, signer not trusted: the key"
                + " "
                + fingerprint()
                + " is not pinned; ask the clinic for the fingerprint of its key by another way");
  }

  @Test
  void noticesAFlippedByteInEveryFile() throws IOException {
    List<String> names = names();
    assertThat(names).hasSizeGreaterThan(13);
    for (String name : names) {
      byte[] bytes = Files.readAllBytes(release.file(name));
      byte[] damaged = bytes.clone();
      damaged[bytes.length / 2] ^= 1;
      Files.write(release.file(name), damaged);

      assertThat(verify(pinned()).assurance()).as(name).isEqualTo(Assurance.BROKEN);
      assertThat(verify(pinned()).errors()).as(name).isNotEmpty();

      Files.write(release.file(name), bytes);
    }
    assertThat(verify(pinned()).assurance()).isEqualTo(Assurance.TRUSTED);
  }

  @Test
  void countsNoRowsOfAnEncryptedFile() throws IOException {
    release = SampleRelease.encrypted(place.resolve("other"), "age-encryption.org/v1\n-> X25519 x");
    release.seal();

    Verification found = verify(pinned());

    assertThat(found.findings()).isEmpty();
    assertThat(found.encrypted()).isEqualTo(1);
  }

  @Test
  void noticesThatAFileIsNotEncryptedAsItsManifestHasIt() throws IOException {
    release = SampleRelease.encrypted(place.resolve("other"), "visit_id,patient_id,note\r\n");
    release.seal();

    Verification found = verify(pinned());

    assertThat(found.assurance()).isEqualTo(Assurance.BROKEN);
    assertThat(found.errors())
        .extracting(Problem::toString)
        .containsExactly(
            "data/visits/part-00000.csv.age: error DATA the file cannot be read as a data file of"
                + " the format that the manifest names");
  }

  @Test
  void noticesEveryRemovedFile() throws IOException {
    for (String name : names()) {
      byte[] bytes = Files.readAllBytes(release.file(name));
      Files.delete(release.file(name));

      assertThat(verify(pinned()).errors())
          .as(name)
          .extracting(Problem::toString)
          .contains(name + ": error MISSING the file is missing; ask the clinic for another copy");

      Files.write(release.file(name), bytes);
    }
  }

  @Test
  void noticesAnAddedAndARenamedFile() throws IOException {
    release.write("data/more.csv", "a\r\n");
    Files.move(release.file("README.md"), release.file("README.txt"));

    assertThat(verify(pinned()).findings())
        .map(Problem::toString)
        .containsExactly(
            "README.txt: error SURPLUS the file is not part of the release; remove it",
            "data/more.csv: error SURPLUS the file is not part of the release; remove it",
            "README.md: error MISSING the file is missing; ask the clinic for another copy");
  }

  @Test
  void noticesTwoSwappedFiles() throws IOException {
    Path one = release.file("data/patients.csv");
    Path other = release.file("data/visits/part-00000.csv");
    byte[] bytes = Files.readAllBytes(one);
    Files.write(one, Files.readAllBytes(other));
    Files.write(other, bytes);

    assertThat(verify(pinned()).findings()).map(Problem::code).containsExactly("DIGEST", "DIGEST");
  }

  @Test
  void refusesAReleaseSignedAgainByAnotherKey() throws IOException {
    ReleaseSealer.Signer thief = new ReleaseSealer.Signer("releases@clinic", SigningKey.generate());
    ReleaseSealer.seal(
        release.folder,
        release.internal,
        SampleRelease.disclosure(SampleRelease.SUBJECTS, SampleRelease.VISITS),
        ReleaseFigures.NONE,
        thief,
        ReleaseSealer.Since.NOTHING);

    assertThat(verify(pinned()).findings())
        .map(Problem::toString)
        .containsExactly(
            "SHA256SUMS.sig: error SIGNER signed by the key "
                + thief.key().publicKey().fingerprint()
                + ", which is none of those trusted; do not use the release before the clinic"
                + " explains it");
    assertThat(verify(new Trust.Fingerprint(fingerprint())).assurance())
        .isEqualTo(Assurance.BROKEN);
  }

  @Test
  void refusesAManifestSignedByAnotherKeyThanTheSums() throws IOException {
    byte[] manifest = Files.readAllBytes(release.file("manifest.json"));
    release.write(
        "manifest.json.sig",
        SshSignature.sign(SigningKey.generate(), SshSignature.MANIFEST, manifest).armored());
    signSums();

    assertThat(verify(pinned()).findings())
        .map(Problem::toString)
        .containsExactly(
            "manifest.json.sig: error SIGNER another key signed this than the rest of the release");
  }

  @Test
  void refusesASignatureMadeForSomethingElse() throws IOException {
    byte[] sums = Files.readAllBytes(release.file("SHA256SUMS"));
    release.write("SHA256SUMS.sig", SshSignature.sign(release.signer.key(), "git", sums).armored());

    assertThat(verify(pinned()).assurance()).isEqualTo(Assurance.BROKEN);
  }

  @Test
  void refusesAnOlderOrUnknownSchema() throws IOException {
    replaceInManifest("\"schemaVersion\" : 1", "\"schemaVersion\" : 0");

    assertThat(verify(pinned()).findings())
        .map(Problem::toString)
        .containsExactly(
            "manifest.json: error MANIFEST expected schema version 1 but found another; ask the"
                + " clinic for another copy");
  }

  @Test
  void refusesAManifestWithAKeyTwice() throws IOException {
    replaceInManifest(
        "\"edition\" : \"recipient\"", "\"edition\" : \"internal\", \"edition\" : \"recipient\"");

    assertThat(verify(pinned()).findings())
        .map(Problem::toString)
        .containsExactly(
            "manifest.json: error MANIFEST expected one JSON object, no key twice; ask the clinic"
                + " for another copy");
  }

  @Test
  void refusesAManifestWhoseRowsAreNotThoseOfTheData() throws IOException {
    replaceInManifest("\"rows\" : 3,", "\"rows\" : 4,");

    assertThat(verify(pinned()).findings())
        .map(Problem::toString)
        .containsExactly(
            "data/visits/part-00000.csv: error ROWS expected 4 rows but found 3; ask the clinic for"
                + " another copy",
            "manifest.json: error ROWS the rows of visits in csv files are 4 but its rows released"
                + " are 3; ask the clinic for another copy");
  }

  @Test
  void refusesAManifestThatDoesNotSpeakOfAFile() throws IOException {
    release.write("data/more.csv", "a\r\n");
    signSums();

    assertThat(verify(pinned()).findings())
        .map(Problem::toString)
        .containsExactly(
            "data/more.csv: error SUBJECT the manifest does not speak of this file; ask the clinic"
                + " for another copy");
  }

  @Test
  void asksForTheRowsColumnsAndTypesOfOtherFormats() throws IOException {
    replaceInManifest("\"format\" : \"csv\"", "\"format\" : \"parquet\"");
    List<FieldType> types = List.of(FieldType.TEXT, FieldType.DATE);
    PartContent patients = new PartContent(3, List.of("patient_id", "birth_year"), types);
    PartContent visits = new PartContent(3, List.of("patient_id", "visit_id", "note"), List.of());

    Verification found =
        ReleaseVerifier.verify(
            release.folder,
            pinned(),
            (file, format) -> Optional.of(file.endsWith("data/patients.csv") ? patients : visits));

    assertThat(found.findings())
        .map(Problem::toString)
        .containsExactly(
            "data/patients.csv: error ROWS expected 2 rows but found 3; ask the clinic for another"
                + " copy",
            "data/patients.csv: error TYPES expected integer in column birth_year but found date;"
                + " ask the clinic for another copy",
            "data/visits/part-00000.csv: error COLUMNS expected the columns visit_id, patient_id,"
                + " note but found patient_id, visit_id, note; ask the clinic for another copy");
  }

  @Test
  void reportsADataFileThatIsNotOfTheFormatOfTheManifest() throws IOException {
    replaceInManifest("\"format\" : \"csv\"", "\"format\" : \"parquet\"");

    assertThat(verify(pinned()).findings())
        .map(Problem::toString)
        .containsExactly(
            "data/patients.csv: error DATA the file cannot be read as a data file of the format"
                + " that the manifest names",
            "data/visits/part-00000.csv: error DATA the file cannot be read as a data file of the"
                + " format that the manifest names");
  }

  @Test
  void refusesCsvWhoseHeaderIsNotTheManifests() throws IOException {
    replaceInManifest("\"name\" : \"birth_year\"", "\"name\" : \"year_of_birth\"");

    assertThat(verify(pinned()).findings())
        .map(Problem::toString)
        .containsExactly(
            "data/patients.csv: error COLUMNS expected the columns patient_id, year_of_birth but"
                + " found patient_id, birth_year; ask the clinic for another copy");
  }

  @Test
  void readsTheNamesOfAHeaderAsTheyAreQuoted() {
    CsvRows rows = new CsvRows();
    byte[] text = "\"a,\"\"b\nc\",d\r\n1,2\r\n\"x\ny\",3".getBytes(StandardCharsets.UTF_8);

    rows.see(text, text.length);

    assertThat(rows.content()).contains(new PartContent(2, List.of("a,\"b\nc", "d"), List.of()));
  }

  /** What a signer could write who has the key, in every shape that JSON has. */
  @Test
  void hostileJsonIsAFindingAndNeverAFailure() throws IOException {
    String manifest = release.text("manifest.json");
    String deep = "[".repeat(100_000) + "]".repeat(100_000);
    List<String> hostile =
        List.of(
            "",
            "null",
            "[]",
            "{}",
            deep,
            "{\"_type\":" + deep + "}",
            manifest + "x",
            manifest.replace("\"rows\" : 2", "\"rows\" : 1e999999999"),
            manifest.replace("\"rows\" : 2", "\"rows\" : " + "9".repeat(5_000)),
            manifest.replace("\"rows\" : 2", "\"rows\" : \"2\""),
            manifest.replace("\"rows\" : 2", "\"rows\" : {}"),
            manifest.replaceFirst("\"subject\" : \\[", "\"subject\" : [ 7, [], null, {},"),
            manifest.replaceFirst(
                "\"tables\" : \\[", "\"tables\" : [ 7, [], null, {\"files\":[3]},"),
            manifest.replace("data/patients.csv", "../../../../etc/passwd"),
            manifest.replace("data/patients.csv", "/etc/passwd"),
            manifest.replace("data/patients.csv", "data/\\u0000\\u001b[2J"),
            manifest.replace("data/patients.csv", "a".repeat(500_000)),
            manifest.replace("\"rows\" : 2", "\"rows\" : 2, \"rows\" : 2"));
    for (String text : hostile) {
      release.write("manifest.json", text);
      signManifestAndSums();

      Verification found = verify(pinned());

      assertThat(found.assurance())
          .as(text.substring(0, Math.min(80, text.length())))
          .isEqualTo(Assurance.BROKEN);
      assertThat(found.errors())
          .allSatisfy(
              problem ->
                  assertThat(problem.toString())
                      .hasSizeLessThan(800)
                      .doesNotContainPattern("\\p{Cntrl}"));
    }
  }

  @Test
  void followsNoLinkedFolderButALinkToTheRelease() throws IOException {
    Path link = Files.createSymbolicLink(place.resolve("latest"), release.folder);
    assertThat(ReleaseVerifier.verify(link, pinned(), PartReader.NONE).assurance())
        .isEqualTo(Assurance.TRUSTED);

    Path outside = Files.move(release.file("data/visits"), place.resolve("visits"));
    Files.createSymbolicLink(release.file("data/visits"), outside);
    assertThat(verify(pinned()).findings())
        .map(Problem::toString)
        .contains(
            "data/visits: error NO_PLAIN_FILE expected plain files but found a link or something"
                + " else",
            "data/visits/part-00000.csv: error MISSING the file is missing; ask the clinic for"
                + " another copy");
  }

  @Test
  void followsNoLinkAndNoNameOutOfTheFolder() throws IOException {
    Path outside = place.resolve("outside.csv");
    Files.copy(release.file("data/patients.csv"), outside);
    Files.delete(release.file("data/patients.csv"));
    Files.createSymbolicLink(release.file("data/patients.csv"), outside);

    assertThat(verify(pinned()).findings())
        .map(Problem::toString)
        .containsExactly(
            "data/patients.csv: error NO_PLAIN_FILE expected plain files but found a link or"
                + " something else");

    for (String name :
        List.of("../outside.csv", outside.toString(), "data//x", "data/../x", ".x")) {
      byte[] sums = ("0".repeat(64) + "  " + name + "\n").getBytes(StandardCharsets.UTF_8);
      Files.write(release.file("SHA256SUMS"), sums);
      release.write(
          "SHA256SUMS.sig",
          SshSignature.sign(release.signer.key(), SshSignature.MANIFEST, sums).armored());
      assertThat(verify(pinned()).findings()).extracting(Problem::code).contains("SUMS");
    }
  }

  @Test
  void readsNoManifestOfEndlessSize() throws IOException {
    try (var file = new java.io.RandomAccessFile(release.file("manifest.json").toFile(), "rw")) {
      file.setLength(65L << 20);
    }

    assertThat(verify(pinned()).findings())
        .extracting(Problem::toString)
        .contains(
            "manifest.json: error UNREADABLE the file cannot be read or is larger than any of"
                + " ours");
  }

  @Test
  void showsNoControlCharacterOfAFileName() throws IOException {
    Files.writeString(release.folder.resolve("a\u001b[2Jb"), "x");

    assertThat(verify(pinned()).findings())
        .map(Problem::toString)
        .containsExactly("a?[2Jb: error SURPLUS the file is not part of the release; remove it");
  }

  @Test
  void reportsThatThereIsNoRelease() {
    Path nowhere = place.resolve("nowhere");

    assertThat(ReleaseVerifier.verify(nowhere, pinned(), PartReader.NONE).findings())
        .map(Problem::toString)
        .containsExactly(
            nowhere
                + ": error NOT_A_RELEASE expected a release folder but found none; check the path");
  }

  @Test
  void sealingTwiceGivesTheSameBytes() throws IOException {
    TreeMap<String, String> first = new TreeMap<>();
    for (String name : names()) {
      first.put(name, Sha256.hex(Files.readAllBytes(release.file(name))));
    }

    release.seal();

    for (String name : names()) {
      assertThat(Sha256.hex(Files.readAllBytes(release.file(name)))).isEqualTo(first.get(name));
    }
  }

  @Test
  void refusesToSealAFileThatIsNotPartOfTheRelease() throws IOException {
    release.write("data/visits/part-00001.csv", "x");
    Files.delete(release.file("data/patients.csv"));

    assertThatThrownBy(() -> release.seal())
        .hasMessage(
            "data/patients.csv: error STAGED_FILE expected a data file of 35 bytes but found none;"
                + " abandon this run and start another\n"
                + "data/visits/part-00001.csv: error STAGED_FILE the staged release has a file that"
                + " is not part of it; abandon this run and start another");
  }

  @Test
  void theInternalEditionNamesTheRecipientsByDigest() throws IOException {
    String internal = Files.readString(release.internal.resolve("manifest.internal.json"));

    assertThat(internal).contains(Sha256.hex(Files.readAllBytes(release.file("manifest.json"))));
    assertThat(names()).doesNotContain("manifest.internal.json");
  }

  @Test
  void stockToolsAcceptIt() throws Exception {
    assumeTools();
    for (String command : ReleaseGuide.commands("allowed_signers", release.signer.principal())) {
      Program.Ended ended = Program.shell(command).in(release.folder).run();
      assertThat(ended.exitCode()).as(ended.text()).isZero();
    }
  }

  private Verification verify(Trust trust) {
    return ReleaseVerifier.verify(release.folder, trust, PartReader.NONE);
  }

  private Trust pinned() {
    return new Trust.Pinned(
        new AllowedSigners(
            List.of(
                AllowedSigners.Entry.forManifests(
                    "releases@clinic", release.signer.key().publicKey()))),
        "/pins/signers",
        Instant.parse("2026-11-23T12:00:00Z"));
  }

  private String fingerprint() {
    return release.signer.key().publicKey().fingerprint();
  }

  private List<String> names() throws IOException {
    return List.copyOf(ReleaseFiles.list(release.folder).files.keySet());
  }

  /** What a signer could do who has the key but forges the content. */
  private void replaceInManifest(String from, String to) throws IOException {
    String manifest = release.text("manifest.json");
    assertThat(manifest).contains(from);
    release.write("manifest.json", manifest.replace(from, to));
    signManifestAndSums();
  }

  private void signManifestAndSums() throws IOException {
    byte[] manifest = Files.readAllBytes(release.file("manifest.json"));
    release.write(
        "manifest.json.sig",
        SshSignature.sign(release.signer.key(), SshSignature.MANIFEST, manifest).armored());
    signSums();
  }

  private void signSums() throws IOException {
    TreeMap<String, String> digests = new TreeMap<>();
    for (String name : names()) {
      if (!name.startsWith("SHA256SUMS")) {
        digests.put(name, Sha256.hex(Files.readAllBytes(release.file(name))));
      }
    }
    byte[] sums = Checksums.write(digests);
    Files.write(release.file("SHA256SUMS"), sums);
    release.write(
        "SHA256SUMS.sig",
        SshSignature.sign(release.signer.key(), SshSignature.MANIFEST, sums).armored());
  }

  private static void assumeTools() {
    for (String tool : List.of("ssh-keygen", "sha256sum")) {
      assumeThat(Program.isInstalled(tool))
          .as("skipped: there is no %s on this machine", tool)
          .isTrue();
    }
  }
}
