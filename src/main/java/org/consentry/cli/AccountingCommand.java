package org.consentry.cli;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.consentry.export.ClinicContact;
import org.consentry.export.ClinicZone;
import org.consentry.export.PageFile;
import org.consentry.export.StateSession;
import org.consentry.followup.Account;
import org.consentry.followup.AccountAnswer;
import org.consentry.followup.AccountText;
import org.consentry.followup.Accounting;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Accounts for the disclosures of one patient. The ledger records the question. */
@Command(
    name = "accounting",
    description = {
      "Lists the disclosures of one patient (45 CFR 164.528).",
      "It shows those that are due to the patient, and the others.",
      "The ledger records the question and who asked."
    },
    mixinStandardHelpOptions = true)
final class AccountingCommand implements Callable<Integer> {

  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private ClockOption clock = new ClockOption();

  @ArgGroup(multiplicity = "1")
  private PatientOption patient = new PatientOption();

  @Option(
      names = "--since",
      paramLabel = "DATE",
      description = "The first day, such as 2021-01-31; default: six years ago.")
  private @Nullable LocalDate since;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Writes the patient's page into a new file.")
  private @Nullable Path html;

  @Override
  public Integer call() {
    Console console = common.console();
    String id = patient.id();
    ZoneId zone = ClinicZone.ofInstallation(common.state());
    refuse(id, LocalDate.now(zone));
    Optional<ClinicContact> clinic = Optional.empty();
    if (html != null) {
      PageFile.requireNew(html);
      clinic = Optional.of(ClinicContact.of(common.state()));
    }
    AccountAnswer answer;
    try (StateSession session = Sessions.ask(common.state(), console)) {
      clock.accept(session);
      session.requireClock();
      LocalDate today = session.instant().atZone(zone).toLocalDate();
      LocalDate first = since == null ? today.minusYears(Accounting.YEARS) : since;
      answer = AccountAnswer.of(session, zone, id, first, today, clinic);
    }
    Account account = answer.account();
    if (account.since().isBefore(account.until().minusYears(Accounting.YEARS))) {
      console.remark("this covers more than the six years that the law asks for");
    }
    AccountText.lines(account).forEach(console::line);
    Stream.of(account.due(), account.suspended(), account.excepted())
        .flatMap(List::stream)
        .forEach(disclosure -> console.result("disclosure", object(disclosure)));
    console.result(
        "account",
        Map.of(
            "since", account.since().toString(),
            "until", account.until().toString(),
            "dueDisclosures", account.due().size(),
            "suspendedDisclosures", account.suspended().size(),
            "exceptedDisclosures", account.excepted().size()));
    if (html != null) {
      PageFile.write(html, answer.pageBytes());
    }
    return 0;
  }

  private void refuse(String id, LocalDate today) {
    if (id.isBlank()) {
      throw ProblemException.of(
          Category.USAGE, "PATIENT", Place.of("--patient"), "expected an id but found nothing", "");
    }
    if (since != null && since.isAfter(today)) {
      throw ProblemException.of(
          Category.USAGE, "SINCE", Place.of("--since"), "that day has not come yet", "");
    }
  }

  private static Map<String, Object> object(Account.Disclosed disclosure) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("due", disclosure.basis().isDue() && disclosure.suspendedUntil().isEmpty());
    fields.put("suspendedUntil", disclosure.suspendedUntil().map(LocalDate::toString));
    fields.put("kind", disclosure.basis().kind());
    fields.put("basis", disclosure.basis().name());
    fields.put("reason", disclosure.basis().reason());
    fields.put("form", disclosure.form().name());
    fields.put("dates", disclosure.days().stream().map(LocalDate::toString).toList());
    fields.put("releases", disclosure.releases());
    Map<String, String> about = new LinkedHashMap<>();
    disclosure.about().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(fact -> about.put(fact.getKey().name(), fact.getValue()));
    fields.put("about", about);
    fields.put("missing", disclosure.missing());
    return fields;
  }
}
