package org.consentry.ledger;

import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The names of the facts that entries of the ledger may have. An entry with a fact of another name
 * cannot be read. In the file a name is written in lower camel case, as {@code legalBasis}.
 *
 * <p><b>Security promise:</b> no fact contains a patient's id or a cell; a patient appears as a
 * code or digest under a key only.
 */
public enum LedgerFact {
  /** Name of the release folder, {@code DATE-rN}. */
  RELEASE,
  /** Absolute folder the release is published as. */
  TARGET,
  /** Absolute folder in staging that becomes the release. */
  STAGED,
  /** When the release was ready to be published, ISO 8601 UTC. */
  PREPARED_AT,
  /** Id of the recipient. */
  RECIPIENT,
  /** The job file, absolute. */
  JOB_FILE,
  /** Purpose of use of the study. */
  PURPOSE,
  /** Legal basis of the disclosure, a word of the job. */
  LEGAL_BASIS,
  /** Who requested the data. */
  REQUESTED_BY,
  /** Digest of what was asked of every consent. */
  REQUEST_SHA256,
  /** The file of consent lines as the job writes it. */
  CONSENT_NAME,
  /** The file of consent lines, absolute. */
  CONSENT_FILE,
  /** Fingerprint of the study's key. */
  STUDY_KEY,
  /** Fingerprint of the key that signed the manifests. */
  SIGNING_KEY,
  /** Fingerprint of the key patients are filed under. */
  LEDGER_KEY,
  /** Code vaults, a line each: domain, number of codes, first and newest seal. */
  VAULT,
  /** What the codes of the study begin with, a line each: domain, blank, prefix. */
  CODE_PREFIXES,
  /** Digest of the plan. */
  PLAN,
  /** Rule sets of the plan, a line each: digest, blank, name and version. */
  RULES,
  /** The mapping and its lists, a line each: digest, blank, what it is. */
  MAPPING,
  /** Digest of the decisions. */
  DECISIONS,
  /** Digest of the consent the decisions were made of. */
  CONSENT,
  /** Patients in the cohort. */
  SUBJECTS,
  /** Released rows of all tables. */
  ROWS,
  /** Digest of the exact manifest in the state folder. */
  INTERNAL_MANIFEST_SHA256,
  /** Digest of the recipient's manifest. */
  MANIFEST_SHA256,
  /** Digest of the release's {@code SHA256SUMS}. */
  SUMS_SHA256,
  /** Digest of the file of who is in the release. */
  MEMBERSHIP_SHA256,
  /** Digest of the file of the figures that the release shows. */
  FIGURES_SHA256,
  /** Digest of the file of how many rows and values each table had. */
  COUNTS_SHA256,
  /** The moment of the manifest, ISO 8601 UTC. */
  CREATED_AT,
  /** Last day on which accounts given to patients leave the disclosure out, ISO 8601. */
  SUSPENDED_UNTIL,
  /** Name of the job's earlier release that this one replaces. */
  REPLACES,
  /** How many releases of the study were published before this one was staged. */
  RELEASES_BEFORE,
  /** How many rows could not be used. */
  REJECTED,
  /** How many approvals the release needs. */
  REQUIRED,
  /** The operators of a staged run, a line each. */
  OPERATORS,
  /** Who published, as {@link #ASKED_BY} names the person. */
  PUBLISHED_BY,
  /** Approvers and their keys. */
  APPROVED_BY,
  /** Name of an approver. */
  APPROVER,
  /** Fingerprint of an approver's key. */
  KEY,
  /** A signature in OpenSSH's armor. */
  SIGNATURE,
  /**
   * Who gave the command, as the operating system names the person; behind {@code for} the person
   * who asked the service for it.
   */
  ASKED_BY,
  /** Exit code of a refused run. */
  EXIT_CODE,
  /** Codes of the problems that refused a run, separated by blanks. */
  CODES,
  /** A patient, as a code or digest under a key. */
  SUBJECT,
  /** First day of an account, ISO 8601. */
  SINCE,
  /** Digest of the page of an account that was made for the patient. */
  PAGE_SHA256,
  /** Patients on a recall list. */
  PATIENTS,
  /** Digest of a recall list. */
  LIST_SHA256,
  /** Where a recall list or a copy for approvers was written. */
  FOLDER,
  /** Whether a copy for approvers has the data, a word of {@link Data}. */
  DATA,
  /** Who closed a recall. */
  CLOSED_BY,
  /** What a person accepted, a word of {@link Accepted}. */
  ACCEPTED,
  /** Why a person accepted it. */
  REASON,
  /** Changes that may break programs and that a person accepted, a line each. */
  BREAKING,
  /** Digest of the file a release was encrypted into. */
  FILE_SHA256,
  /** Public keys that open that file, a line each. */
  OPENERS,
  /** Digest of the document in which a recipient confirmed something. */
  DOCUMENT_SHA256,
  /** The day on which it happened, ISO 8601. */
  DAY,
  /** Consent lines that were missing when a person accepted it, in words. */
  MISSING,
  /** File that torn bytes were set aside to. */
  TORN_FILE,
  /** Digest of that file. */
  TORN_SHA256,
  /** When the backup was made that the state folder was restored from, ISO 8601 UTC. */
  BACKUP,
  /** Records before this moment were purged, ISO 8601 UTC. */
  BEFORE;

  /** Whether a copy of a staged release has its data. */
  public enum Data {
    /** The pages and texts alone. */
    LEFT_OUT,
    /** The released tables too, which a person asked for. */
    INCLUDED
  }

  /** What a person may accept with a reason. */
  public enum Accepted {
    /** A clock that is behind the newest entry. */
    CLOCK,
    /** Consent lines that earlier runs read and that are missing, or may be. */
    RESTRICTIONS,
    /** Changes since the last release that may break programs. */
    BREAKING
  }

  private static final Map<String, LedgerFact> BY_WORD =
      Arrays.stream(values()).collect(Collectors.toMap(LedgerFact::word, Function.identity()));

  /** The name as it is written in the file. */
  public String word() {
    StringBuilder word = new StringBuilder();
    boolean begins = false;
    for (char letter : name().toLowerCase(Locale.ROOT).toCharArray()) {
      if (letter != '_') {
        word.append(begins ? Character.toUpperCase(letter) : letter);
      }
      begins = letter == '_';
    }
    return word.toString();
  }

  /** The fact of a name as it is written in the file; empty when there is none. */
  static Optional<LedgerFact> of(String word) {
    return Optional.ofNullable(BY_WORD.get(word));
  }

  /** Facts by the names as they are written, in the order of the names. */
  static Map<String, String> words(Map<LedgerFact, String> facts) {
    Map<String, String> words = new TreeMap<>();
    facts.forEach((fact, value) -> words.put(fact.word(), value));
    return Collections.unmodifiableMap(words);
  }
}
