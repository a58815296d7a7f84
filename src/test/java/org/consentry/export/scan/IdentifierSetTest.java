package org.consentry.export.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.consentry.export.scan.IdentifierSet.Kind;
import org.consentry.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The set of the source's identifiers. */
final class IdentifierSetTest {

  private static final SipKey KEY = new SipKey(1, 2);

  @TempDir Path folder;

  @Test
  void computesTheVectorOfThePaperOnSipHash() {
    SipKey key = new SipKey(0x0706050403020100L, 0x0f0e0d0c0b0a0908L);
    byte[] input = new byte[15];
    for (int i = 0; i < input.length; i++) {
      input[i] = (byte) i;
    }

    assertThat(key.hash(input, 0, 15)).isEqualTo(0xa129ca6149be45e5L);
  }

  @Test
  void countsWhatItWasGivenByKind() {
    IdentifierSet.Builder builder = new IdentifierSet.Builder(KEY);
    builder.add("Schmidt");
    builder.add("999-47-7160");
    builder.add("j.doe@example.org");
    builder.add("551 Zieme Overpass Unit 29");
    builder.addSubject("code");
    builder.addDate("code", 18_000);

    IdentifierSet set = builder.build();

    assertThat(set.size(Kind.NAME)).isEqualTo(1);
    assertThat(set.size(Kind.NUMBER)).isEqualTo(1);
    assertThat(set.size(Kind.EMAIL)).isEqualTo(1);
    assertThat(set.size(Kind.STREET)).isEqualTo(2);
    assertThat(set.size(Kind.SUBJECT)).isEqualTo(1);
    assertThat(set.size(Kind.DATE)).isEqualTo(1);
  }

  @Test
  void mergesTheSetsOfSplitsAndReadsThemFromFiles() {
    IdentifierSet.Builder one = new IdentifierSet.Builder(KEY);
    one.add("Schmidt");
    one.add("Miller");
    IdentifierSet.Builder two = new IdentifierSet.Builder(KEY);
    two.add("Miller");
    two.add("Johnson");
    one.build().write(folder.resolve("one"));
    two.build().write(folder.resolve("two"));

    IdentifierSet all =
        IdentifierSet.merge(
            KEY, List.of(folder.resolve("one"), folder.resolve("two")), folder.resolve("all"));

    assertThat(all.size(Kind.NAME)).isEqualTo(3);
  }

  @Test
  void mergesAnyNumberOfSetsToWhatOneSetWouldBe() throws Exception {
    Random random = new Random(7);
    for (int files : new int[] {0, 1, 2, 5, 13}) {
      IdentifierSet.Builder all = new IdentifierSet.Builder(KEY);
      List<Path> parts = new ArrayList<>();
      for (int i = 0; i < files; i++) {
        IdentifierSet.Builder part = new IdentifierSet.Builder(KEY);
        for (int n = random.nextInt(5000); n > 0; n--) {
          byte[] id = ("V" + (1_000_000 + random.nextInt(9000))).getBytes(StandardCharsets.UTF_8);
          all.addKey(id, 0, id.length);
          part.addKey(id, 0, id.length);
        }
        parts.add(folder.resolve("part" + i));
        part.build().write(parts.get(i));
      }
      all.build().write(folder.resolve("expected"));

      IdentifierSet merged = IdentifierSet.merge(KEY, parts, folder.resolve("merged"));

      assertThat(folder.resolve("merged")).hasSameBinaryContentAs(folder.resolve("expected"));
      assertThat(merged.sizes()).isEqualTo(all.build().sizes());
    }
  }

  @Test
  void addsTheSameOfAKeyHoweverItIsRead() throws Exception {
    for (String value :
        List.of(
            "V004711123", "AR0121720", "P000001", "mrn7654321", "X1", "AB12345678901", "4711123")) {
      IdentifierSet.Builder quick = new IdentifierSet.Builder(KEY);
      byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
      quick.addKey(bytes, 0, bytes.length);
      IdentifierSet.Builder slow = new IdentifierSet.Builder(KEY);
      byte[] behind = (value + " ").getBytes(StandardCharsets.UTF_8);
      slow.addKey(behind, 0, behind.length);

      quick.build().write(folder.resolve("quick"));
      slow.build().write(folder.resolve("slow"));

      assertThat(folder.resolve("quick")).hasSameBinaryContentAs(folder.resolve("slow"));
    }
  }

  @Test
  void aKeyOfARecordCountsAsAWholeAndAsANumberWhereItIsOne() {
    assertThat(sizesOfRecordKey("V004711123")).containsOnly(entry(Kind.RECORD_NUMBER, 1L));
    assertThat(sizesOfRecordKey("V-2021/004711123")).containsOnly(entry(Kind.RECORD_NUMBER, 1L));
    assertThat(sizesOfRecordKey("4711123")).containsOnly(entry(Kind.NUMBER, 1L));
  }

  private static Map<Kind, Long> sizesOfRecordKey(String value) {
    IdentifierSet.Builder builder = new IdentifierSet.Builder(KEY);
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    builder.addRecordKey(bytes, 0, bytes.length);
    Map<Kind, Long> sizes = new EnumMap<>(builder.build().sizes());
    sizes.values().removeIf(size -> size == 0);
    return sizes;
  }

  @Test
  void refusesToReadAFileThatEndsTooEarly() throws Exception {
    IdentifierSet.Builder builder = new IdentifierSet.Builder(KEY);
    builder.add("Schmidt");
    Path file = folder.resolve("set");
    builder.build().write(file);
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length - Long.BYTES));

    assertThatThrownBy(() -> IdentifierSet.read(file, KEY)).isInstanceOf(ProblemException.class);
    assertThatThrownBy(() -> IdentifierSet.merge(KEY, List.of(file), folder.resolve("all")))
        .isInstanceOf(ProblemException.class);
  }

  @Test
  void writesNoClearText() throws Exception {
    IdentifierSet.Builder builder = new IdentifierSet.Builder(KEY);
    builder.add("Schmidt");
    builder.build().write(folder.resolve("set"));

    String file = Files.readString(folder.resolve("set"), StandardCharsets.ISO_8859_1);

    assertThat(file).doesNotContainIgnoringCase("schmidt");
    assertThat(KEY.toString()).isEqualTo("SipKey[masked]");
  }

  @Test
  void refusesAFileThatIsCutOff() throws Exception {
    IdentifierSet.Builder builder = new IdentifierSet.Builder(KEY);
    builder.add("Schmidt");
    Path file = folder.resolve("set");
    builder.build().write(file);
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length - 1));

    assertThatThrownBy(() -> IdentifierSet.read(file, KEY))
        .isInstanceOf(ProblemException.class)
        .hasMessage(
            "set: error SCAN_IDENTIFIERS the file with the digests of the source's identifiers is"
                + " absent or damaged; abandon the run and start another");
  }
}
