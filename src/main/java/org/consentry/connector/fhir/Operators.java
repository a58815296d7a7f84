package org.consentry.connector.fhir;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** The operators of FHIRPath that a view may use. */
final class Operators {

  private Operators() {}

  /** {@code and} or {@code or}, with three values: an empty operand is not known. */
  record Logic(boolean isAnd, Expression left, Expression right) implements Expression {
    @Override
    public List<Item> evaluate(List<Item> focus, Scope scope) throws Failure {
      List<Item> one = left.evaluate(focus, scope);
      List<Item> other = right.evaluate(focus, scope);
      String word = isAnd ? "an operand of 'and'" : "an operand of 'or'";
      boolean decides = !isAnd;
      boolean isFirst = !Item.areUnknown(one) && Functions.isTrue(one, word) == decides;
      boolean isSecond = !Item.areUnknown(other) && Functions.isTrue(other, word) == decides;
      if (isFirst || isSecond) {
        return List.of(Item.Primitive.of(decides));
      }
      return Item.areUnknown(one) || Item.areUnknown(other)
          ? List.of()
          : List.of(Item.Primitive.of(!decides));
    }

    @Override
    public Set<Shape> mark(Set<Shape> focus, Shape root) {
      left.mark(focus, root);
      right.mark(focus, root);
      return Set.of();
    }
  }

  /** A comparison; empty when an operand is. */
  record Comparison(String operator, Expression left, Expression right) implements Expression {
    @Override
    public List<Item> evaluate(List<Item> focus, Scope scope) throws Failure {
      List<Item> one = left.evaluate(focus, scope);
      List<Item> other = right.evaluate(focus, scope);
      if (Item.areUnknown(one) || Item.areUnknown(other)) {
        return List.of();
      }
      boolean isEquality = operator.equals("=") || operator.equals("!=");
      if (one.size() != other.size() || (one.size() > 1 && !isEquality)) {
        if (isEquality) {
          return List.of(Item.Primitive.of(operator.equals("!=")));
        }
        throw new Failure(
            "an operand of '" + operator + "' has more than one value", "use first() or where()");
      }
      boolean isUnknown = false;
      boolean areEqual = true;
      int order = 0;
      for (int i = 0; i < one.size(); i++) {
        OptionalInt compared = compare(single(one.get(i)), single(other.get(i)), isEquality);
        isUnknown |= compared.isEmpty();
        order = compared.orElse(0);
        areEqual &= order == 0;
      }
      if (isUnknown && areEqual) {
        return List.of();
      }
      return List.of(Item.Primitive.of(isMet(areEqual, order)));
    }

    private boolean isMet(boolean areEqual, int order) {
      return switch (operator) {
        case "=" -> areEqual;
        case "!=" -> !areEqual;
        case "<" -> order < 0;
        case "<=" -> order <= 0;
        case ">" -> order > 0;
        default -> order >= 0;
      };
    }

    private Item.Primitive single(Item item) throws Failure {
      if (item instanceof Item.Primitive primitive) {
        return primitive;
      }
      throw new Failure(
          "an operand of '" + operator + "' has elements of its own", "name one of them");
    }

    private OptionalInt compare(Item.Primitive one, Item.Primitive other, boolean isEquality)
        throws Failure {
      boolean isNumber = one.kind() == Item.Kind.NUMBER;
      boolean isBoolean = one.kind() == Item.Kind.BOOLEAN;
      boolean matches =
          isNumber == (other.kind() == Item.Kind.NUMBER)
              && isBoolean == (other.kind() == Item.Kind.BOOLEAN);
      if (!matches || (isBoolean && !isEquality)) {
        if (isEquality) {
          return OptionalInt.of(1);
        }
        throw new Failure(
            "the operands of '" + operator + "' cannot be ordered", "compare values of one type");
      }
      if (isNumber) {
        return OptionalInt.of(one.number().compareTo(other.number()));
      }
      if (one.kind() == Item.Kind.MOMENT || other.kind() == Item.Kind.MOMENT) {
        return Moments.compare(one.text(), other.text());
      }
      return OptionalInt.of(one.text().compareTo(other.text()));
    }

    @Override
    public Set<Shape> mark(Set<Shape> focus, Shape root) {
      left.mark(focus, root);
      right.mark(focus, root);
      return Set.of();
    }
  }

  /** A computation with two numbers, or two texts joined by {@code +}; empty when one is. */
  record Arithmetic(char operator, Expression left, Expression right) implements Expression {
    @Override
    public List<Item> evaluate(List<Item> focus, Scope scope) throws Failure {
      Optional<Item.Primitive> one = single(left.evaluate(focus, scope));
      Optional<Item.Primitive> other = single(right.evaluate(focus, scope));
      if (one.isEmpty() || other.isEmpty()) {
        return List.of();
      }
      boolean areTexts = one.get().kind() == Item.Kind.TEXT && other.get().kind() == Item.Kind.TEXT;
      if (operator == '+' && areTexts) {
        return List.of(Item.Primitive.text(one.get().text() + other.get().text()));
      }
      if (one.get().kind() != Item.Kind.NUMBER || other.get().kind() != Item.Kind.NUMBER) {
        throw new Failure("an operand of '" + operator + "' is no number", "name a number");
      }
      BigDecimal a = one.get().number();
      BigDecimal b = other.get().number();
      return switch (operator) {
        case '+' -> List.of(Item.Primitive.of(a.add(b)));
        case '-' -> List.of(Item.Primitive.of(a.subtract(b)));
        case '*' -> List.of(Item.Primitive.of(a.multiply(b)));
        default ->
            b.signum() == 0
                ? List.of()
                : List.of(Item.Primitive.of(a.divide(b, MathContext.DECIMAL64)));
      };
    }

    private Optional<Item.Primitive> single(List<Item> items) throws Failure {
      if (Item.areUnknown(items)) {
        return Optional.empty();
      }
      if (items.size() == 1 && items.get(0) instanceof Item.Primitive only) {
        return Optional.of(only);
      }
      throw new Failure(
          "an operand of '" + operator + "' is no single value", "use first() or where()");
    }

    @Override
    public Set<Shape> mark(Set<Shape> focus, Shape root) {
      left.mark(focus, root);
      right.mark(focus, root);
      return Set.of();
    }
  }
}
