package org.consentry.operator.rules;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.consentry.config.WithPlace;
import org.consentry.data.EnumWord;
import org.consentry.operator.Answer;
import org.consentry.operator.ServiceInput;
import org.consentry.operator.ServiceLabel;
import org.consentry.operator.ServicePath;

/**
 * A rule set, compiled: gives every procedure line one label, from the row alone. The same row gets
 * the same label in any table, batch, thread or run. Nothing in a row makes it fail: what cannot be
 * read is unknown. Immutable; safe for any number of threads, each with a {@link Row} of its own.
 */
public final class Classifier {

  private static final int LONGEST_WORD = 128;

  private final String id;
  private final int version;
  private final CodeSets procedures;
  private final CodeSets diagnoses;
  private final Map<String, Functional> functional = new HashMap<>();
  private final Map<String, Integer> languages = new HashMap<>();
  private final List<String> languageWords;
  private final DecisionTable table;

  /** Compiles a rule set that was found to be without fault. */
  public Classifier(RuleSet rules) {
    this.id = rules.id();
    this.version = rules.version();
    this.procedures = CodeSets.procedures(rules.sets());
    this.diagnoses = CodeSets.diagnoses(rules.sets());
    rules.functional().yes().forEach(word -> functional.put(word, Functional.YES));
    rules.functional().no().forEach(word -> functional.put(word, Functional.NO));
    this.languageWords = rules.languages().stream().map(WithPlace::value).toList();
    for (WithPlace<String> language : rules.languages()) {
      languages.put(language.value().toLowerCase(Locale.ROOT), languages.size());
    }
    this.table = new DecisionTable(rules, procedures, diagnoses);
  }

  /** Name of the rule set. */
  public String id() {
    return id;
  }

  /** Version of the rule set. */
  public int version() {
    return version;
  }

  /** Every label that {@link Row#decide} may give a number of; never empty, always the same. */
  public List<ServiceLabel> labels() {
    return table.labels();
  }

  /** Gives a row its label. */
  public ServiceLabel classify(ServiceInput input) {
    return labels().get(fill(input).decide());
  }

  /** Gives a row its label and lists every test on the way. */
  public ServicePath explain(ServiceInput input) {
    Row row = fill(input);
    return new ServicePath(labels().get(row.decide()), inputs(row.facts), steps(row.facts));
  }

  private List<ServicePath.Step> steps(Facts facts) {
    List<ServicePath.Step> steps = new ArrayList<>();
    for (DecisionTable.Compiled compiled : table.rules()) {
      Answer answer = compiled.applies(facts);
      steps.add(
          new ServicePath.Step(
              compiled.rule().id().value(),
              compiled.rule().basis().value(),
              compiled.rule().serviceClass(),
              answer,
              compiled.alternatives().stream().map(checks -> asked(checks, facts)).toList()));
      if (answer == Answer.YES) {
        break;
      }
    }
    return steps;
  }

  private static List<ServicePath.Asked> asked(List<Check> checks, Facts facts) {
    return checks.stream()
        .map(check -> new ServicePath.Asked(check.words(), check.ask().apply(facts)))
        .toList();
  }

  private List<ServicePath.Input> inputs(Facts facts) {
    String state = facts.state < 0 ? "unknown" : UsStates.codes().get(facts.state);
    String language = facts.language < 0 ? "unknown" : languageWords.get(facts.language);
    return List.of(
        new ServicePath.Input(
            "procedure", EnumWord.of(facts.procedure) + procedures.words(facts.procedureBits)),
        new ServicePath.Input(
            "diagnoses", EnumWord.of(facts.diagnoses) + diagnoses.words(facts.diagnosisBits)),
        new ServicePath.Input("functional impairment", EnumWord.of(facts.functional)),
        new ServicePath.Input("state", state),
        new ServicePath.Input("benefits language", language));
  }

  /** One input of a row. */
  private interface Cell {
    void read(byte[] buffer, int from, int to);
  }

