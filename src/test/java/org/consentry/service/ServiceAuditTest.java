package org.consentry.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.consentry.service.ServiceAudit.Act;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is not signed in cannot fill the disk, and who is signed in has every line. */
final class ServiceAuditTest {

  private static final String PAGE = "GET /runs";
  private static final String REFUSED = "refused";

  @TempDir private Path folder;
  private Instant now = Instant.EPOCH;

  private List<String> lines() throws IOException {
    return Files.readAllLines(folder.resolve("audit-1970-01.jsonl"));
  }

  @Test
  void aMinuteHasABoundedNumberOfLinesOfPeopleWhoAreNotSignedInAndCountsTheOthers()
      throws IOException {
    ServiceAudit audit = new ServiceAudit(new MonthlyLog(folder, "audit"), () -> now);
    for (int i = 0; i < 300; i++) {
      audit.write(new Act("", "10.0.0.1", PAGE, "", REFUSED));
      audit.write(new Act("", "10.0.1." + i, PAGE, "", REFUSED));
    }
    assertThat(lines()).hasSizeBetween(50, 100);
    long omitted = 600L - lines().size();

    now = now.plusSeconds(61);
    audit.write(new Act("", "10.0.0.1", PAGE, "", REFUSED));

    assertThat(lines().get(lines().size() - 2)).contains("\"lines left out: " + omitted + "\"");
    assertThat(lines().get(lines().size() - 1)).contains("10.0.0.1");
  }

  @Test
  void ofPeopleWhoAreSignedInEachLineIsWritten() throws IOException {
    ServiceAudit audit = new ServiceAudit(new MonthlyLog(folder, "audit"), () -> now);
    for (int i = 0; i < 150; i++) {
      audit.write(new Act("ada", "10.0.0.1", PAGE, "", REFUSED));
    }

    assertThat(lines()).hasSize(150);
  }

  @Test
  void ofSignInsEachLineIsWritten() throws IOException {
    ServiceAudit audit = new ServiceAudit(new MonthlyLog(folder, "audit"), () -> now);
    for (int i = 0; i < 150; i++) {
      audit.write(new Act("", "10.0.0.1", "POST /sign-in", "", "asked"));
    }

    assertThat(lines()).hasSize(150);
  }
}
