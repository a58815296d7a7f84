package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The first files of an installation: they are valid, release nothing, and contain no record. */
class InitTest {

  private static final Path CLINIC = Path.of("sample-data/clinic");

  @TempDir Path folder;

  private Installation.Answer call(String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.add("--home");
    all.add(folder.resolve("state").toString());
    return Installation.execute(all);
  }

  /** Whether the mapping is valid when its placeholders are replaced. */
  private Installation.Answer validate() {
    Drafts.filled(folder.resolve("new"));
    return call("validate", made("mappings/first.yaml").toString());
  }

  private Path made(String name) {
    return folder.resolve("new").resolve(name);
  }

  private Installation.Answer init(Path data) {
    return call("init", "--from", data.toString(), folder.resolve("new").toString());
  }

  private Path data(String table, String text) {
    Installation.write(folder.resolve("data").resolve(table + ".csv"), text);
    return folder.resolve("data");
  }

  @Test
  void whatAPersonMustWriteIsAnErrorOfEveryCommand() {
    Installation.Answer answer = init(CLINIC);

    assertThat(answer.exitCode()).as(answer.err()).isZero();
    String job = made("jobs/safe-harbor.yaml").toString();
    for (String command : List.of("validate", "plan", "run")) {
      Installation.Answer refused = call(command, job);
      assertThat(refused.exitCode()).isEqualTo(10);
      assertThat(refused.out() + refused.err())
          .contains(
              job
                  + ":6:10: error PLACEHOLDER 'study.title' still has the placeholder <title that"
                  + " the board approved>; write that in its place, without brackets");
    }
    assertThat(call("validate", made("mappings/first.yaml").toString()).out())
        .contains(
            "error PLACEHOLDER 'sex.why' still has the placeholder <why the study needs it>; write"
                + " that in its place, without brackets");
  }

  @Test
  void everyJobIsValidWhenItIsFilled() {
    init(CLINIC);

    Drafts.filled(folder.resolve("new"));

    for (String target :
        List.of("safe-harbor", "limited-data-set", "expert-determination", "gdpr-pseudonymised")) {
      Installation.Answer answer = call("validate", made("jobs/" + target + ".yaml").toString());
      assertThat(answer.exitCode()).as(answer.out()).isZero();
    }
  }

  @Test
  void theFilledJobReleasesWhatIsPermitted() {
    init(syntheaLike());
    Path job = Drafts.filled(folder.resolve("new"));

    Installation.Answer untouched = call("run", job.toString());
    Installation.Answer validated = call("validate", job.toString());
    Drafts.permitAll(made("consents.csv"), IntStream.range(0, 40).mapToObj(i -> "p" + i));
    Installation.Answer run = call("run", job.toString());

    assertThat(untouched.exitCode()).isEqualTo(10);
    assertThat(validated.exitCode()).isEqualTo(10);
    assertThat(validated.out() + validated.err())
        .contains(
            "consents.csv:2: error CONSENT_EXAMPLE 8 lines are examples, the first is here: cells"
                + " in <...> are placeholders, so it is no patient's; write the consent lines of"
                + " your patients, and remove the examples");
    assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
    assertThat(run.out())
        .endsWith(
            """
                          read  not permitted  not in cohort  not usable  released
              subjects      40              0              0           0        40
              conditions    40              0              0           0        40
              encounters    40              0              0           0        40
              patients      40              0              0           0        40
            """);
  }

  private Path syntheaLike() {
    StringBuilder people = new StringBuilder("Id,BIRTHDATE,SSN,LAST,RACE,ZIP,INCOME\n");
    StringBuilder encounters = new StringBuilder("Id,START,PATIENT,CODE,TOTAL_CLAIM_COST\n");
    StringBuilder conditions = new StringBuilder("START,STOP,PATIENT,ENCOUNTER,CODE\n");
    for (int i = 0; i < 40; i++) {
      people.append("p" + i + ",19" + (40 + i) + "-01-02,999-47-71" + (10 + i) + ",Zak,white,");
      people.append("0213" + i % 10 + "," + 1000 * i + "\n");
      encounters.append("e" + i + ",2020-01-0" + (1 + i % 9) + "T10:00:00,p" + i + ",185345009,");
      encounters.append(i + ".50\n");
      conditions.append("2020-01-02,,p" + i + ",e" + i + ",0" + (1 + i % 3) + "\n");
    }
    data("conditions", conditions.toString());
    data("encounters", encounters.toString());
    return data("patients", people.toString());
  }

