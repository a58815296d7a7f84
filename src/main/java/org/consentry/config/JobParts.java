package org.consentry.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.consentry.config.Binding.Key;
import org.consentry.config.Binding.MayBeEmpty;
import org.consentry.config.Job.Approval;
import org.consentry.config.Job.Keys;
import org.consentry.config.Job.LegalBasis;
import org.consentry.config.Job.Rejects;
import org.consentry.config.Job.SourceRule;
import org.consentry.config.Job.Zone;
import org.consentry.problem.Place;

/**
 * The words that every kind of disclosure beside research has.
 *
 * @param name name of the job, lower-case words joined by {@code -}
 * @param requestedBy who asked for the release
 * @param zone the clinic's time zone; absent means that of the state folder
 * @param mapping the mapping file, relative to the job file
 * @param rejects absent means none
 * @param approval absent means as many as the kind asks
 */
@Doc("What every kind of disclosure beside research has")
record JobParts(
    Place place,
    @Doc("name of the job: lower-case words joined by -") @Key("job") String name,
    @Doc("who asked for the release") String requestedBy,
    @Doc("the clinic's time zone; by default that of the state folder") Optional<Zone> zone,
    @Doc("where records are read") SourceRule source,
    @Doc("the mapping file, relative to the job file") WithPlace<Path> mapping,
    @Doc("bad rows tolerated; by default none") Optional<Rejects> rejects,
    @Doc("approval by others before publication; by default as many as the kind asks")
        Optional<Approval> approval,
    @Doc("warnings about the job that a person acknowledges") @MayBeEmpty
        List<OutputRule.Acknowledgement> acknowledge,
    @Doc("what is written where") JobOutput output,
    @Doc("where keys are kept") Keys keys) {

  private static String target(JobKind kind) {
    return kind.isContactList() ? "contact-list" : "identified";
  }

  /**
   * A job of the engine.
   *
   * @param study who asks and what for, in the words of a study
   * @param tables what is released; empty means all the mapping names
   */
  Job job(
      JobKind kind,
      Study study,
      Recipient recipient,
      LegalBasis basis,
      ConsentRule consent,
      Optional<CohortRule> cohort,
      List<WithPlace<String>> tables) {
    int least = kind.approvals();
    int asked = approval.map(Approval::required).orElse(0);
    int required = Math.max(least, asked);
    return new Job(
        name,
        kind,
        study,
        recipient,
        requestedBy,
        new WithPlace<>(basis, study.place()),
        new WithPlace<>(target(kind), study.place()),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        zone,
        source,
        consent,
        cohort,
        mapping,
        tables,
        rejects,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        required == 0 ? Optional.empty() : Optional.of(new Approval(required)),
        Optional.empty(),
        Study.YesNo.NO,
        acknowledge,
        output,
        keys);
  }
}
