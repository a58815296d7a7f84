package org.consentry.connector.fhir;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.consentry.connector.BatchReader;
import org.consentry.connector.Origin;
import org.consentry.connector.SourceTable;
import org.consentry.connector.Split;
import org.consentry.connector.UnreadElements;
import org.jspecify.annotations.Nullable;

/** A view of the resources of one type. */
final class FhirTable implements SourceTable {

  /** Bytes of the longest resource that is read. */
  static final int LONGEST = 64 << 20;

  private final String name;
  private final View view;
  private final String definition;
  private final ResourceFiles files;
  private final long splitBytes;

  /**
   * A table.
   *
   * @param definition digest of the file of the view
   */
  FhirTable(String name, View view, String definition, ResourceFiles files, long splitBytes) {
    this.name = name;
    this.view = view;
    this.definition = definition;
    this.files = files;
    this.splitBytes = splitBytes;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String file() {
    return files.shown();
  }

  @Override
  public Optional<String> definition() {
    return Optional.of(definition);
  }

  @Override
  public List<String> columns() {
    return view.columns().stream().map(View.Column::name).toList();
  }

  @Override
  public long size() {
    return files.size();
  }

  @Override
  public List<Split> splits() {
    return files.splits(name, splitBytes);
  }

  @Override
  public BatchReader open(Split split, List<Integer> columns) {
    ResourceFile file = files.of(split);
    return rows(new LineReader(file, split, LONGEST, true), file, columns);
  }

  @Override
  public BatchReader first(List<Integer> columns) {
    ResourceFile file = files.first();
    Split all = Split.ofBytes(name, 0, 0, file.size(), 1, 0);
    return rows(new LineReader(file, all, LONGEST, false), file, columns);
  }

  private BatchReader rows(LineReader lines, ResourceFile file, List<Integer> columns) {
    Set<Integer> wanted = new HashSet<>(columns);
    return new ResourceRows(
        lines, file.problems(), new ViewMaker(view.only(wanted::contains)), columns, LONGEST);
  }

  @Override
  public Optional<Origin> personal(String column) {
    int at = columns().indexOf(column);
    return at < 0
        ? Optional.empty()
        : view.onlyCells(position -> position == at).shape().personal();
  }

  @Override
  public Optional<UnreadElements> unread() {
    UnreadScan scan = new UnreadScan(view.shape());
    ResourceReader reader = new ResourceReader(Shape.whole(), LONGEST);
    for (Split split : splits()) {
      ResourceFile file = files.of(split);
      try (LineReader lines = new LineReader(file, split, LONGEST, true)) {
        while (lines.next()) {
          scan.add(resource(reader, lines, file.problems()));
        }
      }
    }
    return Optional.of(new UnreadElements(view.resource(), scan.counts()));
  }

  private static Item.Complex resource(
      ResourceReader reader, LineReader lines, FhirProblems problems) {
    try {
      return reader.read(lines.buffer(), lines.from(), lines.to());
    } catch (Failure failure) {
      throw problems.resource(lines.number(), failure);
    }
  }

  /** Makes rows as a view defines them. */
  private record ViewMaker(View view) implements ResourceRows.Maker {

    @Override
    public String resource() {
      return view.resource();
    }

    @Override
    public Shape shape() {
      return view.shape();
    }

    @Override
    public String column(int position) {
      return view.columns().get(position).name();
    }

    @Override
    public List<@Nullable Item[]> rows(Item.Complex resource, byte[] bytes, int from, int to)
        throws Failure {
      return view.rows(resource);
    }
  }
}
