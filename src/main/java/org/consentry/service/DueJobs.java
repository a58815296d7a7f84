package org.consentry.service;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.consentry.followup.Moments;
import org.consentry.service.History.Event;
import org.consentry.service.Schedules.Line;
import org.consentry.service.page.DueJob;
import org.consentry.service.page.Mark;
import org.consentry.service.page.Post;
import org.consentry.service.page.Tone;
import org.springframework.web.util.UriUtils;

/** The jobs and when they are due, as pages show them. */
final class DueJobs {

  private final Schedules schedules;

  DueJobs(Schedules schedules) {
    this.schedules = schedules;
  }

  /**
   * Those with a schedule, the next one first; a file that is invalid may have had one. Behind them
   * are the jobs that are no more and missed a time.
   */
  List<DueJob> scheduled() {
    return list(line -> line.isScheduled() || !line.problems().isEmpty());
  }

  /** The same and those without a schedule, which can be run now too. */
  List<DueJob> all() {
    return list(line -> true);
  }

  private List<DueJob> list(Predicate<Line> which) {
    Moments moments = schedules.moments();
    Instant now = Instant.now();
    Stream<Line> there =
        schedules.list(now).stream()
            .filter(which)
            .sorted(Comparator.comparing((Line line) -> line.next().orElse(Instant.MAX)));
    return Stream.concat(there, schedules.gone(now).stream())
        .map(line -> of(line, moments))
        .toList();
  }

  private static DueJob of(Line line, Moments moments) {
    return new DueJob(
        line.job(),
        line.file().isPresent() ? line.times() : "removed or renamed",
        line.next().map(moments::words).orElse(""),
        mark(line),
        note(line, moments),
        line.file().isPresent() ? DueJob.File.THERE : DueJob.File.GONE,
        posts(line));
  }

  private static Mark mark(Line line) {
    if (!line.problems().isEmpty()) {
      return new Mark(Tone.BAD, "invalid");
    }
    if (!line.pausedBy().isEmpty()) {
      return new Mark(Tone.WAIT, "paused");
    }
    if (line.file().isPresent() && !line.isScheduled()) {
      return new Mark(Tone.QUIET, "no schedule");
    }
    return isMissed(line) ? new Mark(Tone.WAIT, "missed") : new Mark(Tone.DONE, "due");
  }

  /** Whether the last time was missed, and nothing was begun since. */
  private static boolean isMissed(Line line) {
    return line.missed()
        .filter(
            missed ->
                line.last().map(Event::at).filter(at -> at.compareTo(missed.at()) > 0).isEmpty())
        .isPresent();
  }

  private static String note(Line line, Moments moments) {
    if (!line.problems().isEmpty()) {
      return line.isScheduled()
          ? "The file is invalid: it has the schedule of its last valid content."
          : "The file is invalid: it is not run.";
    }
    if (!line.pausedBy().isEmpty()) {
      return "Paused by " + line.pausedBy() + ".";
    }
    if (isMissed(line)) {
      return line.missed()
          .map(event -> "Missed " + moments.words(event.due()) + ": " + event.reason() + ".")
          .orElse("");
    }
    return "";
  }

  private static List<Post> posts(Line line) {
    if (line.file().isEmpty()) {
      return List.of();
    }
    List<Post> posts = new ArrayList<>();
    if (line.isScheduled()) {
      posts.add(
          line.pausedBy().isEmpty()
              ? post(line, "pause", "Pause")
              : post(line, "resume", "Resume"));
    }
    posts.add(post(line, "run", "Run now"));
    return posts;
  }

  private static Post post(Line line, String act, String label) {
    return new Post(
        "/jobs/" + UriUtils.encodePathSegment(line.job(), StandardCharsets.UTF_8) + "/" + act,
        label,
        Map.of(),
        Post.Weight.PLAIN);
  }
}
