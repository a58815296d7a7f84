package org.consentry.export;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.consentry.data.Exclusion;
import org.consentry.data.IdRule;
import org.consentry.data.Prf;
import org.consentry.data.RecordCategory;
import org.consentry.ledger.FigureBook;
import org.consentry.ledger.KeyedPeople;
import org.consentry.ledger.Membership;
import org.consentry.ledger.Memberships;
import org.consentry.ledger.Memberships.Published;
import org.consentry.ledger.ReceiptBook;
import org.consentry.plan.ExportPlan;
import org.consentry.plan.PeopleAsked;
import org.consentry.plan.PeopleAsked.Ask;
import org.consentry.plan.PeopleAsked.Named;

/**
 * What a request, an order or a researcher asks of one patient, for the person who explains it.
 *
 * <p><b>Security promise:</b> whether a code of a researcher is the patient's is answered of lists
 * that two people approved and that are published, never of a file of codes: otherwise a person
 * could find out alone, by a request with one code, which patient it names. The code and its line
 * are never shown.
 *
 * @param exclusion why the patient is left out, beside what a run decides; empty when this has none
 * @param sentences what is known, to read aloud; empty for a job that names no people
 */
record RequestAnswer(Optional<Exclusion> exclusion, List<String> sentences) {

  RequestAnswer {
    sentences = List.copyOf(sentences);
  }

  /**
   * The answer of a plan about a patient.
   *
   * @param patient the id as the clinic writes it
   */
  static RequestAnswer of(ExportPlan plan, Memberships memberships, String patient) {
    Optional<PeopleAsked> people = plan.decide().people();
    if (people.isEmpty()) {
      return new RequestAnswer(Optional.empty(), List.of());
    }
    return people.get().named() == Named.CODE
        ? ofCodes(plan, memberships, patient)
        : new RequestAnswer(Optional.empty(), ofLines(plan, people.get(), patient));
  }

  private static List<String> ofLines(ExportPlan plan, PeopleAsked people, String patient) {
    List<String> sentences = new ArrayList<>();
    plan.form()
        .suspendedUntil()
        .ifPresent(
            day ->
                sentences.add(
                    "Up to "
                        + day
                        + " the patient must not be informed of this request (45 CFR"
                        + " 164.528(a)(2)): do not read this to the patient."));
    for (Ask ask : people.asks()) {
      if (IdRule.normalize(ask.id()).equals(IdRule.normalize(patient))) {
        sentences.add(
            "Line "
                + ask.line()
                + " of "
                + people.file()
                + " names the patient and asks for "
                + categories(ask)
                + days(ask)
                + ".");
      }
    }
    if (sentences.isEmpty()) {
      sentences.add("No line of " + people.file() + " names the patient.");
    }
    plan.form()
        .scope()
        .forEach(
            (table, columns) ->
                sentences.add(
                    "The document names, of table "
                        + table
                        + ": "
                        + String.join(", ", columns.value())
                        + "."));
    return sentences;
  }

  private static String categories(Ask ask) {
    List<String> words = new ArrayList<>();
    for (RecordCategory category : RecordCategory.values()) {
      if ((ask.categories() & category.bit()) != 0) {
        words.add(category.name());
      }
    }
    return ask.isForEverything()
        ? "records of every category"
        : "records of " + String.join(", ", words);
  }

  private static String days(Ask ask) {
    String from = ask.from() == PeopleAsked.EVER ? "" : " from " + LocalDate.ofEpochDay(ask.from());
    String to = ask.to() == PeopleAsked.FOREVER ? "" : " to " + LocalDate.ofEpochDay(ask.to());
    return from.isEmpty() && to.isEmpty() ? ", of every day" : "," + from + to;
  }

  private static RequestAnswer ofCodes(ExportPlan plan, Memberships memberships, String patient) {
    Optional<Published> list =
        memberships.published(plan.legalBasis()).stream()
            .filter(one -> one.entry().job().equals(plan.jobName()))
            .filter(one -> one.entry().study().equals(plan.studyId()))
            .findFirst();
    if (list.isEmpty()) {
      return new RequestAnswer(
          Optional.empty(),
          List.of(
              "No list of request "
                  + plan.studyId()
                  + " is published. Whether one of its codes is the patient's is answered when two"
                  + " people approved it and it is."));
    }
    byte[] digest = digest(memberships, patient);
    String name = list.get().entry().job() + "/" + list.get().name();
    if (!ReceiptBook.isAsked(memberships, list.get(), alone(digest))) {
      return new RequestAnswer(
          Optional.of(Exclusion.NOT_ASKED),
          List.of("No code of the request of list " + name + " is the patient's."));
    }
    boolean isListed = memberships.of(list.get()).find(digest).isPresent();
    return new RequestAnswer(
        Optional.empty(),
        List.of(
            "A code of the request of list " + name + " is the patient's.",
            isListed ? "The patient is on that list." : "The patient is not on that list."));
  }

  private static byte[] digest(Memberships memberships, String patient) {
    byte[] id = IdRule.normalize(patient).getBytes(StandardCharsets.UTF_8);
    byte[] answer = new byte[Prf.SIZE];
    memberships.key().subjects().compute(id, 0, id.length, answer, 0);
    byte[] digest = new byte[Membership.DIGEST];
    System.arraycopy(answer, 0, digest, 0, digest.length);
    return digest;
  }

  private static KeyedPeople alone(byte[] digest) {
    return new KeyedPeople(
        new FigureBook.People() {
          @Override
          public int count() {
            return 1;
          }

          @Override
          public void digest(int person, byte[] into, int at) {
            System.arraycopy(digest, 0, into, at, digest.length);
          }
        });
  }

  /** Shows nothing of the patient. */
  @Override
  public String toString() {
    return "RequestAnswer[" + sentences.size() + " sentences]";
  }
}
