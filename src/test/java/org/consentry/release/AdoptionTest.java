package org.consentry.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.consentry.data.DurableFiles;
import org.consentry.keys.SigningKey;
import org.consentry.keys.SshSignature;
import org.consentry.ledger.Ledger;
import org.consentry.ledger.LedgerEntry;
import org.consentry.ledger.LedgerFact;
import org.consentry.ledger.StateFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Adopted releases have the order and the facts that their manifests were signed with. */
final class AdoptionTest {

  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

  private static final String MANIFEST =
      """
      {"predicate": {
        "release": {"run": "%1$s", "name": "%1$s", "job": "%1$s", "createdAt": "%2$s"},
        "authority": {"study": {"id": "S1"}},
        "tables": [{"columns": [
          {"parameters": {"ruleSet": "service-class", "version": "2", "sha256": "ab%1$s"}},
          {"parameters": {"ruleSet": "service-class", "version": "2", "sha256": "ab%1$s"}},
          {"parameters": {"domain": "patient"}}
        ]}]
      }}
      """;

  @TempDir private Path root;
  private final SigningKey key = SigningKey.generate();

  private Path release(String name, String createdAt) throws IOException {
    Path manifest = root.resolve("releases").resolve(name).resolve("manifest.json");
    byte[] bytes = MANIFEST.formatted(name, createdAt).getBytes(StandardCharsets.UTF_8);
    Files.createDirectories(manifest.getParent());
    Files.write(manifest, bytes);
    Files.writeString(
        manifest.resolveSibling("manifest.json.sig"),
        SshSignature.sign(key, SshSignature.MANIFEST, bytes).armored());
    return DurableFiles.folderOf(manifest);
  }

  @Test
  void theNewestReleaseIsTheOneThatWasSealedLast() throws IOException {
    StateFolder state = new StateFolder(root.resolve("state"));
    state.prepare();
    Ledger ledger = Ledger.open(state, () -> NOON);
    Adoption adoption = new Adoption(ledger, "steward");
    Map<Path, StoredManifest> releases = new LinkedHashMap<>();
    for (Path release :
        List.of(
            release("a", "2026-11-03T08:00:00Z"),
            release("b", "2026-11-01T08:00:00Z"),
            release("c", "2026-11-02T08:00:00.5Z"))) {
      releases.put(release, adoption.manifest(release));
    }

    adoption.adopt(releases, NOON);

    assertThat(ledger.entries()).extracting(LedgerEntry::run).containsExactly("b", "c", "a");
    LedgerEntry newest = ledger.lastPublished("S1").orElseThrow();
    assertThat(newest.run()).isEqualTo("a");
    assertThat(newest.fact(LedgerFact.RULES)).contains("sha256:aba service-class version 2");
  }
}
