package org.consentry.service;

import java.time.Instant;
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
 * nothing that a person typed beside these, and nothing of a patient.
 */
final class ServiceAudit {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final MonthlyLog log;
  private final Supplier<Instant> clock;

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
   * Writes a line.
   *
   * @throws ProblemException category TEMPORARY or RUN_FAILED when the disk refuses
   */
  synchronized void write(Act act) {
    Instant now = clock.get();
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
