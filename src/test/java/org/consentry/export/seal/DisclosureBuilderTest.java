package org.consentry.export.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.consentry.data.Sha256;
import org.consentry.testing.ReadManifest;
import org.consentry.testing.SmallClinic;
import org.consentry.testing.SmallClinic.Basis;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a manifest has of the job, the run and every table. */
final class DisclosureBuilderTest {

  private static final String JOB = "jobs/visits.yaml";
  private static final String MAPPING = "mappings/years.yaml";
  private static final String VISITS = "clinic/visits.csv";

  @TempDir private Path root;
  private SmallClinic clinic;
  private Path job;
  private Path folder = Path.of("");

  @BeforeEach
  void clinic() {
    clinic = new SmallClinic(root).patients(1, 20);
    job = clinic.job("visits", "a", "uni", Basis.DE_IDENTIFIED);
  }

  private ReadManifest release() {
    folder = clinic.release(job);
    return ReadManifest.of(clinic, folder);
  }

  @Test
  void namesTheReleaseAndTheMomentOfItsMaking() {
    clinic.edit(JOB, "requestedBy", "referenceDate: 2026-10-01\nrequestedBy");

    assertThat(release().shown("/release"))
        .isEqualTo(
            "{\"job\":\"visits\",\"name\":\"2026-11-23-r1\",\"run\":\"visits-1\","
                + "\"createdAt\":\"2026-11-23T12:00:00Z\",\"referenceDate\":\"2026-10-01\"}");
  }

  @Test
  void namesTheReleaseBeforeByTheDigestOfItsManifest() throws IOException {
    Path first = clinic.release(job);

    String before = release().shown("/release/previous");

    assertThat(before)
        .isEqualTo(
            "{\"job\":\"visits\",\"name\":\"2026-11-23-r1\",\"sha256\":\""
                + Sha256.hex(Files.readAllBytes(first.resolve("manifest.json")))
                + "\"}");
  }

  @Test
  void namesNoReleaseToAnotherRecipientAsTheOneBefore() {
    clinic.release(clinic.job("other", "a", "lab", Basis.DE_IDENTIFIED));

    assertThat(release().shown("/release/previous")).isEqualTo("absent");
  }

  @Test
  void namesNoReleaseOfAnotherStudyAsTheOneBefore() {
    clinic.release(clinic.job("other", "b", "uni", Basis.DE_IDENTIFIED));

    assertThat(release().shown("/release/previous")).isEqualTo("absent");
  }

  @Test
  void namesTheReleaseOfAnotherJobOfTheStudyAsTheOneBefore() {
    clinic.release(clinic.job("other", "a", "uni", Basis.DE_IDENTIFIED));

    assertThat(release().shown("/release/previous")).startsWith("{\"job\":\"other\",");
  }

  @Test
  void namesTheReleaseThatACorrectedOneReplaces() {
    clinic.release(job);

    Path corrected = clinic.release(job, Optional.of("2026-11-23-r1"));

    assertThat(ReadManifest.of(clinic, corrected).shown("/release/replaces"))
        .startsWith("{\"job\":\"visits\",\"name\":\"2026-11-23-r1\",");
    assertThat(release().shown("/release/replaces")).isEqualTo("absent");
  }

  @Test
  void givesEveryFactOfTheStudy() {
    clinic.edit(
        JOB, "  state: open", "  state: closed\n  methodsResearch: yes\n  diseases: [H02.4, L90]");

    assertThat(release().shown("/authority/study"))
        .isEqualTo(
            "{\"id\":\"S-A\",\"title\":\"Study a\",\"purpose\":\"CLINTRCH\",\"state\":\"closed\","
                + "\"methodsResearch\":\"yes\",\"diseases\":\"H02.4 L90\"}");
  }

