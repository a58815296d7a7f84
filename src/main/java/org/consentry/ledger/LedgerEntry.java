package org.consentry.ledger;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.consentry.data.Sha256;
import org.consentry.keys.Prf;
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
 * @param kind what happened
 * @param run the run it belongs to; empty when it belongs to none
 * @param job the job's name; empty when it belongs to none
 * @param study the study's id; empty when it belongs to none
 * @param facts what is known of it; nothing of a patient in clear
 * @param previous hash of the entry before, or {@link #ROOT} for the first
 * @param mac 64 lower-case hexadecimal digits
 * @param hash SHA-256 of the line, 64 lower-case hexadecimal digits
 */
public record LedgerEntry(
    long number,
    String at,
    Kind kind,
    String run,
    String job,
    String study,
    Map<LedgerFact, String> facts,
    String previous,
    String mac,
    String hash) {

  /** What happened. */
  public enum Kind {
    /** A sealed release waits for approvals. */
    STAGED,
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
    /** A run was refused: agreements, consent, keys or a check were against it. */
    REFUSED,
    /** A run was abandoned. */
    ABANDONED,
    /** A person asked why a patient is included or excluded. */
    EXPLAINED,
    /** A person asked to whom a patient's records were disclosed. */
    ACCOUNTED,
    /** A recall list was written for a recipient, or its recall was closed. */
    RECALLED,
    /** A person accepted with a reason what would be refused. */
    ACCEPTED,
    /** A torn last line was set aside. */
    REPAIRED,
    /** Run records and job history before a moment were purged. */
    PURGED
  }

  /** The hash before the first entry. */
  public static final String ROOT = "0".repeat(64);

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  public LedgerEntry {
    EnumMap<LedgerFact, String> copy = new EnumMap<>(LedgerFact.class);
    copy.putAll(facts);
    facts = Collections.unmodifiableMap(copy);
  }

  /** What an entry reports, before it has a place in the chain. */
  record Content(
      String at, Kind kind, String run, String job, String study, Map<LedgerFact, String> facts) {}

  /** Makes the entry that follows the one of a number and hash. */
  static LedgerEntry after(long number, String previous, Content content, Prf key) {
    String open = unsigned(number, content, previous);
    return signed(number, content, previous, open, mac(open, key));
  }

  private static LedgerEntry signed(
      long number, Content content, String previous, String open, String mac) {
    return new LedgerEntry(
        number,
        content.at(),
        content.kind(),
        content.run(),
        content.job(),
        content.study(),
        content.facts(),
        previous,
        mac,
        Sha256.hex(line(open, mac)));
  }

  private static String unsigned(long number, Content content, String previous) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("number", number);
    members.put("at", content.at());
    members.put("kind", content.kind().name());
    members.put("run", content.run());
    members.put("job", content.job());
    members.put("study", content.study());
    members.put("facts", LedgerFact.words(content.facts()));
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
      Content content =
          new Content(
              text(node, "at"),
              Kind.valueOf(text(node, "kind")),
              text(node, "run"),
              text(node, "job"),
              text(node, "study"),
              facts(node.path("facts")));
      Instant.parse(content.at());
      long number = node.path("number").asLong(0);
      String previous = text(node, "previous");
      String open = unsigned(number, content, previous);
      LedgerEntry entry = signed(number, content, previous, open, mac(open, key));
      boolean same =
          MessageDigest.isEqual(line, line(open, entry.mac()).getBytes(StandardCharsets.UTF_8));
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
    return line(unsigned(number, new Content(at, kind, run, job, study, facts), previous), mac);
  }

  /** One fact; empty when the entry does not have it, or has it empty. */
  public Optional<String> fact(LedgerFact name) {
    return Optional.ofNullable(facts.get(name)).filter(fact -> !fact.isEmpty());
  }

  /** When it was written. */
  public Instant moment() {
    return Instant.parse(at);
  }

  /**
   * When the release of a published entry was disclosed. After a crash the entry itself is as late
   * as the next start.
   */
  public Instant disclosedAt() {
    return Instant.parse(fact(LedgerFact.PREPARED_AT).orElse(at));
  }
}
