package org.consentry.export;

import java.util.ArrayList;
import java.util.List;
import org.consentry.plan.ExportPlan;

/** What a run is at, as progress reports it. */
public enum RunStep {
  DECIDE("deciding consent"),
  EXTRACT("extracting"),
  /** The same tables once more, without people in small groups. */
  EXTRACT_AGAIN("extracting again, without people in small groups"),
  MEASURE_RISK("measuring risk"),
  SORT("sorting"),
  SCAN("scanning"),
  SEAL("sealing"),
  VERIFY("verifying"),
  STAGE("staging for approval"),
  COUNT_APPROVALS("counting approvals"),
  ADD_APPROVALS("adding approvals"),
  DECIDE_AGAIN("deciding consent again"),
  PUBLISH("publishing"),
  /** A command that only searches or measures reads the source. */
  READ_SOURCE("reading the source"),
  SEARCH_LEVELS("searching levels");

  private final String words;

  RunStep(String words) {
    this.words = words;
  }

  /** The step for people. */
  public String words() {
    return words;
  }

  /** The steps of a run of a plan, in their order. */
  static List<RunStep> of(ExportPlan plan) {
    List<RunStep> steps = new ArrayList<>(List.of(DECIDE, EXTRACT));
    plan.risk().ifPresent(risk -> steps.add(MEASURE_RISK));
    steps.add(SORT);
    plan.scan().ifPresent(scan -> steps.add(SCAN));
    steps.addAll(List.of(SEAL, VERIFY));
    steps.addAll(
        plan.approvals(ExportPlan.Findings.OPEN) > 0
            ? List.of(STAGE)
            : List.of(DECIDE_AGAIN, PUBLISH));
    return steps;
  }

  /** The steps of the publication of a release that was staged. */
  static List<RunStep> ofPublication() {
    return List.of(COUNT_APPROVALS, ADD_APPROVALS, VERIFY, DECIDE_AGAIN, PUBLISH);
  }

  /** The step of the list that this one belongs to, from 1; 0 when it is none of them. */
  public int numberIn(List<RunStep> steps) {
    return 1 + steps.indexOf(this == EXTRACT_AGAIN ? EXTRACT : this);
  }
}
