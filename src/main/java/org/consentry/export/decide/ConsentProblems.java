package org.consentry.export.decide;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.consentry.consent.ProblemCounts;
import org.consentry.problem.Problem;

/**
 * What is reported of the consent lines that were read: bad rows, ids that appear twice and lines
 * named that do not exist, by file and line, then how many of each.
 *
 * <p><b>Security promise:</b> no note contains a cell or a patient.
 */
public final class ConsentProblems {

  private static final Map<String, String> WORDS =
      Map.of(
          "BIRTH_DATE_UNREADABLE", " birth dates cannot be read",
          "ADULTS_ONLY_CONTRADICTED", " patients are minors in the source");

  private ConsentProblems() {}

  /** One note a line; the first of each kind one by one, then the counts. */
  public static List<String> of(Decisions decided, String file) {
    List<String> notes = new ArrayList<>();
    Map<String, Long> counts = new TreeMap<>();
    long more = 0;
    for (ProblemCounts part : List.of(decided.reading().reported(), decided.reported())) {
      part.listed().stream().map(Problem::toString).forEach(notes::add);
      part.counts().forEach((code, count) -> counts.merge(code, count, Long::sum));
      more += part.more();
    }
    if (decided.reading().unknownSubjects() > 0) {
      counts.putIfAbsent("UNKNOWN_SUBJECT", decided.reading().unknownSubjects());
    }
    decided.birthDates().listed().stream().map(Problem::toString).forEach(notes::add);
    decided
        .birthDates()
        .counts()
        .forEach((code, count) -> notes.add(code + ": " + count + WORDS.getOrDefault(code, "")));
    String unlisted = more == 0 ? "" : ", " + more + " of them not listed";
    notes.add(file + ": " + decided.reading().lines() + " consent lines read " + counts + unlisted);
    return notes;
  }
}
