package org.consentry.export;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consentry.config.Quality;
import org.consentry.config.WithPlace;
import org.consentry.data.Exclusion;
import org.consentry.data.SmallCounts;
import org.consentry.data.Tally;
import org.consentry.export.extract.SplitResult;
import org.consentry.ledger.LedgerEntry;
import org.consentry.ledger.LedgerFact;
import org.consentry.plan.ExportPlan;
import org.consentry.plan.TableExtract;
import org.consentry.problem.Category;
import org.consentry.problem.CountWords;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;
import org.consentry.problem.Severity;

/**
 * Compares what was extracted with the limits of quality of the job and with the release before. A
 * limit that the job states blocks the release; where it states none, what is unusual is noted.
 * Everything is counted from the results of splits, so that a resumed run counts each once.
 */
final class QualityCheck {

  /** Fewer blanked values, or rows without a patient, are no warning, unless they are all. */
  private static final int FEW = SmallCounts.FEWEST;

  private final ExportPlan plan;
  private final RunContext context;
  private final Quality quality;
  private final List<Problem> found = new ArrayList<>();

  /** The release before; empty for the first of the job to its recipient. */
  private final Optional<LedgerEntry> last;

  private final ReleaseCounts before;

  QualityCheck(ExportPlan plan, RunContext context) {
    this.plan = plan;
    this.context = context;
    this.quality = plan.job().quality().orElse(Quality.NONE);
    this.last =
        context.ledger().lastPublished(plan.studyId(), plan.jobName(), plan.job().recipient().id());
    Optional<ReleaseCounts> counts =
        last.flatMap(entry -> ReleaseCounts.of(context.state(), entry));
    this.before = counts.orElse(ReleaseCounts.none());
    if (last.isPresent() && counts.isEmpty()) {
      notCompared(last.get());
    }
  }

  /** A limit that the job states and that cannot be checked blocks, unless it allows anything. */
  private void notCompared(LedgerEntry release) {
    Place place = Place.of(context.state().manifests(release.run()));
    String lost =
        "the counts of the last release "
            + name()
            + " are not there as they were written, so that ";
    List<String> limited =
        plan.tables().stream()
            .map(TableExtract::name)
            .filter(table -> Quality.of(quality.fewerThanLast(), table).orElse(1.0) < 1)
            .toList();
    if (limited.isEmpty()) {
      warn(
          "QUALITY_NOT_COMPARED",
          place,
          lost + "tables are not compared with it",
          "look at the numbers of rows yourself, or restore the folder from a backup");
    } else {
      found.add(
          Problem.error(
              "QUALITY_NOT_COMPARED",
              place,
              lost + "quality: {fewerThanLast} cannot be checked of " + String.join(", ", limited),
              "restore the folder from a backup; where that cannot be, compare the numbers of rows"
                  + " yourself and write 1 as fewerThanLast of these tables for one release"));
    }
  }

  /**
   * Checks every table.
   *
   * @throws ProblemException category DISCLOSURE_CHECK with every limit that is exceeded
   */
  void require(Extraction extraction) {
    List<ColumnReadings> readings = new ArrayList<>(extraction.decided().cohort());
    for (TableExtract table : plan.tables()) {
      List<SplitResult> splits = extraction.of(table).splits();
      Tally rows = splits.stream().map(SplitResult::tally).reduce(Tally.NONE, Tally::plus);
      table(table, rows, SplitResult.filled(splits));
      readings.addAll(ColumnReadings.of(table, rows));
    }
    ColumnReadings.worst(readings).forEach(this::readings);
    List<Problem> errors =
        found.stream().filter(problem -> problem.severity() == Severity.ERROR).toList();
    found.stream()
        .filter(problem -> problem.severity() == Severity.WARNING)
        .forEach(context.progress()::problem);
    if (!errors.isEmpty()) {
      throw new ProblemException(Category.DISCLOSURE_CHECK, errors);
    }
  }

  private void table(TableExtract table, Tally rows, Map<String, Long> filled) {
    if (!fewRows(table, rows) && !fewerThanLast(table, rows)) {
      fewerReleased(table, rows);
    }
    unknownSubjects(table, rows);
    filled.forEach((column, cells) -> column(table, rows, column, cells));
  }

  /** Whether the table has fewer rows than it must have, or none. */
  private boolean fewRows(TableExtract table, Tally rows) {
    WithPlace<Long> stated = quality.minRows().get(table.name());
    long needed = stated == null ? 1 : stated.value();
    if (rows.read() >= needed) {
      return false;
    }
    String had = before.read(table.name()).map(then -> then(CountWords.of(then, "row"))).orElse("");
    add(
        Optional.ofNullable(stated),
        "QUALITY_FEW_ROWS",
        table,
        "table '"
            + table.name()
            + "' has "
            + readAndReleased(rows)
            + had
            + (stated == null ? "" : "; quality: {minRows} is " + needed),
        "export the table again, or correct minRows");
    return true;
  }

  private boolean fewerThanLast(TableExtract table, Tally rows) {
    Optional<Double> stated = Quality.of(quality.fewerThanLast(), table.name());
    double limit = stated.orElse(Quality.USUAL_FEWER);
    long then = before.read(table.name()).orElse(0L);
    if (rows.read() >= then * (1 - limit)) {
      return false;
    }
    add(
        stated,
        "QUALITY_FEWER_ROWS",
        table,
        "table '"
            + table.name()
            + "' has "
            + readAndReleased(rows)
            + then(CountWords.of(then, "row"))
            + ": fewer by a share of "
            + share(then - rows.read(), then)
            + limit("fewerThanLast", stated, limit),
        "export the table again, or raise fewerThanLast");
    return true;
  }

