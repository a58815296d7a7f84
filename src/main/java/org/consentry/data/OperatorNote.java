package org.consentry.data;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an operator does, in words for the recipient, without keys and without source values.
 *
 * @param technique the ISO/IEC 20889 name of the technique
 * @param done what was done, one plain sentence
 * @param survives what survives: order, intervals, season, joinability, ...; one plain sentence
 * @param parameters settings as text, sorted by name; keys only by fingerprint or name
 * @param labels what single values mean, such as 90 for 90 or older, sorted by value
 * @param values every value that can be released, by the mapping alone and never by the data, in
 *     its order or sorted; empty when they cannot be listed
 */
public record OperatorNote(
    String technique,
    String done,
    String survives,
    Map<String, String> parameters,
    Map<String, String> labels,
    List<String> values) {

  public OperatorNote {
    values = List.copyOf(values);
    parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
    labels = Collections.unmodifiableMap(new TreeMap<>(labels));
  }

  /** A note of an operator whose values cannot be listed. */
  public OperatorNote(
      String technique,
      String done,
      String survives,
      Map<String, String> parameters,
      Map<String, String> labels) {
    this(technique, done, survives, parameters, labels, List.of());
  }

  /** A note of an operator none of whose values needs a label. */
  public OperatorNote(
      String technique, String done, String survives, Map<String, String> parameters) {
    this(technique, done, survives, parameters, Map.of());
  }

  /** The same note of an operator that releases these values and no other. */
  public OperatorNote withValues(List<String> all) {
    return new OperatorNote(technique, done, survives, parameters, labels, all);
  }
}
