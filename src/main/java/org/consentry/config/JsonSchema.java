package org.consentry.config;

import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consentry.config.Binding.Among;
import org.consentry.config.Binding.Default;
import org.consentry.config.Binding.Inline;
import org.consentry.config.Binding.MayBeEmpty;
import org.consentry.config.Binding.OneOrMany;
import org.consentry.config.Binding.RemainingKeys;
import org.consentry.config.Binding.TakesNull;
import org.consentry.config.Binding.WordOf;
import org.consentry.config.yaml.ScalarBinder;
import org.consentry.config.yaml.Shape;
import org.consentry.config.yaml.Shape.Part;
import org.consentry.problem.Place;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.json.JsonMapper;

/**
 * The JSON Schema (draft 2020-12) of what {@link Binder} accepts for a record, for editors. It is
 * generated from the same records and their {@link Doc}s, so that the two always agree; what only a
 * constructor checks is not in it. Not thread-safe.
 */
public final class JsonSchema {

  /**
   * The kinds of a record with a {@link RemainingKeys} component.
   *
   * @param key the key whose word chooses the kind
   * @param kinds the settings of each kind by its word
   * @param usual the kind where the key is absent; empty when it must not be
   */
  public record Kinds(
      String key, Map<String, Class<? extends Record>> kinds, Optional<String> usual) {

    /** Kinds of which one must be named. */
    public Kinds(String key, Map<String, Class<? extends Record>> kinds) {
      this(key, kinds, Optional.empty());
    }
  }

  private final Map<Class<?>, Kinds> kinds;
  private final Map<String, List<String>> words;
  private final Map<String, Object> definitions = new LinkedHashMap<>();

  private JsonSchema(Map<Class<?>, Kinds> kinds, Map<String, List<String>> words) {
    this.kinds = kinds;
    this.words = words;
  }

  /**
   * Writes the schema of a file.
   *
   * @param root what the file is bound to
   * @param kinds for records with a {@link RemainingKeys} component, what the rest may be
   * @return JSON, indented, with a final newline; always the same for the same records
   */
  public static String of(Class<? extends Record> root, Map<Class<?>, Kinds> kinds) {
    return of(root, kinds, Map.of());
  }

  /**
   * Writes the schema of a file with words of catalogues.
   *
   * @param words the words of every catalogue that a {@link WordOf} names
   */
  public static String of(
      Class<? extends Record> root, Map<Class<?>, Kinds> kinds, Map<String, List<String>> words) {
    JsonSchema schema = new JsonSchema(kinds, words);
    Map<String, Object> top = new LinkedHashMap<>();
    top.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    Map<String, Object> content = schema.record(root);
    content.remove("description");
    Doc doc = root.getAnnotation(Doc.class);
    top.put("title", doc == null ? root.getSimpleName() : doc.value());
    top.putAll(content);
    top.put("$defs", schema.definitions);
    DefaultIndenter two = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter().withObjectIndenter(two).withArrayIndenter(two);
    return JsonMapper.builder()
            .defaultPrettyPrinter(printer)
            .build()
            .writerWithDefaultPrettyPrinter()
            .writeValueAsString(top)
        + "\n";
  }

  private Map<String, Object> record(Class<?> type) {
    Kinds several = kinds.get(type);
    if (several == null) {
      boolean open = Shape.of(type).open() == Shape.Open.REST;
      return object(type, properties(type), open);
    }
    List<Object> choices = new ArrayList<>();
    several
        .kinds()
        .forEach(
            (word, settings) -> {
              Map<String, Property> properties = properties(type);
              properties.putAll(properties(settings));
              boolean named = !several.usual().equals(Optional.of(word));
              properties.put(several.key(), new Property(Map.of("const", word), named));
              String name = name(type) + "." + word;
              definitions.put(name, object(settings, properties, false));
              choices.add(Map.of("$ref", "#/$defs/" + name));
            });
    Map<String, Object> answer = new LinkedHashMap<>();
    describe(type.getAnnotation(Doc.class), answer);
    answer.put("oneOf", choices);
    return answer;
  }

  private static Map<String, Object> object(
      Class<?> described, Map<String, Property> properties, boolean open) {
    Map<String, Object> answer = new LinkedHashMap<>();
    describe(described.getAnnotation(Doc.class), answer);
    answer.put("type", "object");
    Map<String, Object> schemas = new LinkedHashMap<>();
    List<String> required = new ArrayList<>();
    properties.forEach(
        (key, property) -> {
          schemas.put(key, property.schema());
          if (property.required()) {
            required.add(key);
          }
        });
    answer.put("properties", schemas);
    if (!required.isEmpty()) {
      answer.put("required", required);
    }
    answer.put("additionalProperties", open);
    return answer;
  }

