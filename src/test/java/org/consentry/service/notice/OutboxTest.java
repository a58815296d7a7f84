package org.consentry.service.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;
import org.consentry.service.notice.Channel.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each notice is sent at most once on each channel. */
final class OutboxTest {

  private static final Instant START = Instant.parse("2026-11-29T07:00:00Z");

  private final List<Problem> problems = new ArrayList<>();
  @TempDir private Path folder;
  private Instant now = START;

  /** Notes what it was asked to send, and answers in turn; the last answer stays. */
  private static final class Noting implements Channel {

    private final String word;
    private final List<Outcome> answers;
    private final List<String> asked = new ArrayList<>();

    private Noting(String word, Outcome... answers) {
      this.word = word;
      this.answers = List.of(answers);
    }

    @Override
    public String word() {
      return word;
    }

    @Override
    public Outcome send(Notice notice) {
      asked.add(notice.about());
      return answers.get(Math.min(asked.size(), answers.size()) - 1);
    }
  }

  private static Notice notice(String about) {
    return new Notice(Notice.What.FAILED, about, START, Map.of(), "");
  }

  private Outbox outbox(Channel... channels) {
    return new Outbox(folder, List.of(channels), () -> now, problems::add);
  }

  private static void send(Outbox outbox, String... abouts) {
    List<Notice> notices = new ArrayList<>();
    for (String about : abouts) {
      notices.add(notice(about));
    }
    outbox.send(since -> notices);
  }

  private Path record() {
    return folder.resolve("notices.jsonl");
  }

  @Test
  void sendsEachNoticeOnceOnEachChannelAlsoAfterARestart() {
    Noting mail = new Noting("mail", Outcome.sent());
    Noting hook = new Noting("webhook", Outcome.sent());
    Outbox outbox = outbox(mail, hook);

    send(outbox, "a");
    send(outbox, "a", "b");
    send(outbox(mail, hook), "a", "b");

    assertThat(mail.asked).containsExactly("a", "b");
    assertThat(hook.asked).containsExactly("a", "b");
    assertThat(problems).isEmpty();
  }

  @Test
  void givesTheMomentOfTheFirstLookEveryTime() {
    List<Instant> asked = new ArrayList<>();
    Outbox outbox = outbox();
    outbox.send(
        since -> {
          asked.add(since);
          return List.of();
        });
    now = START.plusSeconds(60);
    outbox()
        .send(
            since -> {
              asked.add(since);
              return List.of();
            });

    assertThat(asked).containsExactly(START, START);
  }

  @Test
  void triesWhatWasRefusedFiveTimesWithLongerAndLongerPauses() {
    Noting mail = new Noting("mail", Outcome.refused("no"));
    Outbox outbox = outbox(mail);
    List<Duration> at = new ArrayList<>();

    for (int minute = 0; minute < 24 * 60; minute++) {
      now = START.plus(Duration.ofMinutes(minute));
      int before = mail.asked.size();
      send(minute % 2 == 0 ? outbox : outbox(mail), "a");
      if (mail.asked.size() > before) {
        at.add(Duration.ofMinutes(minute));
      }
    }

    assertThat(at)
        .containsExactly(
            Duration.ZERO,
            Duration.ofMinutes(1),
            Duration.ofMinutes(11),
            Duration.ofMinutes(71),
            Duration.ofMinutes(431));
    assertThat(problems).hasSize(5);
    assertThat(problems.get(0).toString())
        .isEqualTo(
            "notice failed/a by mail: warning NOTICE_NOT_SENT no; it is tried again; check"
                + " consentry.notices in application.properties");
    assertThat(problems.get(4).hint()).startsWith("it is not sent again");
  }

  @Test
  void aRefusalOnOneChannelRepeatsNothingOnTheOther() {
    Noting mail = new Noting("mail", Outcome.refused("no"), Outcome.sent());
    Noting hook = new Noting("webhook", Outcome.sent());
    Outbox outbox = outbox(mail, hook);

    send(outbox, "a");
    now = START.plusSeconds(60);
    send(outbox, "a");
    now = START.plus(Duration.ofDays(2));
    send(outbox, "a");

    assertThat(mail.asked).hasSize(2);
    assertThat(hook.asked).hasSize(1);
  }

