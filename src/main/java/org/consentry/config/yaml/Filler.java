package org.consentry.config.yaml;

import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consentry.config.Node;
import org.consentry.config.WithPlace;
import org.consentry.problem.Place;
import org.consentry.problem.Problems;

/**
 * Fills what cannot be read of a file, so that the rest of it can be checked in the same round. The
 * problem of the part itself is reported by then, so a filler has a place of its own: what later
 * checks find there is about no word of the file.
 */
public final class Filler {

  /** No line of a file is so long. */
  private static final long COLUMN = 1L << 40;

  /** Every type that reads its own words takes one of these. */
  private static final List<String> WORDS =
      List.of("unread", "text", "UTC", "file:unread", "unread.unread", "US");

  private Filler() {}

  /** Whether a filler is there. */
  public static boolean isAt(Place place) {
    return place.column() == COLUMN;
  }

  /** The place of a filler near a line. */
  static Place at(String file, long line) {
    return new Place(file, Math.max(line, 1), COLUMN);
  }

  /** A value of a type; empty where none can be made. */
  public static Optional<?> of(AnnotatedType annotated, Place near) {
    Place place = at(near.file(), near.line());
    Class<?> type = Shape.raw(annotated.getType());
    if (type == Optional.class) {
      return Optional.of(of(parameter(annotated), near));
    }
    if (type == WithPlace.class) {
      return of(parameter(annotated), near).map(value -> new WithPlace<>(value, place));
    }
    if (type == List.class) {
      return Optional.of(of(parameter(annotated), near).map(List::of).orElse(List.of()));
    }
    if (type == Map.class) {
      return Optional.of(Map.of());
    }
    if (type == Place.class) {
      return Optional.of(place);
    }
    if (Node.class.isAssignableFrom(type)) {
      return Optional.of(new Node.Mapping(place, List.of()));
    }
    return type.isRecord() && !ScalarBinder.isWord(type) ? record(type, near) : scalar(type, place);
  }

  private static AnnotatedType parameter(AnnotatedType type) {
    return ((AnnotatedParameterizedType) type).getAnnotatedActualTypeArguments()[0];
  }

  private static Optional<?> record(Class<?> type, Place near) {
    List<Object> arguments = new ArrayList<>();
    List<Shape.Part> parts = Shape.of(type).parts();
    for (Shape.Part part : parts) {
      Optional<?> argument =
          part.raw() == Optional.class ? Optional.of(Optional.empty()) : of(part.type(), near);
      argument.ifPresent(arguments::add);
    }
    return arguments.size() == parts.size() ? construct(type, arguments) : Optional.empty();
  }

  /** A record of these arguments; empty when its constructor refuses them. */
  public static Optional<Object> construct(Class<?> type, List<Object> arguments) {
    try {
      return Optional.of(Shape.constructor(type).newInstance(arguments.toArray()));
    } catch (InvocationTargetException refused) {
      return Optional.empty();
    } catch (ReflectiveOperationException unbindable) {
      throw new IllegalStateException("cannot bind " + type.getName(), unbindable);
    }
  }

  private static Optional<?> scalar(Class<?> type, Place place) {
    if (type.isEnum()) {
      return Optional.of(type.getEnumConstants()[0]);
    }
    if (type == Path.class) {
      return Optional.of(Path.of(WORDS.get(0)));
    }
    if (type == LocalDate.class) {
      return Optional.of(LocalDate.of(9999, 12, 31));
    }
    if (ScalarBinder.isCharacter(type)) {
      return Optional.of(',');
    }
    ScalarBinder scalars = new ScalarBinder(new Problems());
    String number = ScalarBinder.isWhole(type) || ScalarBinder.isFraction(type) ? "1" : "";
    return (number.isEmpty() ? WORDS : List.of(number))
        .stream()
            .map(word -> new Node.Scalar(place, word, Node.Scalar.Style.PLAIN))
            .<Object>flatMap(word -> scalars.bind(type, word).stream())
            .findFirst();
  }
}
