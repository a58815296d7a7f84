package org.consentry.config.yaml;

import java.lang.annotation.Annotation;
import java.lang.invoke.MethodType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.consentry.config.Binding;
import org.consentry.config.Binding.Among;
import org.consentry.config.Binding.RemainingKeys;
import org.consentry.config.Binding.ReservedWords;
import org.consentry.config.Node;
import org.consentry.config.SafeWord;
import org.consentry.config.Suggestion;
import org.consentry.problem.Place;
import org.consentry.problem.Problems;

/**
 * What a record looks like in a file. It is read once for each class: each time Java is asked for
 * the components of a record, it makes new ones and reads their annotations again.
 *
 * @param parts in the order of the record
 * @param keys the keys that fill them
 * @param reserved keys of a later version
 * @param open whether keys that no component takes are left to a component with {@link
 *     RemainingKeys}
 */
public record Shape(List<Part> parts, List<String> keys, List<String> reserved, Open open) {

  private static final ClassValue<Shape> SHAPES =
      new ClassValue<>() {
        @Override
        protected Shape computeValue(Class<?> type) {
          return read(type);
        }
      };

  /** What happens to keys that no component takes. */
  public enum Open {
    CLOSED,
    REST
  }

  /**
   * A component of a record.
   *
   * @param component as Java describes it
   * @param key the key that fills it
   * @param type with its annotations
   */
  public record Part(RecordComponent component, String key, AnnotatedType type) {

    private static Part of(RecordComponent component) {
      return new Part(component, Shape.key(component), component.getAnnotatedType());
    }

    /** Whether the component, and not its type, has the annotation. */
    public boolean has(Class<? extends Annotation> annotation) {
      return component.isAnnotationPresent(annotation);
    }

    /** The type without annotations and parameters. */
    public Class<?> raw() {
      return component.getType();
    }

    private boolean isRequired() {
      return raw() != Optional.class
          && raw() != Place.class
          && !has(Binding.Default.class)
          && !has(RemainingKeys.class)
          && !type.isAnnotationPresent(Binding.MayBeEmpty.class);
    }
  }

  /** What a record looks like. */
  public static Shape of(Class<?> type) {
    return SHAPES.get(type);
  }

  private static Shape read(Class<?> type) {
    List<Part> parts = Arrays.stream(type.getRecordComponents()).map(Part::of).toList();
    List<String> keys = new ArrayList<>();
    Open open = Open.CLOSED;
    for (Part part : parts) {
      if (part.has(RemainingKeys.class)) {
        open = Open.REST;
      } else if (part.has(Among.class)) {
        keys.addAll(of(part.raw()).keys());
      } else if (part.raw() != Place.class) {
        keys.add(part.key());
      }
    }
    return new Shape(parts, List.copyOf(keys), reservedWords(type), open);
  }

  static List<String> reservedWords(Class<?> type) {
    ReservedWords reserved = type.getAnnotation(ReservedWords.class);
    return reserved == null ? List.of() : List.of(reserved.value());
  }

  private static String key(RecordComponent component) {
    Binding.Key key = component.getAnnotation(Binding.Key.class);
    return key == null ? component.getName() : key.value();
  }

  /** The class of a type; the wrapper of a number, as in a list of numbers, is the number. */
  public static Class<?> raw(Type type) {
    Class<?> raw =
        type instanceof ParameterizedType generic
            ? (Class<?>) generic.getRawType()
            : (Class<?>) type;
    boolean number = raw == Integer.class || raw == Long.class || raw == Double.class;
    return number ? MethodType.methodType(raw).unwrap().returnType() : raw;
  }

  public static Constructor<?> constructor(Class<?> type) throws NoSuchMethodException {
    Class<?>[] parameters = of(type).parts().stream().map(Part::raw).toArray(Class<?>[]::new);
    Constructor<?> constructor = type.getDeclaredConstructor(parameters);
    constructor.setAccessible(true);
    return constructor;
  }

  public Set<String> keySet() {
    return new LinkedHashSet<>(keys);
  }

  /**
   * Entries of unknown keys by the absent key that was probably meant. A person who writes {@code
   * titel} made one mistake, not one of an unknown and one of a missing key.
   *
   * @param siblings keys that others took already
   */
  public Map<String, Node.Entry> meant(Node.Mapping mapping, List<String> siblings) {
    Set<String> written = mapping.byKey().keySet();
    List<String> absent = keys.stream().filter(key -> !written.contains(key)).toList();
    List<String> required =
        parts.stream().filter(Part::isRequired).map(Part::key).filter(absent::contains).toList();
    Map<String, Node.Entry> meant = new LinkedHashMap<>();
    for (Node.Entry entry : mapping.entries()) {
      if (!keys.contains(entry.key()) && !reserved.contains(entry.key())) {
        List<String> near = new ArrayList<>(open == Open.CLOSED ? absent : required);
        near.addAll(siblings);
        Suggestion.nearest(entry.key(), near)
            .or(() -> Suggestion.resembling(entry.key(), required))
            .filter(absent::contains)
            .ifPresent(key -> meant.putIfAbsent(key, entry));
      }
    }
    return meant;
  }

  /**
   * Reports keys that no component takes; returns whether there were none.
   *
   * @param meant those that {@link #meant} found
   */
  public boolean refuseUnknown(
      Node.Mapping mapping,
      List<String> siblings,
      Map<String, Node.Entry> meant,
      Problems problems) {
    boolean clean = true;
    List<String> known = new ArrayList<>(keys);
    known.addAll(siblings);
    Map<Node.Entry, String> corrected = new HashMap<>();
    meant.forEach((key, entry) -> corrected.put(entry, key));
    for (Node.Entry entry : mapping.entries()) {
      String key = corrected.get(entry);
      if (keys.contains(entry.key())) {
        continue;
      }
      if (reserved.contains(entry.key())) {
        notImplemented(entry.key(), entry.place(), problems);
        clean = false;
      } else if (open == Open.CLOSED || key != null) {
        problems.error(
            "UNKNOWN_KEY",
            entry.place(),
            "unknown key " + SafeWord.word(entry.key()),
            key == null ? Suggestion.hint(entry.key(), known) : Suggestion.of(key));
        clean = false;
      }
    }
    return clean;
  }

  static void notImplemented(String word, Place place, Problems problems) {
    problems.error(
        "NOT_IMPLEMENTED",
        place,
        "'" + word + "' is not implemented in this version",
        "remove it; nothing would be done");
  }
}
