package org.consentry.config.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.consentry.config.SafeWord;
import org.consentry.problem.Place;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/**
 * What is wrong with a value that was written without quotes where YAML needs them: inside braces
 * and brackets a comma ends it, {@code ": "} makes a key of it and {@code " #"} a comment.
 */
final class FlowForm {

  private static final String QUOTE = "quote the value: \"...\"";

  /**
   * What was found.
   *
   * @param line from 1
   * @param column from 1
   */
  record Finding(long line, long column, String message, String hint) {

    Place place(String file) {
      return new Place(file, line, column);
    }
  }

  private final List<String> lines;
  private final List<Finding> cut = new ArrayList<>();
  private Optional<Mark> key = Optional.empty();
  private Optional<Mark> value = Optional.empty();
  private boolean isOpen;

  /** For one mapping in braces. */
  FlowForm(List<String> lines) {
    this.lines = lines;
  }

  /**
   * Takes the next entry; true when it is the rest of the value before, behind a comma: {@code 2)}
   * of {@code {type: decimal(10,2)}} is a key without a value.
   */
  boolean isCutByComma(Event keyEvent, Event valueEvent) {
    if (isBare(keyEvent, valueEvent)) {
      if (value.isPresent()) {
        add(keyEvent);
        return true;
      }
      if (keyEvent instanceof ScalarEvent scalar && scalar.getValue().contains(":")) {
        Mark at = keyEvent.getStartMark().orElseThrow();
        cut.add(
            new Finding(
                at.getLine() + 1L,
                at.getColumn() + 1L,
                "found " + SafeWord.word(scalar.getValue()) + " without a value in {...}",
                "write a blank after the colon"));
        return true;
      }
      return false;
    }
    isOpen = false;
    boolean isPlain = valueEvent instanceof ScalarEvent scalar && scalar.isPlain();
    key = keyEvent.getStartMark();
    value = isPlain ? valueEvent.getStartMark() : Optional.empty();
    return false;
  }

  /** Every value that a comma cut. */
  List<Finding> cut() {
    return cut;
  }

  private static boolean isBare(Event key, Event value) {
    return key instanceof ScalarEvent word
        && word.isPlain()
        && value instanceof ScalarEvent nothing
        && nothing.isPlain()
        && nothing.getValue().isEmpty()
        && index(word.getEndMark()) == index(nothing.getEndMark());
  }

  private static int index(Optional<Mark> mark) {
    return mark.orElseThrow().getIndex();
  }

  private void add(Event last) {
    Mark start = value.orElseThrow();
    String whole = text(start, last.getEndMark().orElseThrow());
    Finding finding =
        new Finding(
            start.getLine() + 1L,
            start.getColumn() + 1L,
            "found "
                + SafeWord.word(whole)
                + " in {...}, where a comma ends the value of "
                + SafeWord.word(text(key.orElseThrow(), start).replaceFirst("\\s*:\\s*$", "")),
            quote(whole));
    if (isOpen) {
      cut.set(cut.size() - 1, finding);
    } else {
      cut.add(finding);
    }
    isOpen = true;
  }

  private static String quote(String whole) {
    boolean isShown = SafeWord.word(whole).equals("'" + whole + "'");
    return isShown ? "quote it: \"" + whole + "\"" : QUOTE;
  }

  /** The source between two marks of one line. */
  private String text(Mark from, Mark to) {
    String line = lines.get(from.getLine());
    int start = line.offsetByCodePoints(0, from.getColumn());
    int end =
        to.getLine() == from.getLine() ? line.offsetByCodePoints(0, to.getColumn()) : line.length();
    return line.substring(start, end);
  }

  /** What broke the syntax, where a value without quotes did. */
  static Optional<Finding> broken(List<String> lines, MarkedYamlEngineException syntax) {
    Optional<Mark> problem = syntax.getProblemMark();
    String words = String.valueOf(syntax.getProblem());
    if (problem.isEmpty()) {
      return Optional.empty();
    }
    Mark at = problem.get();
    if (words.startsWith("found character")) {
      return Optional.of(finding(at, "a value begins with a character that YAML keeps for itself"));
    }
    if (words.startsWith("mapping values are not allowed") && isBehindValue(lines, at)) {
      return Optional.of(finding(at, "found ': ' inside a value, which makes a key of it"));
    }
    Optional<Mark> start = syntax.getContextMark();
    boolean isFlow = words.startsWith("expected ',' or ");
    return isFlow && start.isPresent()
        ? inFlow(lines, start.get(), at, words.substring(words.lastIndexOf(' ') + 1))
        : Optional.empty();
  }

  private static Optional<Finding> inFlow(List<String> lines, Mark start, Mark at, String found) {
    int comment = comment(lines.get(start.getLine()), start.getColumn());
    if (at.getLine() > start.getLine() && comment >= 0) {
      return Optional.of(
          new Finding(
              start.getLine() + 1L,
              comment + 1L,
              "found ' #' in {...} or [...], which hides the rest of the line as a comment",
              QUOTE));
    }
    if (at.getLine() > start.getLine()) {
      return Optional.empty();
    }
    return switch (found) {
      case ":" -> Optional.of(finding(at, "found ': ' in a value in {...} or [...]"));
      case "[", "{" ->
          Optional.of(finding(at, "found '" + found + "' in a value in {...} or [...]"));
      case "<scalar>" -> Optional.of(finding(at, "found more text after a closing quote"));
      default -> Optional.empty();
    };
  }

  private static Finding finding(Mark at, String message) {
    return new Finding(at.getLine() + 1L, at.getColumn() + 1L, message, QUOTE);
  }

  /** Whether the line has a key with a value before the colon: {@code why: a: b}. */
  private static boolean isBehindValue(List<String> lines, Mark at) {
    String line = lines.get(at.getLine());
    return line.substring(0, line.offsetByCodePoints(0, at.getColumn())).contains(": ");
  }

  /** Where a comment begins outside of quotes, from 0 in code points; -1 when there is none. */
  private static int comment(String line, int from) {
    int[] characters = line.codePoints().toArray();
    int quote = 0;
    for (int i = Math.max(1, from); i < characters.length; i++) {
      int c = characters[i];
      boolean begins = characters[i - 1] == ' ' || "{[,:".indexOf(characters[i - 1]) >= 0;
      if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if ((c == '"' || c == '\'') && begins) {
        quote = c;
      } else if (c == '#' && characters[i - 1] == ' ') {
        return i;
      }
    }
    return -1;
  }
}
