package org.consentry.service.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.consentry.followup.Moments;
import org.consentry.followup.RunView;
import org.consentry.ledger.RunProgress;
import org.consentry.ledger.RunRecord;
import org.consentry.problem.CountWords;
import org.consentry.problem.Problem;

/**
 * A run as a line or a panel shows it, with what a person may do next.
 *
 * @param run its id
 * @param job name of its job
 * @param mark its state
 * @param started when it was started, in words
 * @param updated when its record was last written, in words
 * @param message why it ended, without a count; empty when there is nothing to state
 * @param live how far it is; empty when it is not at work
 * @param waits what it waits for, a sentence each
 * @param commands what to type
 * @param posts the same as buttons
 */
public record RunCard(
    String run,
    String job,
    Mark mark,
    String started,
    String updated,
    String message,
    Optional<Live> live,
    List<String> waits,
    List<String> commands,
    List<Post> posts) {

  private static final Pattern PROBLEM =
      Pattern.compile(".*?: (?:error|warning) ([A-Z][A-Z0-9_]*) .*", Pattern.DOTALL);
  private static final Pattern NUMBER = Pattern.compile("\\d");

  /**
   * How far a run is.
   *
   * @param percent of the step; -1 when its size is not known
   * @param words what is known of the time, without a count of rows
   * @param left how long the step still takes; empty when that is not known
   */
  public record Live(int percent, String words, String left) {}

  public RunCard {
    waits = List.copyOf(waits);
    commands = List.copyOf(commands);
    posts = List.copyOf(posts);
  }

  /**
   * The card of a run.
   *
   * @param atWork the run that this service works on, and so can stop; empty when it works on none
   */
  public static RunCard of(RunView view, Moments moments, Optional<String> atWork) {
    RunRecord record = view.record();
    return new RunCard(
        record.run(),
        record.job(),
        Mark.ofRun(view.state()),
        moments.words(record.started()),
        moments.words(record.updated()),
        record.state() == RunRecord.State.STAGED ? "" : message(record),
        view.live().map(filed -> live(filed.progress())),
        waits(view),
        view.next(),
        posts(view, atWork));
  }

  /**
   * Why a run ended, without what a problem counted: pages show people in ranges alone, as the
   * manifest does. Of a problem only its code and a hint without numbers are shown.
   */
  private static String message(RunRecord record) {
    Matcher problem = PROBLEM.matcher(record.message());
    if (!problem.matches()) {
      return record.message();
    }
    int hint = record.message().lastIndexOf("; ");
    String advice = hint < 0 ? "" : record.message().substring(hint);
    return problem.group(1)
        + (NUMBER.matcher(advice).find() ? "" : advice)
        + "; consentry status "
        + record.run()
        + " shows the whole message";
  }

  private static Live live(RunProgress progress) {
    return new Live(
        progress.estimate().percent().orElse(-1),
        progress.withoutCounts(),
        progress.estimate().secondsLeft().stream()
            .mapToObj(RunProgress::duration)
            .findFirst()
            .orElse(""));
  }

  private static List<String> waits(RunView view) {
    List<String> waits = new ArrayList<>();
    view.staged()
        .ifPresent(
            staged -> {
              waits.add(staged.approvals().words());
              if (!staged.approvals().isEnough()) {
                waits.add(
                    staged.mayApprove().isEmpty()
                        ? "None of the pinned approvers may still sign"
                        : "May sign: " + String.join(", ", staged.mayApprove()));
              }
            });
    if (view.staged().isPresent() && view.isOld()) {
      waits.add(
          "Its data was read "
              + CountWords.of(view.days(), "day")
              + " ago: publish it, or abandon it and run again");
    }
    view.problems().stream().map(Problem::toString).forEach(waits::add);
    return waits;
  }

  private static List<Post> posts(RunView view, Optional<String> atWork) {
    List<Post> posts = new ArrayList<>();
    for (RunView.Act act : view.acts()) {
      switch (act) {
        case PUBLISH -> posts.add(post(view, "publish", "Publish", Post.Weight.FIRST));
        case RESUME -> posts.add(post(view, "resume", "Resume", Post.Weight.FIRST));
        case STOP ->
            atWork
                .filter(view.record().run()::equals)
                .ifPresent(run -> posts.add(post(view, "stop", "Stop", Post.Weight.PLAIN)));
        case ABANDON -> posts.add(post(view, "abandon", "Abandon", Post.Weight.GRAVE));
      }
    }
    return posts;
  }

  private static Post post(RunView view, String act, String label, Post.Weight weight) {
    return Post.of("/runs/" + Links.word(view.record().run()) + "/" + act, label, weight);
  }

  /** Whether a signature is what it waits for. */
  boolean waitsForApproval() {
    return mark.tone() == Tone.WAIT
        && posts.stream().allMatch(post -> post.weight() == Post.Weight.GRAVE);
  }
}
