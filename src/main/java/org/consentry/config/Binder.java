package org.consentry.config;

import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.consentry.config.Binding.Among;
import org.consentry.config.Binding.Default;
import org.consentry.config.Binding.Inline;
import org.consentry.config.Binding.MayBeEmpty;
import org.consentry.config.Binding.OneOrMany;
import org.consentry.config.Binding.RemainingKeys;
import org.consentry.config.yaml.Filler;
import org.consentry.config.yaml.ScalarBinder;
import org.consentry.config.yaml.Shape;
import org.consentry.config.yaml.Shape.Part;
import org.consentry.data.Placeholder;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.consentry.problem.Problems;

/**
 * Binds nodes to records, strictly. The components of a record are the keys of a mapping: {@code
 * String} takes the source text of any single value; {@code int}, {@code long}, {@code double},
 * {@link java.time.LocalDate}, {@link java.nio.file.Path} and enums (lower case, {@code -} for
 * {@code _}) are written so; a type with a public static {@code Optional<T> parse(String)} takes
 * the words that it reads; {@code Optional<T>}, {@code List<T>}, {@code Map<String, T>}, {@link
 * WithPlace} and records nest. A component of type {@link Place} that no key fills receives the
 * place of the record's own key.
 *
 * <p>An unknown key, a missing key, a wrong type, an unknown word and an {@link
 * IllegalArgumentException} of a record's constructor are problems; all of them are found in one
 * pass. A constructor's message that begins with the name of a key is reported at the value of the
 * key.
 */
public final class Binder {

  private static final Pattern WORD = Pattern.compile("[^A-Za-z]+");

  private final Problems problems;
  private final Gaps gaps;
  private final ScalarBinder scalars;

  /** What becomes of a part that cannot be read. */
  private enum Gaps {
    /** Nothing is bound. */
    REFUSED,
    /** A filler is in its place. */
    FILLED
  }

  private Binder(Gaps gaps, Problems problems) {
    this.gaps = gaps;
    this.problems = problems;
    this.scalars = new ScalarBinder(problems);
  }

  /**
   * Binds a node.
   *
   * @param type a record whose components are of the types named above
   * @param problems receives everything found
   * @return empty when there was at least one problem
   */
  public static <T extends Record> Optional<T> bind(Node node, Class<T> type, Problems problems) {
    return bind(node, node.place(), type, problems);
  }

  /**
   * Binds the node of a key.
   *
   * @param owner place of the key, where missing keys are reported
   */
  public static <T extends Record> Optional<T> bind(
      Node node, Place owner, Class<T> type, Problems problems) {
    return bind(node, owner, type, List.of(), problems);
  }

  /**
   * Binds what a {@link RemainingKeys} component received.
   *
   * @param owner place of the key, where missing keys are reported
   * @param siblings keys that others took already, as suggestions for unknown ones
   */
  public static <T extends Record> Optional<T> bind(
      Node node, Place owner, Class<T> type, List<String> siblings, Problems problems) {
    return new Binder(Gaps.REFUSED, problems).record(type, siblings, node, owner).map(type::cast);
  }

  /**
   * Binds as much of a node as can be read, so that people find all mistakes of a file in one
   * round. A filler is in the place of each part that cannot, and {@link #withoutFillers} leaves
   * out what is found of it later.
   *
   * @return empty only when nothing can be in the place of a part; whether the node was bound as it
   *     is written, {@code problems} show
   */
  static <T extends Record> Optional<T> bindPartly(Node node, Class<T> type, Problems problems) {
    return new Binder(Gaps.FILLED, problems).record(type, node, node.place()).map(type::cast);
  }

  /** The problems without those of parts that could not be read, which are reported as such. */
  public static List<Problem> withoutFillers(List<Problem> problems) {
    return problems.stream().filter(problem -> !isFiller(problem.place())).toList();
  }

  /** Whether a place is that of a part of a file that could not be read. */
  public static boolean isFiller(Place place) {
    return Filler.isAt(place);
  }

  /** The keys that fill a record, in its order. */
  public static List<String> keys(Class<? extends Record> type) {
    return Shape.of(type).keys();
  }

  private Optional<Object> record(Class<?> type, Node node, Place owner) {
    return record(type, List.of(), node, owner);
  }

