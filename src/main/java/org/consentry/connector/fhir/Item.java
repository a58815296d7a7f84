package org.consentry.connector.fhir;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** An element of a resource, or a value that an expression computes. */
sealed interface Item {

  /** What a primitive is in JSON or as a literal. */
  enum Kind {
    BOOLEAN,
    NUMBER,
    TEXT,
    /** A date, a time or both, as an expression or a constant writes it. */
    MOMENT,
    /** No value: a place in a list, or extensions alone. Its cell is empty. */
    NONE
  }

  /** Whether items are no value: none, or one of them is a place without a value. */
  static boolean areUnknown(List<Item> items) {
    for (Item item : items) {
      if (item instanceof Primitive primitive && primitive.kind() == Kind.NONE) {
        return true;
      }
    }
    return items.isEmpty();
  }

  /** The FHIR type that the name of a choice element shows; empty when no name does. */
  String type();

  /**
   * A single value.
   *
   * @param text as written; numbers may have an exponent
   * @param inside its id and extensions, which the JSON has beside it
   */
  record Primitive(String type, Kind kind, String text, Optional<Complex> inside) implements Item {

    Primitive(String type, Kind kind, String text) {
      this(type, kind, text, Optional.empty());
    }

    static final Primitive TRUE = new Primitive("boolean", Kind.BOOLEAN, "true");
    static final Primitive FALSE = new Primitive("boolean", Kind.BOOLEAN, "false");

    static Primitive of(boolean value) {
      return value ? TRUE : FALSE;
    }

    static Primitive of(BigDecimal number) {
      return new Primitive("", Kind.NUMBER, number.toPlainString());
    }

    static Primitive text(String text) {
      return new Primitive("string", Kind.TEXT, text);
    }

    /** A place in a list that has no value. */
    static Primitive none(String type) {
      return new Primitive(type, Kind.NONE, "");
    }

    Primitive with(Complex inside) {
      return new Primitive(type, kind, text, Optional.of(inside));
    }

    boolean is(boolean value) {
      return kind == Kind.BOOLEAN && text.equals(value ? "true" : "false");
    }

    BigDecimal number() {
      return new BigDecimal(text);
    }

    /** The text that a CSV file would have. */
    String released() {
      boolean isScientific =
          kind == Kind.NUMBER && (text.indexOf('e') >= 0 || text.indexOf('E') >= 0);
      return isScientific ? number().toPlainString() : text;
    }

    @Override
    public String toString() {
      return "Primitive[" + kind + "]";
    }
  }

  /** An element that has elements. Not thread-safe while it is read. */
  final class Complex implements Item {

    private final String type;
    private String[] names = new String[4];
    private final List<List<Item>> values = new ArrayList<>(4);

    Complex(String type) {
      this.type = type;
    }

    @Override
    public String type() {
      return type;
    }

    /** Adds an element; false when there is one of that name. */
    boolean add(String name, List<Item> items) {
      if (find(name) >= 0) {
        return false;
      }
      if (values.size() == names.length) {
        names = Arrays.copyOf(names, names.length * 2);
      }
      names[values.size()] = name;
      values.add(items);
      return true;
    }

    /** Position of a name, or -1: a loop over few texts whose hashes are known. */
    private int find(String name) {
      int hash = name.hashCode();
      for (int i = 0; i < values.size(); i++) {
        if (names[i].hashCode() == hash && names[i].equals(name)) {
          return i;
        }
      }
      return -1;
    }

    /** The elements of a name, in their order. */
    List<Item> get(String name) {
      int at = find(name);
      return at < 0 ? List.of() : values.get(at);
    }

    /** Replaces the elements of a name, or adds them. */
    void replace(String name, List<Item> items) {
      int at = find(name);
      if (at < 0) {
        add(name, items);
      } else {
        values.set(at, items);
      }
    }

    /** The names of all elements. */
    List<String> names() {
      return List.of(Arrays.copyOf(names, values.size()));
    }

    /** Whether there is an element of a name, even an empty one. */
    boolean has(String name) {
      return find(name) >= 0;
    }

    /** The elements of a name that have elements. */
    List<Complex> all(String name) {
      List<Complex> found = new ArrayList<>();
      for (Item item : get(name)) {
        if (item instanceof Complex complex) {
          found.add(complex);
        }
      }
      return found;
    }

    /** The only element of a name, if it has elements. */
    Optional<Complex> only(String name) {
      List<Complex> found = all(name);
      return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }

    /** The only text of a name, or an empty one. */
    String text(String name) {
      List<Item> found = get(name);
      return found.size() == 1 && found.get(0) instanceof Primitive only ? only.text() : "";
    }

    @Override
    public String toString() {
      return "Complex[" + values.size() + " elements]";
    }
  }

  /** All values of a column that is a collection. */
  record Many(List<Item> items) implements Item {
    public Many {
      items = List.copyOf(items);
    }

    @Override
    public String type() {
      return "";
    }

    @Override
    public String toString() {
      return "Many[" + items.size() + "]";
    }
  }
}
