package org.consentry.config;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consentry.config.Binding.Among;
import org.consentry.config.Job.LegalBasis;
import org.consentry.problem.Place;

/**
 * The clinic's own list to contact people of a release for a researcher, who sends their codes and
 * a reason and never learns who they are or who was contacted.
 *
 * @param consent where consent lines are read
 * @param recontact what the researcher asks
 * @param recipient the clinic's office that contacts the people
 */
@Doc("The clinic's own list to contact people of a release for a researcher")
record Recontact(
    @Among JobParts parts,
    @Doc("where consent lines are read") ConsentRule consent,
    @Doc("what the researcher asks") Request recontact,
    @Doc("the clinic's office that contacts the people") Recipient recipient)
    implements JobForm {

  /** The purpose of consent to be contacted again; it is not of HL7. */
  static final String PURPOSE = "RECONTACT";

  /**
   * What a researcher asks.
   *
   * @param release job and name of the release, such as {@code eyelid-outcomes/2026-11-28-r1}
   * @param codes the file of codes of the release, relative to the job file
   * @param reason why people are to be contacted
   * @param letter what they receive, relative to the job file
   */
  @Doc("What a researcher asks")
  record Request(
      Place place,
      @Doc("the clinic's number of the request") String id,
      @Doc("job and name of the release, such as eyelid-outcomes/2026-11-28-r1")
          WithPlace<String> release,
      @Doc("the file of codes of the release, relative to the job file") WithPlace<Path> codes,
      @Doc("why people are to be contacted") String reason,
      @Doc("what they receive, relative to the job file") WithPlace<Path> letter) {

    Request {
      if (!release.value().matches("[a-z0-9]+(-[a-z0-9]+)*/[0-9]{4}-[0-9]{2}-[0-9]{2}-r[0-9]+")) {
        throw new IllegalArgumentException(
            "release must be job and name, such as eyelid-outcomes/2026-11-28-r1");
      }
    }
  }

  @Override
  public Job job() {
    return job(List.of());
  }

  @Override
  public Job listing(WithPlace<String> table, Optional<CohortRule> cohort) {
    return job(List.of(table));
  }

  private Job job(List<WithPlace<String>> tables) {
    Study study =
        Study.ofRequest(
            recontact.place(),
            recontact.id(),
            "Recontact: " + recontact.reason(),
            new WithPlace<>(PURPOSE, recontact.place()));
    return parts.job(
        JobKind.RECONTACT,
        study,
        recipient,
        LegalBasis.RECONTACT_AUTHORIZATION,
        consent,
        Optional.empty(),
        tables);
  }

  @Override
  public Optional<WithPlace<Path>> people() {
    return Optional.of(recontact.codes());
  }

  @Override
  public Map<String, String> statement() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("release", recontact.release().value());
    facts.put("reason", recontact.reason());
    return facts;
  }

  @Override
  public Optional<String> release() {
    return Optional.of(recontact.release().value());
  }

  @Override
  public Map<String, WithPlace<Path>> documents() {
    return Map.of("letter", recontact.letter());
  }
}
