package org.consentry.export.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.consentry.export.Parallel;
import org.consentry.export.scan.Finding.Evidence;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Leaks that are written in another way, or are where a reader of tables does not look. */
final class HiddenLeaksTest {

  private static final String NAME = "Kowalska";
  private static final int MANY_FILES = 3000;

  @TempDir Path folder;

  private final IdentifierSet.Builder source = new IdentifierSet.Builder(SipKey.random());

  @BeforeEach
  void addTheName() {
    source.add(NAME);
  }

  private List<Finding> findings() {
    return ReleaseScan.scan(
            folder, source.build(), ScanRules.SAFE_HARBOR, Parallel.onCallingThread())
        .findings();
  }

  private List<String> kinds() {
    return findings().stream().map(Finding::kind).distinct().toList();
  }

  private static String each(String format) {
    return NAME.chars()
        .mapToObj(c -> String.format(Locale.ROOT, format, c))
        .collect(Collectors.joining());
  }

  private static String shifted(int by) {
    return NAME.toLowerCase(Locale.ROOT)
        .chars()
        .mapToObj(c -> Character.toString(c - 'a' + by))
        .collect(Collectors.joining());
  }

  private static String base64(Charset charset) {
    return Base64.getEncoder().encodeToString(("by " + NAME + " today").getBytes(charset));
  }

  static Stream<String> writtenInAnotherWay() {
    return Stream.of(
        base64(StandardCharsets.UTF_16LE),
        base64(StandardCharsets.UTF_16BE),
        "files/" + base64(StandardCharsets.UTF_8),
        "0x" + HexFormat.of().formatHex(NAME.getBytes(StandardCharsets.UTF_8)),
        each("\\%03o"),
        each("\\u{%x}"),
        each("\\U%08x"),
        each("%%u%04x"),
        each("&#%d"),
        "Kow<!-- seen -->alska",
        "<p title=\"" + each("&#x%x;") + "\">",
        "<!-- " + each("&#%d;") + " -->",
        "Kow=\r\nalska",
        "Kow\nalska",
        "Kow-\r\nalska",
        "Kow\talska",
        "ᴋᴏᴡᴀʟꜱᴋᴀ",
        shifted(0x1F1E6),
        shifted(0xE0061));
  }

  @ParameterizedTest
  @MethodSource("writtenInAnotherWay")
  void findsANameThatIsWrittenInAnotherWay(String text) throws Exception {
    Files.writeString(folder.resolve("a.csv"), "x\n\"" + text.replace("\"", "\"\"") + "\"\n");

    assertThat(findings())
        .filteredOn(one -> one.evidence() == Evidence.IDENTIFIER)
        .extracting(Finding::kind)
        .containsExactly("name");
  }

  @Test
  void takesNoWordsOfTwoLinesForOneName() throws Exception {
    source.add("Leftright");
    Files.writeString(folder.resolve("a.csv"), "x\n\"left, \nright\"\n\"left\n\nright\"\n");

    assertThat(findings()).isEmpty();
  }

