package org.consentry.config;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.consentry.config.Binding.Among;
import org.consentry.config.Binding.Default;
import org.consentry.config.Binding.Key;
import org.consentry.config.Binding.MayBeEmpty;
import org.consentry.config.Binding.NotWritten;
import org.consentry.config.Binding.RemainingKeys;
import org.consentry.config.Binding.ReservedWords;
import org.consentry.config.Binding.WordOf;
import org.consentry.config.Job.KeyText;
import org.consentry.problem.Place;

/**
 * The content of a job file. Bound and checked in itself; whether it fits mapping and source is for
 * the plan.
 *
 * @param name name of the job, lower-case words joined by {@code -}
 * @param kind what the disclosure is for; other kinds than research have forms of their own
 * @param requestedBy who asked for the release
 * @param referenceDate what ages and buckets refer to; absent means the day the run starts
 * @param zone the clinic's time zone; absent means that of the state folder
 * @param mapping the mapping file, relative to the job file
 * @param tables what is released; empty means all the mapping names
 * @param rejects absent means none
 * @param quality absent means {@link Quality#NONE}
 * @param risk absent means that risk is not measured
 * @param scan absent means that the finished files are not searched
 * @param approval absent means that no approval is needed
 * @param schedule absent means that it runs when a person starts it
 * @param skipUnchanged whether a run makes no release that would repeat the last one
 * @param acknowledge warnings about the job that a person acknowledges
 */
