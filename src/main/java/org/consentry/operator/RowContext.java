package org.consentry.operator;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.consentry.data.ClinicDates;
import org.consentry.data.FieldType;
import org.consentry.problem.Place;

/**
 * What a row operator may know when it is bound, before any row is read.
 *
 * @param table the table's name
 * @param inputs the sources of every input of the operator, by its name and in the operator's
 *     order; an input the rule leaves out has none
 * @param outputs the columns to release, at least one; no two give the same {@code of}
 * @param dates reads dates and times as the clinic's clock showed them
 * @param referenceDate the date ages and buckets refer to
 * @param place where the rule stands, for problems
 * @param attachments gives the files the rule refers to
 */
public record RowContext(
    String table,
    List<Bound> inputs,
    List<Output> outputs,
    ClinicDates dates,
    LocalDate referenceDate,
    Place place,
    Attachments attachments) {

  public RowContext {
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
   * @param place where the column is declared, for problems
   */
  public record Output(String of, String name, FieldType type, Place place) {}

  /** All sources in the order in which a {@link RowTransformer} gets them. */
  public List<InputSource> reads() {
    return inputs.stream().flatMap(input -> input.sources().stream()).toList();
  }

  /**
   * Where the sources of an input stand among {@link #reads()}.
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
}
