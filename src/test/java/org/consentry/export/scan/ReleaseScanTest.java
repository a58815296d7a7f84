package org.consentry.export.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.consentry.export.Parallel;
import org.consentry.export.scan.Finding.Evidence;
import org.consentry.export.scan.ScanRules.FinestDate;
import org.consentry.export.scan.ScanRules.OwnDates;
import org.consentry.export.scan.ScanRules.Patterns;
import org.consentry.problem.Category;
import org.consentry.problem.ProblemException;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The search of a finished folder. */
final class ReleaseScanTest {

  private static final ScanRules SHIFTED =
      new ScanRules(Patterns.US, FinestDate.DAY, OwnDates.FORBIDDEN, 3, 90);

  @TempDir Path root;

  private Path folder;
  private final IdentifierSet.Builder source = new IdentifierSet.Builder(SipKey.random());

  @BeforeEach
  void createFolder() throws IOException {
    folder = Files.createDirectory(root.resolve("release"));
  }

  private void write(String name, String text) throws IOException {
    Files.createDirectories(folder.resolve(name).getParent());
    Files.writeString(folder.resolve(name), text);
  }

  private void addNumbers(int end, int step) {
    for (int i = 100_000; i < end; i += step) {
      source.add(Integer.toString(i));
    }
  }

  private ScanResult scan(ScanRules rules) {
    return ReleaseScan.scan(folder, source.build(), rules, Parallel.onCallingThread());
  }

  private ScanResult scan(String csv, String... identifiers) throws Exception {
    Arrays.stream(identifiers).forEach(source::add);
    write("data.csv", csv);
    return scan(ScanRules.SAFE_HARBOR);
  }

  @Test
  void findsANameInACell() throws Exception {
    ScanResult result = scan("code,note\nabc,seen by nurse\ndef,Mrs. O'BRIEN came\n", "O’Brien");

    assertThat(result.findings())
        .containsExactly(
            new Finding("data.csv", "note", Evidence.IDENTIFIER, "name", 1, 2),
            new Finding("data.csv", "note", Evidence.PATTERN, "name", 1, 2));
    assertThat(result.cells()).isEqualTo(4);
  }

  @Test
  void randomCodesHaveNeitherDaysNorNumbers() throws Exception {
    SplittableRandom random = new SplittableRandom(20261129);
    StringBuilder csv =
        new StringBuilder("code\nbcuh3mar27xkqpwlnnzzouie\nbc234567xkq2pwlnnz4zouie\n");
    for (int row = 0; row < 100_000; row++) {
      random.ints(26, 0, 32).forEach(i -> csv.append("abcdefghijklmnopqrstuvwxyz234567".charAt(i)));
      csv.append('\n');
    }
    for (int number = 222_222; number < 777_777; number += 1_000) {
      source.add(Integer.toString(number));
    }
    source.add("234567");

    assertThat(scan(csv.toString()).findings()).isEmpty();
  }

  @Test
  void countsAndTimesOfARunAreNoNumbersOfTheSource() throws Exception {
    ScanRules counts =
        new ScanRules(
            Patterns.NONE,
            FinestDate.DAY,
            OwnDates.ALLOWED,
            9,
            Integer.MAX_VALUE,
            ScanRules.Numbers.UNLIKELY);
    for (int visit = 100_000; visit < 130_000; visit++) {
      source.add("W0" + visit);
    }
    source.add("999477160");
    source.add("021530");
    source.add("602417218");
    source.add("MR 4711471");
    write(
        "manifest.json",
        """
        {"run": "job-20261129-021530-8268", "at": "2026-11-29T02:15:30.602417218Z", "rows": 4711471}
        """);
    write("flow.csv", "table,count\nvisits,119998\nvisits,999477160\n");
    write("README.md", "119,998 rows of 119998, 125000 and 999-47-7160\n");

    assertThat(scan(counts).findings())
        .extracting(Finding::file, Finding::count)
        .containsExactlyInAnyOrder(tuple("flow.csv", 1L), tuple("README.md", 1L));
    assertThat(scan(SHIFTED).findings())
        .filteredOn(finding -> finding.kind().equals("number"))
        .extracting(Finding::file, Finding::count)
        .containsExactlyInAnyOrder(
            tuple("flow.csv", 2L), tuple("README.md", 1L), tuple("manifest.json", 2L));
  }

  @Test
  void passesAReleaseWithoutIdentifiers() throws Exception {
    ScanResult result = scan("code,year\nabc,2020\ndef,2021\n", "Schmidt", "999-47-7160");

    assertThat(result.passed()).isTrue();
    assertThat(result.searched()).containsExactly("data.csv");
  }

