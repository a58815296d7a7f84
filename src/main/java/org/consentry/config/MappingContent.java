package org.consentry.config;

import java.lang.reflect.RecordComponent;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.consentry.config.Binding.Default;
import org.consentry.config.Binding.ForReaders;
import org.consentry.config.DeriveRule.DerivedColumn;
import org.consentry.config.TableRule.ColumnRule;
import org.consentry.config.yaml.Shape;
import org.consentry.config.yaml.Shape.Part;
import org.consentry.data.EnumWord;
import org.consentry.data.Sha256;
import org.consentry.problem.Place;

/**
 * Everything of a mapping that decides what leaves, in a form that does not depend on how it is
 * written: order of keys, comments, quotes and descriptions make no difference, and neither do
 * columns that are dropped. What a later version adds to the records of a mapping belongs to it,
 * unless it is {@link ForReaders}.
 *
 * @param parts canonical text by part: {@code subjects:}, {@code table NAME}, the released column
 *     {@code TABLE.COLUMN} and {@code spans NAME}
 */
public record MappingContent(SortedMap<String, String> parts) {

  private static final String SEPARATOR = " = ";

  public MappingContent {
    parts = Collections.unmodifiableSortedMap(new TreeMap<>(parts));
  }

  /** The content of a mapping. */
  public static MappingContent of(Mapping mapping) {
    SortedMap<String, String> parts = new TreeMap<>();
    parts.put("subjects:", text(mapping.subjects()));
    mapping.tables().forEach((name, table) -> put(parts, name, table));
    mapping.spans().forEach((name, spans) -> parts.put("spans " + name, text(spans)));
    return new MappingContent(parts);
  }

  private static void put(SortedMap<String, String> parts, String name, TableRule table) {
    parts.put("table " + name, record(table, Set.of("columns", "derive")));
    table.columns().forEach((column, rule) -> put(parts, name, column, rule));
    for (DeriveRule rule : table.derive()) {
      String shared = record(rule, Set.of("release"));
      for (DerivedColumn column : rule.release()) {
        parts.put(name + "." + column.as().value(), shared + text(column));
      }
    }
  }

  private static void put(
      SortedMap<String, String> parts, String table, String column, ColumnRule rule) {
    for (OutputRule output : rule.outputs()) {
      if (output.isReleased()) {
        String released = output.as().map(WithPlace::value).orElse(column);
        parts.put(table + "." + released, text(column) + record(output, Set.of("as")));
      }
    }
  }

  private static String record(Record value, Set<String> without) {
    StringBuilder text = new StringBuilder("{");
    for (Part part : Shape.of(value.getClass()).parts()) {
      RecordComponent component = part.component();
      boolean counts =
          part.raw() != Place.class
              && !part.has(ForReaders.class)
              && !without.contains(component.getName());
      Object of = counts ? value(value, component) : Optional.empty();
      if (!isAbsent(of, component)) {
        text.append(component.getName()).append('=').append(text(of)).append(';');
      }
    }
    return text.append('}').toString();
  }

  /** A key that means the same as no key, so that a key of a later version changes no content. */
  private static boolean isAbsent(Object value, RecordComponent component) {
    if (value instanceof Optional<?> optional) {
      return optional.isEmpty();
    }
    if (value instanceof List<?> list) {
      return list.isEmpty();
    }
    if (value instanceof Map<?, ?> map) {
      return map.isEmpty();
    }
    Default usual = component.getAnnotation(Default.class);
    if (usual == null) {
      return false;
    }
    Object plain = value instanceof WithPlace<?> placed ? placed.value() : value;
    String word = plain instanceof Enum<?> constant ? EnumWord.of(constant) : plain.toString();
    return usual.value().equals(word);
  }

  private static Object value(Record value, RecordComponent component) {
    try {
      return component.getAccessor().invoke(value);
    } catch (ReflectiveOperationException unreadable) {
      throw new IllegalStateException("cannot read " + component, unreadable);
    }
  }

  private static String text(Object value) {
    if (value instanceof Optional<?> optional) {
      return optional.map(MappingContent::text).orElse("-");
    }
    if (value instanceof WithPlace<?> placed) {
      return text(placed.value());
    }
    if (value instanceof List<?> list) {
      return list.stream().map(MappingContent::text).toList().toString();
    }
    if (value instanceof Map<?, ?> map) {
      SortedMap<String, String> sorted = new TreeMap<>();
      map.forEach((key, each) -> sorted.put(text(key), text(each)));
      return sorted.toString();
    }
    if (value instanceof Node node) {
      return node(node);
    }
    return value instanceof Record record ? record(record, Set.of()) : quoted(value.toString());
  }

  private static String node(Node node) {
    if (node instanceof Node.Mapping mapping) {
      SortedMap<String, String> sorted = new TreeMap<>();
      mapping.entries().forEach(entry -> sorted.put(quoted(entry.key()), node(entry.value())));
      return sorted.toString();
    }
    if (node instanceof Node.Sequence sequence) {
      return sequence.items().stream().map(MappingContent::node).toList().toString();
    }
    Node.Scalar scalar = (Node.Scalar) node;
    return scalar.isNull() ? "-" : quoted(scalar.text());
  }

  private static String quoted(String text) {
    String escaped =
        text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n").replace("\r", "\\r");
    return '"' + escaped + '"';
  }

  /** The content as text, a line for each part. */
  public String text() {
    StringBuilder text = new StringBuilder();
    parts.forEach((part, each) -> text.append(part).append(SEPARATOR).append(each).append('\n'));
    return text.toString();
  }

  /** Reads what {@link #text()} wrote. */
  public static MappingContent parse(String text) {
    SortedMap<String, String> parts = new TreeMap<>();
    text.lines()
        .map(line -> line.split(SEPARATOR, 2))
        .filter(words -> words.length == 2)
        .forEach(words -> parts.put(words[0], words[1]));
    return new MappingContent(parts);
  }

  /**
   * SHA-256 of the text.
   *
   * @return 64 lower-case hexadecimal digits
   */
  public String sha256() {
    return Sha256.hex(text());
  }

  /**
   * The parts that are not the same in another content.
   *
   * @return what each part is there: {@code changed}, {@code new} or {@code gone}
   */
  public SortedMap<String, String> changesTo(MappingContent now) {
    SortedMap<String, String> changes = new TreeMap<>();
    parts.forEach(
        (part, text) -> {
          String there = now.parts.get(part);
          if (!text.equals(there)) {
            changes.put(part, there == null ? "gone" : "changed");
          }
        });
    now.parts.keySet().stream()
        .filter(part -> !parts.containsKey(part))
        .forEach(part -> changes.put(part, "new"));
    return changes;
  }
}
