package org.consentry.export;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.BitSet;
import java.util.List;
import org.consentry.data.Sha256;
import org.consentry.export.decide.ConsentInputs;
import org.consentry.export.decide.Decisions;
import org.consentry.export.decide.TableSplits;
import org.consentry.ledger.KeyedPeople;

/**
 * The result of {@link DecideStage}.
 *
 * @param decisions consent, cohort and codes of every subject
 * @param people every subject, as the ledger identifies it
 * @param inputs what consent was decided on, and at which moment
 * @param splits the splits of the source tables
 * @param cohort how many cells the cohort could read, of the columns it looks at
 * @param basis digest over everything that the result of a split depends on besides the split
 */
record RunDecisions(
    Decisions decisions,
    KeyedPeople people,
    ConsentInputs inputs,
    TableSplits splits,
    List<ColumnReadings> cohort,
    String basis) {

  RunDecisions {
    cohort = List.copyOf(cohort);
  }

  /** What extracting a split needs of it. */
  DecidedRows rows() {
    return new DecidedRows(decisions.index(), decisions.records(), splits, basis);
  }

  /** The same with subjects of small groups out, and a basis of its own. */
  RunDecisions without(BitSet small) {
    Decisions left = decisions.without(small);
    return new RunDecisions(left, people, inputs, splits, cohort, digest(basis, left.digest()));
  }

  /** SHA-256 over some words, each ended by a zero byte, as lower-case hexadecimal digits. */
  static String digest(String... words) {
    MessageDigest sha = Sha256.begin();
    for (String word : words) {
      sha.update(word.getBytes(StandardCharsets.UTF_8));
      sha.update((byte) 0);
    }
    return Sha256.hex(sha);
  }
}