  @Test
  void findsANumberWhateverIsBetweenItsDigits() throws Exception {
    ScanResult result = scan("code,x,y\nabc,999 47 71,60\ndef,999.47.7160,\n", "999477160");

    assertThat(result.findings())
        .contains(
            new Finding("data.csv", "x", Evidence.IDENTIFIER, "number", 1, 2),
            new Finding("data.csv", "y", Evidence.IDENTIFIER, "number", 1, 1));
  }

  @Test
  void takesAWordOfACodeListForNoName() throws Exception {
    StringBuilder csv = new StringBuilder("code,race\n");
    for (int i = 0; i < 40; i++) {
      csv.append("c").append(i).append(i % 2 == 0 ? ",WHITE\n" : ",OTHER\n");
    }

    assertThat(scan(csv.toString(), "White").passed()).isTrue();
  }

  @Test
  void takesNoWordForOrdinaryThatFewerThanElevenPeopleHave() throws Exception {
    StringBuilder csv = new StringBuilder("code,race\n");
    for (int i = 0; i < 40; i++) {
      csv.append("c").append(i).append(i < 10 ? ",WHITE\n" : ",OTHER\n");
    }

    assertThat(scan(csv.toString(), "White").findings())
        .containsExactly(new Finding("data.csv", "race", Evidence.IDENTIFIER, "name", 10, 1));
  }

  @Test
  void countsPeopleAndNotRows() throws Exception {
    source.addSubject("one");
    source.addSubject("two");
    StringBuilder csv = new StringBuilder("visit,code,race\n");
    for (int i = 0; i < 40; i++) {
      csv.append("v").append(i).append(i % 2 == 0 ? ",one,WHITE\n" : ",two,OTHER\n");
    }

    assertThat(scan(csv.toString(), "White").findings())
        .containsExactly(new Finding("data.csv", "race", Evidence.IDENTIFIER, "name", 20, 1));
  }

  @Test
  void takesAColumnOfNamesForNoList() throws Exception {
    StringBuilder csv = new StringBuilder("code,x\n");
    for (int i = 0; i < 60; i++) {
      source.add("Kowal" + "abcdefghijklmno".charAt(i % 15));
      csv.append("c").append(i).append(",Kowal").append("abcdefghijklmno".charAt(i % 15));
      csv.append('\n');
    }

    assertThat(scan(csv.toString()).findings())
        .contains(new Finding("data.csv", "x", Evidence.IDENTIFIER, "name", 60, 1));
  }

  @Test
  void takesTheOneValueThatAllPeopleHaveForNoName() throws Exception {
    StringBuilder csv = new StringBuilder("code,state\n");
    for (int i = 0; i < 20; i++) {
      csv.append("c").append(i).append(",Massachusetts\n");
    }

    assertThat(scan(csv.toString(), "Douglas Massachusetts US").passed()).isTrue();
  }

  @Test
  void takesAnOrdinaryWordOfALabelForNoName() throws Exception {
    ScanResult result =
        scan(
            "code,label\nabc,Walker (physical object)\ndef,arthritis of the hand\n",
            "Walker",
            "Hand");

    assertThat(result.passed()).isTrue();
  }

  @Test
  void findsANameThatIsAnOrdinaryWordWhereItIsWrittenAsAName() throws Exception {
    ScanResult result =
        scan("code,label,x\nabc,arthritis of Hand,\ndef,,Walker\n", "Walker", "Hand");

    assertThat(result.findings())
        .contains(
            new Finding("data.csv", "label", Evidence.IDENTIFIER, "name", 1, 1),
            new Finding("data.csv", "x", Evidence.IDENTIFIER, "name", 1, 2));
  }

  @Test
  void takesNumbersThatChanceExplainsForNone() throws Exception {
    addNumbers(1_000_000, 9);
    StringBuilder csv = new StringBuilder("code,amount\n");
    for (int i = 0; i < 3_000; i++) {
      csv.append("c").append(i).append(',').append(200_000 + 7 * i).append('\n');
    }

    assertThat(scan(csv.toString()).passed()).isTrue();
  }

  @Test
  void takesAnyNumberOfNumbersThatChanceExplainsForNone() throws Exception {
    addNumbers(1_000_000, 3);
    StringBuilder csv = new StringBuilder("code,amount\n");
    for (int i = 0; i < 20_000; i++) {
      csv.append("c").append(i).append(',').append(200_000 + 7 * i).append('\n');
    }

    assertThat(scan(csv.toString()).findings()).isEmpty();
  }