  private Optional<Object> record(Class<?> type, List<String> siblings, Node node, Place owner) {
    Shape shape = Shape.of(type);
    if (!(node instanceof Node.Mapping mapping)) {
      String keys =
          shape.keys().isEmpty() ? "" : " with the keys " + String.join(", ", shape.keys());
      wrongType("a mapping" + keys, node);
      return Optional.empty();
    }
    Map<String, Node.Entry> meant = shape.meant(mapping, siblings);
    boolean complete = shape.refuseUnknown(mapping, siblings, meant, problems);
    Map<String, Node.Entry> entries = new LinkedHashMap<>(mapping.byKey());
    entries.putAll(meant);
    Set<String> taken = shape.keySet();
    meant.values().forEach(entry -> taken.add(entry.key()));
    List<Object> arguments = new ArrayList<>();
    Set<String> unread = new HashSet<>();
    for (Part part : shape.parts()) {
      int before = problems.list().size();
      Optional<?> argument =
          part.has(RemainingKeys.class)
              ? Optional.of(mapping.without(taken))
              : part.has(Among.class)
                  ? among(part.raw(), mapping, owner)
                  : argument(part, entries, owner);
      complete &= argument.isPresent();
      if (problems.list().size() > before) {
        unread.add(part.key());
      }
      orFiller(argument, part.type(), owner).ifPresent(arguments::add);
    }
    boolean bindable = complete || gaps == Gaps.FILLED;
    return bindable && arguments.size() == shape.parts().size()
        ? construct(type, arguments, mapping, owner, unread)
        : Optional.empty();
  }

  private Optional<Object> among(Class<?> type, Node.Mapping mapping, Place owner) {
    return record(type, mapping.only(Shape.of(type).keys()), owner);
  }

  /** What was read, else something in its place, whose problem is reported by then. */
  private Optional<?> orFiller(Optional<?> read, AnnotatedType type, Place near) {
    return read.isPresent() || gaps == Gaps.REFUSED ? read : Filler.of(type, near);
  }

  private Optional<?> argument(Part part, Map<String, Node.Entry> entries, Place owner) {
    Node.Entry entry = entries.get(part.key());
    if (entry == null && part.raw() == Place.class) {
      return Optional.of(owner);
    }
    if (entry == null) {
      return absent(part, owner);
    }
    if (isNothing(entry.value()) && !part.type().isAnnotationPresent(MayBeEmpty.class)) {
      problems.error(
          "MISSING_VALUE",
          entry.place(),
          "the key '" + part.key() + "' has no value",
          "write one, or remove the key");
      return Optional.empty();
    }
    return value(part.type(), entry.value(), entry.place());
  }

  private static boolean isNothing(Node node) {
    return node instanceof Node.Scalar scalar && scalar.isNull();
  }

  private Optional<?> absent(Part part, Place owner) {
    if (part.raw() == Optional.class) {
      return Optional.of(Optional.empty());
    }
    Default otherwise = part.component().getAnnotation(Default.class);
    if (otherwise != null) {
      return value(
          part.type(), new Node.Scalar(owner, otherwise.value(), Node.Scalar.Style.PLAIN), owner);
    }
    if (part.type().isAnnotationPresent(MayBeEmpty.class)) {
      return Optional.of(part.raw() == Map.class ? Map.of() : List.of());
    }
    problems.error("MISSING_KEY", owner, "the key '" + part.key() + "' is missing", meaning(part));
    return Optional.empty();
  }

  private static String meaning(Part part) {
    Doc doc = part.component().getAnnotation(Doc.class);
    return doc == null ? "" : part.key() + ": " + doc.value();
  }

  private Optional<?> value(AnnotatedType annotated, Node node, Place owner) {
    return orFiller(read(annotated, node, owner), annotated, node.place());
  }

  private Optional<?> read(AnnotatedType annotated, Node node, Place owner) {
    Class<?> type = Shape.raw(annotated.getType());
    if (type == Optional.class) {
      Optional<?> inner = value(parameter(annotated, 0), node, owner);
      return inner.isPresent() ? Optional.of(inner) : inner;
    }
    if (type == WithPlace.class) {
      return read(parameter(annotated, 0), node, owner)
          .map(value -> new WithPlace<>(value, node.place()));
    }
    if (type == List.class) {
      return list(annotated, node, owner);
    }
    if (type == Map.class) {
      return map(annotated, node);
    }
    if (Node.class.isAssignableFrom(type)) {
      return raw(type, node);
    }
    if (type.isAnnotationPresent(Inline.class)) {
      return inline(type, node, owner);
    }
    if (type.isRecord() && !ScalarBinder.isWord(type)) {
      return record(type, node, owner);
    }
    return type != String.class && isPlaceholder(node)
        ? Optional.empty()
        : scalars.bind(type, node);
  }

  /** The reader of the file has reported it; a text is bound, so that other mistakes are found. */
  private static boolean isPlaceholder(Node node) {
    return node instanceof Node.Scalar scalar && Placeholder.in(scalar.text()).isPresent();
  }

  private Optional<?> inline(Class<?> type, Node node, Place owner) {
    List<Object> arguments = new ArrayList<>();
    for (Part part : Shape.of(type).parts()) {
      if (part.raw() == Place.class) {
        arguments.add(owner);
      } else {
        Optional<?> only = value(part.type(), node, owner);
        if (only.isEmpty()) {
          return only;
        }
        arguments.add(only.get());
      }
    }
    return construct(type, arguments, new Node.Mapping(node.place(), List.of()), owner, Set.of());
  }