  @Test
  void leavesOutWhatTheJobDoesNotState() {
    clinic.edit(JOB, ", address: 1 Way, profit: non-profit, use: non-commercial", "");
    clinic.edit(JOB, ", expiresOn: 2039-12-31, review: normal", "");

    ReadManifest manifest = release();

    assertThat(manifest.shown("/authority/study/diseases")).isEqualTo("absent");
    assertThat(manifest.shown("/authority/recipient"))
        .isEqualTo("{\"organization\":\"University\",\"id\":\"uni\",\"name\":\"Dr. >R<\"}");
    assertThat(manifest.shown("/authority/board"))
        .isEqualTo("{\"name\":\"A Board\",\"protocol\":\"P-1\",\"approvedOn\":\"2015-01-01\"}");
    assertThat(manifest.shown("/authority/approval")).isEqualTo("absent");
  }

  @Test
  void givesEveryFactOfTheRecipient() {
    clinic.edit(JOB, "address: 1 Way", "address: 1 Way, phone: \"555\", country: DE");

    assertThat(release().shown("/authority/recipient"))
        .isEqualTo(
            "{\"organization\":\"University\",\"id\":\"uni\",\"name\":\"Dr. >R<\","
                + "\"address\":\"1 Way\",\"phone\":\"555\",\"country\":\"DE\","
                + "\"profit\":\"non-profit\",\"use\":\"non-commercial\"}");
  }

  @Test
  void givesTheAgreementAndWhenTheDataIsDestroyed() {
    clinic.edit(JOB, "permittedUsers: [staff]", "permittedUsers: [staff, fellows]");
    clinic.edit(JOB, "permittedUses:", "destroyBy: 2030-06-30, permittedUses:");

    ReadManifest manifest = release();

    assertThat(manifest.shown("/authority/agreement"))
        .isEqualTo(
            "{\"id\":\"D-1\",\"signedOn\":\"2015-01-01\",\"expiresOn\":\"2039-12-31\","
                + "\"permittedUses\":\"research\",\"permittedUsers\":\"staff; fellows\","
                + "\"destroyBy\":\"2030-06-30\"}");
    assertThat(manifest.shown("/authority/terms")).endsWith("\"Destroy the data by 2030-06-30.\"]");
  }

  @Test
  void asksOfTheRecipientWhatTheLawAsks() {
    assertThat(release().shown("/authority/terms"))
        .isEqualTo(
            "[\"Use the data for study S-A only.\","
                + "\"Do not try to identify or contact any person.\","
                + "\"Do not pass the data on.\","
                + "\"When a recall list arrives, remove the listed codes and confirm it.\"]");
  }

  @Test
  void givesTheRuleUnderWhichTheDataIsHandedOver() {
    job = clinic.job("visits", "a", "uni", Basis.WAIVER);

    ReadManifest manifest = release();

    assertThat(manifest.shown("/authority/legalBasis")).isEqualTo("\"waiver\"");
    assertThat(manifest.shown("/authority/target")).isEqualTo("\"limited-data-set\"");
    assertThat(manifest.shown("/authority/requestedBy")).isEqualTo("\"steward\"");
    assertThat(manifest.shown("/authority/board/review")).isEqualTo("\"normal\"");
  }

  @Test
  void givesTheAttestation() {
    assertThat(release().shown("/authority/attestation"))
        .isEqualTo("{\"text\":\"no actual knowledge\",\"by\":\"officer\",\"on\":\"2015-01-01\"}");
  }

  @Test
  void givesTheRulesByWhichConsentWasDecided() {
    clinic.edit(
        JOB,
        "consents.csv}",
        "consents.csv, minors: hipaa-continues, assentAge: 9, stewardDecision: SD-7,"
            + " majority: {default: 18, AL: 20}}");

    assertThat(release().shown("/consent/policy"))
        .isEqualTo(
            "{\"default\":\"deny\",\"zone\":\"Z\",\"minors\":\"hipaa-continues\",\"majority"
                + " AL\":\"20\",\"majority MS\":\"21\",\"majority NE\":\"19\",\"majority"
                + " PR\":\"21\",\"majority default\":\"18\",\"assentAge\":\"9\",\"births\":\"birth"
                + " date\",\"datesFrom\":\"1901-01-01\",\"datesTo\":\"2036-12-31\","
                + "\"calendar\":\"real\",\"stewardDecision\":\"SD-7\",\"cohort\":\"everyone\"}");
  }

