package org.consentry.config;

import java.util.List;
import java.util.Optional;
import org.consentry.config.Binding.Among;
import org.consentry.config.Binding.MayBeEmpty;
import org.consentry.config.Job.LegalBasis;
import org.consentry.problem.Place;

/**
 * The clinic's own list for a mailing about its services: name and the address of the channel that
 * the patient chose, of patients with a permit for it. Services select; they do not leave.
 *
 * @param consent where consent lines are read
 * @param mailing what is mailed to whom
 * @param recipient the clinic's office that mails
 */
@Doc("The clinic's own list for a mailing about its services")
record Mailing(
    @Among JobParts parts,
    @Doc("where consent lines are read") ConsentRule consent,
    @Doc("what is mailed to whom") Content mailing,
    @Doc("the clinic's office that mails") Recipient recipient)
    implements JobForm {

  /** The HL7 v3 PurposeOfUse of mailings. */
  static final String PURPOSE = "HMARKT";

  /**
   * What is mailed.
   *
   * @param id the clinic's number of the mailing
   * @param services who had one of them is asked; empty means everyone
   */
  @Doc("What is mailed to whom")
  record Content(
      Place place,
      @Doc("the clinic's number of the mailing") String id,
      @Doc("title in plain words") String title,
      @Doc("codes of services: who had one of them; by default everyone") @MayBeEmpty
          List<WithPlace<String>> services,
      @Doc("how people are contacted: as they prefer") Channel channel) {}

  /** How people are contacted. */
  enum Channel {
    @Doc("by the channel that the patient chose")
    PREFERRED
  }

  @Override
  public Job job() {
    return job(Optional.empty(), List.of());
  }

  @Override
  public Optional<WithPlace<List<String>>> services() {
    return mailing.services().isEmpty()
        ? Optional.empty()
        : Optional.of(
            new WithPlace<>(
                mailing.services().stream().map(WithPlace::value).toList(),
                mailing.services().get(0).place()));
  }

  @Override
  public Job listing(WithPlace<String> table, Optional<CohortRule> cohort) {
    return job(cohort, List.of(table));
  }

  private Job job(Optional<CohortRule> cohort, List<WithPlace<String>> tables) {
    Study study =
        Study.ofRequest(
            mailing.place(),
            mailing.id(),
            mailing.title(),
            new WithPlace<>(PURPOSE, mailing.place()));
    return parts.job(
        JobKind.MAILING,
        study,
        recipient,
        LegalBasis.MARKETING_AUTHORIZATION,
        consent,
        cohort,
        tables);
  }
}
