package org.consentry.consent;

import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.consentry.consent.ConsentLine.Assent;
import org.consentry.consent.ConsentLine.Decision;
import org.consentry.consent.ConsentLine.ExpiryEvent;
import org.consentry.consent.ConsentLine.Listed;
import org.consentry.consent.ConsentLine.SignerRole;
import org.consentry.consent.ConsentLine.Status;
import org.consentry.consent.ConsentRequest.ParentalPermit;
import org.consentry.consent.ConsentRequest.StudyState;
import org.consentry.data.BirthRange;
import org.consentry.data.CivilDate;
import org.consentry.data.Exclusion;

/**
 * The checks of one line against one request without looking at the person's other lines. Immutable
 * and safe for any number of threads.
 */
final class LineChecks {

  private static final byte PASSED = 0;
  private static final Pattern DIVIDERS = Pattern.compile("[,;\\s]");

  private final ConsentRequest request;
  private final LocalDate today;
  private final int todayDay;
  private final long now;
  private final DuoTerms duo;
  private final Set<String> coveringPurposes;
  private final Set<String> overlappingPurposes;
  private final Set<String> recipientWords;
  private final Set<String> studyForms;
  private final Set<String> recipientForms;

  LineChecks(ConsentRequest request) {
    this.request = request;
    this.today = request.now().toLocalDate();
    this.todayDay = Math.toIntExact(today.toEpochDay());
    this.now = ClinicTime.micros(request.now());
    this.duo = new DuoTerms(request);
    this.coveringPurposes = PurposeOfUse.bundled().covering(request.purpose());
    this.overlappingPurposes = PurposeOfUse.bundled().overlapping(request.purpose());
    this.recipientWords = new HashSet<>(request.recipient().classes());
    recipientWords.add(request.recipient().id());
    this.studyForms = request.isOfStudy() ? Confusables.forms(request.study()) : Set.of();
    this.recipientForms = new HashSet<>();
    recipientWords.forEach(word -> recipientForms.addAll(Confusables.forms(word)));
    // A restriction may name whom the recipient works for or with; a permit must name the
    // recipient.
    request
        .recipient()
        .institutions()
        .forEach(word -> recipientForms.addAll(Confusables.forms(word)));
    request.recipient().users().forEach(word -> recipientForms.addAll(Confusables.forms(word)));
  }

  /** Whether a permit's form was signed and recorded by the moment of decision. */
  boolean isOfThePast(ConsentLine line) {
    return line.signedFrom() <= now && line.recordedAt() <= now; // no time is the smallest number
  }

  /** A status that makes the line count for nothing. */
  static boolean isDropped(Status status) {
    return switch (status) {
      case DRAFT, INACTIVE, ENTERED_IN_ERROR -> true;
      case ACTIVE, REJECTED -> false;
    };
  }

  /**
   * A restriction has begun unless its first day is in the future. A refused form never had days of
   * its own: the refusal counts.
   */
  boolean hasBegun(ConsentLine line) {
    return isRefusedForm(line)
        || line.validFrom() == ConsentLine.NO_DAY
        || line.validFrom() <= todayDay;
  }

  /** A denial ends with its last day and with nothing else. */
  boolean hasEnded(ConsentLine line) {
    return !isRefusedForm(line)
        && line.validTo() != ConsentLine.NO_DAY
        && line.validTo() < todayDay;
  }

  private static boolean isRefusedForm(ConsentLine line) {
    return line.status() == Status.REJECTED && line.decision() == Decision.PERMIT;
  }

  /**
   * Whether a restriction applies to this request: purposes overlap in either direction, study and
   * recipient are listed, and what is left empty is everything. Words are compared by the forms of
   * {@link Confusables}, one by one where commas or semicolons divide them: how a word is typed
   * does not save a request from a restriction.
   */
  boolean restrictionApplies(ConsentLine line) {
    return applies(line.purposes(), overlappingPurposes)
        && appliesAlike(line.studies(), studyForms)
        && appliesAlike(line.recipients(), recipientForms);
  }

  /** The code of the first of the eight tests of a line alone which fails, or 0. */
  byte firstFailure(ConsentLine line, BirthRange born) {
    byte failed = evidence(line);
    if (failed == PASSED) {
      failed = scope(line);
    }
    if (failed == PASSED) {
      failed = started(line);
    }
    if (failed == PASSED) {
      failed = notExpired(line);
    }
    if (failed == PASSED) {
      failed = duo.judge(line);
    }
    return failed == PASSED ? minor(line, born) : failed;
  }

  private static byte evidence(ConsentLine line) {
    boolean signed = line.signedFrom() != ConsentLine.NO_TIME && !line.evidenceSha256().isEmpty();
    boolean authority =
        switch (line.signerRole()) {
          case PATIENT -> true;
          case NOT_STATED -> false;
          case PARENT, GUARDIAN, LAR, EXECUTOR -> !line.signerAuthority().isBlank();
        };
    return unless(!signed || !authority, Exclusion.EVIDENCE_MISSING);
  }

  private byte scope(ConsentLine line) {
    if (!permits(line.purposes(), coveringPurposes)) {
      return Exclusion.PURPOSE.code();
    }
    if (!coversStudy(line)) {
      return Exclusion.STUDY.code();
    }
    return unless(!permits(line.recipients(), recipientWords), Exclusion.RECIPIENT);
  }