  @Test
  void listsThatACohortWasAskedFor() {
    clinic.append(JOB, "cohort: {any: {table: visits, where: {finding: [ok]}}}");

    assertThat(release().shown("/consent/policy/cohort")).isEqualTo("\"as the job defines\"");
  }

  @Test
  void givesTheMomentOfTheDecisionInTheClinicsZone() {
    assertThat(release().shown("/consent/decidedAt")).isEqualTo("[\"2026-11-23T12:00:00Z\"]");
  }

  @Test
  void countsPersonsByTheReasonOfTheirExclusion() {
    clinic.withdraws(1).denies(2).denies(3);
    job = clinic.job("visits", "a", "uni", Basis.DE_IDENTIFIED);

    assertThat(release().exact("/consent/subjects"))
        .isEqualTo(
            "{\"read\":20,\"released\":17,\"excludedTotal\":3,"
                + "\"excluded\":{\"NO_CONSENT\":1,\"REFUSED\":2},"
                + "\"rejectedTotal\":0,\"rejected\":{}}");
  }

  @Test
  void countsAPersonWhoseOwnRowIsNotReleasedAsExcluded() {
    clinic.permits(1, "*", "*", "VISIT|LAB");

    ReadManifest manifest = release();

    assertThat(manifest.exact("/consent/subjects"))
        .contains("\"released\":19,\"excludedTotal\":1,\"excluded\":{\"CATEGORY\":1}");
    assertThat(manifest.exact(manifest.table("patients") + "/rows/released")).isEqualTo("19");
    assertThat(manifest.exact(manifest.table("visits") + "/rows/excluded"))
        .isEqualTo("{\"PARENT_EXCLUDED\":1}");
  }

  @Test
  void countsTheLinesOfConsentInTheClinicsEditionAlone() {
    clinic.denies(1).permits(2, "*", "*", "NO SUCH");

    ReadManifest manifest = release();

    assertThat(manifest.exact("/consent/lines"))
        .isEqualTo(
            "{\"read\":20,\"outcomes\":{\"BAD_PERMIT_ROW\":1,\"PERMIT_PASSED\":18,"
                + "\"RESTRICTS\":1},\"permitsFailed\":{}}");
    assertThat(manifest.shown("/consent/lines")).isEqualTo("absent");
  }

  @Test
  void countsWhyPermitsOfOtherPurposesFailed() {
    clinic.edit(
        "clinic/consents.csv",
        "L5,"
            + SmallClinic.id(5)
            + ",PERMIT,ACTIVE,2020-01-01T10:00:00,2020-01-01T10:00:00,2020-01-01,,",
        "L5,"
            + SmallClinic.id(5)
            + ",PERMIT,ACTIVE,2020-01-01T10:00:00,2020-01-01T10:00:00,2020-01-01,2021-01-01,");

    assertThat(release().exact("/consent/lines"))
        .contains("\"PERMIT_FAILED\":1")
        .endsWith("\"permitsFailed\":{\"EXPIRED\":1}}");
  }

  @Test
  void describesATableOfOneRowAPerson() {
    ReadManifest manifest = release();
    String patients = manifest.table("patients");

    assertThat(manifest.shown(patients + "/category")).isEqualTo("\"DEMOGRAPHIC\"");
    assertThat(manifest.shown(patients + "/timeless"))
        .isEqualTo("\"one row per person, no event\"");
    assertThat(manifest.shown(patients + "/recordDates")).isEqualTo("[]");
    assertThat(manifest.shown(patients + "/key")).isEqualTo("[\"patient_id\"]");
    assertThat(manifest.shown(patients + "/references")).isEqualTo("[]");
  }

