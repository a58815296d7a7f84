package org.consentry.followup;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.consentry.data.IdRule;
import org.consentry.data.Prf;
import org.consentry.followup.Account.Disclosed;
import org.consentry.followup.Account.Form;
import org.consentry.followup.Account.Presence;
import org.consentry.keys.LedgerKey;
import org.consentry.ledger.LedgerFact;
import org.consentry.ledger.Membership;
import org.consentry.ledger.MembershipHead;
import org.consentry.ledger.MembershipHead.Fact;
import org.consentry.ledger.Memberships;
import org.consentry.ledger.Memberships.Published;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;

/**
 * Accounts for the disclosures of one patient out of the ledger.
 *
 * <p><b>Security promise:</b> the id comes in, and neither the answer nor any message repeats it.
 */
public final class Accounting {

  /** How far back the law goes, in years before the request (164.528(a)(1)). */
  public static final int YEARS = 6;

  private final Memberships memberships;
  private final LedgerKey key;
  private final ZoneId zone;

  /**
   * Accounts out of a ledger.
   *
   * @param zone the clinic's time zone, for the days of disclosures
   */
  public Accounting(Memberships memberships, LedgerKey key, ZoneId zone) {
    this.memberships = memberships;
    this.key = key;
    this.zone = zone;
  }

  /** A release with the patient. */
  private record Found(Published release, LocalDate day, Membership membership) {}

  /** What disclosures share that are listed together. */
  private record Purpose(
      String recipient,
      String study,
      String purpose,
      AccountingBasis basis,
      Optional<LocalDate> suspendedUntil,
      Presence presence) {}

  /** What the short form lists of all disclosures at once, and so of each that differs. */
  private static final Set<Fact> OF_ALL = Set.of(Fact.INFORMATION, Fact.CRITERIA, Fact.DESCRIPTION);

  /**
   * The account of a patient. A release that is dated after the day of the request was made while
   * the clock was ahead, and is in the account like any other.
   *
   * @param patient the id as the clinic writes it
   * @param since the first day
   * @param until the last day, that of the request
   * @throws ProblemException category VERIFY when it is not known who is in a release of that time:
   *     an account that leaves one out would be wrong; USAGE when no release of any time has the
   *     patient, so that a mistyped id is no account
   */
  public Account of(String patient, LocalDate since, LocalDate until) {
    byte[] digest = digest(patient);
    List<Problem> problems = new ArrayList<>();
    Map<Purpose, List<Found>> found = new LinkedHashMap<>();
    for (Published release : memberships.published()) {
      LocalDate day = LocalDate.ofInstant(release.entry().disclosedAt(), zone);
      if (day.isBefore(since)) {
        continue;
      }
      try {
        Membership membership = memberships.of(release);
        OptionalInt member = membership.find(digest);
        if (member.isPresent()) {
          Presence presence =
              membership.hasRecords(member.getAsInt()) ? Presence.RECORDS : Presence.MAY_BE_NAMED;
          found
              .computeIfAbsent(purpose(release, presence, until), purpose -> new ArrayList<>())
              .add(new Found(release, day, membership));
        }
      } catch (ProblemException unknown) {
        problems.addAll(unknown.problems());
      }
    }
    if (!problems.isEmpty()) {
      throw new ProblemException(Category.VERIFY, problems);
    }
    if (found.isEmpty()) {
      requireKnown(digest);
    }
    return account(since, until, found);
  }

  private void requireKnown(byte[] digest) {
    boolean isKnown =
        memberships.published().stream()
            .anyMatch(release -> memberships.of(release).find(digest).isPresent());
    if (!isKnown) {
      throw ProblemException.of(
          Category.USAGE,
          "UNKNOWN_PATIENT",
          Place.of("patient"),
          "no release of this state folder has a patient of this id",
          "check the id letter by letter; if it is right, nothing of this patient was disclosed");
    }
  }

  private static Account account(
      LocalDate since, LocalDate until, Map<Purpose, List<Found>> found) {
    List<Disclosed> due = new ArrayList<>();
    List<Disclosed> suspended = new ArrayList<>();
    List<Disclosed> excepted = new ArrayList<>();
    found.forEach(
        (purpose, releases) -> {
          List<Disclosed> listed = purpose.suspendedUntil().isPresent() ? suspended : due;
          (purpose.basis().isDue() ? listed : excepted).add(disclosed(purpose, releases));
        });
    return new Account(since, until, due, suspended, excepted);
  }

