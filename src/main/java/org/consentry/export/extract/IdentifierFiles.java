package org.consentry.export.extract;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.consentry.connector.Split;
import org.consentry.data.Prf;
import org.consentry.data.Sha256;
import org.consentry.export.scan.IdentifierSet;
import org.consentry.export.scan.SipKey;
import org.consentry.ledger.Staging;

/**
 * The identifiers of each split in staging, as keyed digests. Beside each file is a seal under the
 * run's key over its content, the split and what the content depends on. A file without a valid
 * seal does not count, and its split is read again.
 */
public final class IdentifierFiles {

  private final Staging staging;
  private final Prf prf;
  private final SipKey key;

  /**
   * The files of a run.
   *
   * @param prf under a key that is destroyed with the run
   */
  public IdentifierFiles(Staging staging, Prf prf) {
    this.staging = staging;
    this.prf = prf;
    this.key = SipKey.of(prf);
  }

  /** The key of the digests. */
  public SipKey key() {
    return key;
  }

  /**
   * Stores the identifiers of a split.
   *
   * @param basis digest over what they depend on besides the split
   */
  public void store(String basis, Split split, IdentifierSet.Builder identifiers) {
    Path fresh = staging.fresh(file(split));
    String sha = identifiers.write(fresh);
    staging.settle(fresh, file(split));
    staging.keep(sealName(split), seal(basis, split, sha));
  }

  /** Whether the identifiers of a split were stored on the same basis and are what they were. */
  public boolean isStored(String basis, Split split) {
    Path file = file(split);
    Optional<String> kept = staging.text(sealName(split));
    if (kept.isEmpty() || !Files.isRegularFile(file)) {
      return false;
    }
    try {
      return kept.get().equals(seal(basis, split, Sha256.hex(Files.readAllBytes(file))));
    } catch (IOException unreadable) {
      return false;
    }
  }

  /**
   * The identifiers of all splits; they are joined in a file of their own.
   *
   * @return empty when those of a split were not stored on the same basis, or are not what they
   *     were
   */
  public Optional<IdentifierSet> all(String basis, List<Split> splits) {
    return splits.stream().allMatch(split -> isStored(basis, split))
        ? Optional.of(
            IdentifierSet.merge(
                key,
                splits.stream().map(this::file).toList(),
                staging.work().resolve("all.identifiers")))
        : Optional.empty();
  }

  private String seal(String basis, Split split, String sha) {
    byte[] input = String.join("\0", basis, split.toString(), sha).getBytes(StandardCharsets.UTF_8);
    byte[] output = new byte[Prf.SIZE];
    prf.compute(input, 0, input.length, output, 0);
    return HexFormat.of().formatHex(output);
  }

  private Path file(Split split) {
    return staging.work().resolve(split.table() + "-" + split.number() + ".identifiers");
  }

  private static String sealName(Split split) {
    return split.table() + "-" + split.number() + ".identifiers.seal";
  }
}
