package org.consentry.connector.fhir;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.consentry.config.SafeWord;
import org.consentry.config.Suggestion;
import org.consentry.connector.fhir.Tokens.Kind;
import org.consentry.connector.fhir.Tokens.Token;

/**
 * Reads the text of FHIRPath expressions: paths, indexes, literals, constants, comparisons, {@code
 * and}, {@code or}, arithmetic and the functions of {@link Functions}. Anything else is refused.
 * Not thread-safe.
 */
final class PathReader {

  private static final int DEEPEST = 50;
  private static final Set<String> COMPARISONS = Set.of("=", "!=", "<", "<=", ">", ">=");
  private static final Set<String> WORDS =
      Set.of("and", "or", "xor", "implies", "div", "mod", "is", "as", "in", "contains");

  private final Map<String, Item> constants;
  private final String server;
  private boolean hasAnyReference;
  private List<Token> tokens = List.of();
  private int next;
  private int depth;

  /**
   * A reader of the expressions of one view.
   *
   * @param constants by name, without {@code %}
   * @param server address of the server whose absolute references are its own; may be empty
   */
  PathReader(Map<String, Item> constants, String server) {
    this.constants = new HashMap<>(constants);
    this.server = server;
  }

  /** Whether the last expression takes the key of a reference to any type of resource. */
  boolean hasAnyReference() {
    return hasAnyReference;
  }

  /**
   * Reads an expression.
   *
   * @throws Failure with the position of what cannot be read
   */
  Expression read(String text) throws Failure {
    tokens = Tokens.of(text);
    next = 0;
    depth = 0;
    hasAnyReference = false;
    Expression whole = alternatives();
    if (peek().kind() != Kind.END) {
      throw unexpected(peek());
    }
    return whole;
  }

  private Token peek() {
    return tokens.get(next);
  }

  private Token take() {
    Token token = tokens.get(next);
    next = Math.min(next + 1, tokens.size() - 1);
    return token;
  }

  private void expect(String sign) throws Failure {
    Token token = take();
    if (!token.isSign(sign)) {
      throw new Failure("expected '" + sign + "' at " + where(token), "add it");
    }
  }

  private static String where(Token token) {
    return token.kind() == Kind.END
        ? "the end of the expression"
        : "character " + token.at() + " of the expression";
  }

  private static Failure unexpected(Token token) {
    boolean isShown = token.kind() == Kind.NAME || token.kind() == Kind.SIGN;
    boolean isWord = isShown && (WORDS.contains(token.text()) || token.text().matches("[|&~!]"));
    if (isWord) {
      return new Failure(
          "operator '" + token.text() + "' at " + where(token) + " is not supported",
          "one of: = != < <= > >= and or + - * /");
    }
    return new Failure(
        "the expression cannot be read at " + where(token),
        "write a FHIRPath expression such as name.first().family");
  }

  private Expression alternatives() throws Failure {
    if (++depth > DEEPEST) {
      throw new Failure("the expression is nested more than 50 deep", "make it simpler");
    }
    Expression left = conditions();
    while (peek().isWord("or")) {
      take();
      left = new Operators.Logic(false, left, conditions());
    }
    depth--;
    return left;
  }

  private Expression conditions() throws Failure {
    Expression left = comparison();
    while (peek().isWord("and")) {
      take();
      left = new Operators.Logic(true, left, comparison());
    }
    return left;
  }

  private Expression comparison() throws Failure {
    Expression left = sum();
    if (peek().kind() == Kind.SIGN && COMPARISONS.contains(peek().text())) {
      String operator = take().text();
      left = new Operators.Comparison(operator, left, sum());
    }
    return left;
  }

  private Expression sum() throws Failure {
    Expression left = product();
    while (peek().isSign("+") || peek().isSign("-")) {
      char operator = take().text().charAt(0);
      left = new Operators.Arithmetic(operator, left, product());
    }
    return left;
  }

  private Expression product() throws Failure {
    Expression left = signed();
    while (peek().isSign("*") || peek().isSign("/")) {
      char operator = take().text().charAt(0);
      left = new Operators.Arithmetic(operator, left, signed());
    }
    return left;
  }

