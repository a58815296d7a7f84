package org.consentry.connector.fhir;

import java.util.ArrayList;
import java.util.Collections;
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

  private final Map<String, Shape> elements = new LinkedHashMap<>();
  private final Set<String> urls = new HashSet<>();
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

  /** Whether something is read of the element that a primitive may have: an id or extensions. */
  private boolean isReadInside() {
    return elements.containsKey("extension") || elements.containsKey("id");
  }

  /** The shape of an element, which is read from now on. */
  Shape element(String name) {
    return elements.computeIfAbsent(name, added -> new Shape());
  }

  /** Only extensions of some addresses are read. */
  void extensionsOf(String url) {
    urls.add(url);
  }

  /** Whether an extension of an address is read; all are where no address is asked for. */
  boolean readsExtension(String url) {
    return urls.isEmpty() || urls.contains(url);
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
    if (hasExtension(seen(), url -> url.isEmpty())) {
      return name("an extension of any address");
    }
    if (hasExtension(seen(), PersonalExtensions::areNames)) {
      return name("an extension with a name or place");
    }
    if (showsReference("", seen())) {
      return name("what a reference displays");
    }
    return hasExtension(seen(), PersonalExtensions::areTraits)
        ? Optional.of(new Origin("an extension with a trait of a person", Origin.Shows.TRAIT))
        : Optional.empty();
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
              boolean isAny = isExtension && urls.isEmpty() && inside.urls.isEmpty();
              return (isAny && address.test(""))
                  || inside.urls.stream().anyMatch(address)
                  || inside.hasExtension(seen, address);
            });
  }

  /** Whether {@code display} is read below another element than a coding. */
  private boolean showsReference(String name, Set<Shape> seen) {
    if (!seen.add(this)) {
      return false;
    }
    boolean isShown = elements.containsKey("display") && !name.equals("coding");
    return isShown
        || elements.entrySet().stream()
            .anyMatch(each -> each.getValue().showsReference(each.getKey(), seen));
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
          .filter(found -> found.shape().isReadInside())
          .map(found -> new Found(BESIDE + found.name(), found.type(), found.shape()));
    }
    Shape exact = elements.get(field);
    if (exact != null) {
      return Optional.of(new Found(field, "", exact));
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