  @Test
  void checksKeysAndReferencesOnTheRows() {
    Path data = syntheaLike();
    data(
        "supplies",
        "PATIENT,DATE,ENCOUNTER\np1,2020-01-01,e1\np1,2020-01-01,e1\np2,2020-01-01,x\n");

    assertThat(init(data).exitCode()).isZero();

    assertThat(Installation.read(made("mappings/first.yaml")))
        .contains("    key: Id  # unique in all 40 rows\n")
        .contains("      ENCOUNTER: \"encounters.Id\"  # all 40 values are keys there\n")
        .contains(
            """
              supplies:
                subject: PATIENT
                key:  # NOT unique: <11 of 3 rows repeat another or have none; no column is unique, name those that are
                  - PATIENT
                  - ENCOUNTER
                  - DATE
                recordDate:  # every date consent must cover; look at each
                  - DATE
                category: VISIT  # a guess; consent is asked for this category
                columns:
            """)
        .contains(
            """
                  - START
                  # not STOP: a row without it is never released
            """)
        .contains(
            """
                  CODE:  # no hint in its name or its values; look at it; values: code
                    role: sensitive
                    do: keep
                    type: code
                    why: <why the study needs it>
            """);
  }

  @Test
  void suggestsRoles() {
    init(CLINIC);

    assertThat(Installation.read(made("mappings/first.yaml")))
        .contains(
            """
            subjects:
              table: patients
              key: patient_id
              birthDate: date_of_birth
              deathDate: deceased_on
            """)
        .contains(
            "      ssn:  # by its name social security numbers, 45 CFR 164.514(b)(2)(i)(G); values:"
                + " code\n        role: direct-identifier\n        do: drop\n")
        .contains(
            """
              visits:
                subject: patient_id
                key: visit_id  # unique in all 5,130 rows
                recordDate:  # every date consent must cover; look at each
                  - visited_on
                  - arrived_at
                category: VISIT  # a guess; consent is asked for this category
            """)
        .doesNotContain("{");
  }

  @Test
  void readsSyntheasNames() {
    Path data =
        data(
            "patients",
            "Id,BIRTHDATE,DEATHDATE,SSN,DRIVERS,PASSPORT,PREFIX,FIRST,LAST,MARITAL,RACE,CITY,ZIP\n");
    data("encounters", "Id,START,STOP,PATIENT,PROVIDER,CODE\n");
    data("payers", "Id,NAME,CITY\n");

    assertThat(init(data).exitCode()).isZero();

    assertThat(Installation.read(made("mappings/first.yaml")))
        .contains("  key: Id\n  birthDate: BIRTHDATE\n  deathDate: DEATHDATE\n")
        .contains("  encounters:\n    subject: PATIENT\n    key: Id  # by its name;")
        .contains("  # payers is left out: no column seems to name the person of a row.\n");
    assertThat(validate().exitCode()).isZero();
  }

  @Test
  void valuesTakeNoHintOfANameAway() {
    StringBuilder rows = new StringBuilder("Id,BIRTHDATE,RACE,MARITAL,STATE\n");
    for (int i = 0; i < 20; i++) {
      rows.append(i).append(",1970-01-01,white,M,Arizona\n");
    }

    assertThat(init(data("patients", rows.toString())).exitCode()).isZero();

    assertThat(Installation.read(made("mappings/first.yaml")).lines())
        .filteredOn(line -> line.matches(" +(RACE|MARITAL|STATE):  # known of many people; .*"))
        .hasSize(3);
  }

  @Test
  void theKeyOfARecordIsNoNumberThatRepeats() {
    data("patients", "patient_id,dob\nP1,1970-01-01\nP2,1980-01-01\n");
    Path data =
        data(
            "conditions",
            """
            ENCOUNTER,ROW_ID,PATIENT,START
            7,1,P1,2020-01-01
            7,2,P1,2020-01-01
            7,3,P2,2020-01-01
            """);

    assertThat(init(data).exitCode()).isZero();

    assertThat(Installation.read(made("mappings/first.yaml")))
        .contains("    key: ROW_ID  # unique in all 3 rows\n");
  }