  @Test
  void describesATableOfEvents() {
    ReadManifest manifest = release();
    String visits = manifest.table("visits");

    assertThat(manifest.shown(visits + "/category")).isEqualTo("\"VISIT\"");
    assertThat(manifest.shown(visits + "/timeless")).isEqualTo("absent");
    assertThat(manifest.shown(visits + "/recordDates")).isEqualTo("[\"visited_on\"]");
    assertThat(manifest.shown(visits + "/references"))
        .isEqualTo(
            "[{\"columns\":[\"patient_id\"],\"table\":\"patients\",\"keys\":[\"patient_id\"]}]");
  }

  @Test
  void givesTheDescriptionOfATableWhereTheMappingHasOne() throws IOException {
    clinic.edit(
        MAPPING, "  visits:\n", "  visits:\n    description: Who came >when< & what was found\n");

    ReadManifest manifest = release();

    assertThat(manifest.shown(manifest.table("visits") + "/description"))
        .isEqualTo("\"Who came >when< & what was found\"");
    assertThat(manifest.shown(manifest.table("patients") + "/description")).isEqualTo("absent");
    assertThat(Files.readString(folder.resolve("datapackage.json")))
        .contains("\"description\" : \"Who came >when< & what was found\"");
    assertThat(Files.readString(folder.resolve("codebook.html")))
        .contains("<p>Who came &gt;when&lt; &amp; what was found</p>");
  }

  @Test
  void namesNoKeyWhenTwoReleasedRowsShareIt() {
    clinic.repeatsAVisitId();

    ReadManifest manifest = release();

    assertThat(manifest.shown(manifest.table("visits") + "/key")).isEqualTo("[]");
  }

  @Test
  void namesNoKeyWhenAPartOfItIsNotReleased() {
    clinic.edit(MAPPING, "key: [visit_id]", "key: [visit_id, visited_on]");

    ReadManifest manifest = release();

    assertThat(manifest.shown(manifest.table("visits") + "/key")).isEqualTo("[]");
  }

  @Test
  void namesEveryReleasedPartOfAKeyInItsOrder() {
    clinic.edit(MAPPING, "key: [visit_id]", "key: [finding, visit_id]");
    clinic.edit(MAPPING, "sensitive, category: LAB,", "sensitive,");

    ReadManifest manifest = release();

    assertThat(manifest.shown(manifest.table("visits") + "/key"))
        .isEqualTo("[\"finding\",\"visit_id\"]");
  }

  @Test
  void namesNoReferenceToPersonsWhoseIdIsNotReleased() {
    clinic.edit(
        MAPPING,
        "patient_id: {role: linkage-key, do: pseudonymize, domain: patient, code: random,"
            + " type: code, why: joins tables}\n      date_of_birth",
        "patient_id: {role: linkage-key, do: drop}\n      date_of_birth");

    ReadManifest manifest = release();

    assertThat(manifest.shown(manifest.table("visits") + "/references")).isEqualTo("[]");
    assertThat(manifest.shown(manifest.table("patients") + "/key")).isEqualTo("[]");
  }

  @Test
  void listsADroppedColumnWithoutAReleasedSide() {
    ReadManifest manifest = release();

    assertThat(manifest.shown(manifest.table("patients") + "/columns/1"))
        .isEqualTo(
            "{\"source\":\"date_of_birth\",\"role\":\"quasi-identifier\",\"operator\":\"drop\","
                + "\"technique\":\"suppression\",\"done\":\"Not released.\","
                + "\"survives\":\"Nothing.\",\"parameters\":{},\"released\":null}");
  }

