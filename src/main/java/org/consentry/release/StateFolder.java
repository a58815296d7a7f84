package org.consentry.release;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.consentry.keys.AllowedSigners;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;

/**
 * The one folder that holds the installation's state: job repository and ledger, code vault, run
 * records, exact manifests, lock. Owner-only.
 *
 * @param home the folder
 */
public record StateFolder(Path home) {

  /**
   * Creates what is missing, and shuts the inner folders to everybody but their owner.
   *
   * @throws ProblemException category TEMPORARY when the folder cannot be made
   */
  public void prepare() {
    try {
      Folders.create(home);
      for (Path folder :
          new Path[] {vault(), runs(), manifests(), memberships(), database().getParent()}) {
        Folders.createShut(folder);
      }
    } catch (IOException cannotCreate) {
      throw ProblemException.of(
          Category.TEMPORARY,
          "STATE_FOLDER",
          Place.of(home.toString()),
          "the state folder cannot be created or written",
          "check its permissions and free space, or set CONSENTRY_HOME to another folder");
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

  /** Who is in which release, one file a run, bound by digest to the ledger's entries. */
  public Path memberships() {
    return home.resolve("ledger");
  }

  /** Who is in the release of a run. */
  public Path membership(String run) {
    return memberships().resolve(RunRecord.requireId(run) + ".members");
  }

  /** The key under which the ledger files patients. */
  public Path ledgerKey() {
    return home.resolve("ledger.key");
  }

  /** Where recall lists are written unless a person names another folder. */
  public Path recalls() {
    return home.resolve("recalls");
  }

  /** Which recalls are open, for {@code status}. */
  public Path openRecalls() {
    return home.resolve("open-recalls.json");
  }

  /** Path prefix of the embedded database's files. */
  public Path database() {
    return home.resolve("db").resolve("consentry");
  }

  /** Whether the embedded database was ever made: HSQLDB keeps its tables' names in this file. */
  public boolean hasDatabase() {
    return Files.exists(database().resolveSibling(database().getFileName() + ".script"));
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
      Folders.replace(file, before + new AllowedSigners(List.of(signer)).text());
    } catch (IOException cannotWrite) {
      throw ProblemException.of(
          Category.TEMPORARY,
          "TRUSTED_SIGNERS",
          Place.of(trustedSigners().toString()),
          "the file of trusted signers cannot be written",
          "check the permissions of the state folder");
    }
  }

  /** The file whose lock says that a run is going on. */
  public Path lock() {
    return home.resolve("lock");
  }
}
