package org.consentry.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.consentry.keys.LedgerKey;
import org.consentry.problem.Category;
import org.consentry.problem.ProblemException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What earlier runs read of restrictions is remembered, and no part of it can be taken out. */
final class RestrictionRecordTest {

  private static final Remembered THREE =
      remembered(17, Map.of(-1L, 2, 0L, 9, 0x123456789abcdefL, 17));

  @TempDir Path home;

  private final LedgerKey key = LedgerKey.generate();
  private StateFolder state = new StateFolder(Path.of(""));
  private RestrictionRecord record = new RestrictionRecord(state, key);

  private static Remembered remembered(long lines, Map<Long, Integer> restrictions) {
    List<Map.Entry<Long, Integer>> all = List.copyOf(restrictions.entrySet());
    return Remembered.of(
        lines,
        () -> IntStream.range(0, all.size()),
        i -> all.get(i).getKey(),
        i -> all.get(i).getValue());
  }

  @BeforeEach
  void open() {
    state = new StateFolder(home);
    state.prepare();
    record = new RestrictionRecord(state, key);
  }

  @Test
  void remembersOfEachSubjectWhatWasReadLast() {
    assertThat(record.of("study S-1")).isEmpty();

    record.keep("study S-1", Remembered.NOTHING);
    assertThat(record.of("study S-1")).contains(Remembered.NOTHING);

    record.keep("study S-1", THREE);
    record.keep("study S-2", remembered(5, Map.of(7L, 1)));

    assertThat(record.of("study S-1")).contains(THREE);
    assertThat(record.of("study S-2").orElseThrow().lines()).isEqualTo(5);
    assertThat(new RestrictionRecord(state, key).of("study S-1")).contains(THREE);
  }

  @Test
  void isItsOwnersAloneAndNamesNoSubject() throws IOException {
    record.keep("study S-1", THREE);

    Path file = onlyFile();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(String.valueOf(file.getFileName())).matches("[0-9a-f]{32}");
    assertThat(Files.readAllLines(file))
        .startsWith(
            "consentry-restrictions-1 17 3",
            "ffffffffffffffff 2",
            "0000000000000000 9",
            "0123456789abcdef 17")
        .hasSize(5);
  }

  @Test
  void refusesEveryChangedByteAndEveryCut() throws IOException {
    record.keep("study S-1", THREE);
    Path file = onlyFile();
    byte[] whole = Files.readAllBytes(file);

    for (int at = 0; at < whole.length; at++) {
      byte[] changed = whole.clone();
      changed[at] ^= 1;
      Files.write(file, changed);
      refuses(file);
      Files.write(file, Arrays.copyOf(whole, at));
      refuses(file);
    }
    Files.write(file, Arrays.copyOf(whole, whole.length + 1));
    refuses(file);
  }

  @Test
  void refusesTheFileOfAnotherSubject() throws IOException {
    record.keep("study S-2", remembered(5, Map.of()));
    byte[] other = Files.readAllBytes(onlyFile());
    Files.delete(onlyFile());
    record.keep("study S-1", THREE);
    Path file = onlyFile();

    Files.write(file, other);

    refuses(file);
  }

  @Test
  void refusesAFileThatAnotherLedgersKeyWrote() throws IOException {
    new RestrictionRecord(state, LedgerKey.generate()).keep("study S-1", THREE);

    refuses(onlyFile());
  }

  @Test
  void reportsAFolderThatCannotBeReadOrWritten() throws IOException {
    record.keep("study S-1", THREE);
    Path file = onlyFile();
    Files.delete(file);
    Files.createDirectories(file.resolve("inside"));
    String end = "; check the permissions and the free space of the state folder";

    ProblemException read =
        catchThrowableOfType(ProblemException.class, () -> record.of("study S-1"));
    ProblemException written =
        catchThrowableOfType(ProblemException.class, () -> record.keep("study S-1", THREE));

    assertThat(read.category()).isEqualTo(Category.RUN_FAILED);
    assertThat(read)
        .hasMessage(
            file
                + ": error RESTRICTION_MEMORY the file of restrictions that runs read cannot be"
                + " read"
                + end);
    assertThat(written.category()).isEqualTo(Category.RUN_FAILED);
    assertThat(written)
        .hasMessage(
            file
                + ": error RESTRICTION_MEMORY the file of restrictions that runs read cannot be"
                + " written"
                + end);
  }

  private void refuses(Path file) {
    ProblemException refused =
        catchThrowableOfType(ProblemException.class, () -> record.of("study S-1"));
    assertThat(refused.category()).isEqualTo(Category.VERIFY);
    assertThat(refused)
        .hasMessage(
            file
                + ": error RESTRICTION_MEMORY the file of restrictions that earlier runs read is"
                + " not as it was written; restore the state folder from its newest backup and"
                + " find out who changed it");
  }

  private Path onlyFile() throws IOException {
    try (Stream<Path> files = Files.list(state.restrictions())) {
      return files.findAny().orElseThrow();
    }
  }
}
