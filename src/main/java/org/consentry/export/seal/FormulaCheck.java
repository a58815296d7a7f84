package org.consentry.export.seal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consentry.config.JobOutput;
import org.consentry.config.WithPlace;
import org.consentry.problem.Category;
import org.consentry.problem.CountWords;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;

/** Refuses a release with texts that a spreadsheet runs as formulas, where the job asks for it. */
final class FormulaCheck {

  private FormulaCheck() {}

  /**
   * Checks the counts of a run before anything is sealed.
   *
   * @throws ProblemException of {@code DISCLOSURE_CHECK} with one problem a column
   */
  static void check(JobOutput output, Map<String, TableOutcome> outcomes) {
    Optional<Place> stop =
        output
            .csv()
            .map(JobOutput.Csv::formulas)
            .filter(word -> word.value() == JobOutput.Formulas.STOP)
            .map(WithPlace::place);
    if (stop.isEmpty()) {
      return;
    }
    List<Problem> problems = new ArrayList<>();
    outcomes.forEach(
        (table, outcome) ->
            outcome
                .tally()
                .formulas()
                .forEach((column, cells) -> problems.add(found(stop.get(), table, column, cells))));
    if (!problems.isEmpty()) {
      throw new ProblemException(Category.DISCLOSURE_CHECK, problems);
    }
  }

  private static Problem found(Place place, String table, String column, long cells) {
    return Problem.error(
        "FORMULA_CELLS",
        place,
        CountWords.of(cells, "cell")
            + " of the released column '"
            + column
            + "' of table '"
            + table
            + "' would run as a formula in a spreadsheet: the text begins with =, +, -, @, a tab or"
            + " a line break",
        "recode or drop the column, repair the source, or write formulas: report or escape");
  }
}
