package org.consentry.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.consentry.plan.ExportPlan;
import org.consentry.plan.Planner;
import org.consentry.testing.SmallClinic;
import org.consentry.testing.SmallClinic.Basis;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the person who asks about a patient reads, and what a program reads. */
final class ExplanationTextTest {

  private static final String CONSENTS = "clinic/consents.csv";
  private static final String PASSED = "      all tests PASSED";

  @TempDir private Path root;
  private SmallClinic clinic;
  private final List<String> lines = new ArrayList<>();
  private final List<Map<String, ?>> objects = new ArrayList<>();

  @BeforeEach
  void clinic() {
    clinic = new SmallClinic(root).patient(1, "2021-05-05", "2024-05-05").patient(2, "2022-02-02");
  }

  private ExportPlan plan() {
    return Planner.plan(
        clinic.job("visits", "a", "uni", Basis.LIMITED_DATA_SET), clinic.now().toLocalDate());
  }

  private void explain(int patient) {
    explain(plan(), patient);
  }

  private Explainer.Patient explain(ExportPlan plan, int patient) {
    Explainer.Patient explained =
        new Explainer(plan).patient(SmallClinic.id(patient), clinic.now());
    new ExplanationText(lines::add, (shape, fields) -> objects.add(fields))
        .patient(plan, explained);
    return explained;
  }

  /** All lines; ROOT is the folder of the clinic. */
  /** What is shown; every test of a permit that passed them all is one line here. */
  private List<String> shown() {
    String tests =
        Stream.of(
                "EVIDENCE",
                "PURPOSE",
                "STUDY",
                "RECIPIENT",
                "STARTED",
                "NOT_EXPIRED",
                "DUO",
                "MINOR",
                "NOT_WITHDRAWN",
                "NOT_DENIED")
            .map(test -> "      " + test + ": PASSED\n")
            .collect(Collectors.joining());
    return String.join("\n", lines)
        .concat("\n")
        .replace(root.toString(), "ROOT")
        .replace(tests, PASSED + "\n")
        .lines()
        .toList();
  }

  /** The lines below the sentences. */
  private List<String> details() {
    return lines.subList(lines.indexOf("Details:") + 1, lines.size());
  }

  /** What a program reads of the patient, after the lines. */
  private Map<String, ?> summary() {
    return objects.get(objects.size() - 1);
  }

  private void explainRecord(int patient, String key) {
    ExportPlan plan = plan();
    Explainer explainer = new Explainer(plan);
    Explainer.Patient explained = explainer.patient(SmallClinic.id(patient), clinic.now());
    new ExplanationText(lines::add, (shape, fields) -> objects.add(fields))
        .records(
            explained,
            explainer.records(
                explained, SmallClinic.id(patient), RecordQuestion.of(plan, "visits:" + key)));
  }

  private static String visit(int patient, String day) {
    return SmallClinic.id(patient) + "-" + day;
  }

  /** Whether a group is small depends on all others, which only a run looks at. */
  @Test
  void remarksThatARunMayLeaveThePatientOutForASmallGroup() {
    Path job = clinic.job("visits", "a", "uni", Basis.DE_IDENTIFIED);
    clinic.append("jobs/visits.yaml", "risk: {identity: [patients.sex], onViolation: suppress}");

    explain(Planner.plan(job, clinic.now().toLocalDate()), 1);

    assertThat(shown())
        .containsExactly(
            "This patient may be released, as of 23 November 2026 (IN).",
            "",
            "What was asked:",
            "  Records for study S-A, for the purpose of use CLINTRCH, to recipient uni, on 23"
                + " November 2026.",
            "",
            "What the forms contain:",
            "  Consent L1, signed on 1 January 2020 by the patient, permits purpose HRESCH, every"
                + " study and every recipient from 1 January 2020 (ROOT/clinic/consents.csv:2). It"
                + " covers what was asked (PERMIT_PASSED).",
            "",
            "Details:",
            "IN  (study S-A, recipient uni)",
            "born on 1970-01-01",
            "a run leaves the patient out (SMALL_GROUP) when too few released patients share what"
                + " the job's risk rule lets an adversary know; accounting shows which releases"
                + " have the patient",
            "1 consent line",
            "=> ROOT/clinic/consents.csv:2  PERMIT_PASSED",
            "      L1 PERMIT ACTIVE",
            PASSED);
    assertThat(summary().get("unless")).isEqualTo("SMALL_GROUP");
  }

