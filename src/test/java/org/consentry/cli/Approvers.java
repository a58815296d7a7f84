package org.consentry.cli;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.consentry.keys.AllowedSigners;
import org.consentry.keys.SigningKey;
import org.consentry.keys.SshSignature;
import org.consentry.ledger.StateFolder;

/** People of a clinic who approve releases. */
final class Approvers {

  private Approvers() {}

  /**
   * Pins these and no others, each with a new key.
   *
   * @param keyOf the file of each one's key, which is not there yet
   */
  static void pin(StateFolder state, Function<String, Path> keyOf, String... names) {
    List<AllowedSigners.Entry> entries = new ArrayList<>();
    for (String name : names) {
      SigningKey key = SigningKey.generate();
      key.writeNew(keyOf.apply(name));
      entries.add(
          new AllowedSigners.Entry(
              name + "@clinic",
              key.publicKey(),
              List.of(SshSignature.APPROVAL),
              Instant.MIN,
              Instant.MAX));
    }
    Installation.write(state.approvers(), new AllowedSigners(entries).text());
  }
}
