package org.consentry.config.yaml;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.consentry.config.Binding.NotWritten;
import org.consentry.config.Binding.TakesNull;
import org.consentry.config.Doc;
import org.consentry.config.Node;
import org.consentry.config.SafeWord;
import org.consentry.config.Suggestion;
import org.consentry.data.EnumWord;
import org.consentry.problem.Address;
import org.consentry.problem.Problems;

/** Binds single values. */
public final class ScalarBinder {

  private static final ClassValue<Optional<Method>> PARSERS =
      new ClassValue<>() {
        @Override
        protected Optional<Method> computeValue(Class<?> type) {
          return findParser(type);
        }
      };

  private static final ClassValue<Words> WORDS =
      new ClassValue<>() {
        @Override
        protected Words computeValue(Class<?> type) {
          List<Enum<?>> constants = written(type);
          return new Words(
              constants, constants.stream().map(constant -> word(type, constant.name())).toList());
        }
      };

  /** The constants of an enum that a file may write, and how it writes them. */
  private record Words(List<Enum<?>> constants, List<String> words) {}

  private final Problems problems;

  public ScalarBinder(Problems problems) {
    this.problems = problems;
  }

  /** Whether a type reads its own words. */
  public static boolean isWord(Class<?> type) {
    return parser(type).isPresent();
  }

  /** The words of an enum that a file may write, in its order. */
  public static List<String> words(Class<?> type) {
    return WORDS.get(type).words();
  }

  private static List<Enum<?>> written(Class<?> type) {
    List<Enum<?>> constants = new ArrayList<>();
    for (Object constant : type.getEnumConstants()) {
      Enum<?> one = (Enum<?>) constant;
      if (!isHidden(type, one.name())) {
        constants.add(one);
      }
    }
    return constants;
  }

  private static boolean isHidden(Class<?> type, String name) {
    try {
      return type.getField(name).isAnnotationPresent(NotWritten.class);
    } catch (NoSuchFieldException impossible) {
      throw new IllegalStateException("no constant of " + type.getName(), impossible);
    }
  }

  private static String word(Class<?> type, String name) {
    return isWord(type) ? name : EnumWord.ofName(name);
  }

  public Optional<?> bind(Class<?> type, Node node) {
    if (!(node instanceof Node.Scalar scalar)
        || (scalar.isNull() && !type.isAnnotationPresent(TakesNull.class))) {
      problems.error(
          "WRONG_TYPE",
          node.place(),
          "expected " + expected(type) + " but found " + node.kind(),
          "");
      return Optional.empty();
    }
    if (type.isEnum()) {
      return constant(type, scalar);
    }
    Optional<?> found = parse(type, scalar);
    if (found.isEmpty()) {
      String shown = isWord(type) ? "" : " but found " + SafeWord.word(scalar.text());
      problems.error(
          "WRONG_TYPE",
          scalar.place(),
          "expected " + expected(type) + shown,
          isNumber(type) ? numberHint(type, scalar) : "");
    }
    return found;
  }

  private static String numberHint(Class<?> type, Node.Scalar scalar) {
    if (scalar.style() == Node.Scalar.Style.QUOTED) {
      return "remove the quotes";
    }
    boolean isPercent = isFraction(type) && scalar.text().matches("\\d{1,3}(\\.\\d{1,4})? ?%");
    return isPercent ? "write a share, as in 0.05 for 5 %" : "";
  }

  private static boolean isNumber(Class<?> type) {
    return isWhole(type) || isFraction(type);
  }

  public static boolean isWhole(Class<?> type) {
    return isInt(type) || isLong(type);
  }

  public static boolean isFraction(Class<?> type) {
    return type == double.class || type == Double.class;
  }

  private static boolean isInt(Class<?> type) {
    return type == int.class || type == Integer.class;
  }

  private static boolean isLong(Class<?> type) {
    return type == long.class || type == Long.class;
  }

  public static boolean isCharacter(Class<?> type) {
    return type == char.class || type == Character.class;
  }

