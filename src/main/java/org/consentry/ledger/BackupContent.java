package org.consentry.ledger;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.consentry.keys.LedgerKey;
import org.consentry.keys.StudyKey;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;

/**
 * What is in a backup, found in its content and not in what it states of itself: the ledger was
 * checked entry by entry under its key.
 *
 * @param made when it was made
 * @param software what made it
 * @param home the state folder it was made of, absolute
 * @param keyFolders the folders of keys it was made of, absolute; empty for none
 * @param stateFiles how many files of the state folder
 * @param keyFiles how many files of the folders of keys
 * @param bytes size of all files together
 * @param ledgerKey fingerprint of the ledger's key
 * @param entries the ledger, the oldest entry first
 * @param studyKeys fingerprints of study keys, by path in the backup
 */
public record BackupContent(
    Instant made,
    String software,
    String home,
    List<String> keyFolders,
    int stateFiles,
    int keyFiles,
    long bytes,
    String ledgerKey,
    List<LedgerEntry> entries,
    SortedMap<String, String> studyKeys) {

  private static final StateFolder INSIDE = new StateFolder(Path.of("state"));
  private static final String KEY = name(INSIDE.ledgerKey());
  private static final String HEAD = name(LedgerFiles.head(INSIDE));
  private static final String ENTRIES = name(LedgerFiles.entries(INSIDE));

  public BackupContent {
    keyFolders = List.copyOf(keyFolders);
    entries = List.copyOf(entries);
  }

  /** How the ledger of a backup is related to another one. */
  public enum Relation {
    SAME,
    /** The other ledger has more entries. */
    OLDER,
    /** The other ledger lacks entries. */
    NEWER,
    /** One does not continue the other. */
    OTHER
  }

  private static String name(Path path) {
    return path.toString().replace(java.io.File.separatorChar, '/');
  }

  /** Whether a file has the entries of the ledger. */
  static boolean isEntries(String path) {
    return path.equals(ENTRIES);
  }

  /** Whether the content of a file is needed to know what is in a backup. */
  static boolean isKnownBy(String path) {
    return !path.startsWith(BackupIndex.STATE)
        || path.equals(KEY)
        || path.equals(HEAD)
        || path.equals(ENTRIES);
  }

  /**
   * Reads what is in a backup.
   *
   * @param known the content of all files of {@link #isKnownBy}, by path
   * @throws ProblemException category VERIFY when the ledger is not there or was changed, KEY when
   *     its key is another one
   */
  static BackupContent of(BackupIndex index, Map<String, byte[]> known, Place place) {
    LedgerKey key = LedgerKey.parse(needed(KEY, known, place).clone(), Place.of(KEY));
    byte[] head = needed(HEAD, known, place);
    byte[] entries = needed(ENTRIES, known, place);
    SortedMap<String, String> studyKeys = new TreeMap<>();
    known.forEach(
        (path, content) -> {
          if (!path.startsWith(BackupIndex.STATE)) {
            StudyKey.fingerprint(content.clone()).ifPresent(print -> studyKeys.put(path, print));
          }
        });
    int stateFiles = (int) index.files().stream().filter(BackupIndex.Entry::isState).count();
    return new BackupContent(
        Instant.parse(index.made()),
        index.software(),
        index.home(),
        index.keys(),
        stateFiles,
        index.files().size() - stateFiles,
        index.files().stream().mapToLong(BackupIndex.Entry::size).sum(),
        key.fingerprint(),
        entries(head, entries, key),
        studyKeys);
  }

  private static byte[] needed(String path, Map<String, byte[]> known, Place place) {
    return Optional.ofNullable(known.get(path))
        .orElseThrow(
            () ->
                ProblemException.of(
                    Category.VERIFY,
                    "BACKUP_LEDGER",
                    place,
                    "it has no file " + path + ", so it is no backup of a state folder",
                    "take an older backup, and find out who made this one"));
  }

  private static List<LedgerEntry> entries(byte[] head, byte[] entries, LedgerKey key) {
    try {
      return new LedgerFiles(INSIDE, key).check(head, () -> entries).entries();
    } catch (IOException impossible) {
      throw new IllegalStateException("the content is in memory");
    }
  }

  /**
   * How its ledger is related to the one of a state folder. That the folder was restored and not
   * used since makes no difference.
   */
  public Relation relationTo(List<LedgerEntry> ledger) {
    List<LedgerEntry> present = withoutRestoration(ledger);
    int common = Math.min(entries.size(), present.size());
    if (common > 0 && !entries.get(common - 1).hash().equals(present.get(common - 1).hash())) {
      return Relation.OTHER;
    }
    return switch (Integer.signum(entries.size() - present.size())) {
      case 0 -> Relation.SAME;
      case 1 -> Relation.NEWER;
      default -> common == 0 ? Relation.OTHER : Relation.OLDER;
    };
  }

  private static List<LedgerEntry> withoutRestoration(List<LedgerEntry> ledger) {
    int end = ledger.size();
    while (end > 0 && ledger.get(end - 1).kind() == LedgerEntry.Kind.RESTORED) {
      end--;
    }
    return ledger.subList(0, end);
  }

  /**
   * Fingerprints of the keys that the newest release of each study was made with and that are not
   * in the backup, by study.
   */
  public SortedMap<String, String> missingStudyKeys() {
    Collection<String> there = studyKeys.values();
    SortedMap<String, String> missing = new TreeMap<>();
    for (LedgerEntry entry : ReleaseOrder.of(entries)) {
      entry.fact(LedgerFact.STUDY_KEY).ifPresent(key -> missing.put(entry.study(), key));
    }
    missing.values().removeIf(there::contains);
    return missing;
  }
}
