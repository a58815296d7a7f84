package org.consentry.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.consentry.problem.Category;
import org.consentry.problem.ProblemException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StagingTest {

  @TempDir Path output = Path.of("");

  private Staging staging = new Staging(Path.of(""));

  @BeforeEach
  void prepare() {
    staging = Staging.of(output, "job-1");
    staging.prepare();
  }

  @Test
  void isOpenToItsOwnerAlone() throws IOException {
    staging.keep("a.marker", "text");
    staging.folderFor(staging.release().resolve("data/visits/part-00000.csv"));

    try (Stream<Path> all = Files.walk(output.resolve(".staging"))) {
      for (Path path : all.toList()) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
            .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------");
      }
    }
  }

  @Test
  void givesBackTheTextThatWasKept() {
    staging.keep("a.marker", "first");
    staging.keep("a.marker", "sécond\n");

    assertThat(staging.text("a.marker")).contains("sécond\n");
    assertThat(staging.text("b.marker")).isEmpty();
  }

  @Test
  void givesBackNoTextThatIsDamaged() throws IOException {
    Files.write(staging.work().resolve("a.marker"), new byte[] {'a', (byte) 0xC3, 'b'});

    assertThat(staging.text("a.marker")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1_000})
  void givesBackTheNumbersThatWereKept(int count) {
    long[] numbers = LongStream.range(0, count).map(i -> i * 0x9E3779B97F4A7C15L).toArray();

    staging.keep(
        "a.keys",
        List.of(
            LongBuffer.wrap(numbers, 0, count / 3),
            LongBuffer.wrap(numbers, count / 3, count - count / 3)));

    assertThat(staging.numbers("a.keys").orElseThrow()).containsExactly(numbers);
  }

  @Test
  void givesBackNoNumbersThatWereCutOff() throws IOException {
    Files.write(staging.work().resolve("a.keys"), new byte[15]);

    assertThat(staging.numbers("a.keys")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"../manifest.json", "../../x", "a/b", "", ".", ".."})
  void keepsNothingOutsideItsWorkFolder(String name) {
    assertThatThrownBy(() -> staging.keep(name, "text"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("what is kept is in work");
    assertThatThrownBy(() -> staging.text(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("what is kept is in work");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../x/part.csv", "data/../../../x/part.csv", "/elsewhere/part.csv", ".."})
  void makesNoFolderOutsideTheRelease(String name) {
    Path file = staging.release().resolve(name);

    assertThatThrownBy(() -> staging.folderFor(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a part file is inside the release");
  }

  @Test
  void makesOneFolderForManyThreadsAtOnce() throws Exception {
    int threads = 8;
    ExecutorService workers = Executors.newFixedThreadPool(threads);
    try {
      for (int round = 0; round < 40; round++) {
        Path file = staging.release().resolve("data/t" + round + "/part.csv");
        CyclicBarrier start = new CyclicBarrier(threads);
        Callable<Path> make =
            () -> {
              start.await();
              return staging.folderFor(file);
            };
        List<Future<Path>> made = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
          made.add(workers.submit(make));
        }
        for (Future<Path> folder : made) {
          assertThat(folder.get()).isDirectory();
        }
      }
    } finally {
      workers.shutdownNow();
    }
  }

  @Test
  void discardsItselfAndTheFolderOfTheLastRun() throws IOException {
    Staging other = Staging.of(output, "job-2");
    other.prepare();
    Path precious = Files.createDirectory(output.resolve("precious"));
    Files.writeString(precious.resolve("file"), "stays");
    Files.createSymbolicLink(staging.release().resolve("link"), precious);

    staging.discard();

    assertThat(staging.exists()).isFalse();
    assertThat(other.exists()).isTrue();
    assertThat(precious.resolve("file")).hasContent("stays");
    other.discard();
    other.discard();
    assertThat(output.resolve(".staging")).doesNotExist();
  }

  @Test
  void givesBackTheBytesThatWereKept() throws IOException {
    byte[] bytes = {0, -1, 7};

    staging.keep("a.bytes", bytes);

    assertThat(staging.bytes("a.bytes")).hasValue(bytes);
    assertThat(staging.bytes("b.bytes")).isEmpty();
    Files.createDirectory(staging.work().resolve("c.bytes"));
    assertThat(staging.bytes("c.bytes")).isEmpty();
  }

  @Test
  void isBesideTheReleasesUnderTheRunsName() {
    assertThat(staging.folder()).isEqualTo(output.resolve(".staging/job-1"));
    assertThat(staging.release()).isEqualTo(output.resolve(".staging/job-1/release"));
    assertThat(staging.work()).isEqualTo(output.resolve(".staging/job-1/work"));
    assertThat(Staging.areas(staging.release())).isEqualTo(output.resolve(".staging"));
  }

  /** A release is renamed into the folder of the job, so that must work before rows are read. */
  @Test
  void triesTheRenameThatWillPublishAndLeavesNothing() throws IOException {
    Path releases = Files.createDirectory(output.resolve("job"));

    staging.requireRename(releases);

    assertThat(releases).isEmptyDirectory();
    assertThat(staging.folder()).isDirectoryNotContaining("glob:**.rename-check");
    staging.requireRename(output.resolve("not-there-yet"));
    assertThat(output.resolve("not-there-yet")).doesNotExist();
  }

  @Test
  void refusesAFolderIntoWhichNoReleaseCanBeRenamed() throws IOException {
    Path releases = Files.createDirectory(output.resolve("job"));
    Files.createDirectories(releases.resolve(".rename-check/in-the-way"));

    assertThatThrownBy(() -> staging.requireRename(releases))
        .isInstanceOfSatisfying(
            ProblemException.class,
            thrown -> assertThat(thrown.category()).isEqualTo(Category.RUN_FAILED))
        .hasMessage(
            releases
                + ": error OUTPUT_FOLDER no release can be put into the folder of the job's"
                + " releases; check its owner, permissions and free space");
  }

  @Test
  void reportsWhatCannotBeFlushedKeptOrMade() throws IOException {
    String end = "; check free space and permissions, then resume the run";
    Files.createDirectories(staging.work().resolve("a.marker/inside"));
    Files.createFile(staging.release().resolve("data"));

    for (Map.Entry<String, ThrowingCallable> refused :
        Map.<String, ThrowingCallable>of(
                "staging cannot be flushed to the disk",
                () -> staging.sync(staging.work().resolve("missing")),
                "staging cannot be written",
                () -> staging.keep("a.marker", "text"),
                "a folder in staging cannot be created",
                () -> staging.folderFor(staging.release().resolve("data/visits/part.csv")))
            .entrySet()) {
      assertThatThrownBy(refused.getValue())
          .hasMessage(staging.folder() + ": error STAGING " + refused.getKey() + end);
    }
    assertThatThrownBy(() -> staging.keep("a.marker", List.of(LongBuffer.wrap(new long[] {1}))))
        .hasMessage(staging.folder() + ": error STAGING staging cannot be written" + end);
    assertThatThrownBy(() -> staging.keep("a.marker", new byte[] {1}))
        .hasMessage(staging.folder() + ": error STAGING staging cannot be written" + end);
    staging.sync(staging.work());
  }

  @Test
  void reportsWhereItCannotBeMade() throws IOException {
    Path file = Files.writeString(output.resolve("file"), "no folder");
    Staging impossible = Staging.of(file, "job-1");

    assertThatThrownBy(impossible::prepare)
        .isInstanceOf(ProblemException.class)
        .hasMessage(
            impossible.folder()
                + ": error STAGING the staging folder cannot be created;"
                + " check free space and permissions, then resume the run")
        .extracting(failure -> ((ProblemException) failure).category())
        .isEqualTo(Category.RUN_FAILED);
  }

  @Test
  void looksAgainForWhatIsSeenLate() throws IOException {
    AtomicInteger looks = new AtomicInteger();

    Optional<Integer> seen =
        staging.seen(() -> Optional.of(looks.incrementAndGet()).filter(look -> look == 3));

    assertThat(seen).contains(3);
    try (Stream<Path> left = Files.list(staging.work())) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void removesWhatEndedProcessesLeftHalfWrittenAndNothingElse() throws IOException {
    Path half = staging.ofSeveral().fresh(staging.work().resolve("visits-0.spill"));
    Files.createFile(half);
    Files.createFile(staging.work().resolve("visits.ranges.17.new"));
    staging.keep("a.marker", "text");
    Files.createDirectory(staging.work().resolve("folder.new"));

    staging.removeHalves();

    try (Stream<Path> left = Files.list(staging.work())) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("a.marker", "folder.new");
    }
  }

  @Test
  void looksOnceWhereThereIsNoStaging() {
    AtomicInteger looks = new AtomicInteger();

    Optional<Integer> seen =
        Staging.of(output, "job-2")
            .seen(
                () -> {
                  looks.incrementAndGet();
                  return Optional.empty();
                });

    assertThat(seen).isEmpty();
    assertThat(looks).hasValue(1);
  }
}
