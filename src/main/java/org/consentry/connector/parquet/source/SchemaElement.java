package org.consentry.connector.parquet.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A node of a Parquet schema as the footer lists it.
 *
 * @param physical number of the physical type, or -1
 * @param length bytes of a value of fixed length
 * @param repetition 0 required, 1 optional, 2 repeated
 * @param children of a group; 0 for a leaf
 * @param logical what the values mean; empty where the file is silent
 */
record SchemaElement(
    String name,
    int physical,
    int length,
    int repetition,
    int children,
    Optional<LogicalType> logical) {

  private static final int REPEATED = 2;

  /** Not thread-safe. */
  private static final class Facts {
    private String name = "";
    private int physical = -1;
    private int length;
    private int repetition;
    private int children;
    private int converted = -1;
    private int scale;
    private int precision;
    private Optional<LogicalType> logical = Optional.empty();
  }

  static SchemaElement read(ThriftReader in) {
    Facts facts = new Facts();
    in.struct(
        id -> {
          switch (id) {
            case 1 -> facts.physical = in.int32();
            case 2 -> facts.length = in.int32();
            case 3 -> facts.repetition = in.int32();
            case 4 -> facts.name = in.text();
            case 5 -> facts.children = in.int32();
            case 6 -> facts.converted = in.int32();
            case 7 -> facts.scale = in.int32();
            case 8 -> facts.precision = in.int32();
            case 10 -> facts.logical = Optional.of(LogicalType.read(in));
            default -> in.skip();
          }
        });
    Optional<LogicalType> logical =
        facts.logical.or(
            () -> LogicalType.converted(facts.converted, facts.scale, facts.precision));
    return new SchemaElement(
        facts.name, facts.physical, facts.length, facts.repetition, facts.children, logical);
  }

  /** The columns of the top level of a schema, whose first element is the root. */
  static List<SourceColumn> columns(List<SchemaElement> elements) {
    if (elements.isEmpty()) {
      throw new Damage("has a footer without a schema");
    }
    List<SourceColumn> columns = new ArrayList<>();
    int leaf = 0;
    int at = 1;
    for (int child = 0; child < elements.get(0).children(); child++) {
      int end = end(elements, at);
      int leaves = leaves(elements, at, end);
      columns.add(elements.get(at).column(leaf, leaves));
      leaf += leaves;
      at = end;
    }
    if (at != elements.size()) {
      throw new Damage("has a schema with more elements than it declares");
    }
    return columns;
  }

  /** One past the last element of the tree that begins here. */
  private static int end(List<SchemaElement> elements, int from) {
    long open = 1;
    int at = from;
    while (open > 0) {
      if (at >= elements.size()) {
        throw new Damage("has a schema with fewer elements than it declares");
      }
      if (elements.get(at).children() < 0) {
        throw new Damage("has a schema with a group of fewer than no elements");
      }
      open += elements.get(at).children() - 1;
      at++;
    }
    return at;
  }

  private static int leaves(List<SchemaElement> elements, int from, int end) {
    return (int)
        elements.subList(from, end).stream().filter(element -> element.children() == 0).count();
  }

  private SourceColumn column(int leaf, int leaves) {
    if (children > 0 || physical < 0) {
      return SourceColumn.refused(name, leaf, leaves, "is nested");
    }
    if (repetition == REPEATED) {
      return SourceColumn.refused(name, leaf, leaves, "has several values in a row");
    }
    return SourceColumn.of(name, leaf, Physical.of(physical), length, repetition, logical);
  }
}
