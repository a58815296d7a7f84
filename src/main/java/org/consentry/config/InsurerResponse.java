package org.consentry.config;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consentry.config.Binding.Among;
import org.consentry.config.Binding.Default;
import org.consentry.config.Job.LegalBasis;
import org.consentry.problem.Place;

/**
 * The answer to an insurer's request. Records leave only of patients with a permit in force whose
 * purpose is payment and which names the insurer; of all others the answer is the same, whether
 * they are patients or not.
 *
 * @param consent where consent lines are read
 * @param request what the insurer asks
 */
@Doc("The answer to an insurer's request, for patients whose consent names the insurer")
record InsurerResponse(
    @Among JobParts parts,
    @Doc("where consent lines are read") ConsentRule consent,
    @Doc("what the insurer asks") Request request)
    implements JobForm {

  /**
   * What an insurer asks.
   *
   * @param id the insurer's number of the claim
   * @param purpose HL7 v3 PurposeOfUse: HPAYMT or below it, such as COVERAGE
   * @param receivedOn day on which the clinic received it
   * @param asks the file of patients, categories and dates, relative to the job file
   */
  @Doc("What the insurer asks")
  record Request(
      Place place,
      @Doc("the insurer's number of the claim") String id,
      @Doc("who asks") Insurer insurer,
      @Doc("HL7 v3 PurposeOfUse: HPAYMT or below it, such as COVERAGE") WithPlace<String> purpose,
      @Doc("day on which the clinic received it") WithPlace<LocalDate> receivedOn,
      @Doc("the file of patients, categories and dates asked for, relative to the job file")
          WithPlace<Path> asks) {}

  /**
   * An insurer.
   *
   * @param id the id that consent lines name
   * @param address postal address
   * @param key the insurer's public key, to which data files are encrypted
   * @param internal whether the answer stays in the office until it is handed over
   */
  @Doc("An insurer")
  record Insurer(
      Place place,
      @Doc("the id that consent lines name") String id,
      @Doc("the company") String name,
      @Doc("postal address") String address,
      @Doc("telephone") Optional<String> phone,
      @Doc("the insurer's public key of age, to which data files are encrypted")
          Optional<WithPlace<Recipient.AgeKey>> key,
      @Doc(
              "whether the answer stays in a folder of the clinic's own office until it is handed over")
          @Default("no")
          Study.YesNo internal) {

    Insurer {
      Recipient.requireId(id);
    }

    Recipient recipient() {
      return Recipient.of(this);
    }
  }

  @Override
  public Job job() {
    Study study =
        Study.ofRequest(
            request.place(),
            request.id(),
            "Request " + request.id() + " of " + request.insurer().name(),
            request.purpose());
    return parts.job(
        JobKind.INSURER_RESPONSE,
        study,
        request.insurer().recipient(),
        LegalBasis.PAYMENT,
        consent,
        Optional.empty(),
        List.of());
  }

  @Override
  public Map<String, String> statement() {
    return Map.of("receivedOn", request.receivedOn().value().toString());
  }

  @Override
  public Map<String, WithPlace<LocalDate>> pastDays() {
    return Map.of("receivedOn", request.receivedOn());
  }

  @Override
  public Optional<WithPlace<Path>> people() {
    return Optional.of(request.asks());
  }
}
