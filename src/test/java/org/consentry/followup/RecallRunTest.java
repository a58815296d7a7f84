package org.consentry.followup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.consentry.data.DurableFiles;
import org.consentry.export.ClinicContact;
import org.consentry.export.RestrictionMemory;
import org.consentry.ledger.Ledger;
import org.consentry.ledger.LedgerEntry;
import org.consentry.ledger.LedgerEvent;
import org.consentry.ledger.LedgerFact;
import org.consentry.ledger.RecallFolder;
import org.consentry.ledger.Recalls;
import org.consentry.ledger.StateFolder;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;
import org.consentry.testing.ExportDriver;
import org.consentry.testing.Program;
import org.consentry.testing.SmallClinic;
import org.consentry.testing.SmallClinic.Basis;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Releases of a small clinic, compared with what its patients permit afterwards. */
final class RecallRunTest {

  private static final Letterhead LETTERHEAD =
      new Letterhead(
          Optional.of(new ClinicContact("The Clinic", "3 Way", "555-0100")), Letterhead.DAYS);

  @TempDir Path folder;

  private SmallClinic clinic;

  @BeforeEach
  void threePatients() throws IOException {
    clinic = new SmallClinic(folder.toRealPath());
    clinic.patient(1, "2021-03-01", "2024-06-30");
    clinic.patient(2, "2022-01-01");
    clinic.patient(3, "2022-02-02");
  }

  @Test
  void recallsNothingAndWritesNothingWhileConsentIsAsItWas() {
    clinic.release(clinic.job("one", "a", "uni-x", Basis.DE_IDENTIFIED));

    assertThat(judge().lists()).isEmpty();
    assertThat(judge().problems()).isEmpty();
    assertThat(recall()).isEmpty();
    assertThat(clinic.state().recalls()).doesNotExist();
    assertThat(clinic.ledger().entries(LedgerEntry.Kind.RECALLED)).isEmpty();
  }

  @Test
  void recallsExactlyTheCodeOfWhoWithdrew() {
    Path release = clinic.release(clinic.job("one", "a", "uni-x", Basis.DE_IDENTIFIED));
    String code = lonely(2, Basis.DE_IDENTIFIED);

    clinic.withdraws(2);
    RecallList list = judge().lists().get(0);

    assertThat(SmallClinic.codes(release)).contains(code);
    assertThat(list.csv())
        .isEqualTo("code,table,column,action,from,to\r\n" + code + ",,,remove,,\r\n");
    assertThat(list.patients()).isEqualTo(1);
    assertThat(list.reasons()).isEqualTo(Map.of("NO_CONSENT", 1));
  }

  @Test
  void recallsWhoIsNoLongerInTheRecords() {
    clinic.release(clinic.job("one", "a", "uni-x", Basis.DE_IDENTIFIED));
    String code = lonely(3, Basis.DE_IDENTIFIED);

    clinic.vanishes(3);
    RecallList list = judge().lists().get(0);

    assertThat(list.lines()).containsExactly(RecallLine.everything(code));
    assertThat(list.reasons()).isEqualTo(Map.of("NOT_IN_THE_RECORDS", 1));
  }

  @Test
  void showsEachRecipientItsOwnCodesAlone() {
    Path one = clinic.release(clinic.job("one", "a", "uni-x", Basis.DE_IDENTIFIED));
    Path two = clinic.release(clinic.job("two", "b", "inc-y", Basis.LIMITED_DATA_SET));

    clinic.withdraws(1);
    List<RecallList> lists = judge().lists();

    assertThat(lists).extracting(RecallList::recipient).containsExactly("uni-x", "inc-y");
    assertThat(SmallClinic.codes(one)).contains(lists.get(0).lines().get(0).code());
    assertThat(SmallClinic.codes(two)).contains(lists.get(1).lines().get(0).code());
    assertThat(lists.get(0).lines()).hasSize(1);
    assertThat(lists.get(1).lines()).hasSize(1);
    assertThat(SmallClinic.codes(two)).doesNotContain(lists.get(0).lines().get(0).code());
  }

