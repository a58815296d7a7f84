package org.consentry.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.consentry.ledger.LedgerEntry;
import org.consentry.ledger.LedgerFact;
import org.consentry.plan.ExportPlan;
import org.consentry.plan.Planner;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;
import org.consentry.release.Publisher;
import org.consentry.testing.SmallClinic;
import org.consentry.testing.SmallClinic.Basis;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The ledger records what was asked and refused, and of a patient a keyed digest alone. */
final class AuditLogTest {

  private static final Place PLACE = new Place("visits.yaml", 3, 4);

  @TempDir private Path root;
  private SmallClinic clinic;
  private Path job;
  private AuditLog log;
  private final List<String> remarks = new ArrayList<>();

  @BeforeEach
  void clinic() {
    clinic = new SmallClinic(root).patients(1, 3);
    job = clinic.job("visits", "a", "uni", Basis.DE_IDENTIFIED);
    log = new AuditLog(new Publisher(clinic.ledger(), clinic::instant), "operator", remarks::add);
  }

  private List<LedgerEntry> entries(LedgerEntry.Kind kind) {
    return clinic.ledger().entries(kind);
  }

  private static Problem error(String code) {
    return Problem.error(code, PLACE, "a message", "a hint");
  }

  @Test
  void recordsARefusalByItsCodesAndExitCode() {
    log.refused(
        "run-1",
        "visits",
        "S-A",
        new ProblemException(
            Category.FILES_INVALID,
            List.of(
                error("FIRST"),
                Problem.warning("DOUBT", PLACE, "a warning", ""),
                error("SECOND"),
                error("FIRST"))));

    LedgerEntry entry = entries(LedgerEntry.Kind.REFUSED).get(0);
    assertThat(entry.run()).isEqualTo("run-1");
    assertThat(entry.job()).isEqualTo("visits");
    assertThat(entry.study()).isEqualTo("S-A");
    assertThat(entry.fact(LedgerFact.ASKED_BY)).contains("operator");
    assertThat(entry.fact(LedgerFact.EXIT_CODE)).contains("10");
    assertThat(entry.fact(LedgerFact.CODES)).contains("FIRST SECOND");
    assertThat(entry.facts().toString()).doesNotContain("message", "hint", "visits.yaml");
  }

  @Test
  void recordsTwentyCodesAtMost() {
    List<Problem> many = IntStream.range(0, 30).mapToObj(i -> error("CODE" + i)).toList();

    log.refused("run-1", "visits", "S-A", new ProblemException(Category.FILES_INVALID, many));

    assertThat(
            entries(LedgerEntry.Kind.REFUSED)
                .get(0)
                .fact(LedgerFact.CODES)
                .orElseThrow()
                .split(" "))
        .hasSize(20)
        .startsWith("CODE0")
        .endsWith("CODE19");
  }

  @ParameterizedTest
  @EnumSource(
      value = Category.class,
      names = {"TEMPORARY", "LOCKED"})
  void aFailureThatMayPassIsNoRefusal(Category category) {
    log.refused("run-1", "visits", "S-A", new ProblemException(category, List.of(error("BUSY"))));

    assertThat(entries(LedgerEntry.Kind.REFUSED)).isEmpty();
  }

  @Test
  void recordsAJobThatWasRefusedBeforeItHadARun() {
    log.refused(job, new ProblemException(Category.AUTHORITY, List.of(error("EXPIRED"))));

    LedgerEntry entry = entries(LedgerEntry.Kind.REFUSED).get(0);
    assertThat(entry.run()).isEmpty();
    assertThat(entry.job()).isEqualTo("visits");
    assertThat(entry.study()).isEqualTo("S-A");
    assertThat(entry.fact(LedgerFact.EXIT_CODE)).contains("12");
  }

  @Test
  void aJobThatCannotBeReadHasNoNameToRecord() {
    log.refused(
        root.resolve("gone.yaml"),
        new ProblemException(Category.FILES_INVALID, List.of(error("NO_SUCH_FILE"))));

    assertThat(entries(LedgerEntry.Kind.REFUSED)).isEmpty();
    assertThat(remarks).isEmpty();
  }

  @Test
  void recordsAnExplainedPatientUnderTheStudysKey() {
    ExportPlan plan = Planner.plan(job, clinic.now().toLocalDate());

    log.explained(plan, " " + SmallClinic.id(2).toLowerCase(Locale.ROOT));
    log.explained(plan, SmallClinic.id(2));
    log.explained(plan, SmallClinic.id(3));

    List<String> subjects =
        entries(LedgerEntry.Kind.EXPLAINED).stream()
            .map(entry -> entry.fact(LedgerFact.SUBJECT).orElseThrow())
            .toList();
    assertThat(subjects).hasSize(3);
    assertThat(subjects.get(0)).isEqualTo(subjects.get(1)).isNotEqualTo(subjects.get(2));
    assertThat(SmallClinic.everything(clinic.state().home())).doesNotContain(SmallClinic.CANARY);
  }

  @Test
  void recordsAnAccountOfDisclosures() {
    log.accounted("0123", LocalDate.of(2020, 11, 23), Optional.of("ab"));

    LedgerEntry entry = entries(LedgerEntry.Kind.ACCOUNTED).get(0);
    assertThat(entry.fact(LedgerFact.ASKED_BY)).contains("operator");
    assertThat(entry.fact(LedgerFact.SUBJECT)).contains("0123");
    assertThat(entry.fact(LedgerFact.SINCE)).contains("2020-11-23");
    assertThat(entry.fact(LedgerFact.PAGE_SHA256)).contains("ab");
  }

  @Test
  void recordsWhoAcceptedTheClockAndWhy() {
    log.clockAccepted("the battery was replaced");

    LedgerEntry entry = entries(LedgerEntry.Kind.ACCEPTED).get(0);
    assertThat(entry.fact(LedgerFact.ACCEPTED)).contains("CLOCK");
    assertThat(entry.fact(LedgerFact.REASON)).contains("the battery was replaced");
  }
}
