package org.consentry.service;

import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.consentry.ledger.StateFolder;
import org.jspecify.annotations.Nullable;

/**
 * What a state folder is like, and the process of a service, in the text format of Prometheus: the
 * one registry of all metrics. Nothing of Micrometer is loaded before the first text is asked for.
 *
 * <p>Thread-safe. What the numbers may show is the promise of {@link StateMetrics}; those of the
 * process are of memory, threads, files and time.
 */
public final class Metrics implements AutoCloseable {

  /** The format of all texts. */
  static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final StateReader reader;
  private final OptionalInt exitCode;
  private @Nullable Meters meters;

  /** Metrics of a service, which has no exit code. */
  Metrics(StateReader reader) {
    this(reader, OptionalInt.empty());
  }

  private Metrics(StateReader reader, OptionalInt exitCode) {
    this.reader = reader;
    this.exitCode = exitCode;
  }

  /**
   * The metrics of a state folder, without those of the process.
   *
   * @param exitCode of the command that writes them; empty for none
   */
  public static String text(StateFolder state, Instant now, OptionalInt exitCode) {
    try (Metrics metrics = new Metrics(new StateReader(state, () -> now), exitCode)) {
      return metrics.ofState();
    }
  }

  /** The metrics of the state folder. */
  synchronized String ofState() {
    Set<String> names = update();
    return meters().registry.scrape(CONTENT_TYPE, names);
  }

  /** The metrics of the state folder and of this process. */
  synchronized String all() {
    update();
    meters().bindProcess();
    return meters().registry.scrape(CONTENT_TYPE);
  }

  /** Brings the gauges of the state folder in line with it; returns their names. */
  private Set<String> update() {
    List<MetricFamily> families = new ArrayList<>();
    exitCode.ifPresent(
        code ->
            families.add(
                MetricFamily.of(
                    "consentry_last_exit_code", "Exit code of the command that wrote this", code)));
    families.add(
        MetricFamily.of(
            "consentry_written_timestamp_seconds",
            "When this was written",
            reader.now().getEpochSecond()));
    families.addAll(StateMetrics.of(reader));
    meters().set(families);
    return Set.copyOf(meters().gauges.keySet());
  }

  private Meters meters() {
    if (meters == null) {
      meters = new Meters();
    }
    return meters;
  }

  @Override
  public synchronized void close() {
    if (meters != null) {
      meters.close();
      meters = null;
    }
  }

  /** A registry, the gauges of the state folder in it, and what measures the process. */
  private static final class Meters {

    private final PrometheusMeterRegistry registry =
        new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Map<String, MultiGauge> gauges = new HashMap<>();
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private boolean hasProcess;

    /** Sets the values of all gauges; one that is not among them has none. */
    void set(List<MetricFamily> families) {
      Map<String, List<MultiGauge.Row<?>>> rows = new HashMap<>();
      gauges.keySet().forEach(name -> rows.put(name, List.of()));
      for (MetricFamily family : families) {
        gauges.computeIfAbsent(family.name(), name -> gauge(family));
        rows.put(family.name(), rows(family));
      }
      gauges.forEach((name, gauge) -> gauge.register(rows.getOrDefault(name, List.of()), true));
    }

    private MultiGauge gauge(MetricFamily family) {
      return MultiGauge.builder(family.name()).description(family.help()).register(registry);
    }

    private static List<MultiGauge.Row<?>> rows(MetricFamily family) {
      List<MultiGauge.Row<?>> rows = new ArrayList<>();
      family.values().forEach((labels, value) -> rows.add(MultiGauge.Row.of(labels, value)));
      return rows;
    }

    void bindProcess() {
      if (!hasProcess) {
        hasProcess = true;
        new JvmMemoryMetrics().bindTo(registry);
        collections.bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
      }
    }

    void close() {
      collections.close();
      registry.close();
    }
  }
}
