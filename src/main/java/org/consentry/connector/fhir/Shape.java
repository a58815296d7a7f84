package org.consentry.connector.fhir;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.consentry.connector.Origin;

/**
 * Which elements of a resource are read. Elements that have no shape are passed over. An element
 * that repeats inside of itself has one shape at all depths. Built by one thread, then only read.
 */
final class Shape {

  /** Begins the name of the field that has ids and extensions of primitive elements. */
  static final String BESIDE = "_";

  /** The address of extensions that are read whatever their address is. */
  static final String ANY = "";

  private final Map<String, Shape> elements = new LinkedHashMap<>();
  private final Set<String> urls = new HashSet<>();
  private final Set<String> types = new HashSet<>();
  private final boolean isWhole;

  Shape() {
    this(false);
  }

  private Shape(boolean isWhole) {
    this.isWhole = isWhole;
  }

  /** All elements are read, at all depths, each under the name of its field. */
  static Shape whole() {
    return new Shape(true);
  }

  boolean isWhole() {
    return isWhole;
  }

  /** The shape of an element, which is read from now on. */
  Shape element(String name) {
    return elements.computeIfAbsent(name, added -> new Shape());
  }

  /** Extensions of an address are read, or of any. */
  void extensionsOf(String url) {
    urls.add(url);
  }

  /** The element is read where it is of a type. */
  void ofType(String type) {
    types.add(type);
  }

  /** Whether an extension of an address is read. */
  boolean readsExtension(String url) {
    return readsAnyExtension() || urls.contains(url);
  }

  private boolean readsAnyExtension() {
    return urls.isEmpty() || urls.contains(ANY);
  }

  /**
   * Elements below this one that repeat inside of themselves.
   *
   * @param paths names from this element to those that repeat, and from those to themselves
   * @return their shape
   */
  Shape repeated(List<List<String>> paths) {
    Shape all = at(paths.get(0));
    for (List<String> path : paths) {
      link(path, all);
      all.link(path, all);
    }
    return all;
  }

  private Shape at(List<String> path) {
    Shape shape = this;
    for (String name : path) {
      shape = shape.element(name);
    }
    return shape;
  }

  private void link(List<String> path, Shape end) {
    Shape parent = at(path.subList(0, path.size() - 1));
    Shape before = parent.elements.put(path.get(path.size() - 1), end);
    if (before != null) {
      end.merge(before, Collections.newSetFromMap(new IdentityHashMap<>()));
    }
  }

  private void merge(Shape other, Set<Shape> merged) {
    if (other == this || !merged.add(other)) {
      return;
    }
    urls.addAll(other.urls);
    types.addAll(other.types);
    for (Map.Entry<String, Shape> each : new ArrayList<>(other.elements.entrySet())) {
      Shape mine = elements.putIfAbsent(each.getKey(), each.getValue());
      if (mine != null) {
        mine.merge(each.getValue(), merged);
      }
    }
  }

  /** What of these elements may show something of a person. */
  Optional<Origin> personal() {
    if (elements.containsKey("contained")) {
      return name("of a contained resource");
    }
    Shape narrative = elements.get("text");
    if (narrative != null && narrative.elements.containsKey("div")) {
      return name("the narrative of a resource");
    }
    if (hasExtension(seen(), url -> url.equals(ANY))) {
      return name("an extension of any address");
    }
    if (hasExtension(seen(), PersonalExtensions::areNames)) {
      return name("an extension with a name or place");
    }
    Map<Origin.Shows, Origin> shown = new EnumMap<>(Origin.Shows.class);
    addShown("", new HashSet<>(), shown);
    if (hasExtension(seen(), PersonalExtensions::areTraits)) {
      shown.put(
          Origin.Shows.TRAIT,
          new Origin("an extension with a trait of a person", Origin.Shows.TRAIT));
    }
    return shown.values().stream().findFirst();
  }

  private static Optional<Origin> name(String words) {
    return Optional.of(new Origin(words, Origin.Shows.NAME));
  }

  private static Set<Shape> seen() {
    return Collections.newSetFromMap(new IdentityHashMap<>());
  }

  /**
   * Whether an extension is read whose address fits; one that is read whatever its address is has
   * an empty one, unless it is inside of another that is named.
   */
  private boolean hasExtension(Set<Shape> seen, Predicate<String> address) {
    if (!seen.add(this)) {
      return false;
    }
    return elements.entrySet().stream()
        .anyMatch(
            each -> {
              Shape inside = each.getValue();
              boolean isExtension = PersonalExtensions.ELEMENTS.contains(each.getKey());
              boolean isAny = isExtension && !hasAddress() && inside.readsAnyExtension();
              return (isAny && address.test(ANY))
                  || inside.urls.stream().filter(url -> !url.equals(ANY)).anyMatch(address)
                  || inside.hasExtension(seen, address);
            });
  }

  /** Whether this is an extension that is read by its address. */
  private boolean hasAddress() {
    return urls.stream().anyMatch(url -> !url.equals(ANY));
  }

  /** A shape and the name of an element that has it. */
  private record Named(String name, Shape shape) {}

  /**
   * Adds what the elements inside of this one show by their names, one of each kind.
   *
   * @param name of this element; empty for a resource
   */
  private void addShown(String name, Set<Named> seen, Map<Origin.Shows, Origin> shown) {
    if (!seen.add(new Named(name, this))) {
      return;
    }
    elements.forEach(
        (inside, shape) -> {
          PersonalElements.of(name, types, inside)
              .ifPresent(origin -> shown.putIfAbsent(origin.shows(), origin));
          shape.addShown(inside, seen, shown);
        });
  }

  /** Two elements of which the one is a choice and the other its name with a type. */
  record Ambiguity(String choice, String other) {}

  /** Elements that are the same field, so that a cell of the one would hide that of the other. */
  Optional<Ambiguity> ambiguity() {
    return ambiguity(seen());
  }

  private Optional<Ambiguity> ambiguity(Set<Shape> seen) {
    if (!seen.add(this)) {
      return Optional.empty();
    }
    for (String choice : elements.keySet()) {
      for (String other : elements.keySet()) {
        if (DataTypes.ofChoice(other, choice).isPresent()) {
          return Optional.of(new Ambiguity(choice, other));
        }
      }
    }
    return elements.values().stream()
        .flatMap(inside -> inside.ambiguity(seen).stream())
        .findFirst();
  }

  /**
   * What a field of the JSON is.
   *
   * @param name the element
   * @param type of a choice; else empty
   */
  record Found(String name, String type, Shape shape) {}

  /** The element that a field is, or empty when it is passed over. */
  Optional<Found> find(String field) {
    if (isWhole) {
      return Optional.of(new Found(field, "", this));
    }
    if (field.startsWith(BESIDE)) {
      return find(field.substring(1))
          .map(found -> new Found(BESIDE + found.name(), found.type(), found.shape()));
    }
    Shape exact = elements.get(field);
    if (exact != null) {
      return Optional.of(new Found(field.intern(), "", exact));
    }
    for (Map.Entry<String, Shape> element : elements.entrySet()) {
      Optional<String> type = DataTypes.ofChoice(field, element.getKey());
      if (type.isPresent()) {
        return Optional.of(new Found(element.getKey(), type.get(), element.getValue()));
      }
    }
    return Optional.empty();
  }
}
