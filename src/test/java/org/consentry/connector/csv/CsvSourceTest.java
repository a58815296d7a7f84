package org.consentry.connector.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consentry.config.CsvWords;
import org.consentry.config.Encoding;
import org.consentry.connector.BatchReader;
import org.consentry.connector.CsvFolderForm;
import org.consentry.connector.Read;
import org.consentry.connector.Source;
import org.consentry.connector.SourceTable;
import org.consentry.connector.Split;
import org.consentry.data.BytesColumn;
import org.consentry.data.RowBatch;
import org.consentry.problem.Category;
import org.consentry.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CsvSourceTest {

  private static final CsvSource.Sizes USUAL = CsvSource.Sizes.usual();
  private static final Charset LATIN = StandardCharsets.ISO_8859_1;

  @TempDir Path directory;

  /** A file that cannot be read, byte by byte, and the message. */
  private record Refusal(String text, String message) {
    @Override
    public String toString() {
      return message;
    }
  }

  private static List<Refusal> refusals() {
    String bare =
        "error BARE_QUOTE a quote is inside a field that does not begin with one; put quotes"
            + " around the field and double every quote inside it";
    String text =
        "error TEXT_AFTER_QUOTE expected a delimiter or the end of the line after a closing quote"
            + " but found more text; double every quote inside a quoted field";
    String open =
        "error UNCLOSED_QUOTE a field begins with a quote here and is still open at the end of the"
            + " file; close the quote; the file may have been cut off";
    String encoding =
        "error HEADER_ENCODING the header contains bytes that are not text in the declared"
            + " encoding; this looks like windows-1252: set encoding: windows-1252";
    String set = "export the table again as utf-8";
    return List.of(
        new Refusal(
            "",
            "./t.csv: error EMPTY_FILE expected a header but the file is empty; export the table"
                + " again"),
        new Refusal(
            "\n\r\n\n",
            "./t.csv: error NO_HEADER expected a header but the file has no text; export the table"
                + " again"),
        new Refusal(
            "a,b,a\n",
            "./t.csv:1: error HEADER_TWICE columns 1 and 3 have the same name; name every column"
                + " once"),
        new Refusal(
            "\na,,c\n", "./t.csv:2: error HEADER_EMPTY column 2 has no name; name every column"),
        new Refusal(
            "a, b\n",
            "./t.csv:1: error HEADER_SPACE the name of column 2 begins or ends with white space;"
                + " remove it from the header"),
        new Refusal(
            "a,\"b\nc\"\n",
            "./t.csv:1: error HEADER_CONTROL the name of column 2 contains a control character;"
                + " remove it from the header"),
        new Refusal(
            "a,b\0\n",
            "./t.csv:1: error HEADER_NUL the header contains NUL bytes; the file may be UTF-16 or"
                + " damaged: export the table again as utf-8"),
        new Refusal("a,b\u00E9\n", "./t.csv:1: " + encoding),
        new Refusal(
            "\u00FF\u00FEa\0,\0",
            "./t.csv: error WRONG_ENCODING expected utf-8 but the file begins with the byte order"
                + " mark of UTF-16; "
                + set),
        new Refusal(
            "\0\0\u00FE\u00FF\0\0\0a",
            "./t.csv: error WRONG_ENCODING expected utf-8 but the file begins with the byte order"
                + " mark of UTF-32; "
                + set),
        new Refusal("a,b\n1,2\n3,x\"y\n", "./t.csv:3: " + bare),
        new Refusal("a,b\n1,\"2\r\n\"\r\n3,x\"\"y\r\n", "./t.csv:4: " + bare),
        new Refusal("a,b\n1,\"2\"3\n", "./t.csv:2: " + text),
        new Refusal("a,b\n1,\"2\" \n", "./t.csv:2: " + text),
        new Refusal("a,b\n1,\"2\n3,4\n", "./t.csv:2: " + open),
        new Refusal("a,b\n1,2\n\n\"3\n\n", "./t.csv:4: " + open),
        new Refusal("a\"b,c\n1,2\n", "./t.csv:1: " + bare),
        new Refusal("a,\"b\n1,2\n", "./t.csv:1: " + open));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refusals")
  void namesFileLineAndFaultButNoContent(Refusal refusal) throws IOException {
    write(refusal.text());

    assertThatThrownBy(() -> Read.all(Read.fast(directory, Encoding.UTF_8, USUAL)))
        .isInstanceOf(ProblemException.class)
        .hasMessage(refusal.message());
    assertThatThrownBy(() -> Read.all(Read.general(directory, Encoding.UTF_8, USUAL)))
        .isInstanceOf(ProblemException.class)
        .hasMessage(refusal.message());
  }

  @Test
  void namesTheFirstFaultOfTheFileFromWhicheverSplitMeetsIt() throws IOException {
    write("a,b\n1,2\n3,x\"y\n" + "5,\"6\n7\"\n".repeat(50) + "8,\"9\n");
    SourceTable table = Read.fast(directory, Encoding.UTF_8, new CsvSource.Sizes(8, 64, 1024));
    List<Split> splits = table.splits();

    for (Split split : splits.subList(1, splits.size())) {
      ProblemException found =
          catchThrowableOfType(
              ProblemException.class,
              () -> {
                try (BatchReader reader = table.open(split, List.of(0))) {
                  while (reader.next().isPresent()) {}
                }
              });
      if (found != null) {
        assertThat(found.problems().get(0).place()).hasToString("./t.csv:3");
        assertThat(found.problems().get(0).code()).isEqualTo("BARE_QUOTE");
      }
    }
    assertThat(splits).hasSizeGreaterThan(20);
  }

  @Test
  void aLookReadsTheSameRowsAsTheSplits() throws IOException {
    CsvSource.Sizes small = new CsvSource.Sizes(8, 64, 1024);
    for (String rows : List.of("", "1,2\n", "1,\"x\ny\"\n3\n5,6\n".repeat(50) + "7,8")) {
      write("a,b\n" + rows);
      for (SourceTable table :
          List.of(
              Read.fast(directory, Encoding.UTF_8, small),
              Read.general(directory, Encoding.UTF_8, small))) {
        assertThat(Read.look(table)).isEqualTo(Read.all(table));
      }
    }
  }

  @Test
  void rejectsSingleRowsByReasonAndLine() throws IOException {
    write("a,b\n1,2\n3\n4,5,6\n\"x\ny\",7\n8,\0\n9,\u00E9\n\n10,\u00C3\u00A9\n");

    Read read = Read.all(Read.fast(directory, Encoding.UTF_8, USUAL));

    assertThat(read.rows())
        .containsExactly(List.of("1", "2"), List.of("x\ny", "7"), List.of("10", "é"));
    assertThat(read.lines()).containsExactly(2L, 5L, 10L);
    assertThat(read.rejected()).containsExactly("RAGGED 3", "RAGGED 4", "NUL 7", "ENCODING 8");
  }

  @ParameterizedTest
  @org.junit.jupiter.params.provider.CsvSource({
    "'3,4\n5', TRUNCATED 3",
    "'3,4\n5,\u00C3', TRUNCATED 3",
    "'3,4\n5,6,7', TRUNCATED 3",
    "'3,4\n5\n', RAGGED 3",
    "'3,4\n5\r', RAGGED 3",
    "'3,4\n5\r\n', RAGGED 3",
    "'3,4\n5,6', ''"
  })
  void reportsACutOffLastRecordNotAsARaggedOne(String rows, String rejected) throws IOException {
    write("a,b\n" + rows);
    List<String> expected = rejected.isEmpty() ? List.of() : List.of(rejected);

    assertThat(Read.all(Read.fast(directory, Encoding.UTF_8, USUAL)).rejected())
        .isEqualTo(expected);
    assertThat(
            Read.all(Read.fast(directory, Encoding.UTF_8, new CsvSource.Sizes(4, 8, 64)))
                .rejected())
        .isEqualTo(expected);
    assertThat(Read.all(Read.general(directory, Encoding.UTF_8, USUAL)).rejected())
        .isEqualTo(expected);
  }

  @Test
  void readsWindows1252AsUtf8AndRejectsBytesThatAreNoCharacters() throws IOException {
    write("a,b\nPeter,\u0080\u00E9\nPaul,\u0081\nMary,\"\u00FC\"\"\"\n");

    Read read = Read.all(Read.fast(directory, Encoding.WINDOWS_1252, USUAL));

    assertThat(read.rows()).containsExactly(List.of("Peter", "€é"), List.of("Mary", "ü\""));
    assertThat(read.rejected()).containsExactly("ENCODING 3");
  }

  @Test
  void takesAnEmptyFieldForMissingQuotedOrNot() throws IOException {
    write("a,b,c\n,\"\",\"\"\"\"\n");

    Read read = Read.all(Read.fast(directory, Encoding.UTF_8, USUAL));

    assertThat(read.rows()).containsExactly(List.of("", "", "\""));
  }

  @Test
  void cutsNoSplitOfATableWithAHeaderOnly() throws IOException {
    write("a,b\r\n");

    assertThat(Read.fast(directory, Encoding.UTF_8, USUAL).splits()).isEmpty();
    assertThat(Read.general(directory, Encoding.UTF_8, USUAL).splits()).isEmpty();
  }

  @Test
  void readsARecordLongerThanTheSlabAndRefusesOneLongerThanTheLimit() throws IOException {
    String longValue = "x,\n\"\"".repeat(1000);
    write("a,b\n1,2\n3,\"" + longValue + "\"\n4,5\n");

    Read read =
        Read.all(Read.fast(directory, Encoding.UTF_8, new CsvSource.Sizes(1 << 20, 64, 1 << 20)));

    assertThat(read.rows())
        .containsExactly(
            List.of("1", "2"), List.of("3", longValue.replace("\"\"", "\"")), List.of("4", "5"));
    assertThatThrownBy(
            () ->
                Read.all(
                    Read.fast(directory, Encoding.UTF_8, new CsvSource.Sizes(1 << 20, 64, 4096))))
        .hasMessage(
            "./t.csv:3: error RECORD_TOO_LONG a record begins here that is longer than 4096 bytes;"
                + " a quote may be missing or the file may use another delimiter");
  }

  @Test
  void fillsBatchesWithAMebibyteOfRowsAndNumbersTheirLines() throws IOException {
    StringBuilder text = new StringBuilder("a,b,c\n");
    for (int row = 0; row < 200_000; row++) {
      text.append(row).append(",\"x\n\",").append("y".repeat(row % 50)).append('\n');
    }
    write(text.toString());
    SourceTable table = Read.fast(directory, Encoding.UTF_8, USUAL);
    List<Integer> sizes = new ArrayList<>();
    long row = 0;

    Split split = table.splits().get(0);
    try (BatchReader reader = table.open(split, List.of(2, 0, 2))) {
      for (Optional<RowBatch> b = reader.next(); b.isPresent(); b = reader.next()) {
        RowBatch batch = b.get();
        sizes.add(batch.rows());
        for (int i = 0; i < batch.rows(); i += 7_919) {
          assertThat(batch.lines().applyAsLong(i)).isEqualTo(2 + 2 * (row + i));
          BytesColumn id = (BytesColumn) batch.columns().get(1);
          int length = id.ends()[i] - id.starts()[i];
          assertThat(new String(id.buffer(), id.starts()[i], length, LATIN))
              .isEqualTo(Long.toString(row + i));
        }
        row += batch.rows();
      }
    }

    assertThat(row).isEqualTo(200_000);
    long perRow = Files.size(directory.resolve("t.csv")) / 200_000;
    assertThat(sizes.subList(0, sizes.size() - 1))
        .allMatch(size -> size * perRow > 9 << 16 && size * perRow < 9 << 17);
  }

  /** Almost every stretch of such a file begins inside quotes. */
  @Test
  void cutsAFileOfLongNotesWhereItIsAskedTo() throws IOException {
    String note = "a line of the note of one visit, as it was dictated\n".repeat(400);
    StringBuilder text = new StringBuilder("a,b\n");
    for (int row = 0; row < 400; row++) {
      text.append(row).append(",\"").append(note).append("\"\n");
    }
    write(text.toString());

    SourceTable table =
        Read.fast(directory, Encoding.UTF_8, new CsvSource.Sizes(2 << 20, 1 << 18, 1 << 20));

    assertThat(table.splits()).hasSize(4);
  }

  @Test
  void refusesToReadASplitOfAFileThatChanged() throws IOException {
    write("a,b\n1,2\n3,4\n");
    SourceTable table = Read.fast(directory, Encoding.UTF_8, USUAL);
    Split split = table.splits().get(0);
    String message =
        "./t.csv: error SOURCE_CHANGED the file is not the one that was looked at when the run was"
            + " planned; do not write to the source while it is read, then start a new run";

    write("a,b\n1,2\n3,5\n");
    ProblemException sameSize = stale(table, split);
    write("a,b\n1,2\n3,4\n5,6\n");
    ProblemException longer = stale(table, split);
    write("a,b\n1,2\n3,\"x\n");
    ProblemException broken = stale(table, split);

    assertThat(List.of(sameSize, longer, broken))
        .allMatch(problem -> problem.category() == Category.STALE)
        .allMatch(problem -> message.equals(problem.getMessage()));
  }

  private static ProblemException stale(SourceTable table, Split split) {
    return catchThrowableOfType(
        ProblemException.class,
        () -> {
          try (BatchReader reader = table.open(split, List.of(0))) {
            while (reader.next().isPresent()) {}
          }
        });
  }

  @Test
  void readsDialectsBeyondRfc4180() throws IOException {
    write("# who\na||b\n1||x\\\"y\n# note\n2||\"p||q\"\n");
    CsvSource.Config config =
        new CsvSource.Config(
            ".",
            new CsvWords(Encoding.UTF_8, CsvWords.Delimiter.parse("||"), Optional.empty()),
            Map.of(),
            Optional.empty(),
            Optional.of('#'));

    assertThatThrownBy(() -> Read.all(Read.table(directory, config, USUAL)))
        .hasMessageStartingWith("./t.csv:3: error BARE_QUOTE ");

    write("# who\na\tb\n1\tx\\\"y\n# note\n2\t\"p\tq\"\n");
    CsvSource.Config escaped =
        new CsvSource.Config(
            ".",
            new CsvWords(Encoding.UTF_8, CsvWords.Delimiter.parse("tab"), Optional.empty()),
            Map.of(),
            Optional.of('\\'),
            Optional.of('#'));

    Read read = Read.all(Read.table(directory, escaped, USUAL));

    assertThat(read.rows()).containsExactly(List.of("1", "x\"y"), List.of("2", "p\tq"));
    assertThat(read.lines()).containsExactly(3L, 5L);
  }

  @Test
  void readsAFileThatIsWrittenAnotherWayThanTheOthers() throws IOException {
    write("a;b\n1;y\n");
    Files.write(directory.resolve("u.csv"), "a,b\n2,x\n".getBytes(StandardCharsets.UTF_8));
    CsvWords semicolons =
        new CsvWords(Encoding.UTF_8, CsvWords.Delimiter.parse(";"), Optional.empty());
    CsvFolderForm form = new CsvFolderForm(CsvWords.RFC_4180, Map.of("t", semicolons));
    Source source = CsvSource.FACTORY.open(CsvSource.Config.of(".", form), directory);

    assertThat(Read.all(source.table("t").orElseThrow()).rows()).containsExactly(List.of("1", "y"));
    assertThat(Read.all(source.table("u").orElseThrow()).rows()).containsExactly(List.of("2", "x"));

    CsvFolderForm other = new CsvFolderForm(CsvWords.RFC_4180, Map.of("../t", semicolons));
    assertThatThrownBy(() -> CsvSource.FACTORY.open(CsvSource.Config.of(".", other), directory))
        .hasMessageContaining(
            " error UNKNOWN_FILE source.files names '../t', and there is no file of that table;");
  }

  @Test
  void readsATabAsPlainDelimiter() throws IOException {
    write("a\tb\n1\t\"x\ty\"\n");
    CsvSource.Config config =
        new CsvSource.Config(
            ".",
            new CsvWords(Encoding.UTF_8, CsvWords.Delimiter.parse("tab"), Optional.empty()),
            Map.of(),
            Optional.empty(),
            Optional.empty());

    assertThat(config.dialect(config.csv()).isPlain()).isTrue();
    assertThat(Read.all(Read.table(directory, config, USUAL)).rows())
        .containsExactly(List.of("1", "x\ty"));
  }

  @Test
  void knowsNoTableWithoutAFileAndRefusesPathsAsNames() {
    Source source = CsvSource.FACTORY.open(CsvSource.Config.of("."), directory);

    assertThat(source.table("visits")).isEmpty();
    for (String name : List.of("../t", "a/b", "a\\b", ".hidden", "a\n")) {
      assertThatThrownBy(() -> source.table(name))
          .hasMessage(
              directory
                  + ": error TABLE_NAME expected a table name but found one with a path, a leading"
                  + " dot or a control character; name the file in the directory, without .csv");
    }
  }

  @Test
  void refusesADirectoryThatIsNotThereAndATableThatIsOne() throws IOException {
    assertThatThrownBy(() -> CsvSource.FACTORY.open(CsvSource.Config.of("nowhere"), directory))
        .hasMessage(
            directory
                + "/nowhere: error NO_DIRECTORY expected a directory of CSV files but found none;"
                + " check source.path");

    Files.createDirectory(directory.resolve("t.csv"));
    assertThatThrownBy(() -> Read.fast(directory, Encoding.UTF_8, USUAL))
        .hasMessage(
            "./t.csv: error UNREADABLE the file cannot be read; check that it is a file and its"
                + " permissions");
  }

  private void write(String bytes) throws IOException {
    Files.write(directory.resolve("t.csv"), bytes.getBytes(LATIN));
  }
}
