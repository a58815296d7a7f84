package org.consentry.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.consentry.keys.BackupKey;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;

/** The files that belong into a backup, with their names in it. */
final class BackupFiles {

  /**
   * Made again by every command, or remains of a crash. What commands printed and what is asked for
   * at this moment changes while the service is at work, and is no record.
   */
  private static final Set<String> NOT_STATE =
      Set.of("lock", "progress.json", "last-backup.json", "db/consentry.lck", "service/lock");

  private static final Pattern REMAINS =
      Pattern.compile("(?:.*\\.new|(?:service/)?db\\.damaged-.*|service/(?:db|printed|asked)/.*)");

  private static final Pattern LOG =
      Pattern.compile(Pattern.quote(BackupIndex.STATE) + "service/[a-z0-9-]+\\.jsonl");

  /** No key file is longer, so a wrong folder is no folder of keys. */
  private static final int LONGEST_KEY = 64 * 1024;

  /** So many keys may a backup have, which are read as a whole. */
  static final int MOST_KEYS = 1_000;

  /** So long may a ledger be that is checked in memory. */
  private static final int LONGEST_LEDGER = 128 << 20;

  private BackupFiles() {}

  /**
   * A file.
   *
   * @param path its name in the backup
   * @param file the file
   */
  record Source(String path, Path file) {

    /** Whether lines are added to it while the service is at work. */
    boolean isLog() {
      return LOG.matcher(path).matches();
    }

    /** Reads a key, or a file of the ledger. */
    byte[] readSmall() throws IOException {
      long longest = longest(path);
      if (Files.size(file) > longest) {
        throw refused(
            Category.USAGE,
            "BACKUP_SIZE",
            file,
            "a file of this size is no key and no ledger",
            "name a folder by --keys that has keys only");
      }
      byte[] content = Files.readAllBytes(file);
      if (!path.startsWith(BackupIndex.STATE) && BackupKey.isIn(content)) {
        throw refused(
            Category.KEY,
            "BACKUP_KEY_INSIDE",
            file,
            "this is a key that opens backups: it is lost with the machine, and then the backup"
                + " cannot be opened",
            "move it away from this machine, such as printed into a safe");
      }
      return content;
    }
  }

  /** How many bytes a file may have whose content is read as a whole. */
  static int longest(String path) {
    return BackupContent.isEntries(path) ? LONGEST_LEDGER : LONGEST_KEY;
  }

  /**
   * The files of a state folder and of folders of keys, sorted. Links are followed.
   *
   * @throws ProblemException category USAGE when a folder is none or has what is no file
   */
  static List<Source> of(StateFolder state, List<Path> keys) throws IOException {
    List<Source> sources = new ArrayList<>();
    add(state.home(), BackupIndex.STATE, sources);
    sources.removeIf(source -> isLeftOut(source.path().substring(BackupIndex.STATE.length())));
    for (int i = 0; i < keys.size(); i++) {
      add(keys.get(i), folder(i) + "/", sources);
    }
    return sources;
  }

  /** What a folder of keys is called in a backup. */
  static String folder(int number) {
    return number == 0 ? "keys" : "keys-" + (number + 1);
  }

  private static boolean isLeftOut(String name) {
    return NOT_STATE.contains(name) || REMAINS.matcher(name).matches();
  }

  private static void add(Path folder, String name, List<Source> sources) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw refused(
          Category.USAGE, "BACKUP_SOURCE", folder, "there is no folder here", "check the path");
    }
    try (Stream<Path> walk = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      for (Path file : walk.filter(each -> !Files.isDirectory(each)).sorted().toList()) {
        String relative =
            folder.relativize(file).toString().replace(java.io.File.separatorChar, '/');
        Source source = new Source(name + relative, file);
        if (!Files.isRegularFile(file) || !isRestorable(source)) {
          throw refused(
              Category.USAGE,
              "BACKUP_SOURCE",
              file,
              "this is no plain file, or its name has characters that not every system can restore",
              "remove or rename it");
        }
        sources.add(source);
      }
    } catch (UncheckedIOException unreadable) {
      throw unreadable.getCause();
    }
  }

  private static boolean isRestorable(Source source) {
    return new BackupIndex.Entry(source.path(), 0, "0".repeat(64)).isSafe();
  }

  private static ProblemException refused(
      Category category, String code, Path file, String message, String hint) {
    return ProblemException.of(category, code, Place.of(Place.name(file)), message, hint);
  }
}
