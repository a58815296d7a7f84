package org.consentry.export.extract;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
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
  public void store(String basis, Split split, IdentifierSet identifiers) {
    Path file = file(split);
    identifiers.write(file);
    staging.keep(sealName(split), seal(basis, split, file).orElse(""));
  }

  /** Whether the identifiers of a split were stored on the same basis and are what they were. */
  public boolean isStored(String basis, Split split) {
    Optional<String> seal = seal(basis, split, file(split));
    return seal.isPresent() && staging.text(sealName(split)).equals(seal);
  }

  /**
   * The identifiers of a split.
   *
   * @return empty when none were stored on the same basis, or they are not what they were
   */
  public Optional<IdentifierSet> of(String basis, Split split) {
    return isStored(basis, split)
        ? Optional.of(IdentifierSet.read(file(split), key))
        : Optional.empty();
  }

  private Optional<String> seal(String basis, Split split, Path file) {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      byte[] input =
          String.join("\0", basis, split.toString(), Sha256.hex(Files.readAllBytes(file)))
              .getBytes(StandardCharsets.UTF_8);
      byte[] output = new byte[Prf.SIZE];
      prf.compute(input, 0, input.length, output, 0);
      return Optional.of(HexFormat.of().formatHex(output));
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  private Path file(Split split) {
    return staging.work().resolve(split.table() + "-" + split.number() + ".identifiers");
  }

  private static String sealName(Split split) {
    return split.table() + "-" + split.number() + ".identifiers.seal";
  }
}