  @Test
  void theNumberOfPeopleJoinsTheirRecordsInAnyLanguage() {
    data("Patienten", "Patientennummer,Nachname,Geburtsdatum\n");
    Path data =
        data(
            "Aufenthalte",
            """
            Fallnummer,Patientennummer,Aufnahme
            11,1,2020-01-02
            12,1,2020-02-03
            """);

    assertThat(init(data).exitCode()).isZero();

    assertThat(Installation.read(made("mappings/first.yaml")))
        .contains("  Aufenthalte:\n    subject: Patientennummer\n    key: Fallnummer  # unique in");
  }

  @Test
  void theBirthDateIsAWholeDateWhereThereIsOne() {
    Path data =
        data(
            "person",
            """
            person_id,year_of_birth,month_of_birth,birth_datetime
            1,1970,5,1970-05-07
            2,1980,6,1980-06-08
            """);

    assertThat(init(data).exitCode()).isZero();

    assertThat(Installation.read(made("mappings/first.yaml")))
        .contains("  birthDate: birth_datetime\n");
  }

  @Test
  void idsOfTheCommonDataModelStayIntegersUnderTheirNames() {
    Path data =
        data(
            "person", "person_id,birth_datetime\n71,1970-05-07T00:00:00\n72,1980-06-08T00:00:00\n");
    Installation.write(
        data.resolve("procedure_occurrence.csv"),
        """
        procedure_occurrence_id,person_id,procedure_date
        1,71,2020-01-02
        2,72,2021-02-03
        """);

    assertThat(init(data).exitCode()).isZero();

    assertThat(Installation.read(made("mappings/first.yaml")))
        .contains("        domain: patient\n        code: random\n        type: integer\n")
        .contains("        code: one-time\n        type: integer\n")
        .doesNotContain("prefixes:", "as: patient_id");
    assertThat(validate().exitCode()).isZero();
  }

  @Test
  void keysThatAreNoNumbersStayCodesBesideThoseOfTheCommonDataModel() {
    Path data =
        data(
            "person", "person_id,birth_datetime\n71,1970-05-07T00:00:00\n72,1980-06-08T00:00:00\n");
    data("intake", "intake_id,person_id,intake_date\nX-1,71,2020-01-02\nX-2,72,2021-02-03\n");
    data("image", "image_id,person_id,image_date\n1234567890,71,2020-01-02\n7,72,2021-02-03\n");
    data("note", "note_id,person_id,note_date\n1,71,2020-01-02\n0,72,2021-02-03\n");

    assertThat(init(data).exitCode()).isZero();

    assertThat(Installation.read(made("mappings/first.yaml")).replaceAll("\n +", " "))
        .contains("domain: intake code: one-time type: code")
        .contains("prefixes: image: ", "domain: image code: one-time type: code")
        .contains("domain: note code: one-time type: integer")
        .contains("domain: patient code: random type: integer");
    assertThat(validate().exitCode()).isZero();
  }

  @Test
  void aYearOfBirthServesWhereNoDateDoes() {
    Path data = data("person", "person_id,year_of_birth,birth_datetime\n1,1970,\n2,1980,\n");
    assertThat(init(data).exitCode()).isZero();
    assertThat(Installation.read(made("mappings/first.yaml")))
        .contains("  birthYear: year_of_birth\n")
        .doesNotContain("birthDate:");
    assertThat(validate().exitCode()).isZero();
  }

  @Test
  void anAgeInAYearServesWhereNoBirthIsKnown() {
    Path data = data("patients", "subject_id,anchor_age,anchor_year\n1,52,2180\n2,61,2112\n");

    assertThat(init(data).exitCode()).isZero();

    assertThat(Installation.read(made("mappings/first.yaml")))
        .contains("  age:\n    column: anchor_age\n    at: anchor_year\n");
    assertThat(validate().exitCode()).isZero();
  }