  @Test
  void showsDaysToARecipientWithDays() {
    clinic.release(clinic.job("one", "a", "uni-x", Basis.LIMITED_DATA_SET));

    clinic.permits(1, "2020-01-01", "2023-12-31", "*");

    assertThat(uncoded(judge())).containsExactly("visits,,keep-only,2021-03-01,2023-12-31");
    assertThat(judge().lists().get(0).reasons()).isEqualTo(Map.of("NARROWED", 1));
  }

  /** The first and the last date of records of which some go are no longer those of the others. */
  @Test
  void asksForWhatWasComputedFromNarrowedRecords() {
    Path job = clinic.job("one", "a", "uni-x", Basis.DE_IDENTIFIED);
    clinic.append(
        "mappings/years.yaml",
        "spans:",
        "  periods:",
        "    of: visits.visit_year",
        "    columns:",
        "      patient_id: {is: subject, why: joins tables}",
        "      began: {is: first, why: rates}",
        "      ended: {is: last, why: rates}");
    clinic.release(job);

    clinic.permits(1, "2021-01-01", "2024-03-31", "*");

    assertThat(uncoded(judge()))
        .containsExactly("periods,,remove,,", "visits,,keep-only,2021,2023");
  }

  @Test
  void showsWholeYearsToARecipientWithYears() {
    clinic.release(clinic.job("one", "a", "uni-x", Basis.DE_IDENTIFIED));

    clinic.permits(1, "2021-01-01", "2024-03-31", "*");

    assertThat(uncoded(judge())).containsExactly("visits,,keep-only,2021,2023");
  }

  @Test
  void showsNoWindowBesideShiftedDatesBecauseItWouldRevealTheShift() {
    clinic.release(clinic.job("one", "a", "uni-x", Basis.SHIFTED));

    clinic.permits(1, "2020-01-01", "2023-12-31", "*");

    assertThat(uncoded(judge())).containsExactly("visits,,remove,,");
    recall();
    assertThat(SmallClinic.everything(clinic.state().recalls())).doesNotContain("2023-12-31");
  }

  @Test
  void recallsNoPatientWithAllRecordsInTheNarrowedWindow() {
    clinic.release(clinic.job("one", "a", "uni-x", Basis.LIMITED_DATA_SET));

    clinic.permits(1, "2021-03-01", "2024-06-30", "*");

    assertThat(judge().lists()).isEmpty();
  }

  @Test
  void recallsNoPatientForAGapThatWasThereWhenTheReleaseWasMade() {
    clinic.permits(1, "2021-01-01", "2022-12-31", "*");
    clinic.release(clinic.job("one", "a", "uni-x", Basis.LIMITED_DATA_SET));

    clinic.permits(1, "2021-01-01", "2021-12-31", "*");

    assertThat(judge().lists()).isEmpty();
  }

  @Test
  void recallsATableWhoseCategoryIsGoneAndTheCellsOfOneThatIs() {
    clinic.release(clinic.job("one", "a", "uni-x", Basis.LIMITED_DATA_SET));

    clinic.permits(1, "*", "*", "DEMOGRAPHIC");
    clinic.permits(2, "*", "*", "DEMOGRAPHIC|VISIT");

    assertThat(uncoded(judge()))
        .containsExactlyInAnyOrder("visits,,remove,,", "visits,finding,remove,,");
  }

  @Test
  void recallsEverythingOfWhoNoLongerPermitsThePersonsOwnRow() {
    clinic.release(clinic.job("one", "a", "uni-x", Basis.LIMITED_DATA_SET));

    clinic.permits(1, "*", "*", "VISIT");

    assertThat(uncoded(judge())).containsExactly(",,remove,,");
  }

  @Test
  void asksForTheWholeReleaseWhenItsCodesAreNotKnown() {
    clinic.release(clinic.job("one", "a", "uni-x", Basis.ONE_TIME));

    clinic.withdraws(1).withdraws(2);

    assertThat(judge().lists().get(0).csv())
        .isEqualTo("code,table,column,action,from,to\r\n*,,,remove,,\r\n");
    assertThat(read(recall().get(0).resolve("README.md")))
        .contains("The whole release: its codes belong to it alone and are known to no one");
  }

