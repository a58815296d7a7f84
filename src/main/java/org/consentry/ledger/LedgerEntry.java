package org.consentry.ledger;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.consentry.data.Prf;
import org.consentry.data.Sha256;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One entry of the ledger, which is one line of its file.
 *
 * <p>The line is a JSON object with the members {@code number}, {@code at}, {@code kind}, {@code
 * run}, {@code job}, {@code study}, {@code facts} in the order of their names, {@code previous} and
 * {@code mac}, in this order and without blanks, in UTF-8. {@code mac} is HMAC-SHA-256, under a key
 * derived from the ledger's key, of the line without the member {@code mac}. {@code previous} is
 * SHA-256 of the whole line before, and so includes that line's {@code mac}; a signed manifest
 * names a line by the same digest. A person can check the chain without the key: {@code sed -n 7p
 * entries.jsonl | tr -d '\n' | sha256sum} is the {@code previous} of line 8.
 *
 * @param number from 1, without gaps
 * @param at when, ISO 8601 UTC
 * @param event what happened
 * @param previous hash of the entry before, or {@link #ROOT} for the first
 * @param mac 64 lower-case hexadecimal digits
 * @param hash SHA-256 of the line, 64 lower-case hexadecimal digits
 */
public record LedgerEntry(
    long number, String at, LedgerEvent event, String previous, String mac, String hash) {

  /** What happened. */
  public enum Kind {
    /** A sealed release waits for approvals. */
    STAGED,
    /** A staged release was copied for its approvers. */
    REVIEWED,
    /** An approver signed a staged manifest. */
    APPROVED,
    /** A sealed release is about to be published. */
    PREPARED,
    /** The release is published. */
    PUBLISHED,
    /** A release that another state folder made was adopted. */
    ADOPTED,
    /** A prepared release was not published. */
    NOT_PUBLISHED,
    /**
     * A run made no release, because it would have repeated the last one. Nothing was disclosed.
     */
    UNCHANGED,
    /** A run was refused: agreements, consent, keys or a check were against it. */
    REFUSED,
    /** A run was abandoned. */
    ABANDONED,
    /** A person asked why a patient is included or excluded. */
    EXPLAINED,
    /** A person saw rows of the source as a job would release them. */
    SAMPLED,
    /** A person asked to whom a patient's records were disclosed. */
    ACCOUNTED,
    /** A recall list was written for a recipient, or its recall was closed. */
    RECALLED,
    /** A release was encrypted into a file for its recipient. */
    PACKAGED,
    /** The recipient confirmed to have a release. */
    RECEIVED,
    /** The recipient confirmed that the data of a release is destroyed. */
    DESTROYED,
    /** A person took back what was noted as confirmed. */
    MISTAKEN,
    /** A person accepted with a reason what would be refused. */
    ACCEPTED,
    /** A torn last line was set aside. */
    REPAIRED,
    /** The state folder was restored from a backup, so it lacks what came after that. */
    RESTORED,
    /** Run records and job history before a moment were purged. */
    PURGED
  }

  /** The hash before the first entry. */
  public static final String ROOT = "0".repeat(64);

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  /** Makes the entry that follows the one of a number and hash. */
  static LedgerEntry after(long number, String previous, String at, LedgerEvent event, Prf key) {
    String open = unsigned(number, at, event, previous);
    String mac = mac(open, key);
    return new LedgerEntry(number, at, event, previous, mac, Sha256.hex(line(open, mac)));
  }

  private static String unsigned(long number, String at, LedgerEvent event, String previous) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("number", number);
    members.put("at", at);
    members.put("kind", event.kind().name());
    members.put("run", event.run());
    members.put("job", event.job());
    members.put("study", event.study());
    members.put("facts", LedgerFact.words(event.facts()));
    members.put("previous", previous);
    return JSON.writeValueAsString(members);
  }

  private static String line(String open, String mac) {
    return open.substring(0, open.length() - 1) + ",\"mac\":\"" + mac + "\"}";
  }

  private static String mac(String open, Prf key) {
    byte[] bytes = open.getBytes(StandardCharsets.UTF_8);
    byte[] answer = new byte[Prf.SIZE];
    key.compute(bytes, 0, bytes.length, answer, 0);
    return HexFormat.of().formatHex(answer);
  }

  /**
   * Reads a line. Only a line that this class could have written is one, byte for byte.
   *
   * @return empty when the line is no entry, or its {@code mac} is not of this key
   */
  static Optional<LedgerEntry> read(byte[] line, Prf key) {
    try {
      JsonNode node = JSON.readTree(line);
      LedgerEvent event =
          new LedgerEvent(
              Kind.valueOf(text(node, "kind")),
              text(node, "run"),
              text(node, "job"),
              text(node, "study"),
              facts(node.path("facts")));
      String at = text(node, "at");
      Instant.parse(at);
      LedgerEntry entry =
          after(node.path("number").asLong(0), text(node, "previous"), at, event, key);
      boolean same = MessageDigest.isEqual(line, entry.line().getBytes(StandardCharsets.UTF_8));
      return same ? Optional.of(entry) : Optional.empty();
    } catch (JacksonException | IllegalArgumentException | java.time.DateTimeException noEntry) {
      return Optional.empty();
    }
  }

  private static String text(JsonNode node, String name) {
    JsonNode value = node.path(name);
    if (!value.isString()) {
      throw new IllegalArgumentException("not a text");
    }
    return value.asString();
  }

  private static Map<LedgerFact, String> facts(JsonNode node) {
    Map<LedgerFact, String> facts = new EnumMap<>(LedgerFact.class);
    for (String name : node.propertyNames()) {
      LedgerFact fact =
          LedgerFact.of(name).orElseThrow(() -> new IllegalArgumentException("not a fact"));
      facts.put(fact, text(node, name));
    }
    return facts;
  }

  /** The line in the ledger's file, without its end. */
  String line() {
    return line(unsigned(number, at, event, previous), mac);
  }

  /** What happened. */
  public Kind kind() {
    return event.kind();
  }

  /** The run it belongs to; empty when it belongs to none. */
  public String run() {
    return event.run();
  }

  /** The job's name; empty when it belongs to none. */
  public String job() {
    return event.job();
  }

  /** The study's id; empty when it belongs to none. */
  public String study() {
    return event.study();
  }

  /** All its facts. */
  public Map<LedgerFact, String> facts() {
    return event.facts();
  }

  /** One fact; empty when the entry does not have it, or has it empty. */
  public Optional<String> fact(LedgerFact name) {
    return Optional.ofNullable(event.facts().get(name)).filter(fact -> !fact.isEmpty());
  }

  /** When it was written. */
  public Instant moment() {
    return Instant.parse(at);
  }

  /** When the release of a published or adopted entry was sealed, as its manifest has it. */
  Instant createdAt() {
    return fact(LedgerFact.CREATED_AT).map(Instant::parse).orElseGet(this::disclosedAt);
  }

  /**
   * When the release of a published entry was disclosed. After a crash the entry itself is as late
   * as the next start.
   */
  public Instant disclosedAt() {
    return Instant.parse(fact(LedgerFact.PREPARED_AT).orElse(at));
  }
}
