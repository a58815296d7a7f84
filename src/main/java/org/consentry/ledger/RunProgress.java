package org.consentry.ledger;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.consentry.problem.CountWords;

/**
 * How far a run is at a moment, without anything of a patient.
 *
 * @param run id of the run; empty for a command that is none
 * @param step what it is at, in words
 * @param number of the step among those of the run, from 1; 0 when that is not known
 * @param steps how many steps the run has
 * @param seconds since the step began
 * @param table the table it is at; empty when it is at none
 * @param rowsRead rows read in this step
 * @param rowsReleased rows of them that are released
 * @param estimate how far the step is and how long it still takes
 */
public record RunProgress(
    String run,
    String step,
    int number,
    int steps,
    long seconds,
    String table,
    long rowsRead,
    long rowsReleased,
    Estimate estimate) {

  /**
   * What is known of the time.
   *
   * @param percent of the step, 0 to 100; empty when its size is not known
   * @param secondsLeft of the step; empty when the speed is not known yet
   * @param change why it is more than before
   */
  public record Estimate(OptionalInt percent, OptionalLong secondsLeft, Change change) {}

  /** Why an estimate is longer than the one before. */
  public enum Change {
    NONE,
    SLOWER
  }

  /** Rows a second; 0 when none were read. */
  public long rate() {
    return rowsRead / Math.max(1, seconds);
  }

  /** One line of at most so many characters; parts that do not fit are left out. */
  public String line(int width) {
    List<String> parts = parts();
    String first = parts.get(0);
    StringBuilder line = new StringBuilder(first.substring(0, Math.min(first.length(), width)));
    for (String part : parts.subList(1, parts.size())) {
      String next = ", " + part;
      if (line.length() + next.length() <= width) {
        line.append(next);
      }
    }
    return line.toString();
  }

  /** The step, its size, time left, table and speed, without a count of rows. */
  public String withoutCounts() {
    List<String> parts = time();
    if (rowsRead > 0) {
      parts.add(speed());
    }
    return String.join(", ", parts);
  }

  private List<String> parts() {
    List<String> parts = time();
    if (rowsRead > 0) {
      parts.add(CountWords.of(rowsRead, "row") + " read");
      parts.add(CountWords.of(rowsReleased) + " released");
      parts.add(speed());
    }
    if (estimate.percent().isEmpty()) {
      parts.add("for " + duration(seconds));
    }
    return parts;
  }

  private String speed() {
    return CountWords.of(rate(), "row/s", "rows/s");
  }

  private List<String> time() {
    List<String> parts = new ArrayList<>();
    parts.add(step + (number == 0 ? "" : " (" + number + " of " + steps + ")"));
    estimate.percent().ifPresent(percent -> parts.add(percent + " %"));
    estimate
        .secondsLeft()
        .ifPresent(
            left -> {
              parts.add("about " + duration(left) + " left in this step");
              if (estimate.change() == Change.SLOWER) {
                parts.add("more than before because the work has become slower");
              }
            });
    if (!table.isEmpty()) {
      parts.add("table " + table);
    }
    return parts;
  }

  /** A duration such as {@code 45 s}, {@code 12 min} or {@code 3 h 5 min}. */
  public static String duration(long seconds) {
    if (seconds < 120) {
      return seconds + " s";
    }
    long minutes = (seconds + 59) / 60;
    return minutes < 120
        ? minutes + " min"
        : String.format(Locale.ROOT, "%d h %d min", minutes / 60, minutes % 60);
  }

  /** Members of an event. */
  public Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("step", step);
    fields.put("seconds", seconds);
    fields.put("rowsRead", rowsRead);
    fields.put("rowsReleased", rowsReleased);
    fields.put("rowsPerSecond", rate());
    if (number > 0) {
      fields.put("number", number);
      fields.put("of", steps);
    }
    if (!table.isEmpty()) {
      fields.put("table", table);
    }
    estimate.percent().ifPresent(percent -> fields.put("percent", percent));
    estimate.secondsLeft().ifPresent(left -> fields.put("secondsLeft", left));
    if (estimate.change() == Change.SLOWER) {
      fields.put("moreBecause", "the work has become slower");
    }
    return fields;
  }
}
