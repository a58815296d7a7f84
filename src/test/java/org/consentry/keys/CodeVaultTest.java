package org.consentry.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.consentry.data.BytesColumn;
import org.consentry.data.CodeForm;
import org.consentry.data.CodesTest;
import org.consentry.data.IntegerCodes;
import org.consentry.data.SubjectKeys;
import org.consentry.problem.Category;
import org.consentry.problem.ProblemException;
import org.consentry.testing.KillingFiles;
import org.consentry.testing.PowerLoss;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodeVaultTest {

  private static final int HEADER = 48;
  private static final CodeForm FORM = CodeForm.usual("patient");

  @TempDir Path state;

  private StudyKey key = StudyKey.generate();
  private Path file = Path.of("");

  @BeforeEach
  void place() {
    key = StudyKey.generate();
    file = state.resolve("vault/STUDY-1/patient.vault");
  }

  @Test
  void keepsTheCodeOfASubjectForEver() {
    Map<String, String> first = codes(open(), 0, 100);
    Map<String, String> second = codes(open(), 50, 150);

    assertThat(second).containsAllEntriesOf(slice(first, 50));
    assertThat(open().size()).isEqualTo(150);
    assertThat(new HashSet<>(codes(open(), 0, 150).values())).hasSize(150);
  }

  @Test
  void givesCodesSeveralTimesWhileItIsOpen() {
    CodeVault vault = open();
    Map<String, String> first = codes(vault, 0, 3);
    Map<String, String> second = codes(vault, 2, 7);
    Map<String, String> third = codes(vault, 0, 9);

    assertThat(vault.size()).isEqualTo(9);
    assertThat(codes(open(), 0, 9)).isEqualTo(third).containsAllEntriesOf(first);
    assertThat(third).containsAllEntriesOf(second);
    assertThat(open().head()).isEqualTo(vault.head());
  }

  @Test
  void codesHave26CharactersAndNoOrder() {
    Map<String, String> codes = codes(open(), 0, 200);

    assertThat(codes.values()).allMatch(code -> code.matches("P-[a-z2-7]{26}"));
    assertThat(codes.values().stream().sorted()).isNotEqualTo(codes.values().stream().toList());
  }

  @Test
  void integersAreStoredLikeTextsInAVaultOfTheirOwn() {
    Map<String, String> texts = codes(open(), 0, 300);
    Map<String, String> first = codes(integers(), CodeForm.INTEGER, 0, 200);
    Map<String, String> all = codes(integers(), CodeForm.INTEGER, 0, 300);

    assertThat(all).containsAllEntriesOf(first);
    assertThat(all.values()).allMatch(code -> code.matches("1[0-9]{9}")).doesNotHaveDuplicates();
    assertThat(all.values().stream().sorted()).isNotEqualTo(all.values().stream().toList());
    assertThat(codes(open(), 0, 300)).isEqualTo(texts);
    assertThat(integers().head().map(VaultHead::domain)).contains("patient.integer");
    CodeVault.require(state, key, "STUDY-1", integers().head().orElseThrow());
  }

  /** Every number is as likely: what the source gives beyond the numbers is drawn again. */
  @Test
  void integersAreDrawnAgainBeyondTheNumbersAndWhenTaken() {
    SecureRandom source =
        new SecureRandom() {
          private static final long serialVersionUID = 1L;

          @Override
          public void nextBytes(byte[] bytes) {
            Arrays.fill(bytes, 0, 32, (byte) 0);
            Arrays.fill(bytes, 32, 64, (byte) 0xFF);
            Arrays.fill(bytes, 64, bytes.length, (byte) 1);
          }
        };
    CodeVault vault = CodeVault.open(state, key, "STUDY-1", "patient.integer", source);

    assertThat(codes(vault, CodeForm.INTEGER, 0, 2).values())
        .containsExactly(
            Integer.toString(IntegerCodes.of(0)),
            Integer.toString(IntegerCodes.of(0x01010101 >>> 2)));
  }

  @Test
  void drawsForTheSelectedOnly() {
    CodeVault vault = open();
    SubjectKeys keys = subjects(0, 10);

    BytesColumn column = vault.codes(keys, FORM, subject -> subject < 4);

    assertThat(vault.size()).isEqualTo(4);
    assertThat(column.isMissing(4)).isTrue();
    assertThat(vault.missing(keys, subject -> true)).isEqualTo(6);
  }

  @Test
  void twoStudiesGetDifferentCodesForOneSubject() {
    Map<String, String> one = codes(CodeVault.open(state, key, "A", "patient"), 0, 10);
    Map<String, String> other = codes(CodeVault.open(state, key, "B/1", "patient"), 0, 10);

    assertThat(one.values()).doesNotContainAnyElementsOf(other.values());
  }

  @Test
  void hasNoIdAndIsReadableByItsOwnerOnly() throws IOException {
    codes(open(), 0, 20);

    String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);

    assertThat(content).doesNotContain("MRN-");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
        .isEqualTo("rwx------");
  }

  @Test
  void drawsAgainWhenACodeIsTaken() {
    SecureRandom repeating =
        new SecureRandom() {
          private static final long serialVersionUID = 1L;
          private int calls;

          @Override
          public void nextBytes(byte[] bytes) {
            calls++;
            for (int i = 0; i < bytes.length; i++) {
              bytes[i] = (byte) (i / 16 % 2 == 0 ? 7 : calls + i / 16);
            }
          }
        };
    CodeVault vault = CodeVault.open(state, key, "STUDY-1", "patient", repeating);

    assertThat(new HashSet<>(codes(vault, 0, 100).values())).hasSize(100);
  }

  @Test
  void aKillDuringAnAppendLosesThatAppendAndNothingElse() throws IOException {
    Map<String, String> before = codes(open(), 0, 3);
    int whole = (int) Files.size(file);
    codes(open(), 3, 5);
    byte[] all = Files.readAllBytes(file);

    for (int length = whole; length < all.length; length++) {
      Files.write(file, Arrays.copyOf(all, length));

      assertThat(open().size()).as("cut at %d", length).isEqualTo(3);
      assertThat(codes(open(), 0, 6)).containsAllEntriesOf(before);
      assertThat(open().size()).isEqualTo(6);
    }
  }

  @Test
  void codesThatWereGivenAreOnTheDisk() {
    Path disk = new KillingFiles(FileSystems.getDefault().provider()).getPath(state.toUri());
    PowerLoss.begin(state);
    Map<String, String> given = codes(CodeVault.open(disk, key, "STUDY-1", "patient"), 0, 3);
    PowerLoss.strike();

    assertThat(open().size()).isEqualTo(3);
    assertThat(codes(open(), 0, 3)).isEqualTo(given);
  }

  @Test
  void aPowerCutThatLeavesZerosLosesThatAppendAndNothingElse() throws IOException {
    codes(open(), 0, 3);
    int whole = (int) Files.size(file);
    codes(open(), 3, 5);
    byte[] all = Files.readAllBytes(file);
    int sealAt = all.length - 32;

    byte[] onlyTheLength = all.clone();
    Arrays.fill(onlyTheLength, whole, all.length, (byte) 0);
    byte[] noSeal = all.clone();
    Arrays.fill(noSeal, sealAt, all.length, (byte) 0);
    byte[] halfASeal = all.clone();
    Arrays.fill(halfASeal, sealAt + 16, all.length, (byte) 0);

    for (byte[] torn : new byte[][] {onlyTheLength, noSeal, halfASeal}) {
      Files.write(file, torn);
      assertThat(open().size()).isEqualTo(3);
    }
  }

  /** No byte becomes zero: zeros at the end are what a power cut leaves, see above. */
  @Test
  void refusesEveryFlippedByte() throws IOException {
    codes(open(), 0, 3);
    codes(open(), 3, 5);
    byte[] all = Files.readAllBytes(file);

    for (int i = 0; i < all.length; i++) {
      byte[] damaged = all.clone();
      damaged[i] ^= all[i] == 0x10 ? (byte) 0x20 : (byte) 0x10;
      Files.write(file, damaged);

      assertThatThrownBy(this::open)
          .as("byte %d", i)
          .hasMessage(i >= 16 && i < HEADER ? otherKey() : damaged());
    }
  }

  @Test
  void refusesAnotherKey() {
    codes(open(), 0, 3);
    key = StudyKey.generate();

    assertThatThrownBy(this::open)
        .isInstanceOfSatisfying(
            ProblemException.class, thrown -> assertThat(thrown.category()).isEqualTo(Category.KEY))
        .hasMessage(otherKey());
  }

  @Test
  void refusesAFileOthersCanRead() throws IOException {
    codes(open(), 0, 3);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

    assertThatThrownBy(this::open).hasMessageContaining("KEY_PERMISSIONS");
  }

  @Test
  void noticesThatItWasPutBackToAnOlderState() throws IOException {
    codes(open(), 0, 3);
    byte[] backup = Files.readAllBytes(file);
    codes(open(), 3, 5);
    VaultHead head = open().head().orElseThrow();
    codes(open(), 5, 6);
    CodeVault.require(state, key, "STUDY-1", head);

    Files.write(file, backup);

    assertThatThrownBy(() -> CodeVault.require(state, key, "STUDY-1", head))
        .hasMessage(
            file
                + ": error VAULT_OLDER the vault of codes is older, but releases of the study have"
                + " codes from it; it had 5 codes; restore it from the newest backup of the state"
                + " folder: with new codes the next release would not match those before");
  }

  @Test
  void refusesAStudyWhoseVaultIsMissingEmptyOrAnotherOne() throws IOException {
    codes(open(), 0, 3);
    byte[] own = Files.readAllBytes(file);
    VaultHead head = open().head().orElseThrow();

    Files.delete(file);
    requireRefuses(head, "VAULT_MISSING the vault of codes is missing");

    codes(open(), 0, 3);
    requireRefuses(head, "VAULT_OTHER the vault of codes is another one");

    Files.write(file, Arrays.copyOf(own, HEADER));
    requireRefuses(head, "VAULT_EMPTY the vault of codes is empty");

    Files.write(file, Arrays.copyOf(own, HEADER + 40));
    requireRefuses(head, "VAULT_EMPTY the vault of codes is empty");

    Files.write(file, own);
    CodeVault.require(state, key, "STUDY-1", head);
  }

  private void requireRefuses(VaultHead head, String found) {
    assertThatThrownBy(() -> CodeVault.require(state, key, "STUDY-1", head))
        .isInstanceOfSatisfying(
            ProblemException.class, thrown -> assertThat(thrown.category()).isEqualTo(Category.KEY))
        .hasMessage(
            file
                + ": error "
                + found
                + ", but releases of the study have codes from it; it had 3 codes; restore it from"
                + " the newest backup of the state folder: with new codes the next release would"
                + " not match those before");
  }

  @Test
  void aVaultThatCannotBeReadIsNoEmptyOne() throws IOException {
    codes(open(), 0, 3);
    VaultHead head = open().head().orElseThrow();
    Path folder = state.resolve("vault");
    Files.move(folder, state.resolve("moved"));
    Files.createFile(folder);
    String unreadable =
        file
            + ": error VAULT_UNREADABLE the vault of codes cannot be read; check the file and its"
            + " owner";

    assertThatThrownBy(this::open).hasMessage(unreadable);
    assertThatThrownBy(() -> CodeVault.require(state, key, "STUDY-1", head)).hasMessage(unreadable);
  }

  @Test
  void refusesAFileThatIsNoVault() throws IOException {
    codes(open(), 0, 3);
    byte[] whole = Files.readAllBytes(file);

    for (int length = 0; length < HEADER; length++) {
      Files.write(file, Arrays.copyOf(whole, length));

      assertThatThrownBy(this::open).as("length %d", length).hasMessage(damaged());
    }
  }

  /** The key's owner writes no such block; one that is there all the same is damage. */
  @Test
  void refusesABlockThatNamesASubjectTwice() {
    codes(open(), 0, 3);
    VaultFile vault = new VaultFile(file, key.vaultSeals("STUDY-1", "patient"));
    int codes = vault.read().size();
    vault.append(ByteBuffer.allocate(2 * VaultTable.ENTRY), codes);

    assertThatThrownBy(this::open).hasMessage(damaged());
  }

  @Test
  void isMadeByOneProcessOnly() {
    CodeVault late = open();
    codes(open(), 0, 3);

    assertThatThrownBy(() -> codes(late, 0, 3)).hasMessage(damaged());
    assertThat(open().size()).isEqualTo(3);
  }

  @Test
  void isOpenedAgainAfterTheDiskRefused() throws IOException {
    codes(open(), 0, 3);
    CodeVault vault = open();
    Path aside = state.resolve("aside");
    Files.move(file, aside);
    Files.createDirectory(file);

    assertThatThrownBy(() -> codes(vault, 3, 5))
        .isInstanceOfSatisfying(
            ProblemException.class,
            thrown -> assertThat(thrown.category()).isEqualTo(Category.RUN_FAILED))
        .hasMessage(
            file
                + ": error VAULT_UNWRITABLE the vault of codes cannot be written; check the space"
                + " and the folder's permissions, then run again");
    assertThat(vault).hasToString("CodeVault[3 codes]");
    assertThatThrownBy(() -> codes(vault, 0, 3))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("an append failed; open the vault again");

    Files.delete(file);
    Files.move(aside, file);
    codes(open(), 3, 5);
    assertThat(open().size()).isEqualTo(5);
  }

  @Test
  void countsWhoOfTheSelectedHasNoCodeYet() {
    CodeVault vault = open();
    codes(vault, 0, 3);

    assertThat(vault.missing(subjects(0, 10), subject -> true)).isEqualTo(7);
    assertThat(vault.missing(subjects(0, 10), subject -> subject < 5)).isEqualTo(2);
    assertThat(vault.missing(subjects(0, 10), subject -> false)).isZero();
    assertThat(vault.size()).isEqualTo(3);
  }

  @Test
  void aStudyIsItsFolderWhereItsNameIsPlainAndADigestElsewhere() {
    String plain = "x".repeat(100);

    assertThat(folder("IRB-2026.014_b")).isEqualTo("IRB-2026.014_b");
    assertThat(folder(plain)).isEqualTo(plain);
    for (String study : List.of(plain + "x", "IRB/1", "..", ".hidden", "-a", "a b", "ä")) {
      assertThat(folder(study)).matches("study-[0-9a-f]{32}");
    }
    assertThat(folder("IRB/1")).isNotEqualTo(folder("IRB/2"));
    assertThatThrownBy(() -> folder("")).hasMessage("a study id is 1 to 200 characters of text");
    assertThatThrownBy(() -> CodeVault.fileOf(state, "S", "../x"))
        .hasMessage("a domain is a word of letters, digits and . _ -");
  }

  private String folder(String study) {
    Path vault = CodeVault.fileOf(state, study, "patient");
    assertThat(vault.getFileName()).hasToString("patient.vault");
    return state.resolve("vault").relativize(vault).getName(0).toString();
  }

  @Test
  void aHeadGrowsWithTheVault() {
    codes(open(), 0, 3);
    VaultHead one = open().head().orElseThrow();
    codes(open(), 3, 5);
    VaultHead two = open().head().orElseThrow();

    assertThat(one.domain()).isEqualTo("patient");
    assertThat(one.codes()).isEqualTo(3);
    assertThat(one.first()).isEqualTo(one.newest());
    assertThat(two.codes()).isEqualTo(5);
    assertThat(two.first()).isEqualTo(one.first());
    assertThat(two.newest()).isNotEqualTo(one.newest());
  }

  @Test
  void aHeadIsReadAsItWasWritten() {
    assertThat(open().head()).isEmpty();
    codes(open(), 0, 3);
    VaultHead head = open().head().orElseThrow();

    assertThat(VaultHead.parse(head.text())).contains(head);
    assertThat(VaultHead.parse(head.text() + " ")).isEmpty();
    assertThat(VaultHead.parse(head.text().replace(" 3 ", " 0 "))).isEmpty();
  }

  @Test
  void readingAnEmptyVaultWritesNothing() {
    assertThat(open().size()).isZero();
    assertThat(open().missing(subjects(0, 5), subject -> true)).isEqualTo(5);

    assertThat(state.resolve("vault")).doesNotExist();
  }

  @Test
  void storesManySubjects() {
    codes(open(), 0, 300_000);

    Map<String, String> more = codes(open(), 250_000, 350_000);

    assertThat(open().size()).isEqualTo(350_000);
    Set<String> all = new HashSet<>(codes(open(), 0, 350_000).values());
    assertThat(all.size()).isEqualTo(350_000);
    assertThat(all.containsAll(more.values())).isTrue();
  }

  private CodeVault integers() {
    return CodeVault.open(state, key, "STUDY-1", CodeForm.INTEGER.secrets("patient"));
  }

  private CodeVault open() {
    return CodeVault.open(state, key, "STUDY-1", "patient");
  }

  private String damaged() {
    return file
        + ": error VAULT_DAMAGED the vault of codes is damaged and drawing new codes would split"
        + " known subjects; restore the file from its backup";
  }

  private String otherKey() {
    return file
        + ": error VAULT_KEY the vault was written under another study key, or for another study or"
        + " domain; use the key the study began with; if the key is right, restore the vault from"
        + " its backup";
  }

  private static Map<String, String> codes(CodeVault vault, int from, int to) {
    return codes(vault, FORM, from, to);
  }

  private static Map<String, String> codes(CodeVault vault, CodeForm form, int from, int to) {
    BytesColumn column = vault.codes(subjects(from, to), form, subject -> true);
    Map<String, String> codes = new LinkedHashMap<>();
    for (int row = 0; row < column.rows(); row++) {
      codes.put("MRN-" + (from + row), CodesTest.text(column, row));
    }
    return codes;
  }

  private static Map<String, String> slice(Map<String, String> codes, int from) {
    Map<String, String> slice = new LinkedHashMap<>(codes);
    slice.keySet().retainAll(codes.keySet().stream().skip(from).toList());
    return slice;
  }

  private static SubjectKeys subjects(int from, int to) {
    SubjectKeys keys = new SubjectKeys();
    for (int i = from; i < to; i++) {
      byte[] id = ("MRN-" + i).getBytes(StandardCharsets.US_ASCII);
      keys.add(id, 0, id.length);
    }
    return keys;
  }
}
