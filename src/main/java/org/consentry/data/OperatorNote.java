package org.consentry.data;

import java.util.Collections;
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
 */
public record OperatorNote(
    String technique,
    String done,
    String survives,
    Map<String, String> parameters,
    Map<String, String> labels) {

  public OperatorNote {
    parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
    labels = Collections.unmodifiableMap(new TreeMap<>(labels));
  }

  /** A note of an operator none of whose values needs a label. */
  public OperatorNote(
      String technique, String done, String survives, Map<String, String> parameters) {
    this(technique, done, survives, parameters, Map.of());
  }
}
