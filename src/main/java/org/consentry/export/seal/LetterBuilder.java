package org.consentry.export.seal;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.consentry.config.JobKind;
import org.consentry.consent.RecordConsent.When;
import org.consentry.data.RecordCategory;
import org.consentry.export.decide.AskedRecords;
import org.consentry.export.decide.Decisions;
import org.consentry.export.select.CountedSubjects;
import org.consentry.plan.ExportPlan;
import org.consentry.plan.Handover;
import org.consentry.plan.PeopleAsked.Ask;
import org.consentry.plan.TableExtract;
import org.consentry.release.AnswerLetter;
import org.consentry.release.AnswerLetter.Answer;

/**
 * Answers the lines of an insurer's request. Where consent covers only a part of what a line asks
 * for and nothing of it is released, the answer is that of no consent.
 */
final class LetterBuilder {

  private final ExportPlan plan;
  private final Decisions decided;
  private final Map<String, TableSubjects> released;

  private LetterBuilder(ExportPlan plan, Decisions decided, Map<String, TableSubjects> released) {
    this.plan = plan;
    this.decided = decided;
    this.released = released;
  }

  /**
   * The letter; empty for a job that answers no lines.
   *
   * @param released whose records of each table are released, by table
   */
  static Optional<AnswerLetter> of(
      ExportPlan plan, Decisions decided, Map<String, TableSubjects> released) {
    if (plan.job().kind() != JobKind.INSURER_RESPONSE) {
      return Optional.empty();
    }
    return decided.asked().map(asked -> new LetterBuilder(plan, decided, released).letter(asked));
  }

  private AnswerLetter letter(AskedRecords asked) {
    List<Ask> asks = plan.decide().people().orElseThrow().asks();
    List<AnswerLetter.Line> lines = new ArrayList<>();
    for (int line = 0; line < asks.size(); line++) {
      lines.add(
          new AnswerLetter.Line(
              asks.get(line).line(), answer(line, asks.get(line), asked.subjects().get(line))));
    }
    return new AnswerLetter(
        "Answer to request " + plan.job().study().id(),
        List.of(
            "To "
                + plan.job().recipient().name()
                + plan.job().recipient().address().map(where -> ", " + where).orElse("")
                + ". Request received on "
                + plan.form().statement().getOrDefault("receivedOn", "")
                + ".",
            "Each line of the request is answered by its number in the file that you sent; the line"
                + " of the headings is line 1. Records that are enclosed are in the folder data.",
            "\""
                + Answer.NO_CONSENT.words()
                + "\" is answered for everyone of whom nothing may be disclosed to you, and does not"
                + " mean that the person is or was a patient."),
        lines,
        Handover.key(plan.job().recipient()));
  }

  private Answer answer(int line, Ask ask, int subject) {
    if (subject < 0 || decided.index().exclusions()[subject] != 0) {
      return Answer.NO_CONSENT;
    }
    if (plan.tables().stream().anyMatch(table -> isEnclosed(table, line, ask))) {
      return Answer.ENCLOSED;
    }
    return coversAll(ask, subject) ? Answer.NO_RECORDS : Answer.NO_CONSENT;
  }

  /** Whether a record that the line itself asks for is enclosed, beside the person's own row. */
  private boolean isEnclosed(TableExtract table, int line, Ask ask) {
    boolean isMore = !table.isSubjects() || ask.categories() == table.category().bit();
    return isMore
        && Optional.ofNullable(released.get(table.name()))
            .orElseThrow()
            .people()
            .of(CountedSubjects.LINES)
            .get(line);
  }

  /**
   * Whether consent grants every record that the line asks for, and all of them were looked at:
   * those of a category that the mapping does not have were not. A line that asks for everything is
   * about the categories of the mapping.
   */
  private boolean coversAll(Ask ask, int subject) {
    When when = new When();
    when.reset(false);
    when.add(ask.from());
    when.add(ask.to());
    Set<RecordCategory> mapped = categories();
    Set<RecordCategory> asked = EnumSet.allOf(RecordCategory.class);
    asked.removeIf(category -> (ask.categories() & category.bit()) == 0);
    Set<RecordCategory> judged = ask.isForEverything() ? mapped : asked;
    return mapped.containsAll(judged)
        && judged.stream()
            .allMatch(category -> decided.decisions().record(subject, category, when) == 0);
  }

  private Set<RecordCategory> categories() {
    Set<RecordCategory> all = EnumSet.noneOf(RecordCategory.class);
    for (TableExtract table : plan.tables()) {
      all.add(table.category());
      table.ownCategories().values().forEach(all::addAll);
    }
    return all;
  }
}
