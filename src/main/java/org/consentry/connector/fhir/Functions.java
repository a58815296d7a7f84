package org.consentry.connector.fhir;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The functions of FHIRPath that a view may use. Every other one is refused. */
final class Functions {

  /** What a function's arguments are. */
  enum Arguments {
    NONE,
    ONE,
    NONE_OR_ONE,
    /** The name of a type. */
    TYPE,
    /** The name of a type or nothing. */
    TYPE_OR_NONE
  }

  private static final Map<String, Arguments> KNOWN =
      Map.of(
          "where", Arguments.ONE,
          "exists", Arguments.NONE_OR_ONE,
          "empty", Arguments.NONE,
          "not", Arguments.NONE,
          "first", Arguments.NONE,
          "extension", Arguments.ONE,
          "ofType", Arguments.TYPE,
          "join", Arguments.NONE_OR_ONE,
          "getResourceKey", Arguments.NONE,
          "getReferenceKey", Arguments.TYPE_OR_NONE);

  private Functions() {}

  static Optional<Arguments> arguments(String name) {
    return Optional.ofNullable(KNOWN.get(name));
  }

  static List<String> names() {
    return KNOWN.keySet().stream().sorted().toList();
  }

  /**
   * A call.
   *
   * @param argument an expression; for a type the type as a constant
   * @param server address of the server whose absolute references are its own; may be empty
   */
  static Expression call(String name, Optional<Expression> argument, String type, String server) {
    return switch (name) {
      case "where" -> new Where(argument.orElseThrow());
      case "exists" ->
          new Exists(argument.<Expression>map(Where::new).orElseGet(Expression.This::new), true);
      case "empty" -> new Exists(new Expression.This(), false);
      case "not" -> new Not();
      case "first" -> new First();
      case "extension" -> new Extension(argument.orElseThrow());
      case "ofType" -> new OfType(type);
      case "join" -> new Join(argument);
      case "getResourceKey" -> new ResourceKey();
      case "getReferenceKey" -> new ReferenceKey(type, server);
      default -> throw new IllegalArgumentException("no such function");
    };
  }

  /** Whether a collection is true; empty is not. */
  static boolean isTrue(List<Item> items, String what) throws Failure {
    if (Item.areUnknown(items)) {
      return false;
    }
    if (items.size() > 1
        || !(items.get(0) instanceof Item.Primitive only)
        || only.kind() != Item.Kind.BOOLEAN) {
      throw new Failure(
          what + " is neither true nor false", "compare the element with a value, or use exists()");
    }
    return only.is(true);
  }

  private record Where(Expression criterion) implements Expression {
    @Override
    public List<Item> evaluate(List<Item> focus, Scope scope) throws Failure {
      List<Item> found = new ArrayList<>();
      for (Item item : focus) {
        if (isTrue(criterion.evaluate(List.of(item), scope), "the criterion of where()")) {
          found.add(item);
        }
      }
      return found;
    }

    @Override
    public Set<Shape> mark(Set<Shape> focus, Shape root) {
      criterion.mark(focus, root);
      return focus;
    }

    @Override
    public boolean isComputed() {
      return false;
    }
  }

  private record Exists(Expression of, boolean wanted) implements Expression {
    @Override
    public List<Item> evaluate(List<Item> focus, Scope scope) throws Failure {
      boolean isThere = !of.evaluate(focus, scope).isEmpty();
      return List.of(Item.Primitive.of(isThere == wanted));
    }

    @Override
    public Set<Shape> mark(Set<Shape> focus, Shape root) {
      of.mark(focus, root);
      return Set.of();
    }
  }

  private record Not() implements Expression {
    @Override
    public List<Item> evaluate(List<Item> focus, Scope scope) throws Failure {
      return Item.areUnknown(focus)
          ? List.of()
          : List.of(Item.Primitive.of(!isTrue(focus, "the focus of not()")));
    }

    @Override
    public Set<Shape> mark(Set<Shape> focus, Shape root) {
      return Set.of();
    }
  }

