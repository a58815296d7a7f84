package org.consentry.config;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * What a job file says. Bound and checked in itself; whether it fits mapping and source is for the
 * plan.
 *
 * @param name name of the job, lower-case words joined by {@code -}
 * @param requestedBy who asked for the release
 * @param referenceDate what ages and buckets refer to; absent means the day the run starts
 * @param zone the clinic's time zone; absent means that of the state folder
 * @param mapping the mapping file, relative to the job file
 * @param tables what is released; empty means all the mapping names
 * @param rejects absent means none
 * @param quality absent means {@link Quality#DEFAULT}
 * @param approval absent means that nobody need approve
 */
@Doc("Consentry job: what is released to whom, and why it may be")
@ReservedWords({"risk", "scan", "schedule", "classify", "notify"})
public record Job(
    @Doc("name of the job: lower-case words joined by -") @Key("job") String name,
    @Doc("the study the data is for") Study study,
    @Doc("who receives the data") Recipient recipient,
    @Doc("who asked for the release") String requestedBy,
    @Doc("under which rule the data is handed over; none switches consent off")
        WithPlace<LegalBasis> legalBasis,
    @Doc("what the policy check proves of the released data") @WordOf("targets")
        WithPlace<String> target,
    @Doc("what a person answers for") Optional<Attestation> attestation,
    @Doc("the data use agreement") Optional<Agreement> agreement,
    @Doc("what ages and buckets refer to; by default the day the run starts")
        Optional<WithPlace<LocalDate>> referenceDate,
    @Doc("the clinic's time zone; by default that of the state folder") Optional<Zone> zone,
    @Doc("where records are read") SourceRule source,
    @Doc("where consent lines are read") ConsentRule consent,
    @Doc("whose records the study needs at all; by default everyone's") Optional<CohortRule> cohort,
    @Doc("the mapping file, relative to the job file") WithPlace<Path> mapping,
    @Doc("what is released; by default all the mapping names") @MayBeEmpty
        List<WithPlace<String>> tables,
    @Doc("bad rows tolerated; by default none") Optional<JobRejects> rejects,
    @Doc("what a run may find and still go on") Optional<Quality> quality,
    @Doc("approval by others before publication; by default none") Optional<Approval> approval,
    @Doc("what is written where") JobOutput output,
    @Doc("where keys are kept") JobKeys keys) {

  public Job {
    if (!name.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
      throw new IllegalArgumentException("job must be lower-case words joined by -");
    }
    tables = List.copyOf(tables);
  }
}