  @Test
  void beginsWithTheOutcome() {
    explain(1);

    assertThat(shown())
        .containsExactly(
            "This patient may be released, as of 23 November 2026 (IN).",
            "",
            "What was asked:",
            "  Records for study S-A, for the purpose of use CLINTRCH, to recipient uni, on 23"
                + " November 2026.",
            "",
            "What the forms contain:",
            "  Consent L1, signed on 1 January 2020 by the patient, permits purpose HRESCH, every"
                + " study and every recipient from 1 January 2020 (ROOT/clinic/consents.csv:2). It"
                + " covers what was asked (PERMIT_PASSED).",
            "",
            "Details:",
            "IN  (study S-A, recipient uni)",
            "born on 1970-01-01",
            "1 consent line",
            "=> ROOT/clinic/consents.csv:2  PERMIT_PASSED",
            "      L1 PERMIT ACTIVE",
            PASSED);
    assertThat(summary())
        .isEqualTo(
            Map.of(
                "summary", "PERMITTED",
                "consent", "PERMITTED",
                "study", "S-A",
                "recipient", "uni",
                "born", "born on 1970-01-01"));
  }

  @Test
  void marksTheLineThatDecides() {
    explain(1);

    assertThat(details().get(3)).isEqualTo("=> " + root + "/clinic/consents.csv:2  PERMIT_PASSED");
    assertThat(details().get(4)).isEqualTo("      L1 PERMIT ACTIVE");
    assertThat(objects.get(0).get("file")).isEqualTo(root + "/clinic/consents.csv");
    assertThat(objects.get(0).get("line")).isEqualTo(2L);
    assertThat(objects.get(0).get("outcome")).isEqualTo("PERMIT_PASSED");
    assertThat(objects.get(0).get("decides")).isEqualTo(true);
  }

  @Test
  void listsEveryTestOfAPermitWithItsAnswer() {
    explain(1);

    List<String> tests = details().subList(5, details().size());
    assertThat(tests).isNotEmpty().allMatch(line -> line.matches("      [A-Z_]+: PASSED"));
    assertThat((List<?>) objects.get(0).get("tests")).hasSameSizeAs(tests);
  }

  @Test
  void namesTheTestThatAPermitFailed() {
    clinic.edit(
        CONSENTS,
        SmallClinic.id(1) + ",PERMIT,ACTIVE,2020-01-01T10:00:00,2020-01-01T10:00:00,2020-01-01,,",
        SmallClinic.id(1)
            + ",PERMIT,ACTIVE,2020-01-01T10:00:00,2020-01-01T10:00:00,2020-01-01,2021-01-01,");

    explain(1);

    assertThat(shown())
        .containsExactly(
            "This patient may not be released, as of 23 November 2026 (OUT: EXPIRED).",
            "",
            "What was asked:",
            "  Records for study S-A, for the purpose of use CLINTRCH, to recipient uni, on 23"
                + " November 2026.",
            "",
            "What the forms contain:",
            "  Consent L1, signed on 1 January 2020 by the patient, permits purpose HRESCH, every"
                + " study and every recipient from 1 January 2020 until 1 January 2021"
                + " (ROOT/clinic/consents.csv:2). The consent has ended. (EXPIRED)",
            "",
            "Why not:",
            "  The consent has ended. (EXPIRED)",
            "",
            "What would change it:",
            "  The patient would have to sign a new consent.",
            "",
            "Details:",
            "OUT: EXPIRED  (study S-A, recipient uni)",
            "born on 1970-01-01",
            "1 consent line",
            "=> ROOT/clinic/consents.csv:2  PERMIT_FAILED",
            "      L1 PERMIT ACTIVE",
            "      EVIDENCE: PASSED",
            "      PURPOSE: PASSED",
            "      STUDY: PASSED",
            "      RECIPIENT: PASSED",
            "      STARTED: PASSED",
            "      NOT_EXPIRED: FAILED EXPIRED",
            "      DUO: NOT_REACHED",
            "      MINOR: NOT_REACHED",
            "      NOT_WITHDRAWN: NOT_REACHED",
            "      NOT_DENIED: NOT_REACHED");
    assertThat(summary().get("summary")).isEqualTo("EXPIRED");
  }

