package org.consentry.export.decide;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.BitSet;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.consentry.consent.ConsentDecisions;
import org.consentry.consent.ConsentFlow;
import org.consentry.consent.ConsentReadResult;
import org.consentry.consent.Moratorium;
import org.consentry.consent.ProblemCounts;
import org.consentry.consent.RecordConsent;
import org.consentry.data.Exclusion;
import org.consentry.data.FlatInput;
import org.consentry.data.FlatOutput;
import org.consentry.data.Sha256;
import org.consentry.data.SubjectIndex;
import org.consentry.data.SubjectKeys;

/**
 * What was decided for a run: the index of subjects, the answers to record-level questions, and how
 * it came to that.
 *
 * @param index every subject with its exclusion, codes and shifts
 * @param flow how many subjects and lines fell at which test of consent
 * @param reading what was found in the consent lines
 * @param reported what was wrong between consent lines: ids that appear twice, lines named that do
 *     not exist
 * @param birthDates birth dates that cannot be read
 * @param moratorium what the recipient must know before publishing
 * @param excluded subjects that are out, by reason, cohort included
 * @param cohort subjects that are permitted and in the cohort
 * @param consentDigest digest over the consent decisions alone, to be compared at publication
 * @param digest digest over everything a part depends on of these decisions
 * @param decisions what consent grants of every subject, its records and cells
 * @param asked whose records are asked for; empty when all that consent grants are
 */
public record Decisions(
    SubjectIndex index,
    ConsentFlow flow,
    ConsentReadResult reading,
    ProblemCounts reported,
    ProblemCounts birthDates,
    Moratorium moratorium,
    Map<Exclusion, Long> excluded,
    long cohort,
    String consentDigest,
    String digest,
    ConsentDecisions decisions,
    Optional<AskedRecords> asked) {

  public Decisions {
    excluded = Collections.unmodifiableMap(new TreeMap<>(excluded));
  }

  /** Which records and cells may leave: those that are asked for and that consent grants. */
  public RecordConsent records() {
    return asked.<RecordConsent>map(people -> people).orElse(decisions);
  }

  /** Writes the answers of {@link #records()}, for a process of the same run. */
  public void writeRecords(FlatOutput out) {
    decisions.write(out);
    out.number(asked.isPresent() ? 1 : 0);
    asked.ifPresent(people -> people.write(out));
  }

  /** Reads what {@link #writeRecords} wrote. */
  public static RecordConsent readRecords(FlatInput in, SubjectKeys keys) {
    RecordConsent granted = ConsentDecisions.read(in, keys);
    return in.number() == 1 ? AskedRecords.read(in, granted) : granted;
  }

  /**
   * The same decisions with more subjects out, under {@link Exclusion#SMALL_GROUP}. What consent
   * decided does not change.
   *
   * @param small numbers of subjects who are not out yet
   */
  public Decisions without(BitSet small) {
    if (small.isEmpty()) {
      return this;
    }
    byte[] exclusions = index.exclusions().clone();
    small.stream().forEach(subject -> exclusions[subject] = Exclusion.SMALL_GROUP.code());
    Map<Exclusion, Long> counts = new TreeMap<>(excluded);
    counts.put(Exclusion.SMALL_GROUP, (long) small.cardinality());
    MessageDigest sha = Sha256.begin();
    sha.update(digest.getBytes(StandardCharsets.US_ASCII));
    sha.update(small.toByteArray());
    return new Decisions(
        new SubjectIndex(
            index.keys(),
            exclusions,
            index.births(),
            index.deathDays(),
            index.codes(),
            index.shifts(),
            index.represented()),
        flow,
        reading,
        reported,
        birthDates,
        moratorium,
        counts,
        cohort - small.cardinality(),
        consentDigest,
        Sha256.hex(sha),
        decisions,
        asked);
  }

  /** Shows two counts and nothing of a subject. */
  @Override
  public String toString() {
    return "Decisions[" + cohort + " of " + index.size() + " subjects]";
  }
}
