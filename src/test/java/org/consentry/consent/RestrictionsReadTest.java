package org.consentry.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.consentry.consent.Restrictions.Force;
import org.consentry.data.BirthDays;
import org.consentry.data.Prf;
import org.consentry.data.Sha256;
import org.consentry.data.SubjectKeys;
import org.consentry.problem.Problem;
import org.junit.jupiter.api.Test;

/**
 * Which lines restrict, what each counts for, and what is reported of those that protect no
 * patient.
 */
final class RestrictionsReadTest {

  private final SeenLines seen = new SeenLines();
  private final SubjectKeys keys = ConsentFile.keys("P1", "P2");

  @Test
  void statesWhatEachLineThatMayRestrictCountsFor() {
    Restrictions restrictions =
        read(new ConsentFile()
                .permit()
                .withdraw()
                .deny("status", "DRAFT")
                .deny("patient_id", "p1")
                .deny("patient_id", "X9")
                .withdraw("patient_id", "X9", "status", "INACTIVE")
                .deny("valid_to", "soon")
                .deny("patient_id", "X9", "valid_to", "soon")
                .line(Map.of("status", "REJECTED"))
                .permit("supersedes", "L1")
                .permit("patient_id", "X9", "supersedes", "L1")
                .permit("duo", "?"))
            .restrictions();

    assertThat(
            IntStream.range(0, restrictions.size())
                .mapToObj(read -> restrictions.line(read) + " " + restrictions.force(read)))
        .containsExactly(
            "3 COUNTS",
            "4 WITHOUT_FORCE",
            "5 COUNTS",
            "6 OF_UNKNOWN",
            "7 WITHOUT_FORCE",
            "8 COUNTS",
            "9 OF_UNKNOWN",
            "10 COUNTS",
            "11 COUNTS",
            "12 OF_UNKNOWN");
  }

  @Test
  void aRestrictionIsTheSameHoweverItsPatientIsTyped() {
    RestrictionDigest digests = RestrictionDigest.keyed(RestrictionsReadTest::unkeyed);

    assertThat(digests.of("L1", " p\u200B01")).isEqualTo(digests.of("L1", "P1"));
    assertThat(
            Stream.of(
                digests.of("L1", "P1"),
                digests.of("L2", "P1"),
                digests.of("L1", "P2"),
                digests.of("l1", "P1"),
                digests.of("L", "1P1")))
        .doesNotHaveDuplicates();
  }

  @Test
  void everyRestrictionHasTheDigestOfItsOwnIds() {
    Restrictions restrictions =
        read(new ConsentFile()
                .permit()
                .withdraw("line_id", "A", "patient_id", "P2")
                .deny("line_id", "B", "patient_id", "P1", "valid_to", "soon")
                .deny("line_id", "C", "patient_id", "X9"))
            .restrictions();

    assertThat(IntStream.range(0, restrictions.size()).mapToLong(restrictions::digest))
        .containsExactly(
            ConsentFile.DIGESTS.of("A", "P2"),
            ConsentFile.DIGESTS.of("B", "P1"),
            ConsentFile.DIGESTS.of("C", "X9"));
  }

  @Test
  void moreRestrictionsThanAPageAreKeptInTheOrderOfTheFile() {
    Restrictions many = new Restrictions();
    for (int i = 0; i < 10_000; i++) {
      many.add(i * 31L, i + 2, i % 7 == 0 ? Force.OF_UNKNOWN : Force.COUNTS);
    }

    assertThat(many.size()).isEqualTo(10_000);
    assertThat(many).hasToString("Restrictions[10000]");
    for (int i = 0; i < 10_000; i++) {
      assertThat(many.digest(i)).isEqualTo(i * 31L);
      assertThat(many.line(i)).isEqualTo(i + 2);
      assertThat(many.force(i)).isEqualTo(i % 7 == 0 ? Force.OF_UNKNOWN : Force.COUNTS);
    }
  }

