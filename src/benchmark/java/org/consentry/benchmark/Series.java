package org.consentry.benchmark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** One program that ran several times with the same work. */
final class Series {

  /** The phase that reads consent lines and decides. */
  static final String DECIDING = "deciding consent";

  /** The phase after that. */
  static final String EXTRACTING = "extracting";

  private static final String SORTING = "sorting";

  /** The phases of a run, as the program prints them when they begin. */
  private static final List<String> PHASES =
      List.of(DECIDING, EXTRACTING, SORTING, "sealing", "deciding consent again", "publishing");

  private final List<Measured> runs = new ArrayList<>();

  void add(Measured measured) {
    runs.add(measured);
  }

  Spread wall() {
    return spread(Measured::seconds);
  }

  Spread cpu() {
    return spread(Measured::cpuSeconds);
  }

  /** The most anonymous memory of all runs, in MiB. */
  long mebibytes() {
    return runs.stream().mapToLong(Measured::anonymousBytes).max().orElse(-1) >> 20;
  }

  /** Wall seconds of each phase of the program; none when it printed no phases. */
  Map<String, Spread> phases() {
    Map<String, Spread> phases = new LinkedHashMap<>();
    if (hasPhases()) {
      phases.put("starting", spread(run -> begin(run, 0)));
      for (int i = 0; i < PHASES.size(); i++) {
        int phase = i;
        phases.put(PHASES.get(i), spread(run -> begin(run, phase + 1) - begin(run, phase)));
      }
    }
    return phases;
  }

  /** Wall seconds without the phase that sorts and writes part files. */
  Spread withoutSorting() {
    int phase = PHASES.indexOf(SORTING);
    return spread(run -> run.seconds() - begin(run, phase + 1) + begin(run, phase));
  }

  private boolean hasPhases() {
    return runs.stream().allMatch(run -> run.lines().keySet().containsAll(PHASES));
  }

  /** When a phase began; after the last one, when the process ended. */
  private static double begin(Measured run, int phase) {
    return phase == PHASES.size() ? run.seconds() : run.lines().get(PHASES.get(phase));
  }

  private Spread spread(ToDoubleFunction<Measured> measure) {
    return Spread.of(runs.stream().map(measure::applyAsDouble).toList());
  }
}
