package org.consentry.benchmark;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * The memory of the program while it reads consent lines and decides: all objects in use, those of
 * the runtime and of libraries included, by a histogram of the heap that is made again and again
 * during that phase. The process is slower for it, so its time is not compared.
 *
 * @param name its name
 * @param work whose people are decided
 */
record Deciding(String name, Work work) implements Line {

  @Override
  public List<TableRow> run(Programs programs) throws IOException, InterruptedException {
    programs.prepare(work);
    LiveHeap heap = new LiveHeap(Series.DECIDING, Series.EXTRACTING);
    programs.consentry(work, Format.CSV, heap);
    String title =
        String.format(Locale.ROOT, "%s, memory a patient while deciding", work.people().title());
    String found =
        heap.most() < 0
            ? "not seen, the phase was too short"
            : String.format(
                Locale.ROOT,
                "%.0f bytes (%d MiB in use, %d looks)",
                (double) heap.most() / work.people().count(),
                heap.most() >> 20,
                heap.looks());
    programs.print("%s: %s", title, found);
    return List.of(new TableRow(title, found, ""));
  }
}
