package org.consentry.release;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * One link of the ledger's chain.
 *
 * <p>The bytes that are hashed are, one after the other: previous, number in decimal digits, at,
 * kind, run, job, study and body, each in UTF-8 and each behind its length in bytes as four bytes,
 * the highest first. The body is hashed as it is kept, so it need not be written the same way
 * twice.
 *
 * @param number from 1, without gaps
 * @param at when, ISO 8601 UTC
 * @param kind what happened
 * @param run the run it belongs to
 * @param job the job's name
 * @param study the study's id
 * @param body the facts as a JSON object of strings, by name; nothing of a patient in clear
 * @param previous hash of the entry before, or 64 zeros for the first
 * @param hash SHA-256 over all of the above, 64 lower-case hexadecimal digits
 */
public record LedgerEntry(
    long number,
    String at,
    Kind kind,
    String run,
    String job,
    String study,
    String body,
    String previous,
    String hash) {

  /** What happened. */
  public enum Kind {
    /** A sealed release waits for approvals. */
    STAGED,
    /** An approver signed a staged manifest. */
    APPROVED,
    /** A sealed release stands at the door. */
    PREPARED,
    /** The release is out. */
    PUBLISHED,
    /** A prepared release did not get out. */
    NOT_PUBLISHED,
    /** A run was refused: papers, consent, keys or a check were against it. */
    REFUSED,
    /** A run was given up. */
    ABANDONED,
    /** Somebody asked why a patient is in or out. */
    EXPLAINED,
    /** Somebody asked to whom a patient's records went. */
    ACCOUNTED,
    /** A recipient was told, or is to be told, to remove subjects of an earlier release. */
    RECALLED
  }

  /** What stands before the first entry. */
  public static final String ROOT = "0".repeat(64);

  /** Name of the fact that tells when a release stood at the door, ISO 8601 UTC. */
  static final String PREPARED_AT = "preparedAt";

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final TypeReference<TreeMap<String, String>> FACTS = new TypeReference<>() {};

  /** Makes the entry that follows {@code previous}. */
  static LedgerEntry after(
      long number,
      String previous,
      String at,
      Kind kind,
      String run,
      String job,
      String study,
      String body) {
    LedgerEntry open = new LedgerEntry(number, at, kind, run, job, study, body, previous, "");
    return new LedgerEntry(number, at, kind, run, job, study, body, previous, open.digest());
  }

  /**
   * The facts by name.
   *
   * @throws ProblemException category VERIFY when the body is no object of strings
   */
  public SortedMap<String, String> facts() {
    try {
      return JSON.readValue(body, FACTS);
    } catch (JacksonException damaged) {
      throw ProblemException.of(
          Category.VERIFY,
          "LEDGER_ENTRY",
          Place.of("ledger", number),
          "a ledger entry cannot be read",
          "run consentry ledger verify and restore the database from a backup");
    }
  }

  /** One fact; empty when the entry does not keep it. */
  public Optional<String> fact(String name) {
    return Optional.ofNullable(facts().get(name)).filter(fact -> !fact.isEmpty());
  }

  /**
   * When the release of a published entry went out. After a crash the entry itself is as late as
   * the next start.
   */
  public Instant disclosedAt() {
    return Instant.parse(fact(PREPARED_AT).orElse(at));
  }

  /** Facts as a body: names in order, no blanks. */
  static String body(Map<String, String> facts) {
    return JSON.writeValueAsString(new TreeMap<>(facts));
  }

  /** Whether the hash is that of the content. */
  boolean holds() {
    return hash.equals(digest());
  }

  private String digest() {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      String[] parts = {previous, Long.toString(number), at, kind.name(), run, job, study, body};
      for (String part : parts) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        sha.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
        sha.update(bytes);
      }
      return HexFormat.of().formatHex(sha.digest());
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException("SHA-256 is missing");
    }
  }
}