  private record First() implements Expression {
    @Override
    public List<Item> evaluate(List<Item> focus, Scope scope) {
      return focus.size() > 1 ? List.of(focus.get(0)) : focus;
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

  private record Extension(Expression url) implements Expression {
    @Override
    public List<Item> evaluate(List<Item> focus, Scope scope) throws Failure {
      List<Item> wanted = url.evaluate(focus, scope);
      if (wanted.size() != 1 || !(wanted.get(0) instanceof Item.Primitive text)) {
        throw new Failure("extension() has no single address", "write extension('...')");
      }
      List<Item> found = new ArrayList<>();
      for (Item item : new Expression.Element("extension").evaluate(focus, scope)) {
        if (item instanceof Item.Complex complex && complex.text("url").equals(text.text())) {
          found.add(item);
        }
      }
      return found;
    }

    @Override
    public Set<Shape> mark(Set<Shape> focus, Shape root) {
      url.mark(focus, root);
      Set<Shape> found = new LinkedHashSet<>();
      for (Shape shape : focus) {
        Shape extension = shape.element("extension");
        extension.element("url");
        extension.extensionsOf(address());
        found.add(extension);
      }
      return found;
    }

    private String address() {
      return url instanceof Expression.Constant constant
              && constant.items().size() == 1
              && constant.items().get(0) instanceof Item.Primitive known
          ? known.text()
          : Shape.ANY;
    }

    @Override
    public boolean isComputed() {
      return false;
    }
  }

  private record OfType(String type) implements Expression {
    @Override
    public List<Item> evaluate(List<Item> focus, Scope scope) {
      List<Item> found = new ArrayList<>(1);
      for (Item item : focus) {
        if (DataTypes.is(item, type)) {
          found.add(item);
        }
      }
      return found;
    }

    @Override
    public Set<Shape> mark(Set<Shape> focus, Shape root) {
      if (!DataTypes.isKnown(type)) {
        focus.forEach(shape -> shape.element("resourceType"));
      }
      focus.forEach(shape -> shape.ofType(type));
      return focus;
    }

    @Override
    public boolean isComputed() {
      return false;
    }
  }

  private record Join(Optional<Expression> separator) implements Expression {
    @Override
    public List<Item> evaluate(List<Item> focus, Scope scope) throws Failure {
      String between = "";
      if (separator.isPresent()) {
        List<Item> given = separator.get().evaluate(focus, scope);
        between =
            given.size() == 1 && given.get(0) instanceof Item.Primitive text ? text.text() : "";
      }
      List<String> texts = new ArrayList<>();
      for (Item item : focus) {
        if (!(item instanceof Item.Primitive primitive)) {
          throw new Failure("join() has elements that are no texts", "name the element to join");
        }
        if (primitive.kind() != Item.Kind.NONE) {
          texts.add(primitive.released());
        }
      }
      return List.of(Item.Primitive.text(String.join(between, texts)));
    }

    @Override
    public Set<Shape> mark(Set<Shape> focus, Shape root) {
      return Set.of();
    }
  }

  private record ResourceKey() implements Expression {
    @Override
    public List<Item> evaluate(List<Item> focus, Scope scope) {
      return new Expression.Element("id").evaluate(focus, scope);
    }

    @Override
    public Set<Shape> mark(Set<Shape> focus, Shape root) {
      focus.forEach(shape -> shape.element("id"));
      return Set.of();
    }
  }

  /**
   * The id in a reference. A reference to another type than the wanted one, to a contained
   * resource, by a search or to another server has none.
   */
  private record ReferenceKey(String type, String server) implements Expression {

    private static final Pattern REFERENCE =
        Pattern.compile(
            "(?:([A-Z][A-Za-z]{1,63})/)([A-Za-z0-9.\\-]{1,64})(?:/_history/[A-Za-z0-9.\\-]{1,64})?");

    private static final Pattern UUID =
        Pattern.compile("urn:uuid:([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})");

    @Override
    public List<Item> evaluate(List<Item> focus, Scope scope) {
      List<Item> keys = new ArrayList<>();
      for (Item item : focus) {
        if (item instanceof Item.Complex reference) {
          key(reference.text("reference"), reference.text("type")).ifPresent(keys::add);
        }
      }
      return keys;
    }

    private Optional<Item> key(String reference, String stated) {
      if (isPlain(reference)) {
        return Optional.of(Item.Primitive.text(reference.substring(type.length() + 1)));
      }
      Matcher uuid = UUID.matcher(reference);
      if (uuid.matches()) {
        return isWanted(stated)
            ? Optional.of(Item.Primitive.text(uuid.group(1).toLowerCase(Locale.ROOT)))
            : Optional.empty();
      }
      boolean isOwn = !server.isEmpty() && reference.startsWith(server);
      Matcher relative =
          REFERENCE.matcher(isOwn ? reference.substring(server.length()) : reference);
      return relative.matches() && isWanted(relative.group(1))
          ? Optional.of(Item.Primitive.text(relative.group(2)))
          : Optional.empty();
    }

    /** Whether the text is the wanted type and an id, as most are; without a pattern. */
    private boolean isPlain(String reference) {
      int at = type.length();
      int length = reference.length() - at - 1;
      if (at == 0 || length < 1 || length > 64 || !reference.startsWith(type)) {
        return false;
      }
      for (int i = at + 1; i < reference.length(); i++) {
        char c = reference.charAt(i);
        boolean isLetter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (!isLetter && !(c >= '0' && c <= '9') && c != '-' && c != '.') {
          return false;
        }
      }
      return reference.charAt(at) == '/';
    }

    private boolean isWanted(String found) {
      return type.isEmpty() || type.equals(found);
    }

    @Override
    public Set<Shape> mark(Set<Shape> focus, Shape root) {
      for (Shape shape : focus) {
        shape.element("reference");
        shape.element("type");
      }
      return Set.of();
    }
  }
}
