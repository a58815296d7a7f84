package org.consentry.release;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.consentry.data.Sha256;
import org.consentry.keys.AllowedSigners;
import org.consentry.keys.SshPublicKey;
import org.consentry.keys.SshSignature;
import org.consentry.ledger.Ledger;
import org.consentry.ledger.LedgerEntry;
import org.consentry.ledger.LedgerEvent;
import org.consentry.ledger.LedgerFact;
import org.consentry.problem.Category;
import org.consentry.problem.CountWords;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;

/**
 * Who approved a staged release. An approver signs the bytes of its {@code manifest.json} for the
 * namespace {@code consentry-approval}; the ledger keeps the signature, and every time it counts it
 * is checked again against the manifest in staging and the approvers as they are pinned then.
 *
 * <p><b>Security promise:</b> requester, operators and approvers are different persons, and no two
 * approvals count that share a key, or a name without its place. The key that signs releases
 * approves nothing.
 */
public final class Approvals {

  private final Ledger ledger;
  private final AllowedSigners approvers;
  private final Supplier<Instant> clock;

  /**
   * Approvals in a ledger.
   *
   * @param approvers whom the installation pins, as they are now
   */
  public Approvals(Ledger ledger, AllowedSigners approvers, Supplier<Instant> clock) {
    this.ledger = ledger;
    this.approvers = approvers;
    this.clock = clock;
  }

  /**
   * How many approvals a staged release has and needs.
   *
   * @param required how many it needs
   * @param given those that are valid now, the oldest first
   */
  public record Status(int required, List<ReleaseApprovals.Approval> given) {
    public Status {
      given = List.copyOf(given);
    }

    /** Whether they are enough. */
    public boolean isEnough() {
      return given.size() >= required;
    }

    /** Plain words, such as {@code 1 of 2 approvals given (jane@clinic)}. */
    public String words() {
      String names =
          String.join(", ", given.stream().map(ReleaseApprovals.Approval::approver).toList());
      return given.size()
          + " of "
          + CountWords.of(required, "approval")
          + " given"
          + (names.isEmpty() ? "" : " (" + names + ")");
    }
  }

  /** Operators as the fact {@link LedgerFact#OPERATORS}. */
  public static String operators(List<String> operators) {
    return String.join("\n", operators);
  }

  /**
   * The newest staging of a run.
   *
   * @throws ProblemException category STALE when the ledger knows of none
   */
  public LedgerEntry staged(String run) {
    return ledger.entries(LedgerEntry.Kind.STAGED).stream()
        .filter(entry -> entry.run().equals(run))
        .reduce((older, newer) -> newer)
        .orElseThrow(
            () ->
                ProblemException.of(
                    Category.STALE,
                    "NOT_STAGED",
                    Place.of("run " + run),
                    "the ledger knows of no staged release of this run",
                    "resume the run to make the release again"));
  }

  /**
   * Refuses a run that could never be approved, before it reads a row.
   *
   * @param required how many approvals the job asks for
   * @param operators the persons who work on the run or did
   * @throws ProblemException category AUTHORITY
   */
  public void requirePossible(int required, String requestedBy, List<String> operators) {
    if (operators.stream().anyMatch(operator -> isSame(requestedBy, operator))) {
      throw refused(
          "OPERATOR_IS_REQUESTER",
          "requester and operator must be different persons where approval is asked for",
          "have another person run the job");
    }
    Instant now = clock.get();
    List<String> persons = new ArrayList<>();
    approvers.entries().stream()
        .filter(entry -> isValid(entry, now))
        .map(AllowedSigners.Entry::principal)
        .filter(name -> !isSame(name, requestedBy))
        .filter(name -> operators.stream().noneMatch(operator -> isSame(name, operator)))
        .filter(name -> persons.stream().noneMatch(person -> isSame(name, person)))
        .forEach(persons::add);
    int possible = persons.size();
    if (possible < required) {
      throw refused(
          "APPROVERS_MISSING",
          "the job asks for "
              + CountWords.of(required, "approval")
              + " and the installation pins "
              + CountWords.of(possible, "approver")
              + " beside requester and operators",
          "add their keys to the file approvers of the state folder");
    }
  }

