package org.consentry.config;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.consentry.data.RecordCategory;

/**
 * A job file of some kind as it was bound. Every kind goes through the same plan, consent, steps,
 * manifest, ledger and accounting, so that each is written down in the words of one {@link Job}.
 */
public sealed interface JobForm permits Job, InsurerResponse, LegalProcess, Mailing, Recontact {

  /** The same in the words of the engine. */
  Job job();

  /** Codes of services of which people on a contact list had one; empty means everyone. */
  default Optional<WithPlace<List<String>>> services() {
    return Optional.empty();
  }

  /**
   * The job of a contact list.
   *
   * @param table the one table that is released
   * @param cohort who had one of the services; empty means everyone
   */
  default Job listing(WithPlace<String> table, Optional<CohortRule> cohort) {
    return job();
  }

  /** The file that lists who is asked for; empty when no people are listed. */
  default Optional<WithPlace<Path>> people() {
    return Optional.empty();
  }

  /** Job and name of the release whose codes the file lists; empty when it lists patients. */
  default Optional<String> release() {
    return Optional.empty();
  }

  /** The days of the records that are asked for; empty when the file of people names them. */
  default Optional<Window> window() {
    return Optional.empty();
  }

  /** The first and the last day of records. */
  record Window(LocalDate from, LocalDate to) {}

  /** What a request or document states of itself, by the words of the job; empty for research. */
  default Map<String, String> statement() {
    return Map.of();
  }

  /** Days that the job names as past, by their keys. */
  default Map<String, WithPlace<LocalDate>> pastDays() {
    return Map.of();
  }

  /** Whether what is released must be used for the request alone and then returned or destroyed. */
  default Return afterUse() {
    return Return.NOT_ASKED;
  }

  /** What becomes of records after their use. */
  enum Return {
    NOT_ASKED,
    /** A protective order asks to return or destroy them, 45 CFR 164.512(e)(1)(v)(B). */
    RETURN_OR_DESTROY
  }

  /**
   * The last day on which an account given to a patient leaves the disclosure out, 45 CFR
   * 164.528(a)(2); empty when it never does.
   */
  default Optional<LocalDate> suspendedUntil() {
    return Optional.empty();
  }

  /** Categories of records that the document cannot demand; empty when it can demand all. */
  default Set<RecordCategory> outOfDemand() {
    return Set.of();
  }

  /** Other files that the job rests on, by what they are; the manifest has their digests. */
  default Map<String, WithPlace<Path>> documents() {
    return Map.of();
  }

  /** The columns that may leave, by table; empty when the mapping alone decides. */
  default Map<String, WithPlace<List<String>>> scope() {
    return Map.of();
  }
}