  private static void unkeyed(byte[] input, int start, int end, byte[] output, int at) {
    byte[] digest = Sha256.digest(Arrays.copyOfRange(input, start, end));
    System.arraycopy(digest, 0, output, at, Prf.SIZE);
  }

  @Test
  void reportsALineThatCannotBeReadByWhomItProtects() {
    assertThat(
            reported(
                new ConsentFile()
                    .deny("patient_id", "p1", "valid_to", "soon")
                    .deny("patient_id", "X9", "valid_to", "soon")))
        .containsExactly(
            "consents.csv:2: warning RESTRICTION_ID_NOT_EXACT expected a patient id as the subjects"
                + " table writes it but found one that is similar to 1; each of these patients is"
                + " excluded until it is corrected; write the id as in the subjects table",
            "consents.csv:2: warning BAD_RESTRICTION_ROW column 'valid_to' should have a date"
                + " yyyy-MM-dd that exists; its patient is excluded until it is corrected",
            "consents.csv:3: warning RESTRICTION_OF_UNKNOWN_PATIENT expected a patient of the"
                + " subjects table but found an id that is not even similar to one; it protects no"
                + " patient; correct the patient id",
            "consents.csv:3: warning BAD_RESTRICTION_ROW column 'valid_to' should have a date"
                + " yyyy-MM-dd that exists; it protects no patient; check the patient id");
    assertThat(seen.all()).containsExactly("[0] bad restriction 2", "[] bad restriction 3");
  }

  @Test
  void reportsNoIdOfALineThatIsReadForAKnownPatient() {
    assertThat(
            reported(
                new ConsentFile().deny("patient_id", "P2", "valid_to", "soon").permit().withdraw()))
        .containsExactly(
            "consents.csv:2: warning BAD_RESTRICTION_ROW column 'valid_to' should have a date"
                + " yyyy-MM-dd that exists; its patient is excluded until it is corrected");
  }

  @Test
  void reportsAPermitOfAnUnknownPatientOnce() {
    assertThat(
            reported(
                new ConsentFile()
                    .permit("patient_id", "X9")
                    .permit("patient_id", "X9", "status", "DRAFT")
                    .withdraw("patient_id", "X9", "status", "DRAFT")))
        .containsExactly(
            "consents.csv:2: warning PERMIT_OF_UNKNOWN_PATIENT expected a patient of the subjects"
                + " table but found another; it permits nothing",
            "consents.csv:3: warning PERMIT_OF_UNKNOWN_PATIENT expected a patient of the subjects"
                + " table but found another; it permits nothing");
  }

  @Test
  void permitsWithoutAnIdAreNotTakenForOne() {
    ConsentDecider decider = new ConsentDecider(Requests.trial(), keys, BirthDays.on(new int[2]));

    ConsentReadResult reading =
        new ConsentFile()
            .permit("line_id", "")
            .permit("line_id", "")
            .permit("patient_id", "P2", "line_id", "")
            .readInto(decider, keys);

    assertThat(reading.reported().counts()).isEqualTo(Map.of("BAD_PERMIT_ROW", 3L));
    assertThat(decider.decide().reported()).isEqualTo(ProblemCounts.NOTHING);
  }

  @Test
  void aPermitWithoutALineEndStillHasItsId() {
    ConsentDecider decider = new ConsentDecider(Requests.trial(), keys, BirthDays.on(new int[2]));
    String text = new ConsentFile().permit("line_id", "A").permit("line_id", "A").text();

    ConsentFile.read(text.substring(0, text.length() - 1), keys, decider);

    assertThat(decider.decide().flow().outcomes())
        .isEqualTo(Map.of(LineOutcome.BAD_PERMIT_ROW, 1L, LineOutcome.DUPLICATE_ID, 1L));
  }

  private ConsentReadResult read(ConsentFile file) {
    return file.readInto(seen, keys);
  }

  private List<String> reported(ConsentFile file) {
    return read(file).reported().listed().stream().map(Problem::toString).toList();
  }
}