  @Test
  void writesAFolderThatStockToolsVerify() throws Exception {
    clinic.release(clinic.job("one", "a", "uni-x", Basis.DE_IDENTIFIED));

    clinic.withdraws(2);
    Path list = recall().get(0);

    assertThat(list.getParent()).isEqualTo(clinic.state().recalls().resolve("uni-x"));
    assertThat(names(list))
        .containsExactly(
            "README.md", "SHA256SUMS", "SHA256SUMS.sig", "allowed_signers", "recall.csv");
    assertThat(shell(list, "sha256sum -c SHA256SUMS")).isZero();
    for (String command : RecallFolder.commands()) {
      assertThat(shell(list, command)).as(command).isZero();
      Files.writeString(list.resolve("SHA256SUMS"), "\n", StandardOpenOption.APPEND);
      assertThat(shell(list, command)).as("changed").isNotZero();
    }
  }

  @Test
  void theLetterListsWhatToDoAndNotWhy() {
    clinic.release(clinic.job("one", "a", "uni-x", Basis.LIMITED_DATA_SET));

    clinic.withdraws(2).permits(1, "2020-01-01", "2023-12-31", "*");
    String letter = read(recall().get(0).resolve("README.md"));

    assertThat(letter)
        .startsWith("# Recall of records: one, release 2026-11-23-r1\n\nTo: Dr. >R<, University\n")
        .contains("- visits.patient_id\n")
        .contains("  - visits: visits.visited_on (days)\n")
        .doesNotContainIgnoringCase("withdr")
        .doesNotContain("NO_CONSENT", "NARROWED");
  }

  @Test
  void writesNoListTwiceAndAnotherWhenMoreIsGone() {
    clinic.release(clinic.job("one", "a", "uni-x", Basis.DE_IDENTIFIED));
    clinic.withdraws(2);

    Path first = recall().get(0);
    List<Path> again = recall();
    clinic.withdraws(3);
    Path second = recall().get(0);

    assertThat(again).isEmpty();
    assertThat(second).isNotEqualTo(first);
    assertThat(read(second.resolve("recall.csv")).lines()).hasSize(3);
    assertThat(clinic.ledger().entries(LedgerEntry.Kind.RECALLED)).hasSize(2);
  }

  @Test
  void makesTheListAgainThatACrashLeftWithoutItsEntry() throws IOException {
    clinic.release(clinic.job("one", "a", "uni-x", Basis.DE_IDENTIFIED));
    clinic.withdraws(2);
    RecallList list = judge().lists().get(0);
    StateFolder elsewhere = new StateFolder(clinic.root().resolve("elsewhere"));
    elsewhere.prepare();
    Path left =
        new RecallSender(
                Ledger.open(elsewhere, clinic::instant),
                clinic.state().recalls(),
                ZoneOffset.UTC,
                "officer",
                LETTERHEAD)
            .send(list, clinic.instant())
            .orElseThrow();
    Files.delete(left.resolve("recall.csv"));

    assertThat(recall()).containsExactly(left);
    assertThat(left.resolve("recall.csv")).exists();
    assertThat(clinic.ledger().entries(LedgerEntry.Kind.RECALLED)).hasSize(1);
  }

  @Test
  void aDiskThatRefusesLeavesNoListAndNoEntry() throws IOException {
    clinic.release(clinic.job("one", "a", "uni-x", Basis.DE_IDENTIFIED));
    clinic.withdraws(2);
    Files.createFile(clinic.state().recalls());

    ProblemException refused = catchThrowableOfType(ProblemException.class, this::recall);

    assertThat(refused.category()).isEqualTo(Category.RUN_FAILED);
    assertThat(refused.problems().get(0).message()).isEqualTo("the recall list cannot be written");
    assertThat(clinic.ledger().entries(LedgerEntry.Kind.RECALLED)).isEmpty();
  }

