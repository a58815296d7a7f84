package org.consentry.ledger;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.consentry.data.Prf;
import org.consentry.keys.LedgerKey;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * How many entries the ledger has and which one is the newest, as its head file records it after
 * every entry. {@code mac} is HMAC-SHA-256, under a key derived from the ledger's key, of the line
 * without the member {@code mac}.
 *
 * @param entries number of the newest entry; 0 for an empty ledger
 * @param sha256 hash of the newest entry, or {@link LedgerEntry#ROOT}
 * @param key fingerprint of the ledger's key
 */
record LedgerHead(long entries, String sha256, String key) {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** The content of the head file. */
  String text(LedgerKey ledgerKey) {
    String open = unsigned();
    return open.substring(0, open.length() - 1) + ",\"mac\":\"" + mac(open, ledgerKey) + "\"}\n";
  }

  private String unsigned() {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("entries", entries);
    members.put("sha256", sha256);
    members.put("key", key);
    return JSON.writeValueAsString(members);
  }

  private static String mac(String open, LedgerKey ledgerKey) {
    byte[] bytes = open.getBytes(StandardCharsets.UTF_8);
    byte[] answer = new byte[Prf.SIZE];
    ledgerKey.head().compute(bytes, 0, bytes.length, answer, 0);
    return HexFormat.of().formatHex(answer);
  }

  /** Reads a head file without a check of its MAC; empty when it is no head. */
  static Optional<LedgerHead> read(byte[] content) {
    try {
      JsonNode node = JSON.readTree(content);
      return Optional.of(
              new LedgerHead(
                  node.path("entries").asLong(-1),
                  node.path("sha256").asString(""),
                  node.path("key").asString("")))
          .filter(head -> head.entries() >= 0 && !head.key().isEmpty());
    } catch (JacksonException damaged) {
      return Optional.empty();
    }
  }

  /** Whether the content of a file is this head, byte for byte, under a key. */
  boolean is(byte[] content, LedgerKey ledgerKey) {
    return MessageDigest.isEqual(content, text(ledgerKey).getBytes(StandardCharsets.UTF_8));
  }
}
