package org.consentry.connector.fhir;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A FHIRPath expression that was read. Immutable; safe for any number of threads. */
interface Expression {

  /**
   * What an expression may ask for besides its focus.
   *
   * @param resource the resource that is read
   * @param rowIndex position, from 0, of the element that a view iterates
   */
  record Scope(Item.Complex resource, int rowIndex) {}

  /**
   * Computes the expression.
   *
   * @param focus the items that it begins with
   * @throws Failure when the items are not what the expression needs
   */
  List<Item> evaluate(List<Item> focus, Scope scope) throws Failure;

  /**
   * Marks the elements that the expression reads.
   *
   * @param focus shapes of the items that it begins with
   * @param root shape of the resource
   * @return shapes of the items that it results in; empty for values that it computes
   */
  Set<Shape> mark(Set<Shape> focus, Shape root);

  /** Whether the result is computed or constant, and never an element of the resource. */
  default boolean isComputed() {
    return true;
  }

  /** The names of a path that has nothing but names. */
  default Optional<List<String>> names() {
    return Optional.empty();
  }

  /** The same items. */
  record This() implements Expression {
    @Override
    public List<Item> evaluate(List<Item> focus, Scope scope) {
      return focus;
    }

    @Override
    public Set<Shape> mark(Set<Shape> focus, Shape root) {
      return focus;
    }

    @Override
    public boolean isComputed() {
      return false;
    }
  }

  /** Always the same. */
  record Constant(List<Item> items) implements Expression {
    public Constant {
      items = List.copyOf(items);
    }

    @Override
    public List<Item> evaluate(List<Item> focus, Scope scope) {
      return items;
    }

    @Override
    public Set<Shape> mark(Set<Shape> focus, Shape root) {
      return Set.of();
    }
  }

  /** Position of the element that a view iterates. */
  record RowIndex() implements Expression {
    @Override
    public List<Item> evaluate(List<Item> focus, Scope scope) {
      return List.of(
          new Item.Primitive("integer", Item.Kind.NUMBER, Integer.toString(scope.rowIndex())));
    }

    @Override
    public Set<Shape> mark(Set<Shape> focus, Shape root) {
      return Set.of();
    }
  }

  /** The elements of a name. */
  record Element(String name) implements Expression {
    public Element {
      name = name.intern(); // as in Shape.find, so that most names are compared by identity
    }

    @Override
    public List<Item> evaluate(List<Item> focus, Scope scope) {
      if (focus.size() == 1) {
        return of(focus.get(0));
      }
      List<Item> found = new ArrayList<>();
      for (Item item : focus) {
        found.addAll(of(item));
      }
      return found;
    }

    private List<Item> of(Item item) {
      if (item instanceof Item.Complex complex) {
        return complex.get(name);
      }
      return item instanceof Item.Primitive primitive && primitive.inside().isPresent()
          ? primitive.inside().get().get(name)
          : List.of();
    }

    @Override
    public Set<Shape> mark(Set<Shape> focus, Shape root) {
      Set<Shape> found = new LinkedHashSet<>();
      for (Shape shape : focus) {
        Shape element = shape.element(name);
        if (PersonalExtensions.ELEMENTS.contains(name)) {
          element.extensionsOf(Shape.ANY);
        }
        found.add(element);
      }
      return found;
    }

    @Override
    public boolean isComputed() {
      return false;
    }

    @Override
    public Optional<List<String>> names() {
      return Optional.of(List.of(name));
    }
  }

  /** One expression on the result of another. */
  record Step(Expression first, Expression then) implements Expression {
    @Override
    public List<Item> evaluate(List<Item> focus, Scope scope) throws Failure {
      List<Item> items = first.evaluate(focus, scope);
      return then.evaluate(items, scope);
    }

    @Override
    public Set<Shape> mark(Set<Shape> focus, Shape root) {
      return then.mark(first.mark(focus, root), root);
    }

    @Override
    public boolean isComputed() {
      return first.isComputed() || then.isComputed();
    }

    @Override
    public Optional<List<String>> names() {
      if (first.names().isEmpty() || then.names().isEmpty()) {
        return Optional.empty();
      }
      List<String> names = new ArrayList<>(first.names().get());
      names.addAll(then.names().get());
      return Optional.of(names);
    }
  }

  /** The item at a position, from 0. */
  record Indexed(Expression of, Expression at) implements Expression {
    @Override
    public List<Item> evaluate(List<Item> focus, Scope scope) throws Failure {
      List<Item> items = of.evaluate(focus, scope);
      List<Item> index = at.evaluate(focus, scope);
      if (index.size() != 1
          || !(index.get(0) instanceof Item.Primitive number)
          || !number.text().matches("[0-9]{1,9}")) {
        throw new Failure("an index is no whole number", "write [0] for the first");
      }
      int position = Integer.parseInt(number.text());
      return position < items.size() ? List.of(items.get(position)) : List.of();
    }

    @Override
    public Set<Shape> mark(Set<Shape> focus, Shape root) {
      at.mark(focus, root);
      return of.mark(focus, root);
    }

    @Override
    public boolean isComputed() {
      return of.isComputed();
    }
  }
}
