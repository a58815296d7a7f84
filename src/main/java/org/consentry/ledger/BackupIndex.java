package org.consentry.ledger;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * The first entry of a backup, {@code backup.json}: what follows it.
 *
 * @param format {@link #FORMAT}
 * @param made when, ISO 8601 UTC
 * @param software what made it
 * @param home the state folder, absolute
 * @param keys the folders of keys, absolute; the first one is {@code keys} in the backup, the next
 *     {@code keys-2}
 * @param files the files that follow, in their order
 */
record BackupIndex(
    String format,
    String made,
    String software,
    String home,
    List<String> keys,
    List<Entry> files) {

  static final String FORMAT = "consentry-backup-1";
  static final String NAME = "backup.json";

  /** The folder of the state folder's files. */
  static final String STATE = "state/";

  private static final Pattern FOLDER = Pattern.compile("state|keys(?:-[1-9][0-9]{0,2})?");
  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern UNSHOWN = Pattern.compile("\\p{Cc}|\\p{Cf}");
  private static final int LONGEST_PATH = 2000;

  /** So many files may a backup have, which is some 10,000 runs. */
  static final int MOST_FILES = 100_000;

  /** So many folders of keys have a name. */
  static final int MOST_FOLDERS = 999;

  /** So many bytes may the list of them have. */
  static final int LONGEST = 32 << 20;

  private static final int WORDS_OF_A_FILE = 8;

  /** Everyone who knows the public key can write a list, so its parts are limited as they come. */
  private static final JsonMapper LIMITED =
      StrictJson.of(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder()
                      .maxDocumentLength(LONGEST)
                      .maxNestingDepth(4)
                      .maxNameLength(100)
                      .maxStringLength(2 * LONGEST_PATH)
                      .maxTokenCount((long) (MOST_FILES + MOST_FOLDERS) * WORDS_OF_A_FILE)
                      .build())
              .build());

  /**
   * One file.
   *
   * @param path its name in the backup, with {@code /} between folders
   * @param size its bytes
   * @param sha256 their SHA-256 in hexadecimal
   */
  record Entry(String path, long size, String sha256) {

    boolean isState() {
      return path.startsWith(STATE);
    }

    /** Whether it is below the backup's own folders, whatever system restores it. */
    boolean isSafe() {
      String[] names = path.split("/", -1);
      return size >= 0
          && DIGEST.matcher(sha256).matches()
          && path.length() <= LONGEST_PATH
          && names.length > 1
          && FOLDER.matcher(names[0]).matches()
          && java.util.Arrays.stream(names).allMatch(Entry::isName);
    }

    private static boolean isName(String name) {
      return !name.isBlank()
          && !name.equals(".")
          && !name.equals("..")
          && name.chars().noneMatch(c -> c < ' ' || c == 0x7f || c == '\\' || c == ':');
    }
  }

  BackupIndex {
    keys = List.copyOf(keys);
    files = List.copyOf(files);
  }

  byte[] bytes() {
    return StrictJson.MAPPER.writeValueAsBytes(this);
  }

  /** The file of a path. */
  Optional<Entry> file(String path) {
    return files.stream().filter(file -> file.path().equals(path)).findAny();
  }

  /**
   * Reads an index.
   *
   * @throws ProblemException category VERIFY when it is of another version, damaged, longer than a
   *     backup has it, or names a file that would be written outside of the folder that is restored
   */
  static BackupIndex parse(byte[] content, Place place) {
    try {
      if (!format(content).equals(FORMAT)) {
        throw refused(
            "BACKUP_VERSION",
            place,
            "expected the format " + FORMAT + " but found another one",
            "restore it with the version of Consentry that made it");
      }
      BackupIndex index = LIMITED.readValue(content, BackupIndex.class);
      java.time.Instant.parse(index.made());
      index.requireSafe(place);
      return index;
    } catch (JacksonException | java.time.DateTimeException | NullPointerException damaged) {
      throw refused(
          "BACKUP_INDEX",
          place,
          "the list of its files cannot be read, or is longer than " + MOST_FILES + " files need",
          "take another copy of it, or an older backup");
    }
  }

  /** The value of its word {@code format}; empty where it has none. */
  private static String format(byte[] content) {
    try (JsonParser list = LIMITED.createParser(content)) {
      boolean isObject = list.nextToken() == JsonToken.START_OBJECT;
      while (isObject && list.nextToken() == JsonToken.PROPERTY_NAME) {
        boolean isFormat = "format".equals(list.currentName());
        list.nextToken();
        if (isFormat) {
          return list.getValueAsString("");
        }
        list.skipChildren();
      }
      return "";
    }
  }

  /** Whether a person can have made a backup with so many files and folders. */
  boolean isPossible() {
    long keyFiles = files.stream().filter(file -> !file.isState()).count();
    return files.size() <= MOST_FILES
        && keys.size() <= MOST_FOLDERS
        && keyFiles <= BackupFiles.MOST_KEYS;
  }

  /** Whether a line can show it. */
  private static boolean isShown(String word) {
    return word.length() <= LONGEST_PATH && !UNSHOWN.matcher(word).find();
  }

  private void requireSafe(Place place) {
    if (!isPossible()) {
      throw refused(
          "BACKUP_INDEX",
          place,
          "it lists more than "
              + MOST_FILES
              + " files, or more than "
              + BackupFiles.MOST_KEYS
              + " keys",
          "consentry backup makes no such list: find out who made this file, and restore another"
              + " one");
    }
    if (!isShown(software) || !isShown(home) || !keys.stream().allMatch(BackupIndex::isShown)) {
      throw refused(
          "BACKUP_INDEX",
          place,
          "what made it, or a folder that it is of, is longer than "
              + LONGEST_PATH
              + " characters or has one that cannot be shown",
          "consentry backup makes no such name: find out who made this file, and restore another"
              + " one");
    }
    Set<String> seen = new HashSet<>();
    for (Entry file : files) {
      if (!file.isSafe() || !seen.add(file.path())) {
        throw refused(
            "BACKUP_PATH",
            place,
            "it has a file whose name would not be a file of its own in the folder to restore to",
            "consentry backup makes no such name: find out who made this file, and restore"
                + " another one");
      }
    }
  }

  private static ProblemException refused(String code, Place place, String message, String hint) {
    return ProblemException.of(Category.VERIFY, code, place, message, hint);
  }
}
