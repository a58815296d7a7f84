package org.consentry.release;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * One link of the ledger's chain.
 *
 * @param number from 1, without gaps
 * @param at when, ISO 8601 UTC
 * @param kind what happened
 * @param run the run it belongs to
 * @param job the job's name
 * @param study the study's id
 * @param body the facts as a JSON object; nothing of a patient in clear
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
    /** A sealed release stands at the door. */
    PREPARED,
    /** The release is out. */
    PUBLISHED,
    /** A prepared release did not get out. */
    NOT_PUBLISHED,
    /** A run was given up. */
    ABANDONED,
    /** Somebody asked why a patient is in or out. */
    EXPLAINED
  }

  /** What stands before the first entry. */
  public static final String ROOT = "0".repeat(64);

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
