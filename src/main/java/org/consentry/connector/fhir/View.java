package org.consentry.connector.fhir;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A view of a type of resource: which rows a resource becomes. Immutable; safe for any number of
 * threads.
 *
 * @param name of the view
 * @param resource the type of resource
 * @param columns in the order of the view
 * @param where what all of a resource must be true for
 * @param root how a resource becomes rows
 */
record View(
    String name, String resource, List<Column> columns, List<Expression> where, Selection root) {

  /** Rows that the elements of one resource may be combined to. */
  private static final int MOST_ROWS = 1_000_000;

  View {
    columns = List.copyOf(columns);
    where = List.copyOf(where);
  }

  /** How many values a column has in a row. */
  enum Values {
    SINGLE,
    COLLECTION
  }

  /** A column of a view. */
  record Column(String name, Values values) {}

  /** An expression that fills a column. */
  record Cell(int column, Expression path) {}

  /** How often a selection makes rows. */
  enum Rows {
    /** Once for what it is in. */
    ONCE,
    /** For each item of its path. */
    EACH,
    /** For each item of its path; without any, once with empty cells. */
    EACH_OR_EMPTY,
    /** For each item of its paths, and again from each of those. */
    REPEATED
  }

  /**
   * A part of a view.
   *
   * @param paths what it iterates; empty for {@link Rows#ONCE}
   * @param cells its own columns
   * @param parts each of whose rows is combined with each of the others'
   * @param union whose rows follow each other
   */
  record Selection(
      Rows rows,
      List<Expression> paths,
      List<Cell> cells,
      List<Selection> parts,
      List<Selection> union) {

    Selection {
      paths = List.copyOf(paths);
      cells = List.copyOf(cells);
      parts = List.copyOf(parts);
      union = List.copyOf(union);
    }
  }

  /** The part of the view that some columns need; other cells are empty. */
  View only(IntPredicate wanted) {
    return new View(name, resource, columns, where, only(root, wanted));
  }

  /** What fills some columns, without the criteria of the view and without its other parts. */
  View onlyCells(IntPredicate wanted) {
    return new View(name, resource, columns, List.of(), filled(only(root, wanted)));
  }

  private static Selection filled(Selection all) {
    return new Selection(
        all.rows(), all.paths(), all.cells(), filled(all.parts()), filled(all.union()));
  }

  private static List<Selection> filled(List<Selection> parts) {
    return parts.stream()
        .map(View::filled)
        .filter(
            part -> !part.cells().isEmpty() || !part.parts().isEmpty() || !part.union().isEmpty())
        .toList();
  }

  private static Selection only(Selection all, IntPredicate wanted) {
    return new Selection(
        all.rows(),
        all.paths(),
        all.cells().stream().filter(cell -> wanted.test(cell.column())).toList(),
        all.parts().stream().map(part -> only(part, wanted)).toList(),
        all.union().stream().map(part -> only(part, wanted)).toList());
  }

  /** The elements that the view reads of a resource. */
  Shape shape() {
    return shape(List.of(this));
  }

  /** The elements that any of some views reads of a resource. */
  static Shape shape(List<View> views) {
    Shape root = new Shape();
    root.element("resourceType");
    for (View view : views) {
      view.where.forEach(criterion -> criterion.mark(Set.of(root), root));
      mark(view.root, Set.of(root), root);
    }
    return root;
  }

  private static void mark(Selection part, Set<Shape> focus, Shape root) {
    Set<Shape> inside =
        switch (part.rows()) {
          case ONCE -> focus;
          case EACH, EACH_OR_EMPTY -> part.paths().get(0).mark(focus, root);
          case REPEATED -> {
            List<List<String>> paths =
                part.paths().stream().map(path -> path.names().orElseThrow()).toList();
            Set<Shape> repeated = new LinkedHashSet<>();
            focus.forEach(shape -> repeated.add(shape.repeated(paths)));
            yield repeated;
          }
        };
    part.cells().forEach(cell -> cell.path().mark(inside, root));
    part.parts().forEach(each -> mark(each, inside, root));
    part.union().forEach(each -> mark(each, inside, root));
  }

  /**
   * The rows of a resource, each with a cell for every column.
   *
   * @throws Failure when the resource does not fit the view
   */
  List<@Nullable Item[]> rows(Item.Complex resource) throws Failure {
    Expression.Scope scope = new Expression.Scope(resource, 0);
    List<Item> focus = List.of(resource);
    for (Expression criterion : where) {
      if (!Functions.isTrue(criterion.evaluate(focus, scope), "a path of where")) {
        return List.of();
      }
    }
    return rows(root, focus, scope);
  }

  private List<@Nullable Item[]> rows(Selection part, List<Item> focus, Expression.Scope scope)
      throws Failure {
    if (part.rows() == Rows.ONCE) {
      return inside(part, focus, scope);
    }
    List<Item> items = new ArrayList<>();
    if (part.rows() == Rows.REPEATED) {
      repeat(part.paths(), focus, scope, items);
    } else {
      items.addAll(part.paths().get(0).evaluate(focus, scope));
    }
    if (items.isEmpty()) {
      return part.rows() == Rows.EACH_OR_EMPTY
          ? inside(part, List.of(), new Expression.Scope(scope.resource(), 0))
          : List.of();
    }
    List<@Nullable Item[]> rows = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      rows.addAll(inside(part, List.of(items.get(i)), new Expression.Scope(scope.resource(), i)));
    }
    return rows;
  }

  private static void repeat(
      List<Expression> paths, List<Item> focus, Expression.Scope scope, List<Item> into)
      throws Failure {
    for (Expression path : paths) {
      for (Item item : path.evaluate(focus, scope)) {
        into.add(item);
        repeat(paths, List.of(item), scope, into);
      }
    }
  }

  private List<@Nullable Item[]> inside(Selection part, List<Item> focus, Expression.Scope scope)
      throws Failure {
    if (part.cells().isEmpty() && part.parts().size() == 1 && part.union().isEmpty()) {
      return rows(part.parts().get(0), focus, scope);
    }
    @Nullable Item[] own = new Item[columns.size()];
    for (Cell cell : part.cells()) {
      own[cell.column()] = cell(cell, focus, scope);
    }
    List<@Nullable Item[]> rows = new ArrayList<>();
    rows.add(own);
    for (Selection each : part.parts()) {
      rows = combined(rows, rows(each, focus, scope));
    }
    if (!part.union().isEmpty()) {
      List<@Nullable Item[]> united = new ArrayList<>();
      for (Selection each : part.union()) {
        united.addAll(rows(each, focus, scope));
      }
      rows = combined(rows, united);
    }
    return rows;
  }

  private @Nullable Item cell(Cell cell, List<Item> focus, Expression.Scope scope) throws Failure {
    List<Item> items = cell.path().evaluate(focus, scope);
    Column column = columns.get(cell.column());
    if (column.values() == Values.COLLECTION) {
      return new Item.Many(items);
    }
    if (items.size() > 1) {
      throw new Failure(
          "column '" + column.name() + "' has more than one value for a row",
          "use first(), where() or join(), or iterate the element with forEach");
    }
    return items.isEmpty() ? null : items.get(0);
  }

  /** Each of some rows with each of others; no column is filled by both. */
  private static List<@Nullable Item[]> combined(
      List<@Nullable Item[]> some, List<@Nullable Item[]> others) throws Failure {
    if ((long) some.size() * others.size() > MOST_ROWS) {
      throw new Failure(
          "the view makes more than " + MOST_ROWS + " rows of the resource",
          "iterate one element with forEach in a view, not several");
    }
    List<@Nullable Item[]> combined = new ArrayList<>(some.size() * others.size());
    for (@Nullable Item[] one : some) {
      for (@Nullable Item[] other : others) {
        @Nullable Item[] both = others.size() == 1 ? one : Arrays.copyOf(one, one.length);
        for (int i = 0; i < both.length; i++) {
          both[i] = other[i] == null ? both[i] : other[i];
        }
        combined.add(both);
      }
    }
    return combined;
  }
}