  @Test
  void isOpenUntilACorrectedReleaseNamesWhatItReplaces() {
    Path job = clinic.job("one", "a", "uni-x", Basis.DE_IDENTIFIED);
    clinic.release(job);
    clinic.withdraws(2);
    recall();
    Recalls recalls = new Recalls(clinic.ledger());

    assertThat(recalls.open()).extracting(Recalls.Open::release).containsExactly("2026-11-23-r1");
    clinic.release(job);
    assertThat(recalls.open()).as("another release replaces nothing").hasSize(1);
    clinic.release(job, Optional.of("2026-11-23-r1"));
    assertThat(recalls.open()).isEmpty();
    clinic.withdraws(3);
    recall();
    assertThat(recalls.open())
        .extracting(Recalls.Open::release)
        .containsExactly("2026-11-23-r1", "2026-11-23-r2", "2026-11-23-r3");
  }

  @Test
  void aReleaseWhoseFolderIsGoneIsRecalledAllTheSame() throws IOException {
    Path release = clinic.release(clinic.job("one", "a", "uni-x", Basis.DE_IDENTIFIED));
    Files.move(release, clinic.root().resolve("moved"));

    clinic.withdraws(2);

    assertThat(judge().lists()).hasSize(1);
  }

  @Test
  void aReleaseThatStoppedBeforePublicationIsNotRecalled() {
    clinic.export(clinic.job("one", "a", "uni-x", Basis.DE_IDENTIFIED), Optional.empty()).seal();

    clinic.withdraws(2);

    assertThat(clinic.state().membership("one-1")).exists();
    assertThat(judge().lists()).isEmpty();
  }

  @Test
  void aResumedRunKnowsTheDaysOfWhatItsFirstProcessReleased() throws IOException {
    Path job = clinic.job("one", "a", "uni-x", Basis.LIMITED_DATA_SET);
    clinic.export(job, Optional.empty());
    Files.delete(clinic.root().resolve("releases/.staging/one-1/work/visits-0.days"));

    ExportDriver.Sealed again = clinic.resume(job, Optional.empty()).seal();
    again.publish();
    clinic.permits(1, "2020-01-01", "2023-12-31", "*");

    assertThat(clinic.worked()).as("two splits, and the one without its days again").isEqualTo(3);
    assertThat(uncoded(judge())).containsExactly("visits,,keep-only,2021-03-01,2023-12-31");
  }

  @Test
  void aLedgerFolderThatRefusesStopsTheRelease() throws IOException {
    Path job = clinic.job("one", "a", "uni-x", Basis.DE_IDENTIFIED);
    ExportDriver.Extracted export = clinic.export(job, Optional.empty());
    Path taken = clinic.state().memberships().resolve("one-1.members.new/taken");
    Files.createDirectories(taken);

    ProblemException refused = catchThrowableOfType(ProblemException.class, export::seal);
    Files.delete(taken);
    export.seal().publish();

    assertThat(refused.category()).isEqualTo(Category.RUN_FAILED);
    assertThat(refused.problems().get(0).message())
        .isEqualTo("who is in the release cannot be written to the ledger");
    assertThat(clinic.memberships().published())
        .singleElement()
        .satisfies(release -> assertThat(clinic.memberships().of(release).size()).isEqualTo(3));
  }

  @Test
  void reportsTheReleaseItCouldNotJudgeAndJudgesTheOthers() throws IOException {
    Path gone = clinic.job("one", "a", "uni-x", Basis.DE_IDENTIFIED);
    clinic.release(gone);
    clinic.release(clinic.job("two", "b", "inc-y", Basis.DE_IDENTIFIED));
    Path moved = Files.move(gone, clinic.root().resolve("jobs/moved.yaml"));
    clinic.withdraws(2);

    assertThat(judge().lists()).extracting(RecallList::recipient).containsExactly("inc-y");
    assertThat(judge().problems())
        .extracting(Problem::toString)
        .containsExactly(
            gone
                + ": error JOB_GONE the job that made release one/2026-11-23-r1 is not there, so it"
                + " was not judged; name the job file where it is now: consentry recall JOB");
    assertThat(judge(moved).problems()).isEmpty();
    assertThat(judge(moved).lists()).hasSize(2);
  }

