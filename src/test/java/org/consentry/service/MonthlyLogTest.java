package org.consentry.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.consentry.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No line of a log is lost. */
final class MonthlyLogTest {

  private static final Instant NOVEMBER = Instant.parse("2026-11-30T23:59:59.999Z");
  private static final Instant DECEMBER = Instant.parse("2026-12-01T00:00:00Z");
  private static final int ALL = 1_000_000;

  @TempDir private Path folder;

  private MonthlyLog log() {
    return new MonthlyLog(folder, "audit");
  }

  @Test
  void everyMonthHasAFileAndThoseOfBeforeStayAsTheyAre() throws IOException {
    log().add(NOVEMBER, "first");
    log().add(NOVEMBER, "second");
    byte[] before = Files.readAllBytes(folder.resolve("audit-2026-11.jsonl"));
    log().add(DECEMBER, "third");

    assertThat(folder.resolve("audit-2026-11.jsonl")).hasBinaryContent(before);
    assertThat(folder.resolve("audit-2026-12.jsonl")).hasContent("third\n");
    assertThat(log().newest(ALL)).containsExactly("third", "second", "first");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder.resolve("audit-2026-12.jsonl"))))
        .isEqualTo("rw-------");
  }

  @Test
  void aLineAfterOneThatACrashCutOffIsWhole() throws IOException {
    log().add(NOVEMBER, "first");
    Files.writeString(
        folder.resolve("audit-2026-11.jsonl"), "{\"at\":\"20", StandardOpenOption.APPEND);
    log().add(NOVEMBER, "second");

    assertThat(log().newest(ALL)).containsExactly("second", "{\"at\":\"20", "first");
  }

  @Test
  void readsNoMoreThanIsAskedFor() {
    for (int i = 0; i < 100; i++) {
      log().add(NOVEMBER, "line " + i);
    }

    assertThat(log().newest(30)).startsWith("line 99", "line 98").hasSizeLessThan(6);
  }

  @Test
  void severalThatAddAtOnceLoseNothing() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<String> expected = new ArrayList<>();
    List<Future<?>> work = new ArrayList<>();
    try {
      for (int i = 0; i < 400; i++) {
        String line = "{\"number\":" + i + "}";
        expected.add(line);
        work.add(threads.submit(() -> log().add(NOVEMBER, line)));
      }
      for (Future<?> one : work) {
        one.get();
      }
    } finally {
      threads.shutdownNow();
    }

    assertThat(log().newest(ALL)).filteredOn(line -> !line.isEmpty()).hasSameElementsAs(expected);
  }

  @Test
  void aLinkIsNotFollowed() throws IOException {
    Path elsewhere = Files.writeString(folder.resolve("elsewhere"), "");
    Files.createSymbolicLink(folder.resolve("audit-2026-11.jsonl"), elsewhere);

    assertThatThrownBy(() -> log().add(NOVEMBER, "first")).isInstanceOf(ProblemException.class);
    assertThat(elsewhere).isEmptyFile();
  }
}
