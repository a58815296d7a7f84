package org.consentry.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.consentry.data.Blanks;
import org.consentry.export.Parallel;
import org.consentry.problem.ProblemException;
import org.consentry.testing.Threads;
import org.junit.jupiter.api.Test;

/**
 * Consent lines are what commons-csv and a plain reader of characters find, whatever the number of
 * splits and threads. A failure prints the seed.
 */
final class ConsentSplitsTest {

  private static final long SEED = 20_261_128;
  private static final int FILES = 600;
  private static final List<String> CELLS =
      List.of(
          "",
          "",
          "a",
          "Zoë",
          "😀",
          " b ",
          "\"x\"",
          "\"x, y\"",
          "\"a\"\"b\"",
          "\"x\ny\"",
          "\"x\r\n\r\ny\"",
          "\"\r\"",
          "\"\n\n\"",
          "7");
  private static final List<String> ENDS = List.of("\n", "\n", "\n", "\r\n", "\r");
  private static final List<String> FAULTS =
      List.of("\n", " \n", "\"", "a\"b", ",", "\"x\"y", "L9,P1,DENY\n", "\r\r", "\u00A0\r\n");

  @Test
  void findsTheSameWhateverTheSplitsAndThreads() {
    int stopped = 0;
    try (Threads threads = new Threads(3)) {
      for (int file = 0; file < FILES; file++) {
        SplittableRandom random = new SplittableRandom(SEED + file);
        byte[] text = text(random).getBytes(StandardCharsets.UTF_8);

        List<String> whole = read(text, 1 << 20, Parallel.onCallingThread());

        String what = "seed " + (SEED + file);
        boolean isStopped = whole.get(0).startsWith("stopped");
        List<String> cut = read(text, 1 + random.nextInt(300), threads);
        if (isStopped) {
          assertThat(cut.get(0)).as(what).startsWith("stopped");
        } else {
          assertThat(cut).as(what).isEqualTo(whole);
        }
        stopped += isStopped ? 1 : 0;
      }
    }
    assertThat(stopped).isBetween(FILES / 10, FILES * 2 / 3);
  }

  @Test
  void readsWhatCommonsCsvReadsAndStopsWhereThePlainReaderStops() {
    int stopped = 0;
    for (int file = 0; file < FILES; file++) {
      SplittableRandom random = new SplittableRandom(SEED + 7 * FILES + file);
      String text = text(random);

      List<String> read =
          read(text.getBytes(StandardCharsets.UTF_8), 100, Parallel.onCallingThread());

      List<String> expected = plainly(text);
      assertThat(read).as("seed %d", SEED + 7 * FILES + file).isEqualTo(expected);
      stopped += expected.get(0).startsWith("stopped") ? 1 : 0;
    }
    assertThat(stopped).isBetween(FILES / 10, FILES * 2 / 3);
  }

  private static List<String> read(byte[] text, long splitBytes, Parallel parallel) {
    SeenLines seen = new SeenLines();
    try {
      ConsentReadResult result =
          ConsentFile.read(text, ConsentFile.keys("P1", "P2"), seen, splitBytes, parallel);
      List<String> all =
          new ArrayList<>(seen.lines().stream().map(ConsentSplitsTest::text).toList());
      all.add(result.lines() + " lines " + result.reported().counts() + seen.all().size());
      return all;
    } catch (ProblemException stopped) {
      return List.of("stopped " + stopped.getMessage());
    }
  }

  /** A file with at most one fault, so that one message is right. */
  private static String text(SplittableRandom random) {
    StringBuilder text = new StringBuilder(random.nextInt(6) == 0 ? "\uFEFF" : "");
    text.append(ConsentFile.header()).append("\n");
    int rows = random.nextInt(12);
    int fault = random.nextInt(2) == 0 ? random.nextInt(rows + 1) : -1;
    for (int row = 0; row < rows; row++) {
      if (row == fault) {
        text.append(pick(random, FAULTS));
      }
      text.append(row(random, row)).append(pick(random, ENDS));
    }
    return text.toString();
  }

  /** A restriction, whose free cells are anything. */
  private static String row(SplittableRandom random, int row) {
    return Arrays.stream(ConsentColumn.values())
        .map(
            column ->
                switch (column) {
                  case LINE_ID -> "L" + row;
                  case PATIENT_ID -> "P" + (1 + random.nextInt(2));
                  case DECISION -> "DENY";
                  case STATUS -> "ACTIVE";
                  case FORM_ID, FORM_VERSION, SIGNER_AUTHORITY, SOURCE -> pick(random, CELLS);
                  default -> "";
                })
        .collect(Collectors.joining(","));
  }

  private static String pick(SplittableRandom random, List<String> from) {
    return from.get(random.nextInt(from.size()));
  }

  private static List<String> plainly(String marked) {
    String text = marked.replaceFirst("^\uFEFF", "");
    try {
      StrictText strict = new StrictText(new StringReader(text));
      while (strict.read() >= 0) {
        // Reads on to the first fault.
      }
      return rows(text);
    } catch (StrictText.Broken fault) {
      return List.of(
          "stopped consents.csv:"
              + fault.line()
              + ": error CONSENT_QUOTING found "
              + fault.what()
              + "; quote as in RFC 4180");
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static List<String> rows(String text) throws IOException {
    List<String> rows = new ArrayList<>();
    CSVFormat format = CSVFormat.RFC4180.builder().setIgnoreEmptyLines(false).get();
    CSVParser csv = CSVParser.builder().setReader(new StringReader(text)).setFormat(format).get();
    long line = 1;
    long empty = 0;
    for (CSVRecord row : csv) {
      boolean isEmpty = row.size() == 1 && Blanks.trim(row.get(0)).isEmpty();
      if (isEmpty && empty == 0) {
        empty = line;
      } else if (!isEmpty && empty > 0) {
        return ragged(empty, 1);
      } else if (!isEmpty && row.size() != ConsentColumn.values().length) {
        return ragged(line, row.size());
      } else if (!isEmpty && line > 1) {
        rows.add(seen(row, line));
      }
      line = csv.getCurrentLineNumber() + 1;
    }
    rows.add(rows.size() + " lines {}" + rows.size());
    return rows;
  }

  private static String text(ConsentLine line) {
    return line.line() + " " + line.id() + line.form() + line.origin() + line.decision();
  }

  private static String seen(CSVRecord row, long line) {
    ConsentLine.Form form =
        new ConsentLine.Form(
            cell(row, ConsentColumn.FORM_ID), cell(row, ConsentColumn.FORM_VERSION));
    String id = cell(row, ConsentColumn.LINE_ID);
    return line + " " + id + form + cell(row, ConsentColumn.SOURCE) + "DENY";
  }

  private static String cell(CSVRecord row, ConsentColumn column) {
    return Blanks.trim(row.get(List.of(ConsentColumn.values()).indexOf(column)));
  }

  private static List<String> ragged(long line, int cells) {
    return List.of(
        "stopped consents.csv:"
            + line
            + ": error CONSENT_RAGGED expected 28 fields but found "
            + cells
            + "; a restriction may be lost here; repair the line");
  }
}
