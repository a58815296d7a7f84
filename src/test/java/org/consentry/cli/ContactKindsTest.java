package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.consentry.cli.RecontactClinic.rows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.consentry.cli.Installation.Answer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The clinic's own lists: for a mailing, and to contact people of a release again. */
final class ContactKindsTest {

  private static final String MAILING = "mailing";
  private static final String RESEARCH = RecontactClinic.RESEARCH;
  private static final String RECONTACT = RecontactClinic.RECONTACT;

  @TempDir private static Path folder;
  private static RecontactClinic clinic;
  private static Installation place;
  private static String release;
  private static List<String> codes;

  @BeforeAll
  static void makeAReleaseForResearch() throws IOException {
    clinic = RecontactClinic.in(folder.toRealPath());
    place = clinic.place();
    release = clinic.release();
    codes = clinic.codes();
  }

  @BeforeEach
  void begin() {
    place.restoreCopy();
  }

  /** The folder of the clinic's own office. */
  private static Path office() {
    return place.root().resolve("office");
  }

  private static List<CSVRecord> list(String job) throws IOException {
    return rows(place.release(job).resolve("data/patients.csv"));
  }

  private static String name(CSVRecord row) {
    return row.get("first_name") + " " + row.get("last_name");
  }

  private static Set<String> names(List<CSVRecord> rows) {
    return rows.stream().map(ContactKindsTest::name).collect(Collectors.toCollection(TreeSet::new));
  }

  /** Names of the source that only one patient has. */
  private static Map<String, CSVRecord> people() throws IOException {
    return rows(place.clinic("patients")).stream()
        .collect(Collectors.groupingBy(ContactKindsTest::name))
        .entrySet()
        .stream()
        .filter(same -> same.getValue().size() == 1)
        .collect(Collectors.toMap(Map.Entry::getKey, same -> same.getValue().get(0)));
  }

  @Test
  void aMailingListHasNamesAndTheOneAddressThatWasChosen() throws IOException {
    Answer run = place.run(MAILING);

    assertThat(run.exitCode()).as(run.err()).isZero();
    List<CSVRecord> list = list(MAILING);
    Map<String, CSVRecord> people = people();
    assertThat(list).hasSizeGreaterThan(10);
    for (CSVRecord row : list) {
      CSVRecord person = people.get(name(row));
      if (person != null) {
        assertThat(person.get("deceased_on")).isEmpty();
        long channels =
            List.of("address", "home_phone", "mobile_phone", "work_phone", "secure_email").stream()
                .filter(column -> !row.get(column).isEmpty())
                .count();
        assertThat(channels).as("addresses of one person").isEqualTo(1);
      }
      assertThat(row.toMap().keySet())
          .containsExactlyInAnyOrder(
              "first_name",
              "last_name",
              "for",
              "channel",
              "leave_message",
              "address",
              "city",
              "state",
              "zip",
              "home_phone",
              "mobile_phone",
              "work_phone",
              "secure_email");
    }
  }

  @Test
  void nothingElseOfTheClinicIsInAMailing() throws IOException {
    assertThat(place.run(MAILING).exitCode()).isZero();

    String everything = everything(place.release(MAILING));
    for (CSVRecord person : rows(place.clinic("patients"))) {
      for (String column : List.of("patient_id", "mrn", "ssn", "member_number", "date_of_birth")) {
        if (person.get(column).length() > 6) {
          assertThat(everything.contains(person.get(column))).as(column).isFalse();
        }
      }
    }
    assertThat(everything).doesNotContain("H02.", "cpt_code,");
  }

  private static String everything(Path folder) {
    return Installation.files(folder).stream()
        .map(Installation::read)
        .collect(Collectors.joining("\n"));
  }

  @Test
  void aWithdrawalADeathAndAMissingAddressStopTheNextList() throws IOException {
    assertThat(place.run(MAILING).exitCode()).isZero();
    Set<String> first = names(list(MAILING));
    Map<String, CSVRecord> people = people();
    List<CSVRecord> chosen =
        first.stream().filter(people::containsKey).map(people::get).limit(2).toList();
    CSVRecord byMail =
        first.stream()
            .map(people::get)
            .filter(
                person -> person != null && person.get("preferred_contact").equals("secure email"))
            .filter(person -> !chosen.contains(person))
            .findFirst()
            .orElseThrow();
    String withdrawal =
        "X000001,"
            + chosen.get(0).get("patient_id")
            + ",WITHDRAW,ACTIVE,2026-01-02T10:00:00,2026-01-02T10:00:00,,,,,,,,PATIENT,,,HMARKT,,,,,,,,*,,AZ,paper";
    place.append(place.clinic("consents"), withdrawal);
    edit(chosen.get(1), "deceased_on", "2026-02-03");
    edit(byMail, "secure_email", "");

    assertThat(place.run(MAILING).exitCode()).isZero();

    Set<String> left = new TreeSet<>(first);
    left.removeAll(names(list(MAILING)));
    assertThat(left)
        .containsExactlyInAnyOrder(name(chosen.get(0)), name(chosen.get(1)), name(byMail));
  }

  /** Writes another cell into the row of a person. */
  private static void edit(CSVRecord person, String column, String cell) throws IOException {
    Path file = place.clinic("patients");
    List<CSVRecord> rows = rows(file);
    StringBuilder text = new StringBuilder();
    List<String> header = List.copyOf(rows.get(0).getParser().getHeaderNames());
    text.append(CSVFormat.RFC4180.format(header.toArray())).append("\r\n");
    for (CSVRecord row : rows) {
      List<String> cells = new ArrayList<>(row.toList());
      if (row.get("patient_id").equals(person.get("patient_id"))) {
        cells.set(header.indexOf(column), cell);
      }
      text.append(CSVFormat.RFC4180.format(cells.toArray())).append("\r\n");
    }
    Installation.write(file, text.toString());
  }

