package org.consentry.consent;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Map;
import java.util.Optional;
import org.consentry.data.Exclusion;
import org.consentry.data.FlatInput;
import org.consentry.data.FlatOutput;
import org.consentry.data.RecordCategory;
import org.consentry.data.Sha256;
import org.consentry.data.SubjectKeys;

/**
 * What was decided for every subject. Immutable; any number of threads may ask, and asking makes no
 * objects.
 *
 * <p><b>Security promise:</b> it lives in memory only and its text form shows two counts.
 */
public final class ConsentDecisions implements RecordConsent {

  private static final byte GRANTED = 0;
  private static final byte CATEGORY = Exclusion.CATEGORY.code();
  private static final int DIGESTED_AT_ONCE = 1 << 16;

  private final SubjectKeys keys;
  private final int[] profileOrReason;
  private final int[] profiles;
  private final BitSet represented;
  private final ConsentFlow flow;
  private final ProblemCounts reported;
  private final Moratorium moratorium;
  private final Optional<ConsentExplanation> explanation;

  /**
   * The answers by subject.
   *
   * @param profileOrReason the offset of a permitted subject's profile, or a negative exclusion
   *     code
   * @param profiles all profiles
   * @param represented who is permitted by the signature of a parent or guardian alone, as a minor
   */
  @SuppressWarnings("ArrayRecordComponent") // as large as there are subjects, and never copied
  record Answers(int[] profileOrReason, int[] profiles, BitSet represented) {}

  ConsentDecisions(
      SubjectKeys keys,
      Answers answers,
      ConsentFlow flow,
      ProblemCounts reported,
      Moratorium moratorium,
      Optional<ConsentExplanation> explanation) {
    this.keys = keys;
    this.profileOrReason = answers.profileOrReason();
    this.profiles = answers.profiles();
    this.represented = answers.represented();
    this.flow = flow;
    this.reported = reported;
    this.moratorium = moratorium;
    this.explanation = explanation;
  }

  /**
   * Where no consent is asked, because the law or a court demands records: every record of every
   * subject may leave, but of no subject of whom it is not clear who that is.
   *
   * @param ambiguous numbers of subjects whose id may be another person's
   */
  public static ConsentDecisions notAsked(SubjectKeys keys, BitSet ambiguous) {
    int[] profile = Profiles.everything();
    int[] words = new int[profile.length + 1];
    words[0] = profile.length;
    System.arraycopy(profile, 0, words, 1, profile.length);
    int[] decided = new int[keys.size()];
    for (int subject = 0; subject < decided.length; subject++) {
      decided[subject] = ambiguous.get(subject) ? -Exclusion.PATIENT_AMBIGUOUS.code() : 1;
    }
    long out = ambiguous.cardinality();
    ConsentFlow flow =
        new ConsentFlow(
            decided.length,
            decided.length - out,
            Map.of(Exclusion.PATIENT_AMBIGUOUS, out),
            0,
            Map.of(),
            Map.of());
    return new ConsentDecisions(
        keys,
        new Answers(decided, words, new BitSet()),
        flow,
        ProblemCounts.NOTHING,
        Moratorium.NONE,
        Optional.empty());
  }

  /** Writes the answers, for a process of the same run, on a channel that is encrypted. */
  public void write(FlatOutput out) {
    out.ints(profileOrReason);
    out.ints(profiles);
    out.bits(represented);
  }

  /** Reads the answers that {@link #write} wrote; how they came about is not among them. */
  public static RecordConsent read(FlatInput in, SubjectKeys keys) {
    return new ConsentDecisions(
        keys,
        new Answers(in.ints(), in.ints(), in.bits()),
        new ConsentFlow(0, 0, Map.of(), 0, Map.of(), Map.of()),
        ProblemCounts.NOTHING,
        Moratorium.NONE,
        Optional.empty());
  }

  /** Number of subjects. */
  public int size() {
    return profileOrReason.length;
  }

  /**
   * Returns 0 for a permitted subject, otherwise the {@link Exclusion#code()} that keeps it out.
   */
  public byte exclusionCode(int subject) {
    int decision = profileOrReason[subject];
    return decision < 0 ? (byte) -decision : GRANTED;
  }

  /**
   * Subjects who are minors, and are permitted because a parent or guardian signed; read, never
   * changed.
   */
  public BitSet represented() {
    return represented;
  }

  /** A new array of all exclusion codes by subject. */
  public byte[] exclusionCodes() {
    byte[] codes = new byte[profileOrReason.length];
    for (int subject = 0; subject < codes.length; subject++) {
      codes[subject] = exclusionCode(subject);
    }
    return codes;
  }