  private static byte[] packed() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out =
        new DeflaterOutputStream(bytes, new Deflater(Deflater.BEST_COMPRESSION, true))) {
      for (int i = 0; i < 5000; i++) {
        out.write((i * i + NAME + i).getBytes(StandardCharsets.UTF_8));
      }
    }
    return bytes.toByteArray();
  }

  @Test
  void reportsWhatIsNoTextBehindLinesOfText() throws Exception {
    for (String name : List.of("a.csv", "b.txt", "c.json")) {
      Files.writeString(folder.resolve(name), "x,y\n1,2\n".repeat(3000));
      Files.write(folder.resolve(name), packed(), StandardOpenOption.APPEND);
    }
    Files.writeString(folder.resolve("d.doc"), "%PDF-1.4\n" + "% a line of text\n".repeat(900));

    assertThat(findings())
        .filteredOn(one -> one.kind().equals("binary"))
        .extracting(Finding::file)
        .containsExactly("a.csv", "b.txt", "c.json", "d.doc");
  }

  @Test
  void searchesTheNameInTheHeaderOfAGzipFile() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write("x\n1\n".getBytes(StandardCharsets.UTF_8));
    }
    byte[] plain = bytes.toByteArray();
    plain[3] = 8;
    try (OutputStream out = Files.newOutputStream(folder.resolve("a.csv.gz"))) {
      out.write(plain, 0, 10);
      out.write((NAME + ".csv\0").getBytes(StandardCharsets.UTF_8));
      out.write(plain, 10, plain.length - 10);
    }

    assertThat(findings())
        .containsExactly(new Finding("a.csv.gz", "(name)", Evidence.IDENTIFIER, "name", 1, 1));
  }

  @Test
  void reportsWhatFollowsAGzipFile() throws Exception {
    Path file = folder.resolve("a.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write("x\n1\n".getBytes(StandardCharsets.UTF_8));
    }
    assertThat(findings()).isEmpty();
    Files.writeString(file, "seen by " + NAME, StandardOpenOption.APPEND);

    assertThat(kinds()).containsExactly("compressed");
  }

  @Test
  void searchesTheCommentsOfAZipFile() throws Exception {
    for (String place : List.of("entry", "end")) {
      try (ZipOutputStream zip =
          new ZipOutputStream(Files.newOutputStream(folder.resolve(place + ".zip")))) {
        ZipEntry entry = new ZipEntry("a.csv");
        entry.setComment(place.equals("entry") ? NAME : "");
        zip.putNextEntry(entry);
        zip.write("x\n1\n".getBytes(StandardCharsets.UTF_8));
        zip.setComment(place.equals("end") ? NAME : "");
      }
    }

    assertThat(findings())
        .extracting(Finding::file, Finding::column)
        .containsExactly(tuple("end.zip", "(name)"), tuple("entry.zip", "(name)"));
  }

  @Test
  void reportsWhatFollowsAZipFile() throws Exception {
    Path file = folder.resolve("a.zip");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry("a.csv"));
      zip.write("x\n1\n".getBytes(StandardCharsets.UTF_8));
      zip.setComment("nothing");
    }
    assertThat(findings()).isEmpty();
    Files.writeString(file, "seen by " + NAME, StandardOpenOption.APPEND);

    assertThat(kinds()).containsExactly("compressed");
  }

  @Test
  void reportsAZeroFarBehindLinesOfText() throws Exception {
    Files.writeString(folder.resolve("a.csv"), "x,y\n" + "1,2\n".repeat(5000) + "\0");

    assertThat(kinds()).containsExactly("binary");
  }

  @ParameterizedTest
  @MethodSource("agesInGerman")
  void findsAnAgeThatIsWrittenInGerman(String text) throws Exception {
    Files.writeString(folder.resolve("a.csv"), "x\n" + text + "\n");

    assertThat(kinds()).containsExactly("age");
  }

  static Stream<String> agesInGerman() {
    return Stream.of("97 Jahre alt", "die 97-jährige Frau");
  }

  @Test
  void searchesExtendedAttributes() throws Exception {
    Path file = Files.writeString(folder.resolve("a.csv"), "x\n1\n");
    UserDefinedFileAttributeView view =
        Files.getFileAttributeView(file, UserDefinedFileAttributeView.class);
    try {
      view.write("author", StandardCharsets.UTF_8.encode(NAME));
    } catch (IOException | RuntimeException noAttributes) {
      Assumptions.abort("the file system has no extended attributes");
    }

    assertThat(findings())
        .containsExactly(new Finding("a.csv", "(attributes)", Evidence.IDENTIFIER, "name", 1, 1));
  }

  @Test
  void needsNoMoreMemoryForManyFiles() throws Exception {
    for (int i = 0; i < MANY_FILES; i++) {
      Files.writeString(folder.resolve("part-" + i + ".csv"), "code,x\n1,2\n");
    }

    assertThat(
            ReleaseScan.scan(
                    folder, source.build(), ScanRules.SAFE_HARBOR, Parallel.onCallingThread())
                .cells())
        .isEqualTo(2L * MANY_FILES);
  }
}
