package org.consentry.consent;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.consentry.consent.ConsentExplanation.LineAccount;
import org.consentry.consent.ConsentExplanation.Weight;
import org.consentry.consent.ConsentLine.Assent;
import org.consentry.consent.ConsentLine.Decision;
import org.consentry.consent.ConsentLine.Listed;
import org.consentry.consent.ConsentLine.SignerRole;
import org.consentry.consent.ConsentRequest.ParentalPermit;
import org.consentry.data.BirthRange;
import org.consentry.data.DayWords;
import org.consentry.data.Exclusion;

/**
 * An explanation in sentences that a compliance officer reads to a patient: the answer, what was
 * asked, what each form contains, why they differ, what would change it and what is to come. Codes
 * of programs are in parentheses.
 *
 * <p><b>Security promise:</b> as the explanation, it is for the person who asked.
 *
 * @param answer the answer in one sentence
 * @param paragraphs the rest, a heading and its sentences each, in the order they are read
 */
public record PlainExplanation(String answer, List<Paragraph> paragraphs) {

  /**
   * Some sentences under a heading.
   *
   * @param heading what they are about
   * @param sentences at least one
   */
  public record Paragraph(String heading, List<String> sentences) {
    public Paragraph {
      sentences = List.copyOf(sentences);
    }
  }

  public PlainExplanation {
    paragraphs = List.copyOf(paragraphs);
  }

  /**
   * Explains.
   *
   * @param explanation what the lines lead to
   * @param exclusion why a run would leave the patient out, cohort included; empty when it would
   *     not
   * @param request what was asked
   * @param born when the patient may have been born
   */
  public static PlainExplanation of(
      ConsentExplanation explanation,
      Optional<Exclusion> exclusion,
      ConsentRequest request,
      BirthRange born) {
    Writer writer = new Writer(explanation, request, born);
    List<Paragraph> paragraphs = new ArrayList<>();
    paragraphs.add(new Paragraph("What was asked", List.of(writer.asked())));
    paragraphs.add(new Paragraph("What the forms contain", writer.forms()));
    exclusion.ifPresent(
        reason -> {
          paragraphs.add(new Paragraph("Why not", List.of(PlainReason.why(reason) + code(reason))));
          paragraphs.add(
              new Paragraph("What would change it", List.of(PlainReason.change(reason))));
        });
    List<String> later = writer.later();
    if (!later.isEmpty()) {
      paragraphs.add(new Paragraph("What is to come", later));
    }
    String answer =
        exclusion.isEmpty()
            ? "This patient may be released"
            : "This patient may not be released"
                + (explanation.exclusion().isEmpty() ? ", though the patient permits it" : "");
    return new PlainExplanation(
        answer
            + ", as of "
            + DayWords.of(request.now().toLocalDate())
            + " ("
            + exclusion.map(reason -> "OUT: " + reason).orElse("IN")
            + ").",
        paragraphs);
  }

  /**
   * Explains where no consent is asked: a document decides.
   *
   * @param exclusion why a run would leave the patient out; empty when it would not
   * @param request what was asked
   */
  public static PlainExplanation withoutConsent(
      Optional<Exclusion> exclusion, ConsentRequest request) {
    Writer writer =
        new Writer(
            new ConsentExplanation(exclusion, List.of(), List.of()), request, BirthRange.UNKNOWN);
    List<Paragraph> paragraphs = new ArrayList<>();
    paragraphs.add(
        new Paragraph(
            "What was asked",
            List.of(
                writer.asked(),
                "No consent is asked, because the law or a court demands the records (45 CFR"
                    + " 164.512).")));
    exclusion.ifPresent(
        reason ->
            paragraphs.add(
                new Paragraph("Why not", List.of(PlainReason.why(reason) + code(reason)))));
    return new PlainExplanation(
        (exclusion.isEmpty()
                ? "Records of this patient may be released"
                : "No record of this patient may be released")
            + ", as of "
            + DayWords.of(request.now().toLocalDate())
            + " ("
            + exclusion.map(reason -> "OUT: " + reason).orElse("IN")
            + ").",
        paragraphs);
  }

  /** The same with what else is known of the question, after what was asked. */
  public PlainExplanation with(Paragraph more) {
    List<Paragraph> all = new ArrayList<>(paragraphs);
    all.add(1, more);
    return new PlainExplanation(answer, all);
  }

  /** Everything as lines of text. */
  public List<String> lines() {
    return Stream.concat(
            Stream.of(answer),
            paragraphs.stream()
                .flatMap(
                    paragraph ->
                        Stream.concat(
                            Stream.of("", paragraph.heading() + ":"),
                            paragraph.sentences().stream().map(sentence -> "  " + sentence))))
        .toList();
  }

  /** Shows nothing of the content. */
  @Override
  public String toString() {
    return "PlainExplanation[" + paragraphs.size() + " paragraphs]";
  }