  @Test
  void refusesToJudgeAReleaseByAJobThatAsksSomethingElse() throws IOException {
    Path job = clinic.job("one", "a", "uni-x", Basis.LIMITED_DATA_SET);
    clinic.release(job);
    clinic.withdraws(2);
    String made = Files.readString(job);

    assertThat(changed(job, made, "id: uni-x", "id: inc-y")).isEqualTo("recipient");
    assertThat(changed(job, made, "id: S-A", "id: S-B")).isEqualTo("study");
    assertThat(changed(job, made, "purpose: CLINTRCH", "purpose: HRESCH")).isEqualTo("purpose");
    assertThat(changed(job, made, "legalBasis: limited-data-set", "legalBasis: waiver"))
        .isEqualTo("legal basis");
    assertThat(changed(job, made, "profit: non-profit", "profit: for-profit"))
        .isEqualTo("question to consent");
    assertThat(changed(job, made, "state: open", "state: open\n  diseases: [H02.4]"))
        .isEqualTo("question to consent");
    Files.copy(
        clinic.root().resolve("clinic/consents.csv"), clinic.root().resolve("clinic/others.csv"));
    assertThat(changed(job, made, "clinic/consents.csv", "clinic/others.csv"))
        .isEqualTo("file of consent lines");
    Path copy = Files.writeString(clinic.root().resolve("jobs/one-then.yaml"), made);
    assertThat(judge(copy).problems()).isEmpty();
    assertThat(judge(copy).lists()).hasSize(1);
  }

  @Test
  void judgesEachReleaseOnceByTheFileThatIsAsItWas() throws IOException {
    Path job = clinic.job("one", "a", "uni-x", Basis.LIMITED_DATA_SET);
    clinic.release(job);
    Path then = Files.copy(job, clinic.root().resolve("jobs/one-then.yaml"));
    Files.writeString(job, Files.readString(job).replace("purpose: CLINTRCH", "purpose: HRESCH"));
    clinic.release(job);

    RecallRun.Outcome outcome = judge(then, job);

    assertThat(outcome.problems()).isEmpty();
    assertThat(outcome.judged())
        .extracting(Judged::job, Judged::releases)
        .containsExactly(
            tuple(then, List.of("one/2026-11-23-r1")), tuple(job, List.of("one/2026-11-23-r2")));
    assertThat(judge(then).judged())
        .as("the file that made the newer one")
        .isEqualTo(outcome.judged());
    assertThat(judge(then, then, job, job).judged()).isEqualTo(outcome.judged());
  }

  @Test
  void judgedIsInWordsWithTheSecondsOfItsMoment() {
    ZonedDateTime moment = ZonedDateTime.parse("2026-11-29T07:00:00-07:00[America/Phoenix]");
    Judged one = new Judged(Path.of("a.yaml"), "c.csv", "ab", 7, moment, List.of("r1"));

    assertThat(one.words())
        .isEqualTo(
            "judged 1 release (r1) by a.yaml: 7 consent lines of c.csv (SHA-256 ab), as of"
                + " 2026-11-29 07:00:00 America/Phoenix");
    assertThat(one.with(one).with(one).with(one).words())
        .startsWith("judged 4 releases (r1 to r1) by a.yaml");
  }

  /** What the job has another of, in the words of the message. */
  private String changed(Path job, String made, String line, String other) throws IOException {
    assertThat(made).contains(line);
    Files.writeString(job, made.replace(line, other));
    assertThat(judge().lists()).isEmpty();
    String message = judge().problems().get(0).toString();
    String before =
        job
            + ": error JOB_CHANGED the job is not as it was when release one/2026-11-23-r1 was"
            + " made, so the release was not judged; it has another ";
    String after =
        "; keep a copy of the job as it was then beside it, and name that: consentry recall COPY";
    assertThat(judge().problems()).hasSize(1);
    assertThat(message).startsWith(before).endsWith(after);
    return message.substring(before.length(), message.length() - after.length());
  }

  @Test
  void judgesByTheJobWhateverMayChangeWhileRecordsAreOut() throws IOException {
    Path job = clinic.job("one", "a", "uni-x", Basis.LIMITED_DATA_SET);
    clinic.release(job);
    clinic.withdraws(2);
    String made = Files.readString(job);

    Files.writeString(
        job,
        made.replace("state: open", "state: closed")
            .replace("title: Study a", "title: The same study")
            .replace("expiresOn: 2039-12-31", "expiresOn: 2038-12-31"));

    assertThat(judge().problems()).isEmpty();
    assertThat(judge().lists()).hasSize(1);
  }

