package org.consentry.benchmark;

import java.io.IOException;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The program, and DuckDB with and without a sort, in turn on the same work. Results are compared
 * row by row.
 *
 * @param name its name
 * @param sizes one work, or the same at two sizes, of which slope and fixed part are found
 */
record Race(String name, List<Work> sizes) implements Line {

  /** Which runs belong together. */
  record Key(Work work, Format format, Engine engine) {}

  Race {
    sizes = List.copyOf(sizes);
  }

  @Override
  public List<TableRow> run(Programs programs)
      throws IOException, InterruptedException, SQLException {
    Map<Key, Series> series = new HashMap<>();
    for (Work work : sizes) {
      programs.prepare(work);
      for (int repeat = 0; repeat < programs.settings().repeats(); repeat++) {
        for (Format format : programs.settings().formats()) {
          for (Engine engine : Engine.values()) {
            series
                .computeIfAbsent(new Key(work, format, engine), key -> new Series())
                .add(programs.run(engine, work, format));
          }
          if (repeat == 0) {
            programs.compare(Engine.SORTED, work, format);
            programs.compare(Engine.UNSORTED, work, format);
          }
        }
      }
    }
    return new RaceReport(programs, sizes, series).rows();
  }
}