  private static String code(Exclusion reason) {
    return " (" + reason + ")";
  }

  private static String day(int day) {
    return DayWords.of(LocalDate.ofEpochDay(day));
  }

  /** Makes the sentences of one explanation. */
  private record Writer(ConsentExplanation explanation, ConsentRequest request, BirthRange born) {

    String asked() {
      return (request.isOfStudy() ? "Records for study " + request.study() : "Records of no study")
          + ", for the purpose of use "
          + request.purpose()
          + ", to recipient "
          + request.recipient().id()
          + (request.recipient().classes().isEmpty()
              ? ""
              : " (" + String.join(", ", new TreeSet<>(request.recipient().classes())) + ")")
          + ", on "
          + DayWords.of(today())
          + ".";
    }

    List<String> forms() {
      List<String> sentences = new ArrayList<>();
      Stream.of(Weight.values())
          .flatMap(weight -> explanation.lines().stream().filter(line -> line.weight() == weight))
          .forEach(line -> sentences.add(form(line)));
      return sentences.isEmpty()
          ? List.of("There is no form of this patient on record.")
          : sentences;
    }

    private String form(LineAccount line) {
      String place = " (" + line.place() + ")";
      return line.content()
              .map(content -> content(content) + place + ". ")
              .orElse("A line that cannot be read" + place + ". ")
          + outcome(line);
    }

    private String content(ConsentLine line) {
      return switch (line.decision()) {
        case PERMIT ->
            name(line)
                + signed(line)
                + " permits "
                + listed(line.purposes(), "purpose", "every purpose")
                + ", "
                + listed(line.studies(), "study", "every study")
                + " and "
                + listed(line.recipients(), "recipient", "every recipient")
                + span(line);
        case DENY -> name(line) + signed(line) + " denies " + denied(line) + span(line);
        case WITHDRAW ->
            name(line)
                + signed(line)
                + " withdraws "
                + (line.revokes().everything() || line.revokes().isEmpty()
                    ? "what was permitted"
                    : String.join(", ", line.revokes().names()))
                + span(line);
      };
    }

    private static String name(ConsentLine line) {
      String what =
          switch (line.decision()) {
            case PERMIT -> "Consent ";
            case DENY -> "Denial ";
            case WITHDRAW -> "Withdrawal ";
          };
      return what + line.id();
    }

    private static String signed(ConsentLine line) {
      String who =
          switch (line.signerRole()) {
            case NOT_STATED -> "";
            case PATIENT -> " by the patient";
            case PARENT -> " by a parent";
            case GUARDIAN -> " by a guardian";
            case LAR -> " by a legal representative";
            case EXECUTOR -> " by the executor";
          };
      return line.signedFrom() == ConsentLine.NO_TIME
          ? ""
          : ", signed on " + DayWords.of(ClinicTime.day(line.signedFrom())) + who + ",";
    }

    /** An empty cell of a permit permits nothing. */
    private static String listed(Listed cell, String one, String all) {
      return cell.everything()
          ? all
          : cell.isEmpty() ? "no " + one : one + " " + String.join(", ", cell.names());
    }

    /** An empty cell of a restriction restricts everything. */
    private static String denied(ConsentLine line) {
      List<String> parts = new ArrayList<>();
      Stream.of(
              listed(line.purposes(), "purpose", ""),
              listed(line.studies(), "study", ""),
              listed(line.recipients(), "recipient", ""))
          .filter(part -> !part.isEmpty() && !part.startsWith("no "))
          .forEach(parts::add);
      return parts.isEmpty() ? "every use" : String.join(", ", parts);
    }

    private static String span(ConsentLine line) {
      String from = isDay(line.validFrom()) ? " from " + day(line.validFrom()) : "";
      String to = isDay(line.validTo()) ? " until " + day(line.validTo()) : "";
      return from + to;
    }

    private static boolean isDay(int day) {
      return day != ConsentLine.NO_DAY && day != ConsentLine.ANY_DAY;
    }