  /**
   * Keeps an approval.
   *
   * @param staged the staging it approves
   * @param manifest bytes of the manifest in staging
   * @return its approvals, this one included
   * @throws ProblemException category STALE when the manifest is not the staged one, AUTHORITY when
   *     the signature is none of an approver or the approver may not approve this
   */
  public Status approve(LedgerEntry staged, byte[] manifest, SshSignature signature) {
    requireStaged(staged, manifest);
    Instant now = clock.get();
    ReleaseApprovals.Approval approval = approval(staged, manifest, signature, now);
    for (ReleaseApprovals.Approval earlier : status(staged, manifest).given()) {
      refuseTwice(earlier, approval);
    }
    ledger.append(
        now,
        LedgerEvent.approved(
            staged,
            approval.approver(),
            signature.signer().fingerprint(),
            Sha256.hex(manifest),
            signature.armored()));
    return status(staged, manifest);
  }

  private static void refuseTwice(
      ReleaseApprovals.Approval earlier, ReleaseApprovals.Approval approval) {
    if (isOnePerson(earlier, approval)) {
      throw refused(
          "APPROVED_ALREADY",
          earlier.approver() + " approved this release already; one person approves once",
          "");
    }
  }

  private static boolean isOnePerson(
      ReleaseApprovals.Approval one, ReleaseApprovals.Approval other) {
    return one.signature().signer().equals(other.signature().signer())
        || isSame(one.approver(), other.approver());
  }

  /**
   * The approvals of a staged release.
   *
   * @param manifest bytes of the manifest in staging
   * @throws ProblemException category STALE when the manifest is not the staged one
   */
  public Status status(LedgerEntry staged, byte[] manifest) {
    requireStaged(staged, manifest);
    List<ReleaseApprovals.Approval> given = new ArrayList<>();
    for (LedgerEntry entry : ledger.entries(LedgerEntry.Kind.APPROVED)) {
      if (entry.run().equals(staged.run())) {
        approval(staged, manifest, entry)
            .filter(one -> given.stream().noneMatch(earlier -> isOnePerson(earlier, one)))
            .ifPresent(given::add);
      }
    }
    return new Status(Integer.parseInt(staged.fact(LedgerFact.REQUIRED).orElse("1")), given);
  }

  /**
   * Who may still sign a staged release: approvers who are pinned for this moment, are neither
   * requester nor operator, and have not signed.
   */
  public List<String> mayStillApprove(LedgerEntry staged, Status status) {
    Instant now = clock.get();
    List<String> out =
        Stream.concat(
                Stream.of(LedgerFact.REQUESTED_BY, LedgerFact.OPERATORS)
                    .flatMap(role -> staged.fact(role).stream().flatMap(String::lines)),
                status.given().stream().map(ReleaseApprovals.Approval::approver))
            .toList();
    return approvers.entries().stream()
        .filter(entry -> isValid(entry, now))
        .filter(
            entry ->
                !staged.fact(LedgerFact.SIGNING_KEY).equals(Optional.of(entry.key().fingerprint())))
        .map(AllowedSigners.Entry::principal)
        .filter(name -> out.stream().noneMatch(person -> isSame(name, person)))
        .distinct()
        .toList();
  }

  /**
   * An approval in the ledger, if it still is one: its approver may have been taken off, or its key
   * be pinned under another name by now.
   */
  private Optional<ReleaseApprovals.Approval> approval(
      LedgerEntry staged, byte[] manifest, LedgerEntry approved) {
    Optional<SshSignature> signature =
        approved
            .fact(LedgerFact.SIGNATURE)
            .flatMap(text -> SshSignature.parse(text.getBytes(StandardCharsets.US_ASCII)));
    return signature
        .filter(one -> against(staged, manifest, one).isEmpty())
        .filter(one -> nameOf(one.signer()).equals(approved.fact(LedgerFact.APPROVER)))
        .map(
            one ->
                new ReleaseApprovals.Approval(
                    nameOf(one.signer()).orElseThrow(), one, approved.moment()));
  }

