package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.consentry.cli.RecontactClinic.contacted;
import static org.consentry.cli.RecontactClinic.listed;
import static org.consentry.cli.RecontactClinic.receipt;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVRecord;
import org.consentry.cli.Installation.Answer;
import org.consentry.data.Sha256;
import org.consentry.ledger.ReceiptBook;
import org.consentry.testing.Program;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a researcher learns who asks the clinic to contact people of a release again. */
final class RecontactReceiptTest {

  private static final Pattern RANGE = Pattern.compile("from (\\d+) to (\\d+)");

  @TempDir private static Path folder;
  private static RecontactClinic clinic;
  private static Installation place;
  private static String consents;

  @BeforeAll
  static void makeAReleaseForResearch() throws IOException {
    clinic = RecontactClinic.in(folder.toRealPath());
    place = clinic.place();
    consents = Installation.read(place.clinic("consents"));
  }

  @BeforeEach
  void begin() {
    place.restoreCopy();
    Installation.write(place.clinic("consents"), consents);
  }

  private static List<String> codes(int from, int to) {
    return clinic.codes().subList(from, to);
  }

  @Test
  void theReceiptHasWhatWasSentAndARangeOfPeople() throws IOException {
    Path list = clinic.list(codes(0, 90));

    assertThat(receipt(list).path("request").path("id").asString()).isEqualTo("RC-2026-3");
    assertThat(receipt(list).path("request").path("release").asString())
        .isEqualTo(clinic.release());
    assertThat(receipt(list).path("codes").path("received").asInt()).isEqualTo(90);
    assertThat(receipt(list).path("codes").path("sha256").asString())
        .isEqualTo(Sha256.hex(Files.readAllBytes(place.root().resolve("jobs/codes.csv"))));
    Matcher range = RANGE.matcher(contacted(list));
    assertThat(range.matches()).as(contacted(list)).isTrue();
    assertThat(listed(list))
        .isBetween(Integer.parseInt(range.group(1)), Integer.parseInt(range.group(2)));
    assertThat(Integer.parseInt(range.group(2)) - Integer.parseInt(range.group(1))).isEqualTo(18);
  }

  @Test
  void noPersonIsInTheReceipt() throws IOException {
    Path list = clinic.list(codes(0, 90));

    String receipt = Installation.read(list.resolve("receipt.json"));
    assertThat(clinic.codes()).noneMatch(receipt::contains);
    for (CSVRecord row : RecontactClinic.rows(list.resolve("data/patients.csv"))) {
      for (String column : List.of("last_name", "address", "home_phone", "secure_email")) {
        if (row.get(column).length() > 4) {
          assertThat(receipt.contains(row.get(column))).as(column).isFalse();
        }
      }
    }
    assertThat(receipt)
        .doesNotContain(Sha256.hex(Files.readAllBytes(list.resolve("manifest.json"))))
        .doesNotContain(Sha256.hex(Files.readAllBytes(list.resolve("data/patients.csv"))));
  }

  @Test
  void theSignersFileOfTheReleaseVerifiesTheTwoFilesAlone() throws Exception {
    assumeTrue(Program.isInstalled("ssh-keygen"), "skipped: ssh-keygen is not installed");
    Path list = clinic.list(codes(0, 30));
    Path handedOver = Files.createDirectory(folder.resolve("handed-over"));
    for (String file : List.of("receipt.json", "receipt.json.sig")) {
      Files.copy(list.resolve(file), handedOver.resolve(file));
    }
    Path signers = place.release(RecontactClinic.RESEARCH).resolve("allowed_signers");

    assertThat(verify(handedOver, signers).exitCode()).isZero();

    Installation.write(
        handedOver.resolve("receipt.json"),
        Installation.read(handedOver.resolve("receipt.json")).replace("30", "31"));
    assertThat(verify(handedOver, signers).exitCode()).isNotZero();
  }

  private static Program.Ended verify(Path folder, Path signers) throws Exception {
    return Program.of(
            "sh",
            "-c",
            "ssh-keygen -Y verify -f '"
                + signers
                + "' -I clinic-releases -n consentry-manifest -s receipt.json.sig < receipt.json")
        .in(folder)
        .run();
  }

