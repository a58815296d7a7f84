package org.consentry.connector.fhir;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads a resource from its JSON: the elements of a {@link Shape}, and nothing else of it. Not
 * thread-safe.
 */
final class ResourceReader {

  private static final int DEEPEST = 100;

  /** Other names of fields than these many are not remembered. */
  private static final int REMEMBERED = 1000;

  private final JsonFactory json;
  private final Shape root;
  private final Map<Shape, Map<String, Optional<Shape.Found>>> known = new HashMap<>();

  /**
   * A reader of resources.
   *
   * @param root the elements that are read
   * @param longest bytes of the longest resource
   */
  ResourceReader(Shape root, int longest) {
    this.root = root;
    this.json =
        JsonFactory.builder()
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
   * @throws Failure when the bytes are not exactly one JSON object, or one that no resource is
   */
  Item.Complex read(byte[] bytes, int from, int to) throws Failure {
    try (JsonParser parser = json.createParser(ObjectReadContext.empty(), bytes, from, to - from)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new Failure(
            "expected a resource but found other JSON", "write one resource on each line");
      }
      Item.Complex resource = complex(parser, "", root);
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

  private Item.Complex complex(JsonParser parser, String type, Shape shape) throws Failure {
    Item.Complex complex = new Item.Complex(type);
    Map<String, Optional<Shape.Found>> names =
        known.computeIfAbsent(shape, each -> new HashMap<>());
    for (String field = parser.nextName(); field != null; field = parser.nextName()) {
      Optional<Shape.Found> found = names.get(field);
      if (found == null) {
        found = shape.find(field);
        if (names.size() < REMEMBERED) {
          names.put(field, found);
        }
      }
      JsonToken value = parser.nextToken();
      if (found.isEmpty()) {
        parser.skipChildren();
      } else if (!complex.add(found.get().name(), items(parser, value, found.get()))) {
        throw new Failure(
            "an element is there twice, or with two types",
            "check the program that exports the resources");
      }
    }
    if (parser.currentToken() != JsonToken.END_OBJECT) {
      throw new Failure("the line is not JSON", "export the resources again");
    }
    return complex;
  }

  private List<Item> items(JsonParser parser, JsonToken value, Shape.Found found) throws Failure {
    if (value != JsonToken.START_ARRAY) {
      return value == JsonToken.VALUE_NULL ? List.of() : List.of(item(parser, value, found));
    }
    List<Item> items = new ArrayList<>();
    for (JsonToken next = parser.nextToken();
        next != JsonToken.END_ARRAY;
        next = parser.nextToken()) {
      if (next != JsonToken.VALUE_NULL) {
        items.add(item(parser, next, found));
      }
    }
    return items;
  }

  private Item item(JsonParser parser, JsonToken value, Shape.Found found) throws Failure {
    return switch (value) {
      case START_OBJECT -> complex(parser, found.type(), found.shape());
      case VALUE_STRING ->
          new Item.Primitive(found.type(), Item.Kind.TEXT, checked(parser.getString()));
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
          new Item.Primitive(found.type(), Item.Kind.NUMBER, parser.getString());
      case VALUE_TRUE -> new Item.Primitive(found.type(), Item.Kind.BOOLEAN, "true");
      case VALUE_FALSE -> new Item.Primitive(found.type(), Item.Kind.BOOLEAN, "false");
      default ->
          throw new Failure(
              "an element is a list inside of a list", "check that this is a resource of FHIR");
    };
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