  @Test
  void explainsAPatientWithoutALine() {
    clinic.withdraws(2);

    explain(2);

    assertThat(shown())
        .containsExactly(
            "This patient may not be released, as of 23 November 2026 (OUT: NO_CONSENT).",
            "",
            "What was asked:",
            "  Records for study S-A, for the purpose of use CLINTRCH, to recipient uni, on 23"
                + " November 2026.",
            "",
            "What the forms contain:",
            "  There is no form of this patient on record.",
            "",
            "Why not:",
            "  There is no consent of this patient on record that counts. (NO_CONSENT)",
            "",
            "What would change it:",
            "  The patient would have to sign a consent.",
            "",
            "Details:",
            "OUT: NO_CONSENT  (study S-A, recipient uni)",
            "born on 1970-01-01",
            "0 consent lines");
    assertThat(objects).hasSize(1);
  }

  @Test
  void explainsAPatientWhomTheStudyDoesNotNeed() {
    clinic.job("visits", "a", "uni", Basis.LIMITED_DATA_SET);
    clinic.append("jobs/visits.yaml", "cohort: {any: {table: visits, from: 2024-01-01}}");

    explain(Planner.plan(root.resolve("jobs/visits.yaml"), clinic.now().toLocalDate()), 2);

    assertThat(shown())
        .containsExactly(
            "This patient may not be released, though the patient permits it, as of 23 November"
                + " 2026 (OUT: NOT_IN_COHORT).",
            "",
            "What was asked:",
            "  Records for study S-A, for the purpose of use CLINTRCH, to recipient uni, on 23"
                + " November 2026.",
            "",
            "What the forms contain:",
            "  Consent L2, signed on 1 January 2020 by the patient, permits purpose HRESCH, every"
                + " study and every recipient from 1 January 2020 (ROOT/clinic/consents.csv:3). It"
                + " covers what was asked (PERMIT_PASSED).",
            "",
            "Why not:",
            "  The study does not need this patient's records. (NOT_IN_COHORT)",
            "",
            "What would change it:",
            "  Nothing that the patient decides: the study chooses whom it needs.",
            "",
            "Details:",
            "OUT: NOT_IN_COHORT, though consent permits  (study S-A, recipient uni)",
            "born on 1970-01-01",
            "1 consent line",
            "=> ROOT/clinic/consents.csv:3  PERMIT_PASSED",
            "      L2 PERMIT ACTIVE",
            PASSED);
    assertThat(summary().get("summary")).isEqualTo("NOT_IN_COHORT");
    assertThat(summary().get("consent")).isEqualTo("PERMITTED");
  }

  @Test
  void explainsAPatientWhomTwoRowsDescribe() {
    ExportPlan plan = plan();
    clinic.append("clinic/patients.csv", SmallClinic.id(1) + ",1980-01-01,M");

    explain(Planner.plan(plan.jobFile(), clinic.now().toLocalDate()), 1);

    assertThat(shown())
        .containsExactly(
            "This patient may not be released, as of 23 November 2026 (OUT: PATIENT_AMBIGUOUS).",
            "",
            "What was asked:",
            "  Records for study S-A, for the purpose of use CLINTRCH, to recipient uni, on 23"
                + " November 2026.",
            "",
            "What the forms contain:",
            "  Consent L1, signed on 1 January 2020 by the patient, permits purpose HRESCH, every"
                + " study and every recipient from 1 January 2020 (ROOT/clinic/consents.csv:2). It"
                + " covers what was asked (PERMIT_PASSED).",
            "",
            "Why not:",
            "  The patient list has more than one person under this id. (PATIENT_AMBIGUOUS)",
            "",
            "What would change it:",
            "  The clinic would have to give each person an id of their own.",
            "",
            "Details:",
            "OUT: PATIENT_AMBIGUOUS  (study S-A, recipient uni)",
            "the subjects table describes more than one person under this id; no permit counts",
            "birth not known",
            "1 consent line",
            "   ROOT/clinic/consents.csv:2  PERMIT_PASSED",
            "      L1 PERMIT ACTIVE",
            PASSED);
  }