  @Test
  void neverRepeatsWhatMayHaveBeenTaken() {
    Noting mail = new Noting("mail", Outcome.unknown("cut off"));
    send(outbox(mail), "a");
    now = START.plus(Duration.ofDays(2));
    send(outbox(mail), "a");

    assertThat(mail.asked).hasSize(1);
    assertThat(problems).extracting(Problem::message).containsExactly("cut off");
  }

  @Test
  void neverRepeatsAnAttemptThatACrashInterrupted() throws IOException {
    Noting mail = new Noting("mail", Outcome.sent());
    send(outbox(mail), "a");
    List<String> lines = Files.readAllLines(record());
    assertThat(lines).hasSize(3);
    Files.write(record(), lines.subList(0, 2));

    Noting later = new Noting("mail", Outcome.sent());
    send(outbox(later), "a");
    send(outbox(later), "a");

    assertThat(later.asked).isEmpty();
    assertThat(problems)
        .extracting(Problem::message)
        .containsExactly("the service ended before an answer");
  }

  @Test
  void everyCrashWhileARecordIsWrittenSendsAtMostOnce() throws IOException {
    Noting mail = new Noting("mail", Outcome.sent());
    send(outbox(mail), "a");
    byte[] whole = Files.readAllBytes(record());
    List<String> lines = Files.readAllLines(record());
    int first = lines.get(0).length() + 1;
    int begun = first + lines.get(1).length();

    for (int length = first; length <= whole.length; length++) {
      if (Math.abs(length - begun) > 2 && length % 16 != 0) {
        continue;
      }
      Files.write(record(), java.util.Arrays.copyOf(whole, length));
      Noting later = new Noting("mail", Outcome.sent());
      send(outbox(later), "a", "b");
      send(outbox(later), "a", "b");

      boolean wasBegun = length >= begun;
      assertThat(later.asked)
          .as("%s of %s bytes", length, whole.length)
          .isEqualTo(wasBegun ? List.of("b") : List.of("a", "b"));
    }
  }

  @Test
  void oneProcessSendsAtATime() {
    Noting mail = new Noting("mail", Outcome.sent());
    Noting other = new Noting("mail", Outcome.sent());

    outbox(mail)
        .send(
            since -> {
              send(outbox(other), "a");
              return List.of(notice("a"));
            });

    assertThat(mail.asked).containsExactly("a");
    assertThat(other.asked).isEmpty();
  }

  @Test
  void anAttemptThatDoesNotEndIsGivenUp() {
    CountDownLatch never = new CountDownLatch(1);
    Channel stuck =
        new Channel() {
          @Override
          public String word() {
            return "mail";
          }

          @Override
          public Outcome send(Notice notice) {
            try {
              never.await();
            } catch (InterruptedException givenUp) {
              Thread.currentThread().interrupt();
            }
            return Outcome.sent();
          }
        };
    Outbox outbox =
        new Outbox(folder, List.of(stuck), () -> now, problems::add, Duration.ofMillis(100));

    send(outbox, "a");

    assertThat(problems)
        .extracting(Problem::message)
        .containsExactly("the other side did not end within 0 s");
  }

  @Test
  void sendsNothingThatCannotBeRecorded() throws IOException {
    Noting mail = new Noting("mail", Outcome.sent());
    Files.createDirectory(record());

    assertThatThrownBy(() -> send(outbox(mail), "a"))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("so that none is sent");
    assertThat(mail.asked).isEmpty();
  }

  @Test
  void aDamagedLineHidesNoOther() throws IOException {
    Noting mail = new Noting("mail", Outcome.sent());
    send(outbox(mail), "a");
    Files.writeString(record(), "{\"at\":\"20", StandardOpenOption.APPEND);
    send(outbox(mail), "b");
    send(outbox(mail), "a", "b");

    assertThat(mail.asked).containsExactly("a", "b");
  }
}
