package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpServer;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.consentry.service.Site;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a service sends of runs that people make beside it. */
final class NoticesTest {

  private static final String JOB = "eyelid-outcomes";
  private static final long PATIENCE = 120_000_000_000L; // nanoseconds
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final List<JsonNode> posted = new CopyOnWriteArrayList<>();
  @TempDir private Path folder;
  private Installation place;
  private CanaryClinic clinic;
  private GreenMail mail;
  private HttpServer hook;

  @BeforeEach
  void listen() throws IOException {
    place = SmallSample.in(folder.toRealPath());
    clinic = CanaryClinic.over(place);
    mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    mail.start();
    hook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    hook.createContext(
        "/",
        exchange -> {
          posted.add(JSON.readTree(exchange.getRequestBody().readAllBytes()));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    hook.start();
  }

  @AfterEach
  void stop() {
    hook.stop(0);
    mail.stop();
  }

  private Site serve() {
    return Site.start(
        place.root(),
        "consentry.notices.mail.host=127.0.0.1",
        "consentry.notices.mail.port=" + mail.getSmtp().getPort(),
        "consentry.notices.mail.encryption=none",
        "consentry.notices.mail.from=consentry@clinic.example",
        "consentry.notices.mail.to=steward@clinic.example",
        "consentry.notices.webhook.url=http://127.0.0.1:" + hook.getAddress().getPort() + "/");
  }

  private List<String> words() {
    return posted.stream().map(one -> one.path("notice").asString("")).sorted().toList();
  }

  private static void waitFor(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(end);
      assertThat(new CountDownLatch(1).await(50, TimeUnit.MILLISECONDS)).isFalse();
    }
  }

  private boolean hasBegun() {
    return Files.exists(place.home().resolve("service/notices.jsonl"));
  }

  private void run(int exitCode) {
    assertThat(place.run(JOB).exitCode()).isEqualTo(exitCode);
  }

  private void endAgreementSoon() {
    place.replace(
        place.job(JOB),
        "2039-12-31",
        LocalDate.now(ZoneId.of("America/Phoenix")).plusDays(20).toString());
  }

  private void everyKindOfEvent() {
    endAgreementSoon();
    run(0);
    place.append(
        place.clinic("consents"),
        clinic.withdrawal(CanaryClinic.Person.RELEASED, "2026-01-02T10:00:00"));
    assertThat(place.call("recall").exitCode()).isZero();
    String visits = Installation.read(place.clinic("visits"));
    place.append(place.clinic("visits"), "a row of one cell");
    run(10);
    Installation.write(place.clinic("visits"), visits);
    Installation.write(place.job("broken"), "job: broken\nstudy: {id: X, password: hunter2}\n");
  }

  @Test
  void sendsEveryKindOfEventOnceAndNothingOfAPatient() throws Exception {
    run(0);
    try (Site site = serve()) {
      assertThat(site.address()).isNotEmpty();
      waitFor(this::hasBegun);
      everyKindOfEvent();
      waitFor(() -> words().containsAll(List.of("failed", "invalid", "recall-due", "released")));
    }
    try (Site again = serve()) {
      assertThat(again.address()).isNotEmpty();
      place.replace(place.job(JOB), "output: {", "approval: {required: 1}\noutput: {");
      PageGallery.pin(place);
      run(4);
      waitFor(() -> words().containsAll(List.of("staged", "ends")));
    }

    assertThat(posted).extracting(one -> one.path("id").asString("")).doesNotHaveDuplicates();
    assertThat(words())
        .containsExactly(
            "ends", "failed", "invalid", "recall-due", "recall-due", "released", "staged");
    assertThat(one("failed").path("exitCode").asString("")).isEqualTo("10");
    assertThat(one("staged").path("next").asString(""))
        .isEqualTo("consentry approve " + place.newestRun().run() + " --signature FILE");
    List<String> mails = new ArrayList<>();
    for (MimeMessage one : mail.getReceivedMessages()) {
      mails.add(one.getSubject() + "\n" + one.getContent());
    }
    assertThat(mails).hasSameSizeAs(posted);
    String all = posted + String.join("\n", mails) + record();
    assertThat(Leaks.in(all)).isEmpty();
    assertThat(all).doesNotContain(place.root().toString()).doesNotContain("hunter2");
  }

  private JsonNode one(String word) {
    return posted.stream()
        .filter(notice -> notice.path("notice").asString("").equals(word))
        .findFirst()
        .orElseThrow();
  }

  private String record() throws IOException {
    return Files.readString(place.home().resolve("service/notices.jsonl"), StandardCharsets.UTF_8);
  }
}