  private ReleaseApprovals.Approval approval(
      LedgerEntry staged, byte[] manifest, SshSignature signature, Instant at) {
    against(staged, manifest, signature)
        .ifPresent(
            problem -> {
              throw new ProblemException(Category.AUTHORITY, List.of(problem));
            });
    return new ReleaseApprovals.Approval(nameOf(signature.signer()).orElseThrow(), signature, at);
  }

  private Optional<String> nameOf(SshPublicKey key) {
    return approvers.principal(key, SshSignature.APPROVAL, clock.get());
  }

  /** What speaks against a signature as an approval; empty when it is one. */
  private Optional<Problem> against(LedgerEntry staged, byte[] manifest, SshSignature signature) {
    SshPublicKey key = signature.signer();
    if (!signature.verifies(SshSignature.APPROVAL, manifest)) {
      return problem(
          "APPROVAL_SIGNATURE",
          "the signature is not one of the staged manifest for " + SshSignature.APPROVAL,
          "sign manifest.json of the staged release, as consentry status shows");
    }
    Optional<String> name = nameOf(key);
    if (name.isEmpty()) {
      return unknown(key);
    }
    if (!ReleaseApprovals.isName(name.get())) {
      return problem(
          "APPROVER_NAME",
          "an approver is named by letters, digits and @._-",
          "rename the approver in the file approvers of the state folder");
    }
    if (staged.fact(LedgerFact.SIGNING_KEY).equals(Optional.of(key.fingerprint()))) {
      return problem(
          "APPROVER_NOT_DISTINCT",
          "the key that signs releases cannot approve one",
          "give every approver a key of their own");
    }
    boolean isInvolved =
        Stream.of(LedgerFact.REQUESTED_BY, LedgerFact.OPERATORS)
            .flatMap(role -> staged.fact(role).stream().flatMap(String::lines))
            .anyMatch(person -> isSame(person, name.get()));
    if (isInvolved) {
      return problem(
          "APPROVER_NOT_DISTINCT",
          "requester, operators and approvers must be different persons",
          "have another person approve");
    }
    return Optional.empty();
  }

  private Optional<Problem> unknown(SshPublicKey key) {
    boolean pinned = approvers.entries().stream().anyMatch(entry -> entry.key().equals(key));
    return pinned
        ? problem(
            "APPROVER_EXPIRED",
            "the key " + key.fingerprint() + " is pinned, but not for approvals at this time",
            "look at namespaces, valid-after and valid-before in the file approvers")
        : problem(
            "APPROVER_UNKNOWN",
            "the key " + key.fingerprint() + " is none of the approvers this installation pins",
            "add it to the file approvers of the state folder if it may approve");
  }

  private static boolean isValid(AllowedSigners.Entry entry, Instant now) {
    return new AllowedSigners(List.of(entry))
        .principal(entry.key(), SshSignature.APPROVAL, now)
        .isPresent();
  }

  /**
   * Names are one person's when they are equal without their places: one person is {@code jane} at
   * a machine, {@code jane@clinic} among the approvers and {@code jane@clinic.example} for a
   * provider.
   */
  static boolean isSame(String one, String other) {
    return withoutPlace(one.strip().toLowerCase(Locale.ROOT))
        .equals(withoutPlace(other.strip().toLowerCase(Locale.ROOT)));
  }

  private static String withoutPlace(String name) {
    int at = name.indexOf('@');
    return at < 0 ? name : name.substring(0, at);
  }

  private static void requireStaged(LedgerEntry staged, byte[] manifest) {
    if (!staged.fact(LedgerFact.MANIFEST_SHA256).equals(Optional.of(Sha256.hex(manifest)))) {
      throw ProblemException.of(
          Category.STALE,
          "STAGING_CHANGED",
          Place.of("run " + staged.run()),
          "the manifest in staging is not the one that was staged; nothing was published",
          "resume the run to make the release again, then have it approved again");
    }
  }

  private static Optional<Problem> problem(String code, String message, String hint) {
    return Optional.of(Problem.error(code, Place.of("approval"), message, hint));
  }

  private static ProblemException refused(String code, String message, String hint) {
    return ProblemException.of(Category.AUTHORITY, code, Place.of("approval"), message, hint);
  }
}
