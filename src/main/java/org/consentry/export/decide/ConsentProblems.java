package org.consentry.export.decide;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.consentry.consent.ProblemCounts;
import org.consentry.problem.CountWords;
import org.consentry.problem.Problem;

/**
 * What is reported of the consent lines that were read: bad rows, ids that appear twice and lines
 * named that do not exist, by file and line, then how many of each.
 *
 * <p><b>Security promise:</b> no note contains a cell or a patient.
 */
public record ConsentProblems(List<Problem> problems, List<String> notes) {

  /** What one of a kind is, and several. */
  private static final Map<String, List<String>> WORDS =
      Map.of(
          "BIRTH_DATE_UNREADABLE",
          List.of("birth date cannot be read", "birth dates cannot be read"),
          "DEATH_DATE_UNREADABLE",
          List.of("death date cannot be read", "death dates cannot be read"),
          "ADULTS_ONLY_CONTRADICTED",
          List.of("patient is a minor in the source", "patients are minors in the source"));

  public ConsentProblems {
    problems = List.copyOf(problems);
    notes = List.copyOf(notes);
  }

  /** The first problems of each kind one by one, then the counts. */
  public static ConsentProblems of(Decisions decided, String file) {
    List<Problem> problems = new ArrayList<>();
    Map<String, Long> counts = new TreeMap<>();
    long more = 0;
    for (ProblemCounts part : List.of(decided.reading().reported(), decided.reported())) {
      problems.addAll(part.listed());
      part.counts().forEach((code, count) -> counts.merge(code, count, Long::sum));
      more += part.more();
    }
    if (decided.reading().unknownSubjects() > 0) {
      counts.putIfAbsent("UNKNOWN_SUBJECT", decided.reading().unknownSubjects());
    }
    problems.addAll(decided.birthDates().listed());
    List<String> notes = new ArrayList<>();
    decided
        .birthDates()
        .counts()
        .forEach((code, count) -> notes.add(code + ": " + words(code, count)));
    String lines = file + ": " + CountWords.of(decided.reading().lines(), "consent line") + " read";
    String unlisted = more == 0 ? "" : ", " + CountWords.of(more) + " of them not listed";
    notes.add(counts.isEmpty() ? lines : lines + "; " + CountWords.of(counts) + unlisted);
    return new ConsentProblems(problems, notes);
  }

  private static String words(String code, long count) {
    List<String> words = WORDS.get(code);
    return words == null ? CountWords.of(count) : CountWords.of(count, words.get(0), words.get(1));
  }
}