  /** Fewer consents release fewer rows, so this is never more than a warning. */
  private void fewerReleased(TableExtract table, Tally rows) {
    long then = before.released(table.name()).orElse(0L);
    boolean isNone = rows.released() == 0 && rows.read() > 0;
    if (isNone || rows.released() < then * (1 - Quality.USUAL_FEWER)) {
      add(
          Optional.empty(),
          "QUALITY_FEWER_RELEASED",
          table,
          "table '"
              + table.name()
              + "' has "
              + readAndReleased(rows)
              + (then == 0 ? "" : then(CountWords.of(then, "released row"))),
          "compare consents and cohort: consentry plan shows the flow");
    }
  }

  private void unknownSubjects(TableExtract table, Tally rows) {
    Optional<Double> stated = Quality.of(quality.unknownSubjects(), table.name());
    double limit = stated.orElse(Quality.USUAL_UNKNOWN);
    long unknown = rows.excluded().getOrDefault(Exclusion.UNKNOWN_SUBJECT, 0L);
    boolean isUnusual = stated.isPresent() || unknown >= FEW || unknown == rows.read();
    if (unknown > limit * rows.read() && isUnusual) {
      add(
          stated,
          "QUALITY_UNKNOWN_SUBJECTS",
          table,
          unknown
              + " of "
              + CountWords.of(rows.read(), "row")
              + " of table '"
              + table.name()
              + (unknown == 1 ? "' names" : "' name")
              + " no patient of the subjects table, a share of "
              + share(unknown, rows.read())
              + limit("unknownSubjects", stated, limit),
          "repair the ids, or export both tables at one moment");
    }
  }

  private void column(TableExtract table, Tally rows, String column, long filled) {
    String name = table.name() + "." + column;
    long blanked = rows.blanked().getOrDefault(column, 0L);
    long values = filled + blanked;
    Optional<Double> stated = Quality.of(quality.blanked(), name);
    double limit = stated.orElse(Quality.USUAL_BLANKED);
    boolean isUnusual = stated.isPresent() || blanked >= FEW || blanked == values;
    if (blanked > limit * values && isUnusual) {
      add(
          stated,
          "QUALITY_BLANKED",
          table,
          blanked
              + " of "
              + CountWords.of(values, "value")
              + " of column '"
              + name
              + (blanked == 1 ? "' was" : "' were")
              + " left out, because its operator could not take them, a share of "
              + share(blanked, values)
              + limit("blanked", stated, limit),
          "correct the rule of the column or the values; consentry profile shows what they are");
    } else if (values == 0 && rows.released() > 0) {
      empty(table, rows, column);
    }
  }

  /** A date or number that cannot be read is never usual, however few there are. */
  private void readings(ColumnReadings column) {
    Tally.Readings cells = column.cells();
    Optional<Double> stated = Quality.of(quality.blanked(), column.name());
    if (cells.unreadable() > stated.orElse(0.0) * cells.given()) {
      add(
          stated,
          "QUALITY_UNREADABLE",
          column.table(),
          column.words()
              + (stated.isPresent() && column.isShown()
                  ? ", a share of " + share(cells.unreadable(), cells.given())
                  : "")
              + limit("blanked", stated, stated.orElse(0.0)),
          column.hint());
    }
  }

  private void empty(TableExtract table, Tally rows, String column) {
    Optional<Long> then = before.filled(table.name(), column);
    if (then.equals(Optional.of(0L))) {
      return; // It was empty at the last release too.
    }
    long withheld = rows.withheld().getOrDefault(column, 0L);
    add(
        Optional.empty(),
        "QUALITY_EMPTY_COLUMN",
        table,
        "column '"
            + table.name()
            + "."
            + column
            + "' is empty in all "
            + CountWords.of(rows.released(), "released row")
            + (withheld == 0 ? "" : ", in " + withheld + " of them by consent")
            + then.map(count -> then(CountWords.of(count, "value"))).orElse(""),
        "look at the column in the source; drop it in the mapping if it is no longer used");
  }

  private void add(Optional<?> stated, String code, TableExtract table, String words, String hint) {
    Place place = Place.of(table.source().file());
    if (stated.isPresent()) {
      found.add(Problem.error(code, place, words, hint));
    } else {
      warn(code, place, words, hint);
    }
  }

  private void warn(String code, Place place, String words, String hint) {
    found.add(Problem.warning(code, place, words, hint));
  }

  private static String readAndReleased(Tally rows) {
    return CountWords.of(rows.read(), "row") + ", of which " + rows.released() + " are released";
  }

  private String then(String count) {
    return "; release " + name() + " had " + count;
  }

  private String name() {
    return last.flatMap(entry -> entry.fact(LedgerFact.RELEASE)).orElse("");
  }

  private static String limit(String key, Optional<Double> stated, double limit) {
    return stated.isPresent()
        ? "; quality: {" + key + "} is " + BigDecimal.valueOf(limit).toPlainString()
        : "";
  }

  /** Four digits after the point, rounded up, so that nothing found looks like nothing. */
  private static String share(long part, long all) {
    return BigDecimal.valueOf(part)
        .divide(BigDecimal.valueOf(all), 4, RoundingMode.UP)
        .stripTrailingZeros()
        .toPlainString();
  }
}