  @Test
  void aMissingSigningKeyStopsNoOtherList() throws IOException {
    Path first = clinic.job("one", "a", "uni-x", Basis.DE_IDENTIFIED);
    clinic.release(first);
    clinic.release(clinic.job("two", "b", "inc-y", Basis.DE_IDENTIFIED));
    Files.writeString(first, Files.readString(first).replace("signing.pem", "lost.pem"));
    clinic.withdraws(2);

    List<String> recipients = new ArrayList<>();
    RecallFailures undone = new RecallFailures();
    int written =
        new RecallSender(
                clinic.ledger(), clinic.state().recalls(), ZoneOffset.UTC, "officer", LETTERHEAD)
            .sendAll(
                judge().lists(),
                clinic.instant(),
                (list, folder) -> recipients.add(list.recipient()),
                undone);

    assertThat(written).isEqualTo(1);
    assertThat(recipients).containsExactly("inc-y");
    assertThat(undone.problems()).extracting(Problem::code).containsExactly("KEY_MISSING");
    ProblemException thrown = catchThrowableOfType(ProblemException.class, undone::throwIfAny);
    assertThat(thrown.category()).isEqualTo(Category.KEY);
  }

  @Test
  void reportsTheGravestCategoryOfTheFailures() {
    RecallFailures undone = new RecallFailures();
    assertThatCode(undone::throwIfAny).doesNotThrowAnyException();

    undone.add(failed(Category.TEMPORARY));
    assertThat(undone.category()).isEqualTo(Category.TEMPORARY);
    undone.add(failed(Category.FILES_INVALID));
    assertThat(undone.category()).isEqualTo(Category.FILES_INVALID);
    undone.add(failed(Category.AUTHORITY));
    undone.add(failed(Category.FILES_INVALID));
    assertThat(undone.category()).isEqualTo(Category.AUTHORITY);
    undone.add(failed(Category.KEY));
    undone.add(failed(Category.VERIFY));
    undone.add(failed(Category.TEMPORARY));
    assertThat(undone.category()).isEqualTo(Category.VERIFY);
    assertThat(undone.problems()).extracting(Problem::code).doesNotHaveDuplicates().hasSize(5);
    assertThat(Category.values())
        .allSatisfy(
            category -> {
              RecallFailures alone = new RecallFailures();
              alone.add(failed(category));
              assertThat(alone.category()).isEqualTo(category);
            });
  }

  private static ProblemException failed(Category category) {
    return ProblemException.of(category, category.name(), Place.of("job"), "it failed", "");
  }

  @Test
  void recallsNoPatientByASubjectsTableThatLostAll() {
    clinic.release(clinic.job("one", "a", "uni-x", Basis.DE_IDENTIFIED));

    clinic.vanishes(1).vanishes(2).vanishes(3);

    assertThat(judge().lists()).isEmpty();
    assertThat(judge().problems())
        .extracting(Problem::message)
        .containsExactly("the subjects table has no patient, so nothing is recalled by it");
  }

  @Test
  void doesNotTrustAMembershipThatWasChanged() throws IOException {
    clinic.release(clinic.job("one", "a", "uni-x", Basis.DE_IDENTIFIED));
    Path file = clinic.state().membership("one-1");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] ^= 1;
    Files.write(file, bytes);

