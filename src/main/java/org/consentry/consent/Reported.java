package org.consentry.consent;

import java.util.ArrayList;
import java.util.List;
import org.consentry.problem.Problem;

/**
 * Problems worth telling, the first hundred one by one and the rest as a number.
 *
 * @param listed the first of them, in order
 * @param more how many others there were
 */
public record Reported(List<Problem> listed, long more) {

  /** Nothing to tell. */
  public static final Reported NOTHING = new Reported(List.of(), 0);

  private static final int LISTED = 100;

  public Reported {
    listed = List.copyOf(listed);
  }

  /** Collects; not thread-safe. */
  static final class Collector {

    private final List<Problem> listed = new ArrayList<>();
    private long more;

    void add(Problem problem) {
      if (listed.size() < LISTED) {
        listed.add(problem);
      } else {
        more++;
      }
    }

    Reported reported() {
      return new Reported(listed, more);
    }
  }
}