  private Map<String, Property> properties(Class<?> type) {
    Map<String, Property> properties = new LinkedHashMap<>();
    for (Part part : Shape.of(type).parts()) {
      if (part.has(Among.class)) {
        properties.putAll(properties(part.raw()));
      } else if (part.raw() != Place.class && !part.has(RemainingKeys.class)) {
        properties.put(part.key(), property(part));
      }
    }
    return properties;
  }

  private Property property(Part part) {
    RecordComponent component = part.component();
    Map<String, Object> schema = new LinkedHashMap<>();
    describe(component.getAnnotation(Doc.class), schema);
    WordOf catalogue = component.getAnnotation(WordOf.class);
    if (catalogue == null) {
      value(part.type()).forEach(schema::putIfAbsent);
    } else {
      schema.put("enum", words.getOrDefault(catalogue.value(), List.of()));
    }
    Default otherwise = component.getAnnotation(Default.class);
    if (otherwise != null) {
      schema.put("default", typed(part.raw(), otherwise.value()));
    }
    boolean required =
        otherwise == null
            && part.raw() != Optional.class
            && !part.type().isAnnotationPresent(MayBeEmpty.class);
    return new Property(schema, required);
  }

  private record Property(Map<String, Object> schema, boolean required) {}

  private static Object typed(Class<?> type, String text) {
    if (ScalarBinder.isWhole(type)) {
      return Long.valueOf(text);
    }
    return ScalarBinder.isFraction(type) ? Double.valueOf(text) : text;
  }

  private static void describe(@Nullable Doc doc, Map<String, Object> into) {
    if (doc != null) {
      into.put("description", doc.value());
    }
  }

  private Map<String, Object> value(AnnotatedType annotated) {
    Class<?> type = Shape.raw(annotated.getType());
    if (type == Optional.class || type == WithPlace.class) {
      return value(parameter(annotated, 0));
    }
    if (type == List.class) {
      return list(annotated);
    }
    if (type == Map.class) {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("type", "object");
      map.put("additionalProperties", value(parameter(annotated, 1)));
      if (!annotated.isAnnotationPresent(MayBeEmpty.class)) {
        map.put("minProperties", 1);
      }
      return annotated.isAnnotationPresent(OneOrMany.class)
          ? Map.of("anyOf", List.of(value(parameter(annotated, 1)), map))
          : map;
    }
    if (type.isAnnotationPresent(Inline.class)) {
      return Shape.of(type).parts().stream()
          .filter(part -> part.raw() != Place.class)
          .map(part -> value(part.type()))
          .findFirst()
          .orElseThrow();
    }
    if (type.isRecord() && !ScalarBinder.isWord(type)) {
      return reference(type);
    }
    return scalar(type);
  }

  private Map<String, Object> list(AnnotatedType annotated) {
    Map<String, Object> item = value(parameter(annotated, 0));
    Map<String, Object> list = new LinkedHashMap<>();
    list.put("type", "array");
    list.put("items", item);
    if (!annotated.isAnnotationPresent(MayBeEmpty.class)) {
      list.put("minItems", 1);
    }
    return annotated.isAnnotationPresent(OneOrMany.class)
        ? Map.of("anyOf", List.of(item, list))
        : list;
  }

  private Map<String, Object> reference(Class<?> type) {
    String name = name(type);
    if (!definitions.containsKey(name)) {
      definitions.put(name, Map.of());
      definitions.put(name, record(type));
    }
    return Map.of("$ref", "#/$defs/" + name);
  }

  private static String name(Class<?> type) {
    String canonical = type.getName();
    return canonical.substring(canonical.lastIndexOf('.') + 1).replace('$', '.');
  }

  private static Map<String, Object> scalar(Class<?> type) {
    Map<String, Object> answer = new LinkedHashMap<>();
    if (type == String.class) {
      answer.put("type", List.of("string", "number", "boolean"));
    } else if (ScalarBinder.isWhole(type)) {
      answer.put("type", "integer");
    } else if (ScalarBinder.isFraction(type)) {
      answer.put("type", "number");
    } else if (ScalarBinder.isCharacter(type)) {
      answer.put("type", List.of("string", "number"));
      answer.put("maxLength", 1);
    } else if (type == LocalDate.class) {
      answer.put("type", "string");
      answer.put("format", "date");
    } else if (type == Path.class) {
      answer.put("type", "string");
      answer.put("minLength", 1);
    } else if (type.isEnum()) {
      answer.put("enum", ScalarBinder.words(type));
    } else if (ScalarBinder.isWord(type)) {
      answer.put(
          "type",
          type.isAnnotationPresent(TakesNull.class)
              ? List.of("string", "number", "null")
              : List.of("string", "number"));
      Doc doc = type.getAnnotation(Doc.class);
      describe(doc, answer);
      if (doc != null && !doc.pattern().isEmpty()) {
        answer.put("pattern", "^(?:" + doc.pattern() + ")$");
      }
    }
    return answer;
  }

  private static AnnotatedType parameter(AnnotatedType type, int position) {
    return ((AnnotatedParameterizedType) type).getAnnotatedActualTypeArguments()[position];
  }
}