  private boolean coversStudy(ConsentLine line) {
    boolean any = line.studies().everything() || (!request.isOfStudy() && line.studies().isEmpty());
    return any || line.studies().names().contains(request.study());
  }

  private byte started(ConsentLine line) {
    boolean started = line.validFrom() != ConsentLine.NO_DAY && line.validFrom() <= todayDay;
    return unless(!started, Exclusion.NOT_YET_VALID);
  }

  /** An event that is known to have occurred ends it even before its last day. */
  private byte notExpired(ConsentLine line) {
    boolean studyEnded =
        line.expiryEvent() == ExpiryEvent.END_OF_STUDY && request.studyState() == StudyState.CLOSED;
    boolean valid =
        line.validTo() == ConsentLine.NO_DAY
            ? line.expiryEvent() != ExpiryEvent.NOT_STATED
            : line.validTo() >= todayDay;
    return unless(studyEnded || !valid, Exclusion.EXPIRED);
  }

  /**
   * Where the jurisdiction is not clear, the check must pass for every age of majority; and where
   * the day of birth is not, for every day on which the patient may have been born.
   */
  private byte minor(ConsentLine line, BirthRange born) {
    if (born.last() == BirthRange.OF_AGE) {
      return unless(isParental(line.signerRole()), Exclusion.MINOR);
    }
    if (born.last() == BirthRange.MINOR) {
      return Exclusion.MINOR.code();
    }
    if (!born.isKnown() || born.first() > todayDay) {
      return Exclusion.BIRTH_DATE_UNREADABLE.code();
    }
    for (int majority : request.minors().majoritiesIn(line.jurisdiction())) {
      if (!rightSigner(line, born, majority)) {
        return Exclusion.MINOR.code();
      }
    }
    return PASSED;
  }

  /**
   * Whether a permit that passed was signed for a minor: by a parent or guardian of a patient who
   * may be under age today, in one of the jurisdictions that the line can mean.
   */
  boolean isForMinor(ConsentLine line, BirthRange born) {
    return isParental(line.signerRole())
        && born.isKnown()
        && request.minors().majoritiesIn(line.jurisdiction()).stream()
            .anyMatch(majority -> years(born.last(), todayDay) < majority);
  }

  /**
   * Asks at most four days for all. Among those who are of age today a parent's signature is worst
   * for the oldest and the patient's own for the youngest; among the others a missing assent is
   * worst for the oldest.
   */
  private boolean rightSigner(ConsentLine line, BirthRange born, int majority) {
    int last = Math.min(born.last(), todayDay);
    if (born.first() == last) {
      return rightSigner(line, last, majority);
    }
    int lastOfAge = Math.toIntExact(today.minusYears(majority).toEpochDay());
    boolean bothAges = born.first() <= lastOfAge && lastOfAge < last;
    return rightSigner(line, born.first(), majority)
        && rightSigner(line, last, majority)
        && (!bothAges
            || (rightSigner(line, lastOfAge, majority)
                && rightSigner(line, lastOfAge + 1, majority)));
  }

  private boolean rightSigner(ConsentLine line, int born, int majority) {
    int age = years(born, todayDay);
    return age < majority ? signedForChild(line, age) : signedForGrownUp(line, born, majority);
  }

  private boolean signedForChild(ConsentLine line, int age) {
    boolean assents = age < request.minors().assentAge() || line.assent() == Assent.YES;
    return isParental(line.signerRole()) && assents;
  }

  /**
   * What a minor signed alone stays a minor's signature after the minor comes of age. And a
   * parent's signature may outlive the childhood in which it was given, but none begins after it.
   */
  private boolean signedForGrownUp(ConsentLine line, int born, int majority) {
    if (isParental(line.signerRole())) {
      return request.minors().parentalPermit() == ParentalPermit.HIPAA_CONTINUES
          && years(born, ClinicTime.epochDay(line.signedTo())) < majority;
    }
    return line.signerRole() != SignerRole.PATIENT
        || years(born, ClinicTime.epochDay(line.signedFrom())) >= majority;
  }

  private static boolean isParental(SignerRole role) {
    return role == SignerRole.PARENT || role == SignerRole.GUARDIAN;
  }

  /** Full years between two days since 1970-01-01; below 0 when the day is before the birth. */
  private static int years(int born, int day) {
    return CivilDate.yearsBetween(CivilDate.pack(born), CivilDate.pack(day));
  }

  private static boolean permits(Listed listed, Set<String> words) {
    return listed.everything() || anyIn(listed.names(), words);
  }

  private static boolean applies(Listed listed, Set<String> words) {
    return listed.isEmpty() || permits(listed, words);
  }

  private static boolean appliesAlike(Listed listed, Set<String> forms) {
    return listed.isEmpty()
        || listed.everything()
        || listed.names().stream().anyMatch(name -> isAlike(name, forms));
  }

  private static boolean isAlike(String name, Set<String> known) {
    return Stream.concat(Stream.of(name), DIVIDERS.splitAsStream(name))
        .flatMap(word -> Confusables.forms(word).stream())
        .anyMatch(form -> form.equals("*") || known.contains(form));
  }

  private static boolean anyIn(List<String> names, Set<String> words) {
    for (int i = 0; i < names.size(); i++) {
      if (words.contains(names.get(i))) {
        return true;
      }
    }
    return false;
  }

  private static byte unless(boolean fails, Exclusion reason) {
    return fails ? reason.code() : PASSED;
  }
}
