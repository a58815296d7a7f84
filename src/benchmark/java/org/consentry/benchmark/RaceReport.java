package org.consentry.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.consentry.benchmark.Line.TableRow;

/** Prints all figures and makes rows of the table. */
final class RaceReport {

  private final Programs programs;
  private final List<Work> sizes;
  private final Map<Race.Key, Series> series;

  RaceReport(Programs programs, List<Work> sizes, Map<Race.Key, Series> series) {
    this.programs = programs;
    this.sizes = List.copyOf(sizes);
    this.series = Map.copyOf(series);
  }

  List<TableRow> rows() {
    for (Format format : programs.settings().formats()) {
      for (Work work : sizes) {
        memory(work, format);
        phases(work, format);
        spread(work, format, "wall s", Series::wall);
        spread(work, format, "CPU s", Series::cpu);
      }
      if (sizes.size() == 2) {
        slope(format, "wall s", Series::wall);
        slope(format, "CPU s", Series::cpu);
      }
    }
    List<TableRow> rows = new ArrayList<>();
    for (Work work : sizes) {
      rows.add(row(work.title(), format -> cell(work, format)));
    }
    if (sizes.size() == 2) {
      rows.add(row("slope, a million rows", this::slopeCell));
      rows.add(
          row("fixed", format -> text("%.2f s", fixed(format, Engine.CONSENTRY, Series::wall))));
    }
    return rows;
  }

  private void memory(Work work, Format format) {
    programs.print(
        "%s, %s, peak anonymous memory MiB: %s",
        work.title(),
        format.word(),
        each(engine -> engine.title() + " " + of(work, format, engine).mebibytes()));
  }

  private void phases(Work work, Format format) {
    Series ours = of(work, format, Engine.CONSENTRY);
    Map<String, Spread> phases = ours.phases();
    if (phases.isEmpty()) {
      return;
    }
    programs.print(
        "%s, %s, phases wall s: %s",
        work.title(),
        format.word(),
        phases.entrySet().stream()
            .map(phase -> text("%s %.2f", phase.getKey(), phase.getValue().median()))
            .collect(Collectors.joining(", ")));
    programs.print(
        "%s, %s, without the phase 'sorting', wall s: consentry %s",
        work.title(), format.word(), ours.withoutSorting());
  }

  private void spread(Work work, Format format, String unit, Function<Series, Spread> measure) {
    double ours = measure.apply(of(work, format, Engine.CONSENTRY)).median();
    programs.print(
        "%s, %s, %s: %s",
        work.title(),
        format.word(),
        unit,
        each(
            engine -> {
              Spread spread = measure.apply(of(work, format, engine));
              return engine.title() + " " + spread + ratio(engine, ours / spread.median());
            }));
  }

  private void slope(Format format, String unit, Function<Series, Spread> measure) {
    double ours = slope(format, Engine.CONSENTRY, measure);
    programs.print(
        "slope, %s, %s a million rows: %s",
        format.word(),
        unit,
        each(
            engine -> {
              double slope = slope(format, engine, measure);
              return text("%s %.3f", engine.title(), slope) + ratio(engine, ours / slope);
            }));
    programs.print(
        "fixed, %s, %s: %s",
        format.word(),
        unit,
        each(engine -> text("%s %.2f", engine.title(), fixed(format, engine, measure))));
  }

  private String ratio(Engine engine, double ratio) {
    return engine == Engine.CONSENTRY ? "" : text(" [ratio %.2f]", ratio);
  }

  private String each(Function<Engine, String> text) {
    return List.of(Engine.values()).stream().map(text).collect(Collectors.joining(", "));
  }

  private String cell(Work work, Format format) {
    Spread ours = of(work, format, Engine.CONSENTRY).wall();
    return text(
        "%s s, %d MiB; %.2f / %.2f",
        ours,
        of(work, format, Engine.CONSENTRY).mebibytes(),
        ours.median() / of(work, format, Engine.SORTED).wall().median(),
        ours.median() / of(work, format, Engine.UNSORTED).wall().median());
  }

  private String slopeCell(Format format) {
    double ours = slope(format, Engine.CONSENTRY, Series::wall);
    return text(
        "%.3f s; %.2f / %.2f",
        ours,
        ours / slope(format, Engine.SORTED, Series::wall),
        ours / slope(format, Engine.UNSORTED, Series::wall));
  }

  private TableRow row(String title, Function<Format, String> cell) {
    Function<Format, String> known =
        format -> programs.settings().formats().contains(format) ? cell.apply(format) : "";
    return new TableRow(title, known.apply(Format.CSV), known.apply(Format.PARQUET));
  }

  private Series of(Work work, Format format, Engine engine) {
    return Objects.requireNonNull(series.get(new Race.Key(work, format, engine)));
  }

  /** By how much the median grows a million rows. */
  private double slope(Format format, Engine engine, Function<Series, Spread> measure) {
    return (median(1, format, engine, measure) - median(0, format, engine, measure))
        / (millions(1) - millions(0));
  }

  /** The median at no rows, by the slope. */
  private double fixed(Format format, Engine engine, Function<Series, Spread> measure) {
    return median(0, format, engine, measure) - slope(format, engine, measure) * millions(0);
  }

  private double median(int size, Format format, Engine engine, Function<Series, Spread> measure) {
    return measure.apply(of(sizes.get(size), format, engine)).median();
  }

  private double millions(int size) {
    return sizes.get(size).rows() / 1e6;
  }

  private String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