  @Test
  void anotherDelimiterThanAPersonNamedIsReportedWithoutAWordOfTheLine() {
    Path data = data("patients", "P1;Smith;1970-01-01\n");

    Installation.Answer answer =
        call("init", "--delimiter", ",", "--from", data.toString(), made("").toString());

    assertThat(answer.exitCode()).isEqualTo(10);
    assertThat(answer.err())
        .isEqualTo(
            folder.resolve("data/patients.csv")
                + ": error DELIMITER the first line is one field, and has semicolons, bars or tabs;"
                + " this looks like \";\": add --delimiter \";\"\n");
  }

  @Test
  void recognisesHowFilesAreWrittenAndShowsIt() throws IOException {
    Path data = data("visits", "visit_id,Patientennummer,seen_on\n1,1,2020-01-01\n");
    for (String table : List.of("patients", "labs")) {
      String text = "Patientennummer;Geburtsdatum;Gr\u00f6\u00dfe\n1;1970-01-01;170\n";
      Files.write(data.resolve(table + ".csv"), text.getBytes("windows-1252"));
    }

    Installation.Answer answer = init(data);

    assertThat(answer.exitCode()).as(answer.err()).isZero();
    assertThat(answer.out())
        .startsWith(
            """
            recognised: most files: delimiter ";", encoding windows-1252
            recognised: visits: delimiter ",", encoding windows-1252
            """);
    assertThat(Installation.read(made("jobs/safe-harbor.yaml")))
        .contains(
            """
              # see that it is so: most files: delimiter ";", encoding windows-1252
              # see that it is so: visits: delimiter ",", encoding windows-1252
              encoding: windows-1252
              delimiter: ";"
              files:
                visits:
                  encoding: windows-1252
                  delimiter: ","
            consent:
              type: csv
              path: "../consents.csv"
              delimiter: ";"
            """);
    assertThat(Installation.read(made("consents.csv"))).startsWith("line_id;patient_id;decision;");
  }

  @Test
  void proposesHowAFileThatLooksLikeConsentsIsRead() {
    data("patients", "patient_id,birth_date\nP1,1970-01-02\nP2,1980-03-04\n");
    Path data =
        data(
            "consents",
            """
            Patient,Decision,Purpose,Signed,Valid until
            P1,yes,Research,05.06.2020,-
            P2,No,something else,17.06.2020,31.12.2030
            """);

    Installation.Answer answer = init(data);

    assertThat(answer.exitCode()).as(answer.err()).isZero();
    assertThat(answer.out())
        .startsWith("recognised: consents.csv has consents; see how the jobs read it\n");
    assertThat(
            Installation.read(made("jobs/safe-harbor.yaml"))
                .replaceAll("(lines; export them: line_id, status).*", "$1"))
        .contains(
            """
              # the file lacks 23 columns of consent lines; export them: line_id, status
              format: "d.M.yyyy"
              nulls:
                - "-"
              columns:  # check that each is what its name means
                patient_id: Patient
                decision: Decision
                signed_at: Signed
                valid_to: "Valid until"
                purposes: Purpose
              values:  # words that are not listed cannot be read; add them
                decision:
                  "No": <what it means: a word of decision, such as DENY>
                  "yes": <what it means: a word of decision, such as PERMIT>
                purposes:
                  Research: <what it means: a word of purposes, such as HRESCH>
            mapping: ../mappings/first.yaml
            """)
        .doesNotContain("something else");
    assertThat(Installation.read(made("mappings/first.yaml"))).doesNotContain("consents:");
    assertThat(made("consents.csv")).doesNotExist();
    Drafts.filled(folder.resolve("new"));
    assertThat(call("validate", made("jobs/safe-harbor.yaml").toString()).out().lines())
        .filteredOn(line -> line.contains(": error "))
        .singleElement()
        .asString()
        .contains("error CONSENT_HEADER columns 'line_id', 'status', ");
  }

