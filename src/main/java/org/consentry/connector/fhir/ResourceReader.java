package org.consentry.connector.fhir;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consentry.connector.Utf8;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;

/**
 * Reads a resource from its JSON: the elements of a {@link Shape}, and nothing else of it. Not
 * thread-safe.
 */
final class ResourceReader {

  private static final int DEEPEST = 100;

  /** Digits of the exponent of a number. */
  private static final int LONGEST_EXPONENT = 3;

  /** Other names of fields than these many are not remembered. */
  private static final int REMEMBERED = 1000;

  private final JsonFactory json;
  private final Shape root;
  private final Elements elements;
  private final Map<Shape, Elements> known = new HashMap<>();

  /**
   * A reader of resources.
   *
   * @param root the elements that are read
   * @param longest bytes of the longest resource
   */
  ResourceReader(Shape root, int longest) {
    this.root = root;
    this.elements = known(root);
    this.json =
        JsonFactory.builder()
            .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
            .recyclerPool(JsonRecyclerPools.newBoundedPool(1))
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxStringLength(longest)
                    .maxNumberLength(1000)
                    .build())
            .build();
  }

  /**
   * Reads one resource.
   *
   * @throws Failure when the bytes are not UTF-8, whether a shape has the element or not; when they
   *     are not exactly one JSON object, or one that no resource is
   */
  Item.Complex read(byte[] bytes, int from, int to) throws Failure {
    if (!Utf8.isValid(bytes, from, to)) {
      throw new Failure("the line is not UTF-8", "export the resources again, in UTF-8");
    }
    try (JsonParser parser = json.createParser(ObjectReadContext.empty(), bytes, from, to - from)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new Failure(
            "expected a resource but found other JSON", "write one resource on each line");
      }
      Item.Complex resource = complex(parser, "", elements);
      if (parser.nextToken() != null) {
        throw new Failure(
            "expected the end of the line after a resource but found more",
            "write one resource on each line");
      }
      return resource;
    } catch (UnexpectedEndOfInputException ended) {
      throw new Failure("the line ends inside of a resource", "the file may have been cut off");
    } catch (StreamConstraintsException deep) {
      throw new Failure(
          "the resource has more than "
              + DEEPEST
              + " levels, or a name, number or text that is too long",
          "check that this is a resource of FHIR");
    } catch (JacksonException broken) {
      throw new Failure("the line is not JSON", "export the resources again");
    }
  }

  /** What the fields of a shape are, by name. */
  private record Elements(Shape shape, Map<String, Optional<Field>> fields) {}

  /** What a field is, and what those inside of it are. */
  private record Field(Shape.Found found, Elements inside) {}

  private Elements known(Shape shape) {
    return known.computeIfAbsent(shape, each -> new Elements(each, new HashMap<>()));
  }

  private Optional<Field> field(Elements elements, String name) {
    Optional<Field> field = elements.fields().get(name);
    if (field == null) {
      field = elements.shape().find(name).map(found -> new Field(found, known(found.shape())));
      if (elements.fields().size() < REMEMBERED) {
        elements.fields().put(name, field);
      }
    }
    return field;
  }

  private Item.Complex complex(JsonParser parser, String type, Elements elements) throws Failure {
    Item.Complex complex = new Item.Complex(type);
    boolean hasBeside = false;
    for (String field = parser.nextName(); field != null; field = parser.nextName()) {
      Optional<Field> found = field(elements, field);
      JsonToken value = parser.nextToken();
      if (found.isEmpty()) {
        parser.skipChildren();
      } else if (!complex.add(found.get().found().name(), items(parser, value, found.get()))) {
        throw new Failure(
            "an element is there twice, or with two types",
            "check the program that exports the resources");
      } else {
        hasBeside |= field.startsWith(Shape.BESIDE);
      }
    }
    if (parser.currentToken() != JsonToken.END_OBJECT) {
      throw new Failure("the line is not JSON", "export the resources again");
    }
    if (hasBeside && !root.isWhole()) {
      for (String name : complex.names()) {
        if (name.startsWith(Shape.BESIDE)) {
          merge(complex, name.substring(1), complex.get(name));
        }
      }
    }
    return complex;
  }

  /**
   * Puts what is beside the values of a primitive element into them.
   *
   * @param beside ids and extensions of each value, in the order of the values
   */
  private static void merge(Item.Complex complex, String name, List<Item> beside) throws Failure {
    List<Item> values = complex.get(name);
    if (beside.isEmpty()) {
      return;
    }
    if (!values.isEmpty() && values.size() != beside.size()) {
      throw new Failure(
          "the values of an element and their extensions differ in number",
          "check the program that exports the resources");
    }
    List<Item> merged = new ArrayList<>();
    for (int i = 0; i < beside.size(); i++) {
      Item value = i < values.size() ? values.get(i) : Item.Primitive.none(beside.get(i).type());
      if (!(value instanceof Item.Primitive primitive)) {
        throw new Failure(
            "an element that is no single value has extensions of one",
            "check the program that exports the resources");
      }
      if (!value.type().equals(beside.get(i).type())) {
        throw new Failure(
            "an element is there twice, or with two types",
            "check the program that exports the resources");
      }
      boolean hasMore = beside.get(i) instanceof Item.Complex;
      merged.add(hasMore ? primitive.with((Item.Complex) beside.get(i)) : primitive);
    }
    complex.replace(name, merged);
  }

  private List<Item> items(JsonParser parser, JsonToken value, Field field) throws Failure {
    if (value != JsonToken.START_ARRAY) {
      return value == JsonToken.VALUE_NULL ? List.of() : List.of(item(parser, value, field));
    }
    List<Item> items = new ArrayList<>(4);
    boolean hasPlace = false;
    boolean hasElement = false;
    for (JsonToken next = parser.nextToken();
        next != JsonToken.END_ARRAY;
        next = parser.nextToken()) {
      boolean isPlace = next == JsonToken.VALUE_NULL;
      hasPlace |= isPlace;
      hasElement |= next == JsonToken.START_OBJECT;
      items.add(isPlace ? Item.Primitive.none(field.found().type()) : item(parser, next, field));
    }
    if (hasPlace && hasElement && !field.found().name().startsWith(Shape.BESIDE)) {
      throw new Failure(
          "a list of elements has null instead of one",
          "check the program that exports the resources");
    }
    return items;
  }

  private Item item(JsonParser parser, JsonToken value, Field field) throws Failure {
    Shape.Found found = field.found();
    return switch (value) {
      case START_OBJECT -> complex(parser, found.type(), field.inside());
      case VALUE_STRING ->
          new Item.Primitive(found.type(), Item.Kind.TEXT, checked(parser.getString()));
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
          new Item.Primitive(found.type(), Item.Kind.NUMBER, number(parser.getString()));
      case VALUE_TRUE -> new Item.Primitive(found.type(), Item.Kind.BOOLEAN, "true");
      case VALUE_FALSE -> new Item.Primitive(found.type(), Item.Kind.BOOLEAN, "false");
      default ->
          throw new Failure(
              "an element is a list inside of a list", "check that this is a resource of FHIR");
    };
  }

  /** A number of a few characters must not become one of a billion digits. */
  private static String number(String text) throws Failure {
    int begin = Math.max(text.lastIndexOf('e'), text.lastIndexOf('E')) + 1;
    if (begin == 0) {
      return text;
    }
    boolean hasSign = text.charAt(begin) == '-' || text.charAt(begin) == '+';
    if (text.length() - begin - (hasSign ? 1 : 0) > LONGEST_EXPONENT) {
      throw new Failure(
          "a number has an exponent of more than three digits",
          "check the program that exports the resources");
    }
    return text;
  }

  private static String checked(String text) throws Failure {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0 || (Character.isSurrogate(c) && !isPaired(text, i))) {
        throw new Failure(
            "a text has the character U+0000 or half of a surrogate pair",
            "check the program that exports the resources");
      }
    }
    return text;
  }

  private static boolean isPaired(String text, int at) {
    return Character.isHighSurrogate(text.charAt(at))
        ? at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1))
        : at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
  }
}
