package org.consentry.connector.fhir;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.consentry.connector.BatchReader;
import org.consentry.connector.Origin;
import org.consentry.connector.SharedRecords;
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
  public Optional<SharedRecords> records() {
    return Optional.of(new Resources(files));
  }

  @Override
  public BatchReader open(Split split, List<Integer> columns) {
    return new Resources(files).open(split, List.of(new SharedRecords.Wanted(this, columns)));
  }

  @Override
  public BatchReader first(List<Integer> columns) {
    ResourceFile file = files.first();
    Split all = Split.ofBytes(name, 0, 0, file.size(), 1, 0);
    return rows(
        new LineReader(file, all, LONGEST, false),
        file,
        List.of(new SharedRecords.Wanted(this, columns)));
  }

  /** The resources of some files. */
  private record Resources(ResourceFiles files) implements SharedRecords {
    @Override
    public BatchReader open(Split split, List<Wanted> tables) {
      ResourceFile file = files.of(split);
      return rows(new LineReader(file, split, LONGEST, true), file, tables);
    }
  }

  private static BatchReader rows(
      LineReader lines, ResourceFile file, List<SharedRecords.Wanted> tables) {
    List<ResourceRows.Table> made = new ArrayList<>();
    List<View> views = new ArrayList<>();
    for (SharedRecords.Wanted wanted : tables) {
      Set<Integer> columns = new HashSet<>(wanted.columns());
      View view = ((FhirTable) wanted.table()).view.only(columns::contains);
      made.add(new ResourceRows.Table(made.size(), new ViewMaker(view), wanted.columns()));
      views.add(view);
    }
    return new ResourceRows(lines, file.problems(), readings(made, views), LONGEST);
  }

  /**
   * One reading for all tables. A table has its own where a choice that one view reads, such as
   * {@code value}, is a field with a type in another, such as {@code valueString}.
   */
  private static List<ResourceRows.Reading> readings(
      List<ResourceRows.Table> tables, List<View> views) {
    Shape all = View.shape(views);
    if (all.ambiguity().isEmpty()) {
      return List.of(new ResourceRows.Reading(all, tables));
    }
    return tables.stream()
        .map(table -> new ResourceRows.Reading(views.get(table.number()).shape(), List.of(table)))
        .toList();
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