    private String outcome(LineAccount line) {
      String stopped = line.stoppedBy().map(place -> " See " + place + ".").orElse("");
      return switch (line.outcome()) {
        case UNKNOWN_SUBJECT -> "It belongs to no known patient (UNKNOWN_SUBJECT).";
        case BAD_PERMIT_ROW -> "It permits nothing because it cannot be read (BAD_PERMIT_ROW).";
        case BAD_RESTRICTION_ROW ->
            "It may restrict, so no permission counts until it is corrected"
                + " (BAD_RESTRICTION_ROW).";
        case DRAFT -> "It is a draft and does not count (DRAFT).";
        case INACTIVE -> "It is marked as inactive and does not count (INACTIVE).";
        case ENTERED_IN_ERROR -> "It was entered by mistake and does not count (ENTERED_IN_ERROR).";
        case LATER_THAN_NOW ->
            "It is dated later than now, so it does not count yet (LATER_THAN_NOW).";
        case DUPLICATE_ID -> "Another line has the same id, so neither permits (DUPLICATE_ID).";
        case PERMIT_PASSED -> "It covers what was asked (PERMIT_PASSED).";
        case PERMIT_FAILED ->
            line.tests().stream()
                    .flatMap(test -> test.reason().stream())
                    .findFirst()
                    .map(reason -> PlainReason.why(reason) + code(reason))
                    .orElse("It does not cover what was asked (PERMIT_FAILED).")
                + stopped;
        case RESTRICTS -> "It applies to what was asked (RESTRICTS).";
        case RESTRICTS_ELSEWHERE ->
            "It is about something else than what was asked (RESTRICTS_ELSEWHERE).";
        case RESTRICTS_LATER -> "It does not apply yet (RESTRICTS_LATER).";
        case RESTRICTED_EARLIER -> "It has ended (RESTRICTED_EARLIER).";
      };
    }

    /** What changes the answer on a day that is known now, the next day first. */
    List<String> later() {
      List<Event> events = new ArrayList<>();
      for (LineAccount account : explanation.lines()) {
        account.content().ifPresent(line -> later(account, line, events));
      }
      return events.stream()
          .sorted((one, other) -> one.day().compareTo(other.day()))
          .map(event -> "On " + DayWords.of(event.day()) + ": " + event.sentence())
          .distinct()
          .toList();
    }

    private record Event(LocalDate day, String sentence) {}

    private void later(LineAccount account, ConsentLine line, List<Event> events) {
      LineOutcome outcome = account.outcome();
      if (outcome == LineOutcome.RESTRICTS_LATER) {
        LocalDate first = firstDay(line);
        if (first.isAfter(today())) {
          String what = line.decision() == Decision.WITHDRAW ? "withdrawal " : "denial ";
          events.add(
              new Event(first, what + line.id() + " begins; a release after it must obey it."));
        }
      }
      if (outcome == LineOutcome.RESTRICTS && isDay(line.validTo())) {
        add(line.validTo() + 1, "denial " + line.id() + " has ended.", events);
      }
      if (line.decision() == Decision.PERMIT) {
        if (isDay(line.validFrom())) {
          add(line.validFrom(), "consent " + line.id() + " begins.", events);
        }
        boolean counts = outcome == LineOutcome.PERMIT_PASSED;
        if (counts && isDay(line.validTo())) {
          add(line.validTo() + 1, "consent " + line.id() + " has ended.", events);
        }
        if (counts) {
          birthdays(line, events);
        }
      }
    }

    private void add(int day, String sentence, List<Event> events) {
      LocalDate date = LocalDate.ofEpochDay(day);
      if (date.isAfter(today())) {
        events.add(new Event(date, sentence));
      }
    }

    /** The day that completes so many years, as the check of the line counts them. */
    private static LocalDate birthday(LocalDate birth, int years) {
      LocalDate day = birth.plusYears(years);
      boolean hasNone = day.getDayOfMonth() < birth.getDayOfMonth(); // born on 29 February
      return hasNone ? day.plusDays(1) : day;
    }

    /** A parent's consent ends at majority; before it, a child agrees from an age on. */
    private void birthdays(ConsentLine line, List<Event> events) {
      boolean parental =
          line.signerRole() == SignerRole.PARENT || line.signerRole() == SignerRole.GUARDIAN;
      if (!parental || !born.isKnown() || born.first() == BirthRange.OPEN) {
        return;
      }
      LocalDate birth = LocalDate.ofEpochDay(born.first());
      if (line.assent() != Assent.YES) {
        LocalDate assent = birthday(birth, request.minors().assentAge());
        if (assent.isAfter(today())) {
          events.add(new Event(assent, "the child is of an age to agree too."));
        }
      }
      if (request.minors().parentalPermit() == ParentalPermit.RECONSENT) {
        request.minors().majoritiesIn(line.jurisdiction()).stream()
            .map(majority -> birthday(birth, majority))
            .filter(day -> day.isAfter(today()))
            .min(LocalDate::compareTo)
            .ifPresent(
                day ->
                    events.add(
                        new Event(
                            day,
                            "the patient comes of age; the consent of "
                                + (line.signerRole() == SignerRole.PARENT
                                    ? "a parent"
                                    : "a guardian")
                                + " ends and the patient must sign.")));
      }
    }

    private LocalDate firstDay(ConsentLine line) {
      if (isDay(line.validFrom())) {
        return LocalDate.ofEpochDay(line.validFrom());
      }
      return line.signedFrom() == ConsentLine.NO_TIME
          ? LocalDate.MIN
          : ClinicTime.day(line.signedFrom());
    }

    private LocalDate today() {
      return request.now().toLocalDate();
    }
  }
}
