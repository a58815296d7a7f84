package org.consentry.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.consentry.export.Progress;
import org.consentry.export.RunStep;
import org.consentry.ledger.ProgressFile;
import org.consentry.ledger.RunProgress;
import org.consentry.problem.Problem;

/**
 * Progress as a line that is written over on a terminal, as one line a minute elsewhere, and as
 * events for programs. Counts and rates only.
 */
final class ConsoleProgress implements Progress {

  private static final Duration BEAT = Duration.ofMillis(500);
  private static final int BEATS_A_FILE = 2;

  private final Console console;
  private final Supplier<Instant> clock;
  private final Screen screen;
  private final Optional<ProgressFile> file;
  private Optional<Thread> ticker = Optional.empty();
  private String run = "";
  private List<RunStep> steps = List.of();
  private Optional<Current> current = Optional.empty();

  /**
   * Where progress is shown.
   *
   * @param kind how
   * @param width characters of a line
   */
  record Screen(Kind kind, int width) {

    private static final int USUAL_WIDTH = 80;

    /** What the launcher found standard error to be. */
    static Screen of(Console console) {
      if (console.isForPrograms()) {
        return new Screen(Kind.EVENTS, USUAL_WIDTH);
      }
      return Boolean.getBoolean("consentry.terminal")
          ? new Screen(Kind.TERMINAL, Integer.getInteger("consentry.columns", USUAL_WIDTH) - 1)
          : new Screen(Kind.LINES, Integer.MAX_VALUE);
    }
  }

  /** How progress is shown. */
  enum Kind {
    /** One line, written over. */
    TERMINAL(Duration.ofMillis(500)),
    LINES(Duration.ofMinutes(1)),
    /** For programs. */
    EVENTS(Duration.ofSeconds(5));

    private final Duration pause;

    Kind(Duration pause) {
      this.pause = pause;
    }
  }

  /** A step that is going on. */
  private static final class Current {
    private final RunStep step;
    private final Instant began;
    private final Pace shownPace = new Pace();
    private final Pace filedPace = new Pace();
    private Instant shown;
    private long total;
    private long done;
    private String table = "";
    private long read;
    private long released;

    private Current(RunStep step, Instant began) {
      this.step = step;
      this.began = began;
      this.shown = began;
    }
  }

  /** Progress of a command that is no run. */
  ConsoleProgress(Console console, Supplier<Instant> clock) {
    this(console, clock, Screen.of(console), Optional.empty());
  }

  /**
   * Progress of runs.
   *
   * @param file where other processes find it
   */
  ConsoleProgress(
      Console console, Supplier<Instant> clock, Screen screen, Optional<ProgressFile> file) {
    this.console = console;
    this.clock = clock;
    this.screen = screen;
    this.file = file;
  }

  @Override
  public synchronized void begin(String id, List<RunStep> ahead) {
    run = id;
    steps = List.copyOf(ahead);
    Thread thread = new Thread(this::keepShowing, "progress");
    thread.setDaemon(true);
    thread.start();
    ticker = Optional.of(thread);
  }

  @Override
  public void end() {
    ticker.ifPresent(ConsoleProgress::stop);
    ticker = Optional.empty();
    endStep();
    file.ifPresent(ProgressFile::remove);
  }

  /** Nothing is written to the file once this returns. */
  private static void stop(Thread ticker) {
    ticker.interrupt();
    try {
      ticker.join();
    } catch (InterruptedException asked) {
      Thread.currentThread().interrupt();
    }
  }

  /** A step that reports nothing for a while is shown and filed too. */
  private void keepShowing() {
    try {
      for (int beat = 1; ; beat++) {
        Thread.sleep(BEAT.toMillis());
        tick();
        if (beat % BEATS_A_FILE == 0) {
          file.ifPresent(to -> filed().ifPresent(view -> to.write(view, clock.get())));
        }
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized Optional<RunProgress> filed() {
    return current.map(step -> view(step, step.filedPace));
  }

  @Override
  public synchronized void step(RunStep step) {
    endStep();
    Current begun = new Current(step, clock.get());
    current = Optional.of(begun);
    console.progress(step.words());
    Map<String, Object> fields = new LinkedHashMap<>(Map.of("step", step.words()));
    if (step.numberIn(steps) > 0) {
      fields.put("number", step.numberIn(steps));
      fields.put("of", steps.size());
    }
    if (!run.isEmpty()) {
      fields.put("run", run);
    }
    console.event("step", Console.now(fields));
  }

  /** Reports what came of the step, to programs alone: people get the result of the run. */
  private synchronized void endStep() {
    current
        .filter(step -> step.total > 0 || step.read > 0)
        .ifPresent(
            step -> console.event("progress", Console.now(view(step, step.shownPace).fields())));
    current = Optional.empty();
  }

  @Override
  public synchronized void total(long units) {
    current.ifPresent(step -> step.total += units);
  }

  @Override
  public synchronized void done(long units) {
    current.ifPresent(step -> step.done += units);
    tick();
  }

  @Override
  public synchronized void rows(String table, long read, long released) {
    current.ifPresent(
        step -> {
          step.table = table;
          step.read += read;
          step.released += released;
        });
    tick();
  }

  @Override
  public void problem(Problem problem) {
    console.problem(problem);
  }

  @Override
  public void note(String words) {
    console.remark(words);
  }

  private RunProgress view(Current step, Pace pace) {
    long millis = Math.max(0, Duration.between(step.began, clock.get()).toMillis());
    return new RunProgress(
        run,
        step.step.words(),
        step.step.numberIn(steps),
        steps.size(),
        millis / 1000,
        step.table,
        step.read,
        step.released,
        pace.at(step.done, step.total, millis));
  }

  /** Shows a line when the last one was long enough ago. */
  synchronized void tick() {
    current.ifPresent(this::tick);
  }

  private void tick(Current step) {
    Instant now = clock.get();
    if (Duration.between(step.shown, now).compareTo(screen.kind().pause) < 0) {
      return;
    }
    step.shown = now;
    RunProgress view = view(step, step.shownPace);
    console.event("progress", Console.now(view.fields()));
    switch (screen.kind()) {
      case TERMINAL -> console.overwrite(view.line(screen.width()));
      case EVENTS -> {}
      case LINES -> console.progress(view.line(screen.width()));
    }
  }
}
