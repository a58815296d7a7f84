package org.consentry.export;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.consentry.ledger.RunRecord;
import org.consentry.problem.Problem;

/**
 * Progress that is passed on, and how long each step of the run at work has taken. Safe for any
 * number of threads.
 */
final class StepTimes implements Progress {

  private final Progress to;
  private final Supplier<Instant> clock;
  private final Map<RunStep, Duration> times = new LinkedHashMap<>();
  private Optional<RunStep> current = Optional.empty();
  private Instant since = Instant.EPOCH;

  StepTimes(Progress to, Supplier<Instant> clock) {
    this.to = to;
    this.clock = clock;
  }

  @Override
  public void begin(String run, List<RunStep> steps) {
    forget();
    to.begin(run, steps);
  }

  private synchronized void forget() {
    times.clear();
    current = Optional.empty();
  }

  @Override
  public void end() {
    to.end();
  }

  @Override
  public void step(RunStep step) {
    next(Optional.of(step));
    to.step(step);
  }

  private synchronized void next(Optional<RunStep> step) {
    Instant now = clock.get();
    Duration passed = Duration.between(since, now);
    current.ifPresent(
        before ->
            times.merge(before, passed.isNegative() ? Duration.ZERO : passed, Duration::plus));
    current = step;
    since = now;
  }

  /** A record with the seconds of every step so far, among its counts. */
  synchronized RunRecord in(RunRecord record, String now) {
    next(current);
    Map<String, Long> counts = new LinkedHashMap<>(record.counts());
    times.forEach(
        (step, time) ->
            counts.put(RunRecord.SECONDS + step.words(), Math.round(time.toMillis() / 1e3)));
    return record.with(now, counts);
  }

  @Override
  public void total(long units) {
    to.total(units);
  }

  @Override
  public void done(long units) {
    to.done(units);
  }

  @Override
  public void rows(String table, long read, long released) {
    to.rows(table, read, released);
  }

  @Override
  public void problem(Problem problem) {
    to.problem(problem);
  }

  @Override
  public void note(String words) {
    to.note(words);
  }
}
