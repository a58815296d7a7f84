package org.consentry.connector.fhir;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts the elements of resources that a shape does not have. Not thread-safe. */
final class UnreadScan {

  private static final int MOST = 2000;

  private final Shape shape;
  private final SortedMap<String, Long> counts = new TreeMap<>();

  UnreadScan(Shape shape) {
    this.shape = shape;
  }

  /** Looks at all elements of a resource. */
  void add(Item.Complex resource) {
    Set<String> found = new HashSet<>();
    walk(resource, shape, "", found);
    for (String name : found) {
      if (counts.size() < MOST || counts.containsKey(name)) {
        counts.merge(name, 1L, Long::sum);
      }
    }
  }

  private static void walk(Item.Complex item, Shape shape, String path, Set<String> found) {
    for (String field : item.names()) {
      String name = path.isEmpty() ? safe(field) : path + "." + safe(field);
      Optional<Shape.Found> read = shape.find(field);
      if (read.isEmpty()) {
        found.add(name);
        continue;
      }
      for (Item.Complex inside : item.all(field)) {
        String url = inside.text("url");
        if (field.equals("extension") && !read.get().shape().readsExtension(url)) {
          found.add(name + " " + address(url));
        } else {
          walk(inside, read.get().shape(), name, found);
        }
      }
    }
  }

  /** Names of fields are those of FHIR; another one may be anything. */
  private static String safe(String field) {
    return field.matches("_?[A-Za-z][A-Za-z0-9]{0,63}") ? field : "(unusual name)";
  }

  private static String address(String url) {
    return url.matches("[A-Za-z0-9:/._#-]{1,200}") ? url : "(unusual address)";
  }

  SortedMap<String, Long> counts() {
    return counts;
  }
}
