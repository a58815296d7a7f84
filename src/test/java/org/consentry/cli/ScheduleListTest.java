package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.consentry.cli.Installation.Answer;
import org.consentry.ledger.StateFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code schedule list} shows without a service. */
final class ScheduleListTest {

  @TempDir private Path folder;

  private Answer list(String... more) throws Exception {
    Instant missed = Instant.now().minus(Duration.ofDays(1));
    new StateFolder(folder.resolve("state")).prepare();
    Path service = Files.createDirectories(folder.resolve("state/service"));
    YearMonth month = YearMonth.from(missed.atZone(ZoneOffset.UTC));
    Installation.write(
        service.resolve("history-" + month + ".jsonl"),
        """
        {"at":"%1$s","job":"removed","due":"%1$s","what":"MISSED","run":"",\
        "exitCode":-1,"reason":"there is no job of this name any more"}
        """
            .formatted(missed));
    List<String> words =
        new ArrayList<>(
            List.of("schedule", "list", "--home", folder.resolve("state").toString(), "--jobs"));
    words.add(Files.createDirectories(folder.resolve("jobs")).toString());
    words.addAll(List.of(more));
    return Installation.execute(words);
  }

  @Test
  void aTimeThatWasMissedIsShownWhenTheJobIsNoMore() throws Exception {
    assertThat(list().out())
        .contains(
            "removed\n  schedule  none: the job was removed or renamed\n  missed    ",
            ": there is no job of this name any more");
    assertThat(list("--json").results())
        .anySatisfy(
            line -> {
              assertThat(line.path("job").asString()).isEqualTo("removed");
              assertThat(line.path("schedule").asString()).isEmpty();
              assertThat(line.path("missed").asString()).isNotEmpty();
            });
  }
}
