package org.consentry.ledger;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.consentry.data.DurableFiles;
import org.consentry.data.Sha256;
import org.consentry.keys.AllowedSigners;
import org.consentry.keys.SigningKey;
import org.consentry.keys.SshSignature;
import org.consentry.problem.DiskFailure;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;

/**
 * A signed folder to send: some texts, {@code SHA256SUMS} over them, its signature, and the
 * signer's public key. It appears under its name at once and whole, or not at all.
 */
public final class RecallFolder {

  private static final String SIGNERS = "allowed_signers";
  private static final String SUMS = "SHA256SUMS";

  private RecallFolder() {}

  /**
   * Writes a folder, in place of one of the same name that an interrupted command left.
   *
   * @param folder the folder to make
   * @param texts its files by name
   * @param moment the time stamp of every file
   * @param principal what the signer is called
   * @throws ProblemException category TEMPORARY when the disk refuses; then nothing is there
   */
  public static void write(
      Path folder, Map<String, String> texts, Instant moment, String principal, SigningKey key) {
    Path parent = folder.toAbsolutePath().resolveSibling(".").normalize();
    Path fresh = parent.resolve("." + folder.getFileName() + ".new");
    try {
      DurableFiles.delete(fresh);
      DurableFiles.createFolder(fresh);
      SortedMap<String, String> sums = new TreeMap<>();
      SortedMap<String, String> all = new TreeMap<>(texts);
      all.put(SIGNERS, new AllowedSigners(List.of(signer(principal, key))).text());
      for (Map.Entry<String, String> text : all.entrySet()) {
        DurableFiles.replace(fresh.resolve(text.getKey()), text.getValue());
        sums.put(text.getKey(), Sha256.hex(text.getValue()));
      }
      StringBuilder lines = new StringBuilder();
      sums.forEach((name, digest) -> lines.append(digest + "  " + name + "\n"));
      byte[] signed = lines.toString().getBytes(StandardCharsets.UTF_8);
      DurableFiles.replace(fresh.resolve(SUMS), signed);
      DurableFiles.replace(
          fresh.resolve(SUMS + ".sig"),
          SshSignature.sign(key, SshSignature.RECALL, signed).armored());
      DurableFiles.stamp(fresh, moment);
      DurableFiles.delete(folder);
      Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
      DurableFiles.sync(parent);
    } catch (IOException refused) {
      throw ProblemException.of(
          DiskFailure.category(refused),
          "RECALL_LIST",
          Place.of(folder),
          "the recall list cannot be written",
          "check free space and permissions, then run consentry recall again");
    }
  }

  private static AllowedSigners.Entry signer(String principal, SigningKey key) {
    return new AllowedSigners.Entry(
        principal, key.publicKey(), List.of(SshSignature.RECALL), Instant.MIN, Instant.MAX);
  }

  /** The commands that check a folder, beside its sums. */
  public static List<String> commands() {
    return List.of(
        "ssh-keygen -Y verify -f allowed_signers -I clinic-releases -n "
            + SshSignature.RECALL
            + " -s SHA256SUMS.sig < SHA256SUMS");
  }
}