  private Expression signed() throws Failure {
    if (peek().isSign("-") || peek().isSign("+")) {
      char sign = take().text().charAt(0);
      Expression zero =
          new Expression.Constant(List.of(new Item.Primitive("integer", Item.Kind.NUMBER, "0")));
      return new Operators.Arithmetic(sign, zero, path());
    }
    return path();
  }

  private Expression path() throws Failure {
    Expression path = indexed(term());
    while (peek().isSign(".")) {
      take();
      Token name = take();
      if (name.kind() != Kind.NAME) {
        throw unexpected(name);
      }
      path = indexed(new Expression.Step(path, invocation(name)));
    }
    return path;
  }

  private Expression indexed(Expression of) throws Failure {
    Expression all = of;
    while (peek().isSign("[")) {
      take();
      Expression at = alternatives();
      expect("]");
      all = new Expression.Indexed(all, at);
    }
    return all;
  }

  private Expression term() throws Failure {
    Token token = take();
    return switch (token.kind()) {
      case TEXT -> constant("string", Item.Kind.TEXT, token.text());
      case NUMBER -> constant("", Item.Kind.NUMBER, token.text());
      case MOMENT -> constant("", Item.Kind.MOMENT, token.text());
      case VARIABLE -> variable(token);
      case SIGN -> {
        if (!token.isSign("(")) {
          throw unexpected(token);
        }
        Expression inside = alternatives();
        expect(")");
        yield inside;
      }
      case NAME -> {
        if (token.text().equals("true") || token.text().equals("false")) {
          yield new Expression.Constant(List.of(Item.Primitive.of(token.text().equals("true"))));
        }
        yield token.text().equals("$this") ? new Expression.This() : invocation(token);
      }
      case END -> throw unexpected(token);
    };
  }

  private static Expression constant(String type, Item.Kind kind, String text) {
    return new Expression.Constant(List.of(new Item.Primitive(type, kind, text)));
  }

  private Expression variable(Token token) throws Failure {
    if (token.text().equals("rowIndex")) {
      return new Expression.RowIndex();
    }
    Item known = constants.get(token.text());
    if (known == null) {
      throw new Failure(
          "there is no constant " + SafeWord.word(token.text()),
          Suggestion.hint(token.text(), constants.keySet()));
    }
    return new Expression.Constant(List.of(known));
  }

  private Expression invocation(Token name) throws Failure {
    if (!peek().isSign("(")) {
      if (name.text().startsWith("$") || WORDS.contains(name.text())) {
        throw unexpected(name);
      }
      if (name.text().startsWith(Shape.BESIDE)) {
        throw new Failure(
            "no element of FHIR has the name at " + where(name),
            "write the element, as in birthDate.extension('...')");
      }
      return new Expression.Element(name.text());
    }
    take();
    Optional<Functions.Arguments> known = Functions.arguments(name.text());
    if (known.isEmpty()) {
      throw new Failure(
          "function " + SafeWord.word(name.text()) + " is not supported",
          Suggestion.hint(name.text(), Functions.names()));
    }
    Optional<Expression> argument = Optional.empty();
    String type = "";
    boolean isEmpty = peek().isSign(")");
    switch (known.get()) {
      case NONE -> {}
      case ONE -> argument = Optional.of(alternatives());
      case NONE_OR_ONE -> argument = isEmpty ? Optional.empty() : Optional.of(alternatives());
      case TYPE -> type = type();
      case TYPE_OR_NONE -> type = isEmpty ? "" : type();
    }
    expect(")");
    hasAnyReference |= name.text().equals("getReferenceKey") && type.isEmpty();
    return Functions.call(name.text(), argument, type, server);
  }

  private String type() throws Failure {
    Token name = take();
    if (name.isWord("FHIR") || name.isWord("System")) {
      expect(".");
      name = take();
    }
    if (name.kind() != Kind.NAME) {
      throw unexpected(name);
    }
    boolean isResource = Character.isUpperCase(name.text().charAt(0));
    if (!isResource && !DataTypes.isKnown(name.text())) {
      throw new Failure(
          "there is no type " + SafeWord.word(name.text()),
          Suggestion.hint(name.text(), DataTypes.all()));
    }
    return name.text();
  }
}
