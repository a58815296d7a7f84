package org.consentry.ledger;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.consentry.ledger.LedgerEntry.Kind;
import org.consentry.ledger.LedgerFact.Accepted;

/**
 * What an entry of the ledger reports, before it has a place in the chain. The methods of this
 * record define the facts of every kind of event. The facts of a release are those of its manifest
 * and are collected where it is sealed.
 *
 * <p><b>Security promise:</b> callers put no patient id, cell or key into the facts; a patient
 * appears as a code or digest under a key.
 *
 * @param kind what happened
 * @param run the run it belongs to; empty when it belongs to none
 * @param job the job's name; empty when it belongs to none
 * @param study the study's id; empty when it belongs to none
 * @param facts counts, names and digests
 */
public record LedgerEvent(
    Kind kind, String run, String job, String study, Map<LedgerFact, String> facts) {

  public LedgerEvent {
    EnumMap<LedgerFact, String> copy = new EnumMap<>(LedgerFact.class);
    copy.putAll(facts);
    facts = Collections.unmodifiableMap(copy);
  }

  private static LedgerEvent ofNoRun(Kind kind, Map<LedgerFact, String> facts) {
    return new LedgerEvent(kind, "", "", "", facts);
  }

  /** Another event of the same run. */
  private static LedgerEvent of(LedgerEntry entry, Kind kind, Map<LedgerFact, String> facts) {
    return new LedgerEvent(kind, entry.run(), entry.job(), entry.study(), facts);
  }

  /** The outcome of a prepared release, which has the same facts. */
  public static LedgerEvent outcome(LedgerEntry prepared, Kind kind) {
    return of(prepared, kind, prepared.facts());
  }

  /**
   * A run was refused.
   *
   * @param codes codes of the problems, separated by blanks
   */
  public static LedgerEvent refused(
      String run, String job, String study, String askedBy, int exitCode, String codes) {
    return new LedgerEvent(
        Kind.REFUSED,
        run,
        job,
        study,
        Map.of(
            LedgerFact.ASKED_BY, askedBy,
            LedgerFact.EXIT_CODE, Integer.toString(exitCode),
            LedgerFact.CODES, codes));
  }

  /** A run was abandoned. */
  public static LedgerEvent abandoned(RunRecord record) {
    return new LedgerEvent(Kind.ABANDONED, record.run(), record.job(), record.study(), Map.of());
  }

  /**
   * A staged release was copied for its approvers.
   *
   * @param folder where, absolute
   */
  public static LedgerEvent reviewed(
      LedgerEntry staged, String askedBy, LedgerFact.Data data, String folder) {
    return of(
        staged,
        Kind.REVIEWED,
        Map.of(
            LedgerFact.ASKED_BY, askedBy,
            LedgerFact.DATA, data.name(),
            LedgerFact.FOLDER, folder));
  }

  /** An approver signed a staged manifest. */
  public static LedgerEvent approved(
      LedgerEntry staged, String approver, String key, String manifestSha256, String signature) {
    return of(
        staged,
        Kind.APPROVED,
        Map.of(
            LedgerFact.APPROVER, approver,
            LedgerFact.KEY, key,
            LedgerFact.MANIFEST_SHA256, manifestSha256,
            LedgerFact.SIGNATURE, signature));
  }

  /**
   * A patient was explained.
   *
   * @param subject the patient as a code under the study's key
   */
  public static LedgerEvent explained(String job, String study, String askedBy, String subject) {
    return new LedgerEvent(
        Kind.EXPLAINED,
        "",
        job,
        study,
        Map.of(LedgerFact.ASKED_BY, askedBy, LedgerFact.SUBJECT, subject));
  }

  /**
   * A person saw rows of the source as a job would release them.
   *
   * @param rows how many, in all tables
   */
  public static LedgerEvent sampled(String job, String study, String askedBy, int rows) {
    return new LedgerEvent(
        Kind.SAMPLED,
        "",
        job,
        study,
        Map.of(LedgerFact.ASKED_BY, askedBy, LedgerFact.ROWS, Integer.toString(rows)));
  }

  /**
   * The disclosures of a patient were accounted for.
   *
   * @param subject the patient as a digest under the ledger's key
   * @param since first day of the account
   * @param pageSha256 digest of the page for the patient; empty when none was made
   */
  public static LedgerEvent accounted(
      String askedBy, String subject, LocalDate since, Optional<String> pageSha256) {
    Map<LedgerFact, String> facts = new EnumMap<>(LedgerFact.class);
    facts.put(LedgerFact.ASKED_BY, askedBy);
    facts.put(LedgerFact.SUBJECT, subject);
    facts.put(LedgerFact.SINCE, since.toString());
    pageSha256.ifPresent(sha -> facts.put(LedgerFact.PAGE_SHA256, sha));
    return ofNoRun(Kind.ACCOUNTED, facts);
  }

  /**
   * A recall list of a release was written.
   *
   * @param folder where, absolute
   */
  public static LedgerEvent recalled(
      LedgerEntry release, String askedBy, int patients, String listSha256, String folder) {
    return of(
        release,
        Kind.RECALLED,
        Map.of(
            LedgerFact.ASKED_BY,
            askedBy,
            LedgerFact.RELEASE,
            release.fact(LedgerFact.RELEASE).orElse(""),
            LedgerFact.RECIPIENT,
            release.fact(LedgerFact.RECIPIENT).orElse(""),
            LedgerFact.PATIENTS,
            Integer.toString(patients),
            LedgerFact.LIST_SHA256,
            listSha256,
            LedgerFact.FOLDER,
            folder));
  }

  /**
   * A person closed the recall of a release.
   *
   * @param listed the entry of its newest list
   */
  public static LedgerEvent recallClosed(LedgerEntry listed, String closedBy) {
    return of(
        listed,
        Kind.RECALLED,
        Map.of(
            LedgerFact.RELEASE, listed.fact(LedgerFact.RELEASE).orElse(""),
            LedgerFact.RECIPIENT, listed.fact(LedgerFact.RECIPIENT).orElse(""),
            LedgerFact.CLOSED_BY, closedBy));
  }

  /**
   * A release was encrypted for its recipient.
   *
   * @param openers public keys that open the file, a line each
   */
  public static LedgerEvent packaged(
      LedgerEntry release, String askedBy, String fileSha256, String openers) {
    return of(
        release,
        Kind.PACKAGED,
        Map.of(
            LedgerFact.ASKED_BY, askedBy,
            LedgerFact.RELEASE, release.fact(LedgerFact.RELEASE).orElse(""),
            LedgerFact.FILE_SHA256, fileSha256,
            LedgerFact.OPENERS, openers));
  }

  /**
   * A recipient confirmed something of a release.
   *
   * @param kind RECEIVED, DESTROYED or MISTAKEN
   * @param day when it happened
   * @param documentSha256 digest of the document
   * @param key fingerprint of the key that signed the document; empty when it is not signed
   */
  public static LedgerEvent confirmed(
      LedgerEntry release,
      Kind kind,
      String askedBy,
      LocalDate day,
      String documentSha256,
      String key) {
    if (kind != Kind.RECEIVED && kind != Kind.DESTROYED && kind != Kind.MISTAKEN) {
      throw new IllegalArgumentException("a recipient does not confirm " + kind);
    }
    return of(
        release,
        kind,
        Map.of(
            LedgerFact.ASKED_BY, askedBy,
            LedgerFact.RELEASE, release.fact(LedgerFact.RELEASE).orElse(""),
            LedgerFact.DAY, day.toString(),
            LedgerFact.DOCUMENT_SHA256, documentSha256,
            LedgerFact.KEY, key));
  }

  /** A person accepted a clock that is behind the newest entry. */
  public static LedgerEvent clockAccepted(String askedBy, String reason) {
    return ofNoRun(
        Kind.ACCEPTED,
        Map.of(
            LedgerFact.ASKED_BY, askedBy,
            LedgerFact.ACCEPTED, Accepted.CLOCK.name(),
            LedgerFact.REASON, reason));
  }

  /** A torn last line was set aside. */
  static LedgerEvent repaired(String tornFile, String tornSha256) {
    return ofNoRun(
        Kind.REPAIRED, Map.of(LedgerFact.TORN_FILE, tornFile, LedgerFact.TORN_SHA256, tornSha256));
  }

  /**
   * The state folder was restored.
   *
   * @param backup when the backup was made
   */
  public static LedgerEvent restored(Instant backup, String askedBy) {
    return ofNoRun(
        Kind.RESTORED, Map.of(LedgerFact.BACKUP, backup.toString(), LedgerFact.ASKED_BY, askedBy));
  }

  /** Run records and job history before a moment were purged. */
  public static LedgerEvent purged(Instant before, String askedBy) {
    return ofNoRun(
        Kind.PURGED, Map.of(LedgerFact.BEFORE, before.toString(), LedgerFact.ASKED_BY, askedBy));
  }
}