  @Test
  void theJobStatesDelimiterAndEncodingThatAPersonNamed() throws IOException {
    Path file = data("patients", "").resolve("patients.csv");
    String text = "Patientennummer;Geburtsdatum;Größe\n1;1970-01-01;170\n2;1980-01-01;171\n";
    Files.write(file, text.getBytes("windows-1252"));

    Installation.Answer answer =
        call(
            "init",
            "--delimiter",
            ";",
            "--encoding",
            "windows-1252",
            "--from",
            folder.resolve("data").toString(),
            folder.resolve("new").toString());

    assertThat(answer.exitCode()).as(answer.err()).isZero();
    assertThat(Installation.read(made("jobs/safe-harbor.yaml")))
        .contains("  encoding: windows-1252\n  delimiter: \";\"\n");
    assertThat(Installation.read(made("mappings/first.yaml"))).contains("      \"Größe\":  #");
  }

  @Test
  void writesHowDatesAreWrittenAndAsksWhereItIsNotClear() {
    StringBuilder visits = new StringBuilder("visit_id,patient_id,visit_date\n");
    for (int i = 0; i < 40; i++) {
      visits.append(i + "," + i % 3 + "," + (1 + i % 12) + "/" + (1 + i % 28) + "/2020\n");
    }
    data("visits", visits.toString());
    data("patients", "patient_id,birth_date\n1,5/6/1970\n2,7/8/1980\n3,1/2/1990\n");

    init(folder.resolve("data"));

    assertThat(Installation.read(made("mappings/first.yaml")).replaceAll("\n +", " "))
        .contains("do: birth-year format: \"<M/d/yyyy or d/M/yyyy, such as M/d/yyyy>\" as:")
        .contains("do: generalize to: year format: \"M/d/yyyy\" as: visit_date_year");
  }

  @Test
  void rowsThatCannotBeReadAreReported() throws IOException {
    Path data = data("patients", "patient_id,dob\nP1,1970-01-01\nP2\n");

    Installation.Answer some = init(data);

    assertThat(some.exitCode()).isZero();
    assertThat(some.out())
        .contains("patients.csv:3: warning REJECTED_ROWS <11 rows from here on cannot be read:");

    Files.write(
        data.resolve("patients.csv"),
        "patient_id,ort\n1,K\u00f6ln\n".getBytes(StandardCharsets.ISO_8859_1));
    for (List<String> words :
        List.of(
            List.of("profile", "--from", data.toString(), "--header", "yes"),
            List.of("init", "--from", data.toString(), "--header", "yes", data + "/../other"))) {
      List<String> stated = new ArrayList<>(words);
      stated.addAll(List.of("--encoding", "utf-8"));
      Installation.Answer all = call(stated.toArray(String[]::new));

      assertThat(all.exitCode()).isEqualTo(10);
      assertThat(all.out() + all.err())
          .contains(
              "patients.csv:2: error REJECTED_ROWS <11 rows from here on cannot be read:",
              "; check the encoding and the dialect of the source, or export the table again");
    }
    assertThat(folder.resolve("other")).doesNotExist();
  }

  @Test
  void datesATableOfPeopleThatHasOtherDates() {
    Path data = data("patients", "id,dob,died_on,deceased_date,registered_on,name\n");

    assertThat(init(data).exitCode()).isZero();

    assertThat(Installation.read(made("mappings/first.yaml")))
        .contains("each\n      - registered_on\n      - deceased_date\n")
        .doesNotContain("timeless");
    assertThat(validate().exitCode()).isZero();
  }

  @Test
  void guessesCategoriesByBeginningsOfWords() {
    data("patients", "patient_id,date_of_birth\n");
    for (String table :
        List.of("implants", "care_plans", "operation_notes", "patientImplants", "explanations")) {
      data(table, "id,patient_id,visited_on\n");
    }

    assertThat(init(folder.resolve("data")).exitCode()).isZero();

    assertThat(
            Installation.read(made("mappings/first.yaml"))
                .lines()
                .filter(line -> line.startsWith("    category: ")))
        .allMatch(line -> line.endsWith("  # a guess; consent is asked for this category"))
        .extracting(line -> line.strip().split(" ", 3)[1])
        .containsExactly("CARE_PLAN", "VISIT", "DEVICE", "NOTE", "DEVICE", "DEMOGRAPHIC");
  }

