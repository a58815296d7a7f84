package org.consentry.service.notice;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.consentry.data.DurableFiles;
import org.consentry.problem.DiskFailure;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;
import org.consentry.service.notice.Channel.Outcome;
import org.consentry.service.notice.SentNotices.Line;
import org.consentry.service.notice.SentNotices.State;
import org.consentry.service.notice.SentNotices.Step;

/**
 * Sends each notice at most once on each channel. An attempt is recorded before it is made: after a
 * crash its outcome is unknown, and it is not made again. What was certainly not taken is tried
 * again, with longer and longer pauses, five times in all. One process sends at a time. Not
 * thread-safe.
 */
public final class Outbox {

  /** How long a whole attempt may take; after that its outcome is unknown. */
  static final Duration LONGEST = Duration.ofMinutes(1);

  /** The pause after each refusal; after the last one there is no further attempt. */
  static final List<Duration> PAUSES =
      List.of(
          Duration.ofMinutes(1), Duration.ofMinutes(10), Duration.ofHours(1), Duration.ofHours(6));

  private static final int MOST_AT_ONCE = 100;

  private final Path folder;
  private final List<Channel> channels;
  private final Supplier<Instant> clock;
  private final Consumer<Problem> problems;
  private final Duration longest;
  private final SentNotices sent;
  private final ExecutorService attempts =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "notices");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * An outbox with its record in a folder.
   *
   * @param problems receives what was not sent
   */
  public Outbox(
      Path folder, List<Channel> channels, Supplier<Instant> clock, Consumer<Problem> problems) {
    this(folder, channels, clock, problems, LONGEST);
  }

  Outbox(
      Path folder,
      List<Channel> channels,
      Supplier<Instant> clock,
      Consumer<Problem> problems,
      Duration longest) {
    this.folder = folder;
    this.channels = List.copyOf(channels);
    this.clock = clock;
    this.problems = problems;
    this.longest = longest;
    this.sent = new SentNotices(folder.resolve("notices.jsonl"));
  }

  /**
   * Sends what is due now. Does nothing while another process sends.
   *
   * @param find gives all notices, of what happened since a moment
   * @throws ProblemException category TEMPORARY or RUN_FAILED when the disk refuses; nothing is
   *     sent that is not recorded
   */
  public void send(Function<Instant, List<Notice>> find) {
    Path lock = folder.resolve("notices.lock");
    try (FileChannel channel = DurableFiles.open(lock);
        FileLock taken = channel.tryLock()) {
      if (taken != null) {
        sendAlone(find);
      }
    } catch (OverlappingFileLockException elsewhere) {
      return;
    } catch (IOException refused) {
      throw ProblemException.of(
          DiskFailure.category(refused),
          "NOTICE_RECORD",
          Place.of(folder),
          "the record of notices cannot be read or written, so that none is sent",
          "check free space and permissions of the state folder");
    }
  }

  private void sendAlone(Function<Instant, List<Notice>> find) throws IOException {
    sent.update();
    sent.rotate(clock.get());
    if (sent.since().isEmpty()) {
      sent.add(new Line(now(), Step.SINCE, "", "", ""));
    }
    int left = MOST_AT_ONCE;
    for (Notice notice : find.apply(sent.since().orElseThrow())) {
      for (Channel channel : channels) {
        if (left > 0 && isDue(notice, channel)) {
          attempt(notice, channel);
          left--;
        }
      }
    }
  }

  private boolean isDue(Notice notice, Channel channel) throws IOException {
    Optional<State> state = sent.find(notice.id(), channel.word());
    if (state.isEmpty()) {
      return true;
    }
    return switch (state.get().last()) {
      case SINCE, SENT, UNKNOWN -> false;
      case BEGUN -> {
        record(notice, channel, Outcome.unknown("the service ended before an answer"));
        yield false;
      }
      case REFUSED -> isTimeToTryAgain(state.get());
    };
  }

  private boolean isTimeToTryAgain(State state) {
    return state.refusals() <= PAUSES.size()
        && !clock.get().isBefore(state.at().plus(PAUSES.get(state.refusals() - 1)));
  }

  private void attempt(Notice notice, Channel channel) throws IOException {
    sent.add(new Line(now(), Step.BEGUN, notice.id(), channel.word(), ""));
    record(notice, channel, outcome(channel, notice));
  }

  private Outcome outcome(Channel channel, Notice notice) {
    Future<Outcome> attempt = attempts.submit(() -> channel.send(notice));
    try {
      return attempt.get(longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      attempt.cancel(true);
      return Outcome.unknown("the other side did not end within " + longest.toSeconds() + " s");
    } catch (ExecutionException failed) {
      return Outcome.unknown("an unexpected " + name(failed));
    } catch (InterruptedException givenUp) {
      Thread.currentThread().interrupt();
      attempt.cancel(true);
      return Outcome.unknown("the service ended before an answer");
    }
  }

  private static String name(ExecutionException failed) {
    Throwable cause = failed.getCause();
    return (cause == null ? failed : cause).getClass().getSimpleName();
  }

  private void record(Notice notice, Channel channel, Outcome outcome) throws IOException {
    Step step =
        switch (outcome.result()) {
          case SENT -> Step.SENT;
          case REFUSED -> Step.REFUSED;
          case UNKNOWN -> Step.UNKNOWN;
        };
    sent.add(new Line(now(), step, notice.id(), channel.word(), outcome.reason()));
    if (!outcome.reason().isEmpty()) {
      problems.accept(problem(notice, channel, outcome));
    }
  }

  private Problem problem(Notice notice, Channel channel, Outcome outcome) {
    boolean isTriedAgain =
        outcome.result() == Channel.Result.REFUSED
            && sent.find(notice.id(), channel.word())
                .filter(state -> state.refusals() <= PAUSES.size())
                .isPresent();
    return Problem.warning(
        "NOTICE_NOT_SENT",
        Place.of("notice " + notice.id() + " by " + channel.word()),
        outcome.reason(),
        isTriedAgain
            ? "it is tried again; check consentry.notices in application.properties"
            : "it is not sent again; consentry status and the pages show what it is about");
  }

  private String now() {
    return clock.get().truncatedTo(ChronoUnit.MILLIS).toString();
  }
}
