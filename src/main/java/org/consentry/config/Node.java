package org.consentry.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.consentry.problem.Place;

/** A piece of a YAML file with its place. Immutable. */
public sealed interface Node {

  /** Where it begins. */
  Place place();

  /** What it is, in the words of a message. */
  String kind();

  /**
   * A single word, number, date or text.
   *
   * @param text the source text, with quotes and escapes resolved but nothing converted
   * @param style whether it was written in quotes
   */
  record Scalar(Place place, String text, Style style) implements Node {

    /** How a scalar is written. */
    public enum Style {
      PLAIN,
      QUOTED
    }

    /** Whether it means nothing: empty, {@code ~} or {@code null}, without quotes. */
    public boolean isNull() {
      return style == Style.PLAIN
          && (text.isEmpty()
              || text.equals("~")
              || text.equals("null")
              || text.equals("Null")
              || text.equals("NULL"));
    }

    @Override
    public String kind() {
      return isNull() ? "nothing" : "a single value";
    }
  }

  /** A list. */
  record Sequence(Place place, List<Node> items) implements Node {

    public Sequence {
      items = List.copyOf(items);
    }

    @Override
    public String kind() {
      return "a list";
    }
  }

  /** Keys and values, in the order of the file; no key is there twice. */
  record Mapping(Place place, List<Entry> entries) implements Node {

    public Mapping {
      entries = List.copyOf(entries);
    }

    @Override
    public String kind() {
      return "a mapping of keys to values";
    }

    /** The entries by key, in the order of the file. */
    public Map<String, Entry> byKey() {
      Map<String, Entry> found = new LinkedHashMap<>();
      for (Entry entry : entries) {
        found.put(entry.key(), entry);
      }
      return Collections.unmodifiableMap(found);
    }

    /** The entry of a key. */
    public Optional<Entry> entry(String key) {
      return entries.stream().filter(entry -> entry.key().equals(key)).findFirst();
    }

    /** The same mapping with some of its keys alone. */
    public Mapping only(List<String> keys) {
      return new Mapping(
          place, entries.stream().filter(entry -> keys.contains(entry.key())).toList());
    }

    /** The same mapping without some keys. */
    public Mapping without(Set<String> keys) {
      List<Entry> kept = new ArrayList<>();
      for (Entry entry : entries) {
        if (!keys.contains(entry.key())) {
          kept.add(entry);
        }
      }
      return new Mapping(place, kept);
    }
  }

  /** One line of a mapping. */
  record Entry(String key, Place place, Node value) {}
}