  @Test
  void takesNoTableOfEventsForTheTableOfPeople() {
    Path data = data("implants", "id,patient_id,implanted_on\n");
    data("visits", "visit_id,patient_id,visited_on\n");

    Installation.Answer answer = init(data);

    assertThat(answer.exitCode()).isEqualTo(10);
    assertThat(answer.err()).contains("error NO_SUBJECT no table seems to describe people");
    assertThat(made("mappings")).doesNotExist();
  }

  @Test
  void quotesNamesThatYamlReadsAsSomethingElse() {
    Path data =
        data(
            "patients",
            "patient id,last name,yes,a #1,Größe (cm),null\n" + "1,Doe,n,2,170,x\n".repeat(3));

    assertThat(init(data).exitCode()).isZero();

    Installation.Answer answer = validate();
    assertThat(answer.exitCode()).as(answer.out()).isEqualTo(0);
    assertThat(Installation.read(made("mappings/first.yaml")))
        .contains("      \"yes\":  #")
        .contains("      \"null\":  #")
        .contains("      \"a #1\":  #")
        .contains("      \"Größe (cm)\":  #");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "P000001,Robert,Żak,1989-01-13,Phoenix|is a record: it has numbers, dates or addresses in"
            + " place of names in column 1, 4; export",
        "Robert,Zak,Phoenix,teacher,single|may be a header or a record: its form is too much like"
            + " that of the rows below it, or there are too few of them; look",
        "Zak,MRN4711234,Phoenix,visit|is a record: it has numbers, dates or addresses in place of"
            + " names in column 2; export",
        "robert.zak@example.org,name,phone|is a record: it has numbers, dates or addresses in place"
            + " of names in column 1; export"
      })
  void acceptsNoFirstLineThatMayBeAPatientAndShowsNoWordOfIt(String line, String refusal) {
    Path data = data("patients", line + "\nP2,b,c,d,e\n");

    Installation.Answer answer = init(data);

    assertThat(answer.exitCode()).isEqualTo(10);
    assertThat(answer.err())
        .startsWith(data.resolve("patients.csv") + ": error NO_HEADER the first line " + refusal)
        .hasLineCount(1)
        .doesNotContainIgnoringCase("zak");
    assertThat(made("mappings")).doesNotExist();
  }

  @Test
  void acceptsTheHeaderOfAHospitalWhoseWordsNoDictionaryHas() {
    data("patients", "subject_id,gender,anchor_age,anchor_year\n7,F,52,2180\n8,M,60,2112\n");
    Path data =
        data(
            "admissions",
            "subject_id,hadm_id,admittime,dischtime,deathtime,admission_type,admit_provider_id,"
                + "admission_location,discharge_location,insurance,language,marital_status,race,"
                + "edregtime,edouttime,hospital_expire_flag\n");

    Installation.Answer answer = init(data);

    assertThat(answer.exitCode()).as(answer.err()).isZero();
  }

  @Test
  void asksWhetherAnUnclearFirstLineIsAHeader() {
    Path data = data("patients", "Patient,Ort,Beruf\nA,Wien,Koch\nB,Graz,Bauer\nC,Linz,Arzt\n");

    Installation.Answer asked = init(data);
    Installation.Answer denied =
        call("init", "--from", data.toString(), "--header", "no", folder.resolve("no").toString());
    Installation.Answer answered =
        call(
            "init", "--from", data.toString(), "--header", "yes", folder.resolve("new").toString());

    assertThat(asked.exitCode()).isEqualTo(10);
    assertThat(asked.err()).contains("if its first line is a header, add --header yes;");
    assertThat(denied.exitCode()).isEqualTo(10);
    assertThat(denied.err()).contains("error NO_HEADER the first line is a record; export");
    assertThat(answered.exitCode()).as(answered.err()).isZero();
    assertThat(Installation.read(made("mappings/first.yaml"))).contains("      Beruf:  #");
  }

  @Test
  void containsNoWordOfAnyRecord() {
    Installation place = Installation.in(folder.resolve("clinic"));
    CanaryClinic.over(place);

    assertThat(init(place.root().resolve("sample-data/clinic")).exitCode()).isZero();

    assertThat(Installation.files(folder.resolve("new")))
        .hasSize(13)
        .allMatch(file -> !Installation.read(file).contains(CanaryClinic.MARK));
  }

  @Test
  void everyDraftIsValidWhateverTheColumns() {
    SplittableRandom random = new SplittableRandom(4_104);
    List<String> names =
        List.of("dob", "Last Name", "visit_id", "note", "zip-code", "score 2", "True", "seen_on");
    for (int round = 0; round < 20; round++) {
      Path target = folder.resolve("draft" + round);
      List<String> columns = new ArrayList<>(names);
      columns.removeIf(name -> random.nextInt(3) == 0);
      columns.add(random.nextInt(columns.size() + 1), "patient_id");
      Path data = folder.resolve("data" + round);
      for (String table : List.of("patients", "visits", "lab-results")) {
        Installation.write(data.resolve(table + ".csv"), String.join(",", columns) + "\n");
      }

      Installation.Answer answer = call("init", "--from", data.toString(), target.toString());

      assertThat(answer.exitCode()).as(answer.err()).isZero();
      Drafts.filled(target);
      Installation.Answer valid =
          call("validate", target.resolve("mappings/first.yaml").toString());
      assertThat(valid.exitCode()).as("seed 4104, round %d: %s", round, valid.out()).isZero();
    }
  }

  @Test
  void makesKeysForTheirOwnerOnlyAndTrustsTheSigner() throws IOException {
    Installation.Answer answer = init(CLINIC);

    assertThat(answer.exitCode()).isZero();
    for (String key : List.of("keys/safe-harbor.key", "keys/manifest-signing.pem")) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made(key))))
          .isEqualTo("rw-------");
    }
    assertThat(Installation.read(folder.resolve("state/trusted_signers"))).contains("ssh-ed25519");
    assertThat(Installation.read(made(".gitignore"))).isEqualTo("/keys/\n/releases/\n");
  }

  @Test
  void startsFromAnExampleWhereNoFolderIsNamed() {
    assertThat(call("init", folder.resolve("new").toString()).exitCode()).isZero();

    assertThat(validate().exitCode()).isZero();
    assertThat(Installation.read(made("jobs/safe-harbor.yaml")))
        .contains("source:\n  type: csv\n  path: \"../data\"\n  encoding: utf-8\n");
  }

  @Test
  void overwritesNothing() {
    Installation.write(made("mappings/first.yaml"), "mine");
    Installation.write(made("keys/safe-harbor.key"), "mine too");

    Installation.Answer answer = init(CLINIC);

    assertThat(answer.exitCode()).isEqualTo(2);
    assertThat(answer.err().lines())
        .containsExactly(
            made("mappings/first.yaml")
                + ": error FILE_EXISTS a file is there already and nothing is overwritten; name"
                + " another folder",
            made("keys/safe-harbor.key")
                + ": error FILE_EXISTS a file is there already and nothing is overwritten; name"
                + " another folder",
            "2 errors in 2 files");
    assertThat(Installation.read(made("mappings/first.yaml"))).isEqualTo("mine");
    assertThat(made("jobs")).doesNotExist();
  }

  @Test
  void leavesNothingBehindWhenItFails() throws IOException {
    Installation.write(made("keys"), "a file where a folder should be");

    Installation.Answer answer = init(CLINIC);

    assertThat(answer.exitCode()).isNotZero();
    try (Stream<Path> walk = Files.walk(folder.resolve("new"))) {
      assertThat(walk.filter(Files::isRegularFile)).containsExactly(made("keys"));
    }
  }

  @Test
  void namesWhatPreventsADraft() {
    Installation.Answer empty = init(Path.of("src/docs/decisions"));
    Installation.Answer unknown = init(data("rooms", "room_id,floor,last_name,city\n"));

    assertThat(empty.err())
        .isEqualTo(
            "src/docs/decisions: error NO_TABLES the folder has no CSV file of records; name the"
                + " folder of patients.csv and the other tables\n");
    assertThat(unknown.err())
        .isEqualTo(
            folder.resolve("data")
                + ": error NO_SUBJECT no table seems to describe people: none has such a name, as"
                + " patients, or a birth date, and a column that identifies each; call the table"
                + " patients and that column patient_id, or write the mapping by hand\n");
    assertThat(empty.exitCode()).isEqualTo(10);
    assertThat(unknown.exitCode()).isEqualTo(10);
  }
}