  /** The digest of the patient in the ledger. */
  public byte[] digest(String patient) {
    byte[] id = IdRule.normalize(patient).getBytes(StandardCharsets.UTF_8);
    byte[] answer = new byte[Prf.SIZE];
    key.subjects().compute(id, 0, id.length, answer, 0);
    return Arrays.copyOf(answer, Membership.DIGEST);
  }

  private static Purpose purpose(Published release, Presence presence, LocalDate today) {
    return new Purpose(
        release.fact(LedgerFact.RECIPIENT),
        release.entry().study(),
        release.fact(LedgerFact.PURPOSE),
        AccountingBasis.of(release.fact(LedgerFact.LEGAL_BASIS)),
        suspendedUntil(release, today),
        presence);
  }

  /** The last day of a suspension that lasts; the day after it the disclosure is due again. */
  private static Optional<LocalDate> suspendedUntil(Published release, LocalDate today) {
    return release
        .entry()
        .fact(LedgerFact.SUSPENDED_UNTIL)
        .map(LocalDate::parse)
        .filter(last -> !today.isAfter(last));
  }

  private static Disclosed disclosed(Purpose purpose, List<Found> found) {
    int individuals = individuals(found);
    Form form =
        purpose.basis().isResearch() && individuals >= Account.SHORT_FORM
            ? Form.SHORT
            : found.size() > 1 ? Form.REPEATED : Form.FULL;
    Map<Fact, String> about =
        form == Form.SHORT ? aboutAll(found) : about(found.get(0).membership().head());
    return new Disclosed(
        form,
        purpose.presence(),
        purpose.basis(),
        purpose.suspendedUntil(),
        found.stream().map(Found::day).toList(),
        found.stream()
            .map(one -> one.release().entry().job() + "/" + one.release().name())
            .toList(),
        individuals,
        about,
        missing(form, about));
  }

  /**
   * Distinct individuals with records in the releases, counted no further than the short form
   * needs.
   */
  private static int individuals(List<Found> found) {
    Set<ByteBuffer> distinct = new HashSet<>();
    int most = 0;
    for (Found one : found) {
      Membership membership = one.membership();
      int[] members =
          IntStream.range(0, membership.size()).filter(membership::hasRecords).toArray();
      most = Math.max(most, members.length);
      if (most < Account.SHORT_FORM) {
        Arrays.stream(members)
            .mapToObj(membership::digest)
            .map(ByteBuffer::wrap)
            .forEach(distinct::add);
      }
    }
    return Math.max(most, distinct.size());
  }

  /** The facts of the newest, and the information, criteria and description of each. */
  private static Map<Fact, String> aboutAll(List<Found> found) {
    List<Map<Fact, String>> all =
        found.stream().map(one -> about(one.membership().head())).toList();
    Map<Fact, String> about = new EnumMap<>(Fact.class);
    about.putAll(all.get(all.size() - 1));
    for (Fact fact : OF_ALL) {
      String texts =
          all.stream()
              .map(one -> one.getOrDefault(fact, ""))
              .filter(text -> !text.isEmpty())
              .distinct()
              .collect(Collectors.joining(" / "));
      if (!texts.isEmpty()) {
        about.put(fact, texts);
      }
    }
    return about;
  }

  private static Map<Fact, String> about(MembershipHead head) {
    Map<Fact, String> about = new EnumMap<>(Fact.class);
    for (Fact fact : Fact.values()) {
      if (!head.fact(fact).isEmpty()) {
        about.put(fact, head.fact(fact));
      }
    }
    return about;
  }

  /**
   * What the form asks and the job does not state. Law asks the full form for an address "if
   * known", and a job that is accounted for states it.
   */
  private static List<String> missing(Form form, Map<Fact, String> about) {
    Map<Fact, String> asked = new LinkedHashMap<>();
    asked.put(Fact.RECIPIENT, "name of the recipient (recipient.name)");
    asked.put(Fact.ADDRESS, "address of the recipient (recipient.address)");
    if (form == Form.SHORT) {
      asked.put(Fact.PHONE, "telephone of the researcher (recipient.phone)");
      asked.put(Fact.DESCRIPTION, "plain-language description of the study (study.description)");
      asked.put(Fact.SPONSOR, "name of the sponsor (study.sponsor.name)");
      asked.put(Fact.SPONSOR_ADDRESS, "address of the sponsor (study.sponsor.address)");
      asked.put(Fact.SPONSOR_PHONE, "telephone of the sponsor (study.sponsor.phone)");
    }
    return asked.entrySet().stream()
        .filter(entry -> !about.containsKey(entry.getKey()))
        .map(Map.Entry::getValue)
        .toList();
  }
}
