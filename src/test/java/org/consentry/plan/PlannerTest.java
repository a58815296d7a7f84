package org.consentry.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.consentry.consent.ConsentRequest;
import org.consentry.data.BirthForm;
import org.consentry.data.CodeForm;
import org.consentry.data.Effect.CodeKind;
import org.consentry.data.Field;
import org.consentry.data.IdRule;
import org.consentry.data.RecordCategory;
import org.consentry.operator.SubjectAttribute;
import org.consentry.plan.DecidePlan.CodeSlot;
import org.consentry.plan.TableExtract.Dating;
import org.consentry.plan.TableExtract.ParentReference;
import org.consentry.problem.Category;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlannerTest {

  private static final LocalDate TODAY = LocalDate.of(2026, 11, 23);

  private static final String JOB =
      """
      job: small
      study: {id: S1, title: A study, purpose: CLINTRCH, state: open, diseases: [H02.4]}
      recipient: {id: uni-x, name: Dr. A. Example, organization: University X}
      requestedBy: steward
      legalBasis: de-identified
      target: safe-harbor
      attestation: {text: no actual knowledge, by: privacy officer, on: 2026-03-01}
      source: {type: csv, path: data}
      consent: {type: csv, path: data/consents.csv}
      cohort:
        any: {table: procedures, where: {cpt: [15822, 15823]}, from: 2020-01-01}
      mapping: map.yaml
      output: {format: both, directory: releases}
      keys: {study: "file:study.key", signing: "env:SIGNING"}
      scan: {identifiers: source, patterns: us}
      """;

  private static final String MAPPING =
      """
      mapping: small
      version: 1
      subjects: {table: patients, key: id, birthDate: born}
      tables:
        visits:
          subject: patient
          key: visit
          recordDate: day
          category: VISIT
          columns:
            visit: {role: linkage-key, do: pseudonymize, domain: visit, code: one-time, type: code}
            patient: {role: linkage-key, do: pseudonymize, domain: patient, code: random, type: code}
            day:
              - {role: quasi-identifier, do: generalize, to: year, as: year, type: integer}
              - {role: quasi-identifier, do: age, of: subject.birthDate, topCode: 89, as: age, type: integer}
            note: {role: free-text, category: NOTE, do: drop}
        procedures:
          subject: patient
          key: procedure
          recordDate: day
          category: PROCEDURE
          references: {visit: visits.visit, patient: patients.id}
          columns:
            procedure: {role: linkage-key, do: drop}
            visit: {role: linkage-key, do: pseudonymize, domain: visit, code: one-time, type: code}
            patient: {role: linkage-key, do: pseudonymize, domain: patient, code: random, type: code}
            day: {role: quasi-identifier, do: drop}
            cpt: {role: sensitive, do: keep, type: code, label: CPT code}
        patients:
          subject: id
          key: id
          category: DEMOGRAPHIC
          timeless: one row per person
          columns:
            id: {role: linkage-key, do: pseudonymize, domain: patient, code: random, type: code}
            born: {role: quasi-identifier, do: birth-year, as: birth_year, type: integer, onInvalid: blank}
      """;

  @TempDir Path folder;

  @BeforeEach
  void writeClinic() throws IOException {
    Files.createDirectories(folder.resolve("data"));
    write("data/patients.csv", "born,id\n1980-01-01,P1\n");
    write("data/visits.csv", "visit,patient,note,day\nV1,P1,x,2024-01-01\n");
    write("data/procedures.csv", "procedure,visit,patient,day,cpt\nC1,V1,P1,2024-01-01,15822\n");
    write("data/consents.csv", "line_id\n");
    write("job.yaml", JOB);
    write("map.yaml", MAPPING);
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private ExportPlan plan() {
    return Planner.plan(folder.resolve("job.yaml"), TODAY);
  }

  /** Problems without the name of the temporary folder. */
  private List<String> problems() {
    return Planner.check(folder.resolve("job.yaml"), TODAY).stream()
        .map(Problem::toString)
        .map(line -> line.replace(folder + "/", ""))
        .toList();
  }

  @Test
  void putsParentsBeforeChildrenAndBindsEveryColumnToItsPosition() {
    ExportPlan plan = plan();

    assertThat(plan.tables())
        .extracting(table -> table.level() + " " + table.name())
        .containsExactly("0 patients", "1 visits", "2 procedures");
    TableExtract visits = plan.tables().get(1);
    assertThat(visits.sourceColumns()).containsExactly(0, 1, 3);
    assertThat(visits.subject()).isEqualTo(1);
    assertThat(visits.key()).contains(0);
    assertThat(visits.dating()).isEqualTo(new Dating.ByDates(List.of(2)));
    assertThat(visits.parents()).isEmpty();
    assertThat(visits.released())
        .extracting(ReleasedColumns::names, ReleasedColumns::sourceColumn)
        .containsExactly(
            tuple(List.of("visit"), 0),
            tuple(List.of("patient"), 1),
            tuple(List.of("year"), 2),
            tuple(List.of("age"), 2));
    TableExtract procedures = plan.tables().get(2);
    assertThat(procedures.parents()).containsExactly(new ParentReference(1, "visits"));
    assertThat(procedures.key()).isEmpty();
    TableExtract patients = plan.tables().get(0);
    assertThat(patients.isSubjects()).isTrue();
    assertThat(patients.key()).isEmpty();
    assertThat(patients.dating()).isEqualTo(new Dating.Timeless());
  }

  @Test
  void asksForEverySubjectCodeOnce() {
    ExportPlan plan = plan();

    assertThat(plan.decide().codeSlots())
        .containsExactly(new CodeSlot("patient", CodeKind.RANDOM, CodeForm.usual("patient")));
    assertThat(plan.decide().shiftSlots()).isEmpty();
    assertThat(plan.decide().key()).isEqualTo(1);
    assertThat(plan.decide().births().form()).isEqualTo(BirthForm.DATE);
    assertThat(plan.decide().births().columns()).containsExactly(0);
    assertThat(plan.decide().deathDate()).isEmpty();
  }

  @Test
  void refusesShiftsThatDifferAndNamesBothPlaces() throws IOException {
    write("job.yaml", JOB.replace("target: safe-harbor", "target: gdpr-pseudonymised"));
    write(
        "map.yaml",
        MAPPING
            .replace(
                "do: birth-year, as: birth_year, type: integer",
                "do: dateShift, ends: keep, type: date")
            .replace(
                "day: {role: quasi-identifier, do: drop}",
                "day: {role: quasi-identifier, do: dateShift, maxDays: 30, ends: keep, type:"
                    + " date}"));

    assertThat(problems())
        .filteredOn(problem -> problem.contains("SHIFTS_DIFFER"))
        .containsExactly(
            "map.yaml:36:7: error SHIFTS_DIFFER dates are shifted by whole weeks up to 365 days"
                + " here but by whole weeks up to 30 days at map.yaml:27:7; all dates of a person"
                + " move by the same number of days; give every dateShift the same maxDays and in");
  }

  @Test
  void refusesShiftsByWeeksBesideShiftsByDays() throws IOException {
    write(
        "map.yaml",
        MAPPING.replace(
            "day: {role: quasi-identifier, do: drop}",
            """
            day:
                    - {role: quasi-identifier, do: dateShift, in: days, as: a, type: date}
                    - {role: quasi-identifier, do: dateShift, as: b, type: date}
                    - {role: quasi-identifier, do: dateShift, in: days, as: c, type: date}\
            """));

    assertThat(problems())
        .filteredOn(problem -> problem.contains("SHIFTS_DIFFER"))
        .containsExactly(
            "map.yaml:29:11: error SHIFTS_DIFFER dates are shifted by whole weeks up to 365 days"
                + " here but by days up to 365 days at map.yaml:28:11; all dates of a person move"
                + " by the same number of days; give every dateShift the same maxDays and in");
  }

  @Test
  void foldsTheKeysOfATableThatAsksForItAndTheReferencesToThem() throws IOException {
    write("map.yaml", MAPPING.replace("key: visit\n", "key: visit\n    compareKeys: folded\n"));

    ExportPlan plan = plan();

    assertThat(plan.foldedTables()).containsExactly("visits");
    assertThat(plan.columns())
        .filteredOn(column -> column.source().equals("visit"))
        .extracting(column -> column.note().parameters().get("ids"))
        .containsOnly(IdRule.VERSION)
        .hasSize(2);
  }

  @Test
  void refusesToFoldAKeyOfSeveralColumns() throws IOException {
    write(
        "map.yaml",
        MAPPING.replace("key: procedure\n", "key: [procedure, day]\n    compareKeys: folded\n"));

    assertThat(problems())
        .contains(
            "map.yaml:20:18: error COMPARE_KEYS only a key of one column is folded but the key of"
                + " 'procedures' has 2; remove compareKeys: folded");
  }

  @Test
  void theCohortLooksAtAsFewColumnsAsItNeedsAndHasNoParents() {
    var condition = plan().decide().cohort().orElseThrow().conditions().get(0);

    assertThat(condition.table().sourceColumns()).containsExactly(2, 3, 4);
    assertThat(condition.table().parents()).isEmpty();
    assertThat(condition.where()).singleElement().extracting("column").isEqualTo(2);
    assertThat(condition.date()).contains(1);
    assertThat(condition.from())
        .isEqualTo(OptionalInt.of((int) LocalDate.of(2020, 1, 1).toEpochDay()));
    assertThat(condition.to()).isEmpty();
  }

  @Test
  void whatTheJobLeavesOpenIsReadTheStrictWay() {
    ConsentRequest request = plan().request(TODAY.atStartOfDay());

    assertThat(request.recipient().profit()).isEqualTo(ConsentRequest.Profit.FOR_PROFIT);
    assertThat(request.recipient().use()).isEqualTo(ConsentRequest.Use.COMMERCIAL);
    assertThat(request.boardApprovedUntil()).isEmpty();
    assertThat(request.minors()).isEqualTo(ConsentRequest.Minors.STRICT);
  }

  @Test
  void theDigestChangesWithAnyFileAndWithTheReferenceDate() throws IOException {
    String before = plan().digest();

    assertThat(plan().digest()).isEqualTo(before);
    assertThat(Planner.plan(folder.resolve("job.yaml"), TODAY.plusDays(1)).digest())
        .isNotEqualTo(before);
    assertThat(Planner.plan(folder.resolve("job.yaml"), TODAY.plusDays(1), TODAY).digest())
        .isEqualTo(before);
    write("map.yaml", MAPPING + "# a remark\n");
    assertThat(plan().digest()).isNotEqualTo(before);
  }

  @Test
  void findsEveryMistakeOfJobMappingAndSourceAtOnce() throws IOException {
    write(
        "job.yaml",
        JOB.replace("CLINTRCH", "CLINTRHC")
            .replace("[H02.4]", "[eyelid]")
            .replace("path: data}", "path: data, encodin: utf-8}")
            .replace("data/consents.csv", "data/consent.csv")
            .replace("procedures, where: {cpt:", "procedure, where: {cpt:")
            .replace("mapping: map.yaml", "mapping: map.yaml\ntables: [patients, visit, visits]"));
    write(
        "map.yaml",
        MAPPING
            .replace("do: generalize, to: year", "do: generalise, to: year")
            .replace(
                "code: one-time, type: code}\n      patient",
                "code: onetime, type: code}\n      patient")
            .replace("label: CPT code", "lable: CPT code")
            .replace("do: birth-year", "do: scrubText"));

    assertThat(problems())
        .containsExactly(
            "job.yaml:2:42: error PURPOSE 'CLINTRHC' is no purpose of use; did you mean"
                + " 'CLINTRCH'?",
            "job.yaml:2:1: error DISEASE study.diseases has a word that is no ICD-10-CM code; write"
                + " codes such as H02.4",
            "job.yaml:8:33: error UNKNOWN_KEY unknown key 'encodin'; did you mean 'encoding'?",
            "job.yaml:9:28: error NO_SUCH_FILE there is no readable file of consent lines at"
                + " 'data/consent.csv'; paths are relative to the folder of this file",
            "job.yaml:13:20: error UNKNOWN_TABLE the mapping has no table 'visit'; did you mean"
                + " 'visits'?",
            "map.yaml:11:73: error UNKNOWN_WORD expected one of random, keyed, one-time but found"
                + " 'onetime'; did you mean 'one-time'?",
            "map.yaml:14:40: error UNKNOWN_WORD there is no operator 'generalise'; did you mean"
                + " 'generalize'?",
            "map.yaml:25:73: error UNKNOWN_WORD expected one of random, keyed, one-time but found"
                + " 'onetime'; did you mean 'one-time'?",
            "map.yaml:28:52: error UNKNOWN_KEY unknown key 'lable'; did you mean 'label'?",
            "map.yaml:36:42: error NOT_IMPLEMENTED 'scrubText' is not implemented; use drop or"
                + " redact for free text",
            "job.yaml:11:16: error UNKNOWN_TABLE the mapping has no table 'procedure'; did you mean"
                + " 'procedures'?");
  }

  @Test
  void refusesACodeForCellsThatConsentDoesNotCover() throws IOException {
    write("map.yaml", MAPPING.replace("label: CPT code", "withheld: REFUSED"));

    assertThat(problems())
        .containsExactly(
            "map.yaml:28:52: error UNKNOWN_KEY unknown key 'withheld'; one of: role, do, as,"
                + " type, maxLength, onInvalid, why, label, unit, category, acknowledge,"
                + " format, decimal, thousands, currency, nulls");
  }

  @Test
  void comparesTheMappingWithTheColumnsOfTheSource() throws IOException {
    write("data/patients.csv", "date_of_birth,id,ssn\n");
    write("data/visits.csv", "visit,patient,note,day,fax\n");
    Files.delete(folder.resolve("data/procedures.csv"));

    assertThat(problems())
        .containsExactly(
            "map.yaml:5:3: error UNMAPPED_COLUMN column 'fax' of data/visits.csv has no rule; add"
                + " one, such as {role: direct-identifier, do: drop}",
            "map.yaml:17:3: error MISSING_TABLE the source has no table 'procedures'; add it to the"
                + " source, or leave it out of the job's tables",
            "map.yaml:36:7: error UNKNOWN_COLUMN data/patients.csv has no column 'born'; one of:"
                + " date_of_birth, id, ssn",
            "map.yaml:29:3: error UNMAPPED_COLUMN column 'date_of_birth' of data/patients.csv has"
                + " no rule; add one, such as {role: direct-identifier, do: drop}",
            "map.yaml:29:3: error UNMAPPED_COLUMN column 'ssn' of data/patients.csv has no rule;"
                + " add one, such as {role: direct-identifier, do: drop}");
  }

  @Test
  void dropsAndListsWhatHasNoRuleWhenTheMappingAsksForIt() throws IOException {
    write("data/patients.csv", "born,id,fax\n");
    write("map.yaml", MAPPING.replace("version: 1", "version: 1\nunmapped: drop"));

    assertThat(plan().columns())
        .filteredOn(column -> column.source().equals("fax"))
        .singleElement()
        .satisfies(
            column -> {
              assertThat(column.table()).isEqualTo("patients");
              assertThat(column.name()).isEqualTo(Optional.empty());
              assertThat(column.operator()).isEqualTo("drop");
              assertThat(column.role()).isEqualTo("no rule");
            });
  }

  @Test
  void warnsWhenAReferenceCanNoLongerBeFollowed() throws IOException {
    write("job.yaml", JOB + "tables: [patients, procedures]\n");

    assertThat(problems())
        .containsExactly(
            "map.yaml:22:25: warning REFERENCE_LOST column 'visit' refers to 'visits', which is not"
                + " released; release that table too, or drop the column");
    assertThat(plan().tables().get(1).parents()).isEmpty();
  }

  @Test
  void refusesWithExitCode12WhenOnlyPapersAreWrong() throws IOException {
    write("job.yaml", JOB.replaceAll("(?m)^attestation.*\n", ""));

    ProblemException refused = catchThrowableOfType(ProblemException.class, this::plan);

    assertThat(refused.category()).isEqualTo(Category.AUTHORITY);
    assertThat(refused.problems()).hasSize(1);
  }

  @Test
  void refusesWithExitCode10WhenAFileIsWrong() throws IOException {
    write("job.yaml", JOB.replaceAll("(?m)^attestation.*\n", "").replace("CLINTRCH", "X"));

    ProblemException refused = catchThrowableOfType(ProblemException.class, this::plan);

    assertThat(refused.category()).isEqualTo(Category.FILES_INVALID);
    assertThat(refused.problems())
        .extracting(Problem::code)
        .containsExactly("PURPOSE", "ATTESTATION_MISSING");
  }

  @Test
  void aMappingThatTheTargetForbidsIsAMistakeInTheMapping() throws IOException {
    write(
        "map.yaml",
        MAPPING.replace("domain: patient, code: random", "domain: patient, code: keyed"));

    ProblemException refused = catchThrowableOfType(ProblemException.class, this::plan);

    assertThat(refused.category()).isEqualTo(Category.FILES_INVALID);
    assertThat(refused.problems()).allMatch(problem -> problem.place().file().endsWith("map.yaml"));
  }

  @Test
  void neverReadsAKey() throws IOException {
    write("job.yaml", JOB.replace("file:study.key", "file:no/such/key"));

    assertThat(plan().studyKey().toString()).contains("no/such/key");
  }

  @Test
  void listsInWordsWhatWillBeDone() {
    List<String> lines = PlanReport.of(plan());

    assertThat(lines).filteredOn(line -> line.startsWith("plan ")).hasSize(1);
    String text =
        """
        job       small, requested by steward
        study     S1 A study
        recipient uni-x, University X
        basis     de-identified, target safe-harbor, as of 2026-11-23
        mapping   small version 1
        consent   CONSENTS
        output    csv and parquet
        cohort    one of these records
                  - procedures, cpt one of 2 values, day from 2020-01-01

        table     patients, DEMOGRAPHIC, timeless
          id code = pseudonymize id (code random, domain patient, ids id-rule-2: NFC, trim, upper-case letter by letter, prefix P)
          birth_year integer = birth-year born (floor 1936)

        table     visits, VISIT, dated by day
          visit code = pseudonymize visit (code one-time, domain visit, ids key-rule-1: trim, byte by byte, prefix V)
          patient code = pseudonymize patient (code random, domain patient, ids id-rule-2: NFC, trim, upper-case letter by letter, prefix P)
          year integer = generalize day (floor 1936, to year)
          age integer = age day (of subject.birthDate, topCode 89, withheld ages of people in the birth year bucket)
          dropped note

        table     procedures, PROCEDURE, dated by day
          visit code = pseudonymize visit (code one-time, domain visit, ids key-rule-1: trim, byte by byte, prefix V)
          patient code = pseudonymize patient (code random, domain patient, ids id-rule-2: NFC, trim, upper-case letter by letter, prefix P)
          cpt code = keep cpt
          dropped procedure, day
        """;
    assertThat(lines)
        .filteredOn(line -> !line.startsWith("plan "))
        .containsExactlyElementsOf(
            text.replace("CONSENTS", folder.resolve("data/consents.csv").toString())
                .lines()
                .toList());
  }

  @Test
  void aFileThatIsNeitherJobNorMappingIsNamed() throws IOException {
    write("job.yaml", "jobs: x\n");

    assertThat(problems())
        .containsExactly(
            "job.yaml: error UNKNOWN_FILE this is neither a job nor a mapping, rules or a risk"
                + " plan; begin a job with 'job: NAME', a mapping with 'mapping: NAME' and rules"
                + " with 'rules: NAME'; consentry risk JOB --search writes a risk plan");
  }

  @Test
  void aRiskPlanIsCheckedAlone() throws IOException {
    String plan =
        """
        riskPlan: eyelid-outcomes
        searchedOn: 2026-11-02
        inputs: {risk: "sha256:00", mapping: "sha256:00", lists: {}}
        goal: {k: 11, loss: entropy, suppressAtMost: 0.2}
        levels: {patients.sex: as mapped}
        gives: {people: 304, smallestGroup: 12, suppressed: 49, averageRisk: 0.04, loss: 21.5}
        considered: 5
        alternatives: []
        """;
    write("job.yaml", plan);
    String digest = problems().get(0).replaceFirst(".*(sha256:[0-9a-f]{64}).*", "$1");
    assertThat(problems())
        .containsExactly(
            "job.yaml: error RISK_PLAN_NOT_APPROVED the risk plan is not approved; have the expert"
                + " read it and add approved: {by: NAME, on: DATE, digest: \""
                + digest
                + "\"}");

    write(
        "job.yaml",
        plan + "approved: {by: Dr. E. Expert, on: 2026-11-02, digest: \"" + digest + "\"}\n");
    assertThat(problems()).isEmpty();

    write("job.yaml", plan + "aproved: {by: Dr. E. Expert, on: 2026-11-02}\n");
    assertThat(problems()).hasSize(1).first().asString().contains("UNKNOWN_KEY");
  }

  @Test
  void refusesATargetThatIsNotInTheCatalogue() throws IOException {
    write("job.yaml", JOB.replace("target: safe-harbor", "target: safe harbor"));

    assertThat(problems())
        .containsExactly(
            "job.yaml:6:9: error UNKNOWN_WORD there is no target 'safe harbor'; did you mean"
                + " 'safe-harbor'?");
  }

  @Test
  void findsUnknownWordsOfCataloguesTogetherWithMistakesThatStopTheBinding() throws IOException {
    write(
        "job.yaml",
        JOB.replace("target: safe-harbor", "target: safe-harbour")
            .replace("format: both", "format: parket")
            .replace("state: open", "state: opn"));

    assertThat(problems())
        .containsExactly(
            "job.yaml:2:59: error UNKNOWN_WORD expected one of open, closed but found 'opn'; did"
                + " you mean 'open'?",
            "job.yaml:6:9: error UNKNOWN_WORD there is no target 'safe-harbour'; did you mean"
                + " 'safe-harbor'?",
            "job.yaml:13:18: error UNKNOWN_WORD there is no output format 'parket'; did you mean"
                + " 'parquet'?");
  }

  @Test
  void reportsAnUnknownFormatOnceBesideMistakesOfTheMapping() throws IOException {
    write("job.yaml", JOB.replace("format: both", "format: parket"));
    write("map.yaml", MAPPING.replace("category: VISIT", "category: VISITS"));

    assertThat(problems())
        .hasSize(2)
        .anyMatch(line -> line.startsWith("job.yaml:13:18: error UNKNOWN_WORD"))
        .anyMatch(line -> line.startsWith("map.yaml:9:15: error UNKNOWN_WORD"));
  }

  @Test
  void refusesASafeHarborReferenceDateOfAnEarlierYear() throws IOException {
    write(
        "job.yaml",
        JOB.replace("mapping: map.yaml", "mapping: map.yaml\nreferenceDate: 2025-12-31"));

    assertThat(problems())
        .containsExactly(
            "job.yaml:"
                + (JOB.lines().toList().indexOf("mapping: map.yaml") + 2)
                + ":16: error REFERENCE_DATE_PAST the reference date is in an earlier year than the"
                + " release, so ages over 89 could be disclosed (45 CFR 164.514(b)(2)(i)(C)); leave"
                + " referenceDate out, or name a date of this year; start a run of last year"
                + " again");
  }

  @Test
  void refusesToGoOnWithASafeHarborRunOfAnEarlierYear() {
    assertThatThrownBy(
            () -> Planner.plan(folder.resolve("job.yaml"), LocalDate.of(2027, 1, 1), TODAY))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("error REFERENCE_DATE_PAST");
  }

  @Test
  void readsTheListsOfPlacesThatSafeHarborJudges() throws IOException {
    String cpt = "cpt: {role: sensitive, do: keep, type: code, label: CPT code}";
    String county = "county: {role: quasi-identifier, do: recode, table: lists/a.csv, type: code}";
    Files.createDirectories(folder.resolve("lists"));
    write("data/procedures.csv", "procedure,visit,patient,day,cpt,county\n");
    write("map.yaml", MAPPING.replace(cpt, cpt + "\n      " + county));
    write("lists/a.csv", "county,state\nPima,AZ\nHarris,Harris\n");

    assertThat(problems())
        .containsExactly(
            "map.yaml:29:44: error SH_AREA_LISTED column 'county' of table 'procedures' names"
                + " places smaller than a state, and its list leaves 1 of 2 values unchanged (the"
                + " first in line 3 of lists/a.csv) (45 CFR 164.514(b)(2)(i)(B)); write the name or"
                + " the two letters of a state, a country or a wider region for every value, such"
                + " as TX; or drop the column");
    write("lists/a.csv", "county,state\nPima,AZ\nHarris,TX\n");
    assertThat(problems()).isEmpty();
  }

  private static final String DERIVE =
      """
          derive:
            - do: interval
              from: {start: day, end: subject.deathDate}
              in: years
              release: {as: years_to_death, role: quasi-identifier, type: integer, unit: years, why: outcome}
      """;

  private static String deriving(String rules) {
    return MAPPING
        .replace("birthDate: born}", "birthDate: born, deathDate: died}")
        .replace(
            "born: {role",
            "died: {role: sensitive, category: DIAGNOSIS, do: drop}\n      born: {role")
        .replace(
            "      note: {role: free-text, category: NOTE, do: drop}\n",
            "      note: {role: free-text, category: NOTE, do: drop}\n" + rules);
  }

  @Test
  void plansColumnsMadeOfTheRowAndOfItsSubject() throws IOException {
    write("data/patients.csv", "born,id,died\n1980-01-01,P1,\n");
    write("map.yaml", deriving(DERIVE));

    ExportPlan plan = plan();

    TableExtract visits = plan.tables().get(1);
    assertThat(visits.schema().fields())
        .extracting(Field::name)
        .containsExactly("visit", "patient", "year", "age", "years_to_death");
    assertThat(visits.released()).hasSize(5);
    assertThat(visits.released().get(4).isOfColumn()).isFalse();
    assertThat(visits.released().get(4).inputs())
        .containsExactly(
            new ReleasedColumns.Input.OfRow("day", 2),
            new ReleasedColumns.Input.OfSubject("subject.deathDate", SubjectAttribute.DEATH_DATE));
    assertThat(visits.ownCategories())
        .containsExactly(
            Map.entry("age", Set.of(RecordCategory.DEMOGRAPHIC)),
            Map.entry("years_to_death", Set.of(RecordCategory.DIAGNOSIS)));
    assertThat(PlanReport.of(plan))
        .contains(
            "  years_to_death integer = interval day, subject.deathDate (end subject.deathDate, in"
                + " full years, start day, withheld 90 full years and more)");
  }

  @Test
  void reportsEverythingThatIsWrongWithDerivedColumns() throws IOException {
    write("data/patients.csv", "born,id,died\n1980-01-01,P1,\n");
    String rules =
        """
            derive:
              - {do: intervall, from: {start: day, end: day}, release: {as: a, role: sensitive, type: integer}}
              - {do: age, from: {start: day}, release: {as: b, role: sensitive, type: integer}}
              - {do: interval, from: {start: days, end: subject.born}, release: {as: c, role: sensitive, type: integer}}
              - {do: interval, from: {begin: day, end: [day, note]}, release: {as: d, role: sensitive, type: integer}}
              - {do: interval, from: {start: day, end: subject.deathDate}, until: day, release: {of: days, as: e, role: sensitive, type: integer}}
              - do: interval
                from: {start: day, end: subject.deathDate}
                release:
                  - {as: f, role: sensitive, type: integer}
                  - {as: year, role: sensitive, type: integer}
              - {do: hash, from: {start: day}, release: {as: g, role: sensitive, type: code}}
        """;
    write("map.yaml", deriving(rules));

    assertThat(problems())
        .filteredOn(line -> !line.contains(" SH_") && !line.contains(" INTERVAL_FIXED_DATE "))
        .containsExactly(
            "map.yaml:20:38: error UNKNOWN_COLUMN table 'visits' has no rule for a column 'days';"
                + " did you mean 'day'?",
            "map.yaml:20:49: error UNKNOWN_SUBJECT_ATTRIBUTE the mapping does not have"
                + " 'subject.born'; one of: subject.birthDate, subject.deathDate",
            "map.yaml:27:18: error DUPLICATE_NAME the released name 'year' is taken by the rule in"
                + " line 14 (upper and lower case are the same here); name it with as:",
            "map.yaml:18:14: error UNKNOWN_WORD there is no operator 'intervall' for derived"
                + " columns; did you mean 'interval'?",
            "map.yaml:19:14: error UNKNOWN_WORD 'age' makes one column of one; write it as the rule"
                + " of its column, under columns:",
            "map.yaml:21:9: error UNKNOWN_INPUT 'interval' takes no input 'begin'; one of: start,"
                + " end",
            "map.yaml:21:9: error MISSING_INPUT 'interval' needs the input 'start'; name a column"
                + " for it under from:",
            "map.yaml:21:54: error TOO_MANY_INPUTS 'interval' takes one column for 'end'; name one",
            "map.yaml:22:68: error UNKNOWN_KEY unknown key 'until'; one of: in, do, from,"
                + " onInvalid, release",
            "map.yaml:22:94: error UNKNOWN_OUTPUT 'interval' gives no column 'days'; one of:"
                + " interval",
            "map.yaml:27:13: error DUPLICATE_OUTPUT 'interval' is released by the rule in line 26"
                + " already; remove one of the two",
            "map.yaml:28:14: error NOT_IMPLEMENTED a hash without a key is an identifying code (45"
                + " CFR 164.514(c)) and is never made; use pseudonymize");
  }

  @Test
  void anOperatorOfSeveralColumnsIsNoRuleOfOne() throws IOException {
    write(
        "map.yaml",
        MAPPING.replace("do: keep, type: code, label", "do: interval, type: integer, label"));

    assertThat(problems())
        .containsExactly(
            "map.yaml:28:34: error UNKNOWN_WORD 'interval' makes a column of several; write it"
                + " under derive: of the table");
  }

  @Test
  void rulesOfTablesThatAreNotReleasedAreCheckedToo() throws IOException {
    write("data/patients.csv", "born,id,died\n1980-01-01,P1,\n");
    write("job.yaml", JOB + "tables: [patients]\n");
    write("map.yaml", deriving(DERIVE.replace("interval", "intervall")));

    assertThat(problems())
        .containsExactly(
            "map.yaml:18:13: error UNKNOWN_WORD there is no operator 'intervall' for derived"
                + " columns; did you mean 'interval'?");
    assertThat(Planner.check(folder.resolve("map.yaml"), TODAY)).hasSize(1);
  }

  @Test
  void aLegalBasisServesItsOwnPurposesOnly() throws IOException {
    String limited =
        JOB.replace("CLINTRCH", "TREATDS")
            .replace("legalBasis: de-identified", "legalBasis: limited-data-set")
            .replace("target: safe-harbor", "target: limited-data-set");
    write("job.yaml", limited);
    assertThat(problems())
        .contains(
            "job.yaml:2:42: error PURPOSE_OF_BASIS 'TREATDS' is no purpose of a limited data"
                + " set, which is for research, public health and health care operations (45 CFR"
                + " 164.514(e)(3)(i)); one below: HOPERAT, HRESCH, PUBHLTH; or another legal"
                + " basis");

    write(
        "job.yaml",
        limited
            .replace("legalBasis: limited-data-set", "legalBasis: waiver")
            .replace("TREATDS", "PUBHLTH"));
    assertThat(problems())
        .contains(
            "job.yaml:2:42: error PURPOSE_OF_BASIS 'PUBHLTH' is no purpose of a waiver, which is"
                + " for research (45 CFR 164.512(i)); one below: HRESCH; or another legal basis");

    write("job.yaml", limited.replace("TREATDS", "HQUALIMP"));
    assertThat(problems()).noneMatch(line -> line.contains("PURPOSE_OF_BASIS"));
  }
}