  @Test
  void findsAColumnOfNumbersOfTheSourceHoweverManyThereAre() throws Exception {
    addNumbers(1_000_000, 9);
    StringBuilder csv = new StringBuilder("code,mrn\n");
    for (int i = 0; i < 3_000; i++) {
      csv.append("c").append(i).append(',').append(100_000 + 9 * i).append('\n');
    }

    assertThat(scan(csv.toString()).findings())
        .containsExactly(new Finding("data.csv", "mrn", Evidence.IDENTIFIER, "number", 3_000, 1));
  }

  @Test
  void findsATrueDateOnlyInARowOfThePerson() throws Exception {
    source.addSubject("one");
    source.addSubject("two");
    source.addDate("one", LocalDate.of(2021, 4, 3).toEpochDay());
    write("data.csv", "code,note\ntwo,seen 2021-04-03\none,seen 4/3/2021 again\none,\n");

    assertThat(scan(SHIFTED).findings())
        .containsExactly(new Finding("data.csv", "note", Evidence.IDENTIFIER, "date", 1, 2));
  }

  @Test
  void takesShiftedDatesThatMeetATrueOneForNoFinding() throws Exception {
    source.addSubject("one");
    source.addDate("one", LocalDate.of(2021, 4, 3).toEpochDay());
    write("data.csv", "code,on\none,2021-04-03\none,2021-05-09\none,2021-06-12\n");

    assertThat(scan(SHIFTED).passed()).isTrue();
  }

  @Test
  void findsAColumnOfTrueDates() throws Exception {
    source.addSubject("one");
    source.addDate("one", LocalDate.of(2021, 4, 3).toEpochDay());
    source.addDate("one", LocalDate.of(2021, 5, 9).toEpochDay());
    write("data.csv", "code,on\none,2021-04-03\none,2021-05-09\none,2021-06-12\n");

    assertThat(scan(SHIFTED).findings())
        .containsExactly(new Finding("data.csv", "on", Evidence.IDENTIFIER, "date", 2, 1));
  }

  @Test
  void findsTheDaysOfASourceWhoseDatesWereMoved() throws Exception {
    write("data.csv", "on\n2156-03-04\n4/3/2180\n\"March 4, 2209\"\n");

    assertThat(scan(ScanRules.SAFE_HARBOR).findings())
        .filteredOn(one -> one.evidence() == Evidence.LIMIT)
        .containsExactly(new Finding("data.csv", "on", Evidence.LIMIT, "date", 3, 1));
  }

  @Test
  void findsDatesAgesAndZipCodesThatAreTooFine() throws Exception {
    write(
        "data.csv",
        """
        code,on,month,age_at_visit,zip,note
        a,2021-04-03,2021-04,97,85201,a 101 year old
        b,2021,2021,90,852,from AZ 85201
        """);

    assertThat(scan(ScanRules.SAFE_HARBOR).findings())
        .filteredOn(one -> one.evidence() == Evidence.LIMIT)
        .extracting(Finding::column, Finding::kind, Finding::count)
        .containsExactlyInAnyOrder(
            tuple("on", "date", 1L),
            tuple("month", "date", 1L),
            tuple("age_at_visit", "age", 1L),
            tuple("zip", "zip-code", 1L),
            tuple("note", "age", 1L),
            tuple("note", "zip-code", 1L));
  }

  @Test
  void lookForNoPatternsWhereTheRulesHaveNone() throws Exception {
    write("data.csv", "code,note\na,call 602-555-0143\n");
    ScanRules none = new ScanRules(Patterns.NONE, FinestDate.YEAR, OwnDates.FORBIDDEN, 3, 90);

    assertThat(scan(none).passed()).isTrue();
    assertThat(scan(ScanRules.SAFE_HARBOR).findings())
        .containsExactly(new Finding("data.csv", "note", Evidence.PATTERN, "phone", 1, 1));
  }

  @Test
  void searchesCompressedFiles() throws Exception {
    source.add("Kowalska");
    try (OutputStream out =
        new GZIPOutputStream(Files.newOutputStream(folder.resolve("a.csv.gz")))) {
      out.write("code,x\na,Kowalska\n".getBytes(StandardCharsets.UTF_8));
    }
    try (ZipOutputStream zip =
        new ZipOutputStream(Files.newOutputStream(folder.resolve("b.zip")))) {
      zip.putNextEntry(new ZipEntry("inner/Kowalska.txt"));
      zip.write("by Kowalska".getBytes(StandardCharsets.UTF_8));
    }

    assertThat(scan(ScanRules.SAFE_HARBOR).findings())
        .containsExactly(
            new Finding("a.csv.gz", "x", Evidence.IDENTIFIER, "name", 1, 1),
            new Finding("b.zip", "(name)", Evidence.IDENTIFIER, "name", 1, 1),
            new Finding("b.zip", "text", Evidence.IDENTIFIER, "name", 1, 1));
  }