  private Optional<?> raw(Class<?> type, Node node) {
    if (type.isInstance(node)) {
      return Optional.of(node);
    }
    wrongType(type == Node.Mapping.class ? "a mapping" : "another kind of value", node);
    return Optional.empty();
  }

  private Optional<?> list(AnnotatedType annotated, Node node, Place owner) {
    AnnotatedType item = parameter(annotated, 0);
    if (!(node instanceof Node.Sequence sequence)) {
      if (annotated.isAnnotationPresent(OneOrMany.class) && !isNothing(node)) {
        return value(item, node, owner).map(List::of);
      }
      if (annotated.isAnnotationPresent(MayBeEmpty.class) && isNothing(node)) {
        return Optional.of(List.of());
      }
      wrongType("a list, such as [a, b]", node);
      return Optional.empty();
    }
    if (sequence.items().isEmpty() && !annotated.isAnnotationPresent(MayBeEmpty.class)) {
      problems.error("EMPTY_LIST", node.place(), "the list is empty", "name at least one");
      return Optional.empty();
    }
    List<Object> found = new ArrayList<>();
    for (Node each : sequence.items()) {
      value(item, each, each.place()).ifPresent(found::add);
    }
    return found.size() == sequence.items().size()
        ? Optional.of(Collections.unmodifiableList(found))
        : Optional.empty();
  }

  private Optional<?> map(AnnotatedType annotated, Node node) {
    boolean mayBeEmpty = annotated.isAnnotationPresent(MayBeEmpty.class);
    if (mayBeEmpty && isNothing(node)) {
      return Optional.of(Map.of());
    }
    if (node instanceof Node.Scalar && annotated.isAnnotationPresent(OneOrMany.class)) {
      return value(parameter(annotated, 1), node, node.place())
          .map(value -> Map.of(Binding.OTHERWISE, value));
    }
    if (!(node instanceof Node.Mapping mapping)) {
      wrongType("a mapping of names to values", node);
      return Optional.empty();
    }
    if (mapping.entries().isEmpty() && !mayBeEmpty) {
      problems.error("EMPTY_LIST", node.place(), "the mapping is empty", "name at least one");
      return Optional.empty();
    }
    Map<String, Object> found = new LinkedHashMap<>();
    for (Node.Entry entry : mapping.entries()) {
      value(parameter(annotated, 1), entry.value(), entry.place())
          .ifPresent(value -> found.put(entry.key(), value));
    }
    return found.size() == mapping.entries().size()
        ? Optional.of(Collections.unmodifiableMap(found))
        : Optional.empty();
  }

  private static AnnotatedType parameter(AnnotatedType type, int position) {
    return ((AnnotatedParameterizedType) type).getAnnotatedActualTypeArguments()[position];
  }

  private void wrongType(String expected, Node node) {
    problems.error(
        "WRONG_TYPE", node.place(), "expected " + expected + " but found " + node.kind(), "");
  }

  /** Makes the record. What it refuses because of a part that was not read is no second problem. */
  private Optional<Object> construct(
      Class<?> type,
      List<Object> arguments,
      Node.Mapping mapping,
      Place owner,
      Set<String> unread) {
    try {
      Constructor<?> constructor = Shape.constructor(type);
      return Optional.of(constructor.newInstance(arguments.toArray()));
    } catch (InvocationTargetException refused) {
      if (refused.getCause() instanceof IllegalArgumentException reason) {
        String message = String.valueOf(reason.getMessage());
        Optional<Node> blamed = blamed(message, mapping);
        boolean isReported = WORD.splitAsStream(message).anyMatch(unread::contains);
        if (!isReported && blamed.filter(Binder::isPlaceholder).isEmpty()) {
          problems.error("INVALID_VALUE", blamed.map(Node::place).orElse(owner), message, "");
        }
        return gaps == Gaps.FILLED ? without(message, type, arguments, owner) : Optional.empty();
      }
      throw new IllegalStateException("constructor of " + type.getName(), refused.getCause());
    } catch (ReflectiveOperationException unbindable) {
      throw new IllegalStateException("cannot bind " + type.getName(), unbindable);
    }
  }

  /** The record with something else in the place of the value that its constructor refused. */
  private static Optional<Object> without(
      String message, Class<?> type, List<Object> arguments, Place owner) {
    List<Object> others = new ArrayList<>(arguments);
    List<Part> parts = Shape.of(type).parts();
    for (int i = 0; i < parts.size(); i++) {
      if (message.startsWith(parts.get(i).key() + " ")) {
        int position = i;
        Filler.of(parts.get(i).type(), owner).ifPresent(value -> others.set(position, value));
      }
    }
    return Filler.construct(type, others);
  }

  private static Optional<Node> blamed(String message, Node.Mapping mapping) {
    int end = message.indexOf(' ');
    return end < 0
        ? Optional.empty()
        : mapping.entry(message.substring(0, end)).map(Node.Entry::value);
  }
}