@Doc("Consentry job: what is released to whom, and why it may be")
@ReservedWords({"classify", "notify"})
public record Job(
    @Doc("name of the job: lower-case words joined by -") @Key("job") String name,
    @Doc("what the disclosure is for") @Default("research") JobKind kind,
    @Doc("the study the data is for") Study study,
    @Doc("who receives the data") Recipient recipient,
    @Doc("who asked for the release") String requestedBy,
    @Doc("under which rule the data is handed over; none switches consent off")
        WithPlace<LegalBasis> legalBasis,
    @Doc("what the policy check proves of the released data")
        @WordOf(value = "targets", noun = "target")
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
    @Doc("bad rows tolerated; by default none") Optional<Rejects> rejects,
    @Doc("what a run may find in the data and still release") Optional<Quality> quality,
    @Doc("what an adversary may know, and how many must share it; by default it is not measured")
        Optional<RiskRule> risk,
    @Doc("what the finished files are searched for; by default they are not searched")
        Optional<ScanRule> scan,
    @Doc("approval by others before publication; by default none") Optional<Approval> approval,
    @Doc("when consentry serve runs the job; by default only when a person asks for it")
        Optional<ScheduleRule> schedule,
    @Doc("whether a run makes no release that would repeat the last one") @Default("no")
        Study.YesNo skipUnchanged,
    @Doc("warnings about the job that a person acknowledges") @MayBeEmpty
        List<OutputRule.Acknowledgement> acknowledge,
    @Doc("what is written where") JobOutput output,
    @Doc("where keys are kept") Keys keys)
    implements JobForm {

  public Job {
    if (!name.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
      throw new IllegalArgumentException("job must be lower-case words joined by -");
    }
    tables = List.copyOf(tables);
    acknowledge = List.copyOf(acknowledge);
  }

  @Override
  public Job job() {
    return this;
  }

  /**
   * A reference to a key as it was written.
   *
   * <p><b>Security promise:</b> only what begins like a reference is taken, and toString shows
   * nothing of it.
   *
   * @param text begins with {@code file:}, {@code env:} or {@code exec:}
   */
  @Doc(
      value = "a reference to a key, file:PATH, env:NAME or exec:PROGRAM, never the key itself",
      pattern = "(file|env|exec):.+")
  public record KeyText(String text) {

    /** Reads a reference. */
    public static Optional<KeyText> parse(String word) {
      return word.matches("(?s)(file|env|exec):.+")
          ? Optional.of(new KeyText(word))
          : Optional.empty();
    }

    @Override
    public String toString() {
      return "KeyText[" + text.substring(0, text.indexOf(':')) + ":...]";
    }
  }

  /**
   * Where keys are kept.
   *
   * @param study the key codes and date shifts come from
   * @param signing the key that signs manifests
   */
  @Doc("Where keys are kept")
  public record Keys(
      @Doc("the key that codes and date shifts come from") WithPlace<KeyText> study,
      @Doc("the key that signs manifests") WithPlace<KeyText> signing) {}

  /**
   * How many bad rows are tolerated in event tables; never in consent lines or the subjects table.
   *
   * @param share of the rows read of a table, 0 to below 1
   */
  @Doc("Bad rows tolerated in event tables; never in consent lines or the subjects table")
  public record Rejects(@Doc("share of the rows read of a table, such as 0.001") double share) {

    /** None. */
    public static final Rejects NONE = new Rejects(0);

    public Rejects {
      if (!(share >= 0 && share < 1)) {
        throw new IllegalArgumentException("share must be 0 to below 1");
      }
    }
  }

  /**
   * Approval by others than who asks and who runs: the run stops when its release is sealed, and
   * goes on when enough of the approvers this installation pins have signed the manifest.
   *
   * @param required how many approvers must sign, 1 to 9
   */
  @Doc(
      "Approval by others than who asks and who runs; who may approve is pinned by the"
          + " installation")
  public record Approval(@Doc("how many approvers must sign, 1 to 9") int required) {

    public Approval {
      if (required < 1 || required > 9) {
        throw new IllegalArgumentException("required must be 1 to 9 but was " + required);
      }
    }
  }

  /**
   * Where records are read.
   *
   * @param type which kind of source
   * @param cells how it writes the cells of its tables, where the mapping states nothing
   * @param settings the source's own keys, bound with the record of its kind
   */
  @Doc("Where records are read")
  public record SourceRule(
      Place place,
      @Doc("which kind of source") WithPlace<String> type,
      @Among CellWords cells,
      @RemainingKeys Node.Mapping settings) {}

  /**
   * The clinic's time zone: a region such as {@code America/Phoenix}, or {@code UTC}. An offset is
   * none, because it does not know when clocks change.
   *
   * @param id the zone
   */
  @Doc("a region of the IANA time zone database such as America/Phoenix, or UTC")
  public record Zone(ZoneId id) {

    /** Reads a name; empty when there is no such region. */
    public static Optional<Zone> parse(String text) {
      boolean region = (text.contains("/") && !text.startsWith("Etc/")) || text.equals("UTC");
      return region && ZoneId.getAvailableZoneIds().contains(text)
          ? Optional.of(new Zone(ZoneId.of(text)))
          : Optional.empty();
    }
  }

  /** Under which rule the data is handed over. None of them switches consent off. */
  public enum LegalBasis {
    /** The patient's written authorization, 45 CFR 164.508. */
    AUTHORIZATION,
    /** A board waived the authorization, 45 CFR 164.512(i). */
    WAIVER,
    /** A limited data set under a data use agreement, 45 CFR 164.514(e). */
    LIMITED_DATA_SET,
    /** De-identified data, 45 CFR 164.514(a) and (b). */
    DE_IDENTIFIED,
    /** Consent under GDPR article 6(1)(a) and 9(2)(a). */
    GDPR_CONSENT,
    /**
     * Payment, 45 CFR 164.506(c)(3); the clinic discloses for it with the patient's consent only.
     */
    @NotWritten
    PAYMENT,
    /** Required by law, courts or law enforcement, 45 CFR 164.512(a), (e) and (f). */
    @NotWritten
    REQUIRED_BY_LAW,
    /** The patient's authorization for marketing, 45 CFR 164.508(a)(3). */
    @NotWritten
    MARKETING_AUTHORIZATION,
    /** The patient's authorization to be contacted again, 45 CFR 164.508. */
    @NotWritten
    RECONTACT_AUTHORIZATION;

    /** The one kind of disclosure that may rest on it. */
    public JobKind kind() {
      return switch (this) {
        case AUTHORIZATION, WAIVER, LIMITED_DATA_SET, DE_IDENTIFIED, GDPR_CONSENT ->
            JobKind.RESEARCH;
        case PAYMENT -> JobKind.INSURER_RESPONSE;
        case REQUIRED_BY_LAW -> JobKind.LEGAL_PROCESS;
        case MARKETING_AUTHORIZATION -> JobKind.MAILING;
        case RECONTACT_AUTHORIZATION -> JobKind.RECONTACT;
      };
    }
  }

  /**
   * What a person answers for because no program can compute it: no actual knowledge for
   * safe-harbor (45 CFR 164.514(b)(2)(ii)), the expert's opinion for expert-determination
   * (164.514(b)(1)).
   *
   * @param text what is attested
   * @param by who attests
   * @param on when
   * @param expiresOn last valid day; absent when it does not end
   */
  @Doc("What a person answers for because no program can compute it")
  public record Attestation(
      Place place,
      @Doc("what is attested") String text,
      @Doc("who attests") String by,
      @Doc("when") WithPlace<LocalDate> on,
      @Doc("last valid day; leave it out when it does not end")
          Optional<WithPlace<LocalDate>> expiresOn) {}

  /**
   * A data use agreement (45 CFR 164.514(e)(4)).
   *
   * @param expiresOn last day
   * @param destroyBy day by which the recipient destroys the data
   * @param obligations what the recipient promises, for consents that ask
   */
  @Doc("A data use agreement")
  public record Agreement(
      Place place,
      @Doc("the clinic's number of the agreement") String id,
      @Doc("day of the last signature") WithPlace<LocalDate> signedOn,
      @Doc("last valid day") WithPlace<LocalDate> expiresOn,
      @Doc("what the recipient may do with the data") List<String> permittedUses,
      @Doc("who may use or receive it") List<String> permittedUsers,
      @Doc("day by which the recipient destroys the data") Optional<WithPlace<LocalDate>> destroyBy,
      @Doc("what the recipient promises, for consents that ask") @MayBeEmpty
          List<Obligation> obligations) {

    /** A promise of the recipient, by the DUO term that asks for it. */
    public enum Obligation {
      /** It publishes its results (PUB). */
      PUBLISHES,
      /** It works with the clinic's investigators (COL). */
      COLLABORATES,
      /** It returns derived data (RTN). */
      RETURNS
    }

    public Agreement {
      if (expiresOn.value().isBefore(signedOn.value())) {
        throw new IllegalArgumentException("expiresOn must not be before signedOn");
      }
    }
  }
}
