package org.consentry.ledger;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.consentry.data.DurableFiles;
import org.consentry.keys.AllowedSigners;
import org.consentry.problem.DiskFailure;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;

/**
 * The one folder with the installation's state: ledger and its key, code vault, who is in which
 * release, exact manifests, run records, job repository, lock. Owner-only.
 *
 * @param home the folder
 */
public record StateFolder(Path home) {

  private static final String DAMAGED = "db.damaged-";
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  /**
   * Refuses a state folder of another owner, one that is open to others, one this user may not look
   * into, and a path that the job repository cannot have. Creates nothing.
   *
   * @throws ProblemException category KEY; it names the command that fixes the folder
   */
  public void requireOwn() {
    StateAccess.require(this);
  }

  /** Settings of the job repository's database, written by a person; may be missing. */
  public Path properties() {
    return home.resolve("application.properties");
  }

  /**
   * Creates what is missing, and closes the inner folders to group and others.
   *
   * @throws ProblemException category TEMPORARY when the folder cannot be made, KEY as {@link
   *     #requireOwn}
   */
  public void prepare() {
    requireOwn();
    try {
      for (Path folder :
          new Path[] {
            vault(),
            runs(),
            manifests(),
            memberships(),
            restrictions(),
            ledger(),
            database().getParent()
          }) {
        DurableFiles.createClosedFolder(folder);
      }
    } catch (IOException cannotCreate) {
      throw ProblemException.of(
          DiskFailure.category(cannotCreate),
          "STATE_FOLDER",
          Place.of(home),
          "the state folder cannot be created or written",
          "check its permissions and free space");
    }
  }

  /** Where random codes are kept. */
  public Path vault() {
    return home.resolve("vault");
  }

  /** One small file per run, for {@code status} and {@code list}. */
  public Path runs() {
    return home.resolve("runs");
  }

  /** Exact internal manifests, by release. */
  public Path manifests() {
    return home.resolve("manifests");
  }

  /** Exact internal manifest of a run, with its signature. */
  public Path manifests(String run) {
    return manifests().resolve(run);
  }

  /** The ledger: its entries, its head and what was set aside of torn lines. */
  public Path ledger() {
    return home.resolve("ledger");
  }

  /** Who is in which release, one file a run, bound by digest to the ledger's entries. */
  public Path memberships() {
    return home.resolve("members");
  }

  /** Who is in the release of a run. */
  public Path membership(String run) {
    return memberships().resolve(RunRecord.requireId(run) + ".members");
  }

  /** The figures that the release of a run showed, beside {@link #membership}. */
  public Path figures(String run) {
    return memberships().resolve(RunRecord.requireId(run) + ".figures");
  }

  /** What runs have read of restrictions, one file a study and one a file of consent lines. */
  public Path restrictions() {
    return home.resolve("restrictions");
  }

  /** The key under which the ledger's entries are authenticated and patients are filed. */
  public Path ledgerKey() {
    return home.resolve("ledger.key");
  }

  /** Where recall lists are written unless a person names another folder. */
  public Path recalls() {
    return home.resolve("recalls");
  }

  /** Path prefix of the embedded database's files. */
  public Path database() {
    return home.resolve("db").resolve("consentry");
  }

  /** One of the embedded database's files, by the ending of its name. */
  public Path database(String ending) {
    return database().resolveSibling(database().getFileName() + "." + ending);
  }

  /**
   * Renames the folder of the embedded database, so that another one can be made.
   *
   * @return its new name, {@code db.damaged-} and the moment
   * @throws ProblemException category TEMPORARY when the disk refuses
   */
  public Path setDatabaseAside(Instant now) {
    Path folder = home.resolve("db");
    try {
      Path aside = home.resolve(DAMAGED + STAMP.format(now));
      for (int number = 2; Files.exists(aside); number++) {
        aside = home.resolve(DAMAGED + STAMP.format(now) + "-" + number);
      }
      Files.move(folder, aside, StandardCopyOption.ATOMIC_MOVE);
      DurableFiles.createClosedFolder(folder);
      return aside;
    } catch (IOException refused) {
      throw ProblemException.of(
          DiskFailure.category(refused),
          "JOB_DATABASE",
          Place.of(folder),
          "the damaged job repository cannot be set aside",
          "check the permissions of the state folder");
    }
  }

  /**
   * Removes embedded databases that were set aside before a moment.
   *
   * @return how many
   * @throws ProblemException category TEMPORARY when the disk refuses
   */
  public int removeDamagedDatabases(Instant before) {
    try (Stream<Path> list = Files.list(home)) {
      List<Path> old =
          list.filter(file -> String.valueOf(file.getFileName()).startsWith(DAMAGED))
              .filter(file -> isOlder(file, before))
              .toList();
      for (Path folder : old) {
        DurableFiles.delete(folder);
      }
      return old.size();
    } catch (IOException refused) {
      throw ProblemException.of(
          DiskFailure.category(refused),
          "JOB_DATABASE",
          Place.of(home),
          "job repositories that were set aside cannot be removed",
          "check the permissions of the state folder");
    }
  }

  private static boolean isOlder(Path aside, Instant before) {
    String name = String.valueOf(aside.getFileName()).substring(DAMAGED.length());
    return name.compareTo(STAMP.format(before)) < 0;
  }

  /** Signers this installation trusts, in the form of OpenSSH's {@code allowed_signers}. */
  public Path trustedSigners() {
    return home.resolve("trusted_signers");
  }

  /**
   * Who may approve releases, in the form of OpenSSH's {@code allowed_signers}; a person edits it
   * by hand.
   */
  public Path approvers() {
    return home.resolve("approvers");
  }

  /**
   * Trusts one more signer.
   *
   * @throws ProblemException category TEMPORARY when the file cannot be written
   */
  public void trust(AllowedSigners.Entry signer) {
    try {
      Path file = trustedSigners();
      String before = Files.exists(file) ? Files.readString(file, StandardCharsets.UTF_8) : "";
      DurableFiles.replace(file, before + new AllowedSigners(List.of(signer)).text());
    } catch (IOException cannotWrite) {
      throw ProblemException.of(
          DiskFailure.category(cannotWrite),
          "TRUSTED_SIGNERS",
          Place.of(trustedSigners()),
          "the file of trusted signers cannot be written",
          "check the permissions of the state folder");
    }
  }

  /** Lists of rows that runs could not use. */
  public Path rejected() {
    return home.resolve("rejected");
  }

  /** The rows that a run could not use; missing when there are none. */
  public Path rejected(String run) {
    return rejected().resolve(RunRecord.requireId(run) + ".csv");
  }

  /** How far the run at work is, for other processes; missing when none is. */
  public Path progress() {
    return home.resolve("progress.json");
  }

  /** When the newest backup was made; missing when none was. */
  public Path lastBackup() {
    return home.resolve("last-backup.json");
  }

  /** What the service stores. */
  public Path service() {
    return home.resolve("service");
  }

  /** The file that a service locks. */
  public Path serviceLock() {
    return service().resolve("lock");
  }

  /** The file that a run locks. */
  public Path lock() {
    return home.resolve("lock");
  }
}