  @Test
  void explainsThatARestrictionCannotBeRead() {
    clinic.denies(1);
    clinic.edit(CONSENTS, ",DENY,ACTIVE,2020-01-01T10:00:00", ",DENY,ACTIVE,soon");

    explain(1);

    assertThat(shown())
        .containsExactly(
            "This patient may not be released, as of 23 November 2026 (OUT: BAD_RESTRICTION_ROW).",
            "",
            "What was asked:",
            "  Records for study S-A, for the purpose of use CLINTRCH, to recipient uni, on 23"
                + " November 2026.",
            "",
            "What the forms contain:",
            "  A line that cannot be read (ROOT/clinic/consents.csv:2). It may restrict, so no"
                + " permission counts until it is corrected (BAD_RESTRICTION_ROW).",
            "",
            "Why not:",
            "  A denial or withdrawal that may be this patient's cannot be read, so no permission"
                + " counts. (BAD_RESTRICTION_ROW)",
            "",
            "What would change it:",
            "  The clinic would have to correct the line named below.",
            "",
            "Details:",
            "OUT: BAD_RESTRICTION_ROW  (study S-A, recipient uni)",
            "a restriction cannot be read, or its patient id is only similar to this one; no permit"
                + " counts until it is corrected",
            "born on 1970-01-01",
            "1 consent line",
            "=> ROOT/clinic/consents.csv:2  BAD_RESTRICTION_ROW");
  }

  @Test
  void namesTheLineThatDeniesAPermit() {
    String permit = permitOf(1);
    clinic.append(
        CONSENTS, permit.replace("L1,", "L9,").replace(",PERMIT,", ",DENY,").replace("HRESCH", ""));

    explain(1);

    assertThat(lines)
        .anyMatch(
            line ->
                line.startsWith("=> " + root + "/clinic/consents.csv:2  ")
                    && line.endsWith(", stopped by " + root + "/clinic/consents.csv:4"));
  }

  private String permitOf(int patient) {
    return SmallClinic.everything(root.resolve("clinic"))
        .lines()
        .filter(line -> line.startsWith("L" + patient + ","))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void explainsARecordThatIsReleased() {
    explainRecord(1, visit(1, "2021-05-05"));

    assertThat(lines)
        .containsExactly(
            "record " + root + "/clinic/visits.csv:2 VISIT 2021-05-05 to 2021-05-05: IN",
            "      permit " + root + "/clinic/consents.csv:2 category PASSED, dates PASSED",
            "   column finding LAB: IN");
    assertThat(objects)
        .containsExactly(
            Map.of(
                "file",
                root + "/clinic/visits.csv",
                "line",
                2L,
                "category",
                "VISIT",
                "summary",
                "PERMITTED",
                "parentsOut",
                List.of(),
                "columns",
                Map.of("finding", "PERMITTED")));
  }

  @Test
  void explainsARecordWithACellThatIsWithheld() {
    clinic.permits(1, "*", "*", "DEMOGRAPHIC|VISIT");

    explainRecord(1, visit(1, "2021-05-05"));

    assertThat(lines)
        .contains("   column finding LAB: withheld: CATEGORY")
        .anyMatch(line -> line.endsWith("VISIT 2021-05-05 to 2021-05-05: IN"));
    assertThat(objects.get(0).get("columns")).isEqualTo(Map.of("finding", "CATEGORY"));
  }

  @Test
  void explainsARecordOutsideTheWindow() {
    clinic.permits(1, "2022-01-01", "*", "*");

    explainRecord(1, visit(1, "2021-05-05"));

    assertThat(lines)
        .contains(
            "record "
                + root
                + "/clinic/visits.csv:2 VISIT 2021-05-05 to 2021-05-05: OUT: RECORD_DATE",
            "      permit " + root + "/clinic/consents.csv:2 category PASSED, dates FAILED",
            "   column finding LAB: withheld: RECORD_DATE");
  }

  @Test
  void explainsARecordWhoseDateCannotBeRead() {
    clinic.edit(
        "clinic/visits.csv", SmallClinic.id(1) + ",2021-05-05", SmallClinic.id(1) + ",2021");

    explainRecord(1, visit(1, "2021-05-05"));

    assertThat(lines.get(0))
        .startsWith("record " + root + "/clinic/visits.csv:2 VISIT of unknown date: ");
  }

  @Test
  void explainsARecordThatStaysBecauseThePersonDoes() {
    clinic.permits(1, "*", "*", "VISIT|LAB");

    explainRecord(1, visit(1, "2021-05-05"));

    assertThat(lines)
        .contains("      the patient's own row is not released")
        .anyMatch(line -> line.endsWith(": OUT: PARENT_EXCLUDED"));
    assertThat(objects.get(0).get("parentsOut")).isEqualTo(List.of());
  }

  @Test
  void reportsThatThereIsNoSuchRecord() {
    explainRecord(1, visit(2, "2022-02-02"));

    assertThat(lines).containsExactly("the patient has no such record");
    assertThat(objects).containsExactly(Map.of());
  }
}