  /** What a type takes, in words. */
  static String expected(Class<?> type) {
    if (type == String.class) {
      return "a text";
    }
    if (isWhole(type)) {
      return "a whole number";
    }
    if (isFraction(type)) {
      return "a number";
    }
    if (isCharacter(type)) {
      return "a single character";
    }
    if (type == LocalDate.class) {
      return "a date such as 2026-01-31";
    }
    if (type == Path.class) {
      return "a path";
    }
    if (type.isEnum()) {
      return "one of " + String.join(", ", words(type));
    }
    Doc doc = type.getAnnotation(Doc.class);
    if (doc == null) {
      throw new IllegalStateException("cannot bind " + type.getName());
    }
    return doc.value();
  }

  private Optional<?> constant(Class<?> type, Node.Scalar scalar) {
    List<String> words = words(type);
    int position = words.indexOf(scalar.text());
    if (position >= 0) {
      return Optional.of(WORDS.get(type).constants().get(position));
    }
    if (Shape.reservedWords(type).contains(scalar.text())) {
      Shape.notImplemented(scalar.text(), scalar.place(), problems);
      return Optional.empty();
    }
    problems.error(
        "UNKNOWN_WORD",
        scalar.place(),
        "expected " + expected(type) + " but found " + SafeWord.word(scalar.text()),
        Suggestion.nearest(scalar.text(), words)
            .map(near -> "did you mean '" + near + "'?")
            .orElse(""));
    return Optional.empty();
  }

  private static Optional<?> parse(Class<?> type, Node.Scalar scalar) {
    String text = scalar.text();
    boolean plain = scalar.style() == Node.Scalar.Style.PLAIN;
    if (type == String.class) {
      return Optional.of(text).filter(t -> !t.isBlank());
    }
    if (isInt(type)) {
      return plain
          ? whole(text).filter(n -> n == n.intValue()).map(Long::intValue)
          : Optional.empty();
    }
    if (isLong(type)) {
      return plain ? whole(text) : Optional.empty();
    }
    if (isCharacter(type)) {
      return Optional.of(text).filter(t -> t.length() == 1).map(t -> t.charAt(0));
    }
    if (isFraction(type)) {
      boolean number = plain && text.matches("-?(0|[1-9]\\d{0,17})(\\.\\d{1,17})?");
      return number ? Optional.of(Double.valueOf(text)) : Optional.empty();
    }
    if (type == LocalDate.class) {
      return date(text);
    }
    if (type == Path.class) {
      return path(text);
    }
    Method parser =
        parser(type).orElseThrow(() -> new IllegalStateException("cannot bind " + type.getName()));
    try {
      return (Optional<?>) parser.invoke(null, text);
    } catch (InvocationTargetException | IllegalAccessException broken) {
      throw new IllegalStateException("parse of " + type.getName(), broken);
    }
  }

  private static Optional<Long> whole(String text) {
    boolean number = text.matches("0|-?[1-9]\\d{0,17}");
    return number ? Optional.of(Long.valueOf(text)) : Optional.empty();
  }

  private static Optional<LocalDate> date(String text) {
    if (!text.matches("\\d{4}-\\d{2}-\\d{2}")) {
      return Optional.empty();
    }
    try {
      return Optional.of(LocalDate.parse(text));
    } catch (DateTimeParseException noSuchDay) {
      return Optional.empty();
    }
  }

  private static Optional<Path> path(String text) {
    try {
      return text.isBlank() || Address.is(text) ? Optional.empty() : Optional.of(Path.of(text));
    } catch (InvalidPathException unusable) {
      return Optional.empty();
    }
  }

  private static Optional<Method> parser(Class<?> type) {
    return PARSERS.get(type);
  }

  private static Optional<Method> findParser(Class<?> type) {
    if (type.isPrimitive() || type.getName().startsWith("java.")) {
      return Optional.empty();
    }
    try {
      Method parse = type.getDeclaredMethod("parse", String.class);
      boolean fits =
          Modifier.isStatic(parse.getModifiers()) && parse.getReturnType() == Optional.class;
      parse.setAccessible(true);
      return fits ? Optional.of(parse) : Optional.empty();
    } catch (NoSuchMethodException none) {
      return Optional.empty();
    }
  }
}