  @Test
  void listsAColumnWithoutARuleAsDropped() {
    clinic.edit(MAPPING, "unmapped: stop", "unmapped: drop");
    clinic.edit("clinic/patients.csv", "date_of_birth,sex", "date_of_birth,sex,shoe_size");
    clinic.edit("clinic/patients.csv", ",F", ",F,38");

    ReadManifest manifest = release();

    assertThat(manifest.shown(manifest.table("patients") + "/columns/3"))
        .startsWith("{\"source\":\"shoe_size\",\"role\":\"no rule\",\"operator\":\"drop\"")
        .contains("\"why\":\"the mapping has no rule for it and has unmapped: drop\"")
        .endsWith("\"released\":null}");
  }

  @Test
  void describesAReleasedColumnInTheWordsOfTheMapping() {
    clinic.edit(
        MAPPING,
        "type: integer, why: needed",
        "type: integer, why: seasons, label: Year of the visit, unit: year");

    ReadManifest manifest = release();
    String year = manifest.column("visits", "visit_year");

    assertThat(manifest.shown(year + "/why")).isEqualTo("\"seasons\"");
    assertThat(manifest.shown(year + "/released"))
        .isEqualTo(
            "{\"name\":\"visit_year\",\"type\":\"integer\",\"category\":\"VISIT\","
                + "\"description\":\"Year of the visit\",\"unit\":\"year\","
                + "\"labels\":{\"1936\":\"1936 or before\"},\"absent\":[\"MISSING\"]}");
  }

  @Test
  void countsCellsThatConsentDoesNotCover() {
    clinic.permits(1, "*", "*", "DEMOGRAPHIC|VISIT");

    ReadManifest manifest = release();
    String finding = manifest.column("visits", "finding") + "/released";

    assertThat(manifest.exact(finding + "/absent")).isEqualTo("[\"MISSING\",\"WITHHELD\"]");
    assertThat(manifest.exact(finding + "/withheldCells")).isEqualTo("1");
    assertThat(manifest.exact(manifest.column("visits", "visit_year") + "/released"))
        .doesNotContain("withheld");
  }

  @Test
  void countsCellsThatWereEmptiedAsInvalid() {
    clinic
        .edit(MAPPING, "type: integer, why: needed", "type: integer, why: needed, onInvalid: blank")
        .edit(
            VISITS,
            SmallClinic.id(1) + "-1," + SmallClinic.id(1) + ",2022-05-05",
            SmallClinic.id(1) + "-1," + SmallClinic.id(1) + ",2222-05-05");

    ReadManifest manifest = release();
    String year = manifest.column("visits", "visit_year") + "/released";

    assertThat(manifest.exact(year + "/absent")).isEqualTo("[\"MISSING\",\"BLANKED\"]");
    assertThat(manifest.exact(year + "/blankedCells")).isEqualTo("1");
  }

  @Test
  void listsEveryFileWithTheDigestOfItsBytes() throws IOException {
    clinic.edit(JOB, "format: csv", "format: both");

    ReadManifest manifest = release();

    assertThat(manifest.recipient().at(manifest.table("visits") + "/files"))
        .hasSize(2)
        .allSatisfy(
            file -> {
              byte[] bytes = Files.readAllBytes(folder.resolve(file.path("name").asString()));
              assertThat(file.path("sha256").asString()).isEqualTo(Sha256.hex(bytes));
              assertThat(file.path("bytes").asInt()).isEqualTo(bytes.length);
              assertThat(file.path("rows").asInt()).isEqualTo(20);
            })
        .extracting(file -> file.path("format").asString())
        .containsExactlyInAnyOrder("csv", "parquet");
  }

  @Test
  void listsTheInputsByTheirDigests() throws IOException {
    ReadManifest manifest = release();

    assertThat(manifest.shown("/inputs/job/sha256")).isEqualTo(quoted(digest(JOB)));
    assertThat(manifest.shown("/inputs/mapping"))
        .isEqualTo("{\"name\":\"years version 1\",\"sha256\":" + quoted(digest(MAPPING)) + "}");
    assertThat(manifest.exact("/inputs/sources"))
        .isEqualTo("{\"consent lines\":" + quoted(digest("clinic/consents.csv")) + "}");
    assertThat(manifest.shown("/inputs/sources")).isEqualTo("absent");
  }

