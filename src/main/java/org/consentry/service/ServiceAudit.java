package org.consentry.service;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.consentry.problem.ProblemException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Who did what in the service and who was refused, one JSON object a line: that an act was asked
 * for before it is done, and its result after it. No line is ever removed. Safe for any number of
 * threads and processes.
 *
 * <p><b>Security promise:</b> a line has names of persons of the clinic, addresses, pages and runs;
 * nothing that a person typed beside these, and nothing of a patient. Of requests by people who are
 * not signed in, which have no bound, a minute has a bounded number of lines, and one that counts
 * the others.
 */
final class ServiceAudit {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final int MOST_OF_A_MINUTE = 100;
  private static final int MOST_ALIKE = 20;
  private static final String SIGN_IN = " /sign-in";
  private static final String OMITTED = "lines left out: ";

  private final MonthlyLog log;
  private final Supplier<Instant> clock;
  private final Map<Act, Integer> ofThisMinute = new HashMap<>();
  private Instant minute = Instant.EPOCH;
  private int written;
  private long omitted;

  ServiceAudit(MonthlyLog log, Supplier<Instant> clock) {
    this.log = log;
    this.clock = clock;
  }

  /**
   * An act.
   *
   * @param who name of the person; empty before sign-in
   * @param from address that the request came from
   * @param act what was asked for
   * @param about a run or a job; of a sign-in by a provider the account there, as a hash; or empty
   * @param result how it was answered
   */
  record Act(String who, String from, String act, String about, String result) {}

  /**
   * Writes a line; in place of those of people who are not signed in that are too many, the line
   * that counts them is written in a later minute.
   *
   * @throws ProblemException category TEMPORARY or RUN_FAILED when the disk refuses
   */
  synchronized void write(Act act) {
    Instant now = clock.get();
    if (Duration.between(minute, now).abs().compareTo(MINUTE) >= 0) {
      minute = now;
      written = 0;
      ofThisMinute.clear();
      if (omitted > 0) {
        line(
            now,
            new Act("", "", "requests of people who are not signed in", "", OMITTED + omitted));
        omitted = 0;
      }
    }
    if (act.who().isEmpty() && isTooMany(act)) {
      omitted++;
    } else {
      line(now, act);
    }
  }

  /** Sign-ins take their time, so each has its lines. */
  private boolean isTooMany(Act act) {
    if (act.act().contains(SIGN_IN)) {
      return false;
    }
    return written++ >= MOST_OF_A_MINUTE || ofThisMinute.merge(act, 1, Integer::sum) > MOST_ALIKE;
  }

  private void line(Instant now, Act act) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("at", now.toString());
    line.put("who", act.who());
    line.put("from", act.from());
    line.put("act", act.act());
    line.put("about", act.about());
    line.put("result", act.result());
    log.add(now, JSON.writeValueAsString(line));
  }
}
