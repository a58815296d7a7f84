package org.consentry.operator;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.consentry.data.FieldType;
import org.consentry.operator.text.DateReader;
import org.consentry.problem.Place;

/**
 * What an operator may know when it is bound to a rule, before any row or key is read.
 *
 * @param mapping what is known of the whole mapping
 * @param table the table's name
 * @param subject the column that names the table's subject
 * @param inputs the sources of every input of the operator, by its name and in the operator's
 *     order; an input the rule leaves out has none
 * @param outputs the columns to release, at least one; no two give the same {@code of}
 * @param place where the rule is, for problems
 */
public record RuleContext(
    MappingContext mapping,
    String table,
    String subject,
    List<Bound> inputs,
    List<Output> outputs,
    Place place) {

  public RuleContext {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /**
   * An input and where it comes from.
   *
   * @param name the operator's name for it
   * @param sources what the mapping names, in its order
   */
  public record Bound(String name, List<InputSource> sources) {
    public Bound {
      sources = List.copyOf(sources);
    }
  }

  /**
   * A column to release.
   *
   * @param of which of the operator's outputs
   * @param name the released name
   * @param type the declared type
   * @param place where the type is declared, for problems
   */
  public record Output(String of, String name, FieldType type, Place place) {}

  /** All sources in the order in which a {@link Transformer} gets them. */
  public List<InputSource> reads() {
    return inputs.stream().flatMap(input -> input.sources().stream()).toList();
  }

  /**
   * Positions of the sources of an input among {@link #reads()}.
   *
   * @param input one of the operator's inputs
   */
  public List<Integer> positions(String input) {
    int at = 0;
    for (Bound bound : inputs) {
      if (bound.name().equals(input)) {
        List<Integer> positions = new ArrayList<>();
        for (int i = 0; i < bound.sources().size(); i++) {
          positions.add(at + i);
        }
        return List.copyOf(positions);
      }
      at += bound.sources().size();
    }
    throw new IllegalArgumentException("the operator has no input " + input);
  }

  /** The inputs as parameters of a note: the operator's names and the mapping's words. */
  public Map<String, String> words() {
    Map<String, String> words = new TreeMap<>();
    for (Bound input : inputs) {
      if (!input.sources().isEmpty()) {
        words.put(
            input.name(),
            String.join(", ", input.sources().stream().map(InputSource::word).toList()));
      }
    }
    return words;
  }

  /** The source column of an operator of one column. */
  String column() {
    return reads().get(0).word();
  }

  /** The declared type of an operator of one column. */
  FieldType type() {
    return outputs.get(0).type();
  }

  /** Whether the column names the table's subject. */
  boolean isSubjectKey() {
    return column().equals(subject);
  }

  /** The date ages and buckets refer to. */
  LocalDate referenceDate() {
    return mapping.referenceDate();
  }

  /** Reads the dates of the source column of an operator of one column. */
  DateReader reader() {
    return reader(0);
  }

  /**
   * Reads the dates of an input.
   *
   * @param position among {@link #reads()}
   */
  DateReader reader(int position) {
    return new DateReader(
        mapping.dates(), mapping.written().pattern(table, reads().get(position).word()));
  }
}