    assertThat(judge().category()).isEqualTo(Category.VERIFY);
    assertThat(judge().problems())
        .extracting(Problem::message)
        .containsExactly("the list of who is in the release is not the one of the ledger");
    assertThat(clinic.memberships().check()).hasSize(1);
  }

  @Test
  void judgesAfterPapersHaveRunOut() {
    clinic.release(clinic.job("one", "a", "uni-x", Basis.DE_IDENTIFIED));

    clinic.withdraws(2).on("2041-01-01");

    assertThat(judge().problems()).isEmpty();
    assertThat(judge().lists()).hasSize(1);
  }

  @Test
  void leavesNoPatientIdInStateOrLists() {
    clinic.release(clinic.job("one", "a", "uni-x", Basis.DE_IDENTIFIED));
    clinic.withdraws(1).vanishes(2).permits(3, "2023-01-01", "2024-01-01", "*");
    recall();

    assertThat(SmallClinic.everything(clinic.root().resolve("clinic")))
        .contains(SmallClinic.CANARY);
    assertThat(SmallClinic.everything(clinic.state().home())).doesNotContain(SmallClinic.CANARY);
    assertThat(clinic.ledger().entries().toString()).doesNotContain(SmallClinic.CANARY);
  }

  /** The lines of the only list without their codes. */
  private static List<String> uncoded(RecallRun.Outcome outcome) {
    assertThat(outcome.problems()).isEmpty();
    assertThat(outcome.lists()).hasSize(1);
    return outcome.lists().get(0).lines().stream()
        .map(line -> String.join(",", line.fields()))
        .map(line -> line.substring(line.indexOf(',') + 1))
        .toList();
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> list = Files.list(folder)) {
      return list.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static int shell(Path folder, String command) throws IOException, InterruptedException {
    return Program.shell(command).in(folder).run().exitCode();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private String lonely(int patient, Basis basis) {
    Set<String> before = new TreeSet<>(SmallClinic.codes(newest()));
    clinic.withdraws(patient);
    Path without = clinic.release(clinic.job("one", "a", "uni-x", basis));
    before.removeAll(SmallClinic.codes(without));
    clinic.permits(patient, "*", "*", "*");
    return before.iterator().next();
  }

  private Path newest() {
    try (Stream<Path> list = Files.list(clinic.root().resolve("releases/one"))) {
      return list.sorted().findFirst().orElseThrow();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Test
  void judgesNoReleaseWhereRestrictionsMayBeForgotten() throws IOException {
    clinic.release(clinic.job("one", "a", "uni-x", Basis.DE_IDENTIFIED));
    clinic.ledger().append(clinic.instant(), LedgerEvent.restored(clinic.instant(), "operator"));
    requireUnjudged("RESTRICTIONS_OLD");
    DurableFiles.delete(clinic.state().restrictions());
    requireUnjudged("RESTRICTIONS_FORGOTTEN", "RESTRICTIONS_OLD");
    clinic.withdraws(2);
    RestrictionMemory accepting =
        new RestrictionMemory(
            clinic.state(),
            clinic.ledger(),
            new RestrictionMemory.Acceptance(
                "",
                "officer",
                Optional.of("compared with the paper"),
                event -> clinic.ledger().append(clinic.instant(), event),
                words -> {}));

    RecallRun.Outcome accepted = judge(accepting);

    assertThat(accepted.problems()).isEmpty();
    assertThat(accepted.lists()).hasSize(1);
    assertThat(clinic.ledger().entries(LedgerEntry.Kind.ACCEPTED))
        .extracting(entry -> entry.fact(LedgerFact.REASON).orElse(""))
        .containsExactly("compared with the paper");
    assertThat(judge().problems()).as("what was accepted once").isEmpty();
  }

  private void requireUnjudged(String... codes) {
    RecallRun.Outcome outcome = judge();

    assertThat(outcome.problems()).extracting(Problem::code).containsExactly(codes);
    assertThat(outcome.category()).isEqualTo(Category.FILES_INVALID);
    assertThat(outcome.lists()).isEmpty();
    assertThat(outcome.judged()).isEmpty();
  }

  private RecallRun.Outcome judge(Path... jobs) {
    return judge(new RestrictionMemory(clinic.state(), clinic.ledger()), jobs);
  }

  private RecallRun.Outcome judge(RestrictionMemory memory, Path... jobs) {
    return new RecallRun(
            clinic.memberships(), memory, clinic.instant(), ZoneOffset.UTC, List.of(jobs))
        .judge();
  }

  private List<Path> recall() {
    List<Path> written = new ArrayList<>();
    RecallSender sending =
        new RecallSender(
            clinic.ledger(), clinic.state().recalls(), ZoneOffset.UTC, "officer", LETTERHEAD);
    for (RecallList list : judge().lists()) {
      sending.send(list, clinic.instant()).ifPresent(written::add);
    }
    return written;
  }
}
