package org.consentry.export.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.consentry.data.RejectReason;
import org.consentry.data.RowBatch.Rejection;
import org.consentry.data.Tally;
import org.consentry.plan.Planner;
import org.consentry.plan.TableExtract;
import org.consentry.problem.CountWords;
import org.consentry.problem.ProblemException;
import org.consentry.testing.SmallClinic;
import org.consentry.testing.SmallClinic.Basis;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A job tolerates a share of bad rows in event tables, and none elsewhere. */
final class RejectLimitTest {

  @TempDir private static Path root;
  private static List<TableExtract> tables = List.of();

  @BeforeAll
  static void plan() {
    SmallClinic clinic = new SmallClinic(root).patients(1, 3);
    tables =
        Planner.plan(
                clinic.job("visits", "a", "uni", Basis.DE_IDENTIFIED), clinic.now().toLocalDate())
            .tables();
  }

  private static TableExtract table(String name) {
    return tables.stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
  }

  private static Tally tally(long read, RejectReason reason, long rejected) {
    return new Tally(read, read - rejected, Map.of(), Map.of(reason, rejected), Map.of(), Map.of());
  }

  @ParameterizedTest
  @CsvSource({"0.1, 100, 10", "0.1, 9, 0", "0.001, 1000, 1", "1, 5, 5"})
  void toleratesBadRowsUpToTheShareOfTheRowsRead(double share, long read, long rejected) {
    Tally tally = tally(read, RejectReason.RAGGED, rejected);

    new RejectLimit(share).requireFew(table("visits"), tally, List.of());

    assertThat(tally.rejectedTotal()).isLessThanOrEqualTo(Math.round(share * read));
  }

  @ParameterizedTest
  @CsvSource({"0.1, 100, 11", "0.1, 9, 1", "0.001, 1000, 2", "0, 5, 1"})
  void refusesOneBadRowMore(double share, long read, long rejected) {
    assertThatThrownBy(
            () ->
                new RejectLimit(share)
                    .requireFew(
                        table("visits"), tally(read, RejectReason.RAGGED, rejected), List.of()))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining(
            rejected
                + " of "
                + CountWords.of(read, "row")
                + " read cannot be used: RAGGED "
                + rejected);
  }

  @Test
  void toleratesNoBadRowOfTheSubjectsTable() {
    assertThatThrownBy(
            () ->
                new RejectLimit(0.5)
                    .requireFew(table("patients"), tally(100, RejectReason.RAGGED, 1), List.of()))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("tolerated is a share of 0");
  }

  @Test
  void toleratesNoLastRowThatIsCutOff() {
    assertThatThrownBy(
            () ->
                new RejectLimit(0.5)
                    .requireFew(
                        table("visits"),
                        tally(100, RejectReason.TRUNCATED, 1),
                        List.of(new Rejection(RejectReason.TRUNCATED, 101))))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("visits.csv:101: error TABLE_CUT_OFF expected a whole last row")
        .hasMessageNotContaining("REJECTED_ROWS");
  }

  @Test
  void refusesASplitAtOnceOnlyWhereTheJobToleratesNoBadRow() {
    Tally one = tally(100, RejectReason.RAGGED, 1);

    new RejectLimit(0.001).requireNoneOf(table("visits"), one, List.of());

    assertThatThrownBy(() -> new RejectLimit(0).requireNoneOf(table("visits"), one, List.of()))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("error REJECTED_ROWS 1 of 100 rows read");
  }
}
