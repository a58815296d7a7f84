package org.consentry.export;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import org.consentry.data.BytesColumn;
import org.consentry.data.CodeForm;
import org.consentry.data.FlatInput;
import org.consentry.data.FlatOutput;
import org.consentry.data.Prf;
import org.consentry.data.SubjectKeys;
import org.consentry.export.decide.SubjectKeysOfRun;
import org.consentry.keys.CodeVault;
import org.consentry.keys.KeyReference;
import org.consentry.keys.OneTimeKey;
import org.consentry.keys.SentKeys;
import org.consentry.keys.SigningKey;
import org.consentry.keys.StudyKey;
import org.consentry.keys.VaultHead;
import org.consentry.ledger.Ledger;
import org.consentry.ledger.LedgerEntry;
import org.consentry.ledger.LedgerFact;
import org.consentry.ledger.Staging;
import org.consentry.operator.OperatorKeys;

/**
 * The keys of one run: the study's, the run's one-time key in staging, and the clinic's signing
 * key. Safe for any number of threads.
 *
 * <p><b>Security promise:</b> no key can be read back and toString shows none.
 */
public final class RunKeys implements SubjectKeysOfRun, OperatorKeys {

  /** Who signs releases, as {@code allowed_signers} names it. */
  public static final String SIGNER = "clinic-releases";

  /** The one-time function that follows references between the tables of a run. */
  static final String REFERENCES = "references";

  /** The one-time function of the digests of identifiers. */
  static final String SCAN = "scan";

  private final Path stateFolder;
  private final String study;
  private final StudyKey studyKey;
  private final OneTimeKey oneTimeKey;
  private final SigningKey signingKey;
  private final Map<String, VaultHead> vaults = new ConcurrentHashMap<>();
  private final Map<String, Prf> keyed = new ConcurrentHashMap<>();
  private final Map<String, Prf> oneTime = new ConcurrentHashMap<>();

  private RunKeys(
      Path stateFolder,
      String study,
      StudyKey studyKey,
      OneTimeKey oneTimeKey,
      SigningKey signingKey) {
    this.stateFolder = stateFolder;
    this.study = study;
    this.studyKey = studyKey;
    this.oneTimeKey = oneTimeKey;
    this.signingKey = signingKey;
  }

  /**
   * Opens the keys of a run.
   *
   * @param oneTimeFile where the run's one-time key lives; drawn when it is not there
   * @throws org.consentry.problem.ProblemException category KEY when one is missing or not fit for
   *     use
   */
  public static RunKeys open(
      Path stateFolder,
      String study,
      KeyReference studyKey,
      KeyReference signing,
      Path oneTimeFile) {
    StudyKey key = StudyKey.read(studyKey);
    SigningKey signingKey = SigningKey.read(signing);
    OneTimeKey oneTime =
        Files.exists(oneTimeFile) ? OneTimeKey.read(oneTimeFile) : OneTimeKey.create(oneTimeFile);
    return new RunKeys(stateFolder, study, key, oneTime, signingKey);
  }

  /**
   * Reads the keys a job refers to and forgets them, so that a run without its keys does not even
   * begin.
   *
   * @throws org.consentry.problem.ProblemException category KEY when one is missing or not fit for
   *     use
   */
  public static void require(KeyReference studyKey, KeyReference signing) {
    StudyKey.read(studyKey);
    SigningKey.read(signing);
  }

  /**
   * Refuses a study whose releases have random codes that its vaults do not have any more.
   *
   * @param ledger the record of its releases
   * @param run a run whose staged release has codes too; empty when there is none
   * @throws org.consentry.problem.ProblemException category KEY when a vault is missing, empty,
   *     older than the newest release or another one
   */
  public static void requireVaults(
      Path stateFolder, Ledger ledger, String study, String run, KeyReference studyKey) {
    Map<String, VaultHead> released = new TreeMap<>();
    for (LedgerEntry entry : ledger.entries()) {
      boolean isOut = entry.kind() == LedgerEntry.Kind.PUBLISHED && entry.study().equals(study);
      boolean isStaged = entry.kind() == LedgerEntry.Kind.STAGED && entry.run().equals(run);
      if (isOut || isStaged) {
        entry.fact(LedgerFact.VAULT).stream()
            .flatMap(String::lines)
            .flatMap(line -> VaultHead.parse(line).stream())
            .forEach(head -> released.put(head.domain(), head));
      }
    }
    StudyKey key = StudyKey.read(studyKey);
    boolean isKeyOfStudy =
        ledger
            .lastPublished(study)
            .flatMap(entry -> entry.fact(LedgerFact.STUDY_KEY))
            .filter(pinned -> !pinned.equals(key.fingerprint()))
            .isEmpty();
    if (isKeyOfStudy) { // Another key is refused for itself.
      released.values().forEach(head -> CodeVault.require(stateFolder, key, study, head));
    }
  }

  /** The vaults that this run took codes from, as the fact {@link LedgerFact#VAULT}. */
  public String vaults() {
    return new TreeMap<>(vaults)
        .values().stream().map(VaultHead::text).collect(Collectors.joining("\n"));
  }

  /** Where the one-time key of a run lives. */
  public static Path oneTimeFile(Staging staging) {
    return staging.work().resolve("one-time.key");
  }

  /** What manifests and the ledger may know of the study's key. */
  public String studyFingerprint() {
    return studyKey.fingerprint();
  }

  public SigningKey signing() {
    return signingKey;
  }

  @Override
  public BytesColumn random(
      String domain, CodeForm form, SubjectKeys subjects, IntPredicate selected) {
    String named = form.secrets(domain);
    CodeVault vault = CodeVault.open(stateFolder, studyKey, study, named);
    BytesColumn codes = vault.codes(subjects, form, selected);
    vault.head().ifPresent(head -> vaults.put(named, head));
    return codes;
  }

  @Override
  public Prf keyed(String domain) {
    return keyed.computeIfAbsent(domain, name -> studyKey.pseudonyms(study, name));
  }

  @Override
  public Prf oneTime(String domain) {
    return oneTime.computeIfAbsent(domain, oneTimeKey::prf);
  }

  @Override
  public Prf dateShifts() {
    return studyKey.dateShifts(study);
  }

  /** The function that follows references between the tables of a run. */
  Prf references() {
    return oneTime(REFERENCES);
  }

  /**
   * Writes the functions of some domains, for other processes of the run.
   *
   * @param ofStudy domains of {@link #keyed}
   * @param ofRun domains of {@link #oneTime}
   */
  void write(Set<String> ofStudy, Set<String> ofRun, FlatOutput out) {
    SentKeys.write(studyKey, study, ofStudy, oneTimeKey, ofRun, out);
  }

  /** The functions that {@link #write} wrote. */
  static OperatorKeys sent(FlatInput in) {
    SentKeys keys = SentKeys.read(in);
    return new OperatorKeys() {
      @Override
      public Prf keyed(String domain) {
        return keys.keyed(domain);
      }

      @Override
      public Prf oneTime(String domain) {
        return keys.oneTime(domain);
      }
    };
  }

  /** Shows no key. */
  @Override
  public String toString() {
    return "RunKeys";
  }
}
