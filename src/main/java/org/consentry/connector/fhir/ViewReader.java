package org.consentry.connector.fhir;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.consentry.config.Binder;
import org.consentry.config.Node;
import org.consentry.config.SafeWord;
import org.consentry.config.Suggestion;
import org.consentry.config.WithPlace;
import org.consentry.connector.fhir.View.Selection;
import org.consentry.connector.fhir.ViewRule.SelectRule;
import org.consentry.problem.Problems;

/** From a ViewDefinition as it is written to a view; all its mistakes are found in one pass. */
final class ViewReader {

  private static final Set<String> OF_DEFINITION =
      Set.of(
          "resourceType",
          "id",
          "meta",
          "implicitRules",
          "language",
          "text",
          "extension",
          "url",
          "identifier",
          "version",
          "title",
          "status",
          "experimental",
          "date",
          "publisher",
          "contact",
          "description",
          "useContext",
          "copyright",
          "fhirVersion",
          "profile");

  private static final Set<String> OF_COLUMN = Set.of("description", "type", "tag", "extension");
  private static final Set<String> OF_PART = Set.of("extension");
  private static final Set<String> OF_CRITERION = Set.of("description", "extension");

  private final Problems problems;
  private final String server;
  private final Use use;
  private final List<View.Column> columns = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private Optional<PathReader> paths = Optional.empty();

  /** What a view is read for. */
  private enum Use {
    /** All that the specification allows. */
    ANY,
    /** A table: its cells are single values, and its keys are of one type of resource. */
    TABLE
  }

  private ViewReader(String server, Use use, Problems problems) {
    this.server = server;
    this.use = use;
    this.problems = problems;
  }

  /**
   * Reads a view.
   *
   * @param server address of the server whose absolute references are its own; may be empty
   * @param problems receives what is wrong
   * @return empty after a problem
   */
  static Optional<View> read(Node.Mapping root, String server, Problems problems) {
    return read(root, server, Use.ANY, problems);
  }

  /**
   * Reads the view of a table.
   *
   * @param table its name
   */
  static Optional<View> readTable(
      Node.Mapping root, String table, String server, Problems problems) {
    Optional<View> view = read(root, server, Use.TABLE, problems);
    if (view.isEmpty() || view.get().name().isEmpty() || view.get().name().equals(table)) {
      return view;
    }
    problems.error(
        "VIEW_NAME",
        root.entry("name").map(Node.Entry::place).orElse(root.place()),
        "expected a view named " + SafeWord.word(table) + " in the file of that name",
        "give view and file the same name");
    return Optional.empty();
  }

  private static Optional<View> read(Node.Mapping root, String server, Use use, Problems problems) {
    Problems found = new Problems();
    Optional<View> view =
        Binder.bind(root, ViewRule.class, found)
            .flatMap(rule -> new ViewReader(server, use, found).view(rule));
    problems.addAll(found.list());
    return found.hasErrors() ? Optional.empty() : view;
  }

  private Optional<View> view(ViewRule rule) {
    refuse(rule.rest(), OF_DEFINITION, Binder.keys(ViewRule.class));
    rule.rest()
        .entry("resourceType")
        .filter(entry -> !isText(entry.value(), "ViewDefinition"))
        .ifPresent(
            entry ->
                problems.error(
                    "VIEW_TYPE",
                    entry.place(),
                    "expected a ViewDefinition but found another resource",
                    "keep other files out of the folder of views"));
    String resource = rule.resource().value();
    if (!resource.matches("[A-Z][A-Za-z]{1,63}")) {
      problems.error(
          "VIEW_RESOURCE",
          rule.resource().place(),
          "expected a type of resource but found " + SafeWord.word(resource),
          "write a type of FHIR such as Patient");
    }
    PathReader reader = new PathReader(constants(rule.constant()), server);
    paths = Optional.of(reader);
    Selection root =
        new Selection(View.Rows.ONCE, List.of(), List.of(), selections(rule.select()), List.of());
    List<Expression> where = new ArrayList<>();
    for (ViewRule.WhereRule criterion : rule.where()) {
      refuse(criterion.rest(), OF_CRITERION, Binder.keys(ViewRule.WhereRule.class));
      path(criterion.path()).ifPresent(where::add);
    }
    if (columns.isEmpty() && !problems.hasErrors()) {
      problems.error(
          "VIEW_COLUMNS", rule.resource().place(), "the view has no column", "add one to select");
    }
    String name = rule.name().map(WithPlace::value).orElse("");
    View view = new View(name, resource, columns, where, root);
    if (!problems.hasErrors()) {
      view.shape().ambiguity().ifPresent(found -> refuse(found, rule));
    }
    return Optional.of(view);
  }