  @Test
  void listsTheListsOfTheMapping() throws IOException {
    Files.writeString(root.resolve("mappings/found.csv"), "from,to\nok,normal\n");
    clinic.edit(
        MAPPING,
        "category: LAB, do: keep, type: code, why: needed",
        "category: LAB, do: generalize, to: hierarchy, file: found.csv, level: to, type: code,"
            + " why: needed");

    assertThat(release().shown("/inputs/lists"))
        .isEqualTo("{\"found.csv\":" + quoted(digest("mappings/found.csv")) + "}");
  }

  @Test
  void showsOfKeysTheirFingerprints() throws IOException {
    ReadManifest manifest = release();

    assertThat(manifest.shown("/inputs/keys"))
        .matches(
            "\\{\"signing key\":\"SHA256:[A-Za-z0-9+/]{43}\","
                + "\"study key\":\"sha256:[0-9a-f]{64}\"}");
    assertThat(manifest.recipient().toString())
        .doesNotContain(Files.readString(root.resolve("keys/a.key")).strip());
  }

  @Test
  void listsHowEachIdentifierOfSafeHarborIsHandled() {
    ReadManifest manifest = release();

    assertThat(manifest.recipient().path("identifiers"))
        .extracting(each -> each.path("letter").asString())
        .containsExactlyElementsOf(List.of("ABCDEFGHIJKLMNOPQR".split("")));
    assertThat(manifest.shown("/identifiers/2/columns"))
        .contains("{\"table\":\"visits\",\"column\":\"visited_on\",\"done\":");
  }

  @Test
  void listsWhichWarningWasAnsweredAndUntilWhen() {
    clinic.edit(
        MAPPING,
        "category: LAB, do: keep, type: code, why: needed",
        "category: LAB, do: keep, type: text, why: needed, acknowledge: {code: SH_TEXT_KEPT,"
            + " reason: two words of a list, until: 2027-01-31}");

    ReadManifest manifest = release();

    assertThat(manifest.shown("/acknowledged"))
        .startsWith("[{\"code\":\"SH_TEXT_KEPT\",\"warning\":\"")
        .endsWith("\"reason\":\"two words of a list\",\"until\":\"2027-01-31\"}]");
    assertThat(manifest.shown("/warnings")).doesNotContain("SH_TEXT_KEPT");
  }

  @Test
  void listsWhichWarningIsOpen() {
    clinic.edit(
        MAPPING,
        "category: LAB, do: keep, type: code, why: needed",
        "category: LAB, do: keep, type: text, why: needed");

    ReadManifest manifest = release();

    assertThat(manifest.shown("/warnings")).contains("{\"code\":\"SH_TEXT_KEPT\",\"warning\":\"");
    assertThat(manifest.shown("/acknowledged")).isEqualTo("[]");
  }

  @Test
  void countsTextsThatASpreadsheetRunsAsFormulas() {
    clinic.edit(
        VISITS, SmallClinic.id(3) + ",2022-05-05,ok", SmallClinic.id(3) + ",2022-05-05,=1+1");

    ReadManifest manifest = release();

    assertThat(manifest.shown("/spreadsheets"))
        .isEqualTo("{\"formulas\":\"report\",\"formulaCells\":1}");
    assertThat(manifest.shown(manifest.column("visits", "finding") + "/released/formulaCells"))
        .isEqualTo("1");
  }

  @Test
  void namesTheSoftwareThatMadeIt() {
    assertThat(release().shown("/software"))
        .startsWith("{\"name\":\"test\",\"java\":\"" + Runtime.version())
        .endsWith(",\"engine\":\"one process\"}");
  }

  private String digest(String file) throws IOException {
    return Sha256.hex(Files.readAllBytes(root.resolve(file)));
  }

  private static String quoted(String text) {
    return '"' + text + '"';
  }
}