  /** How many subjects and lines fell at which test. */
  public ConsentFlow flow() {
    return flow;
  }

  /** Duplicated line ids and references to lines that do not exist. */
  public ProblemCounts reported() {
    return reported;
  }

  /** Publication moratoria which the recipient must know. */
  public Moratorium moratorium() {
    return moratorium;
  }

  /** Why the watched subject was decided so; empty when none was watched. */
  public Optional<ConsentExplanation> explanation() {
    return explanation;
  }

  @Override
  public byte record(int subject, RecordCategory category, When when) {
    return when.timeless()
        ? timelessRecord(subject, category)
        : record(subject, category, when.first(), when.last(), when.unknown());
  }

  /**
   * Whether a record, or a column of a category of its own, may be released: one single permit
   * grants its category and covers every date, and no restriction covers any of them.
   *
   * @param minDay the earliest of the record's known dates, days since 1970-01-01
   * @param maxDay the latest of them
   * @param anyUnknownDate whether a listed date is missing or cannot be read; a record that lists
   *     no date at all is one of unknown date
   * @return 0, the subject's own exclusion code, or CATEGORY, RECORD_DATE or DENIED_CATEGORY
   */
  byte record(
      int subject, RecordCategory category, long minDay, long maxDay, boolean anyUnknownDate) {
    int profile = profileOrReason[subject];
    if (profile < 0) {
      return (byte) -profile;
    }
    int bit = (int) category.bit();
    if ((profiles[profile + Profiles.ALWAYS] & bit) != 0) {
      return GRANTED;
    }
    if ((profiles[profile + Profiles.NEVER] & bit) != 0) {
      return CATEGORY;
    }
    boolean isKnown = !anyUnknownDate && minDay <= maxDay;
    return isKnown
        ? RecordRule.answer(profiles, profile, bit, minDay, maxDay)
        : RecordRule.answer(profiles, profile, bit, LineScope.EVER, LineScope.FOREVER);
  }

  /**
   * The same for a row of a table declared timeless: as DEMOGRAPHIC it is inside every window a
   * permit states, and a restriction of any window covers it. Nothing else can be timeless: a
   * column of another category is one of unknown date.
   */
  byte timelessRecord(int subject, RecordCategory category) {
    if (category != RecordCategory.DEMOGRAPHIC) {
      return record(subject, category, 0, 0, true);
    }
    int profile = profileOrReason[subject];
    return profile < 0
        ? (byte) -profile
        : RecordRule.answer(
            profiles, profile, (int) category.bit(), LineScope.FOREVER, LineScope.EVER);
  }

  /** What the consent of a permitted subject lets out; empty for a subject that is out. */
  public Optional<Grants> grants(int subject) {
    int profile = profileOrReason[subject];
    return profile < 0
        ? Optional.empty()
        : Optional.of(
            Grants.of(Arrays.copyOfRange(profiles, profile, profile + profiles[profile - 1])));
  }

  /**
   * A number that is the same for two permitted subjects when their {@link #grants} are equal;
   * negative for a subject that is out.
   */
  public int grantsNumber(int subject) {
    return profileOrReason[subject];
  }

  /**
   * SHA-256 over every decision, in the order of subjects: normalised id, exclusion code, who
   * signed for a minor, and for a permitted subject categories, windows and restrictions. It does
   * not depend on the order of lines, on the moment of decision or on lines that changed nothing.
   *
   * @return {@code sha256:} and 64 hexadecimal digits
   */
  public String digest() {
    MessageDigest sha = Sha256.begin();
    ByteBuffer text = ByteBuffer.allocate(DIGESTED_AT_ONCE);
    for (int subject = 0; subject < profileOrReason.length; subject++) {
      int length = keys.length(subject);
      int profile = profileOrReason[subject];
      int words = profile < 0 ? 0 : profiles[profile - 1];
      int needed = 10 + length + words * Integer.BYTES;
      if (text.remaining() < needed) {
        sha.update(text.flip());
        text = text.capacity() < needed ? ByteBuffer.allocate(needed) : text.clear();
      }
      text.putInt(length);
      keys.copy(subject, text.array(), text.position());
      text.position(text.position() + length);
      text.put(exclusionCode(subject)).put((byte) (represented.get(subject) ? 1 : 0));
      text.putInt(words);
      for (int i = 0; i < words; i++) {
        text.putInt(profiles[profile + i]);
      }
    }
    sha.update(text.flip());
    return Sha256.PREFIX + Sha256.hex(sha);
  }

  /** Shows how many subjects are permitted and nothing else. */
  @Override
  public String toString() {
    return "ConsentDecisions[" + flow.permitted() + " of " + profileOrReason.length + " permitted]";
  }
}