  private void refuse(Shape.Ambiguity found, ViewRule rule) {
    problems.error(
        "VIEW_CHOICE",
        rule.resource().place(),
        "element "
            + SafeWord.word(found.other())
            + " is element "
            + SafeWord.word(found.choice())
            + " with a type, and the view reads both",
        "write the type as in value.ofType(string)");
  }

  private static boolean isText(Node node, String end) {
    return node instanceof Node.Scalar scalar && scalar.text().endsWith(end);
  }

  private void refuse(Node.Mapping rest, Set<String> allowed, List<String> keys) {
    for (Node.Entry entry : rest.entries()) {
      if (!allowed.contains(entry.key())) {
        problems.error(
            "UNKNOWN_KEY",
            entry.place(),
            "a view has no key " + SafeWord.word(entry.key()) + " here",
            Suggestion.hint(entry.key(), keys));
      }
    }
  }

  private Map<String, Item> constants(List<ViewRule.ConstantRule> rules) {
    Map<String, Item> constants = new HashMap<>();
    for (ViewRule.ConstantRule rule : rules) {
      List<Node.Entry> values =
          rule.value().entries().stream()
              .filter(entry -> !entry.key().equals("extension"))
              .toList();
      Optional<Item> value = values.size() == 1 ? constant(values.get(0)) : Optional.empty();
      if (value.isEmpty()) {
        problems.error(
            "VIEW_CONSTANT",
            rule.name().place(),
            "expected a constant with one value of a primitive type",
            "write a key such as valueString or valueInteger");
      }
      if (value.isPresent() && constants.put(rule.name().value(), value.get()) != null) {
        problems.error(
            "VIEW_CONSTANT",
            rule.name().place(),
            "there are two constants " + SafeWord.word(rule.name().value()),
            "remove one");
      }
    }
    return constants;
  }

  private static Optional<Item> constant(Node.Entry entry) {
    Optional<String> type = DataTypes.ofChoice(entry.key(), "value");
    if (type.isEmpty()
        || Character.isUpperCase(type.get().charAt(0))
        || !(entry.value() instanceof Node.Scalar scalar)
        || scalar.isNull()) {
      return Optional.empty();
    }
    Item.Kind kind =
        switch (type.get()) {
          case "boolean" -> Item.Kind.BOOLEAN;
          case "integer", "integer64", "decimal", "positiveInt", "unsignedInt" -> Item.Kind.NUMBER;
          case "date", "dateTime", "instant", "time" -> Item.Kind.MOMENT;
          default -> Item.Kind.TEXT;
        };
    boolean fits =
        switch (kind) {
          case BOOLEAN -> scalar.text().matches("true|false");
          case NUMBER -> scalar.text().matches("-?[0-9]{1,30}(\\.[0-9]{1,30})?");
          case MOMENT -> Moments.isMoment(scalar.text());
          case TEXT -> true;
          case NONE -> false;
        };
    return fits
        ? Optional.of(new Item.Primitive(type.get(), kind, scalar.text()))
        : Optional.empty();
  }

  private List<Selection> selections(List<SelectRule> rules) {
    return rules.stream().map(this::selection).toList();
  }