  /** The same request of the same clinic, in which the person permits it and does not. */
  @Test
  void aRequestWithOneCodeHasTheSameReceiptForEveryPerson() throws IOException {
    String code = "";
    Path permitted = folder;
    for (String each : codes(0, 20)) {
      permitted = clinic.list(List.of(each));
      code = each;
      if (listed(permitted) == 1) {
        break;
      }
      place.restoreCopy();
    }
    String receipt = withoutDay(permitted);
    assertThat(listed(permitted)).isEqualTo(1);
    place.restoreCopy();
    Installation.write(place.clinic("consents"), consents.replace("RECONTACT", "HOPERAT"));

    Path refused = clinic.list(List.of(code));

    assertThat(listed(refused)).isZero();
    assertThat(receipt).contains(ReceiptBook.FEW);
    assertThat(withoutDay(refused)).isEqualTo(receipt);
  }

  private static String withoutDay(Path list) {
    return Installation.read(list.resolve("receipt.json"))
        .replaceAll("(?<=\"countedOn\" : )\"[0-9-]+\"", "DAY");
  }

  @Test
  void oneCodeMoreOrLessGivesNoSecondNumber() {
    List<String> asked = codes(0, 60);
    String first = contacted(clinic.list(asked));
    List<String> more = new ArrayList<>(asked);
    more.add(clinic.codes().get(60));

    assertThat(first).matches(RANGE);
    assertThat(contacted(clinic.list(more))).isEqualTo(ReceiptBook.NOT_STATED);
    assertThat(contacted(clinic.list(asked.subList(1, 60)))).isEqualTo(ReceiptBook.NOT_STATED);
    assertThat(contacted(clinic.list(List.of(asked.get(0))))).isEqualTo(ReceiptBook.NOT_STATED);
    assertThat(contacted(clinic.list(asked))).isEqualTo(first);
    assertThat(contacted(clinic.list(codes(60, 120)))).matches(RANGE);
  }

  /** Who asks again after a withdrawal must not see that a person is missing. */
  @Test
  void theSameRequestIsAnsweredByTheFirstStatement() {
    String first = contacted(clinic.list(codes(0, 60)));
    Installation.write(place.clinic("consents"), consents.replace("RECONTACT", "HOPERAT"));

    assertThat(contacted(clinic.list(codes(0, 60)))).isEqualTo(first);
  }

  @Test
  void codesOfALaterReleaseOfTheStudyAreTheSamePeople() throws IOException {
    clinic.list(codes(0, 60));
    assertThat(place.run(RecontactClinic.RESEARCH).exitCode()).isIn(0, 3);
    Path later = place.release(RecontactClinic.RESEARCH);
    List<String> codes = new ArrayList<>(RecontactClinic.codes(later).subList(0, 61));
    assertThat(codes).containsAll(codes(0, 60));

    clinic.ask(RecontactClinic.RESEARCH + "/" + later.getFileName(), codes);
    assertThat(place.run(RecontactClinic.RECONTACT).exitCode()).isEqualTo(4);
    String run = place.newestRun().run();
    clinic.approve(run);
    assertThat(place.call("publish", run).exitCode()).isZero();

    assertThat(contacted(place.release(RecontactClinic.RECONTACT)))
        .isEqualTo(ReceiptBook.NOT_STATED);
  }

  @Test
  void ofTwoStagedListsTheSecondIsMadeAgain() {
    assertThat(clinic.stage(codes(0, 60)).exitCode()).isEqualTo(4);
    String first = place.newestRun().run();
    assertThat(clinic.stage(codes(0, 61)).exitCode()).isEqualTo(4);
    String second = place.newestRun().run();
    clinic.approve(second);
    assertThat(place.call("publish", second).exitCode()).isZero();
    clinic.ask(clinic.release(), codes(0, 60));
    clinic.approve(first);

    Answer refused = place.call("publish", first);

    assertThat(refused.exitCode()).isEqualTo(15);
    assertThat(refused.err()).contains("RELEASED_MEANWHILE");
    assertThat(place.call("resume", first).exitCode()).isEqualTo(4);
    clinic.approve(first);
    assertThat(place.call("publish", first).exitCode()).isZero();
    assertThat(contacted(place.release(RecontactClinic.RECONTACT)))
        .isEqualTo(ReceiptBook.NOT_STATED);
  }

  @Test
  void aForgedCodeHasNoReceipt() {
    List<String> asked = new ArrayList<>(codes(0, 20));
    asked.add(asked.get(0).substring(0, asked.get(0).length() - 1) + "7");

    Answer refused = clinic.stage(asked);

    assertThat(refused.exitCode()).isEqualTo(10);
    assertThat(refused.err()).contains("CODE_UNKNOWN");
    assertThat(Installation.files(place.root().resolve("office")))
        .noneMatch(file -> file.endsWith("receipt.json"));
  }
}