  @Test
  void searchesOtherEncodingsOfCharacters() throws Exception {
    source.add("Kowalska");
    source.add("Grünwald");
    Files.write(
        folder.resolve("a.csv"), "\uFEFFcode,x\na,Kowalska\n".getBytes(StandardCharsets.UTF_16LE));
    Files.write(
        folder.resolve("b.csv"), "code,x\na,Grünwald\n".getBytes(StandardCharsets.ISO_8859_1));
    Files.writeString(folder.resolve("c.csv"), "code;x\na;Gruenwald\n");

    assertThat(scan(ScanRules.SAFE_HARBOR).findings())
        .filteredOn(one -> one.evidence() == Evidence.IDENTIFIER)
        .extracting(Finding::file, Finding::column)
        .containsExactly(tuple("a.csv", "x"), tuple("b.csv", "x"), tuple("c.csv", "x"));
  }

  @Test
  void namesNoFileWhoseNameIsAFinding() throws Exception {
    source.add("Kowalska");
    write("data/Kowalska/a.csv", "x\n1\n");

    assertThat(scan(ScanRules.SAFE_HARBOR).findings())
        .containsExactly(new Finding("(file 1)", "(name)", Evidence.IDENTIFIER, "name", 1, 0));
  }

  @Test
  void searchesTheNameOfAnEmptyFolder() throws Exception {
    source.add("Kowalska");
    write("a.csv", "x\n1\n");
    Files.createDirectories(folder.resolve("for/kowalska"));

    assertThat(scan(ScanRules.SAFE_HARBOR).findings())
        .extracting(Finding::column, Finding::kind)
        .containsExactly(tuple("(name)", "name"));
  }

  @Test
  void reportsWhatItCannotSearch() throws Exception {
    Files.write(folder.resolve("photo.png"), new byte[] {(byte) 0x89, 'P', 'N', 'G', 0, 0, 1});

    ScanResult result = scan(ScanRules.SAFE_HARBOR);

    assertThat(result.findings())
        .containsExactly(new Finding("photo.png", "", Evidence.NOT_SEARCHED, "binary", 1, 0));
    assertThat(result.notSearched()).containsExactly("photo.png");
  }

  @Test
  void followsNoLink() throws Exception {
    Files.writeString(root.resolve("outside.csv"), "x\n1\n");
    Files.createSymbolicLink(folder.resolve("a.csv"), root.resolve("outside.csv"));
    Files.createSymbolicLink(folder.resolve("loop"), folder);

    assertThat(scan(ScanRules.SAFE_HARBOR).findings())
        .containsExactly(
            new Finding("a.csv", "", Evidence.NOT_SEARCHED, "link", 1, 0),
            new Finding("loop", "", Evidence.NOT_SEARCHED, "link", 1, 0));
  }

  @Test
  void refusesAnEmptyFolder() {
    assertThatThrownBy(() -> scan(ScanRules.SAFE_HARBOR))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> assertThat(problem.category()).isEqualTo(Category.DISCLOSURE_CHECK))
        .hasMessage("release: error SCAN_EMPTY the folder has no file to search; check the path");
  }

  @Test
  void refusesAFolderThatIsAbsent() {
    folder = root.resolve("absent");

    assertThatThrownBy(() -> scan(ScanRules.SAFE_HARBOR))
        .isInstanceOf(ProblemException.class)
        .hasMessage(
            "absent: error SCAN_UNREADABLE the folder cannot be read; check its permissions");
  }

  @Test
  void refusesAFileThatIsClosed() throws Exception {
    write("a.csv", "x\n1\n");
    folder.resolve("a.csv").toFile().setReadable(false);
    Assumptions.assumeFalse(Files.isReadable(folder.resolve("a.csv")), "skipped: run as root");

    assertThatThrownBy(() -> scan(ScanRules.SAFE_HARBOR))
        .isInstanceOf(ProblemException.class)
        .hasMessageStartingWith("a.csv: error SCAN_UNREADABLE ");
  }

  @Test
  void refusesACellThatDoesNotEnd() throws Exception {
    byte[] block = new byte[1 << 20];
    Arrays.fill(block, (byte) 'x');
    try (OutputStream out = Files.newOutputStream(folder.resolve("a.csv"))) {
      out.write("code,note\na,\"".getBytes(StandardCharsets.UTF_8));
      for (int i = 0; i < 20; i++) {
        out.write(block);
      }
    }

    assertThatThrownBy(() -> scan(ScanRules.SAFE_HARBOR))
        .isInstanceOf(ProblemException.class)
        .hasMessage(
            "a.csv: error SCAN_TOO_LONG a record is longer than 16 MiB; look for a quote that is"
                + " not closed");
  }
}
