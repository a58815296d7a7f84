package org.consentry.export;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.consentry.export.decide.ConsentInputs;
import org.consentry.export.decide.Decisions;

/**
 * The result of {@link DecideStage}.
 *
 * @param decisions consent, cohort and codes of every subject
 * @param inputs what consent was decided on, and at which moment
 * @param splits the splits of the source tables
 * @param basis digest over everything that the result of a split depends on besides the split
 */
record RunDecisions(Decisions decisions, ConsentInputs inputs, TableSplits splits, String basis) {

  /** SHA-256 over some words, each ended by a zero byte, as lower-case hexadecimal digits. */
  static String digest(String... words) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      for (String word : words) {
        sha.update(word.getBytes(StandardCharsets.UTF_8));
        sha.update((byte) 0);
      }
      return HexFormat.of().formatHex(sha.digest());
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException("SHA-256 is missing");
    }
  }
}
