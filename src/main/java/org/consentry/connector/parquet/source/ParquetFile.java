package org.consentry.connector.parquet.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import org.consentry.config.SafeWord;
import org.consentry.connector.parquet.source.FileFooter.Chunk;
import org.consentry.connector.parquet.source.FileFooter.RowGroup;

/**
 * A Parquet file whose footer was read. Immutable.
 *
 * @param size in bytes
 * @param footerDigest CRC-32C of the footer
 */
record ParquetFile(
    Path path, ParquetProblems problems, long size, FileFooter footer, int footerDigest) {

  private static final int MARK = 4;
  private static final int TRAILER = 8;
  private static final int PLAIN = 0x31524150; // PAR1
  private static final int ENCRYPTED = 0x45524150; // PARE
  private static final int LONGEST_FOOTER = 1 << 28;

  /**
   * Reads the footer of a file.
   *
   * @param shown the file as messages show it
   * @throws org.consentry.problem.ProblemException when it is no such file or is damaged
   */
  static ParquetFile open(Path path, String shown) {
    ParquetProblems problems = new ParquetProblems(shown);
    long size = size(path, problems);
    if (size < MARK + TRAILER) {
      throw problems.noParquet("the file is too short for a Parquet file");
    }
    try (FileBytes file = new FileBytes(path, size, problems)) {
      byte[] ends = new byte[MARK + TRAILER];
      file.read(0, ends, 0, MARK);
      file.read(size - TRAILER, ends, MARK, TRAILER);
      requireMarks(ends, problems);
      long length = Plain.int32(ends, MARK);
      if (length < 1 || length > Math.min(LONGEST_FOOTER, size - MARK - TRAILER)) {
        throw problems.damaged("the footer has another length than its end declares");
      }
      byte[] footer = new byte[(int) length];
      long start = size - TRAILER - length;
      file.read(start, footer, 0, footer.length);
      CRC32C crc = new CRC32C();
      crc.update(footer);
      ParquetFile found =
          new ParquetFile(
              path, problems, size, FileFooter.parse(footer, start), (int) crc.getValue());
      found.requireNames();
      return found;
    } catch (Damage damage) {
      throw problems.damaged("the file " + damage.getMessage());
    }
  }

  private static void requireMarks(byte[] ends, ParquetProblems problems) {
    int first = Plain.int32(ends, 0);
    int last = Plain.int32(ends, 2 * MARK);
    if (first == ENCRYPTED || last == ENCRYPTED) {
      throw problems.damaged("the file is encrypted");
    }
    if (first != PLAIN) {
      throw problems.noParquet("the file does not begin as a Parquet file");
    }
    if (last != PLAIN) {
      throw problems.noParquet("the file does not end as a Parquet file");
    }
  }

  private static long size(Path path, ParquetProblems problems) {
    try {
      if (!Files.isRegularFile(path)) {
        throw problems.unreadable();
      }
      return Files.size(path);
    } catch (IOException unreadable) {
      throw problems.unreadable();
    }
  }

  private void requireNames() {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < footer.columns().size(); i++) {
      String name = footer.columns().get(i).name();
      boolean fits =
          !name.isBlank()
              && name.strip().equals(name)
              && name.chars().noneMatch(Character::isISOControl);
      if (!fits || !names.add(name)) {
        throw problems.invalid(
            "COLUMN_NAME",
            0,
            "column "
                + (i + 1)
                + (fits
                    ? " has the name of another one"
                    : " has no name, or one with white space at an end or a control character"),
            "export the table with a name of its own for each column");
      }
    }
    if (names.isEmpty()) {
      throw problems.damaged("the file has no columns");
    }
  }

  /** In words that follow the name of a column, why it cannot be read; empty when it can. */
  java.util.Optional<String> refusal(int position) {
    SourceColumn column = footer.columns().get(position);
    if (column.refusal().isPresent()) {
      return column.refusal();
    }
    return footer.rowGroups().stream()
        .map(group -> group.chunks().get(column.leaf()).codec())
        .filter(codec -> !codec.isRead())
        .findFirst()
        .map(codec -> "is compressed with " + codec);
  }

  /** Throws where the cells of a column cannot be read. */
  void requireReadable(int position) {
    refusal(position)
        .ifPresent(
            why -> {
              throw problems.invalid(
                  "COLUMN_TYPE",
                  0,
                  "column " + SafeWord.word(footer.columns().get(position).name()) + " " + why,
                  "export it as text or numbers, or drop it: do: drop");
            });
  }

  /** The columns and their types, in words. */
  List<String> types() {
    return footer.columns().stream().map(column -> column.name() + " " + column.type()).toList();
  }

  /** Number of rows. */
  long rows() {
    return footer.rowGroups().stream().mapToLong(RowGroup::rows).sum();
  }

  /** Its bytes, as long as it has its size. */
  FileBytes open() {
    return new FileBytes(path, size, problems);
  }

  /** Digest of a row group as the file has it now. */
  int digest(FileBytes bytes, RowGroup group) {
    return digest(group.chunks().stream().mapToInt((Chunk chunk) -> bytes.digest(chunk)).toArray());
  }

  /** Digest of a row group of the digests of its columns. */
  int digest(int[] chunks) {
    return joined(IntStream.concat(IntStream.of(footerDigest), IntStream.of(chunks)));
  }

  /** CRC-32C of digests. */
  static int joined(IntStream digests) {
    CRC32C crc = new CRC32C();
    byte[] number = new byte[Integer.BYTES];
    digests.forEach(
        digest -> {
          Plain.INTS.set(number, 0, digest);
          crc.update(number);
        });
    return (int) crc.getValue();
  }
}
