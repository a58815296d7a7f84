package org.consentry.operator;

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
 */
public record OperatorNote(
    String technique, String done, String survives, Map<String, String> parameters) {

  public OperatorNote {
    parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
  }
}
