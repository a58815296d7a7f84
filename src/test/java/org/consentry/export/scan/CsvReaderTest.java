package org.consentry.export.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CsvReaderTest {

  private static final String[] CELLS = {
    "",
    "a",
    "1",
    "42.5",
    "2021-03-04",
    "plastic surgery",
    "\u00E9\u00E8",
    "P000123",
    " ",
    "12345678"
  };

  private static final String[] QUOTED = {
    "\"\"", "\"a,b\"", "\"line\nbreak\"", "\"a \"\"b\"\"\"", "\"x\"", "in\"side"
  };

  @Test
  void readsWhatAPlainReaderReads() throws IOException {
    for (int seed = 0; seed < 400; seed++) {
      Random random = new Random(seed);
      byte[] file = file(random).getBytes(StandardCharsets.UTF_8);

      assertThat(read(file, (byte) ',')).as("seed %d", seed).isEqualTo(plain(file, ','));
    }
  }

  @Test
  void readsOtherDelimiters() throws IOException {
    for (char delimiter : new char[] {';', '\t', '|'}) {
      byte[] file =
          file(new Random(delimiter)).replace(',', delimiter).getBytes(StandardCharsets.UTF_8);

      assertThat(read(file, (byte) delimiter)).isEqualTo(plain(file, delimiter));
    }
  }

  @Test
  void readsMoreRowsThanTheBufferHas() throws IOException {
    StringBuilder file = new StringBuilder();
    for (int row = 0; row < 60_000; row++) {
      file.append(row).append(",a cell of some length that fills the buffer,").append(row * 7);
      file.append(row % 1000 == 0 ? ",\"quoted, with \"\"quotes\"\"\"" : ",last").append("\r\n");
    }
    byte[] bytes = file.toString().getBytes(StandardCharsets.UTF_8);

    assertThat(read(bytes, (byte) ',')).isEqualTo(plain(bytes, ','));
  }

  private static String file(Random random) {
    StringBuilder file = new StringBuilder();
    int rows = random.nextInt(30);
    String lineBreak = random.nextBoolean() ? "\n" : "\r\n";
    for (int row = 0; row < rows; row++) {
      int columns = random.nextInt(8) == 0 ? random.nextInt(6) + 1 : 5;
      for (int column = 0; column < columns; column++) {
        String[] from = random.nextInt(9) == 0 ? QUOTED : CELLS;
        file.append(column == 0 ? "" : ",").append(from[random.nextInt(from.length)]);
      }
      boolean isLast = row == rows - 1 && random.nextBoolean();
      file.append(isLast ? "" : lineBreak);
    }
    return file.toString();
  }

  private static List<List<String>> read(byte[] file, byte delimiter) throws IOException {
    List<List<String>> rows = new ArrayList<>();
    CsvReader reader = new CsvReader(slowly(file), delimiter);
    for (CellBatch batch = reader.next(); batch.rows > 0; batch = reader.next()) {
      for (int row = 0; row < batch.rows; row++) {
        List<String> cells = new ArrayList<>();
        for (int column = 0; column < batch.columns; column++) {
          int start = batch.starts[column][row];
          int size = start == CellBatch.MISSING ? 0 : batch.ends[column][row] - start;
          cells.add(size == 0 ? "" : new String(batch.bytes, start, size, StandardCharsets.UTF_8));
        }
        rows.add(trimmed(cells));
      }
    }
    return rows;
  }

  /** Gives at most 5,000 bytes at a time. */
  private static InputStream slowly(byte[] file) {
    return new ByteArrayInputStream(file) {
      @Override
      public synchronized int read(byte[] into, int from, int size) {
        return super.read(into, from, Math.min(size, 5_000));
      }
    };
  }

  /** One character after the other; a quote counts only where a cell begins or ends. */
  private static List<List<String>> plain(byte[] file, char delimiter) {
    String text = new String(file, StandardCharsets.UTF_8);
    List<List<String>> rows = new ArrayList<>();
    for (String record : records(text)) {
      List<String> cells = new ArrayList<>();
      StringBuilder cell = new StringBuilder();
      boolean quoted = false;
      boolean atStart = true;
      for (int i = 0; i < record.length(); i++) {
        char c = record.charAt(i);
        if (quoted && c == '"') {
          char next = i + 1 < record.length() ? record.charAt(i + 1) : delimiter;
          quoted = next != delimiter;
          cell.append(quoted ? "\"" : "");
          i += next == '"' ? 1 : 0;
        } else if (c == '"' && atStart) {
          quoted = true;
        } else if (c == delimiter && !quoted) {
          cells.add(cell.toString());
          cell.setLength(0);
          atStart = true;
          continue;
        } else {
          cell.append(c);
        }
        atStart = false;
      }
      cells.add(cell.toString());
      rows.add(trimmed(cells));
    }
    return rows;
  }

  /** Records end at a line break before which the quotes are even. */
  private static List<String> records(String text) {
    List<String> records = new ArrayList<>();
    int from = 0;
    boolean even = true;
    for (int i = 0; i < text.length(); i++) {
      even ^= text.charAt(i) == '"';
      if (text.charAt(i) == '\n' && even) {
        boolean isPair = i > from && text.charAt(i - 1) == '\r';
        records.add(text.substring(from, isPair ? i - 1 : i));
        from = i + 1;
      }
    }
    if (from < text.length()) {
      records.add(text.substring(from).replaceFirst("\r?\n$", ""));
    }
    return records;
  }

  /** Rows without the empty cells at their end, which a batch fills up. */
  private static List<String> trimmed(List<String> cells) {
    int size = cells.size();
    while (size > 0 && cells.get(size - 1).isEmpty()) {
      size--;
    }
    return cells.subList(0, size);
  }
}