  @Test
  void codesOfAReleaseBecomeTheClinicsListAfterTwoApprovals() throws IOException {
    clinic.list(codes.subList(0, 60));

    List<CSVRecord> list = list(RECONTACT);
    assertThat(list).isNotEmpty().hasSizeLessThan(60);
    String everything = everything(place.release(RECONTACT));
    assertThat(codes).noneMatch(everything::contains);
  }

  @Test
  void aPermitThatIsLimitedToTheStudyOfTheReleaseCoversItAndNoOther() throws IOException {
    String consents = Installation.read(place.clinic("consents"));
    Set<String> unlimited = names(rows(clinic.list(codes).resolve("data/patients.csv")));
    try {
      permitsAreLimitedTo(consents, "IRB-2026-021");
      Set<String> ofStudy = names(rows(clinic.list(codes).resolve("data/patients.csv")));
      permitsAreLimitedTo(consents, "IRB-2019-007");
      Path ofAnother = clinic.list(codes);

      assertThat(ofStudy).isEqualTo(unlimited).hasSizeGreaterThan(50);
      assertThat(rows(ofAnother.resolve("data/patients.csv"))).isEmpty();
    } finally {
      Installation.write(place.clinic("consents"), consents);
    }
  }

  /** Purposes, an empty cell for terms, studies. */
  private static void permitsAreLimitedTo(String consents, String study) {
    Installation.write(
        place.clinic("consents"),
        consents
            .replace("RECONTACT,,*,", "RECONTACT,," + study + ",")
            .replace("RECONTACT|HMARKT,,*,", "RECONTACT|HMARKT,," + study + ","));
  }

  @Test
  void aPlanShowsThatItLooksUpNoCodes() {
    clinic.ask(release, codes.subList(0, 20));

    Answer plan = place.call("plan", place.job(RECONTACT).toString());

    assertThat(plan.exitCode()).isZero();
    assertThat(plan.out() + plan.err())
        .contains("codes of a release are looked up by a run alone", "would be released 0");
  }

  @Test
  void theShippedRequestIsRefusedUntilItNamesAReleaseOfOnesOwn() {
    Path shipped = place.root().resolve("jobs/shipped.yaml");
    Installation.write(shipped, Installation.read(Path.of("jobs/recontact.yaml")));

    Answer refused = place.call("run", "--create-keys", shipped.toString());

    assertThat(refused.exitCode()).isEqualTo(10);
    assertThat(refused.err())
        .contains("error RELEASE_UNKNOWN", "write job and name as consentry list shows them");
    assertThat(Installation.files(office().resolve(RECONTACT))).isEmpty();
  }

  @Test
  void aListStaysInTheOfficeOrIsEncrypted() {
    String job = Installation.read(place.job(MAILING));
    Installation.write(place.job(MAILING), job.replace(", internal: yes", ""));

    Answer refused = place.run(MAILING);

    Installation.write(place.job(MAILING), job);
    assertThat(refused.exitCode()).isEqualTo(10);
    assertThat(refused.err()).contains("RECIPIENT_KEY");
    assertThat(office()).doesNotExist();
  }

  @Test
  void aListIsHandedToNoRecipient() {
    assertThat(place.run(MAILING).exitCode()).isZero();

    Answer refused =
        place.call(
            "package",
            MAILING + "/" + place.release(MAILING).getFileName(),
            "--to",
            "age1tkdyy2tyknt56q6v9f83zdqe8uxg8xa00vrf2eszx9vtlj0wfexq60pgva");

    assertThat(refused.exitCode()).isEqualTo(12);
    assertThat(refused.err()).contains("HAND_OVER", "a list of the clinic's own office");
  }

  @Test
  void aForgedCodeRefusesTheWholeRequest() {
    List<String> asked = new ArrayList<>(codes.subList(0, 20));
    String forged = asked.get(0).substring(0, asked.get(0).length() - 1) + "7";
    asked.add(10, forged);
    clinic.ask(release, asked);

    Answer refused = place.run(RECONTACT);

    assertThat(refused.exitCode()).isEqualTo(10);
    assertThat(refused.err()).contains("codes.csv:12: error CODE_UNKNOWN").doesNotContain(forged);
    assertThat(place.call("list").out()).contains("FAILED").doesNotContain("office");
  }

  @Test
  void aReleaseThatIsNotInTheLedgerHasNoCodes() {
    clinic.ask(RESEARCH + "/2020-01-01-r9", codes.subList(0, 20));

    Answer refused = place.run(RECONTACT);

    assertThat(refused.exitCode()).isEqualTo(10);
    assertThat(refused.err()).contains("RELEASE_UNKNOWN");
  }

  @Test
  void aListIsNoReleaseWhoseCodesCanBeAskedFor() {
    assertThat(place.run(MAILING).exitCode()).isZero();
    clinic.ask(MAILING + "/" + place.release(MAILING).getFileName(), codes.subList(0, 20));

    Answer refused = place.run(RECONTACT);

    assertThat(refused.exitCode()).isEqualTo(10);
    assertThat(refused.err()).contains("RELEASE_NOT_RESEARCH");
  }
}
