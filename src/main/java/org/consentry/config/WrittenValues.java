package org.consentry.config;

import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.consentry.config.Binding.Default;
import org.consentry.config.Binding.Inline;
import org.consentry.config.Binding.RemainingKeys;
import org.consentry.config.yaml.ScalarBinder;
import org.consentry.config.yaml.Shape;
import org.consentry.config.yaml.Shape.Part;
import org.consentry.data.Sha256;
import org.consentry.problem.Place;

/**
 * The single values of a file that people write, by their path, so that two files which mean the
 * same have the same values: absent keys have their default, one item is a list of one, and neither
 * order nor comments nor quotes matter. Words of lists are values with a path of their own.
 */
final class WrittenValues {

  /** Between the names of a path. */
  static final String SEPARATOR = "\u0001";

  /** Before an item of a list in a path. */
  static final String ITEM = "\n";

  /** Keys by which an item of a list is found again. */
  private static final List<String> IDENTITY =
      List.of("as", "of", "id", "name", "code", "column", "table", "from", "do");

  private final Map<String, String> values = new LinkedHashMap<>();

  private WrittenValues() {}

  /**
   * The values of a record as it was written.
   *
   * @param without keys of the record that are left out
   */
  static Map<String, String> of(
      Class<? extends Record> type, Node.Mapping node, Set<String> without) {
    WrittenValues written = new WrittenValues();
    written.record("", type, node.without(without), without);
    return Collections.unmodifiableMap(written.values);
  }

  /** The values of a node whose record is not known here. */
  static Map<String, String> of(Node node) {
    WrittenValues written = new WrittenValues();
    written.plain("", node);
    return Collections.unmodifiableMap(written.values);
  }

  private void record(String path, Class<?> type, Node.Mapping node, Set<String> without) {
    Map<String, Node.Entry> entries = node.byKey();
    Shape shape = Shape.of(type);
    for (Part part : shape.parts()) {
      if (part.has(RemainingKeys.class)) {
        plain(path, node.without(shape.keySet()));
      } else if (part.raw() != Place.class && !without.contains(part.key())) {
        part(path, part, entries);
      }
    }
  }

  private void part(String path, Part part, Map<String, Node.Entry> entries) {
    Default otherwise = part.component().getAnnotation(Default.class);
    Node.Entry entry = entries.get(part.key());
    if (entry != null) {
      value(below(path, part.key()), part.type(), entry.value());
    } else if (otherwise != null) {
      put(below(path, part.key()), otherwise.value());
    }
  }

  private void value(String path, AnnotatedType annotated, Node node) {
    Class<?> type = Shape.raw(annotated.getType());
    if (type == Optional.class || type == WithPlace.class) {
      value(path, parameter(annotated, 0), node);
    } else if (type == List.class) {
      list(path, parameter(annotated, 0), node);
    } else if (type == Map.class && node instanceof Node.Mapping mapping) {
      mapping
          .entries()
          .forEach(each -> value(below(path, each.key()), parameter(annotated, 1), each.value()));
    } else if (type.isAnnotationPresent(Inline.class)) {
      for (Part part : Shape.of(type).parts()) {
        if (part.raw() != Place.class) {
          value(path, part.type(), node);
        }
      }
    } else if (type.isRecord() && !ScalarBinder.isWord(type) && node instanceof Node.Mapping some) {
      record(path, type, some, Set.of());
    } else if (type == Job.KeyText.class && node instanceof Node.Scalar reference) {
      put(path, SecretValue.of(reference.text()));
    } else if (type == double.class && node instanceof Node.Scalar number) {
      put(path, Double.toString(Double.parseDouble(number.text())));
    } else {
      plain(path, node);
    }
  }

  private void list(String path, AnnotatedType item, Node node) {
    List<Node> items = node instanceof Node.Sequence sequence ? sequence.items() : List.of(node);
    items.forEach(each -> value(unused(path + ITEM + identity(each)), item, each));
  }

  private void plain(String path, Node node) {
    if (node instanceof Node.Scalar scalar) {
      if (!scalar.isNull()) {
        put(path, scalar.text());
      }
    } else if (node instanceof Node.Sequence sequence) {
      sequence.items().forEach(each -> plain(unused(path + ITEM + identity(each)), each));
    } else if (node instanceof Node.Mapping mapping) {
      mapping.entries().forEach(each -> plain(below(path, each.key()), each.value()));
    }
  }

  private void put(String path, String value) {
    values.put(path, line(value));
  }

  private String unused(String path) {
    String unused = path;
    for (int number = 2; isUsed(unused); number++) {
      unused = path + " (" + number + ")";
    }
    return unused;
  }

  private boolean isUsed(String path) {
    return values.keySet().stream()
        .anyMatch(used -> used.equals(path) || used.startsWith(path + SEPARATOR));
  }

  private static String below(String path, String key) {
    return path.isEmpty() ? line(key) : path + SEPARATOR + line(key);
  }

  /** A text in one line, without what could steer a terminal. */
  private static String line(String text) {
    return text.replaceAll("\\p{C}", " ").strip();
  }

  private static String identity(Node item) {
    if (item instanceof Node.Scalar scalar) {
      return line(scalar.text());
    }
    if (!(item instanceof Node.Mapping mapping)) {
      return "";
    }
    return IDENTITY.stream()
        .flatMap(key -> mapping.entry(key).stream())
        .filter(entry -> entry.value() instanceof Node.Scalar)
        .map(entry -> line(((Node.Scalar) entry.value()).text()))
        .collect(Collectors.joining(" "));
  }

  private static AnnotatedType parameter(AnnotatedType type, int position) {
    return ((AnnotatedParameterizedType) type).getAnnotatedActualTypeArguments()[position];
  }

  /** A reference to a key, of which only its kind is shown. */
  private static final class SecretValue {
    private SecretValue() {}

    static String of(String reference) {
      return reference.substring(0, Math.max(0, reference.indexOf(':')))
          + ":... (SHA-256 "
          + Sha256.hex(reference).substring(0, 8)
          + ")";
    }
  }
}
