package org.consentry.service;

import io.micrometer.core.instrument.Tags;
import java.util.Map;

/**
 * Values of one metric, all of them gauges.
 *
 * @param name as Prometheus shows it
 * @param help what it is
 * @param values by their labels
 */
record MetricFamily(String name, String help, Map<Tags, Long> values) {

  MetricFamily {
    values = Map.copyOf(values);
  }

  /** A metric with one value and no labels. */
  static MetricFamily of(String name, String help, long value) {
    return new MetricFamily(name, help, Map.of(Tags.empty(), value));
  }
}