  private Row fill(ServiceInput input) {
    Row row = new Row();
    input.procedure().ifPresent(text -> fill(text, row::procedure));
    input.diagnoses().forEach(text -> fill(text, row::diagnosis));
    input.functional().ifPresent(text -> fill(text, row::functional));
    input.state().ifPresent(text -> fill(text, row::state));
    input.benefits().ifPresent(text -> fill(text, row::benefits));
    return row;
  }

  private static void fill(String text, Cell cell) {
    byte[] bytes = text.getBytes(UTF_8);
    cell.read(bytes, 0, bytes.length);
  }

  /** A row to fill cell by cell. */
  public Row row() {
    return new Row();
  }

  /**
   * One row at a time, filled from UTF-8 bytes. What is not filled is missing. Used by one thread.
   */
  public final class Row {

    private final Facts facts = new Facts();

    private Row() {}

    /** The procedure code. */
    public void procedure(byte[] buffer, int from, int to) {
      long code = CodeKey.procedure(buffer, from, to);
      facts.procedureBits = 0;
      if (code < 0) {
        facts.procedure =
            code == CodeKey.NONE ? Facts.Procedure.MISSING : Facts.Procedure.UNREADABLE;
        return;
      }
      long bits = procedures.bits(code);
      if (procedures.isRetired(bits)) {
        facts.procedure = Facts.Procedure.RETIRED;
        return;
      }
      facts.procedure = bits == 0 ? Facts.Procedure.UNKNOWN : Facts.Procedure.KNOWN;
      facts.procedureBits = bits;
    }

    /** One more diagnosis code. */
    public void diagnosis(byte[] buffer, int from, int to) {
      long code = CodeKey.diagnosis(buffer, from, to);
      if (code == CodeKey.NONE) {
        return;
      }
      if (code == CodeKey.UNREADABLE) {
        facts.diagnoses =
            facts.diagnoses == Facts.Diagnoses.MISSING
                    || facts.diagnoses == Facts.Diagnoses.UNREADABLE
                ? Facts.Diagnoses.UNREADABLE
                : Facts.Diagnoses.PARTLY;
        return;
      }
      facts.diagnosisBits |= diagnoses.bits(code);
      facts.diagnoses =
          facts.diagnoses == Facts.Diagnoses.MISSING || facts.diagnoses == Facts.Diagnoses.KNOWN
              ? Facts.Diagnoses.KNOWN
              : Facts.Diagnoses.PARTLY;
    }

    /** Further diagnosis codes in one cell, with one ASCII character between them. */
    public void diagnoses(byte[] buffer, int from, int to, byte separator) {
      int start = from;
      for (int i = from; i <= to; i++) {
        if (i == to || buffer[i] == separator) {
          diagnosis(buffer, start, i);
          start = i + 1;
        }
      }
    }

    /** The word for a functional impairment. */
    public void functional(byte[] buffer, int from, int to) {
      facts.functional =
          word(buffer, from, to)
              .map(word -> functional.getOrDefault(word, Functional.UNKNOWN))
              .orElse(Functional.UNKNOWN);
    }

    /** The state whose rules the plan follows. */
    public void state(byte[] buffer, int from, int to) {
      facts.state = UsStates.number(buffer, from, to);
    }

    /** The word for the plan's benefits language. */
    public void benefits(byte[] buffer, int from, int to) {
      facts.language =
          word(buffer, from, to)
              .map(word -> languages.getOrDefault(word, Facts.UNKNOWN))
              .orElse(Facts.UNKNOWN);
    }

    /** The number of the row's label in {@link Classifier#labels()}. */
    public int decide() {
      return table.decide(facts);
    }
  }

  /** The word of a cell; none when the cell is too long for one, whatever it begins with. */
  private static Optional<String> word(byte[] buffer, int from, int to) {
    return to - from > LONGEST_WORD
        ? Optional.empty()
        : Optional.of(new String(buffer, from, to - from, UTF_8).strip().toLowerCase(Locale.ROOT));
  }
}