  private Selection selection(SelectRule rule) {
    refuse(rule.rest(), OF_PART, Binder.keys(SelectRule.class));
    List<WithPlace<String>> iterated = new ArrayList<>(rule.repeat());
    rule.forEach().ifPresent(iterated::add);
    rule.forEachOrNull().ifPresent(iterated::add);
    boolean isRepeated = !rule.repeat().isEmpty();
    if (iterated.size() > Math.max(1, rule.repeat().size())) {
      problems.error(
          "VIEW_ROWS",
          iterated.get(iterated.size() - 1).place(),
          "expected one of forEach, forEachOrNull and repeat but found more",
          "nest one select in the other");
    }
    List<Expression> each = new ArrayList<>();
    for (WithPlace<String> written : iterated) {
      Optional<Expression> path = path(written);
      path.ifPresent(each::add);
      boolean isPath =
          path.filter(read -> isRepeated ? read.names().isPresent() : !read.isComputed())
              .isPresent();
      if (path.isPresent() && !isPath) {
        problems.error(
            "VIEW_ROWS",
            written.place(),
            isRepeated
                ? "expected names of elements joined by points"
                : "expected the path of an element but found a value",
            "write a path such as " + (isRepeated ? "answer.item" : "name"));
      }
    }
    View.Rows rows =
        isRepeated
            ? View.Rows.REPEATED
            : rule.forEach().isPresent()
                ? View.Rows.EACH
                : rule.forEachOrNull().isPresent() ? View.Rows.EACH_OR_EMPTY : View.Rows.ONCE;
    return new Selection(rows, each, cells(rule.column()), selections(rule.select()), union(rule));
  }

  private List<View.Cell> cells(List<ViewRule.ColumnRule> rules) {
    List<View.Cell> cells = new ArrayList<>();
    for (ViewRule.ColumnRule rule : rules) {
      refuse(rule.rest(), OF_COLUMN, Binder.keys(ViewRule.ColumnRule.class));
      int at = column(rule);
      path(rule.path()).ifPresent(path -> cells.add(new View.Cell(at, path)));
    }
    return cells;
  }

  private int column(ViewRule.ColumnRule rule) {
    String name = rule.name().value();
    if (!name.matches("[A-Za-z][A-Za-z0-9_]*")) {
      problems.error(
          "VIEW_COLUMN",
          rule.name().place(),
          "expected letters, digits and _ in the name of a column",
          "write a name such as birth_date");
    }
    if (use == Use.TABLE && rule.collection() == ViewRule.Collection.TRUE) {
      problems.error(
          "VIEW_COLLECTION",
          rule.name().place(),
          "column " + SafeWord.word(name) + " has many values in a row, and a table has one",
          "use first(), where() or join(), or iterate the element with forEach");
    }
    if (!names.add(name)) {
      problems.error(
          "VIEW_COLUMN",
          rule.name().place(),
          "there are two columns " + SafeWord.word(name),
          "give one another name");
    }
    columns.add(
        new View.Column(
            name,
            rule.collection() == ViewRule.Collection.TRUE
                ? View.Values.COLLECTION
                : View.Values.SINGLE));
    return columns.size() - 1;
  }

  /** The parts of a union fill the same columns; each must have them in the same order. */
  private List<Selection> union(SelectRule rule) {
    List<Selection> parts = new ArrayList<>();
    int start = columns.size();
    Set<String> before = new HashSet<>(names);
    List<View.Column> first = List.of();
    for (int i = 0; i < rule.unionAll().size(); i++) {
      SelectRule part = rule.unionAll().get(i);
      if (i > 0) {
        first = List.copyOf(columns.subList(start, columns.size()));
        columns.subList(start, columns.size()).clear();
        names.retainAll(before);
      }
      parts.add(selection(part));
      List<View.Column> now = columns.subList(start, columns.size());
      if (i > 0 && !now.equals(first)) {
        problems.error(
            "VIEW_UNION",
            part.place(),
            "the parts of unionAll do not have the same columns in the same order",
            "give each part the columns " + columnNames(first));
      }
    }
    return parts;
  }

  private static String columnNames(List<View.Column> columns) {
    return String.join(", ", columns.stream().map(View.Column::name).toList());
  }

  private Optional<Expression> path(WithPlace<String> text) {
    try {
      Expression path = paths.orElseThrow().read(text.value());
      if (use == Use.TABLE && paths.orElseThrow().hasAnyReference()) {
        problems.error(
            "VIEW_REFERENCE",
            text.place(),
            "the key of a reference to any type may be the id of two resources",
            "name the type, as in getReferenceKey(Patient)");
      }
      return Optional.of(path);
    } catch (Failure failure) {
      problems.error("VIEW_PATH", text.place(), failure.message(), failure.hint());
      return Optional.empty();
    }
  }
}
