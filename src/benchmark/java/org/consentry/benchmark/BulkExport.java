package org.consentry.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.consentry.benchmark.Origin.Records;
import org.consentry.benchmark.People.Consents;

/**
 * A whole run on a FHIR bulk export of patients, encounters, conditions and procedures with a view
 * each: how many megabytes of resources a second it reads, by the clock and by processor time, and
 * its memory. DuckDB has no part in it.
 *
 * @param name its name
 * @param resources what is read
 */
record BulkExport(String name, Resources resources) implements Line {

  @Override
  public List<TableRow> run(Programs programs) throws IOException, InterruptedException {
    People people = new People(resources.patients(), Consents.FEW);
    Path folder = programs.settings().folder().resolve("fhir-" + resources.others());
    double megabytes = programs.prepare(folder, people.count(), this::write) / 1e6;
    programs.print("%s, %.0f MB", resources.title(), megabytes);
    Records records =
        new Records(
            "{type: fhir, path: " + folder + ", views: " + folder + "}", Records.lines(folder));
    String mapping = Template.file("fhir.yaml", Map.of());
    List<String> cells = new ArrayList<>();
    for (Format format : Format.values()) {
      Series series = new Series();
      boolean isMeasured = programs.settings().formats().contains(format);
      for (int i = 0; isMeasured && i < programs.settings().repeats(); i++) {
        Path job = programs.job(mapping, records, Resources.tables(), format, "");
        series.add(programs.consentry(job, "job.yaml", "", format.word(), Starter.Watch.NOTHING));
      }
      cells.add(isMeasured ? cell(series, megabytes) : "");
      programs.print("%s, %s: %s", resources.title(), format.word(), cells.get(cells.size() - 1));
    }
    return List.of(new TableRow(resources.title() + ", from FHIR", cells.get(0), cells.get(1)));
  }

  private void write(Path folder) throws IOException {
    new People(resources.patients(), Consents.FEW).write(folder);
    resources.write(folder);
  }

  private static String cell(Series series, double megabytes) {
    return String.format(
        Locale.ROOT,
        "%s s, %.0f MB a second, %.0f while extracting, %.0f a CPU second, %d MiB",
        series.wall(),
        megabytes / series.wall().median(),
        megabytes / series.phases().getOrDefault(Series.EXTRACTING, series.wall()).median(),
        megabytes / series.cpu().median(),
        series.mebibytes());
  }
}
